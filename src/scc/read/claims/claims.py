# SPDX-License-Identifier: Apache-2.0
"""What somebody says on a question on which sources may differ: exploitation, fix, cause, number, attribution …

Phrases find the sentence (`content/rubrics/claims.yaml`), other phrases of it say how surely it is said
(`modality.yaml`) and who says it. A claim of a possibility is never made an assertion. What the value is (a
number, a cause) is read by `values`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from scc.model.facts import Actor, Claim, Holder, Modality, NamedOrganisation, Question
from scc.read.claims.belied import (
    belied,
    duty_wording,
    figurative,
    of_code,
    taken_off,
    unshown,
    withdrawn_after,
)
from scc.read.claims.cues import Cue, Mode
from scc.read.claims.subjects import CLAUSE, cves_in, flaws_of_claim
from scc.read.claims.values import holder_name, value_of
from scc.read.clauses import clauses_of
from scc.read.flaws.scores import flaws_of
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.phrases import Hit
from scc.read.scope import ordered, taken_back
from scc.read.topics import score_topics

if TYPE_CHECKING:
    pass

_ACT: Final = re.compile(
    r"\b(?:executive order|the order|this order|directive|regulation|legislation|framework|the act|this act|bill|rule|requirements?|guidance|licens\w{2,4}|standards?|law)\b",
    re.IGNORECASE,
)
_DISCLAIMS: Final = re.compile(
    r"\b(?:nothing|no|not|never|without|rather than|instead of|disclaims?|rules? out|prohibits?|neither|nor|any)\b[^.;]{0,120}$",
    re.IGNORECASE,
)
_GATES: Final[dict[Question, tuple[str, ...]]] = {
    "data-taken": ("breach", "ransomware"),
    "cause": ("breach", "ransomware", "disruption"),
    "breached": ("breach", "ransomware"),
    "number-affected": ("breach", "ransomware", "malware", "supply-chain", "disruption", "threat"),
    "ransom": ("ransomware", "breach", "malware"),
}
"""A question is only asked of a text that has the topic: "caused by" in a flaw's description is no incident."""
_GATE_LEAST: Final = 3.0
_HIT: Final = re.compile(
    r"\b(?:incident|breach|leak|intrusion|hack|stolen|implant(?:ed)?|backdoored|fuite|Datenleck|Datenpanne|filtración|violazione)\b|\bdata (?:of|(?:was|were) (?:taken|stolen))\b",
    re.IGNORECASE,
)
_EXTORTED: Final = re.compile(
    r"\b(?:ransom\w*|extort\w*|encrypt(?:ed|ing)|Lösegeld\w*|verschlüsselt\w*|rançon\w*|rescate|riscatto)\b",
    re.IGNORECASE,
)
_SELF_TOLD: Final[dict[Question, re.Pattern[str]]] = {"number-affected": _HIT, "ransom": _EXTORTED}
"""A sentence that says itself what happened needs no topic of its text."""
_LOCAL: Final = re.compile(
    r"\b(?:affecting|on|in|against) (?:our|[A-Z])[\w ]{2,60}(?:networks?|systems|customers|environments?)\b"
)
_VOLUNTARY: Final = re.compile(
    r"\bvoluntar(?:y|ily)\W+(?:\w+\W+){0,3}(?:frameworks?|programs?|programmes?|commitments?|participat\w+|basis|standards?|collaborat\w+|coordinat\w+|tests?|testing|guidelines?|guidance|report\w*|agreements?|assessments?|industry|nature|measures?|cooperation|scheme|code)\b"
    r"|\b(?:is|are|remains?|be|as|purely|entirely|largely|strictly)\W+(?:\w+\W+)?voluntary\b",
    re.IGNORECASE,
)
_QUOTE_MOST: Final = 1500


def speaker(page: Page, start: int, end: int) -> tuple[Holder, str]:
    """Who says what stands in text[start:end], and the name that it gives: whom the sentence names as saying it, else the
    publisher. Needs the page's hits of modality phrases."""
    kinds = [
        mode.value.kind
        for mode in page.hits.get("modality", [])
        if start <= page.words.starts[mode.first] < end
    ]
    holder = _voice(kinds, page)
    return holder, holder_name(page.text[start:end], holder, page, [])


