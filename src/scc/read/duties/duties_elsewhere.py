# SPDX-License-Identifier: Apache-2.0
"""Duties with a day in German, French, Spanish, Italian and Dutch: "muss … bis zum 15. November 2025", "doit … avant le", "deberá … antes del".

A duty needs a word that binds and a term, with a full date or a period, in one sentence. What is negated or only a draft binds nobody.
A weekday or
"ab sofort" counts from the publication date (`relative_terms`), a period from the day that the sentence gives to the order
(`act_days`); otherwise a period has no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.model.facts import Duty
from scc.read.duties.act_days import act_days, day_in
from scc.read.duties.event_dates import find_dates
from scc.read.duties.more_terms import ends_elsewhere
from scc.read.duties.periods import later
from scc.read.duties.relative_terms import may_elsewhere, relative_terms_elsewhere
from scc.read.duties.who_is_bound import binds_nobody
from scc.read.page import Notes, Page
from scc.read.sought import Sought

_MUST: Final = re.compile(
    r"\b(?:müssen|muss|haben?(?= [^;!?\n]{3,120}(?: zu \w|\wzu\w))|(?:ist|sind) verpflichtet|doi(?:t|vent)|devr(?:a|ont)|(?:est|sont) tenue?s? de|"
    r"deben|deberán?|debe(?!\w)|tienen? que|tendrán? que|(?:está|están) obligad[ao]s? a|devono|deve|dovrà|dovranno|(?:è|sono) tenut[aeio] a|moet(?:en)?)(?!\w)"
)
_TERM: Final = Sought(
    r"\b(?:bis(?: spätestens)?(?: zum| am)?|spätestens(?: am| bis zum| zum)?|vor dem|avant le|au plus tard le|d[’']ici (?:le|au)|jusqu[’']au|antes del?|hasta el|a más tardar el|como máximo el|entro il|non oltre il|prima del|uiterlijk(?: op)?|vóór)[ \n](?=\d)",
    re.IGNORECASE,
    near="bis spätestens vor avant tard ici jusqu antes hasta tardar máximo entro oltre prima uiterlijk vóór",
)
_COUNTS: Final = {
    name: number
    for number, names in enumerate(
        (
            "einer eines einem un une una uno", "zwei deux dos due", "drei trois tres tre", "vier quatre cuatro quattro", "fünf cinq cinco cinque",
            "sechs six seis sei", "sieben sept siete sette", "acht huit ocho otto", "neun neuf nueve nove", "zehn dix diez dieci",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_PERIOD: Final = Sought(
    rf"\b(?:binnen|innerhalb(?:[ \n]von)?|innert|dans[ \n](?:un[ \n]délai[ \n](?:maximal[ \n])?de|les)|sous|endéans|en[ \n](?:un|el)[ \n]plazo[ \n](?:máximo[ \n])?de|dentro[ \n]de(?:[ \n]l[ao]s)?|en[ \n]un[ \n]máximo[ \n]de|entro)[ \n]"
    rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})[ \n](?P<unit>Stunden?|Tage?n?|Wochen?|Monate?n?s?|Jahre?n?s?|heures?|jours?|semaines?|mois|ans?|années?|horas?|días?|semanas?|mes(?:es)?|años?|ore|giorni|settimane|mesi|anni)(?!\w)",
    re.IGNORECASE,
    near="binnen innerhalb innert dans sous endéans plazo dentro máximo entro",
)
_UNITS: Final = (
    ("hour", ("stunde", "heure", "hora", "ore")),
    ("day", ("tag", "jour", "día", "giorn")),
    ("week", ("woche", "sem", "settim")),
    ("month", ("monat", "mois", "mes")),
    ("year", ("jahr", "an", "año")),
)
_CHEAP: Final = (
    "binnen", "innerhalb", "innert", "délai", "dans les", "sous ", "endéans", "plazo", "dentro de", "máximo de", "entro ",
    "bis ", "bis\n", "spätestens", "vor dem", "avant le", "plus tard le", "ici le", "ici au", "jusqu", "avant", "plus tard", "dès", "partir d", "compter d", "effet imm", "efecto inm", "desde", "ab sofort", "ab heute", "ab morgen", "sofortiger", "antes de", "hasta el",
    "tardar el", "máximo el", "hasta", "antes", "avant", "ende ", "fin de", "finales", "entro il", "oltre il", "prima del", "uiterlijk", "vóór",
)  # fmt: skip
"""Of these, in lower case, every term has one; looked for first, because that is cheap."""
_NOT: Final = re.compile(
    r"^[^.;,]{0,25}\b(?:nicht|kein\w{0,2}|pas|(?<!au )plus)\b|\b(?:ne|no|non|n[’'])[ \n]?$"
)
_DRAFT: Final = re.compile(
    r"\b(?:Entwurf\w{0,2}|soll(?:en)? künftig|würden?|projet de loi|proposition de loi|proyecto de ley|anteproyecto|propuesta|disegno di legge)\b",
    re.IGNORECASE,
)
_GERMAN: Final = re.compile(r"m(?:uss|üssen)$|habe|hat bis|verpflichtet|^(?:ist|sind)$")
_LAST: Final = re.compile(r"(?:^|[;,:] )(?:[a-zäöüß]{3,20}e[nr]? )?[A-ZÄÖÜ][\wäöüß-]{2,40}$")
"""A plural right before the verb, with no more than an adjective: "betroffene Betreiber haben"."""
_NOUN: Final = re.compile(
    r"(?:(?:[Dd](?:er|ie|as)|[Aa]lle|[Jj]ede[rs]?|[Ss]ämtliche) )(?:[a-zäöüß-]{2,20} ){0,3}[A-ZÄÖÜ][\wäöüß-]{2,40}|(?:^|, )[A-ZÄÖÜ][\wäöüß-]{2,40}$"
)
_BARE: Final = re.compile(r"[A-ZÄÖÜ][\wäöüß-]{2,40}(?= (?:das|den|die|der|dem|ein|eine|ihre|alle)\b)")
"""A plural without an article behind the verb: "Ab sofort müssen Behörden das Update einspielen"."""
_ORDERS: Final = re.compile(
    # Somebody orders somebody to do something; the one who is ordered follows the verb.
    r"\b(?:verpflichtet|weist|zwingt|ordena|obliga|exige|impone|requiere|manda|insta|ordenó|obligó|exigió|ordonne|oblige|enjoint|impose|exige|contraint|ordonné|imposé|enjoint|exigé|ha ordenado|ha exigido)[ ]"
    r"(?P<who>(?:(?:die|alle|den|sämtliche|jeden|betroffene|a las|a los|a la|al|a todos los|a todas las|aux|à la|à l['’]|à tous les|à toutes les|les|la|tous les|toutes les|chaque)[ ]?)(?:[^\W\d][\wäöüßáéíóúñèêàç'’-]{1,24}[ ]){0,3}?[^\W\d][\wäöüßáéíóúñèêàç'’-]{2,24}),?[ ]"
    r"(?=(?:[^.;!?\n]{0,160}?\bzu[ ]?\w|[^.;!?\n]{0,160}?\wzu\w|(?:que |a )?[a-záéíóú]{2,16}(?:ar|er|ir|arse|erse|irse)\b|(?:de |d['’])[a-zéèê]{2,16}(?:er|ir|re)\b|bis |à ))"
)
_TO: Final = re.compile(r"^(?:a|à|au|aux|al|den|die)[ ](?=\S)", re.IGNORECASE)
_UNSURE: Final = re.compile(r"\b(?:würde\w{0,2}|könnte\w{0,2}|pourrait|podría)\b", re.IGNORECASE)
_YEAR_END: Final = re.compile(r"\b(?:ende|fin|finales|final)\b(?=[^.;!?\n]{0,24}20\d\d)")
_PLURAL: Final = re.compile(r"^[A-ZÄÖÜ][\wäöüß-]{2,40}(?: [\wäöüß-]{2,30}){0,4}$")
"""A whole head that is one group of words: "Betreiber kritischer Anlagen"."""
_IN_HAND: Final = re.compile(
    r"\b(?:hat|haben) bis\b(?=[^;!?\n]{0,80}\b(?:Zeit|Gelegenheit)\b)|\b(?:a|ont) jusqu[’'](?=(?:au|à)\b[^.;!?\n]{3,40} pour\b)|\b(?:tienen?|disponen?)(?= [^.;!?\n]{0,60}?(?:hasta|de plazo)\b[^.;!?\n]{0,60}\bpara\b)"
    r"|\b(?:ist|sind)(?= [^;!?\n]{3,120}(?:(?<!nicht )(?<!kaum )(?<!schwer )zu (?:ersetzen|melden|schließen|entfernen|installieren|aktualisieren|trennen|ändern|löschen|erfüllen|übermitteln|beantragen|registrieren|prüfen|erstatten|benennen|sperren|deaktivieren|ergreifen|treffen|beheben|liefern|leisten)|(?:ein|vor|ab|um|nach|an|aus|mit)zu\w{4,20})\b)",
    re.IGNORECASE,
)
"""Who has time until a day, and what is to be done by it."""
MOST: Final = 8


def note_duties_elsewhere(page: Page, notes: Notes) -> None:
    """Note duties that bind by a day, one a sentence, at most eight."""
    if not (page.may(_TERM) or page.may(_PERIOD) or may_elsewhere(page.words) or _YEAR_END.search(page.low)):
        return
    if not any(map(page.low.__contains__, _CHEAP)):
        return
    told: set[int] = set()
    for start, end, iso, first, last in _terms(page):
        sentence = page.text[start:end]
        modal = _MUST.search(sentence) or _IN_HAND.search(sentence)
        ordered_to = _ORDERS.search(sentence) if modal is None else None
        if ordered_to is not None and not _DRAFT.search(sentence) and not _UNSURE.search(sentence):
            modal = ordered_to
        if (
            modal is None
            or binds_nobody(sentence)
            or _DRAFT.search(sentence)
            or len(told) >= MOST
            or start in told
        ):
            continue
        if _NOT.search(sentence[modal.end() :][:60]) or _NOT.search(sentence[: modal.start()]):
            continue
        owner = _tidy(_TO.sub("", ordered_to["who"])) if ordered_to is not None else _owner(sentence, modal)
        duty = " ".join(sentence[modal.end() :].split()[:40]).strip(" .,;:")
        if not owner or not duty:
            continue
        told.add(start)
        printed = " ".join(page.text[first:last].split())
        fact = Duty(
            owner=owner,
            duty=duty,
            date=iso,
            period=printed,
            clause="",
            binding="mandatory",
            binds="unknown",
        )
        notes(fact, start, end, "stated", 0.8 if iso else 0.7, "duty:elsewhere")


def _terms(page: Page) -> Iterator[tuple[int, int, str, int, int]]:
    """(sentence, its end, day, beginning and end of the term), the first of each sentence; days past are left out."""
    own, seen = page.document.date, -1
    for each in page.find(_TERM):
        start, end = page.sentence(each.start())
        if start == seen or end - start > 1000:
            continue
        found = next(find_dates(page.text, own[:4], each.end(), min(end, each.end() + 40)), None)
        if found is None or len(found.iso) < 10 or found.start > each.end() or (own and found.iso < own):
            continue
        seen = start
        yield start, end, found.iso, each.start(), found.end
    yield from _periods(page)
    for number_of in dict.fromkeys(
        page.sentence_number(each.start()) for each in _YEAR_END.finditer(page.low)
    ):
        start, end = page.sentences[number_of] if number_of >= 0 else (0, 0)
        for more in ends_elsewhere(page, start, end) if end - start <= 1000 else ():
            if not own or more.day >= own:
                yield start, end, more.day, more.start, more.end
    for term in relative_terms_elsewhere(page.words, own):
        start, end = page.sentence(term.start)
        if end - start <= 1000:
            yield start, end, term.day, term.start, term.end


def _periods(page: Page) -> Iterator[tuple[int, int, str, int, int]]:
    found = list(page.find(_PERIOD))
    days = act_days(page) if found else []
    for each in found:
        start, end = page.sentence(each.start())
        low = each["unit"].lower()
        unit = next(name for name, starts in _UNITS if low.startswith(starts))
        count = int(each["count"]) if each["count"].isdigit() else _COUNTS[each["count"].lower()]
        if end - start <= 1000:
            base = day_in(days, page, start, end) if unit != "hour" else ""
            yield start, end, later(base, count, unit) if base else "", each.start(), each.end()


def _owner(sentence: str, modal: re.Match[str]) -> str:
    """Who has to: before the binding word, or in German right behind it ("Laut Bescheid muss der Betreiber")."""
    head = " ".join(sentence[: modal.start()].split())
    if _GERMAN.search(modal[0]):
        after = " ".join(sentence[modal.end() :].split())
        bare = re.split(r"[,:;]\s", head)[-1]
        best = (
            _LAST.search(head)
            or _NOUN.search(head)
            or _NOUN.match(after)
            or _BARE.match(after)
            or _PLURAL.match(bare)
        )
        return _tidy(best[0]) if best is not None else ""
    return _tidy(re.split(r"[,:;]\s|\b(?:que|che|où)\s", head)[-1])


def _tidy(part: str) -> str:
    part = re.sub(
        r"^(?:(?:der|die|das|alle|jeder?s?|sämtliche|de|het|les?|la|los?|las|el|il|gli|i|toutes? les|tous les|todos los|todas las|chaque|cada)\s+|l['’])(?=\S)",
        "",
        part.strip(" ,;:"),
        flags=re.IGNORECASE,
    )
    words = part.split()
    return part[0].upper() + part[1:] if 0 < len(words) <= 12 and len(part) > 2 else ""
