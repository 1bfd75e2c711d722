# SPDX-License-Identifier: Apache-2.0
"""Verbatim places of a source: the sentence around a span, and the sentences worth quoting.

A quote is at most 40 words (DESIGN rule 7) and never altered. Of a longer sentence the beginning is quoted, up to a
clause that only adds to it and with an ellipsis; where the rest denies or doubts what was said, it is not quoted in the prose
at all. An attribution at the end ("…, the company said") is told beside the quotation. As the citation of a place it is cut at a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from scc.model.document import Document
from scc.model.provenance import Locator, Pointer, Span
from scc.model.sentences import sentence_at, sentences

LIMIT: Final = 40
"""Words in a quotation, at most."""
_SENTENCES: Final = 120
"""Sentences of a text that are looked at: news says first what matters."""

_ADDRESSED: Final = re.compile(
    r"^(?:Please|Read|Click|Subscribe|Follow|Share|Image|Photo|Source|Update|Author)\b|\b(?:you|your)\b",
    re.IGNORECASE,
)
"""Turned to the reader or belonging to the page: never quoted."""
_DANGLING: Final = re.compile(
    r"(?:This|That|These|Those|It|They|He|She|His|Her|Their|Its|However|But|And|Also|Meanwhile|Additionally|"
    r"Furthermore|Moreover|Instead|Here|There|Then|Both|Such|In addition|As such|For example|Other|We|Our|I|"
    r"Elles?|Ils?|Cette|Cet|Ces|Cela|Ceci|Leurs?|Se|Sie|Dies|Diese[rs]?|Estos?|Estas?|Ellos|Questi?|Queste)\b"
)
_BULLET: Final = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
_HEADING: Final = re.compile(
    r"(?:\d{1,2}\.\s+)?(?:CONCLUSIONS?|SUMMARY|OVERVIEW|INTRODUCTION|BACKGROUND|ANALYSIS|DESCRIPTION|IMPACT|DETAILS|"
    r"RECOMMENDATIONS?|MITIGATIONS?|(?:EXECUTIVE|Executive) (?:SUMMARY|Summary)|(?:KEY|Key) (?:FINDINGS|Findings|"
    r"TAKEAWAYS|Takeaways|POINTS|Points)|(?:TECHNICAL|Technical) (?:DETAILS|Details|ANALYSIS|Analysis)|"
    r"Introduction|Conclusions?|Summary|Overview|Background):?\s+(?=[A-Z])"
)
"""A heading that an extraction has glued to its sentence."""
_DATED: Final = re.compile(
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|"
    r"\d{4}-\d{2}-\d{2})\s+(?=[A-Z])"
)
_ADDS: Final = re.compile(
    r"[,;](?= (?:which|who|whose|where|with|including|thereby|thus|\w{2,20}ing) )|(?= (?:by \w{2,20}ing|as part of|in order to|"
    r"in an? (?:attempt|bid|effort) to) )"
)
"""Where a clause begins that adds to what was said: a long sentence may end before it."""
_QUALIFIES: Final = re.compile(
    r"\b(?:not|no|never|nor|without|unless|if|but|although|though|however|except|despite|claim\w*|alleg\w*|den(?:y|ies|ied)|"
    r"accord\w*|report\w*|said|says|say|saying|told|warn\w*|states?|stated|disclos\w*|reveal\w*|announc\w*|believ\w*|"
    r"suspect\w*|may|might|could|would|likely|possibl\w*|potential\w*|appear\w*|seem\w*|think|assess\w*|confirm\w*|"
    r"disput\w*|rumou?r\w*|unclear|unknown|unverified)\b|n[’']t\b",
    re.IGNORECASE,
)
"""A rest with such a word may take back, doubt or attribute what stands before it."""
_VERB: Final = r"(?:said|says|warned|warns|reported|reports|wrote|writes|explained|announced|confirmed|added|noted|stated|told[ ][^,;.]{2,40})"
_WHOSE: Final = re.compile(
    rf",?[ ](?:according[ ]to[ ](?P<told>[^,;]{{2,80}}?)|(?P<says>[^,;]{{2,60}}?)[ ](?:has[ ]|have[ ])?{_VERB}(?:[ ](?:on|in|at|late|early|today|yesterday|last|this)\b[^,;]{{0,60}})?|(?:said|says)[ ](?P<named>[^,;]{{2,50}}?)(?:,[ ][^;]{{2,80}}?)?)[.”\"’]{{1,2}}$"
)
"""The end of a sentence that says whose word it is: ", the company said on Monday", ", according to researchers"."""
_NOBODY: Final = re.compile(
    # A pronoun, a clause, or words on where it was said instead of who said it.
    r"^(?:in|on|at|by|with|from|for|to|of|after|before|during|as part|through|via|last|late|early|it|he|she|they|who|which|that|and|but|as|what|also|we|i|you|this|these|there|none|nobody|when|while|where)\b",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r" (?:(?:published|released|issued|posted) )?(?:today|yesterday|this week|last week|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$"
)
"""When it was said: of no use beside a quotation of another day."""
_OPENING_LEAST: Final = 12
"""Words of a beginning that still says something."""
_TAIL: Final = 200
"""Characters at a sentence's end in which the attribution is looked for."""
_PERSONAL: Final = re.compile(r"\b(?:we|our|us|I|my)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+(?:[-'’.]\w+)*")
_OPENING: Final = re.compile(r'(?<![\w.,;:!?)])"(?=\w)')
"""A straight mark that opens: nothing but a blank or a bracket stands before it."""
_ENDS: Final = '.”"’'


