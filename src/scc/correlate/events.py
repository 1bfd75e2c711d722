# SPDX-License-Identifier: Apache-2.0
"""Whether positions on one question speak of different things, by the words around each claim: another victim, another
year, another act. Without such words nothing is told apart. Reads the sentence of the claim only.
"""

from __future__ import annotations

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
_YEAR: Final = re.compile(
    rf"\b(?P<before>20\d\d)[ ](?:[a-z-]{{2,20}}[ ]){{0,2}}{_EVENT}\b|\b{_EVENT}[ ](?:of|in)[ ](?P<after>20\d\d)\b"
)
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
        value: [(claim, _sentence(each, documents)) for each, claim in said] for value, said in values.items()
    }
    return all(
        _different(one, other)
        for first, second in combinations(told, 2)
        for one in told[first]
        for other in told[second]
    )


def _different(one: tuple[Claim, str], other: tuple[Claim, str]) -> bool:
    if one[0].question == "law-number":
        return _other_act(one, other)
    if one[0].question == "occurred-on" and one[0].subject == "deadline":
        return len(_subject(one[1]) & _subject(other[1])) < _SHARED_LEAST
    if one[0].question != "attribution":
        return False
    victims = _words(_VICTIM, one[1]), _words(_VICTIM, other[1])
    if all(victims) and not victims[0] & victims[1]:
        return True
    years = _words(_YEAR, one[1]), _words(_YEAR, other[1])
    return all(years) and not years[0] & years[1]


def _other_act(one: tuple[Claim, str], other: tuple[Claim, str]) -> bool:
    """Two numbers are those of two acts unless the sentences name one act, give one number two kinds or share a subject."""
    if one[0].subject and other[0].subject:
        return one[0].subject != other[0].subject
    if re.findall(r"\d+[/-]\d+", one[0].value) == re.findall(r"\d+[/-]\d+", other[0].value) != []:
        return False
    return len(_subject(one[1]) & _subject(other[1])) < _SHARED_LEAST


def _subject(sentence: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{4,30}", sentence.lower())
    return {each[:7] for each in words if each not in _PLAIN}


def _words(pattern: re.Pattern[str], sentence: str) -> set[str]:
    found = " ".join(each for one in pattern.finditer(sentence) for each in one.groupdict().values() if each)
    return {each.lower() for each in re.findall(r"[^\W_]{3,30}", found)}


def _sentence(observation: Observation, documents: Mapping[str, Document]) -> str:
    document, place = documents.get(observation.document), observation.locator
    if document is None or not isinstance(place, Span):
        return ""
    start, end = sentence_at(document.text, place.start)
    return document.text[start:end]
