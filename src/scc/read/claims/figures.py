# SPDX-License-Identifier: Apache-2.0
"""Numbers as people write them: with any separator, scaled ("1,2 Mio.", "40k"), in words of English, German, French and
Spanish, with a bound ("at least", "jusqu'à") or as a range. Found backwards from a place, or forwards.

Shares ("a third of", "12 %"), money and years are no counts and left out. Says nothing about what is counted.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from scc.read.sought import one_of

Bound = Literal["", "at least", "more than", "up to", "fewer than", "about", "between"]

_SCALES: Final = {
    **dict.fromkeys("thousand thousands tausend tsd mille mil mila k milliers miles duizend".split(), 1_000),
    **dict.fromkeys("million millions mio millionen millones millón millon milioni milione mn m miljoen".split(), 1_000_000),
    **dict.fromkeys("billion billions milliarde milliarden milliard milliards mrd bn b".split(), 1_000_000_000),
}  # fmt: skip
_HUNDREDS: Final = frozenset("hundred hundert cent cents".split())
_SMALL: Final = {
    word: number
    for number, words in {
        1: "one a an ein eine einer un une uno una", 2: "two couple zwei deux dos due twee", 3: "three drei trois tres tre", 4: "four vier quatre cuatro quattro",
        5: "five fünf cinq cinco cinque", 6: "six sechs seis", 7: "seven sieben sept siete sette", 8: "eight acht huit ocho otto", 9: "nine neun neuf nueve nove",
        10: "ten zehn dix diez dieci", 11: "eleven elf onze", 12: "twelve zwölf douze doce dozen", 13: "thirteen dreizehn treize trece",
        14: "fourteen vierzehn quatorze catorce", 15: "fifteen fünfzehn quinze quince", 16: "sixteen sechzehn dieciséis",
        17: "seventeen siebzehn diecisiete", 18: "eighteen achtzehn dieciocho", 19: "nineteen neunzehn diecinueve", 20: "twenty zwanzig vingt veinte venti",
        30: "thirty dreißig trente treinta trenta", 40: "forty vierzig quarante cuarenta quaranta", 50: "fifty fünfzig cinquante cincuenta cinquanta",
        60: "sixty sechzig soixante sesenta", 70: "seventy siebzig septante setenta", 80: "eighty achtzig huitante ochenta", 90: "ninety neunzig nonante noventa",
        100: "cien ciento cento", 200: "doscientos doscientas", 300: "trescientos trescientas", 400: "cuatrocientos cuatrocientas", 500: "quinientos quinientas",
        600: "seiscientos seiscientas", 700: "setecientos setecientas", 800: "ochocientos ochocientas", 900: "novecientos novecientas",
    }.items()
    for word in words.split()
}  # fmt: skip
_INSIDE: Final = frozenset("and et y".split())
_ARTICLES: Final = frozenset("a an un une una uno ein eine einer".split())
_ALONE: Final = frozenset("mil mille mila tausend duizend".split())
"""Scales that need no figure; "thousands of" and "several million" are no counts."""
_PART: Final = re.compile(r"\b(?:(half)|quarter of) $", re.IGNORECASE)
_COMPOUND: Final = re.compile(r"hundert|tausend|und(?:zwanzig|drei|vierzig|fünfzig|sech|sieb|acht|neun)")
_GERMAN: Final = re.compile(r"[a-zäöüß]{6,60}")
_GROUPED: Final = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,4}(?!\d)"
TOKEN: Final = re.compile(
    rf"(?<![\w.,]){_GROUPED}|(?<![\w.,])\d{{1,9}}(?:[.,]\d{{1,3}})?(?!\d)|[^\W\d_]+|[%$€£–—-]"
)
_JOINS: Final = frozenset("and to und bis et à y a e – — -".split())
_BOUNDS: Final[tuple[tuple[Bound, re.Pattern[str]], ...]] = (
    (
        "between",
        re.compile(r"\b(?:between|anywhere from|zwischen|entre|tra)\b[^.;]{0,30}$", re.IGNORECASE),
    ),
    (
        "fewer than",
        re.compile(
            r"\b(?:fewer than|less than|under|below|weniger als|unter|moins de|menos de|meno di|minder dan)(?: an?)?\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        "up to",
        re.compile(
            r"\b(?:up to|as many as|(?:no|not) more than|at (?:the )?most|a maximum of|bis zu|maximal|höchstens|nicht mehr als|jusqu['’]à|au plus|pas plus de|hasta|no más de|como máximo|fino a|tot)(?: an?)?\W*$"
            r"|\b(?:potentially|possibly|potentiellement|potenziell|möglicherweise|potencialmente|posiblemente)\b[^.;,]{0,40}$",
            re.IGNORECASE,
        ),
    ),
    (
        "at least",
        re.compile(
            r"\b(?:at least|(?:no|not) (?:fewer|less) than|a minimum of|mindestens|wenigstens|au moins|al menos|por lo menos|almeno|minstens)(?: an?)?\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        "about",
        re.compile(
            r"\b(?:about|around|roughly|some|almost|nearly|approximately|approx|circa|ca|close to|just over|just under|a little (?:over|more than|under)|slightly (?:over|more than|under)|an estimated|estimated|rund|etwa|ungefähr|knapp|gut|fast|beinahe|quelque|quelques|environ|près de|un peu plus de|un peu moins de|presque|unos|unas|cerca de|alrededor de|casi|aproximadamente|circa|quasi|ongeveer|zo'n)(?: an?)?\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        "more than",
        re.compile(
            r"\b(?:more than|over|upwards of|exceed(?:s|ing|ed)?|in excess of|above|north of|mehr als|über|plus de|más de|oltre|più di|meer dan)(?: an?)?\W*$",
            re.IGNORECASE,
        ),
    ),
)
_REFUSED: Final = re.compile(
    r"(?:\b(?:thirds?|quarters?|fifths?|tenths?|half|halves|most|many|some|part|majority|fraction|handful|none|%|percent|per cent|cent)[ ]of(?:[ ](?:the|its|their|our|these|those))?[ ]$)|"
    r"(?:[$€£%]|\b(?:USD|EUR|not|nicht|keine|pas|version|versions|v|article|section|page|ports?|CVE|no|nr|number|percent|per))[\W]{0,2}$",
    re.IGNORECASE,
)


NUMBER: Final = re.compile(
    rf"\d|hundert|tausend|\b{one_of({*_SMALL, *_SCALES, *_HUNDREDS} - {'a', 'an', 'k', 'm', 'b'})}\b",
    re.IGNORECASE,
)
"""Of these every number has one."""
REACH: Final = 40
"""Characters at the end of a number in which one of them stands."""


class Figure(NamedTuple):
    """A count: from `low` to `high`, equal unless a range was said, with the bound said before it."""

    low: int
    high: int
    bound: Bound
    start: int
    end: int

    def __str__(self) -> str:
        if self.high != self.low:
            return f"between {self.low:,} and {self.high:,}"
        return f"{self.bound} {self.low:,}".lstrip()


def figure_before(text: str, start: int, end: int) -> Figure | None:
    """The count whose last word ends at `end` in text[start:end], with what bounds it; None where there is none."""
    if NUMBER.search(text, max(start, end - REACH), end) is None:
        return None
    tokens = [(each[0], each.start(), each.end()) for each in TOKEN.finditer(text, start, end)]
    if not tokens or text[tokens[-1][2] : end].strip(" \n-.") or len(tokens) > 60:
        return None
    first = _run([each[0] for each in tokens])
    run = [each[0] for each in tokens[first:]]
    count = _value(run)
    if count is None or (run[0].lower() in _SCALES and run[0].lower() not in _ALONE):
        return None
    if len(run) == 1 and (1990 <= count <= 2035 or count == 365) and run[0].isdigit():
        return None  # a year, or a product's name
    begin = tokens[first][1]
    before = text[max(start, begin - 60) : begin]
    if part := _PART.search(before):
        count = count // (2 if part[1] else 4)
        begin -= len(part[0])
        before = before[: part.start()]
    low: int | None = None
    if first > 1 and tokens[first - 1][0] in _JOINS:
        low = _range_low(text, start, [each[0] for each in tokens[: first - 1]], run)
    if _REFUSED.search(before):
        return None
    bound: Bound = next((kind for kind, pattern in _BOUNDS if pattern.search(before)), "")
    if low is not None and low < count:
        return Figure(low, count, "between", begin, tokens[-1][2])
    return Figure(count, count, "" if bound == "between" else bound, begin, tokens[-1][2])


def figure_after(text: str, start: int, end: int) -> Figure | None:
    """The first count in text[start:end]."""
    last = -1
    for each in TOKEN.finditer(text, start, end):
        if _numeral(each[0]) and (last >= 0 or each[0][0].isdigit() or len(each[0]) > 2):
            last = each.end()
        elif last >= 0:
            break
    return figure_before(text, start, last) if last >= 0 else None


def _run(tokens: list[str]) -> int:
    """Index from which the last tokens are one row of numerals: "six hundred and fifty", "trente-trois"."""
    first = len(tokens)
    while first > 0:
        token = tokens[first - 1]
        if token.lower() in _ARTICLES and first < len(tokens) and tokens[first][0].isdigit():
            break  # "alcanzó a 3,5 millones"
        if _numeral(token):
            first -= 1
            continue
        if first < 2 or first == len(tokens):
            break
        before, after = tokens[first - 2].lower(), _SMALL.get(tokens[first].lower(), 100)
        tens = 20 <= _SMALL.get(before, 0) <= 90
        if (
            (token == "-" and before in _SMALL and tokens[first].lower() in _SMALL)
            or (token in ("et", "y") and tens and after < 10)
            or (token == "and" and (before in _HUNDREDS or before in _SCALES) and after < 100)
        ):
            first -= 2
            continue
        break
    return first


def _numeral(token: str) -> bool:
    low = token.lower()
    return (
        token[0].isdigit()
        or low in _SMALL
        or low in _SCALES
        or low in _HUNDREDS
        or (len(low) > 5 and _COMPOUND.search(low) is not None and _german(low) is not None)
    )


def _range_low(text: str, start: int, tokens: list[str], run: list[str]) -> int | None:
    """The lower end before "and", "to": with the scale of the upper end where it has none of its own."""
    first = _run(tokens)
    said = tokens[first:]
    if not said or (
        first > 0
        and tokens[first - 1].lower()
        not in ("between", "from", "zwischen", "entre", "de", "von", "entre", "some", "about")
    ):
        return None
    low = _amount(said)
    scale = next((_SCALES[each.lower()] for each in run if each.lower() in _SCALES), 1)
    own = any(each.lower() in _SCALES for each in said)
    if low is None:
        return None
    return round(low * scale if not own and low < 1000 else low)


def _value(tokens: list[str]) -> int | None:
    found = _amount(tokens)
    return None if found is None else round(found)


def _amount(tokens: list[str]) -> float | None:
    """What a row of numerals says; None if they make no number."""
    total = 0.0
    group: float | None = None
    for token in tokens:
        low = token.lower()
        if low in _INSIDE or token == "-":
            continue
        if token[0].isdigit():
            if group is not None:
                return None
            group = _digits(token)
        elif low in _HUNDREDS:
            group = (group or 1) * 100
        elif low in _SCALES:
            total += (1 if group is None else group) * _SCALES[low]
            group = None
        elif low in _SMALL:
            if low in ("dozen",) and group is not None:
                group *= 12
            elif low in ("vingt", "vingts") and group == 4:
                group = 80
            else:
                group = (group or 0) + _SMALL[low]
        else:
            found = _german(low)
            if found is None:
                return None
            if found >= 1_000:
                total += found
            else:
                group = (group or 0) + found
    if group is None and not total:
        return None
    return total + (group or 0)


def _digits(token: str) -> float:
    """ "1.234" and "1,234" are 1234; "1,2" and "1.25" are decimals."""
    if re.fullmatch(_GROUPED, token):
        return float(re.sub(r"\D", "", token))
    return float(token.replace(",", "."))


def _german(word: str) -> int | None:
    """A German compound such as "zweihundertdreißigtausend"."""
    if not _GERMAN.fullmatch(word):
        return None
    if "tausend" in word:
        head, _, tail = word.partition("tausend")
        high, rest = _german_small(head), _german_small(tail)
        return None if high is None or rest is None else (high or 1) * 1000 + rest
    return _german_small(word)


def _german_small(word: str) -> int | None:
    if not word:
        return 0
    if "hundert" in word:
        head, _, tail = word.partition("hundert")
        high, rest = _german_small(head), _german_small(tail.removeprefix("und"))
        return None if high is None or rest is None or high > 9 else (high or 1) * 100 + rest
    if word in _SMALL:
        return _SMALL[word]
    ones, joined, tens = word.partition("und")
    small = 1 if ones == "ein" else _SMALL.get(ones)
    return small + _SMALL[tens] if joined and small and small < 10 and tens in _SMALL else None
