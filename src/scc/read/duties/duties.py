# SPDX-License-Identifier: Apache-2.0
"""Duties and deadlines: who must do what by when, in orders, directives, laws and the news about them.

A duty needs a term ("Within 30 days of the date of this order", "by June 11, 2026", "keep … for ten years") and a word
that binds ("shall", "must", "have until") in one sentence; only what a law is said to oblige somebody to needs none. A
period counts from the document's own date only if the text says so, or from the day that the text gives to the order
(`act_days`); otherwise the date stays "". What would bind if a bill passed binds nobody. "Up to 30 days before" is no term. Whom it binds follows from the owner's
name, whether it binds the reader is `assess`'s question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from scc.model.facts import Duty
from scc.read.clauses import Clauses, clauses_of
from scc.read.duties.act_days import ActDay, act_days, day_in, day_of
from scc.read.duties.event_dates import DATE, find_dates
from scc.read.duties.more_terms import more_terms
from scc.read.duties.owners import PRIVATE, owner_of, whom
from scc.read.duties.periods import COUNT, later, number
from scc.read.duties.relative_terms import relative_terms
from scc.read.duties.who_is_bound import BODY, RULE, binds_nobody
from scc.read.page import Notes, Page
from scc.read.phrases import Words
from scc.read.sought import Sought

_PERIOD: Final = Sought(
    rf"\b(?:[Ww]ithin|[Nn]o(?:t)? later than|[Nn]o more than)\s+(?:the (?:next|first) )?{COUNT}\s+(?:(?:calendar|business|working|full)\s+)?"
    r"(?P<unit>hours?|days?|weeks?|months?|years?)(?P<anchor>\s+(?:of|after|from|following|upon)\s+[^,.;:]{3,120})?",
    at="within no",
)
_BY: Final = Sought(
    rf"\b(?:[Bb]y|[Uu]ntil|[Oo]n or before|[Nn]o(?:t)? later than|[Bb]efore|deadline (?:of|is|was)|due (?:by|on|date of)|as of)\s+(?:the end of\s+|(?:close of business|COB|midnight|noon|11:59 ?p\.?m\.?)(?: \w{{2,4}})?(?:,? on)?\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?={DATE.pattern.replace('?P<', '?P<b_')})",
    at="by until on no before deadline due as",
)
_BINDING: Final = re.compile(
    r"\b(?:shall|must|(?:is|are|was|were|be|been|being) (?:required|directed|ordered|obliged|obligated|compelled|bound|instructed|mandated|told|under (?:an? )?(?:legal )?(?:obligation|duty))(?: by (?:law|statute))? to|ha(?:s|ve|d) (?:to|until)|ha(?:s|ve) (?=(?:[\w-]+ ){1,4}?(?:days|weeks|months|fortnight) to\b)|"
    r"(?:(?<![Tt]he )(?<![Tt]his )(?<!an )orders?|ordered|directs?|directed|requires?|required|instructs?|instructed|gives?|gave|giving|(?<!been )(?<!were )(?<!was )(?<!are )(?<!is )given(?! until)|ordering|requiring|mandating|mandates?|tells?|told|obliges?|obliging|compels?|compelling|demands?|demanded) (?=[^.;]{3,120} (?:to|until)\b)|need(?:s)? to)",
)
_BINDING_BODIES: Final = re.compile(
    r"\b(?:(?:is|are) to (?!blame|be (?:found|seen|expected)|come\b|date\b)|may no longer|(?:is|are|was|were) (?:hereby |now )?(?:forbidden|prohibited|barred|banned|not (?:allowed|permitted))(?: to| from)?|(?:is|are|was|were|been) given(?= [^.;]{1,60}? to\b| until\b))"
)
"""Binds only those whom rules are made for: "the patch may not help" binds nobody."""
_NO_BODY: Final = re.compile(rf"\b[Nn]o (?:[\w-]{{2,16}} ){{0,2}}?{BODY}(?= (?:may|shall)\b)")
_NONE_MAY: Final = re.compile(r"\b(?:may|shall)\b")
_DENIED: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:es|ed)|refut(?:es|ed)|never|nobody|no one|neither|nor)\b[^.;:!?]{0,60}$",
    re.IGNORECASE,
)
"""Right before a binding word: there is no such duty."""
_BARRED: Final = re.compile(r"may|forbid|prohib|barred|banned|not ")
_PAST: Final = re.compile(r"(?:had|was|were)\b")
_ADVISING: Final = re.compile(
    r"\b(?:should|(?:are|is) (?:urged|encouraged|advised|recommended) to|recommends?|urges?)\b", re.IGNORECASE
)
_FROM_HERE: Final = re.compile(
    r"(?:the )?(?:effective )?(?:date(?: of (?:issuance|publication|signing|signature))?(?: of)? (?:of )?(?:this|the) (?:order|directive|memorandum|notice|proclamation|supplemental)"
    r"|(?:the )?(?:issuance|publication|signing|release)(?: of (?:this|the) (?:order|directive|memorandum|notice|supplemental direction|document))?\s*$|this (?:order|directive|memorandum)|today)",
    re.IGNORECASE,
)
_THAT_DAY: Final = re.compile(
    r"\s{1,3}(?:of|after|from|following|upon)\s{1,3}(?:that|the said|the same|this) (?:date|day)\b",
    re.IGNORECASE,
)
_ANCHOR_DAY: Final = re.compile(
    rf"\s{{1,3}}(?:of|after|from|following)\s{{1,3}}(?={DATE.pattern.replace('?P<', '?P<a_')})"
)
_BACK: Final = 300
"""Characters before "that date" in which the date is looked for."""
_NOT_A_TERM: Final = re.compile(
    r"(?:period of|up to|at least|for|last|past|previous|valid|expire[sd]?|retain\w*|retention)\s*$"
)
_WOULD: Final = re.compile(
    r"\b(?:would|could|might|may)(?: (?:then|also|soon|still|even|only|have|be))? $", re.IGNORECASE
)
"""Right before a binding word: it binds nobody yet."""
_OF_ACT: Final = re.compile(
    r"\s{1,3}(?:of|after|from|following)\s{1,3}(?:the |that |said )?(?:(?:date|day|signing|signature|issuance|issue|publication) of (?:the |that )?)?(?P<noun>order|directive|memo|memorandum|notice|letter|circular|decree|ruling|decision|instruction|injunction|bulletin|proclamation|direction)\b",
    re.IGNORECASE,
)
_KEEPING: Final = Sought(
    rf"\bfor\s+(?:at least\s+|a minimum of\s+|no less than\s+)?{COUNT}\s+(?P<unit>days?|weeks?|months?|years?)\b",
    at="for",
)
_KEEPS: Final = re.compile(
    r"\b(?:must|shall|ha(?:ve|s) to|(?:are|is) (?:required|obliged) to)(?: also)? (?:keep|retain|store|preserve|archive|(?:maintain|hold)(?= [^.;:]{0,60}\b(?:records?|logs?|documents?|documentation|files?|cop(?:y|ies)|data|evidence|backups?)\b))\b[^.;:]{2,120}$"
)
"""Somebody who has to keep something; "logs must be kept" names nobody."""
_BOUND: Final = Sought(
    r"\b(?:(?<=\bis )|(?<=\bare )|(?<=\bnow )|(?<=\blegally ))(?:obliged|obligated|compelled|required|bound(?= by))(?: by (?:law|statute|the (?:law|act|regulation|directive)))? to\b",
    at="obliged obligated compelled bound required",
)
_LAW: Final = re.compile(
    r"\b(?:law|by statute|regulation|directive|ordinance|legal (?:duty|obligation)|legally|(?:the|this) [A-Z][\w-]*(?: [A-Z][\w-]*){0,4} Act)\b"
)
_NO_ONE: Final = re.compile(r"\b(?:no|neither|nor|nobody|none|whether|if|not|unless)\b", re.IGNORECASE)
_AND_THEN: Final = re.compile(
    r"[ ,;]{1,3}(?:and|then|and then)[ ](?:to[ ])?(?P<does>[a-z]{2,16}[ ][^.;]{2,160})$"
)
_DRAFT: Final = re.compile(
    r"\b(?:draft|proposed|pending) (?:\w+ ){0,2}(?:bill|rule|law|act|directive|regulation|amendment)s?\b|\bbill would\b|"
    r"\b(?:if|should|were) (?:the |a |this )?(?:\w+ )?(?:parliament|congress|senate|lawmakers|legislators|council|house|assembly|government|bill|law|proposal|draft|act|text) (?:\w+ ){0,3}?(?:adopt|pass|approve|enact|vote|ratif)\w*\b|\bif (?:adopted|passed|enacted)\b|"
    r"\bpropos(?:es|ed|ing) (?:that|to)\b|\bno longer (?:ha(?:s|ve) to|needs? to|(?:is|are) required)\b",
    re.IGNORECASE,
)
"""What is not law yet, or no longer, is nobody's duty."""
WORDS_MOST: Final = 40
_DAYS: Final = re.compile(r"20\d\d|\b(?:days|weeks|months|fortnight)\b")
"""Where a sentence may have a term that is looked for in other shapes."""
_BINDS: Final = re.compile(
    r"\b(?:shall|must|required|directed|ordered|obliged|obligated|compelled|bound|instructed|mandated|told|obligation|duty|ha(?:s|ve|d) (?:to|until|(?:[\w-]+ ){1,4}?(?:days|weeks|months|fortnight))|orders?|directs?|requires?|instructs?|g[ai]ves?|giv(?:en|ing)|mandates?|tells?|obliges?|compels?|demand(?:s|ed)|needs? to|(?:is|are) to|no longer|[Nn]o (?:[\w-]+ ){1,3}?may|forbidden|prohibited|barred|banned|not (?:allowed|permitted))\b",
)
"""Words of which a sentence needs one to bind by a term in another shape."""
_STRONG: Final = re.compile(
    r"\b(?:agencies|operators|licen[sc]ees|providers|entities|carriers|banks|utilities|hospitals|member states|insurers|contractors|importers|manufacturers)\b",
    re.IGNORECASE,
)
_RULED: Final = re.compile(rf"\b{RULE}\b", re.IGNORECASE)
_BODY: Final = re.compile(rf"\b{BODY}\b")


