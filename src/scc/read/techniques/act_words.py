# SPDX-License-Identifier: Apache-2.0
"""Words that tell the act of a technique and mean nothing else, by ATT&CK id. Data of `plain_acts`, which asks whether it was done."""

from __future__ import annotations

import re
from typing import Final

from scc.read.sought import Sought

_GAP: Final = r"[^.;!?\n]"
ACTS: Final[tuple[tuple[str, Sought], ...]] = (
    (
        "T1490",
        Sought(
            r"\b(?:vssadmin(?:\.exe)?[`'\"]? delete shadows|wmic(?:\.exe)? shadowcopy delete|wbadmin(?:\.exe)? delete (?:catalog|backup|systemstatebackup)|bcdedit(?:\.exe)? /set [^;\n]{0,30}recoveryenabled no"
            rf"|(?:delet|destroy|wip|eras|remov|purg)(?:e[sd]|s|ing|ed) (?:all |every |the )?(?:{_GAP}{{0,30}}?)\b(?:volume shadow copies|shadow copies|volume snapshots)|(?:shadow copies|volume snapshots) (?:were|had been|was|have been) (?:\w{{2,12}} )?(?:deleted|destroyed|wiped|erased|removed)"
            rf"|(?:löschten|löschte|zerstörten|vernichteten) {_GAP}{{0,30}}?\bSchattenkopien|(?:effacé|supprimé|détruit) {_GAP}{{0,20}}?(?:clichés instantanés|copies d['’]ombre)|(?:borr|elimin|destruy)(?:aron|ó|eron) {_GAP}{{0,20}}?(?:instantáneas|copias de sombra))",
            re.IGNORECASE,
            at="vssadmin wmic wbadmin bcdedit delet destroy wip eras remov purg shadow volume lösch zerstör vernicht effacé supprimé détruit borr elimin destruy",
        ),
    ),
    (
        "T1685.005",
        Sought(
            rf"\b(?:(?:clear|empt|wip|delet|eras|purg)(?:ied|ed|es|s|ing|e|ies) (?:{_GAP}{{0,40}}?)\b(?:event logs?|windows logs?|security logs?)\b|wevtutil(?:\.exe)? (?:cl|clear-log)\b|(?:event|security) logs? (?:were|was|had been|have been) (?:\w{{2,12}} )?(?:cleared|emptied|wiped|deleted|erased))",
            re.IGNORECASE,
            at="clear empt wip delet eras purg wevtutil event security",
            near="event windows security wevtutil",
        ),
    ),
    (
        "T1070.006",
        Sought(
            rf"\b(?:time-?stomp(?:s|ed)\b|time ?stamps? (?:{_GAP}{{0,60}}?)\b(?:set back|put back|backdated|forged|altered|changed to match|made to match)|(?:backdat|forg|alter)ed (?:the |its |their |all )?(?:file )?time ?stamps?)",
            re.IGNORECASE,
            at="time timestomp timestamp backdat forg alter",
        ),
    ),
    (
        "T1482",
        Sought(
            r"\b(?:nltest(?:\.exe)?[`'\"]? /(?:domain_trusts|trusted_domains)|(?:list|enumerat|map|quer|dump|collect)(?:ed|s|es|ing|ped|ied|ies) (?:all |the |its |every )?(?:(?:active directory|ad) )?domain trusts?\b|get-adtrust)",
            re.IGNORECASE,
            at="nltest list enumerat map quer dump collect get",
            near="nltest domain get",
        ),
    ),
    (
        "T1560.001",
        Sought(
            rf"\b(?:pack|compress|archiv|zip|bundl|stag)(?:ed|ped|led) (?:{_GAP}{{0,60}}?)\b(?:with|using|into|in|by) (?:{_GAP}{{0,30}}?)\b(?:7-?zip|7z|winrar|rar)\b",
            re.IGNORECASE,
            at="pack compress archiv zip bundl stag",
        ),
    ),
    (
        "T1505.003",
        Sought(
            rf"\b(?:(?:plant|dropp|upload|install|deploy|wrote|written|left|leav|plac|hid|inject)(?:ed|ing|es|s|e)? (?:{_GAP}{{0,40}}?)\bweb ?-?shells?\b|\bweb ?-?shells? (?:was|were|had been|has been|have been) (?:\w{{2,12}} )?(?:planted|dropped|uploaded|installed|deployed|written|found|left|placed|hidden)|(?:remained|found|lay|sat|was|were) (?:{_GAP}{{0,40}}?)\ban? (?:[\w-]{{2,16}} ){{0,2}}web ?-?shell\b)",
            re.IGNORECASE,
            at="plant dropp upload install deploy wrote written left leav plac hid inject web webshell remained found lay sat was were",
            near="web webshell",
        ),
    ),
    (
        "T1621",
        Sought(
            rf"\b(?:(?:flood|bombard|spamm|pester|show)ed (?:{_GAP}{{0,40}}?)\b(?:(?:mfa|2fa|push|approval|log-?in|authenticat\w+) (?:prompts?|requests?|notifications?|messages))|(?:mfa|push|prompt) (?:fatigue|bombing)\b(?: attack)?|\d{{2,4}} (?:mfa |push |approval |log-?in )?(?:prompts|push notifications|approval requests)\b)",
            re.IGNORECASE,
            at="flood bombard spamm pester show mfa push prompt #",
            near="flood bombard spamm pester show fatigue bombing prompt push approval",
        ),
    ),
    (
        "T1110.003",
        Sought(
            rf"\b(?:password[- ]spray(?:s|ed)\b|(?:used|ran|launched|mounted|through|via|with|by) (?:an? )?password[- ]spray(?:ing)?\b|(?:one|the same|a single|one and the same|two|three|a few|common) passwords? (?:{_GAP}{{0,20}}?)\b(?:tried|tested|used|attempted) (?:{_GAP}{{0,20}}?)\b(?:against|on|across|at) (?:{_GAP}{{0,30}}?)\b(?:accounts?|mailboxes|users?|log-?ins?|addresses)|(?:tried|tested) (?:one|the same|a single|a few) passwords? (?:against|on|across) )",
            re.IGNORECASE,
            at="password used ran launched mounted through via with by one the a two three few common tried tested",
            near="password",
        ),
    ),
    (
        "T1056.001",
        Sought(
            rf"\b(?:log|record|captur|keep|kept|stor|steal|stole|grabb|writ|wrote|collect)(?:g?ed|d|s|es|ing|ged)? (?:{_GAP}{{0,20}}?)\b(?:keystrokes?|key ?presses)\b",
            re.IGNORECASE,
            at="log record captur keep kept stor steal stole grabb writ wrote collect",
            near="keystroke key keypresses",
        ),
    ),
    (
        "T1113",
        Sought(
            r"\b(?:(?:takes|took|taking|captur(?:es|ed|ing)|grabb(?:ed|ing)|grabs|sends|sent|kept|keeps|makes|made|uploads|uploaded) (?:(?! ?(?:is|are|was|were)\b)[\w'’-]{1,16} ){0,4}?screen ?shots?\b)",
            re.IGNORECASE,
            at="takes took taking captur grabb grabs sends sent kept keeps makes made uploads uploaded",
            near="screen screenshot",
        ),
    ),
    (
        "T1114.003",
        Sought(
            rf"\b(?:(?:inbox|mailbox|mail|forwarding|outlook)[- ]rules? (?:{_GAP}{{0,80}}?)\b(?:forward|redirect|copied|sent)\w{{0,3}}\b|rule in (?:{_GAP}{{0,30}}?)\bmailbox (?:{_GAP}{{0,30}}?)\bforwarded\b|(?:created|set up|added|planted) (?:an? |hidden )?(?:\w{{2,12}} )?(?:auto-?)?forwarding rule)",
            re.IGNORECASE,
            at="inbox mailbox mail forwarding outlook rule created set added planted",
            near="rule",
        ),
    ),
    (
        "T1486",
        Sought(
            rf"\b(?:(?:ransomware|attackers?|intruders?|hackers?|gang|group|crew|criminals|they|affiliates?|operators|thieves) (?:(?:has|have|had|then|also|later|eventually|finally) ){{0,2}}encrypted (?:{_GAP}{{0,50}}?)\b(?:servers?|files?|systems?|computers?|hypervisors?|databases?|backups?|data|networks?|machines?|workstations?|disks?|drives?)\b|(?:attackers?|gang|group|crew|criminals|ransomware)\b{_GAP}{{0,60}}? after encrypting (?:{_GAP}{{0,40}}?)\b(?:servers?|files?|systems?|computers?|data|networks?)\b"
            rf"|(?:Angreifer|Täter|Erpresser|Hacker|Gruppe|Bande) (?:haben |hatten )?(?:{_GAP}{{0,60}}?)\bverschlüssel(?:ten|te|t)\b|(?:attaquants|pirates|assaillants|groupe|rançongiciel)\b{_GAP}{{0,20}}? chiffré (?:{_GAP}{{0,30}}?)\b(?:serveurs?|fichiers?|systèmes?|données|postes)|(?:atacantes|intrusos|delincuentes|grupo|ransomware) (?:ha |han |había |habían )?cifr(?:aron|ó|ado) (?:{_GAP}{{0,30}}?)\b(?:servidores?|archivos?|ficheros?|sistemas?|datos|equipos))",
            re.IGNORECASE,
            at="ransomware attacker intruder hacker gang group crew criminals they affiliate operators thieves angreifer täter erpresser gruppe bande attaquants pirates assaillants groupe rançongiciel atacantes intrusos delincuentes grupo",
            near="encrypted encrypting verschlüssel chiffré cifr",
        ),
    ),
    (
        "T1003.001",
        Sought(
            rf"\b(?:(?:dump|scrap|read|cop|steal|stole|extract|grab)(?:ped|p?ing|ed|ied|s|n)? (?:{_GAP}{{0,40}}?)\blsass\b|lsass(?:\.exe)? (?:memory |process )?(?:was|were|had been|has been) (?:\w{{2,12}} )?(?:dumped|read|scraped|copied))",
            re.IGNORECASE,
            at="dump scrap read cop steal stole extract grab lsass",
            near="lsass",
        ),
    ),
    (
        "T1053.005",
        Sought(
            rf"\b(?:(?:creat|add|register|set|plant|install|us)(?:ed|es|ing|s|ting)? (?:up )?(?:an? |the |two |three |its |hidden |new |own )*(?:{_GAP}{{0,20}}?)\bscheduled tasks?\b|scheduled tasks? (?:was|were|had been|has been) (?:\w{{2,12}} )?(?:created|added|registered|set up|planted)|schtasks(?:\.exe)?[`'\"]? /create)",
            re.IGNORECASE,
            at="creat add register set plant install us scheduled schtasks",
            near="scheduled schtasks",
        ),
    ),
    (
        "T1547.001",
        Sought(
            rf"\b(?:creat|add|writ|wrote|set|plant|cop|put|drop)(?:ed|es|ing|s|ten|ying|ied|ies|ped)? (?:{_GAP}{{0,50}}?)\b(?:run key|currentversion\\run|start-?up folder|autostart folder)\b",
            re.IGNORECASE,
            at="creat add writ wrote set plant cop put drop",
            near="run start startup autostart currentversion",
        ),
    ),
    (
        "T1136.001",
        Sought(
            r"\b(?:creat|add|set up|made|make)(?:ed|s|es|ing)? (?:an? |the |two |three |several |new |hidden |rogue |own )*local (?:[\w-]{2,16} ){0,2}?accounts?\b",
            re.IGNORECASE,
            at="creat add set made make",
            near="local",
        ),
    ),
    (
        "T1685",
        Sought(
            rf"\b(?:(?:disabl|kill|uninstall|remov|stopp|blind)(?:ed|es|ing|s) (?:{_GAP}{{0,30}}?)|(?:switch|turn|shut)(?:ed|es|ing|s|ting)? (?:off|down) (?:{_GAP}{{0,30}}?))(?<!by )(?<!by the )\b(?:(?:microsoft |windows )?defender|anti-?virus|EDR|endpoint (?:protection|agents?|sensors?)|security (?:software|tools|products|agents?))\b|\b(?:defender|anti-?virus|EDR)\b[^.;!?\n]{{0,20}} (?:was|were|had been) (?:\w{{2,12}} )?(?:disabled|switched off|turned off|killed|uninstalled)",
            re.IGNORECASE,
            at="disabl kill uninstall remov stopp blind switch turn shut defender anti antivirus edr",
            near="defender antivirus anti edr endpoint security",
        ),
    ),
    (
        "T1539",
        Sought(
            r"\b(?:(?:steal|stole|grabb|harvest|tak|took|siphon|exfiltrat|lift)(?:s|ing|ed|en|es|n)? (?:the |their |his |her |all |its |browser |valid |live )*(?:session|log-?in|authenticat\w+|browser) (?:cookies|tokens)|(?:session|log-?in) cookies (?:were|had been|was) (?:\w{2,12} )?(?:stolen|taken|grabbed|lifted))",
            re.IGNORECASE,
            at="steal stole grabb harvest tak took siphon exfiltrat lift session log login",
            near="cookie token",
        ),
    ),
    (
        "T1555.003",
        Sought(
            rf"\b(?:steal|stole|grabb|harvest|collect|extract|tak|took|read|dump)(?:s|ing|ed|en|es|n)? (?:{_GAP}{{0,40}}?)\b(?:passwords?|credentials|log-?ins) (?:that were |which were )?(?:saved|stored|kept) in (?:{_GAP}{{0,20}}?)\bbrowsers?\b",
            re.IGNORECASE,
            at="steal stole grabb harvest collect extract tak took read dump",
            near="browser",
        ),
    ),
    (
        "T1567.002",
        Sought(
            rf"\b(?:upload|cop|exfiltrat|mov|shipp|transferr|sync)(?:ed|ied|d|ing|ying|s|es) (?:{_GAP}{{0,40}}?)\b(?:data|documents?|contracts?|records?|archives?|mails?|e-?mails|folders?|databases?|loot|it|them|everything|[GTM]B|gigabytes|terabytes|files) (?:{_GAP}{{0,20}}?)\b(?:to|into|with) (?:an? |the |their |its |his )?(?:{_GAP}{{0,20}}?)\b(?:mega(?:\.nz)?|dropbox|google drive|onedrive|pcloud|cloud (?:storage|account|drive|bucket))\b",
            re.IGNORECASE,
            at="upload cop exfiltrat mov shipp transferr sync",
            near="mega dropbox google onedrive pcloud cloud",
        ),
    ),
    (
        "T1021.001",
        Sought(
            rf"\b(?:mov|hopp|jump|spread|pivot|went|travel|travell)(?:ed|ing|s|es)? (?:{_GAP}{{0,50}}?)\b(?:over|via|by|through|using|with) (?:RDP|remote desktop)\b",
            re.IGNORECASE,
            at="mov hopp jump spread pivot went travel",
            near="rdp remote",
        ),
    ),
    (
        "T1098.005",
        Sought(
            r"\b(?:register|enrol|add)(?:led|ed|s|ing) (?:an? |the |their |its |his |her |own |new |second )*(?:mfa |authenticat\w+ )?(?:devices?|phones?|authenticators?) (?:for|to|in|with|as|under|on) (?:the |his |her |their |a )?(?:[\w'’-]{2,16} ){0,2}?(?:account|mfa|tenant|entra|victim|user|profile|second factor|okta|duo)",
            re.IGNORECASE,
            at="register enrol add",
            near="device phone authenticator",
        ),
    ),
    (
        "T1566.001",
        Sought(
            rf"\b(?:(?:e-?mails?|mails?|messages?|letters?) (?:{_GAP}{{0,40}}?)\b(?:with|carrying|bearing|held|contained|containing|had) (?:an? |the )?(?:{_GAP}{{0,20}}?)\b(?:malicious|booby-trapped|poisoned|infected|rigged|weaponi[sz]ed|macro-laden) (?:[\w-]{{2,14}} )?(?:attachments?|documents?|files?|archives?|spreadsheets?|pdfs?|macros?)|open(?:ed|ing) (?:an? |the )?(?:booby-trapped|infected|malicious|poisoned|rigged) (?:[\w-]{{2,14}} )?(?:attachment|document|spreadsheet))",
            re.IGNORECASE,
            at="email e mail message letter open",
            near="malicious booby poisoned infected rigged weaponi macro",
        ),
    ),
    (
        "T1123",
        Sought(
            rf"\b(?:switch|turn|record|listen|captur|activat|tapp|eavesdropp)(?:ed|es|ing|s) (?:{_GAP}{{0,40}}?)\b(?:microphones?|mic)\b",
            re.IGNORECASE,
            at="switch turn record listen captur activat tapp eavesdropp",
            near="microphone mic",
        ),
    ),
    (
        "T1125",
        Sought(
            rf"\b(?:switch|turn|record|captur|activat|tapp|film|watch)(?:ed|es|ing|s) (?:{_GAP}{{0,40}}?)\bweb ?cams?\b",
            re.IGNORECASE,
            at="switch turn record captur activat tapp film watch",
            near="webcam web",
        ),
    ),
    (
        "T1115",
        Sought(
            rf"\b(?:cop|read|steal|stole|captur|grabb|monitor|record|replac|swapp|watch|log)(?:ied|ies|s|ed|ing|es|ged)? (?:{_GAP}{{0,40}}?)\bclipboard\b",
            re.IGNORECASE,
            at="cop read steal stole captur grabb monitor record replac swapp watch log",
            near="clipboard",
        ),
    ),
)
"""(ATT&CK id, words that tell its act)."""