def _voice(kinds: list[str], page: Page) -> Holder:
    """An attacker who claims, else the first who is named as saying it, else the publisher."""
    if "attacker" in kinds:
        return "attacker"
    for kind in kinds:
        if kind in ("victim", "vendor", "authority", "research"):
            return kind  # type: ignore[return-value]
    return publisher_holder(page.document)


class _Said(NamedTuple):
    cue: Cue
    first: int
    last: int
    start: int
    end: int
    modes: tuple[Hit[Mode], ...]
    """Hits of modality and holder phrases in the same sentence."""


def note_claims(page: Page, notes: Notes) -> None:
    """Note the claims of a page, at most six a question; victims must have been noted before."""
    victims = [
        each.fact.name
        for each in notes.of(NamedOrganisation)
        if isinstance(each.fact, NamedOrganisation) and each.fact.role == "victim"
    ]
    actors = [
        name
        for each in notes.of(Actor)
        if isinstance(each.fact, Actor)
        for name in (each.fact.written, each.fact.name)
        if name
    ]
    weights = {topic: found[0] for topic, found in score_topics(page).items()}
    count: dict[tuple[Question, str], int] = {}
    for said in _said(page):
        if count.get((said.cue.question, said.cue.value), 0) >= 6:
            continue
        if (
            max((weights.get(topic, 0.0) for topic in _GATES.get(said.cue.question, ())), default=9.0)
            < _GATE_LEAST
        ) and not (
            said.cue.question in _SELF_TOLD
            and _SELF_TOLD[said.cue.question].search(page.text, said.start, said.end)
        ):
            continue
        claim = _claim(page, said, victims, actors)
        if claim is None:
            continue
        fact, confidence = claim
        subjects = (
            flaws_of_claim(page, page.words.starts[said.first], said.start, said.end)
            if fact.question == "exploited"
            else ()
        )
        count[said.cue.question, said.cue.value] = count.get((said.cue.question, said.cue.value), 0) + 1
        rule = said.cue.id if not (clause := _clause(page, said)) else f"{said.cue.id}@{clause}"
        for each in [msgspec.structs.replace(fact, subject=one) for one in subjects] or [fact]:
            notes(each, said.start, min(said.end, said.start + _QUOTE_MOST), "stated", confidence, rule)


def _said(page: Page) -> Iterator[_Said]:
    hits: list[Hit[Cue]] = page.hits.get("claims", [])
    if not hits:
        return
    wanted = Counter(page.sentence_of_word[hit.first] for hit in hits)
    by_sentence: dict[int, list[Hit[Mode]]] = {}
    for mode in page.hits.get("modality", []):
        number = page.sentence_of_word[mode.first]
        if number in wanted:
            by_sentence.setdefault(number, []).append(mode)
    seen: set[tuple[int, int, Question]] = set()
    clauses: dict[int, list[int]] = {}  # where the clauses of a sentence end, looked for once a sentence
    # A "no" outranks the "yes" that stands inside it ("no evidence of exploitation in the wild").
    for hit in sorted(
        hits, key=lambda each: (page.sentence_of_word[each.first], each.value.value != "no", each.first)
    ):
        number = page.sentence_of_word[hit.first]
        start, end = page.sentences[number]
        if number not in clauses:
            several = wanted[number] > 1  # one phrase alone needs no telling apart
            clauses[number] = (
                [each.end() for each in CLAUSE.finditer(page.text, start, end)] if several else []
            )
        clause = bisect_right(clauses[number], page.words.starts[hit.first])
        if (number, clause, hit.value.question) in seen:
            continue
        seen.add((number, clause, hit.value.question))
        yield _Said(hit.value, hit.first, hit.last, start, end, tuple(by_sentence.get(number, ())))


