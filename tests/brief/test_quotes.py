# SPDX-License-Identifier: Apache-2.0
"""What is quoted: whole sentences that can stand alone, verbatim, short; lesser ones only when asked for."""

from __future__ import annotations

import msgspec
import pytest

from scc.brief.quotes import LIMIT, leaning, quote_at, salient, whose, written
from scc.model.document import Document
from scc.model.provenance import Span

TEXT = """Phishing of registry users

We received several reports of a phishing campaign aimed at users of the registry. Please read on.

The mails came from a domain that the foundation does not control and asked for a sign-in. They are malicious.

Subscribe to our newsletter to read more of this kind of thing every week. It was taken down (see the note."""


def _document(text: str) -> Document:
    return Document(
        id="doc-1", kind="article", format="text", title="Phishing of registry users", text=text,
        publisher="Example", tier="T2", tlp="TLP:CLEAR", url="", path="a.txt",
    )  # fmt: skip


def _texts(document: Document, spans: list[Span]) -> list[str]:
    return [document.text[span.start : span.end] for span in spans]


def test_a_sentence_that_stands_alone_is_salient() -> None:
    document = _document(TEXT)
    assert _texts(document, salient(document, frozenset({"phishing"}), (), 3)) == [
        "The mails came from a domain that the foundation does not control and asked for a sign-in."
    ]


def test_leaning_sentences_are_whole_and_not_turned_to_the_reader() -> None:
    document = _document(TEXT)
    assert _texts(document, leaning(document, 5)) == [
        "We received several reports of a phishing campaign aimed at users of the registry."
    ]


def test_a_title_word_and_a_marked_place_raise_a_sentence() -> None:
    first = "The vendor has published a long report about its work of the past year."
    second = "The gateway flaw was used against eleven hospitals before the update came out."
    document = _document(f"Report\n\n{first} {second}")
    assert _texts(document, salient(document, frozenset({"gateway", "flaw"}), (), 1)) == [second]
    place = Span(document.text.index("eleven"), document.text.index("eleven") + 6)
    assert _texts(document, salient(document, frozenset(), (place,) * 3, 1)) == [second]


def test_a_long_sentence_is_cut_around_the_place() -> None:
    words = [f"word{number}" for number in range(100)]
    document = _document(" ".join(words) + ".")
    start = document.text.index("word70")
    quote = quote_at(document, Span(start, start + 6))
    assert "word70" in quote
    assert quote.startswith("… ")
    assert quote.endswith(" …")
    assert len(quote.replace("…", "").split()) == LIMIT
    assert not salient(document, frozenset(), (), 3)


def test_quotes_are_verbatim() -> None:
    document = msgspec.structs.replace(_document(TEXT), title="x")
    for span in [*salient(document, frozenset(), (), 9), *leaning(document, 9)]:
        assert document.text[span.start : span.end].strip() == document.text[span.start : span.end]


def test_headings_and_dates_that_an_extraction_glued_on_are_no_part_of_the_quote() -> None:
    said = "The gateway flaw was used against eleven hospitals before the update came out."
    for glued in ("Phishing of registry users February 12, 2020 ", "CONCLUSION ", "5. Key Findings: "):
        document = _document(f"{glued}{said}")
        assert _texts(document, salient(document, frozenset({"gateway"}), (), 1)) == [said], glued


def test_a_name_written_small_in_the_title_begins_a_sentence() -> None:
    document = msgspec.structs.replace(
        _document("acmeweb through 0.3.10 allows scripts in /update."), title="[acmeweb] acmeweb flaw"
    )
    assert _texts(document, leaning(document, 1)) == ["acmeweb through 0.3.10 allows scripts in /update."]
    document = msgspec.structs.replace(document, title="A flaw")
    assert leaning(document, 1) == []


LONG = (
    "The group known as Example Bear has been running a campaign in which strangers approach engineers of water "
    "utilities on a business network and send them offers of work{rest}"
)


def test_of_a_long_sentence_the_beginning_is_quoted_up_to_a_clause_that_adds() -> None:
    rest = (
        ", delivering a remote access tool with the second attachment that they send after a week of friendly "
        "and patient talk about the position."
    )
    document = _document(LONG.format(rest=rest))
    spans = salient(document, frozenset({"campaign"}), (), 1)
    assert _texts(document, spans) == [LONG.format(rest="")]
    quote = written(document, spans[0])
    assert quote == LONG.format(rest=" …")
    assert len(quote.split()) <= LIMIT


@pytest.mark.parametrize(
    "rest",
    [
        ", according to a post that an account nobody knows has put on a forum and that was taken down after an hour.",
        ", including several that the utilities deny and that no other source has been able to see until this day at all.",
        ", which may have been the work of somebody else who has been using the same names for years in that region.",
        " and this goes on and on for many more words without any clause that would only add to what it has said before it.",
    ],
)
def test_a_long_sentence_whose_rest_doubts_or_attributes_is_not_quoted(rest: str) -> None:
    document = _document(LONG.format(rest=rest))
    assert len(document.text.split()) > LIMIT
    assert not salient(document, frozenset({"campaign"}), (), 1)


TOLD = (
    "Intruders who had been inside the network of the regional water utility since the beginning of the year copied the "
    "records of its customers and the plans of three pumping stations before anybody noticed them at all{rest}"
)


@pytest.mark.parametrize(
    ("rest", "holder"),
    [
        (", the utility said in a notice on the first working day after the long weekend.", "the utility"),
        (", according to two people who have seen the report.", "two people who have seen the report"),
        (", researchers at Fabrikam Labs have warned.", "researchers at Fabrikam Labs"),
        (", according to a Fabrikam Labs report published today.", "a Fabrikam Labs report"),
        (", said Jane Roe, who leads the emergency team of the state government.", "Jane Roe"),
    ],
)
def test_of_a_long_sentence_that_ends_in_its_speaker_the_speaker_is_told(rest: str, holder: str) -> None:
    document = _document(TOLD.format(rest=rest) + " The utility has called in the police.")
    spans = salient(document, frozenset({"intruders", "utility"}), (), 1)
    assert written(document, spans[0]) == TOLD.format(rest=" …")
    assert len(written(document, spans[0]).split()) <= LIMIT
    assert whose(document, spans[0]) == holder


@pytest.mark.parametrize(
    "rest",
    [
        ", he said on the evening of the first working day after the long weekend.",
        ", engineers A and B said in a report of some length that was published with others, in a notice said at noon.",
        ", which the utility says is untrue and has never been shown by anybody at all.",
        ", but nobody at the utility would confirm it on that day, a speaker said.",
    ],
)
def test_where_nobody_is_named_or_the_rest_doubts_it_is_not_quoted(rest: str) -> None:
    document = _document(TOLD.format(rest=rest))
    assert len(document.text.split()) > LIMIT
    assert not salient(document, frozenset({"intruders"}), (), 1)


def test_a_short_sentence_keeps_its_speaker_inside_the_quotation() -> None:
    text = "Intruders copied the records of all customers of the utility, its director said."
    document = _document(text)
    spans = salient(document, frozenset({"intruders"}), (), 1)
    assert written(document, spans[0]) == text
    assert whose(document, spans[0]) == ""
