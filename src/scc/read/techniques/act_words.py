# SPDX-License-Identifier: Apache-2.0
"""Words that tell the act of a technique and mean nothing else, by ATT&CK id. Data of `plain_acts`, which asks whether it was done."""

from __future__ import annotations

import re
from typing import Final

_GAP: Final = r"[^.;!?\n]"
ACTS: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = (
    (
        "T1490",
        (
            "shadow",
            "snapshot",
            "wbadmin",
            "recoveryenabled",
            "schattenkopien",
            "clichés",
            "copies d",
            "instantáneas",
        ),
        re.compile(
            r"(?:vssadmin(?:\.exe)?[`'\"]? delete shadows|wmic(?:\.exe)? shadowcopy delete|wbadmin(?:\.exe)? delete (?:catalog|backup|systemstatebackup)|bcdedit(?:\.exe)? /set [^;\n]{0,30}recoveryenabled no"
            rf"|(?:delet|destroy|wip|eras|remov|purg)(?:e[sd]|s|ing|ed) (?:all |every |the )?(?:{_GAP}{{0,30}}?)(?:volume shadow copies|shadow copies|volume snapshots)|(?:shadow copies|volume snapshots) (?:were|had been|was|have been) (?:\w{{2,12}} )?(?:deleted|destroyed|wiped|erased|removed)"
            rf"|(?:löschten|löschte|zerstörten|vernichteten) {_GAP}{{0,30}}?Schattenkopien|(?:effacé|supprimé|détruit) {_GAP}{{0,20}}?(?:clichés instantanés|copies d['’]ombre)|(?:borr|elimin|destruy)(?:aron|ó|eron) {_GAP}{{0,20}}?(?:instantáneas|copias de sombra))",
            re.IGNORECASE,
        ),
    ),
    (
        "T1685.005",
        (
            "event log",
            "security log",
            "windows log",
            "wevtutil",
        ),
        re.compile(
            rf"(?:(?:clear|empt|wip|delet|eras|purg)(?:ied|ed|es|s|ing|e|ies) (?:{_GAP}{{0,40}}?)(?:event logs?|windows logs?|security logs?)\b|wevtutil(?:\.exe)? (?:cl|clear-log)\b|(?:event|security) logs? (?:were|was|had been|have been) (?:\w{{2,12}} )?(?:cleared|emptied|wiped|deleted|erased))",
            re.IGNORECASE,
        ),
    ),
    (
        "T1070.006",
        (
            "stomp",
            "stamp",
        ),
        re.compile(
            rf"(?:time-?stomp(?:s|ed)\b|time ?stamps? (?:{_GAP}{{0,60}}?)\b(?:set back|put back|backdated|forged|altered|changed to match|made to match)|(?:backdat|forg|alter)ed (?:the |its |their |all )?(?:file )?time ?stamps?)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1482",
        (
            "nltest",
            "domain trust",
            "adtrust",
        ),
        re.compile(
            r"(?:nltest(?:\.exe)?[`'\"]? /(?:domain_trusts|trusted_domains)|(?:list|enumerat|map|quer|dump|collect)(?:ed|s|es|ing|ped|ied|ies) (?:all |the |its |every )?(?:(?:active directory|ad) )?domain trusts?\b|get-adtrust)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1560.001",
        (
            "7-zip",
            "7zip",
            "7z",
            "winrar",
            "rar",
        ),
        re.compile(
            rf"(?:pack|compress|archiv|zip|bundl|stag)(?:ed|ped|led) (?:{_GAP}{{0,60}}?)(?:with|using|into|in|by) (?:{_GAP}{{0,30}}?)(?:7-?zip|7z|winrar|rar)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1505.003",
        (
            "web shell",
            "webshell",
            "web-shell",
        ),
        re.compile(
            rf"(?:(?:plant|dropp|upload|install|deploy|wrote|written|left|leav|plac|hid|inject)(?:ed|ing|es|s|e)? (?:{_GAP}{{0,40}}?)\bweb ?-?shells?\b|\bweb ?-?shells? (?:was|were|had been|has been|have been) (?:\w{{2,12}} )?(?:planted|dropped|uploaded|installed|deployed|written|found|left|placed|hidden)|(?:remained|found|lay|sat|was|were) (?:{_GAP}{{0,40}}?)\ban? (?:[\w-]{{2,16}} ){{0,2}}web ?-?shell\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1621",
        (
            "prompt",
            "push ",
            "mfa",
            "approval request",
        ),
        re.compile(
            rf"(?:(?:flood|bombard|spamm|pester|show)ed (?:{_GAP}{{0,40}}?)(?:(?:mfa|2fa|push|approval|log-?in|authenticat\w+) (?:prompts?|requests?|notifications?|messages))|(?:mfa|push|prompt) (?:fatigue|bombing)\b(?: attack)?|\d{{2,4}} (?:mfa |push |approval |log-?in )?(?:prompts|push notifications|approval requests)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1110.003",
        ("password",),
        re.compile(
            rf"(?:password[- ]spray(?:s|ed)\b|(?:used|ran|launched|mounted|through|via|with|by) (?:an? )?password[- ]spray(?:ing)?\b|(?:one|the same|a single|one and the same|two|three|a few|common) passwords? (?:{_GAP}{{0,20}}?)\b(?:tried|tested|used|attempted) (?:{_GAP}{{0,20}}?)(?:against|on|across|at) (?:{_GAP}{{0,30}}?)(?:accounts?|mailboxes|users?|log-?ins?|addresses)|(?:tried|tested) (?:one|the same|a single|a few) passwords? (?:against|on|across) )",
            re.IGNORECASE,
        ),
    ),
    (
        "T1056.001",
        (
            "keystroke",
            "key press",
            "keypress",
        ),
        re.compile(
            rf"(?:log|record|captur|keep|kept|stor|steal|stole|grabb|writ|wrote|collect)(?:g?ed|d|s|es|ing|ged)? (?:{_GAP}{{0,20}}?)\b(?:keystrokes?|key ?presses)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1113",
        ("screen",),
        re.compile(
            r"(?:(?:takes|took|taking|captur(?:es|ed|ing)|grabb(?:ed|ing)|grabs|sends|sent|kept|keeps|makes|made|uploads|uploaded) (?:(?! ?(?:is|are|was|were)\b)[\w'’-]{1,16} ){0,4}?screen ?shots?\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1114.003",
        ("rule",),
        re.compile(
            rf"(?:(?:inbox|mailbox|mail|forwarding|outlook)[- ]rules? (?:{_GAP}{{0,80}}?)\b(?:forward|redirect|copied|sent)\w{{0,3}}\b|rule in (?:{_GAP}{{0,30}}?)mailbox (?:{_GAP}{{0,30}}?)forwarded\b|(?:created|set up|added|planted) (?:an? |hidden )?(?:\w{{2,12}} )?(?:auto-?)?forwarding rule)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1486",
        (
            "encrypt",
            "verschlüssel",
            "chiffré",
            "cifr",
        ),
        re.compile(
            rf"(?:(?:ransomware|attackers?|intruders?|hackers?|gang|group|crew|criminals|they|affiliates?|operators|thieves) (?:(?:has|have|had|then|also|later|eventually|finally) ){{0,2}}encrypted (?:{_GAP}{{0,50}}?)\b(?:servers?|files?|systems?|computers?|hypervisors?|databases?|backups?|data|networks?|machines?|workstations?|disks?|drives?)\b|(?:attackers?|gang|group|crew|criminals|ransomware)\b{_GAP}{{0,60}}? after encrypting (?:{_GAP}{{0,40}}?)\b(?:servers?|files?|systems?|computers?|data|networks?)\b"
            rf"|(?:Angreifer|Täter|Erpresser|Hacker|Gruppe|Bande) (?:haben |hatten )?(?:{_GAP}{{0,60}}?)verschlüssel(?:ten|te|t)\b|(?:attaquants|pirates|assaillants|groupe|rançongiciel)\b{_GAP}{{0,20}}? chiffré (?:{_GAP}{{0,30}}?)(?:serveurs?|fichiers?|systèmes?|données|postes)|(?:atacantes|intrusos|delincuentes|grupo|ransomware) (?:ha |han |había |habían )?cifr(?:aron|ó|ado) (?:{_GAP}{{0,30}}?)(?:servidores?|archivos?|ficheros?|sistemas?|datos|equipos))",
            re.IGNORECASE,
        ),
    ),
    (
        "T1003.001",
        ("lsass",),
        re.compile(
            rf"(?:(?:dump|scrap|read|cop|steal|stole|extract|grab)(?:ped|p?ing|ed|ied|s|n)? (?:{_GAP}{{0,40}}?)\blsass\b|lsass(?:\.exe)? (?:memory |process )?(?:was|were|had been|has been) (?:\w{{2,12}} )?(?:dumped|read|scraped|copied))",
            re.IGNORECASE,
        ),
    ),
    (
        "T1053.005",
        (
            "scheduled task",
            "schtasks",
        ),
        re.compile(
            rf"(?:(?:creat|add|register|set|plant|install|us)(?:ed|es|ing|s|ting)? (?:up )?(?:an? |the |two |three |its |hidden |new |own )*(?:{_GAP}{{0,20}}?)scheduled tasks?\b|scheduled tasks? (?:was|were|had been|has been) (?:\w{{2,12}} )?(?:created|added|registered|set up|planted)|schtasks(?:\.exe)?[`'\"]? /create)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1547.001",
        (
            "run key",
            "currentversion\\run",
            "startup folder",
            "start-up folder",
            "autostart folder",
        ),
        re.compile(
            rf"(?:creat|add|writ|wrote|set|plant|cop|put|drop)(?:ed|es|ing|s|ten|ying|ied|ies|ped)? (?:{_GAP}{{0,50}}?)\b(?:run key|currentversion\\run|start-?up folder|autostart folder)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1136.001",
        ("local ",),
        re.compile(
            r"(?:creat|add|set up|made|make)(?:ed|s|es|ing)? (?:an? |the |two |three |several |new |hidden |rogue |own )*local (?:[\w-]{2,16} ){0,2}?accounts?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1685",
        (
            "defender",
            "virus",
            "edr",
            "endpoint",
            "security ",
        ),
        re.compile(
            rf"(?:(?:disabl|kill|uninstall|remov|stopp|blind)(?:ed|es|ing|s) (?:{_GAP}{{0,30}}?)|(?:switch|turn|shut)(?:ed|es|ing|s|ting)? (?:off|down) (?:{_GAP}{{0,30}}?))(?<!by )(?<!by the )\b(?:(?:microsoft |windows )?defender|anti-?virus|EDR|endpoint (?:protection|agents?|sensors?)|security (?:software|tools|products|agents?))\b|(?:defender|anti-?virus|EDR)\b[^.;!?\n]{{0,20}} (?:was|were|had been) (?:\w{{2,12}} )?(?:disabled|switched off|turned off|killed|uninstalled)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1539",
        (
            "cookie",
            "token",
        ),
        re.compile(
            r"(?:(?:steal|stole|grabb|harvest|tak|took|siphon|exfiltrat|lift)(?:s|ing|ed|en|es|n)? (?:the |their |his |her |all |its |browser |valid |live )*(?:session|log-?in|authenticat\w+|browser) (?:cookies|tokens)|(?:session|log-?in) cookies (?:were|had been|was) (?:\w{2,12} )?(?:stolen|taken|grabbed|lifted))",
            re.IGNORECASE,
        ),
    ),
    (
        "T1555.003",
        ("browser",),
        re.compile(
            rf"(?:steal|stole|grabb|harvest|collect|extract|tak|took|read|dump)(?:s|ing|ed|en|es|n)? (?:{_GAP}{{0,40}}?)\b(?:passwords?|credentials|log-?ins) (?:that were |which were )?(?:saved|stored|kept) in (?:{_GAP}{{0,20}}?)browsers?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1567.002",
        (
            "mega",
            "dropbox",
            "google drive",
            "onedrive",
            "pcloud",
            "cloud ",
        ),
        re.compile(
            rf"(?:upload|cop|exfiltrat|mov|shipp|transferr|sync)(?:ed|ied|d|ing|ying|s|es) (?:{_GAP}{{0,40}}?)\b(?:data|documents?|contracts?|records?|archives?|mails?|e-?mails|folders?|databases?|loot|it|them|everything|[GTM]B|gigabytes|terabytes|files) (?:{_GAP}{{0,20}}?)\b(?:to|into|with) (?:an? |the |their |its |his )?(?:{_GAP}{{0,20}}?)\b(?:mega(?:\.nz)?|dropbox|google drive|onedrive|pcloud|cloud (?:storage|account|drive|bucket))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1021.001",
        (
            "rdp",
            "remote desktop",
        ),
        re.compile(
            rf"(?:mov|hopp|jump|spread|pivot|went|travel|travell)(?:ed|ing|s|es)? (?:{_GAP}{{0,50}}?)\b(?:over|via|by|through|using|with) (?:RDP|remote desktop)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1098.005",
        (
            "regist",
            "enrol",
            "add",
        ),
        re.compile(
            r"(?:register|enrol|add)(?:led|ed|s|ing) (?:an? |the |their |its |his |her |own |new |second )*(?:mfa |authenticat\w+ )?(?:devices?|phones?|authenticators?) (?:for|to|in|with|as|under|on) (?:the |his |her |their |a )?(?:[\w'’-]{2,16} ){0,2}?(?:account|mfa|tenant|entra|victim|user|profile|second factor|okta|duo)",
            re.IGNORECASE,
        ),
    ),
    (
        "T1566.001",
        (
            "attachment",
            "document",
            "file",
            "archive",
            "spreadsheet",
            "pdf",
            "macro",
        ),
        re.compile(
            rf"(?:(?:e-?mails?|mails?|messages?|letters?) (?:{_GAP}{{0,40}}?)\b(?:with|carrying|bearing|held|contained|containing|had) (?:an? |the )?(?:{_GAP}{{0,20}}?)(?:malicious|booby-trapped|poisoned|infected|rigged|weaponi[sz]ed|macro-laden) (?:[\w-]{{2,14}} )?(?:attachments?|documents?|files?|archives?|spreadsheets?|pdfs?|macros?)|open(?:ed|ing) (?:an? |the )?(?:booby-trapped|infected|malicious|poisoned|rigged) (?:[\w-]{{2,14}} )?(?:attachment|document|spreadsheet))",
            re.IGNORECASE,
        ),
    ),
    (
        "T1123",
        (
            "microphone",
            "mic",
        ),
        re.compile(
            rf"(?:switch|turn|record|listen|captur|activat|tapp|eavesdropp)(?:ed|es|ing|s) (?:{_GAP}{{0,40}}?)\b(?:microphones?|mic)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1125",
        (
            "webcam",
            "web cam",
        ),
        re.compile(
            rf"(?:switch|turn|record|captur|activat|tapp|film|watch)(?:ed|es|ing|s) (?:{_GAP}{{0,40}}?)\bweb ?cams?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "T1115",
        ("clipboard",),
        re.compile(
            rf"(?:cop|read|steal|stole|captur|grabb|monitor|record|replac|swapp|watch|log)(?:ied|ies|s|ed|ing|es|ged)? (?:{_GAP}{{0,40}}?)\bclipboard\b",
            re.IGNORECASE,
        ),
    ),
)
"""(ATT&CK id, pieces of small letters of which its act has one, words that tell its act)."""
