# SPDX-License-Identifier: Apache-2.0
"""What the evidence says: candidate sentences for page 1, summary and analysis, each from observations.

Where sources dispute a question, only the sentence that shows the dispute speaks of it. Placing and
cutting is `narrative`'s and `page_one`'s work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scc.brief.evidence import Evidence
from scc.brief.phrases import Draft, Phrases, day, listing, number
from scc.brief.subjects import act_places, answer_name, main_acts, product_name, question_name, subject_name
from scc.model.assessment import Assessment, Scored
from scc.model.facts import (
    Actor,
    Claim,
    Date,
    Duty,
    Indicator,
    Malware,
    Observation,
    Product,
    Sector,
)
from scc.model.story import Position


def _first_of(flaws: Sequence[Scored]) -> list[str]:
    return [each for flaw in flaws for each in flaw.observations[:1]]


def _first_by_name(affected: Sequence[tuple[Observation, Product]]) -> list[str]:
    """The first observation of each product name, as many as are printed."""
    found: dict[str, str] = {}
    for each, fact in affected:
        found.setdefault(product_name(fact), each.id)
    return list(found.values())[:3]


def _few(versions: str) -> str:
    """The first ranges of a list; all of them stand in the table."""
    parts = [part.strip(" .") for part in versions.split(";") if part.strip(" .") and " more" not in part]
    parts = [part for part in parts if len(part.split()) <= 8]  # a sentence is no range
    return "; ".join(parts[:4]) + ("; and others" if len(parts) > 4 or " more" in versions else "")


def _quoted(value: str) -> str:
    """A value of more than six words is the source's wording and is marked as such."""
    plain = value.strip(" .").replace("“", "‘").replace("”", "’").replace('"', "’")
    return f"“{plain}”" if len(plain.split()) > 6 else plain


