# SPDX-License-Identifier: Apache-2.0
"""Programs in honest hands: what defenders, administrators, testers and analysts ran themselves, and for what.

Only for programs that honest people use, too: malware in an analyst's hands is what a report is about. Judges form only.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page

_BACK: Final = 220
_DUAL: Final = frozenset(
    "cobalt strike|brute ratel c4|brute ratel|metasploit|anydesk|teamviewer|screenconnect|connectwise|atera|splashtop|netsupport|netsupport manager|rclone|havoc|sliver|mythic|covenant|empire|nmap|masscan|adfind|ngrok|filezilla|winscp|putty|megasync|rustdesk|bloodhound|sharphound".split(
        "|"
    )
)
"""Programs of testers and administrators that the pack calls malware or tool, in small letters."""
_PEOPLE: Final = (
    r"(?:defenders?|administrators?|sys-?admins|admins|auditors?|(?:penetration |pen-?|security )?testers?|pentesters?|students?|trainees?|apprentices?|teachers?|lecturers?|consultants?|help ?desk|help-desk|IT (?:department|staff|team|people|service)|maintenance (?:staff|team|crew)|network team|"
    r"(?:red|blue|purple|SOC|response|forensics?|security|incident response|our|operations|infrastructure) ?teams?|(?:our|the bank['’]s|the city['’]s|the company['’]s) (?:own )?(?:engineers|staff|analysts|people|colleagues)|incident responders?|responders|"
    r"Administrator(?:en)?|Prüfer|Tester|Studierende|Verteidiger|IT-Abteilung|administrateurs?|auditeurs?|étudiants?|défenseurs?|service informatique|équipe (?:rouge|bleue|de défense)|administrador(?:es)?|auditor(?:es)?|estudiantes|defensores|equipo (?:rojo|azul)|departamento (?:de informática|de TI))"
)
_DO: Final = r"(?:ran|runs?|running|us(?:e[sd]?|ing)|launch\w{0,3}|start(?:ed|s)?|install(?:ed|s)?|deploy(?:ed|s)?|tried|tests?|tested|load(?:ed|s)?|b(?:uy|uys|ought)|ke(?:ep|eps|pt)|need(?:s|ed)?|open(?:ed|s)?|employ(?:ed|s)?|rel(?:y|ies|ied)|work(?:s|ed)?|learn(?:s|ed|t)?|practi[sc]e[ds]?|train(?:s|ed)?|map(?:s|ped)?|check(?:s|ed)?|left|leave|forgot|brought|carr(?:y|ies|ied)|demo(?:s|ed)?|manage[sd]?|administer(?:s|ed)?|nutz\w{1,3}|verwend\w{1,4}|setz\w{1,3}|utilis\w{1,5}|emploi\w{1,3}|usa(?:n|ron|ban)?|utiliza\w{0,4})"
_THEY_RAN: Final = re.compile(
    rf"\b(?i:{_PEOPLE}|analysts?|researchers?)\b[^.;:!?\n]{{0,60}}?\b(?:{_DO}|will|learn|dump|practi[sc]e|opened|started)\b[^.;:!?\n]{{0,40}}$|(?:^|[.;:!?,“\"(\n] ?)(?:[Ww]e|I|Wir|[Nn]ous) (?:\w{{2,12}} )?(?:ran|used|use|run|launched|started|installed|opened|wrote|tested|needed|keep|kept)\b[^.;:!?\n]{{0,60}}$",
)
_OF_OTHERS: Final = re.compile(
    r"\b(?:attack\w{0,4}|intru\w{2,5}|hack\w{1,3}|gangs?|groups?|criminals?|operators?|affiliates?|adversar\w{1,3}|threat|actors?|malware|ransomware|worm|backdoor|trojan|implant|loader|payload|compromis\w{1,3}|stolen|steal\w{0,3}|abus\w{1,3}|victims?|thie(?:f|ves)|burglars?|crew|spies|spy|"
    r"Angreifer\w{0,2}|Täter\w{0,2}|Eindringling\w{0,2}|attaquants?|pirates?|intrus|atacantes?|intrusos?|ladrones)\b|\bT\d{4}\b|\bCVE-",
    re.IGNORECASE,
)
_THEIRS: Final = re.compile(
    rf"(?:, [^.;!?\n]{{2,60}},| \([^()\n]{{2,60}}\)| [^.;,:!?\n]{{2,30}},)? (?:(?:also |in fact |itself )?belong(?:s|ed)? to|(?:is|was|are|were|had been|has been) (?:\w{{2,10}} )?(?:owned|used|kept|run|operated|needed|left(?: there| behind)?|installed|started|put there|brought in|licensed|licenced) (?:there )?(?:by|for)|(?:is|was) part of|(?:is|was) (?:how|what|why|where|the way)|(?:is|was) (?:bought|ordered|paid for|approved|allowed) by|c(?:omes|ame) from|gehört|appartient (?:à|aux?)|pertenece a)"
    rf" (?:the |our |its |their |his |her |an? |one of (?:the|our) |den |der |dem |les |l['’]|los |las )?(?:\w{{2,16}} )?(?:{_PEOPLE}|IT\b|staff|owner|vendor|maker|supplier|customer|legitimate (?:use|administration|work)|backup (?:job|script|software|server)|monitoring)(?! accounts?)",
)
_LISTED: Final = re.compile(
    r"(?:^|\n|[.;] )[*#\- ]{0,4}(?:tools?|software|programs?|programmes?|lab|setup|equipment|materials?|Werkzeuge?|outils?|herramientas?)(?: (?:that )?(?:we |were |are )?(?:used|needed|required|employed|installed|taught|covered|utilisés?|usad[oa]s|verwendet\w{0,2}))?(?: (?:for|in|during|by us|für|pour|para)\b[^.:;\n]{0,60})?:[^.;!?\n]*(?:\.\d[^.;!?\n]*){0,12}$",
    re.IGNORECASE,
)
_ANALYSIS: Final = re.compile(
    r"\b(?:analys[ei]s|lab(?:oratory)?|course|workshop|training|exercise|exam|study|investigation|research|reverse[- ]engineering|forensics?|audit|assessment|thesis|paper|test(?:s|ing)?|lesson|class|seminar|Analyse|Kurs|Labor|cours|atelier|étude|curso|taller|análisis|laboratorio)\b",
    re.IGNORECASE,
)
_LICENCE: Final = re.compile(
    r"\b(?:licen[cs]es?|invoices?|subscriptions?|quotes?|course|manual|documentation|allow ?list|whitelist|exemption|exception) (?:for|of|on|to) $",
    re.IGNORECASE,
)
_IN_LAB: Final = re.compile(
    r"(?: v?\d[\w.]{0,12})?,? ?\(?(?:(?:only|but) )?(?:on|in|inside) (?:an? |the |our |their )?(?:isolated |own |closed |test |training |dummy )?(?:dummy|test|lab|training|virtual|sacrificial|air-gapped|sandbox\w*|class ?room|exercise)(?: (?:machines?|network|range|environment|PC|laptop|domain|forest|system))?\b",
    re.IGNORECASE,
)


_TRIED_ON: Final = re.compile(
    r"\b(?:demo|benchmark|test|evaluat|measur|train|tune|validat)\w{0,4} (?:[\w'’-]{2,14} ){0,4}?(?:against|with|on) $",
    re.IGNORECASE,
)


_KEPT: Final = re.compile(
    rf"[^.;!?\n]{{0,30}},? (?:where|which|because|as|since) (?:our|the|its|their) (?:[\w-]{{2,16}} )?(?i:{_PEOPLE}|support|technicians?|vendor|supplier|maker) (?:keeps?|kept|uses?|used|needs?|needed|put|puts|left|installed|wants?|runs?|ran)\b"
)
_SCHOOL: Final = re.compile(
    r"\b(?:exams?|curriculum|syllabus|homework|coursework|certification|students?|trainees?|pupils?|classroom|your own lab|our (?:training |test )?lab)\b",
    re.IGNORECASE,
)


def honest_use(kind: str, name: str) -> bool:
    """Whether a program is one that honest people use, too."""
    return kind == "tool" or name.lower() in _DUAL


def in_honest_hands(page: Page, start: int, end: int) -> bool:
    """Whether a sentence says that a tool is used by those whose network it is, or by those who examine it."""
    text = page.text
    first, last = page.sentence(start)
    before, after = text[max(first, start - _BACK) : start], text[end : min(last, end + 160)]
    if (_LICENCE.search(before) or _TRIED_ON.search(before)) and _OF_OTHERS.search(before) is None:
        return True
    if _THEIRS.match(after) is not None or _IN_LAB.match(after) is not None:
        return True
    if _KEPT.match(after) is not None:
        return True
    if _SCHOOL.search(text, first, last) is not None and _OF_OTHERS.search(text, first, last) is None:
        return True
    if _LISTED.search(before) is not None and _ANALYSIS.search(before) is not None:
        return True
    return (
        _THEY_RAN.search(before) is not None
        and _OF_OTHERS.search(before) is None
        and _OF_OTHERS.search(after[:80]) is None
    )
