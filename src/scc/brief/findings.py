# SPDX-License-Identifier: Apache-2.0
"""What the evidence says: candidate sentences for page 1, summary and analysis, each from observations.

Where sources dispute a question, only the sentence that shows the dispute speaks of it. Placing and
cutting is `narrative`'s and `page_one`'s work.
"""

from __future__ import annotations

from collections.abc import Iterator

from scc.brief.composer import Composer
from scc.brief.evidence import publisher_name
from scc.brief.flaw_findings import FlawFindings
from scc.brief.phrases import Draft, day, listing
from scc.brief.quotes import within
from scc.brief.subjects import act_places, acts_edge, answer_name, main_acts, question_name
from scc.model.facts import (
    Actor,
    Claim,
    Date,
    Duty,
    Indicator,
    Malware,
    Observation,
    Sector,
)
from scc.model.story import Position


def _quoted(value: str) -> str:
    """A value of more than six words is the source's wording and is marked as such."""
    plain = within(value.strip(" ."))
    return f"“{plain}”" if len(plain.split()) > 6 else plain


class Findings(Composer):
    """Makes the candidate sentences of one story."""

    def all(self) -> list[Draft]:
        """Every candidate, heaviest first; equal weights keep the order of composing."""
        found = [
            *self._disputes(),
            *FlawFindings(self._evidence, self._assessment, self._phrases).all(),
            *self._breach(),
            *self._governance(),
            *self._threat(),
            *self._claims(),
            *self._origins(),
        ]
        return sorted(found, key=lambda each: -each.weight)

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
                question=question_name(dispute.question, dispute.subject),
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
        return publisher_name(found) if found else "an unknown publisher"

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
            if claim.question == "mandatory" and not claim.subject and "mandatory" not in self._disputed:
                voluntary = claim.value in ("no", "voluntary")
                yield self._one("find-voluntary" if voluntary else "find-mandatory", each, 7.2)
                break
        signed = [(each, fact) for each, fact in self._evidence.of(Date) if fact.role == "signed"]
        if signed:
            yield self._one("find-signed", signed[0][0], 6.2, date=day(signed[0][1].date))
        if self._assessment.ended is not None:
            told = self._assessment.ended.text
            # Its dates are history.
            yield self._phrases.draft("find-act-ended", edges=[acts_edge(told)], weight=9.4, told=told)
            return
        duties = [(each, fact) for each, fact in self._evidence.of(Duty) if fact.date]
        if duties:
            ours = any(each.binds_us == "yes" for each in self._assessment.deadlines)
            dates = sorted({fact.date for _, fact in duties})
            owners = list(dict.fromkeys(fact.owner for _, fact in duties if 0 < len(fact.owner) <= 80))
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
        said = self._attributed() if kind is Actor else set()
        for each, fact in self._evidence.of(kind):
            # The name as the source writes it: a reader finds it there, and the id resolves the alias.
            written = fact.written or fact.name
            if not said.isdisjoint({fact.name, written}) or (
                isinstance(fact, Malware) and fact.kind == "tool"
            ):
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

    def _attributed(self) -> set[str]:
        """Actors to whom a sentence of its own attributes the activity: they are not named a second time."""
        if "attribution" in self._disputed:
            return set()
        first = next(
            (
                claim.value
                for _, claim in self._evidence.of(Claim)
                if claim.question == "attribution" and claim.modality in ("asserted", "reported")
            ),
            "",
        )
        return {first} - {"", "no"}

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
        names = list(
            dict.fromkeys(
                "an unknown publisher" if each.publisher in ("", "unknown") else each.publisher
                for each in origins
            )
        )
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
