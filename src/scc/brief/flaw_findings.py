# SPDX-License-Identifier: Apache-2.0
"""What the evidence says of flaws: exploited or not, in what, which versions, how bad.

A flaw is said to be in a product only where a source ties the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from scc.brief.composer import Composer, first_of
from scc.brief.phrases import Draft, day, listing, number
from scc.brief.quotes import quote_at
from scc.brief.subjects import NOBODY, product_name, product_names
from scc.model.assessment import Scored
from scc.model.facts import Claim, Observation, Product
from scc.model.provenance import Span

PRODUCTS_MOST: Final = 3
"""Products named in one sentence; all of them stand in the table."""


def _naming(names: Sequence[str], affected: Sequence[tuple[Observation, Product]]) -> list[str]:
    """The first observation of each product name that is printed."""
    found: dict[str, str] = {}
    for each, fact in affected:
        found.setdefault(product_name(fact), each.id)
    return [found[name] for name in names[:PRODUCTS_MOST]]


def _few(versions: str) -> str:
    """The first ranges of a list; all of them stand in the table."""
    parts = [part.strip(" .") for part in versions.split(";") if part.strip(" .") and " more" not in part]
    parts = [part for part in parts if len(part.split()) <= 8]  # a sentence is no range
    return "; ".join(parts[:4]) + ("; and others" if len(parts) > 4 or " more" in versions else "")


class FlawFindings(Composer):
    """Makes the candidate sentences on vulnerabilities."""

    def all(self) -> Iterator[Draft]:
        """Exploitation first, then products and versions, then scores."""
        yield from self._exploitation()
        yield from self._flaws()
        yield from self._scores()

    def _exploitation(self) -> Iterator[Draft]:
        listed = [each for each in self._assessment.vulnerabilities if each.kev is not None]
        dates = sorted({each.kev.date_added for each in listed if each.kev})
        for date in dates[:2]:
            group = [each for each in listed if each.kev and each.kev.date_added == date]
            yield self._phrases.draft(
                "find-kev",
                observations=[each for flaw in group for each in flaw.observations[:1]],
                edges=[
                    f"CISA KEV {flaw.kev.catalog_date}: {flaw.id} added {flaw.kev.date_added}"
                    for flaw in group[:5]
                    if flaw.kev
                ],
                weight=10.0,
                by="CISA",
                cves=listing([each.id for each in group], 4),
                date=day(date),
            )
        if "exploited" in self._disputed:
            return
        told: set[str] = set()
        seen = {
            self._evidence.publisher(each)
            for each, claim in self._evidence.of(Claim)
            if claim.question == "exploited"
            and claim.value != "no"
            and claim.modality in ("asserted", "reported")
        }
        for each, claim in self._evidence.of(Claim):
            if claim.question != "exploited" or claim.modality in ("possible", "denied"):
                continue
            if not claim.subject and self._assessment.type == "governance":
                continue  # what an act says of attacks is said of no flaw of its own
            publisher = self._evidence.publisher(each)
            by_cisa = publisher == "CISA" or claim.holder_name == "CISA"
            if publisher in told or (listed and (claim.modality == "reported" or by_cisa)):
                continue
            if claim.modality == "no-evidence" or claim.value == "no":
                if publisher in seen:
                    continue  # none seen here, by somebody who tells of attacks elsewhere
                rule = "find-not-exploited"
            elif claim.holder in ("authority", "cert", "vendor") and claim.modality == "asserted":
                rule = "find-exploited"
            else:
                rule = "find-exploited-reported"
            subject, places = self._subject(claim)
            if subject == NOBODY:
                continue
            told.add(publisher)
            weight = 8.6 if rule != "find-not-exploited" else 7.0
            yield self._one(rule, each, weight - 0.3 * len(told), also=places, subject=subject)

    def _flaws(self) -> Iterator[Draft]:
        affected = [
            (each, self._as_cited(each, fact))
            for each, fact in self._evidence.of(Product)
            if fact.status in ("affected", "fixed")
        ]
        yield from self._affected(affected)
        seen: set[str] = set()
        for each, fact in affected:
            name = product_name(fact)
            if _few(fact.versions) and name not in seen and len(seen) < 3:
                seen.add(name)
                yield self._one("find-flaw-versions", each, 5.0, product=name, versions=_few(fact.versions))
            if _few(fact.fixed) and "fixed-version" not in self._disputed and f"fixed {name}" not in seen:
                seen.add(f"fixed {name}")
                yield self._one("find-fixed", each, 7.5, product=name, fixed=_few(fact.fixed))

    def _as_cited(self, each: Observation, fact: Product) -> Product:
        """The product without a vendor that the cited place does not name (the pack knows whose it is)."""
        document = self._evidence.document(each.document)
        if document is None or not isinstance(each.locator, Span):
            return fact
        stated = fact.vendor.lower() in quote_at(document, each.locator).lower()
        return fact if stated else replace(fact, vendor="")

    def _affected(self, affected: list[tuple[Observation, Product]]) -> Iterator[Draft]:
        """Which flaw is in what: only as far as a source ties the two, or there is one flaw only."""
        flaws = self._assessment.vulnerabilities
        groups: dict[tuple[str, ...], list[Scored]] = {}
        for flaw in flaws:
            tied = [fact for _, fact in affected if fact.vulnerability == flaw.id or len(flaws) == 1]
            groups.setdefault(tuple(product_names(tied)), []).append(flaw)
        untied = groups.pop((), [])
        for rank, (names, group) in enumerate(list(groups.items())[:2]):
            ids = {each.id for each in group}
            places = [pair for pair in affected if pair[1].vulnerability in ids or len(flaws) == 1]
            yield self._phrases.draft(
                "find-flaw",
                observations=[*_naming(names, places), *first_of(group[:5])],
                weight=9.0 - 0.1 * rank,
                by=self._evidence.publisher(places[0][0]),
                cves=listing([each.id for each in group], 4),
                verb="affects" if len(group) == 1 else "affect",
                products=listing(names, PRODUCTS_MOST),
            )
        loose = [pair for pair in affected if not pair[1].vulnerability]
        named = product_names(fact for _, fact in loose)
        if untied and named:
            yield self._phrases.draft(
                "find-flaw-several",
                observations=[*_naming(named, loose), *first_of(untied[:5])],
                weight=8.7,
                by=self._evidence.publisher(loose[0][0]),
                cves=listing([each.id for each in untied], 4),
                products=listing(named, PRODUCTS_MOST),
            )

    def _scores(self) -> Iterator[Draft]:
        if "severity" in self._disputed:
            return
        shown: set[str] = set()
        for flaw in self._assessment.vulnerabilities[:4]:
            yield from self._score(flaw, shown)

    def _score(self, flaw: Scored, shown: set[str]) -> Iterator[Draft]:
        for score in flaw.cvss[:2]:
            if score.predicted or f"{flaw.id} {score.origin}" in shown:
                continue
            shown.add(f"{flaw.id} {score.origin}")
            place = self._evidence.score_place(score)
            origin = self._evidence.score_origin(score)
            yield self._phrases.draft(
                "find-score" if score.version else "find-score-plain",
                observations=[place.id] if place else flaw.observations,
                by=self._evidence.publisher(place) if place else "",
                weight=6.5 - 0.2 * len(shown),
                origin=origin,
                cve=flaw.id,
                score=number(score.score),
                version=score.version,
            )
