# SPDX-License-Identifier: Apache-2.0
"""Further forms in which a sentence says who was hit: what the hit did about it ("took its systems offline after …"), what it
still does ("is recovering from …"), and several at once ("the attack hit A, B and C").

Gives names as written; which of them are organisations, and whether the text tells of an attack at all, is
`organisations`' work. What is denied, asked or only possible names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.read.page import Page
from scc.read.scope import denied, fictional, ordered
from scc.read.sought import Sought

_WORD: Final = r"[A-Z][\w&’'.+-]*"
_NAME: Final = rf"{_WORD}(?: (?:{_WORD}|of|for|&)){{0,5}}"
"""A name without "and", so that a list of names comes apart."""
_ONE: Final = rf"(?P<org>{_WORD}(?: (?:{_WORD}|of|and|for|&)){{0,5}})"
_ASIDE: Final = r"(?: \([^)\n]{2,40}\))?(?:, (?:a|an|the|which|one of)\b[^,.;\n]{3,90},)?"
_ATTACK: Final = r"(?:ransomware|(?:data|security|network) breach|cyber-?attack|cyber attack|cyber incident|cybersecurity incident|security incident|ransomware attack|hacking attack|hack|intrusion|break-in|breach|unauthori[sz]ed access|malware|hackers|attackers|intruders|criminals)"
_KIT: Final = r"(?:systems?|networks?|servers?|computers?|IT|services?|websites?|portals?|operations|production|infrastructure|plants?|phone lines|applications|platforms?|e-?mail|equipment)"
_BECAUSE: Final = r"(?:after|following|because of|due to|in response to|in the wake of|as a result of|as)"
_STOPPED: Final = (
    r"(?:took|takes|taken|pulled|pulls|shut (?:down|off)|shuts (?:down|off)|switched off|turned off|disconnected|disconnects|isolated|isolates|suspended|suspends|halted|halts|closed|"
    r"(?:was|were|has been|have been|been) forced (?:to (?:take|pull|shut|switch|turn|disconnect|isolate|suspend|halt|close)|offline)|had to (?:take|pull|shut|switch|turn|disconnect|isolate|suspend|halt|close))"
)
_TOOK_OFF: Final = Sought(
    rf"\b{_ONE}{_ASIDE} (?:(?:has|have|had|also|quickly|immediately|temporarily|proactively|reportedly) ){{0,2}}{_STOPPED}\b[a-z ,-]{{0,60}}?\b{_KIT}\b[a-z ,-]{{0,60}}?\b{_BECAUSE} [^.;\n]{{0,60}}?\b{_ATTACK}\b",
    near="took takes taken pulled pulls shut switched turned disconnect isolate suspend halt closed forced had",
)
_STATE: Final = Sought(
    rf"\b{_ONE}{_ASIDE} (?:(?:has|have|had|also|still|reportedly) ){{0,2}}(?:(?:fell|fallen|falls) (?:victim|prey) to|succumbed to|(?:is|are|was|were|been) (?:still )?(?:recovering from|dealing with|battling|grappling with|reeling from|struggling with|working to recover from)) [^.;\n]{{0,40}}?\b{_ATTACK}\b",
    near="fell fallen falls succumbed recovering dealing battling grappling reeling struggling working",
)
_LOCKED: Final = Sought(
    rf"\b(?:encrypted|locked|scrambled|wiped|crippled|paraly[sz]ed|disrupted|knocked out)\b(?: [a-z-]{{2,20}}){{0,5}}? (?:of|at|belonging to) (?:the )?{_ONE}"
    rf"|\b(?:encrypted|crippled|paraly[sz]ed|breached|hacked) (?P<owner>{_NAME})['’]s?(?= (?:[a-z-]{{2,16}} ){{0,2}}(?:{_KIT}|files|data))"
    rf"|\b(?:ransomware|cyber-?attack|breach|attack|incident|hackers|attackers|intrusion) (?:has |have |had )?(?:forced|knocked|took|left) (?P<forced>{_NAME})(?= (?:to\b|offline\b|without\b|unable\b))",
    at="encrypted locked scrambled wiped crippled paraly disrupted knocked breached hacked ransomware cyber breach attack incident hackers intrusion",
)
_MANY: Final = rf"(?P<many>(?:the )?{_NAME}(?:, (?:the )?{_NAME}){{0,6}},? (?:and|as well as) (?:(?:the )?{_NAME}|(?:[a-z]{{2,12}} ){{0,3}}(?:others|more)\b))"
_MANY_HIT: Final = Sought(
    rf"\b{_MANY} (?:(?:have|had|all|both|each|also|reportedly) ){{0,2}}(?:(?:were|are|been) (?:(?:all|both|each|also) )?(?:hit|breached|hacked|compromised|attacked|crippled|struck|victims|among the victims|impacted|extorted|knocked offline|affected) (?:by|in|of|during|through) [^.;\n]{{0,40}}?\b(?:{_ATTACK}|attacks?|campaign|gang|group|incident|outage)|"
    rf"(?:were|been) (?:breached|hacked)\b|(?:confirmed|disclosed|reported|acknowledged|suffered|admitted) (?:[a-z]{{2,12}} ){{0,5}}?(?:(?:were|been|was) (?:breached|hacked|hit)|{_ATTACK})\b|fell (?:victim|prey) to)",
    near="hit breached hacked compromised attacked crippled struck victims among impacted extorted knocked affected confirmed disclosed reported acknowledged suffered admitted fell",
)
_HIT_MANY: Final = Sought(
    rf"\b(?:{_ATTACK}|attacks?|campaign|gang|group|outage|incident) (?:(?:has|have|had|also|then) ){{0,2}}(?:hit|struck|crippled|breached|hacked|affected|disrupted|compromised) (?:[a-z-]{{2,20}} ){{0,3}}?{_MANY}"
    rf"|\b(?:{_ATTACK}|attacks) (?:on|at|against|affecting|hitting) (?:[a-z-]{{2,20}} ){{0,3}}?{_MANY.replace('?P<many>', '?P<those>')}"
    rf"|\b(?:[Vv]ictims?|[Oo]rgani[sz]ations hit|[Tt]hose hit|[Cc]ompanies hit) (?:include[sd]?|including|are|were|such as)(?: the)? {_MANY.replace('?P<many>', '?P<named>')}",
    at="ransomware data security network cyber hack intrusion break breach unauthori malware attack intruders criminals campaign gang group outage incident victim organi those companies",
)
_SPLIT: Final = re.compile(r",? (?:and|as well as) |, ")
_OTHERS: Final = re.compile(
    r"^(?:others|more|(?:many|several|other|dozens|hundreds|two|three|some|its|their)\b)"
)
_UNSURE: Final = re.compile(
    r"\b(?:if|whether|could|may|might|would|should|can|not|never|no|neither|nor|unless|suppose|imagine|unlike|denie[sd]|plans?|exercise|drill|simulat\w+|fictional)\b[^.;:\n]{0,60}$|n[’']t\b[^.;:\n]{0,60}$",
    re.IGNORECASE,
)
_TAKERS: Final = re.compile(
    r"\b(?:police|authorities|prosecutors|officers|investigators|europol|eurojust|interpol|fbi|seized|takedown|raid|law enforcement|court order|sinkhole\w*|maintenance|exercise|drill|rehears\w+|planned)\b",
    re.IGNORECASE,
)
"""Who takes the systems of criminals offline is no victim, nor is who does it for practice."""


def further_victims(page: Page, start: int, end: int) -> Iterator[tuple[str, int]]:
    """(name as written, place) of each organisation that text[start:end] says was hit in one of these forms."""
    text = page.text
    for form in (_TOOK_OFF, _STATE, _LOCKED, _MANY_HIT, _HIT_MANY):
        for each in page.find(form, start, end):
            if _UNSURE.search(text, start, each.start()) or _UNSURE.search(each[0]):
                continue
            if denied(page, each.start()) or fictional(page, each.start()) or ordered(page, each.start()):
                continue
            if form is _TOOK_OFF and _TAKERS.search(text, start, end):
                continue
            yield from _names(each)


def _names(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    for group, written in found.groupdict().items():
        if not written:
            continue
        if group in ("org", "owner", "forced"):
            yield written, found.start(group)
            continue
        at = 0
        for piece in _SPLIT.split(written):
            at = written.index(piece, at)
            name = piece.removeprefix("the ")
            if not _OTHERS.match(name):
                yield name, found.start(group) + at + len(piece) - len(name)


_PLURAL: Final = re.compile(r"(?: both| all)? (?:were|have|are)\b")


def apart(name: str, after: str, body: str) -> tuple[str, ...]:
    """The names in "A and B" where they are two: the verb behind them is plural and both have two words, or the text names
    each of them by itself ("Marks and Spencer" stays whole). `after` is what follows the name, `body` the text."""
    halves = name.split(" and ")
    if len(halves) != 2 or not all(each[:1].isupper() for each in halves):
        return (name,) if name else ()
    rest = body.replace(name, " ")
    alone = all(re.search(rf"\b{re.escape(each)}\b", rest) for each in halves)
    plural = _PLURAL.match(after) is not None and all(" " in each for each in halves)
    return tuple(halves) if alone or plural else (name,)
