# SPDX-License-Identifier: Apache-2.0
"""File names with spaces in them, where something marks their beginning: quotation marks, bold type or a label.

Names without a space are found by their dot (`patterns`). A command or a sentence in quotation marks is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.read.phrases import Words
from scc.read.sought import Sought, found_at

EXTENSIONS: Final = frozenset(
    "exe dll sys ps1 psm1 bat cmd vbs vbe js jse jsp jspx aspx ashx asp php wsf hta lnk scr msi msix cpl ocx jar war class docm docx doc xls xlsm xlsx xlam ppt pptx pptm rtf pdf iso img vhd vhdx zip rar 7z gz tar tgz cab "
    "apk ipa dex so ko elf bin dat tmp log txt csv json xml yaml yml toml conf cfg ini config inf reg db sqlite html htm chm one url py pyc pth sh bash pl rb go rs c h cpp cs java kt swift lua md rst ts tsx mjs cjs css map svg png jpg jpeg gif ico "
    "pem key crt cer pfx plist dmg pkg deb rpm app dylib service timer desktop lock sum mod vmdk vmx vmem nvram bak old swp evtx etl pcap pcapng cgi fcgi enc locked crypt ttf woff woff2 nupkg gem whl egg aab xpi crx vsix sct xsl wsc application wll xll xlsb slk one iqy odt ods zipx ace arj lzh eml msg accdb mdb xps scf library-ms search-ms settingcontent-ms".split()
)
"""Endings of file names."""
SYSTEM_FILES: Final = frozenset(
    "cmd.exe powershell.exe pwsh.exe rundll32.exe regsvr32.exe svchost.exe explorer.exe mshta.exe wscript.exe cscript.exe certutil.exe bitsadmin.exe msiexec.exe lsass.exe winlogon.exe services.exe "
    "schtasks.exe taskhostw.exe taskmgr.exe conhost.exe net.exe net1.exe netsh.exe ipconfig.exe whoami.exe wmic.exe reg.exe sc.exe vssadmin.exe wbadmin.exe bcdedit.exe notepad.exe calc.exe winword.exe excel.exe "
    "outlook.exe iexplore.exe msedge.exe chrome.exe firefox.exe java.exe python.exe node.exe deno.exe kernel32.dll ntdll.dll user32.dll advapi32.dll comsvcs.dll ntoskrnl.exe hosts passwd shadow bashrc authorized_keys "
    "readme.md package.json package-lock.json setup.py requirements.txt pyproject.toml cargo.toml cargo.lock go.mod go.sum pom.xml dockerfile makefile index.html index.php wp-config.php web.config robots.txt config.json settings.json "
    "main.py app.py node.js react.js vue.js next.js next.config.js index.js nginx.conf httpd.conf php.ini sshd_config auth.log access.log error.log security.evtx system.evtx wevtutil.exe psexesvc.exe psexec.exe procdump.exe mmc.exe dllhost.exe spoolsv.exe userinit.exe "
    "urlmon.dll wininet.dll winhttp.dll ws2_32.dll shell32.dll shlwapi.dll ole32.dll oleaut32.dll gdi32.dll crypt32.dll msvcrt.dll mshtml.dll jscript.dll jscript9.dll vbscript.dll mscoree.dll rpcrt4.dll secur32.dll "
    "samlib.dll vaultcli.dll wldap32.dll dbghelp.dll psapi.dll version.dll kernelbase.dll msi.dll amsi.dll clr.dll netapi32.dll iphlpapi.dll dnsapi.dll bcrypt.dll ncrypt.dll userenv.dll wtsapi32.dll winmm.dll d3d11.dll "
    "lsasrv.dll samsrv.dll setupapi.dll wintrust.dll mpr.dll win32k.sys tcpip.sys http.sys ntds.dit "
    "tasklist.exe taskkill.exe at.exe diskpart.exe rdpclip.exe nltest.exe wininit.exe smss.exe csrss.exe dwm.exe msdt.exe msmpeng.exe mpcmdrun.exe regasm.exe regsvcs.exe installutil.exe msbuild.exe csc.exe runonce.exe ielowutil.exe ieinstal.exe "
    "systeminfo.exe nslookup.exe ping.exe arp.exe route.exe netstat.exe quser.exe query.exe qwinsta.exe tracert.exe xcopy.exe robocopy.exe esentutl.exe ntdsutil.exe dsquery.exe csvde.exe ldifde.exe fsutil.exe cipher.exe icacls.exe takeown.exe "
    "attrib.exe makecab.exe expand.exe fodhelper.exe eventvwr.exe cmstp.exe odbcconf.exe mavinject.exe control.exe regedit.exe wuauclt.exe werfault.exe searchindexer.exe searchprotocolhost.exe backgroundtaskhost.exe "
    "dwmapi.dll cryptbase.dll sechost.dll wbemcomn.dll propsys.dll vcruntime140.dll msvcp140.dll msvcp120.dll msvcr120.dll msvcr100.dll sqlite3.dll nss3.dll softokn3.dll mozglue.dll freebl3.dll libcurl.dll libssl-1_1.dll libcrypto-1_1.dll "
    "clfsw32.dll diskdump.sys syncappvpublishingserver.vbs portabledeviceapi.dll msxfs.dll sqlcmd.exe wmiprvse.exe iexpress.exe pagefile.sys hiberfil.sys memory.dmp ntuser.dat desktop.ini thumbs.db consolehost_history.txt bash_history .bash_history .zsh_history .bashrc .profile .bash_profile wtmp utmp lastlog crontab sudoers shadow group fstab "
    # What people have in their browsers, wallets and clients: stolen, not left behind.
    "cookies.sqlite logins.json key3.db key4.db cert8.db cert9.db places.sqlite formhistory.sqlite signons.sqlite webappsstore.sqlite profiles.ini prefs.js wallet.dat recentservers.xml sitemanager.xml filezilla.xml accounts.xml "
    "loginusers.vdf config.vdf keychain.db login.keychain login.keychain-db "
    # Parts of every application for Android or macOS, of every Office document, of every project.
    "androidmanifest.xml classes.dex resources.arsc info.plist manifest.mf vbaproject.bin document.xml document.xml.rels settings.xml.rels workbook.xml tsconfig.json docker-compose.yml web.xml pom.properties build.gradle "
    "dir.exe wmplayer.exe hostname.exe find.exe findstr.exe timeout.exe where.exe mstsc.exe logman.exe auditpol.exe wusa.exe dism.exe sdbinst.exe mspaint.exe wordpad.exe charmap.exe osk.exe sethc.exe utilman.exe "
    "narrator.exe magnify.exe displayswitch.exe ctfmon.exe audiodg.exe lsaiso.exe fontdrvhost.exe wermgr.exe dfsvc.exe vbc.exe jsc.exe cvtres.exe ilasm.exe aspnet_compiler.exe caspol.exe addinprocess32.exe "
    "presentationhost.exe infdefaultinstall.exe computerdefaults.exe sdclt.exe slui.exe wsreset.exe powerpnt.exe msaccess.exe mspub.exe onenote.exe visio.exe thunderbird.exe opera.exe brave.exe w3wp.exe "
    "comctl32.dll imm32.dll uxtheme.dll comdlg32.dll gdiplus.dll msvbvm60.dll mfc42.dll imagehlp.dll psapi.dll wow64cpu.dll ucrtbase.dll win32u.dll combase.dll ieframe.dll mscorlib.dll mscorlib.ni.dll system.dll system.management.automation.dll".split()
)
"""Files that every system or project has: a trace of nothing by their name."""
TOOL_FILES: Final = frozenset(
    "7z.exe 7za.exe 7zr.exe rar.exe winrar.exe unrar.exe winzip.exe putty.exe plink.exe pscp.exe psftp.exe winscp.exe filezilla.exe nircmd.exe procdump64.exe psexec64.exe psloggedon.exe psinfo.exe autoruns.exe procexp.exe "
    "procexp64.exe procmon.exe procmon64.exe processhacker.exe ollydbg.exe x64dbg.exe x32dbg.exe windbg.exe idaq.exe idaq64.exe ida64.exe ida.exe fiddler.exe wireshark.exe tcpview.exe tcpdump.exe dumpcap.exe dnspy.exe immunitydebugger.exe "
    "teamviewer.exe anydesk.exe curl.exe wget.exe git.exe docker.exe nmap.exe adfind.exe wmiexec.py smbexec.py psexec.py secretsdump.py atexec.py dcomexec.py bouncycastle.crypto.dll newtonsoft.json.dll dotnetzip.dll "
    "avp.exe ccsvchst.exe avastsvc.exe avgsvc.exe mcshield.exe bdagent.exe sentinelagent.exe csfalconservice.exe vmtoolsd.exe vboxservice.exe vboxtray.exe sandboxie.exe "
    # What malware looks for or ends: security software, machines and tools of analysts, databases.
    "ekrn.exe egui.exe avguard.exe avgui.exe avastui.exe mbam.exe mbamservice.exe fsav.exe savservice.exe ntrtscan.exe pccntmon.exe tmlisten.exe 360tray.exe 360sd.exe zhudongfangyu.exe qqpctray.exe vsserv.exe "
    "cylancesvc.exe msseces.exe msascuil.exe nissrv.exe mssense.exe wrsa.exe securityhealthsystray.exe sbiedll.dll sbiesvc.exe api_log.dll dir_watch.dll pstorec.dll vmcheck.dll wpespy.dll cmdvrt32.dll snxhk.dll sxin.dll "
    "vboxhook.dll vboxmrxnp.dll vboxmouse.sys vboxguest.sys vboxsf.sys vboxvideo.sys vmmouse.sys vmhgfs.sys vmwaretray.exe vmwareuser.exe vmacthlp.exe vmsrvc.exe vmusrvc.exe prl_cc.exe prl_tools.exe xenservice.exe qemu-ga.exe "
    "joeboxserver.exe joeboxcontrol.exe regmon.exe filemon.exe importrec.exe petools.exe lordpe.exe sysanalyzer.exe hookexplorer.exe resourcehacker.exe pestudio.exe netmon.exe httpdebuggerui.exe 7z.dll 7za.dll "
    "sqlservr.exe sqlwriter.exe sqlagent.exe sqlbrowser.exe mysqld.exe oracle.exe ocssd.exe dbsnmp.exe agntsvc.exe isqlplussvc.exe xfssvccon.exe mydesktopservice.exe ocautoupds.exe encsvc.exe tbirdconfig.exe mydesktopqos.exe "
    "ocomm.exe dbeng50.exe sqbcoreservice.exe infopath.exe synctime.exe thebat.exe".split()
)
"""Programs that many people run, security software among them: their name alone is a trace of nothing."""
STAND_INS: Final = re.compile(
    r"(?:(?:malware|malicious|evil|sample|example|foo|bar|foobar|test|your[_-]?\w{0,12}|my[_-]?(?:file|app|program|script)|file[_-]?name|some[_-]?file|program|application|target|victim|something|whatever|placeholder)\d{0,2}|x{3,12})"
    r"\.(?:exe|dll|ps1|bat|cmd|vbs|js|hta|zip|docx?|pdf|txt|sh|py|bin)\Z"
)
"""Names that people write when they need any."""
SOURCES: Final = re.compile(r"\.(?:c|h|cc|cpp|hpp|cs|go|rs|java|kt|swift)\Z")
"""Endings of source text: a file of a project, not of a machine that was hit."""
_FOLDERS: Final = frozenset(
    "windows system32 syswow64 sysnative users public temp tmp programdata downloads documents desktop music pictures videos appdata local locallow roaming startup tasks fonts debug addins templates perflogs wbem drivers color spool "
    "config inetpub wwwroot auth microsoft intel launchagents launchdaemons library applications preferences frameworks etc var usr opt home root bin sbin dev proc sys lib lib64 mnt srv run data system tools admin$ c$ ipc$ drive sysvol netlogon "
    "cron.d init.d systemd profile.d shm log logs www html".split()
)
"""Names of folders that every system has."""
_CHECKED: Final = re.compile(
    r"\b(?:will not run|not executed|(?:does|do|did) not (?:run|execute|start)|quits?|exits? if|aborts?|terminat(?:es|ed|ing)|kills?|killed|killing|shuts? down|checks? (?:for|whether|if)|checking for|looks? for|"
    r"searches for|(?:is|are) (?:found )?(?:running|active)|running processes|black-?list\w*)\b",
    re.IGNORECASE,
)
_PROGRAM: Final = re.compile(r"\.exe\b", re.IGNORECASE)
_RUN_ON: Final = re.compile(
    r"\.(?:exe|dll|ps1|bat|vbs|js|txt|docx?|xlsx?|zip|rar|php|py|sh)(?!x\b|m\b|on\b|e\b|p\b)[a-z0-9]{2,60}\.[a-z0-9]{2,4}\Z|\A[0-9a-f]{64}(?!\.)",
    re.IGNORECASE,
)
_QUOTE: Final = re.compile("[“\"‘'`*]")
_QUOTED: Final = re.compile(
    r"[“\"‘'`*]{1,2}(?P<name>[^“”\"‘’'`*\n|<>/\\:=$]{3,120}\.(?P<ending>[A-Za-z0-9]{2,5}))[”\"’'`*]{1,2}"
)
_LABELLED: Final = Sought(
    r"\b(?:[Ff]ile ?[Nn]ame|[Ff]ile|[Aa]ttachment|[Aa]ttached [Ff]ile|[Aa]rchive|[Dd]ocument|[Ll]ure)\**[ \t]{0,4}[:|][ \t*]{0,6}"
    r"(?P<name>[^\n|:<>\"“”/\\=$]{3,120}\.(?P<ending>[A-Za-z0-9]{2,5}))(?=[ \t*]{0,6}(?:\||\n|\Z|\())",
    at="file attach archive document lure",
    marks=":|",
)
_COMMAND: Final = re.compile(
    r"(?:run|open|execute|download|delete|see|click|python3?|powershell|pwsh|cmd|bash|sh|node|curl|wget|rundll32|regsvr32|sudo|chmod|cp|mv|cat|tar|unzip|"
    r"java|npm|npx|pip|git|docker|import|from|const|var|let|require|mshta|msiexec|certutil|wscript|cscript|start|the|a|an|in|to|and|or|via|with|into)\b|[^ ]{0,80}\.(?:exe|com) ",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(r" -|[;{}%]| (?:the|was|were|is|are|and then|which|that) |\.[A-Za-z0-9]{2,4} ")
_WORDS_MOST: Final = 12


def label_before(name: str) -> int:
    """Length of the label of a row that was glued to a name: "FilenameA.zip"."""
    return len("Filename") if re.match(r"File[Nn]ame[A-Z0-9]", name) else 0


def is_folder(path: str, text: str, end: int) -> bool:
    """Whether a path is a folder that every system has, or goes on behind a placeholder.

    `end` is where the path ends in `text`. A folder of that kind says where to look, it is no trace itself.
    """
    after = text[end : end + 24]
    if re.match(r"[\\/]{0,2}[<\[{*…]", after):
        return True
    name = re.split(r"[\\/]", path.rstrip("\\/"))[-1].lower().strip("%")
    if "." in name.strip("."):
        return False
    return name in _FOLDERS or name.endswith(":")


def is_checked(sentence: str, name: str) -> bool:
    """Whether a sentence lists programs that malware looks for, waits for or ends: they are on honest machines."""
    return (
        name.lower().endswith(".exe")
        and _CHECKED.search(sentence) is not None
        and len(_PROGRAM.findall(sentence)) > 1
    )


def run_on(name: str) -> bool:
    """Whether a name is made of two that a table without borders ran together."""
    return _RUN_ON.search(name) is not None


def spaced_files(words: Words) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of every file name with a space that is marked as one. Linear: bounded repeats."""
    text = words.text
    if "." not in text:
        return
    for matches in (found_at(_QUOTED, _QUOTE, text), _LABELLED.find(words)):
        for each in matches:
            name = each["name"].strip()
            if (
                " " in name
                and each["ending"].lower() in EXTENSIONS
                and len(name.split()) <= _WORDS_MOST
                and not _COMMAND.match(name)
                and not _NO_NAME.search(name)
            ):
                start = each.start("name") + each["name"].index(name)
                yield name, start, start + len(name)
