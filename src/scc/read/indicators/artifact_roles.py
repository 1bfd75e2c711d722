# SPDX-License-Identifier: Apache-2.0
"""The role of what is left on a host: files, paths, registry keys, mutexes, user agents; and of packages.

Such a thing is observed only with a word for it or in a list, never in advice. Names that every system has, folders,
programs that many people run and what malware only looks for are references.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import IndicatorRole
from scc.read.indicators.addresses import Candidate
from scc.read.indicators.file_names import (
    SOURCES,
    STAND_INS,
    SYSTEM_FILES,
    TOOL_FILES,
    is_checked,
    is_folder,
    run_on,
)
from scc.read.indicators.pieces import cut_name, cut_path, in_request
from scc.read.indicators.words import CHECKSUM, DEPENDS, benign_beside, listed_under, own_work
from scc.read.page import Page

IMPERATIVE: Final = re.compile(
    r"^(?:[-*•\d.) ]{0,5})(?:Run|Use|Check|Execute|Install|Download|Visit|See|Review|Search|Look|Delete|Remove|Disable|Enable|Update|Upgrade|Apply|Open|Set|Edit|Add|Verify|Inspect|Audit|Navigate|Go|Type|Enter|Restart|Ensure|Make|Contact|Read|Refer|Try|Create|Configure|Change|Confirm|Monitor|Capture|Export|Validate|Deploy|Rotate|Determine|Is|Can|Do|Does)\b"
)
"""A sentence that tells the reader what to do."""
_PATH_REFERENCE: Final = re.compile(
    r"^/(?:var/log|etc/(?:systemd|passwd|shadow|hosts|hostname|resolv\.conf|os-release|issue|group|fstab|ssh)|opt/?$|usr/(?:bin|sbin|lib|share|local/bin)|bin|sbin|proc|sys|dev)\b"
)
_FRAMEWORKS: Final = frozenset(
    "node.js next.js vue.js react.js asp.net three.js express.js shell.application schedule.service".split()
)
_DETECTION: Final = re.compile(
    r"(?:backdoor|trojan\w{0,12}|ransom\w{0,8}|worm|virus|hacktool|pua|pup|exploit|downloader|riskware|coinminer|rootkit|heur)[.:](?:win(?:32|64|lnk)?|w32|w64|linux|msil|js|vbs|android\w{0,3}|osx|macos|multi|html|o97m|w97m|ps|powershell|java|script|msoffice|pdf|autoit)[.:!/]",
    re.IGNORECASE,
)
"""How security programs name what they find."""
_TITLE: Final = re.compile(
    r"\b(?!(?:Microsoft|Word|Excel|Office|PowerPoint|Windows|File|Document|The|PDF|RAR|ZIP|LNK|ISO|HTML|RTF|DLL)\b)[A-Z][\w’'-]{2,20} (?!(?:Word|Excel|Office|PowerPoint|File|Document|PDF|RAR|ZIP|LNK|ISO|HTML|RTF|DLL|named|called)\b)[A-Z][\w’'-]{2,20} \Z"
)
_DOCUMENT: Final = re.compile(r"\.(?:docx?|docm|pdf|rtf|xlsx?|xlsm|pptx?|rar|zip|lnk|iso)\Z", re.IGNORECASE)
"""Two words of a title in front of a document: the rest of its name."""
_CLEAN: Final = re.compile(
    r"(?: \([^()\n]{1,90}\))?(?: [–-]|,)? ?(?:(?:is|was|are|were|which|the|an?) ){0,3}(?:legitimate|clean|benign|genuine|harmless)\b(?![- ](?:looking|seeming|sounding))"
    r"|,? (?:which is |a part )?(?:from|of) (?:Microsoft|Adobe|Google|Mozilla|Oracle|VMware|Symantec|McAfee|Kaspersky|NVIDIA|Intel|Visio)\b(?! (?:impersonat|imitat))"
)
"""Said of a file right behind its name."""
_READ_KEYS: Final = re.compile(
    r"\\(?:CurrentVersion|CurrentControlSet(?:\\(?:Services|Control(?:\\(?:Terminal|Lsa|SecurityProviders))?))?|Microsoft|Windows|Windows NT|Policies|Explorer|Classes|(?:Policies\\Explorer\\)?Run(?:Once)?|Winlogon|Image File Execution Options|Uninstall|(?:User )?Shell Folders|Internet Settings|Control\\Session Manager)\Z",
    re.IGNORECASE,
)
"""Keys that hold everything there is to configure: read by everybody."""
_SYSTEM_FOLDER: Final = re.compile(
    r"\\(?:Windows|WINNT|System32|SysWOW64|Program Files(?: \(x86\))?)\\|%(?:windir|systemroot|system32|syswow64|comspec|programfiles(?:\(x86\))?)%|\A[A-Z]:\\[^\\]{1,60}\Z",
    re.IGNORECASE,
)
"""Where files of Windows are at home; elsewhere their name is a mask (ATT&CK T1036.005)."""
_BAD_PACKAGE: Final = re.compile(
    r"\b(?:malicious|compromised|infected|trojani[sz]ed|poisoned|backdoored|typosquat\w*|hijacked|affected|worm|published|rogue)\b",
    re.IGNORECASE,
)
_ARTIFACT: Final = re.compile(
    r"\b(?:malicious|malware|payloads?|dropp(?:ed|er|s)|drops|backdoor|web ?shells?|trojan\w*|ransom(?:ware| note)|loader|stealer|implant|injected|side-?load\w*|masquerad\w+|carried the file|attackers?|threat actors?|adversar(?:y|ies)|infect\w+|beacon|persistence|scheduled task|botnet|encrypt\w*|exfiltrat\w*|staged?|worm|attachments?|lures?|maldocs?)\b|\((?:SHA-?(?:1|256|512)|MD5)\b",
    re.IGNORECASE,
)


def is_detection(value: str) -> bool:
    """Whether a dotted name is what security programs call a finding ("Trojan.Win64.Cobalt.be")."""
    return _DETECTION.match(value) is not None


def no_name(text: str, each: Candidate, start: int, end: int) -> bool:
    """Whether what looks like a file is none: a framework, a piece of an address or of a call trace, two names in one."""
    if each.type == "filepath":
        # An address in a call trace; a wildcard or a variable where the name should be.
        return (
            re.search(
                r"\.(?:dll|exe|sys)\+(?:0x)?[0-9a-fA-F]{3,}\Z|\\%(?:\\|\w{1,24}%?\Z|\Z)|\\server-?name\\",
                each.value,
            )
            is not None
        )
    value = each.value
    if value.lower() in _FRAMEWORKS or run_on(value) or is_detection(value):
        return True
    if value.partition(".")[2].lower() in SYSTEM_FILES | TOOL_FILES:
        return True  # the end of a sentence, and a command
    if _DOCUMENT.search(value) and _TITLE.search(text, max(0, start - 60), start):
        return True
    before = text[start - 1 : start]
    if value.partition(".")[0].isdigit() and before == " ":
        return True  # the end of a name with spaces
    if cut_name(text, value, start) or in_request(text, start, end):
        return True
    return before == "/" and text[end : end + 1] == "?"


def artifact_role(
    page: Page, each: Candidate, start: int, end: int, said: set[str], *, listed: bool, traces: bool
) -> tuple[IndicatorRole, str]:
    """(role, why); `said` are the cues of the sentence, `listed`: in a list of indicators, `traces`: in one to report."""
    sentence = page.sentence_text(start)
    section = page.section(start)
    common = _common(page, each, end, sentence, listed or traces)
    if common:
        return ("reference", common)
    if traces:
        return ("observed", "to be reported")
    if "advice" in said or (section == "advice" and not listed) or IMPERATIVE.match(sentence):
        return ("advice", "advice")
    if listed or listed_under(page, start):
        return ("observed", "listed")
    if each.type == "package":
        bad = _BAD_PACKAGE.search(sentence) and not DEPENDS.search(sentence)
        return ("observed", "sentence") if bad else ("reference", "plain")
    if "benign" in said or benign_beside(page, start) or _CLEAN.match(page.text, end):
        return ("benign", "wording")
    told = _ARTIFACT.search(sentence) and not CHECKSUM.search(sentence)
    return ("observed", "sentence") if told else ("reference", "plain")


def _common(page: Page, each: Candidate, end: int, sentence: str, listed: bool) -> str:
    """Why a name is one that honest machines have too, "" if nothing says so."""
    if each.type == "registry-key":
        return "system" if _READ_KEYS.search(each.value) else ""
    if each.type not in ("filename", "filepath"):
        return ""
    name = re.split(r"[\\/]", each.value)[-1].lower()
    if own_work(sentence):
        return "own"
    masked = each.type == "filepath" and "\\" in each.value and not _SYSTEM_FOLDER.search(each.value)
    if (name in SYSTEM_FILES and not masked) or (
        name.endswith(".evtx") and name.startswith("microsoft-windows-")
    ):
        return "system"
    if (each.type == "filename" or name.endswith(".py")) and (
        name in TOOL_FILES or (not listed and is_checked(sentence, name))
    ):
        return "tool"
    if not listed and (STAND_INS.match(name) or SOURCES.search(name)):
        return "name of anything"
    if each.type == "filepath":
        if is_folder(each.value, page.text, end) or cut_path(page.text, each.value, end):
            return "folder"
        if _PATH_REFERENCE.match(each.value) and not listed:
            return "system"
    return ""
