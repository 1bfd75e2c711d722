# SPDX-License-Identifier: Apache-2.0
"""Techniques whose act a sentence tells in words that mean nothing else, without the id: "ran vssadmin delete shadows", "emptied the
event logs", "listed the domain trusts", "one password was tried against six thousand mailboxes".

Only acts told as done count: no advice, denial, question, wish, exercise, nor what a program could do. The ids are ATT&CK's; `inference`
has the statistics for what is only described.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.model.facts import Technique
from scc.read.page import Notes, Page
from scc.read.scope import denied, fictional, ordered
from scc.read.sought import Sought
from scc.read.techniques.told_rows import NOT_DONE

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_GAP: Final = r"[^.;!?\n]"
ACTS: Final[tuple[tuple[str, Sought], ...]] = (
    (
        "T1490",
        Sought(
            r"(?:vssadmin(?:\.exe)?[`'\"]? delete shadows|wmic(?:\.exe)? shadowcopy delete|wbadmin(?:\.exe)? delete (?:catalog|backup|systemstatebackup)|bcdedit(?:\.exe)? /set [^;\n]{0,30}recoveryenabled no"
            rf"|(?:delet|destroy|wip|eras|remov|purg)(?:e[sd]|s|ing|ed) (?:all |every |the )?(?:{_GAP}{{0,30}}?)(?:volume shadow copies|shadow copies|volume snapshots)|(?:shadow copies|volume snapshots) (?:were|had been|was|have been) (?:\w{{2,12}} )?(?:deleted|destroyed|wiped|erased|removed)"
            rf"|(?:löschten|löschte|zerstörten|vernichteten) {_GAP}{{0,30}}?Schattenkopien|(?:effacé|supprimé|détruit) {_GAP}{{0,20}}?(?:clichés instantanés|copies d['’]ombre)|(?:borr|elimin|destruy)(?:aron|ó|eron) {_GAP}{{0,20}}?(?:instantáneas|copias de sombra))",
            re.IGNORECASE,
            at="vssadmin wmic wbadmin bcdedit delet destroy wip eras remov purg shadow volume lösch zerstör vernicht effacé supprimé détruit borr elimin destruy",
        ),
    ),
    (
        "T1070.001",
        Sought(
            rf"(?:(?:clear|empt|wip|delet|eras|purg)(?:ied|ed|es|s|ing|e|ies) (?:{_GAP}{{0,40}}?)(?:event logs?|windows logs?|security logs?)\b|wevtutil(?:\.exe)? (?:cl|clear-log)\b|(?:event|security) logs? (?:were|was|had been|have been) (?:\w{{2,12}} )?(?:cleared|emptied|wiped|deleted|erased))",
            re.IGNORECASE,
            at="clear empt wip delet eras purg wevtutil event security",
        ),
    ),
    (
        "T1070.006",
        Sought(
            rf"(?:time-?stomp(?:s|ed)\b|time ?stamps? (?:{_GAP}{{0,60}}?)\b(?:set back|put back|backdated|forged|altered|changed to match|made to match)|(?:backdat|forg|alter)ed (?:the |its |their |all )?(?:file )?time ?stamps?)",
            re.IGNORECASE,
            at="time timestomp timestamp backdat forg alter",
        ),
    ),
    (
        "T1482",
        Sought(
            r"(?:nltest(?:\.exe)?[`'\"]? /(?:domain_trusts|trusted_domains)|(?:list|enumerat|map|quer|dump|collect)(?:ed|s|es|ing|ped|ied|ies) (?:all |the |its |every )?(?:(?:active directory|ad) )?domain trusts?\b|get-adtrust)",
            re.IGNORECASE,
            at="nltest list enumerat map quer dump collect get",
        ),
    ),
    (
        "T1560.001",
        Sought(
            rf"(?:pack|compress|archiv|zip|bundl|stag)(?:ed|ped|led) (?:{_GAP}{{0,60}}?)(?:with|using|into|in|by) (?:{_GAP}{{0,30}}?)(?:7-?zip|7z|winrar|rar)\b",
            re.IGNORECASE,
            at="pack compress archiv zip bundl stag",
        ),
    ),
    (
        "T1505.003",
        Sought(
            rf"(?:(?:plant|dropp|upload|install|deploy|wrote|written|left|leav|plac|hid|inject)(?:ed|ing|es|s|e)? (?:{_GAP}{{0,40}}?)\bweb ?-?shells?\b|\bweb ?-?shells? (?:was|were|had been|has been|have been) (?:\w{{2,12}} )?(?:planted|dropped|uploaded|installed|deployed|written|found|left|placed|hidden)|(?:remained|found|lay|sat|was|were) (?:{_GAP}{{0,40}}?)\ban? (?:[\w-]{{2,16}} ){{0,2}}web ?-?shell\b)",
            re.IGNORECASE,
            near="web webshell",
        ),
    ),
    (
        "T1621",
        Sought(
            rf"(?:(?:flood|bombard|spamm|pester|show)ed (?:{_GAP}{{0,40}}?)(?:(?:mfa|2fa|push|approval|log-?in|authenticat\w+) (?:prompts?|requests?|notifications?|messages))|(?:mfa|push|prompt) (?:fatigue|bombing)\b(?: attack)?|\d{{2,4}} (?:mfa |push |approval |log-?in )?(?:prompts|push notifications|approval requests)\b)",
            re.IGNORECASE,
            near="prompt push mfa approval",
        ),
    ),
    (
        "T1110.003",
        Sought(
            rf"(?:password[- ]spray(?:s|ed)\b|(?:used|ran|launched|mounted|through|via|with|by) (?:an? )?password[- ]spray(?:ing)?\b|(?:one|the same|a single|one and the same|two|three|a few|common) passwords? (?:{_GAP}{{0,20}}?)\b(?:tried|tested|used|attempted) (?:{_GAP}{{0,20}}?)(?:against|on|across|at) (?:{_GAP}{{0,30}}?)(?:accounts?|mailboxes|users?|log-?ins?|addresses)|(?:tried|tested) (?:one|the same|a single|a few) passwords? (?:against|on|across) )",
            re.IGNORECASE,
            near="password",
        ),
    ),
    (
        "T1056.001",
        Sought(
            rf"(?:log|record|captur|keep|kept|stor|steal|stole|grabb|writ|wrote|collect)(?:g?ed|d|s|es|ing|ged)? (?:{_GAP}{{0,20}}?)\b(?:keystrokes?|key ?presses)\b",
            re.IGNORECASE,
            at="log record captur keep kept stor steal stole grabb writ wrote collect",
        ),
    ),
    (
        "T1113",
        Sought(
            r"(?:(?:takes|took|taking|captur(?:es|ed|ing)|grabb(?:ed|ing)|grabs|sends|sent|kept|keeps|makes|made|uploads|uploaded) (?:(?! ?(?:is|are|was|were)\b)[\w'’-]{1,16} ){0,4}?screen ?shots?\b)",
            re.IGNORECASE,
            near="screen screenshot",
        ),
    ),
    (
        "T1114.003",
        Sought(
            rf"(?:(?:inbox|mailbox|mail|forwarding|outlook)[- ]rules? (?:{_GAP}{{0,80}}?)\b(?:forward|redirect|copied|sent)\w{{0,3}}\b|rule in (?:{_GAP}{{0,30}}?)mailbox (?:{_GAP}{{0,30}}?)forwarded\b|(?:created|set up|added|planted) (?:an? |hidden )?(?:\w{{2,12}} )?(?:auto-?)?forwarding rule)",
            re.IGNORECASE,
            near="rule rules",
        ),
    ),
    (
        "T1486",
        Sought(
            rf"(?:(?:ransomware|attackers?|intruders?|hackers?|gang|group|crew|criminals|they|affiliates?|operators|thieves) (?:(?:has|have|had|then|also|later|eventually|finally) ){{0,2}}encrypted (?:{_GAP}{{0,50}}?)\b(?:servers?|files?|systems?|computers?|hypervisors?|databases?|backups?|data|networks?|machines?|workstations?|disks?|drives?)\b|(?:attackers?|gang|group|crew|criminals|ransomware)\b{_GAP}{{0,60}}? after encrypting (?:{_GAP}{{0,40}}?)\b(?:servers?|files?|systems?|computers?|data|networks?)\b"
            rf"|(?:Angreifer|Täter|Erpresser|Hacker|Gruppe|Bande) (?:haben |hatten )?(?:{_GAP}{{0,60}}?)verschlüssel(?:ten|te|t)\b|(?:attaquants|pirates|assaillants|groupe|rançongiciel)\b{_GAP}{{0,20}}? chiffré (?:{_GAP}{{0,30}}?)(?:serveurs?|fichiers?|systèmes?|données|postes)|(?:atacantes|intrusos|delincuentes|grupo|ransomware) (?:ha |han |había |habían )?cifr(?:aron|ó|ado) (?:{_GAP}{{0,30}}?)(?:servidores?|archivos?|ficheros?|sistemas?|datos|equipos))",
            re.IGNORECASE,
            at="ransomware attacker intruder hacker gang group crew criminals they affiliate operators thieves angreifer täter erpresser gruppe bande attaquants pirates assaillants groupe rançongiciel atacantes intrusos delincuentes grupo",
        ),
    ),
)
"""(ATT&CK id, words that tell its act)."""
_HONEST: Final = re.compile(
    r"\b(?:analysts?|researchers?|administrators?|admins?|engineers?|testers?|red team\w*|blue team|students?|you|we|our|users?|police|customers?|defenders?|responders?|employees?|staff|teacher|parents?)\b",
    re.IGNORECASE,
)
_COUNSEL: Final = re.compile(
    r"\b(?:rules? (?:for|that|which)|detect\w*|sigma|yara|quer(?:y|ies)|hunt\w*|alert\w*|look for|watch for|recommend\w*|mitigat\w*|prevent\w*|defen[cd]\w*|example|such as|typical\w*|usually|often|commonly|most|many|ransomware gangs|every time|when an?|whenever|designed to|capable|able to|supports?|feature\w*|command (?:to|for)|function\w*|ability|commands?:|options?)\b",
    re.IGNORECASE,
)
_BACK: Final = 160


def note_plain_acts(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note each such technique once, at the first sentence that tells its act as done."""
    known = {each.fact.id for each in notes.of(Technique) if isinstance(each.fact, Technique)}
    for id_, form in ACTS:
        if id_ in known:
            continue
        node = knowledge.technique(id_)
        if node is None:
            continue
        for each in page.find(form):
            if _done(page, each.start(), each.end()):
                notes(
                    Technique(id_, "", "observed", node.domain),
                    each.start(),
                    each.end(),
                    "matched",
                    0.8,
                    "act:technique",
                )
                break


def _done(page: Page, start: int, end: int) -> bool:
    if page.section(start) in ("advice", "reference") or ordered(page, start) or fictional(page, start):
        return False
    first, last = page.sentence(start)
    before = page.text[max(first, start - _BACK) : start]
    before = before[max(before.rfind("; "), before.rfind(": ")) + 1 :]
    whole = page.text[first:last]
    if whole.rstrip().endswith("?") or _COUNSEL.search(whole) or _HONEST.search(before[-60:]):
        return False
    inside = re.sub(r"recoveryenabled no|\brules?\b", "", page.text[start:end], flags=re.IGNORECASE)
    return not (NOT_DONE.search(before) or NOT_DONE.search(inside) or denied(page, start))
