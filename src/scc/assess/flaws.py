# SPDX-License-Identifier: Apache-2.0
"""The CVEs of a story with everything published about each: scores, KEV, EPSS, SSVC, weaknesses.

A story's own flaws are those of its titles or said more than once; flaws only mentioned in passing are left
out when there are own ones. Scores of several origins stand side by side, never compared across versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from scc.assess.epss import order
from scc.assess.evidence import Facts
from scc.model.assessment import Level, Scored
from scc.model.facts import Claim, Cvss, Epss, Identifier, Kev, Ssvc, Weakness

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

FLAWS_MOST = 60
_ORDER = {"4.0": 0, "3.1": 1, "3.0": 2, "2.0": 3, "": 4}


def story_flaws(facts: Facts) -> list[str]:
    """The CVE ids of the story, exploited or main ones first, then by how often they are named."""
    main: dict[str, int] = {}
    named: dict[str, set[str]] = {}
    for each, fact in facts.of(Identifier, own=True):
        if fact.scheme == "cve":
            named.setdefault(fact.value, set()).add(each.document)
            if fact.relation == "main":
                main[fact.value] = main.get(fact.value, 0) + 1
    wanted = {cve for cve, documents in named.items() if cve in main or len(documents) > 1} or set(named)
    return sorted(wanted, key=lambda cve: (-main.get(cve, 0), -len(named[cve]), cve))[:FLAWS_MOST]


def scored(facts: Facts, knowledge: Knowledge) -> tuple[Scored, ...]:
    """Every flaw of the story with its published facts; exploited ones first, the others by EPSS."""
    return order(tuple(_one(cve, facts, knowledge) for cve in story_flaws(facts)))


def _one(cve: str, facts: Facts, knowledge: Knowledge) -> Scored:
    cited: list[str] = []
    scores: dict[tuple[str, str, str], Cvss] = {}
    for seen, score in facts.of(Cvss):
        if score.vulnerability == cve and not score.predicted:
            scores.setdefault((score.origin, score.version, score.vector or f"{score.score}"), score)
            cited.append(seen.id)
    epss: tuple[str, Epss, str] | None = None
    for seen, prediction in facts.of(Epss):
        if prediction.vulnerability == cve and (epss is None or prediction.date > epss[0]):
            epss = (prediction.date, prediction, seen.id)
    ssvc = next(
        ((seen, fact) for seen, fact in facts.of(Ssvc) if fact.vulnerability == cve and not fact.predicted),
        None,
    )
    kev = _kev(cve, facts, knowledge)
    exploited = kev is not None
    for seen, claim in facts.of(Claim):
        if (
            asserts_exploitation(claim)
            and claim.subject in ("", cve)
            and (claim.subject or len(story_flaws(facts)) == 1)
        ):
            exploited = True
            cited.append(seen.id)
    weaknesses = [
        fact.id for seen, fact in facts.of(Weakness) if fact.vulnerability == cve and seen.basis != "inferred"
    ]
    named = [seen.id for seen, fact in facts.of(Identifier) if fact.value == cve]
    if kev is not None:
        entry = knowledge.kev(cve)
        weaknesses += list(entry.weaknesses) if entry is not None else []
    return Scored(
        id=cve,
        cvss=tuple(sorted(scores.values(), key=_rank)),
        epss=epss[1] if epss else None,
        kev=kev,
        ssvc=ssvc[1] if ssvc else None,
        weaknesses=tuple(dict.fromkeys(weaknesses)),
        exploited=exploited,
        observations=tuple(
            dict.fromkeys(
                [*named[:4], *cited[:8], *([epss[2]] if epss else []), *([ssvc[0].id] if ssvc else [])]
            )
        ),
    )


def _rank(score: Cvss) -> tuple[int, bool, int, str]:
    """Newest version, with its vector, then who scored: vendor or CNA, CISA, NVD, a text that names nobody."""
    who = {"CISA-ADP": 1, "NVD": 2, "text": 3, "": 3}.get(score.origin, 0)
    return _ORDER[score.version], not score.vector, who, score.origin


def _kev(cve: str, facts: Facts, knowledge: Knowledge) -> Kev | None:
    """The newest KEV entry: of a record at hand, else of the pack's dated set."""
    held = [fact for _, fact in facts.of(Kev) if fact.vulnerability == cve]
    entry = knowledge.kev(cve)
    if entry is not None:
        held.append(entry.kev)
    if not held:
        return None
    newest = max(held, key=lambda each: (each.catalog_date, each.date_added))
    return newest if newest.catalog_date else replace(newest, catalog_date=knowledge.kev_date)


def asserts_exploitation(claim: Claim) -> bool:
    """Exploitation counts when CISA, a national CERT or the vendor asserts it."""
    return (
        claim.question == "exploited"
        and claim.value == "yes"
        and claim.modality == "asserted"
        and claim.holder in ("authority", "cert", "vendor")
    )


def header_score(flaws: tuple[Scored, ...]) -> Cvss | None:
    """The score for the header: of the flaw with the highest published word, the first of them in their order.

    Words are compared, not numbers: a 9.1 of one CVSS version and a 9.3 of another say the same.
    """
    best: Cvss | None = None
    for flaw in flaws:
        score = next((each for each in flaw.cvss if not each.predicted), None)
        if score is not None and (best is None or RANK[band(score)] > RANK[band(best)]):
            best = score
    return best


_BANDS: Final[tuple[tuple[float, Level], ...]] = (
    (9.0, "critical"),
    (7.0, "high"),
    (4.0, "medium"),
    (0.1, "low"),
)
RANK: Final[dict[Level, int]] = {"none": 0, "low": 1, "medium": 2, "high": 3, "critical": 4}


def band(score: Cvss) -> Level:
    """The published word for a score: CVSS v3 and v4 alike; v2 has no "critical" (NVD's bands)."""
    level: Level = next((name for least, name in _BANDS if score.score >= least), "none")
    return "high" if score.version == "2.0" and level == "critical" else level