def _claim(page: Page, said: _Said, victims: list[str], actors: list[str]) -> tuple[Claim, float] | None:
    cue, text = said.cue, page.text
    sentence = text[said.start : said.end]
    if len(sentence) > 1500:
        return None
    offset = page.words.starts[said.first]
    if page.section(offset) in ("reference",) or ordered(page, offset):
        return None
    holder = _voice([mode.value.kind for mode in said.modes], page)
    modality = _modality(page, said, holder)
    question, value = cue.question, cue.value
    if question == "mandatory":
        return _mandatory(page, said, sentence, holder)
    if question in ("exploited", "proof-of-concept", "patch-available"):
        if question == "patch-available" and modality in ("possible", "denied", "no-evidence"):
            return None
        if (
            question == "exploited"
            and page.section(offset) == "advice"
            and modality == "reported"
            and not flaws_of(page)
        ):
            return None
        if question == "patch-available" and page.section(offset) == "advice" and not flaws_of(page):
            return None
        if value == "no" and _LOCAL.search(sentence):
            return None  # nothing seen in one's own networks says nothing of the world
        if (
            question == "exploited"
            and value == "yes"
            and (of_code(sentence, page.words[said.last - 1].start - said.start) or taken_off(sentence))
        ):
            return None
        if question == "exploited" and (
            belied(sentence)
            or figurative(page.text, offset)
            or duty_wording(sentence, offset - said.start)
            or withdrawn_after(page, offset)
        ):
            return None
        if value == "no" and cue.id == "claim-denied-exploited":
            modality = "no-evidence" if modality == "no-evidence" else "denied"
        elif value == "no":
            modality = "no-evidence" if question != "patch-available" else modality
        elif modality == "no-evidence":
            value = "no"
        name = holder_name(sentence, holder, page, victims)
        subject = _flaw(page, said)
        return Claim(question, value, modality, holder, name, False, subject), 0.85
    if question == "attribution" and _NOT_BEHIND.search(sentence):
        actors = [*actors, *page.denied_actors]
    found = value_of(question, page, said.start, said.end, offset, victims, actors)
    if found is None:
        return None
    name = holder_name(sentence, holder, page, victims)
    about_self = holder == "victim" or (holder == "vendor" and bool(name) and name in victims)
    subject = found.subject
    if question == "breached":
        if modality == "denied":
            value = "no"
            holder = "victim" if holder in ("press", "unknown", "vendor") and subject else holder
            about_self = about_self or bool(subject)
            name = name or subject
        elif modality in ("possible", "no-evidence"):
            return (
                None
                if modality == "no-evidence"
                else (Claim(question, "yes", modality, holder, name, about_self, subject), 0.6)
            )
        value = "no" if modality == "denied" else "yes"
    else:
        if question == "attribution" and _NOT_BEHIND.search(sentence):
            modality = "denied"
        elif modality in ("denied", "no-evidence"):
            return None
        value = found.value
    return Claim(question, value, modality, holder, name, about_self, subject), found.confidence


def _modality(page: Page, said: _Said, holder: Holder) -> Modality:
    kinds = {mode.value.kind for mode in said.modes}
    near = {
        mode.value.kind
        for mode in said.modes
        if said.first - 9 <= mode.first < said.last + 1 and not _parted(page, mode.first, said.first)
    }
    if _NONE_OF.match(page.text, said.start, said.end):
        return "no-evidence"
    if said.cue.question == "exploited" and unshown(page.text[said.start : page.words.starts[said.first]]):
        return "no-evidence"
    if _EXPECTED.match(page.text, page.words.ends[said.last - 1], said.end):
        return "possible"
    # "The bug has not been used in attacks": the phrase begins at the bug, and the "not" stands inside it.
    until = said.last if said.cue.id == "claim-exploited" else said.first
    before = {
        mode.value.kind
        for mode in said.modes
        if said.first - 4 <= mode.first < until
        and not _parted(page, mode.first, said.first)
        and not _NOT_ONLY.match(page.text, page.words.ends[mode.last - 1])
    }
    if taken_back(page, page.words.starts[said.first]) or any(
        mode.value.kind == "denied" and not _parted(page, *sorted((mode.first, said.first)))
        for mode in said.modes
    ):
        return "denied"
    if "no-evidence" in near:
        return "no-evidence"
    if "possible" in near:
        return "possible"
    if "negated" in before:
        return "no-evidence"  # a denial needs a word of denying
    if "reported" in kinds or "attacker" in kinds:
        return "reported"
    own = publisher_holder(page.document)
    if holder in ("authority", "cert", "vendor", "research", "victim") and own == holder:
        return "asserted"
    return "reported" if own in ("press", "unknown") else "asserted"


