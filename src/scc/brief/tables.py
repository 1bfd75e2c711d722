# SPDX-License-Identifier: Apache-2.0
"""The tables of a briefing about flaws and techniques: products, vulnerabilities, weaknesses, techniques.

Merges what several documents say of the same thing; every row keeps its citations. Ids are printed
only if the pack knows them or a document prints them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scc.brief.citations import Citer
from scc.brief.evidence import Evidence
from scc.brief.sections import Section
from scc.model.assessment import Assessment, Scored
from scc.model.briefing import (
    CvssShown,
    EpssShown,
    ProductShown,
    TechniqueShown,
    VulnerabilityShown,
    WeaknessShown,
)
from scc.model.facts import Cvss, Observation, Product, Technique, Weakness

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_ROLES = {"observed": 0, "possible": 1, "context": 2}


def product_rows(evidence: Evidence, citer: Citer) -> tuple[ProductShown, ...]:
    """Affected products; the versions of several sources stand side by side, never mixed into one."""
    rows: dict[tuple[str, str], list[tuple[Observation, Product]]] = {}
    for each, fact in evidence.of(Product):
        if fact.status in ("affected", "fixed", "under-investigation"):
            rows.setdefault((fact.vendor.lower(), fact.product.lower()), []).append((each, fact))
    shown = []
    for facts in list(rows.values())[:40]:
        first = facts[0][1]
        shown.append(
            ProductShown(
                vendor=first.vendor,
                product=first.product,
                versions=_values([fact.versions for _, fact in facts]),
                fixed=_values([fact.fixed for _, fact in facts]),
                citations=citer.observations([each.id for each, _ in facts], 4),
            )
        )
    return tuple(shown)


def _values(values: list[str]) -> str:
    return "; ".join(list(dict.fromkeys(each for each in values if each))[:6])


def cvss_shown(
    score: Cvss, evidence: Evidence, citer: Citer, observations: tuple[str, ...] = ()
) -> CvssShown:
    """A published score with its origin; for version 4.0 with its nomenclature (CVSS 4.0, section 1.3)."""
    return CvssShown(
        score=score.score,
        vector=score.vector,
        version=score.version,
        origin=evidence.score_origin(score),
        vulnerability=score.vulnerability,
        nomenclature=_nomenclature(score.vector) if score.version == "4.0" else "",
        citations=citer.observations(observations, 2),
    )


def _nomenclature(vector: str) -> str:
    names = {part.split(":")[0] for part in vector.split("/") if ":" in part and not part.endswith(":X")}
    threat = "E" in names
    environment = bool(names & {"CR", "IR", "AR"}) or any(each.startswith("M") for each in names)
    return "CVSS-B" + ("T" if threat else "") + ("E" if environment else "")


def vulnerability_rows(
    assessment: Assessment, evidence: Evidence, citer: Citer, knowledge: Knowledge
) -> tuple[VulnerabilityShown, ...]:
    """Every CVE of the story with KEV, EPSS, SSVC and the published decision tables."""
    section = Section("vul", citer)
    shown = []
    for flaw in assessment.vulnerabilities:
        timelines = []
        for outcome in assessment.outcomes:
            if outcome.vulnerability == flaw.id:
                inputs = ", ".join(f"{name} {value}" for name, value in outcome.inputs)
                text = f"{outcome.table}: {' or '.join(outcome.outcomes)} ({inputs}); {outcome.label}."
                timelines.append(section.rule(outcome.table, text, outcome.observations))
        shown.append(
            VulnerabilityShown(
                id=flaw.id,
                exploited=flaw.exploited,
                kev=f"added {flaw.kev.date_added}" if flaw.kev else f"not in KEV as of {knowledge.kev_date}",
                kev_due=flaw.kev.due_date if flaw.kev else "",
                cvss=tuple(
                    cvss_shown(each, evidence, citer, flaw.observations)
                    for each in flaw.cvss
                    if not each.predicted
                ),
                epss=_epss(flaw),
                ssvc=_ssvc(flaw),
                weaknesses=flaw.weaknesses,
                timelines=tuple(timelines),
                citations=citer.observations(flaw.observations, 4)
                or (citer.edge(f"CISA KEV {knowledge.kev_date}"),),
            )
        )
    return tuple(shown)


def _epss(flaw: Scored) -> EpssShown | None:
    if flaw.epss is None:
        return None
    return EpssShown(
        score=flaw.epss.score,
        percentile=flaw.epss.percentile,
        date=flaw.epss.date or "the file names none",
        model=flaw.epss.model or "the file names none",
    )


def _ssvc(flaw: Scored) -> str:
    if flaw.ssvc is None or flaw.ssvc.predicted:
        return ""
    points = (
        ("exploitation", flaw.ssvc.exploitation),
        ("automatable", flaw.ssvc.automatable),
        ("technical impact", flaw.ssvc.technical_impact),
    )
    return f"{flaw.ssvc.origin}: " + ", ".join(f"{name} {value}" for name, value in points if value)


LIKELY: Final = 0.3
"""A predicted weakness that is right less often than in three cases of ten is not shown."""


def weakness_rows(evidence: Evidence, citer: Citer, knowledge: Knowledge) -> tuple[WeaknessShown, ...]:
    """CWE ids with mapping usage; inferred ones only when none is stated or recorded."""
    facts = evidence.of(Weakness)
    firm = [(each, fact) for each, fact in facts if each.basis != "inferred"]
    rows: dict[str, list[tuple[Observation, Weakness]]] = {}
    likely = [pair for pair in facts if (pair[1].probability or 0.0) >= LIKELY]
    for each, fact in firm or sorted(likely, key=lambda pair: -(pair[1].probability or 0.0)):
        rows.setdefault(fact.id, []).append((each, fact))
    ids = list(rows)
    shown = []
    for id_, found in list(rows.items())[: 40 if firm else 5]:
        node = knowledge.weakness(id_)
        discouraged = node is not None and node.usage in ("Discouraged", "Prohibited")
        better = next((each for each in (node.children if node and discouraged else ()) if each in ids), "")
        shown.append(
            WeaknessShown(
                id=id_,
                name=node.name if node else "",
                basis=found[0][0].basis,
                usage=(node.usage if node else "") or "not in the pack",
                better=better,
                probability=found[0][1].probability,
                citations=citer.observations([each.id for each, _ in found], 3),
            )
        )
    return tuple(shown)


def technique_rows(evidence: Evidence, citer: Citer, knowledge: Knowledge) -> tuple[TechniqueShown, ...]:
    """ATT&CK and ATLAS techniques by role, each with all tactics; ids that the pack lacks are left out."""
    rows: dict[str, list[tuple[Observation, Technique]]] = {}
    for each, fact in evidence.of(Technique):
        resolved = knowledge.resolve("atlas" if fact.id.startswith("AML.") else "attack", fact.id)
        # Records print the ids of their day: shown is what they became.
        for id_ in resolved.current[:1]:
            rows.setdefault(id_, []).append((each, fact))
    shown = []
    for id_, found in rows.items():
        node = knowledge.technique(id_)
        if node is None:
            continue
        best = min(found, key=lambda pair: (_ROLES[pair[1].role], -pair[0].confidence))
        quotes = " ".join(_around(evidence, each).lower() for each, _ in found)
        shown.append(
            TechniqueShown(
                id=id_,
                stated_id=next(
                    (fact.stated_id or fact.id for _, fact in found if fact.stated_id or fact.id != id_), ""
                ),
                name=node.name,
                tactics=node.tactics,
                fitting=node.tactics
                if len(node.tactics) == 1
                else tuple(each for each in node.tactics if each.lower() in quotes),
                domain=node.domain,
                version=node.version,
                basis=best[0].basis,
                role=best[1].role,
                confidence=round(max(each.confidence for each, _ in found), 2),
                citations=(
                    *citer.observations([each.id for each, _ in found], 3),
                    citer.edge(f"{_dataset(node.domain)} {node.version}: {id_}"),
                ),
            )
        )
    return tuple(sorted(shown, key=lambda each: (_ROLES[each.role], -each.confidence, each.id)))


def _dataset(domain: str) -> str:
    return "MITRE ATLAS" if domain == "atlas" else f"ATT&CK {domain}"


def _around(evidence: Evidence, observation: Observation) -> str:
    from scc.brief.quotes import quote_at

    document = evidence.document(observation.document)
    return quote_at(document, observation.locator) if document else ""
