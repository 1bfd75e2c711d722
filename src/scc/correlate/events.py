# SPDX-License-Identifier: Apache-2.0
"""Whether positions on one question speak of different things, by the words around each claim: another victim, another
year, another act. Without such words nothing is told apart. Reads the sentence of the claim only.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from scc.model.document import Document
from scc.model.facts import Claim, Observation
from scc.model.provenance import Span
from scc.model.sentences import sentence_at

_EVENT: Final = (
    r"(?:attacks?|breach|hack|intrusion|theft|leak|incident|break-in|compromise|cyberattack|outage)"
)
_VICTIM: Final = re.compile(
    rf"\b{_EVENT}[ ](?:on|of|at|against|from|into|in)[ ](?:the[ ])?(?:[a-z-]{{2,20}}[ ]){{0,3}}(?P<name>[A-Z][\w&'’.-]{{1,30}}(?:[ ][A-Z&][\w&'’.-]{{0,30}}){{0,4}})"
)
_HIT: Final = re.compile(
    r"\b(?:hacked|encrypted|breached|attacked|hit|robbed|compromised|infiltrated|wiped|crippled|struck)[ ](?:the[ ])?(?:[a-z-]{2,20}[ ]){0,3}(?P<name>[A-Z][\w&'’.-]{1,30}(?:[ ][A-Z&][\w&'’.-]{0,30}){0,4})"
)
_YEAR: Final = re.compile(
    rf"\b(?P<before>20\d\d)[ ](?:[a-z-]{{2,20}}[ ]){{0,2}}{_EVENT}\b|\b{_EVENT}[ ](?:of|in)[ ](?:\d{{1,2}}[ ])?(?:[A-Z][a-z]{{2,8}}[ ])?(?P<after>20\d\d)\b"
)
_CLOCK: Final = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m\b|UTC|GMT|night|midnight|overnight|Nacht|nuit|noche|notte)",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    rf"\b(?:this (?:week|month|year)|today|yesterday|last night)['’]s[ ](?:[a-z-]{{2,20}}[ ]){{0,2}}{_EVENT}\b",
    re.IGNORECASE,
)
"""An event of the year in which its document was written."""
_PLAIN: Final = frozenset(
    "regulation directive executive order binding operational emergency number signed published issued today applies from the this that with under enters into force concerns "
    "january february march april june july august september october november december which have been will says said asks article title".split()
)
_SHARED_LEAST: Final = 2
"""Words of its subject that two sentences on one act share at least."""


def apart(
    values: Mapping[str, Sequence[tuple[Observation, Claim]]], documents: Mapping[str, Document]
) -> bool:
    """Whether every two positions of a question speak of different events or acts."""
    told = {
        value: [(claim, *_sentence(each, documents)) for each, claim in said]
        for value, said in values.items()
    }
    return all(
        _different(one, other)
        for first, second in combinations(told, 2)
        for one in told[first]
        for other in told[second]
    )


_Told = tuple[Claim, str, str]
"""A claim, its sentence and the day of its document."""


def _different(one: _Told, other: _Told) -> bool:
    if one[0].question == "law-number":
        return _other_act(one, other)
    if one[0].question == "occurred-on":
        return _other_day(one, other)
    if one[0].question not in ("attribution", "number-affected"):
        return False
    victims = _victims(one[1]), _victims(other[1])
    if all(victims) and not victims[0] & victims[1]:
        return True
    return _other_year(one, other)


def _other_day(one: _Told, other: _Told) -> bool:
    if one[0].subject in ("deadline", "effective"):
        least = _SHARED_LEAST if one[0].subject == "deadline" else 1
        return len(_subject(one[1]) & _subject(other[1])) < least
    victims = _victims(one[1]), _victims(other[1])
    if all(victims) and not victims[0] & victims[1]:
        return True
    return _neighbours(one[0].value, other[0].value) and any(_CLOCK.search(each[1]) for each in (one, other))


def _neighbours(one: str, other: str) -> bool:
    """Whether two days follow each other: with a night or a time zone between them they may be one."""
    try:
        return (
            abs((datetime.date.fromisoformat(one[:10]) - datetime.date.fromisoformat(other[:10])).days) == 1
        )
    except ValueError:
        return False


def _victims(sentence: str) -> set[str]:
    return _words(_VICTIM, sentence) | _words(_HIT, sentence)


def _years(told: _Told) -> set[str]:
    return _words(_YEAR, told[1]) or ({told[2][:4]} if _NOW.search(told[1]) else set())


def _other_year(one: _Told, other: _Told) -> bool:
    """Whether a sentence dates its event to another year, or to one long before the other document was written."""
    years = _years(one), _years(other)
    if all(years):
        return not years[0] & years[1]
    return any(
        said and document[:4].isdigit() and all(int(document[:4]) - int(each) >= _LONG_AGO for each in said)
        for said, document in ((years[0], other[2]), (years[1], one[2]))
    )


_LONG_AGO: Final = 2
"""Years."""


def _other_act(one: _Told, other: _Told) -> bool:
    """Two numbers are those of two acts unless the sentences name one act, give one number two kinds or share a subject."""
    if one[0].subject and other[0].subject:
        return one[0].subject != other[0].subject
    if re.findall(r"\d+[/-]\d+", one[0].value) == re.findall(r"\d+[/-]\d+", other[0].value) != []:
        return False
    if any(
        _digits(each[0].value) in " ".join(re.findall(r"\d+", said[1]))
        for each, said in ((one, other), (other, one))
    ):
        return False  # "2022-141, rather than 2022-114 as was printed"
    return len(_subject(one[1]) & _subject(other[1])) < _SHARED_LEAST


def _digits(value: str) -> str:
    return " ".join(re.findall(r"\d+", value))


def _subject(sentence: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{4,30}", sentence.lower())
    return {each[:7] for each in words if each not in _PLAIN}


def _words(pattern: re.Pattern[str], sentence: str) -> set[str]:
    found = " ".join(each for one in pattern.finditer(sentence) for each in one.groupdict().values() if each)
    return {each.lower() for each in re.findall(r"[^\W_]{3,30}", found)}


def _sentence(observation: Observation, documents: Mapping[str, Document]) -> tuple[str, str]:
    document, place = documents.get(observation.document), observation.locator
    if document is None or not isinstance(place, Span):
        return "", ""
    start, end = sentence_at(document.text, place.start)
    return document.text[start:end], document.date