class _Term(NamedTuple):
    start: int
    end: int
    date: str
    printed: str
    relative: bool = False
    """Counted from the publication date by words alone ("by Friday"): of no use in what is told as past."""


def note_duties(page: Page, notes: Notes) -> None:
    """Note every duty with owner, clause, printed term and computed date."""
    text = page.text
    days = act_days(page)
    terms = _all_terms(page, days)
    if not terms:
        return
    clauses = clauses_of(page)
    held: tuple[int, _Term, Duty] | None = None
    for term in terms:
        start, end = _sentence(page, term.start)
        if held is not None and held[0] == start:
            also = _also(text, held, term)
            if also is not None:
                held = (start, term, also)
                notes(also, start, min(end, start + 1500), "stated", 0.8, "duty:term")
            continue
        sentence = text[start:end]
        modals = [each for each in _BINDING.finditer(sentence) if not _WOULD.search(sentence[: each.start()])]
        part = sentence.rfind(";", 0, term.start - start) + 1
        binding = next((each for each in modals if each.start() >= part), next(iter(modals), None))
        weak = binding is None
        if binding is None and term.date:
            nobody = _NO_BODY.search(sentence)
            binding = _BINDING_BODIES.search(sentence) or (
                _NONE_MAY.search(sentence, nobody.end()) if nobody else None
            )
        advising = None if binding else _ADVISING.search(sentence)
        if binding is None and advising is None:
            continue
        if re.search(r"\bnothing in (?:this|the)\b", sentence, re.IGNORECASE) or _DRAFT.search(sentence):
            continue
        if binds_nobody(sentence):
            continue
        modal = binding or advising
        assert modal is not None
        if binding and _DENIED.search(sentence[: modal.start()]):
            continue
        if term.relative and (binding is None or _PAST.match(modal[0])):
            continue
        owner = owner_of(sentence, modal, term.start - start, term.end - start)
        duty = _duty(text, start, end, start + modal.start(), start + modal.end(), term, clauses)
        if not owner or not duty or (binding and weak and not _BODY.search(owner.lower())):
            continue
        if (
            binding
            and weak
            and binding[0].startswith(("is to", "are to"))
            and not (_STRONG.search(owner) or _RULED.search(sentence))
        ):
            continue  # "the company is to open an office" is a plan
        if binding and weak and _BARRED.search(binding[0]):
            duty = f"not {duty}"
        if advising and not term.date:
            continue
        fact = Duty(
            owner=owner,
            duty=duty,
            date=term.date,
            period=term.printed,
            clause=clauses.at(term.start) if clauses.sections else "",
            binding="mandatory" if binding else "voluntary",
            binds=whom(owner),
        )
        held = (start, term, fact)
        confidence = 0.9 if term.date else 0.7
        notes(fact, start, min(end, start + 1500), "stated", confidence, "duty:term")


