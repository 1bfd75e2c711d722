# SPDX-License-Identifier: Apache-2.0
"""What position a claim takes, in comparable form, and whether two positions contradict each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from scc.model.facts import Claim, Question

YES_NO: Final[frozenset[Question]] = frozenset({"exploited", "mandatory", "breached"})
VALUED: Final[frozenset[Question]] = frozenset(
    {"number-affected", "law-number", "attribution", "fixed-version", "occurred-on", "severity"}
)
NOT: Final = "not "
NONE_KNOWN: Final = "none known"
FAR: Final = 1.5
"""Two numbers closer than this factor are one estimate."""

_NUMBER: Final = re.compile(r"(\d[\d,]{0,20}(?:\.\d{1,6})?)[ -]?(million|billion|thousand|m\b|bn\b|k\b)?")
_VERSION: Final = re.compile(r"\d[\w.+~-]*")
_SCALE: Final = {
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "thousand": 1e3,
    "k": 1e3,
}
_UNITS: Final = {
    "people": "people person persons individuals customers users subscribers patients employees members citizens accounts clients students kunden nutzer personen betroffene utilisateurs personnes clientes usuarios personas clienti utenti persone".split(),
    "records": "records rows entries lines files documents".split(),
    "devices": "devices hosts systems servers instances routers machines endpoints computers phones".split(),
    "organisations": "organizations organisations companies firms victims businesses agencies entities".split(),
}
_UNIT_OF: Final = {word: unit for unit, words in _UNITS.items() for word in words}
_NATIONS: Final = frozenset(
    """china chinese russia russian iran iranian north korea korean dprk belarus belarusian vietnam vietnamese india indian
    pakistan pakistani israel israeli turkey turkish ukraine ukrainian nation-state state-sponsored""".split()
)


def subject(claim: Claim) -> str:
    """What a claim's answer belongs to; only claims with the same subject are compared.

    A flaw for exploitation and fixes, the addressees of a duty, the thing counted for numbers, the level (state or group) for attribution.
    """
    if claim.question in ("exploited", "fixed-version", "severity", "occurred-on", "mandatory"):
        return claim.subject
    if claim.question == "number-affected":
        return unit(claim.value)
    if claim.question == "attribution":
        words = re.findall(r"[a-z-]+", claim.value.lower())
        return "state" if words and all(each in _NATIONS for each in words) else ""
    return ""


def value(claim: Claim, names: Mapping[str, str]) -> str:
    """The position of a claim, "" where it takes none: a possibility, or "no evidence of" on another question than
    exploitation, where `NONE_KNOWN` is a position of its own: it is no "no", and whoever saw it happen outweighs it.

    `names` maps lower-case aliases of actors to their primary name.
    """
    if claim.modality == "no-evidence" and claim.question == "exploited":
        return NONE_KNOWN
    if claim.modality in ("possible", "no-evidence"):
        return ""
    stated = {"voluntary": "no", "mandatory": "yes"}.get(claim.value, claim.value)
    if claim.question in YES_NO:
        if claim.modality == "denied":
            return "no"
        return stated if stated in ("yes", "no") else ""
    if claim.question == "attribution":
        name = names.get(stated.lower(), stated)
        return f"{NOT}{name}" if claim.modality == "denied" else name
    if claim.modality == "denied":
        return f"{NOT}{stated}" if claim.question == "fixed-version" else ""
    return stated


def conflict(question: Question, values: Sequence[str], about: str = "") -> bool:
    """Whether different positions on a question contradict each other; `about` is the subject they share.

    Scores whose CVSS version nobody printed may be of two versions: only levels that differ are a contradiction (the
    bands of CVSS v3.1, section 5, and v4.0, section 6, are the same).
    """
    if question == "severity" and about.endswith(" CVSS"):
        return len({_band(float(each)) for each in values}) > 1
    if question in YES_NO:
        return "yes" in values and len(values) > 1
    if question == "number-affected":
        numbers = [found for each in values if (found := number(each)) is not None]
        return len(numbers) > 1 and max(numbers) > FAR * min(numbers)
    if question == "fixed-version":
        # Another branch has its own fix; two fixes of one branch contradict each other.
        branches: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        open_still: set[tuple[str, ...]] = set()
        for each in values:
            for version in _VERSION.findall(each.removeprefix(NOT)):
                parts = tuple(re.findall(r"\d+", version))
                if each.startswith(NOT):
                    open_still.add(parts)
                else:
                    branches.setdefault(_branch(parts), set()).add(parts)
        closed = {parts for held in branches.values() for parts in held}
        return bool(open_still & closed) or any(len(held) > 1 for held in branches.values())
    if question == "occurred-on":
        exact = {each[:10] for each in values if len(each) >= 10}
        return len(exact) > 1
    if question == "attribution":
        denied = {each.removeprefix(NOT).lower() for each in values if each.startswith(NOT)}
        named = {each.lower() for each in values if not each.startswith(NOT)}
        if denied:
            return bool(denied & named)
    folded = [re.sub(r"\W", "", each).lower() for each in values]
    return not any(a != b and (a in b or b in a) for a in folded for b in folded)


def _branch(version: tuple[str, ...]) -> tuple[str, ...]:
    """Major and minor number; the major alone where the second is a build ("11.003")."""
    return version[:1] if len(version) == 2 and len(version[1]) >= 3 else version[:2]


def _band(score: float) -> int:
    return sum(score >= least for least in (0.1, 4.0, 7.0, 9.0))


def number(text: str) -> float | None:
    """The first number of a text with its scale, e.g. 2e6 for "2 million devices"."""
    found = _NUMBER.search(text.lower())
    if found is None:
        return None
    return float(found[1].replace(",", "")) * _SCALE.get(found[2] or "", 1.0)


def unit(text: str) -> str:
    """What is counted: "people", "records", "devices", "organisations", else the last word."""
    words = re.findall(r"[a-z]+", text.lower())
    known = [_UNIT_OF[each] for each in words if each in _UNIT_OF]
    if known:
        return known[0]
    plain = [each for each in words if each not in _SCALE]
    return plain[-1] if plain else ""
