# SPDX-License-Identifier: Apache-2.0
"""Who has to, and which kind of reader that is: the subject of the word that binds, or the object of "orders X to".

Reads one English sentence; whether it binds anybody is `duties`' work.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from scc.read.duties.who_is_bound import BODY

_FEDERAL: Final = re.compile(
    r"\b(?:Secretar(?:y|ies)|Directors?|Administrator|Attorney General|agenc(?:y|ies)|Committee|Council|Assistant to the President|Chief|"
    r"Commission(?:er)?|Department|Office|FCEB|CISA|NSA|OMB|NIST|heads? of|Board|Commandant|Archivist|federal|Federal|Inspector General|Ambassador|Under Secretary|Vice President|APST|Comptroller)\b",
    re.IGNORECASE,
)
PRIVATE: Final = re.compile(
    r"\b(?:compan(?:y|ies)|operators?|owners?|providers?|covered entit(?:y|ies)|entit(?:y|ies)|organi[sz]ations?|developers?|contractors?|vendors?|issuers?|registrants?|banks?|hospitals?|users?|customers?|employers?|importers?|distributors?)\b",
    re.IGNORECASE,
)
_WITH: Final = re.compile(
    r"^(?:in (?:consultation|coordination|collaboration|cooperation|partnership|conjunction)|with|consistent|as|acting|after|subject|and in|to the|including|when|where|if|upon|based)\b"
)
_RELATIVE: Final = re.compile(
    rf"\b{BODY}(?= (?:that|which|who) (?:has|have|had|is|are|was|were|do|does|did|use|run|operate|hold|provide|process|store|fall|offer|sell|make|employ|own|serve)s?\b)",
    re.IGNORECASE,
)
"""A body whose relative clause stands before the word that binds it."""
_WHO_MUST: Final = re.compile(
    rf"\b(?P<who>(?:(?!binds?|only|the|all|for|to|on|of)[a-z-]{{3,16}} ){{0,2}}{BODY})(?: only| alone)?,? (?:who|which|that)(?: also| then| therefore| now)? ?$",
    re.IGNORECASE,
)
"""A body whose relative clause is the duty: "licensed operators, who must …"."""
_UNDER: Final = re.compile(
    r"^(?:Pursuant to|Under|According to|By|Per|In line with|Following) (?:the|this|that|its|an?) (?:[\w-]{2,16} ){0,3}?(?:order|directive|law|act|rule|regulation|decree|notice|ordinance|circular|decision|ruling)s? (?=(?:the|all|every|each|any|(?!dated|signed|issued|published|adopted|from|that|which|and)[a-z-]{3,16}) )"
)
"""A rule before the subject, without a comma."""
_CLOCK: Final = re.compile(r"\bTime$|^(?:E[DS]?T|P[DS]?T|C[DES]{0,2}T|UTC|GMT|BST)$|^[ap]\.?m\.?$")

Binds = Literal["federal", "private", "both", "member-states", "manufacturers", "unknown"]


def owner_of(sentence: str, modal: re.Match[str], term: int, term_end: int) -> str:
    """Who has to: the subject of the binding word, or the object of "orders X to"."""
    behind = sentence[modal.end() :].lstrip()
    at = term - len(sentence) + len(behind)
    after = re.match(r"(?P<who>(?:[^.;,]|,(?=\d)){3,120}?) (?:to|until)\b", behind)
    if re.match(
        r"(?:order|direct|require|instruct|giv|gave|mandat|tell|told|oblig(?!ed|at)|compel(?!led)|demand)",
        modal[0],
    ):
        return _tidy_owner(after["who"][: at if at > 0 else None]) if after else ""
    head = sentence[: modal.start()]
    if term < modal.start():
        tail = sentence[term_end : modal.start()]
        rest = tail.partition(",")[2] if "," in tail else tail
        head = rest or head[:term]
        if not re.search(r"[A-Za-z]{3}", head):
            head = sentence[:term]
    return _owners(head)


def _owners(head: str) -> str:
    """The subject before the binding word, without whom it acts through or consults."""
    head = re.sub(r"\\?\((?:[a-z]{1,4}|[A-Z]|\d)\\?\)\s", " ", " ".join(head.split()))
    head = re.sub(r"\([^)]{1,60}\)", "", head)
    if antecedent := _WHO_MUST.search(head):
        return _tidy_owner(antecedent["who"])
    head = _UNDER.sub("", head)
    if relative := _RELATIVE.search(head):
        head = head[: relative.end()]
    # Only the last clause before the binding word can be its subject.
    head = re.split(r"(?<=[a-z\d)])[.:;]\s|\b(?:that|which|because|while|and said|says|said)\b", head)[-1]
    found: list[str] = []
    for part in re.split(r",\s*(?:and\s+)?|\s+and\s+(?=the\s[A-Z])", head):
        part = part.strip()
        if _WITH.match(part) and found:
            break
        if re.match(
            r"(?:through|acting through|working through|Under|According to|Pursuant to|Per|By|In|On|From|Since|If|When|Once|Dated|Signed|Issued|Published|Instead of|After|As of|Starting|Effective)\b",
            part,
        ):
            continue
        if _CLOCK.search(part):
            continue
        cleaned = _tidy_owner(part)
        if cleaned and (re.match(r"the\b|all\b|each\b|any\b|[A-Z]", part) or not found):
            found.append(cleaned)
    whole = [
        each
        for each in found
        if re.search(r"[A-Za-z]{3}", each)
        and not re.match(r"(?:Within|By|No later|After|On|In|For|When|If|As|To)\b", each)
    ]
    return ", ".join(whole[:4])


def _tidy_owner(part: str) -> str:
    part = re.sub(
        r"^(?:the|all|each|any|affected|every|no|and|that|its|their|[-•*])\s+",
        "",
        part.strip(),
        flags=re.IGNORECASE,
    )
    part = re.sub(r"\s(?:has|have|had)$", "", part)
    part = re.sub(r"^(?:that\s+)?(?:the|all|affected)\s+", "", part)
    part = re.sub(
        r"\s(?:another|a further|a|an|\d{1,3}|[a-z-]{3,11})\s(?:calendar\s|working\s)?(?:days?|weeks?|months?|fortnight)$",
        "",
        part,
    )
    part = re.split(r"\s+(?:through|acting|who|which|that|in (?:consultation|coordination)|with)\b", part)[
        0
    ].strip(" ,;:")
    if (
        not part
        or len(part.split()) > 14
        or part.lower()
        in ("it", "they", "this", "we", "you", "who", "which", "also", "there", "he", "she", "i")
    ):
        return ""
    return part[0].upper() + part[1:]


def whom(owner: str) -> Binds:
    """Which kind of reader an owner is."""
    if re.search(r"\bmember states?\b", owner, re.IGNORECASE):
        return "member-states"
    if re.search(r"\bmanufacturers?\b", owner, re.IGNORECASE):
        return "manufacturers"
    federal, private = _FEDERAL.search(owner), PRIVATE.search(owner)
    if federal:
        return "both" if private and " and " in owner else "federal"
    return "private" if private else "unknown"