class Findings:
    """Makes the candidate sentences of one story."""

    def __init__(self, evidence: Evidence, assessment: Assessment, phrases: Phrases) -> None:
        self._evidence = evidence
        self._assessment = assessment
        self._phrases = phrases
        self._disputed = {each.question for each in evidence.story.disputes}

    def all(self) -> list[Draft]:
        """Every candidate, heaviest first; equal weights keep the order of composing."""
        found = [
            *self._disputes(),
            *self._exploitation(),
            *self._flaws(),
            *self._scores(),
            *self._breach(),
            *self._governance(),
            *self._threat(),
            *self._claims(),
            *self._origins(),
        ]
        return sorted(found, key=lambda each: -each.weight)

    def _subject(self, claim: Claim) -> tuple[str, list[str]]:
        """What a claim is about, and the observations that name it."""
        if claim.subject:
            named = [flaw for flaw in self._assessment.vulnerabilities if flaw.id == claim.subject]
            return claim.subject, _first_of(named)
        flaws = self._assessment.vulnerabilities[:3]
        return subject_name(self._evidence, self._assessment), _first_of(flaws)

    def _disputes(self) -> Iterator[Draft]:
        for dispute in self._evidence.story.disputes:
            told: list[str] = []
            cited: list[str] = []
            for position in dispute.positions:
                by = listing([self._publisher_of(each) for each in position.documents], 3)
                if position.interested:
                    # An interested party's word is shown as its own, told by whom.
                    by = f"{self._holders_of(position)}, told by {by}"
                told.append(f"{answer_name(dispute.question, position.value)} ({by})")
                cited.extend(position.observations[:2])
            preferred = answer_name(dispute.question, dispute.preferred)
            preference = f"Preferred is {preferred}, by the rule {dispute.rule}." if dispute.preferred else ""
            draft = self._phrases.draft(
                "find-dispute",
                observations=cited,
                weight=9.5,
                question=question_name(dispute.question),
                positions="; ".join(told),
                preference=preference,
            )
            yield _tidied(draft)

    def _holders_of(self, position: Position) -> str:
        names: list[str] = []
        for id_ in position.observations:
            each = self._evidence.observation(id_)
            if each is not None and isinstance(each.fact, Claim):
                plain = {
                    "attacker": "the attackers",
                    "victim": "the organisation hit",
                    "vendor": "the vendor",
                }
                names.append(each.fact.holder_name or plain.get(each.fact.holder, each.fact.holder))
        return listing(names, 2)

    def _publisher_of(self, document: str) -> str:
        found = self._evidence.document(document)
        return (found.publisher if found else "") or "unknown publisher"

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
        for each, claim in self._evidence.of(Claim):
            if claim.question != "exploited" or claim.modality in ("possible", "denied"):
                continue
            publisher = self._evidence.publisher(each)
            by_cisa = publisher == "CISA" or claim.holder_name == "CISA"
            if publisher in told or (listed and (claim.modality == "reported" or by_cisa)):
                continue
            if claim.modality == "no-evidence" or claim.value == "no":
                rule = "find-not-exploited"
            elif claim.holder in ("authority", "cert", "vendor") and claim.modality == "asserted":
                rule = "find-exploited"
            else:
                rule = "find-exploited-reported"
            told.add(publisher)
            weight = 8.6 if rule != "find-not-exploited" else 7.0
            subject, places = self._subject(claim)
            yield self._one(rule, each, weight - 0.3 * len(told), also=places, subject=subject)

    def _flaws(self) -> Iterator[Draft]:
        flaws = self._assessment.vulnerabilities
        affected = [
            (each, fact) for each, fact in self._evidence.of(Product) if fact.status in ("affected", "fixed")
        ]
        named = list(dict.fromkeys(product_name(fact) for _, fact in affected))
        if flaws and named:
            yield self._phrases.draft(
                "find-flaw",
                observations=[*_first_of(flaws[:5]), *_first_by_name(affected)],
                weight=9.0,
                cves=listing([each.id for each in flaws], 4),
                verb="affects" if len(flaws) == 1 else "affect",
                products=listing(named, 3),
            )
        seen: set[str] = set()
        for each, fact in affected:
            name = product_name(fact)
            publisher = self._evidence.publisher(each)
            if _few(fact.versions) and name not in seen and len(seen) < 3:
                seen.add(name)
                yield self._one("find-flaw-versions", each, 5.0, product=name, versions=_few(fact.versions))
            if _few(fact.fixed) and "fixed-version" not in self._disputed and f"fixed {name}" not in seen:
                seen.add(f"fixed {name}")
                yield self._one("find-fixed", each, 7.5, product=name, fixed=_few(fact.fixed))
            del publisher

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
            origin = self._evidence.score_origin(score)
            yield self._phrases.draft(
                "find-score" if score.version else "find-score-plain",
                observations=flaw.observations,
                weight=6.5 - 0.2 * len(shown),
                origin=origin,
                cve=flaw.id,
                score=number(score.score),
                version=score.version,
            )

    def _breach(self) -> Iterator[Draft]:
        told: set[tuple[str, str]] = set()
        for each, claim in self._evidence.of(Claim):
            key = (claim.question, claim.value)
            if claim.question in self._disputed or key in told:
                continue
            if claim.question == "breached":
                told.add(key)
                victim = claim.subject or claim.holder_name
                if (
                    claim.holder == "victim"
                    and (claim.modality == "denied" or claim.value == "no")
                    and victim
                ):
                    yield self._one("find-victim-denies", each, 8.0, victim=victim)
                elif claim.holder == "victim" and victim:
                    yield self._one("find-victim-confirms", each, 8.2, victim=victim)
                elif victim and claim.value == "yes" and claim.modality != "possible":
                    yield self._one("find-victim", each, 7.8, victim=victim)
            elif claim.question == "number-affected" and claim.modality != "denied":
                told.add(key)
                if claim.holder == "attacker":
                    yield self._one("find-attacker-claims", each, 6.6, value=claim.value)
                else:
                    yield self._one("find-number", each, 7.4, value=claim.value)
            elif (
                claim.question == "data-taken"
                and self._assessment.type == "breach"
                and claim.modality
                not in (
                    "denied",
                    "possible",
                    "no-evidence",
                )
            ):
                told.add(key)
                rule = "find-attacker-claims" if claim.holder == "attacker" else "find-data"
                yield self._one(rule, each, 6.4, value=_quoted(claim.value))

    def _governance(self) -> Iterator[Draft]:
        acts = main_acts(self._evidence)
        if acts:
            yield self._phrases.draft(
                "find-act",
                observations=act_places(self._evidence, acts[:4]),
                weight=7.0,
                names=listing(acts, 3),
            )
        for each, claim in self._evidence.of(Claim):
            if claim.question == "mandatory" and "mandatory" not in self._disputed:
                voluntary = claim.value in ("no", "voluntary")
                yield self._one("find-voluntary" if voluntary else "find-mandatory", each, 7.2)
                break
        signed = [(each, fact) for each, fact in self._evidence.of(Date) if fact.role == "signed"]
        if signed:
            yield self._one("find-signed", signed[0][0], 6.2, date=day(signed[0][1].date))
        duties = [(each, fact) for each, fact in self._evidence.of(Duty) if fact.date]
        if duties:
            ours = any(each.binds_us == "yes" for each in self._assessment.deadlines)
            dates = sorted({fact.date for _, fact in duties})
            owners = list(dict.fromkeys(fact.owner for _, fact in duties if len(fact.owner) <= 80))
            # A place for every date and owner that is printed.
            cited = [next(each.id for each, fact in duties if fact.date == date) for date in dates[:4]]
            cited += [next(each.id for each, fact in duties if fact.owner == owner) for owner in owners[:3]]
            yield self._phrases.draft(
                "find-duties" if ours else "find-duties-others",
                observations=cited,
                weight=8.0,
                dates=listing([day(each) for each in dates], 4),
                owners=listing(owners or ["those it names"], 3),
            )

    def _threat(self) -> Iterator[Draft]:
        yield from self._names(Actor, "find-actors", 6.8)
        yield from self._names(Malware, "find-malware", 6.6)
        packages = [
            (each, fact)
            for each, fact in self._evidence.of(Indicator)
            if fact.type == "package" and fact.role == "observed"
        ]
        if packages:
            yield self._phrases.draft(
                "find-packages",
                observations=[each.id for each, _ in packages[:5]],
                weight=8.4,
                by=self._evidence.publisher(packages[0][0]),
                publisher=self._evidence.publisher(packages[0][0]),
                names=listing([fact.value for _, fact in packages], 5),
            )
        sectors = [(each, fact) for each, fact in self._evidence.of(Sector) if fact.role == "victim"]
        if sectors:
            yield self._phrases.draft(
                "find-sectors",
                observations=[each.id for each, _ in sectors[:4]],
                weight=5.6,
                names=listing([fact.name.replace("-", " ") for _, fact in sectors], 4),
            )

    def _names(self, kind: type[Actor] | type[Malware], rule: str, weight: float) -> Iterator[Draft]:
        by_publisher: dict[str, list[tuple[Observation, str]]] = {}
        said: set[str] = set()
        for each, fact in self._evidence.of(kind):
            # The name as the source writes it: a reader finds it there, and the id resolves the alias.
            written = fact.written or fact.name
            if fact.name in said or (isinstance(fact, Malware) and fact.kind == "tool"):
                continue
            said.add(fact.name)
            by_publisher.setdefault(self._evidence.publisher(each), []).append((each, written))
        for rank, (publisher, found) in enumerate(list(by_publisher.items())[:2]):
            many = rule == "find-actors" and len(found) > 1
            yield self._phrases.draft(
                "find-actors-many" if many else rule,
                observations=[each.id for each, _ in found[:5]],
                weight=weight - 1.5 * rank,
                by=publisher,
                publisher=publisher,
                names=listing([name for _, name in found], 5),
            )

    def _claims(self) -> Iterator[Draft]:
        rules = {
            "cause": ("find-cause", 6.0),
            "ransom": ("find-ransom", 5.8),
            "attribution": ("find-attribution", 6.9),
            "proof-of-concept": ("find-poc", 5.4),
            "patch-available": ("find-patch", 5.2),
            "retracted": ("find-retracted", 9.8),
        }
        told: set[str] = set()
        for each, claim in self._evidence.of(Claim):
            rule = rules.get(claim.question)
            if rule is None or claim.question in told or claim.question in self._disputed:
                continue
            if claim.modality not in ("asserted", "reported") or claim.value == "no":
                continue
            told.add(claim.question)
            subject, places = self._subject(claim)
            yield self._one(rule[0], each, rule[1], also=places, subject=subject, value=_quoted(claim.value))

    def _origins(self) -> Iterator[Draft]:
        origins = self._evidence.story.origins
        names = list(dict.fromkeys(each.publisher for each in origins if each.publisher))
        cited = [each.id for each in self._first_of_each_origin()]
        if len(names) > 1 and cited:
            yield self._phrases.draft("find-origins", observations=cited, weight=4.0, names=listing(names, 4))
        elif cited and names:
            yield self._phrases.draft("find-origin", observations=cited, weight=2.0, publisher=names[0])

    def _first_of_each_origin(self) -> Iterator[Observation]:
        for origin in self._evidence.story.origins[:5]:
            members = set(origin.documents)
            for each in self._evidence.story.observations:
                if each.document in members:
                    yield each
                    break

    def _one(
        self, rule: str, each: Observation, weight: float, *, also: Sequence[str] = (), **values: str
    ) -> Draft:
        publisher = self._evidence.publisher(each)
        return self._phrases.draft(
            rule, observations=[each.id, *also], weight=weight, by=publisher, publisher=publisher, **values
        )


def _tidied(draft: Draft) -> Draft:
    return Draft(
        rule=draft.rule,
        text=draft.text.strip(),
        short=draft.short.strip(),
        observations=draft.observations,
        edges=draft.edges,
        weight=draft.weight,
        publisher=draft.publisher,
    )