def _all_terms(page: Page, days: list[ActDay]) -> list[_Term]:
    """Every term by place; a sentence whose term has no day takes a day from its other words."""
    terms = [*_terms(page, days), *_relative(page, days), *_lasting(page)]
    dated = {page.sentence_number(each.start) for each in terms if each.date}
    for number_of in dict.fromkeys(page.sentence_number(each.start()) for each in _DAYS.finditer(page.text)):
        first, last = page.sentences[number_of] if number_of >= 0 else (0, 0)
        if number_of in dated or last - first > 1000 or not _BINDS.search(page.text, first, last):
            continue
        more = [_Term(*each) for each in more_terms(page, days, first, last)]
        if any(each.date for each in more):
            terms = [each for each in terms if not first <= each.start < last]
            more = [each for each in more if each.date]
        elif any(first <= each.start < last for each in terms):
            continue
        terms += more
    return sorted(terms, key=lambda each: each.start)


def _also(text: str, held: tuple[int, _Term, Duty], term: _Term) -> Duty | None:
    """The second thing that a sentence asks of the same owner: "install it within three days and report within seven"."""
    _, before, first = held
    does = _AND_THEN.match(text[before.end : term.start].rstrip() + " ")
    if does is None or not first.date or not term.date or term.date == first.date or _BINDING.search(does[0]):
        return None
    duty = " ".join(f"{does['does'].strip()} {text[term.start : term.end]}".split())
    return Duty(first.owner, duty, term.date, term.printed, first.clause, first.binding, first.binds)