def quote_at(document: Document, locator: Locator) -> str:
    """The sentence or record value at a locator, as it stands there, cut to 40 words."""
    if isinstance(locator, Pointer):
        return _value_at(document, locator)
    start, end = sentence_at(document.text, locator.start)
    found = " ".join(document.text[start : max(end, locator.end)].split())
    words = found.split(" ")
    if len(words) <= LIMIT:
        return found
    # The marked place itself must be inside the quote: centre the window on it.
    before = len(document.text[start : locator.start].split())
    first = max(0, min(before - LIMIT // 2, len(words) - LIMIT))
    cut = " ".join(words[first : first + LIMIT])
    return ("… " if first else "") + cut + (" …" if first + LIMIT < len(words) else "")


def salient(document: Document, terms: frozenset[str], marked: tuple[Span, ...], count: int) -> list[Span]:
    """Spans of the sentences that say most of the event, best first, at most `count`.

    `terms` are lower-case words of the story's title; `marked` are the places of its observations.
    Only sentences of 8 to 40 words that can stand alone are taken, and the beginnings of longer ones.
    """
    scored: list[tuple[float, int, Span]] = []
    for index, (span, text) in enumerate(_whole(document)):
        if not _stands_alone(text):
            continue
        words = {each.lower() for each in _WORD.findall(text)}
        inside = sum(1 for each in marked if span.start <= each.start < span.end)
        score = (
            2.0 * len(words & terms) / (len(terms) or 1)
            + min(inside, 4) * 0.35
            + max(0.0, 1.2 - index * 0.08)
            # A scene-setting sentence names nothing of the event.
            - (0.0 if inside or words & terms else 1.0)
        )
        scored.append((-score, index, span))
    return [each for *_, each in sorted(scored)[:count]]


def leaning(document: Document, count: int) -> list[Span]:
    """Spans of the first whole sentences that are short, refer back or speak as "we": for a text that
    has hardly any `salient` ones, at most `count`."""
    return [span for span, text in _whole(document) if not _stands_alone(text)][:count]


def written(document: Document, span: Span) -> str:
    """What stands at a quotable span, on one line; with an ellipsis where the sentence goes on."""
    text = " ".join(document.text[span.start : span.end].split())
    return text if text[-1:] in _ENDS else f"{text} …"


def _whole(document: Document) -> Iterator[tuple[Span, str]]:
    """Sentences of at most 40 words among the first of a text, and the beginnings of longer ones."""
    for start, end in sentences(document.text)[:_SENTENCES]:
        start = _begin(document, start, end)
        text = " ".join(document.text[start:end].split())
        if len(text.split(" ")) > LIMIT:
            end = _opening(document.text, start, _before_whose(document.text, start, end))
            text = " ".join(document.text[start:end].split()) + "." if end > start else ""
        if text and _is_whole(text, document.title):
            yield Span(start, end), text


def whose(document: Document, span: Span) -> str:
    """Who says what is quoted, as the source names him behind the quoted part of a long sentence; "" where nobody is named
    there (a whole sentence names its own)."""
    start, end = sentence_at(document.text, span.start)
    if span.end >= end:
        return ""
    found = _whose(document.text, start, end)
    return found[1] if found is not None and found[0] >= span.end else ""


def _whose(text: str, start: int, end: int) -> tuple[int, str] | None:
    """(where the attribution at the end of a sentence begins, who is named)."""
    begin = max(start, end - _TAIL)
    found = _WHOSE.search(text[begin:end].rstrip().replace("\n", " "))
    if found is None:
        return None
    who = _WHEN.sub("", " ".join((found["told"] or found["says"] or found["named"]).split()))
    if _NOBODY.match(who) or len(who.split()) > 8 or not re.search(r"[^\W\d_]{3}", who):
        return None
    return begin + found.start(), who


def _before_whose(text: str, start: int, end: int) -> int:
    """The end of what is said, without the words that say whose word it is; the sentence's own end where there are none."""
    found = _whose(text, start, end)
    return end if found is None else found[0]


def _opening(text: str, start: int, end: int) -> int:
    """Where the longest beginning of a long sentence ends that may stand without the rest; `start` if none may."""
    best = start
    if _OPENING_LEAST <= len(text[start:end].split()) < LIMIT:
        return end
    for mark in _ADDS.finditer(text, start, end):
        words = len(text[start : mark.start()].split())
        if words >= LIMIT:
            break
        if words >= _OPENING_LEAST and not _QUALIFIES.search(text, mark.start(), end):
            best = mark.start()
    return best


def _begin(document: Document, start: int, end: int) -> int:
    """Where a sentence really begins: after a bullet, the document's title, its date, a heading."""
    text = document.text
    mark = _BULLET.match(text, start, end)
    start = mark.end() if mark else start
    title = document.title
    if title and text.startswith(title, start) and re.match(r"\s+[A-Z0-9]", text[start + len(title) : end]):
        start += len(title)
        start += len(text[start:end]) - len(text[start:end].lstrip())
    for glued in (_DATED, _HEADING):
        found = glued.match(text, start, end)
        start = found.end() if found else start
    return start


def _stands_alone(text: str) -> bool:
    return text.count(" ") >= 7 and not _DANGLING.match(text) and not _PERSONAL.search(text)


def _is_whole(text: str, title: str) -> bool:
    words = text.split(" ")
    if not 4 <= len(words) <= LIMIT or text[-1] not in _ENDS or _ADDRESSED.search(text):
        return False
    # A name that is written small, in the title too, may begin a sentence.
    if not (text[0].isupper() or text[0].isdigit() or words[0] in title.split()):
        return False
    # A broken extraction shows as an unbalanced mark, a table row or markup left over.
    odd = text.count('"') % 2 or text.count("“") != text.count("”") or text.count("(") != text.count(")")
    return not odd and not any(
        mark in text for mark in (" | ", "://", "{", "}", "<", "…", "**", "`", "[", "]", "#")
    )


def _value_at(document: Document, pointer: Pointer) -> str:
    if document.payload is None:
        return ""
    value: object = msgspec.json.decode(document.payload)
    for part in pointer.path.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return ""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    words = text.split()
    return " ".join(words[:LIMIT]) + (" …" if len(words) > LIMIT else "")


def within(text: str) -> str:
    """A text as it stands inside quotation marks: its own double marks are single ones."""
    turned = _OPENING.sub("‘", text)
    return turned.replace("“", "‘").replace("”", "’").replace('"', "’")
