# SPDX-License-Identifier: Apache-2.0
"""File names with spaces in them, where something marks their beginning: quotation marks, bold type or a label.

Names without a space are found by their dot (`indicator_patterns`). A command or a sentence in quotation marks is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

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
    "main.py app.py node.js react.js vue.js next.js next.config.js index.js nginx.conf httpd.conf php.ini sshd_config auth.log access.log error.log security.evtx system.evtx wevtutil.exe psexec.exe procdump.exe mmc.exe dllhost.exe spoolsv.exe userinit.exe "
    "urlmon.dll wininet.dll winhttp.dll ws2_32.dll shell32.dll shlwapi.dll ole32.dll oleaut32.dll gdi32.dll crypt32.dll msvcrt.dll mshtml.dll jscript.dll jscript9.dll vbscript.dll mscoree.dll rpcrt4.dll secur32.dll "
    "samlib.dll vaultcli.dll wldap32.dll dbghelp.dll psapi.dll version.dll kernelbase.dll msi.dll amsi.dll clr.dll netapi32.dll iphlpapi.dll dnsapi.dll bcrypt.dll ncrypt.dll userenv.dll wtsapi32.dll winmm.dll d3d11.dll "
    "lsasrv.dll samsrv.dll setupapi.dll wintrust.dll mpr.dll win32k.sys tcpip.sys http.sys ntds.dit".split()
)
"""Files that every system or project has: a trace of nothing by their name."""
_QUOTED: Final = re.compile(
    r"[“\"‘'`*]{1,2}(?P<name>[^“”\"‘’'`*\n|<>/\\:=$]{3,120}\.(?P<ending>[A-Za-z0-9]{2,5}))[”\"’'`*]{1,2}"
)
_LABELLED: Final = re.compile(
    r"\b(?:[Ff]ile ?[Nn]ame|[Ff]ile|[Aa]ttachment|[Aa]ttached [Ff]ile|[Aa]rchive|[Dd]ocument|[Ll]ure)\**[ \t]{0,4}[:|][ \t*]{0,6}"
    r"(?P<name>[^\n|:<>\"“”/\\=$]{3,120}\.(?P<ending>[A-Za-z0-9]{2,5}))(?=[ \t*]{0,6}(?:\||\n|\Z|\())"
)
_COMMAND: Final = re.compile(
    r"(?:run|open|execute|download|delete|see|click|python3?|powershell|pwsh|cmd|bash|sh|node|curl|wget|rundll32|regsvr32|sudo|chmod|cp|mv|cat|tar|unzip|"
    r"java|npm|npx|pip|git|docker|import|from|const|var|let|require|mshta|msiexec|certutil|wscript|cscript|start|the|a|an|in|to|and|or|via|with|into)\b|[^ ]{0,80}\.(?:exe|com) ",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(r" -|[;{}%]| (?:the|was|were|is|are|and then|which|that) |\.[A-Za-z0-9]{2,4} ")
_WORDS_MOST: Final = 12


def spaced_files(text: str) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of every file name with a space that is marked as one. Linear: bounded repeats."""
    if "." not in text:
        return
    for pattern in (_QUOTED, _LABELLED):
        for each in pattern.finditer(text):
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