def _lasting(page: Page) -> Iterator[_Term]:
    """Duties without a day: to keep something for a time, and what a law obliges somebody to do."""
    for each in page.find(_KEEPING):
        start, _ = page.sentence(each.start())
        if _KEEPS.search(page.text, max(start, each.start() - 160), each.start()) and number(each["count"]):
            yield _Term(each.start(), each.end(), "", " ".join(each[0].split()))
    for each in page.find(_BOUND):
        start, end = page.sentence(each.start())
        before = page.text[start : each.start()]
        if _LAW.search(page.text, start, end) and PRIVATE.search(before) and not _NO_ONE.search(before):
            yield _Term(each.end(), each.end(), "", "")


def _terms(page: Page, days: list[ActDay]) -> Iterator[_Term]:
    text, own = page.text, page.document.date
    for each in page.find(_PERIOD):
        if _NOT_A_TERM.search(text[max(0, each.start() - 24) : each.start()]):
            continue
        count = int(each["figure"]) if each["figure"] else number(each["count"])
        if count is None:
            continue
        anchor = (each["anchor"] or "").strip()
        here = _FROM_HERE.search(anchor.partition(" ")[2]) if anchor else None
        printed = " ".join(each[0].split())
        if anchor and here is None:
            printed = " ".join(printed.split()[:16])
        elif here:
            stop = each.start("anchor") + (each["anchor"] or "").index(here[0]) + len(here[0])
            printed = " ".join(text[each.start() : stop].split())
        base = own if here else ""
        if not base and anchor:
            base = _anchored(text, own, each.start(), each.start("anchor"), each["anchor"], bool(here))
        if not base and (act := _OF_ACT.match(each["anchor"] or "")):
            base = day_of(days, act["noun"], each.start() - _BACK, each.start())
        elif not base and not anchor and days and not each["unit"].startswith("hour"):
            base = day_in(days, page, *page.sentence(each.start()))
        date = later(base, count, each["unit"]) if base else ""
        end = each.end() if not here else each.start() + len(each[0])
        if base and each["anchor"] and (day := _ANCHOR_DAY.match(each["anchor"])):
            # Behind the date stands who has to: "within thirty days of 3 May 2026 banks must …".
            first = next(find_dates(text, own[:4], each.start("anchor") + day.end(), each.end()), None)
            end = first.end if first is not None else end
        yield _Term(each.start(), end, date, printed)
    for each in page.find(_BY):
        found = next(find_dates(text, own[:4], each.end(), each.end() + 24), None)
        if found is None or len(found.iso) < 10 or found.start > each.end() + 1:
            continue
        if own and found.iso < own:
            continue
        yield _Term(each.start(), found.end, found.iso, " ".join(text[each.start() : found.end].split()))


