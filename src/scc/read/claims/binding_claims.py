# SPDX-License-Identifier: Apache-2.0
"""Whom an act binds, by the modal words of its sentences: "operators must report", "utilities are encouraged to adopt",
"the baseline for utilities is voluntary". Notes claims on `mandatory` whose subject is who is addressed, in one word, so
that only what two sources say of the same addressees is compared. Duties with their dates are `duties`' work.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.sought import Sought, one_of

_ACT: Final = Sought(
    r"\b(?:orders?|directive|regulation|act|law|rules?|baseline|framework|standard|bill|code|requirements?|attestations?|licence|license|circular|decree|ordinance|guidelines?|recommendation|reporting|duty|duties|obligations?|by law|legally)\b",
    re.IGNORECASE,
    at="order directive regulation act law rule baseline framework standard bill code requirement attestation licence license circular decree ordinance guideline recommendation reporting duty duties obligation by legally",
)
_ADDRESSED: Final = "agencies suppliers operators utilities providers vendors manufacturers developers companies banks hospitals entities organi carriers contractors importers issuers schools airports owners deployers controllers processors firms institutions makers publishers platforms sites facilities plants licensees"
_WHO: Final = rf"(?P<{{0}}>(?:[A-Za-z][a-z-]+[ \n]){{{{0,4}}}}?(?:organi[sz]ations|{one_of(_ADDRESSED.replace('organi ', '').split())}))"
_ANSWERS: Final = "voluntary optional mandatory binding compulsory obligatory"
_QUALIFIED: Final = r"(?:[ \n](?:of|with|in|that|to|which|under|for|from)[ \n][^.;:]{2,70}?)?"
_MUST: Final = Sought(
    rf"\b{_WHO.format('who')}{_QUALIFIED}(?:,[ \n][^.;:,]{{2,60}}(?=,))?,?[ \n](?:must|shall|ha(?:ve|s) to|(?:are|is|will be)[ \n](?:still[ \n]|now[ \n]|also[ \n])?(?:(?:obliged|required|obligated|bound|compelled|mandated)(?:[ \n]by[ \n]law)?|under[ \n](?:an?|the)[ \n](?:legal[ \n])?(?:obligation|duty))[ \n]to|ha(?:ve|s)[ \n]no[ \n](?:option|choice)[ \n]but[ \n]to)\b(?![ \n]not\b)",
    re.IGNORECASE,
    near=_ADDRESSED,
)
_MAY: Final = Sought(
    rf"\b{_WHO.format('who')}{_QUALIFIED},?[ \n](?:(?:can|may)[ \n](?:safely[ \n]|simply[ \n]|freely[ \n])?(?:ignore|decline|skip|opt[ \n]out|choose)|may(?=[^.;]{{3,120}}\b(?:if they (?:wish|choose|want)|voluntarily|at their discretion))|are[ \n](?:encouraged|invited|exempt|free[ \n]to|(?:not|no[ \n]longer)[ \n](?:obliged|required|bound|compelled|subject))|are[ \n](?:therefore[ \n])?under[ \n]no[ \n](?:legal[ \n])?(?:duty|obligation)|(?:need|do)(?:[ \n]not|n[’']t)\b(?=[ \n](?:have|need)[ \n]to\b|[ \n](?!have|need|want|know|support|use|seem)\w)|report[ \n]on[ \n]a[ \n]voluntary)",
    re.IGNORECASE,
    near=_ADDRESSED,
)
_IS: Final = Sought(
    rf"\b(?:orders?|directive|regulation|rules?|baseline|framework|standard|code|requirements?|programme?|attestations?|reporting)[ \n](?:for|of|by|on)[ \n](?:the[ \n]|all[ \n])?{_WHO.format('who')}[^.;]{{0,40}}?[ \n](?:is|are|remains?|becomes?|will[ \n]be)[ \n](?P<no>not[ \n]|no[ \n]longer[ \n])?(?P<word>voluntary|optional|mandatory|binding|compulsory|obligatory)\b",
    re.IGNORECASE,
    near=_ANSWERS,
)
_FOR: Final = Sought(
    rf"\b(?:is|are|remains?|stays?|becomes?|will[ \n]be)[ \n](?:legally[ \n])?(?P<no>not[ \n]|no[ \n]longer[ \n])?(?P<word>voluntary|optional|mandatory|binding|compulsory|obligatory)[ \n](?:for|on)[ \n](?:all[ \n]|the[ \n])?{_WHO.format('who')}",
    re.IGNORECASE,
    near=_ANSWERS,
)
_ASKED: Final = Sought(
    rf"\b(?:asks|invites|encourages)[ \n](?:all[ \n]|the[ \n])?{_WHO.format('who')}[^.;]{{0,120}}?\bdoes[ \n]not[ \n](?:compel|oblige|require|force|bind)\b",
    re.IGNORECASE,
    near="asks invites encourages",
)
_OBLIGES: Final = Sought(
    rf"\b(?P<no>(?:does|do|did|will)(?:[ \n]not|n[’']t)[ \n]|nothing[ \n](?:in[ \n](?:\w{{2,20}}[ \n]){{1,3}})?)?(?<!to )(?:oblig|compel|bind|forc)(?:es|e|s|ls|ing)[ \n](?:all[ \n]|the[ \n])?{_WHO.format('who')}[^.;]{{0,60}}?[ \n]to\b",
    re.IGNORECASE,
    near=_ADDRESSED,
)
"""An act as the subject: "the rule compels operators to …", "nothing in it binds operators to …"."""
_NO_ONE: Final = Sought(
    r"\b(?:no|not a single)[ \n](?:[a-z-]{2,20}[ \n]){0,2}?(?P<who>agency|supplier|operator|utility|provider|vendor|manufacturer|developer|company|bank|hospital|entity|organi[sz]ation|carrier|contractor|importer|issuer|school|airport|owner|firm|institution|platform|facility|plant)[ \n]"
    r"(?:is|will be|has been)[ \n](?:legally[ \n])?(?:required|obliged|bound|obligated|compelled)\b|\bno[ \n](?:[a-z-]{2,20}[ \n])?(?P<must>agency|supplier|operator|utility|provider|company|bank|hospital|entity|organi[sz]ation|school|airport|firm)[ \n](?:has[ \n]to|must|needs[ \n]to)\b",
    re.IGNORECASE,
    near="no not",
)
"""Nobody of a kind is bound."""
_IN_PART: Final = re.compile(r"[ \n]to[ \n]\w{2,20}[ \n](?:all|every|each|any other)\b", re.IGNORECASE)
"""Not bound to do all of it is no word against being bound."""
_PROPOSED: Final = Sought(
    r"\b(?:would|proposed?|draft|bill|could|plans? to|may soon|if (?:adopted|passed))\b",
    re.IGNORECASE,
    near="would propose draft bill could plan may if",
)
_CUE: Final = Sought(
    r"\b(?:must|shall|ha(?:ve|s) (?:to|no)|oblig(?:ed|es?|ing)|obligation|duty|compel\w{0,4}|binds?|forces?|mandated|decline|required|obligated|bound|if they|voluntar(?:y|ily)|encouraged|invited|exempt|free to|"
    r"need not|needn[’']t|don[’']t|do not|does not|discretion|optional|mandatory|binding|compulsory|obligatory)\b",
    re.IGNORECASE,
    at="must shall have has oblig duty compel bind binds force forces mandated decline required obligat bound if voluntar encouraged invited exempt free need needn don do does discretion optional mandatory binding compulsory",
)
"""Words of which every sentence that is meant has one; looked for once in the whole text."""
MOST: Final = 6


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def note_binding_claims(page: Page, notes: Notes) -> None:
    """Note who must and who may, one claim for each addressee and answer, at most six. What is only proposed binds
    nobody and is left out."""
    holder = publisher_holder(page.document)
    official = holder == "authority"  # what an authority says that somebody must do needs no word for an act
    if not official and page.search(_ACT) is None:
        return
    modality = first_hand("mandatory", holder)
    told: set[tuple[str, str]] = set()
    for start, end in dict.fromkeys(page.sentence(each.start()) for each in page.find(_CUE)):
        sentence = page.text[start:end]
        if (
            (not official and not page.inside(_ACT, start, end))
            or page.inside(_PROPOSED, start, end)
            or len(sentence) > 1000
        ):
            continue
        for form, answer in (
            (_NO_ONE, "voluntary"),
            (_OBLIGES, "mandatory"),
            (_IS, ""),
            (_FOR, ""),
            (_ASKED, "voluntary"),
            (_MAY, "voluntary"),
            (_MUST, "mandatory"),
        ):
            found = page.inside(form, start, end)
            if found is None or page.section(start + found.start()) == "reference":
                continue
            value = answer
            if form is _MAY and _IN_PART.match(sentence, found.end()):
                continue
            if form is _OBLIGES:
                if "whether" in sentence[: found.start()].lower():
                    continue  # asked, not said
                value = "voluntary" if found["no"] else answer
            if not value:
                free = found["word"].lower() in ("voluntary", "optional")
                value = "voluntary" if free != bool(found["no"]) else "mandatory"
            who = _plural((found["who"] or found["must"]).split()[-1].lower()) if form is _NO_ONE else ""
            who = who or found["who"].split()[-1].lower()
            if (who, value) in told or len(told) >= MOST:
                continue
            told.add((who, value))
            claim = Claim("mandatory", value, modality, holder, subject=who)
            notes(claim, start, end, "stated", 0.75, "grammar:binding")
            break
