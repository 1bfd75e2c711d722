# SPDX-License-Identifier: Apache-2.0
"""What position a claim takes, in comparable form, and whether two positions contradict each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from scc.correlate.counts import contradict as counts_apart
from scc.correlate.counts import count
from scc.model.facts import Claim, Question

YES_NO: Final[frozenset[Question]] = frozenset({"exploited", "mandatory", "breached"})
VALUED: Final[frozenset[Question]] = frozenset(
    {"number-affected", "law-number", "attribution", "fixed-version", "occurred-on", "severity"}
)
NOT: Final = "not "
NONE_KNOWN: Final = "none known"
_VERSION: Final = re.compile(r"\d[\w.+~-]*")
_SCALE: Final = frozenset(
    "million billion thousand m bn k at least up to fewer more than about between and below".split()
)
"""Words of a count that name nothing counted."""
PAIRED: Final[frozenset[Question]] = frozenset({"number-affected", "attribution", "occurred-on", "mandatory"})
"""Questions on which a source may give several answers that stand side by side."""
_UNITS: Final = {
    "people": "people person persons individuals customers users subscribers patients members citizens residents accounts profiles clients students pupils consumers passengers guests drivers voters tenants policyholders donors taxpayers "
    "applicants pensioners depositors borrowers shoppers travellers travelers players gamers parents children inhabitants claimants recipients veterans alumni graduates candidates "
    "buyers cardholders holders insured shareholders lawyers retirees adults minors kunden nutzer personen betroffene utilisateurs personnes clientes usuarios personas clienti utenti persone".split(),
    "staff": "employees workers staff staffers teachers soldiers officers doctors nurses".split(),
    "households": "households homes".split(),
    "records": "records rows entries lines files documents images passports scans photographs licences licenses certificates messages contracts".split(),
    "devices": "devices hosts systems servers instances routers machines endpoints computers phones smartphones laptops workstations cameras appliances firewalls gateways pcs terminals controllers modems".split(),
    "organisations": "organizations organisations companies firms victims businesses agencies entities institutions hospitals schools offices bodies municipalities authorities clinics banks shops stores dealerships towns universities".split(),
}
_UNIT_OF: Final = {word: unit for unit, words in _UNITS.items() for word in words}
_NATIONS: Final = {
    word: nation
    for nation, words in {
        "china": "china chinese beijing", "russia": "russia russian moscow kremlin gru", "iran": "iran iranian", "north korea": "north korea korean dprk",
        "belarus": "belarus belarusian", "vietnam": "vietnam vietnamese", "india": "india indian", "pakistan": "pakistan pakistani",
        "israel": "israel israeli", "turkey": "turkey turkish", "ukraine": "ukraine ukrainian", "united states": "united states american",
        "united kingdom": "kingdom british",
    }.items()
    for word in words.split()
}  # fmt: skip
_STATE: Final = frozenset("a state actor nation-state state-sponsored".split())
_OUTSIDE: Final = frozenset({"criminals", "activists", "an individual"})
_INSIDER: Final = "an insider"


def subject(claim: Claim) -> str:
    """What a claim's answer belongs to; only claims with the same subject are compared.

    A flaw for exploitation and fixes, the addressees of a duty, the thing counted for numbers.
    """
    if claim.question in ("exploited", "fixed-version", "severity", "occurred-on", "mandatory"):
        return claim.subject
    if claim.question == "number-affected":
        return unit(claim.value)
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
    if claim.question == "occurred-on" and claim.modality == "denied":
        return f"{NOT}{stated}"
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
    if question == "law-number":
        bare = [each for each in values if each.startswith("No. ")]
        numbers = {each: re.findall(r"\d+", each) for each in values}
        if any(numbers[each] == numbers[other] for each in bare for other in values if other != each):
            return False  # a number without its kind
    folded = [re.sub(r"\W", "", each).lower() for each in values]
    return not any(a != b and (a in b or b in a) for a in folded for b in folded)


def contradict(question: Question, one: str, other: str) -> bool:
    """Whether two positions on a question of `PAIRED` cannot both be right."""
    if one.startswith(NOT) or other.startswith(NOT):
        return one.startswith(NOT) != other.startswith(NOT) and _same(
            one.removeprefix(NOT), other.removeprefix(NOT)
        )
    if question == "number-affected":
        counts = count(one), count(other)
        return counts[0] is not None and counts[1] is not None and counts_apart(counts[0], counts[1])
    if question == "occurred-on":
        least = min(10, len(one), len(other))  # a day, a month or a year, as exactly as the less exact says
        return one[:least] != other[:least]
    if question == "attribution":
        return _actors_apart(one.lower(), other.lower())
    return not _same(one, other)


def _actors_apart(one: str, other: str) -> bool:
    """Two names, two states, an insider and anybody else; a state and a group may be one."""
    nations = _nation(one), _nation(other)
    if all(nations):
        return nations[0] != nations[1] and "state" not in nations
    if any(nations):
        return one in _OUTSIDE or other in _OUTSIDE or _INSIDER in (one, other)
    if _INSIDER in (one, other):
        return one != other
    if one in _OUTSIDE or other in _OUTSIDE:
        return False
    return not _same(one, other)


def _nation(name: str) -> str:
    """The state that a position names, "state" for some state, "" for a group."""
    words = re.findall(r"[a-z-]+", name)
    if words and all(each in _STATE for each in words):
        return "state"
    if words and all(each in _NATIONS for each in words):
        return _NATIONS[words[-1]]
    return ""


def _same(one: str, other: str) -> bool:
    first, second = (re.sub(r"\W", "", each).lower() for each in (one, other))
    return first in second or second in first


def _branch(version: tuple[str, ...]) -> tuple[str, ...]:
    """Major and minor number; the major alone where the second is a build ("11.003")."""
    return version[:1] if len(version) == 2 and len(version[1]) >= 3 else version[:2]


def _band(score: float) -> int:
    return sum(score >= least for least in (0.1, 4.0, 7.0, 9.0))


def unit(text: str) -> str:
    """What is counted: "people", "records", "devices", "organisations", else the last word."""
    words = re.findall(r"[a-z]+", text.lower())
    known = [_UNIT_OF[each] for each in words if each in _UNIT_OF]
    if known:
        return known[0]
    plain = [each for each in words if each not in _SCALE]
    return plain[-1] if plain else ""
