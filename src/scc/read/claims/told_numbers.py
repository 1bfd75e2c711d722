# SPDX-License-Identifier: Apache-2.0
"""How many are affected, put together from a count, what is counted and a word of harm in one sentence.

"Letters are on their way to 3.2 million patients whose records were compromised"; "betroffen sind bis zu 40.000
Haushalte". Runs after `claims` and notes only what is counted there in no claim yet. What an organisation has ("serves
40 million customers"), what a flaw could reach, what a survey or another year says is no count of those hit.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim
from scc.read.claims.figures import NUMBER, REACH, Figure, figure_after, figure_before
from scc.read.claims.told_words import (
    CONFIDENCE,
    SENTENCE_MOST,
    WIDE,
    Place,
    answered,
    brief,
    by_sentence,
    voice,
)
from scc.read.holders import publisher_holder
from scc.read.page import Notes, Page
from scc.read.scope import fictional, ordered

_BETWEEN: Final = re.compile(
    # What may stand between a count and its noun: "of its", "current and former", "Hostwell".
    r"\.?(?:[ \n](?:of|de|d['’]|des|du|di|von|the|its|their|our|these|those|all|and|or|y|et|und|ihrer|seiner|sus|ses|nos|[\w.'’-]{3,20})){0,5}[ \n]?(?:d['’])?[ \n]?",
)
_NO_FILLER: Final = re.compile(
    r"\b(?:in|on|at|from|to|by|for|with|into|after|before|when|which|that|who|were|was|are|is|have|has|had|than|as|per|percent|years?|days?|hours?|weeks?|months?|minutes?|dollars?|euros?|pounds?|bitcoins?|gigabytes|terabytes|GB|TB|MB|other|different|types?|kinds?)\b",
    re.IGNORECASE,
)
_STOCK: Final = re.compile(
    r"\b(?:serv(?:es|ing|ed|ices?)|has|have|had|having|employ\w*|with|boast\w*|operat\w*|manag\w*|count(?:s|ing)|runs?|trusted by|used by|hosts?|protects?|covers?|represent\w*|provid\w*[^.;]{0,20} to|home to|population of|zählt|hat|compte|cuenta con|tiene|beschäftigt|emploie|emplea)"
    r"(?:[ ](?:about|over|more than|some|around|nearly|almost|roughly|at least|up to|approximately|an estimated|its|as many as|rund|mehr als|plus de|más de|près de|environ|unos))*[ ]$",
    re.IGNORECASE,
)
"""What an organisation has or serves; its count follows."""
_OTHER: Final = re.compile(
    r"\b(?:vulnerab\w+|exposed to (?:CVE-[\d-]+|attacks?|the (?:flaw|bug|hole))|flaws?|bugs?|plug-?ins?|installations?|installs|downloads?|downloaded|internet-exposed|exposed to the internet|reachable|unpatched|patched|"
    r"surveys?|surveyed|respondents|polls?|on average|average|per year|each year|a year|annual\w*|statistics|so far this year|since 20\d\d|globally|worldwide|"
    r"earlier|previous(?:ly)?|separate(?:ly)?|unrelated|another|last (?:year|month)|years? ago|similar|history|historical|largest|biggest|compared|like the|also hit|"
    r"could|would|if|exercise|drill|simulat\w+|scenario|hypothetical\w*|fictional|novel|thriller|film|example|typically|usually|often|"
    r"lawsuits?|fine[ds]?|settle\w*|class action|compensation|refund\w*|eligible|credit monitoring|reward|target(?:s|ed|ing)?|surveil\w*|track(?:s|ed|ing)|dismantl\w*|takedown|took down|seized|criminal (?:user )?accounts|at a time|crackdown|detain\w*|suspects?|members of|police|law enforcement|for sale|most active|month of|charged|pleaded|sentenced|arrest\w*)\b",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|denie[sd]|nicht|kein\w*|aucun\w*|ne|n['’]\w+|pas|ningun[oa]?|ningún|no)\b[^.,;:!?\n]{0,70}$|n[’']t\b[^.,;:!?\n]{0,70}$",
    re.IGNORECASE,
)
_NOT_MORE: Final = re.compile(r"\b(?:no|not|pas|nicht|no) (?:more|fewer|less|mehr|plus|más)\b", re.IGNORECASE)
_SPARED: Final = re.compile(
    r"[^.;:\n]{0,60}?\b(?:(?:was|were|is|are|has|have|had|been) (?:not|never|unaffected|safe|spared)|wasn[’']t|weren[’']t|unaffected|nicht betroffen|not (?:affected|exposed|at risk|involved|included|compromised))\b",
    re.IGNORECASE,
)
_COUNT_OF: Final = re.compile(
    r"\b(?:number|count|total|tally|toll|figure|Zahl|Anzahl|nombre|número|numero)[ ](?:of|der|de|des|d['’]|di|los|las|the|affected|betroffenen|total|[ ])+(?:[\w'’-]{2,18}[ ]){0,3}$",
    re.IGNORECASE,
)
_IS: Final = re.compile(
    r"\b(?:is|at|to|was|reached|stands|stood|rises|rose|of|beläuft|liegt|bei|auf|est|à|es|asciende|a|as)\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
_OF_ALL: Final = re.compile(
    r"[ \n](?:of|out of|der|von|de|sur|des)(?: (?:our|the|its|their|all|some|about|around|more than|over|roughly|nearly|unserer|seiner|ihrer|nos|ses|los|sus))*[ \n]\Z"
)
_THEM: Final = re.compile(r"\d[\w ]{0,12}(?: of)? (?P<them>of them)\b")
_CUT: Final = re.compile(r"\b(?:Mio|Mrd|Tsd|ca|approx|No|Nr)\.\s?\Z")
_NOBODY: Final = re.compile(
    r"(?:\b(?:no|not (?:a single|one)|keine?(?: einzige)?|aucun(?:e)?|ningún|ninguna|nessun[ao]?)[ ](?:single[ ]|of (?:our|the|its)[ ]|customer[ ]|user[ ]|patient[ ]|de nos[ ])?|\bnone of (?:our|the|its|their)[ ](?:[\w,.]{1,20}[ ]){0,2})"
    r"(?P<noun>customers?|accounts?|patients?|users?|clients?|persons?|people|members?|students?|residents?|subscribers?|policyholders?|employees?|devices?|systems?|servers?|computers?|Kunde|Kunden|Konto|Konten|Nutzer|Patienten?|Person(?:en)?|clientes?|comptes?|usagers?|patients?|cuentas?|usuarios?|pacientes?|personnes?|utenti|clienti)\b"
    r"(?: (?:de|d['’]|von)[ ]?(?:(?:los|las|les|nos|nuestros|den)[ ])?\w{3,14})?(?=[ ](?:was|were|is|are|has|have|had|of|in|at|se|n['’]\w+|est|sont|a|ont|wurde|wurden|ist|sind|fue|fueron|ha|han|è|sono|affected|impacted|compromised)\b)[^.;:\n]{0,40}\b(?:affected|impacted|hit|compromised|exposed|stolen|accessed|taken|breached|touched|involved|betroffen|kompromittiert|touchée?s?|concernée?s?|compromise?s?|afectad[ao]s?|comprometid[ao]s?|colpit[aoei])\b",
    re.IGNORECASE,
)
_NONE_WORDS: Final = (
    "no ",
    "none of",
    "not a single",
    "not one",
    "kein",
    "aucun",
    "ningún",
    "ninguna",
    "nessun",
)
"""Of these it has one; looked for first, because that is cheap."""
_SEEN: Final = re.compile(
    r"\b(?:evidence|indications?|signs?|reports?|so far|to date|yet|aware|known|believe|other|further|additional|Hinweise?|indices?|other|more|directly|currently|if|unless)\b",
    re.IGNORECASE,
)
_ONE_KIND: Final = {
    "devices": "devices",
    "device": "devices",
    "systems": "devices",
    "system": "devices",
    "servers": "devices",
    "server": "devices",
    "computers": "devices",
    "computer": "devices",
}
_BACK: Final = 60
"""Characters before a noun in which its count may end."""
_CUT_BACK: Final = 24
_LEAST: Final = 10
_MOST: Final = 4
_CROWD: Final = 50_000


def note_told_numbers(page: Page, notes: Notes) -> None:
    """Note at most four counts of those hit; none where `claims` noted one."""
    if answered(notes, "number-affected"):
        return
    told: set[str] = set()
    sentences = by_sentence(page)
    short = brief(page)
    around = [each for words in sentences.values() for each in words.get("harm", ())] if short else []
    for number, words in sentences.items():
        start, end = page.sentences[number]
        counted, harm = [*words.get("counted", ()), *words.get("elsewhere", ())], words.get("harm") or around
        if (
            harm
            and not counted
            and "them" in page.low[start:end]
            and (them := _THEM.search(page.text, start, end))
        ):
            # "More than 6,000 of them are caught up": those that the sentence before names.
            before = sentences.get(number - 1, {})
            named = [*before.get("counted", ()), *before.get("elsewhere", ())]
            counted = [Place(named[0].value, them.start("them"), them.end())] if named else []
        start, end = page.sentences[number]
        if (
            harm
            and any(each in page.low[start:end] for each in _NONE_WORDS)
            and (nobody := _NOBODY.search(page.text, start, end))
            and not _SEEN.search(page.text, start, end)
        ):
            unit = _ONE_KIND.get(nobody["noun"].lower(), "people")
            claim = Claim(
                "number-affected",
                f"0 {unit}",
                voice(page, number, end, "negated").modality,
                publisher_holder(page.document),
            )
            if claim.modality in ("asserted", "reported"):
                notes(claim, start, end, "stated", CONFIDENCE, f"{WIDE}number")
            continue
        if not counted or not harm or end - start > SENTENCE_MOST or len(told) >= _MOST:
            continue
        found = _count(page, start, end, counted, harm)
        if found is None:
            continue
        figure, noun = found
        spoken = voice(page, number, figure.start, "negated")
        if spoken.modality in ("denied", "no-evidence"):
            continue
        if spoken.modality == "possible" and figure.bound == "up to":
            # "Potentially 40,000 people" says how many at most.
            spoken = spoken._replace(modality="reported")
        value = f"{figure} {_name(page, noun, figure, noun in words.get('counted', ()))}"
        if value not in told:
            told.add(value)
            claim = Claim("number-affected", value, spoken.modality, spoken.holder)
            notes(claim, start, end, "stated", CONFIDENCE, f"{WIDE}number")


def _name(page: Page, noun: Place, figure: Figure, english: bool) -> str:
    """What is counted in English; so many victims are people, fewer may be organisations."""
    if page.low[noun.start : noun.end] == "of them":
        return noun.value
    if noun.value == "victims":
        return "people" if figure.low >= _CROWD else "victims"
    return page.low[noun.start : noun.end] if english else noun.value


def _count(
    page: Page, start: int, end: int, counted: list[Place], harm: list[Place]
) -> tuple[Figure, Place] | None:
    """The largest count of those hit that the sentence gives, with its noun."""
    text = page.text
    best: tuple[Figure, Place] | None = None
    for noun in counted:
        figure = _of_noun(text, start, end, noun)
        if figure is None or (figure.high < _LEAST and figure.bound != "fewer than"):
            continue
        if noun.value != "victims" and not any(
            each.end <= figure.start or each.start >= figure.end for each in harm
        ):
            continue
        if best is None or figure.high > best[0].high:
            best = (figure, noun)
    if best is None:
        return None
    figure, noun = best
    before = text[start : figure.start]
    if noun.value != "victims" and _STOCK.search(before):
        return None
    if _OTHER.search(text, start, end) or page.section(start) in ("reference", "advice"):
        return None
    if (_NO.search(before) and not _NOT_MORE.search(before)) or _SPARED.match(text, noun.end, end):
        return None
    if ordered(page, start) or fictional(page, start):
        return None
    return best


def _of_noun(text: str, start: int, end: int, noun: Place) -> Figure | None:
    """The count that belongs to a noun: before it, or behind "the number of …"."""
    before = text[max(start, noun.start - 90) : noun.start]
    if _COUNT_OF.search(before):
        figure = figure_after(text, noun.end, min(end, noun.end + 110))
        return figure if figure and _IS.search(text, noun.end, figure.start) else None
    at = noun.start
    if NUMBER.search(text, max(start - _CUT_BACK, noun.start - _BACK - REACH, 0), at) is None:
        return None
    if _CUT.search(text, max(0, start - 12), start):
        start = max(0, start - _CUT_BACK)  # "1,2 Mio. Kunden" was taken for two sentences
    for _ in range(5):
        figure = figure_before(text, max(start, noun.start - 110), at)
        if figure is not None:
            filler = text[figure.end : noun.start]
            if (share := _OF_ALL.search(text, max(start, figure.start - 60), figure.start)) is not None:
                # "Fewer than 300 of our 90,000 clients": the first is the count.
                first = figure_before(text, max(start, share.start() - 60), share.start())
                if first is not None:
                    return first
            return figure if _BETWEEN.fullmatch(filler) and not _NO_FILLER.search(filler) else None
        cut = text.rfind(" ", max(start, noun.start - _BACK), max(start, at - 1))
        if cut < 0:
            return None
        at = cut + 1
        if text[at - 2 : at - 1] in ",;:.)(":
            return None
    return None