_NOT_BEHIND: Final = re.compile(
    r"\b(?:was|were|is|are)(?: not|n't|n’t) (?:behind|responsible|involved|the work of|carried out by|linked to)\b|\b(?:did not|didn't) (?:carry out|conduct)\b"
)
_NONE_OF: Final = re.compile(r"(?:none|neither) of\b", re.IGNORECASE)
_EXPECTED: Final = re.compile(
    r"(?:(?:\s{1,3}\w+){0,3}?|\s{1,3}of(?:\s{1,3}[\w-]+){1,5}?\s{1,3}(?:is|are|was|were|seems?)(?:\s{1,3}\w+)?)\s{1,3}(?:expected|likely|unlikely|anticipated|imminent|inevitable|probable|improbable|doubtful|feared|remote|conceivable)\b",
    re.IGNORECASE,
)
_NOT_ONLY: Final = re.compile(r"\s{1,3}(?:only|just|merely|until)\b", re.IGNORECASE)


def _parted(page: Page, mode: int, phrase: int) -> bool:
    """Whether another clause begins between a hedge and the phrase."""
    if mode >= phrase:
        return False
    start = page.words.starts[phrase]
    if CLAUSE.search(page.text, page.words.ends[mode], start) is not None:
        return True
    # "Although the vendor denied it at first, the flaw was exploited": the hedge ends with its clause.
    conceded = _CONCEDED.match(page.text, page.sentence(start)[0], start)
    return conceded is not None and page.words.ends[mode] <= conceded.end()


_CONCEDED: Final = re.compile(
    r"[^\w]{0,3}(?:Although|Though|Even though|While|Whereas|After)\b[^.;:,]{3,160}, "
)


def _mandatory(page: Page, said: _Said, sentence: str, holder: Holder) -> tuple[Claim, float] | None:
    """Voluntary or mandatory: only about an act, and "nothing … mandatory" says voluntary."""
    if not (_ACT.search(sentence) or _ACT.search(page.text[: page.lead])):
        return None
    offset = page.words.starts[said.first]
    value = said.cue.value
    if value == "voluntary" and not _VOLUNTARY.search(sentence):
        return None
    before = page.text[max(said.start, offset - 160) : offset]
    if value == "mandatory":
        if _DISCLAIMS.search(before):
            value = "voluntary"
        elif not re.search(
            r"\b(?:order|act|law|rule|directive|regulation|bill|framework|assessments?|requirement|licens|reporting|disclosure|agencies|government|federal|developers)\b",
            sentence,
            re.IGNORECASE,
        ):
            return None
    elif re.search(
        r"\b(?:not|no longer|isn't|never|from|replac\w+)\W+(?:\w+\W+){0,2}$", before, re.IGNORECASE
    ):
        value = "mandatory"
    own = publisher_holder(page.document)
    return Claim(
        "mandatory", value, first_hand("mandatory", own), holder if holder != "attacker" else own
    ), 0.9


def _flaw(page: Page, said: _Said) -> str:
    """The CVE a claim is about: the one of its sentence, else the document's only one."""
    inside = set(cves_in(page, said.start, said.end))
    if len(inside) == 1:
        return next(iter(inside))
    every = flaws_of(page)
    return next(iter(every)) if not inside and len(every) == 1 else ""


def _clause(page: Page, said: _Said) -> str:
    if said.cue.question != "mandatory":
        return ""
    clauses = clauses_of(page)
    return clauses.at(page.words.starts[said.first]) if clauses.sections else ""
