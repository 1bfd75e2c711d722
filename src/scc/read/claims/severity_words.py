# SPDX-License-Identifier: Apache-2.0
"""The severity that a source gives in words: "rated critical", "Severity: high", "a medium-severity flaw".

Words of vendors ("important", "moderate": Microsoft, Red Hat) are kept in their own scale's order: important is high,
moderate is medium. A sentence with two levels says nothing of one flaw and is left out.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim, Cvss, Holder, Observation
from scc.model.provenance import Span
from scc.read.flaws.scores import flaw_near, flaws_of
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.sought import Sought

_LEVEL: Final = r"(?P<{}>critical|high|important|moderate|medium|low)"
_SAID: Final = Sought(
    rf"\bseverity(?: rating| level)?[\"'*]{{0,3}}[ \t]?[:=][ \t*\"']{{0,4}}{_LEVEL.format('field')}\b"
    rf"|\bseverity\b[^.;:\n]{{0,60}}?\b(?:is|was|as|at)[ \n](?:rated[ \n])?{_LEVEL.format('verb')}\b"
    rf"|\b{_LEVEL.format('before')}[ -]severity\b"
    rf"|\b(?:rated|classified|ranked|assessed)(?:[ \n](?:the|this)[ \n]\w{{3,20}})?(?:[ \n]as)?(?:[ \n]an?|[ \n]of)?[ \n]{_LEVEL.format('rated')}\b(?![ \n](?:impact|confidence|value))"
    rf"|\b(?:rates?|scores?|classif(?:y|ies)|assess(?:es)?|calls?|considers?)[ \n](?:(?:the|its|this|our)[ \n])?(?:impact|severity|risk|flaw|bug|hole|issue|vulnerability|CVE-[\d-]{{9,14}})\b[^.;:\n]{{0,40}}?[ \n](?:as[ \n]|at[ \n]|to be[ \n])?(?:of[ \n])?{_LEVEL.format('rates')}\b(?![ \n](?:impact|confidence|value))"
    rf"|\b{_LEVEL.format('flaw')}[ \n](?:security[ \n]|remote code execution[ \n]|RCE[ \n]|authentication[ \n]bypass[ \n])?(?:vulnerability|flaw|bug|hole|weakness)\b",
    re.IGNORECASE,
    at="severity critical high important moderate medium low rate classif rank assess score call consider",
)
_LIKE: Final = {"important": "high", "moderate": "medium"}
_LEVELS: Final = re.compile(r"\b(?:critical|high|important|moderate|medium|low)\b", re.IGNORECASE)
_NO: Final = re.compile(r"\b(?:not|no longer|never|isn't|wasn't|non)\b[^.;\n]{0,30}$", re.IGNORECASE)
MOST: Final = 6


def note_severity_words(page: Page, notes: Notes) -> None:
    """Note claims on severity, one a flaw and level, at most six; several flaws need the one meant in the sentence.
    Scores must have been noted before."""
    _note_scores(notes, publisher_holder(page.document))
    if not any(word in page.low for word in ("severity", "rate", "critical", "call", "assess", "classif")):
        return
    holder = publisher_holder(page.document)
    several = len(flaws_of(page)) > 1
    told: set[tuple[str, str]] = set()
    for each in page.find(_SAID):
        if len(told) >= MOST:
            return
        start, end = page.sentence(each.start())
        sentence = page.text[start:end]
        word = next(each[name] for name in each.groupdict() if each[name]).lower()
        if len({level.lower() for level in _LEVELS.findall(sentence)}) > 1:
            continue
        if _NO.search(page.text[start : each.start()]) or page.section(each.start()) == "reference":
            continue
        flaw = flaw_near(page, each.start())
        if several and (not flaw or flaw not in sentence):
            continue
        level = _LIKE.get(word, word)
        if (flaw, level) in told:
            continue
        told.add((flaw, level))
        notes(
            Claim("severity", level, first_hand("severity", holder), holder, subject=flaw),
            each.start(),
            each.end(),
            "stated",
            0.85,
            "grammar:severity",
        )


def _note_scores(notes: Notes, holder: Holder) -> None:
    """A printed score is its holder's word too, comparable within one CVSS version only."""
    stated: dict[str, list[Observation]] = {}
    for each in notes.of(Cvss):
        if isinstance(each.fact, Cvss) and each.fact.version:
            stated.setdefault(f"{each.fact.vulnerability} CVSS {each.fact.version}".strip(), []).append(each)
    for subject, said in stated.items():
        scores = {f"{each.fact.score:.1f}" for each in said if isinstance(each.fact, Cvss)}
        place = said[0].locator
        if len(scores) == 1 and isinstance(place, Span):
            claim = Claim(
                "severity",
                scores.pop(),
                "asserted" if holder != "press" else "reported",
                holder,
                subject=subject,
            )
            notes(claim, place.start, place.end, "stated", 0.9, "grammar:score")