def _relative(page: Page, days: list[ActDay]) -> Iterator[_Term]:
    """Terms that count from a day which their sentence gives to the order, else from the publication date."""
    stated: set[int] = set()
    for start, end in dict.fromkeys(page.sentence(each.start) for each in days):
        day = day_in(days, page, start, end)
        for each in relative_terms(Words(page.text[start:end]), day):
            stated.add(start + each.start)
            yield _Term(start + each.start, start + each.end, each.day, each.printed, relative=True)
    for each in relative_terms(page.words, page.document.date):
        if each.start not in stated:
            yield _Term(each.start, each.end, each.day, each.printed, relative=True)


def _anchored(text: str, own: str, start: int, first: int, anchor: str, here: bool) -> str:
    """The day that a period counts from where the text prints it: "of 2 June 2025", or the nearest one before "of that date"
    or before "this order" in a document without a date. "" when there is none."""
    if _ANCHOR_DAY.match(anchor):
        return next(
            (each.iso for each in find_dates(text, own[:4], first, first + 60) if len(each.iso) == 10), ""
        )
    if not here and not _THAT_DAY.match(anchor):
        return ""
    days = [
        each.iso for each in find_dates(text, own[:4], max(0, start - _BACK), start) if len(each.iso) == 10
    ]
    return days[-1] if days and (not here or len(set(days)) == 1) else ""


def _sentence(page: Page, offset: int) -> tuple[int, int]:
    """The sentence with its lead-in's list: a sentence that ends in ":" is kept as it is."""
    number = page.sentence_number(offset)
    if number < 0:
        return offset, offset
    start, end = page.sentences[number]
    return max(start, offset - 900), min(end, max(offset + 900, start + 1200))


def _duty(text: str, start: int, end: int, modal: int, after: int, term: _Term, clauses: Clauses) -> str:
    """What is to be done: from the binding word to the end of its clause, at most 40 words."""
    begin = after
    ordered = re.match(r"[^.;]{3,120}? to\b", text[after:end])
    if ordered and re.match(
        r"(?:order|direct|require|instruct|giv|gave|mandat|tell|told|oblig(?!ed|at)|compel(?!led)|demand)",
        text[modal:after],
    ):
        begin = after + ordered.end()
    if term.start <= begin < term.end <= end or text[after : term.start].strip() == "":
        begin = max(
            begin, term.end
        )  # "have until Monday to report": the term is no part of what is to be done
    said = re.sub(r"^to\s", "", text[begin:end].strip(" \n:,"))
    if not said:
        # A lead-in: "shall:", then paragraphs. The first of them says what it is about.
        following = clauses.next_after(end - 1)
        if 0 <= following < end + 40:
            stop = text.find("\n\n", following)
            said = re.sub(r"^[a-z]{1,4}\\?\)\s*", "", text[following : stop if stop > 0 else following + 600])
    said = " ".join(said.split())
    if begin <= term.end <= end + 1 and said.strip(" .,") in term.printed:
        said = " ".join(text[start:end].split())
    words = said.split(" ")
    if len(words) > WORDS_MOST:
        words = words[:WORDS_MOST]
        # Cut at the last comma that leaves at least half.
        for index in range(len(words) - 1, WORDS_MOST // 2, -1):
            if words[index].endswith((",", ";")):
                words = words[: index + 1]
                break
    return re.sub(r"\s(?:to|and|or)$", "", " ".join(words).strip(" ,;:."))
