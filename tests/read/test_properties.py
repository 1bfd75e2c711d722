# SPDX-License-Identifier: Apache-2.0
"""What holds for every text: stable cleaning, no crash, linear time on hostile input."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.given import SOURCES

from scc.model.document import Document, Raw
from scc.model.provenance import Skipped
from scc.read import canonical_url, document, split
from scc.read.records import observations
from scc.read.text.dates import date_in, date_in_name, dateline, iso_date
from scc.read.text.decode import clean, decode, tidy
from scc.read.text.html import fragment_text
from scc.read.text.language import language
from scc.read.text.markdown import plain_markdown

TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=400)
MARKED = st.lists(
    st.sampled_from(
        ["# ", "\n", "\n\n", "- ", "* ", "1. ", "| a | b |\n", "|---|---|\n", "**", "_", "`", "```\n", "<p>", "</p>", "<script>", "</script>", "<!--", "-->", "[", "](", ")", "https://a.example/x", "&amp;", "---\n", "title: x\n", "\\", "!", "{{ site.x }}", "é", "Word ", "two words. ", "\t", "\u200b"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(TEXTS)
def test_cleaning_is_idempotent(text: str) -> None:
    once = tidy(clean(text)[0])
    assert tidy(clean(once)[0]) == once
    assert unicodedata.is_normalized("NFC", once)
    assert all(character == "\n" or unicodedata.category(character) not in ("Cc", "Cs") for character in once)


@settings(max_examples=300)
@given(st.one_of(TEXTS, MARKED))
def test_any_text_gives_a_document_or_a_reason(text: str) -> None:
    for part in split(Raw(data=text.encode("utf-8", "surrogatepass"), path="x")):
        found = part if isinstance(part, Skipped) else document(part, SOURCES)
        if isinstance(found, Skipped):
            assert found.reason and found.rule
        else:
            assert found.text == tidy(clean(found.text)[0]), "the stored text is what its offsets point into"
            assert found.text.strip() == found.text and found.title
            assert document(part, SOURCES) == found  # type: ignore[arg-type]


@given(st.binary(max_size=600))
def test_any_bytes_end_in_an_outcome(data: bytes) -> None:
    for part in split(Raw(data=data, path="x")):
        found = part if isinstance(part, Skipped) else document(part, SOURCES)
        assert isinstance(found, Document | Skipped)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "type", "objects", "Event", "Attribute", "document", "csaf_version", "vulnerabilities", "cve", "cveMetadata", "cveId", "containers", "cna", "adp", "metrics", "affected", "ranges", "events", "modified", "details", "resultsPerPage", "catalogVersion", "cveID", "dateAdded", "product_tree", "branches", "pattern", "spec_version", "affected_systems", "cves", "ghsaId", "title", "name", "items", "version", "references", "url"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=300)
@given(JSON)
def test_records_of_any_shape_never_raise(value: object) -> None:
    import json

    for part in split(Raw(data=json.dumps(value).encode(), path="x")):
        found = part if isinstance(part, Skipped) else document(part, SOURCES)
        if isinstance(found, Document):
            observations(found)


@given(
    st.one_of(
        st.text(max_size=80),
        st.builds("https://{}.example/{}?{}".format, st.text("ab-.", min_size=1, max_size=8), TEXTS, TEXTS),
    )
)
def test_canonical_address_is_idempotent(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://Press.Example:80/A/b/?utm_source=x&b=2&a=1#top", "https://press.example/A/b?a=1&b=2"),
        ("https://press.example/story/amp/", "https://press.example/story"),
        ("https://press.example/story?amp=1&id=7", "https://press.example/story?id=7"),
        ("https://press.example", "https://press.example/"),
        ("https://press.example//a%7Eb%2fc", "https://press.example/a~b%2Fc"),
        ("https://user:pw@press.example:8443/x", "https://press.example:8443/x"),
        ("https://press.example/ä b", "https://press.example/%C3%A4%20b"),
        ("ftp://press.example/x", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("/relative", ""),
    ],
)
def test_canonical_addresses(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-05", "2026-03-05"), ("2026-03-05T10:00:00+02:00", "2026-03-05T08:00:00Z"), ("2026-03-05 10:00", "2026-03-05T10:00:00Z"),
        ("Thu, 05 Mar 2026 09:30:00 +0100", "2026-03-05T08:30:00Z"), ("March 5th, 2026", "2026-03-05"), ("5 Mar. 2026", "2026-03-05"),
        ("2026/3/5", "2026-03-05"), ("20260305", "2026-03-05"), ("2026-03", "2026-03"), ("2026", "2026"),
        ("03/04/2026", ""), ("Marshall 5, 2026", ""), ("2026-02-30", ""), ("0000-00-00", ""), ("yesterday", ""), ("0001-01-01", ""),
        ("9999-12-31", ""), ("", ""), (None, ""), (True, ""), ("May 32, 2026", ""),
    ],
)  # fmt: skip
def test_dates_as_written(written: object, read: str) -> None:
    assert iso_date(written) == read


HOSTILE = {
    "open tags": "<a " * 350_000,
    "open comments": "<!--" * 250_000,
    "open scripts": "<script>" * 130_000,
    "angle brackets": "<" * 1_000_000,
    "brackets": "[" * 1_000_000,
    "links": "[a](" * 250_000,
    "emphasis": "*a_ " * 250_000,
    "backticks": "`" * 1_000_000,
    "pipes": "|" * 1_000_000,
    "pipe rows": "| a " * 250_000,
    "spaces": "x" + " " * 1_000_000 + "x",
    "newlines": "\n" * 1_000_000,
    "quotes": ">" * 1_000_000,
    "nested quotes": "> " * 500_000,
    "one word": "a" * 1_000_000,
    "digits": "1" * 1_000_000,
    "dates": "March 5, " * 110_000,
    "dots": "." * 1_000_000,
    "dotted": "a." * 500_000,
    "urls": "https://a.example/" * 55_000,
    "template": "{{ site.x " * 100_000,
    "dashes": "- " * 500_000,
    "yaml": "---\n" + "a: [" * 250_000,
    "entities": "&amp" * 250_000,
    "hashes": "# " * 500_000,
    "short lines": "ab\n" * 330_000,
    "tlp": "TLP:" * 250_000,
    "commas": "," * 1_000_000,
    "json braces": '{"a":' * 200_000,
    "xml": "<?xml version='1.0'?>" + "<a>" * 330_000,
    "html depth": "<html><body>" + "<div>" * 200_000,
    "html cells": "<html><body><table>" + "<td>x" * 200_000,
    "zero width": "\u200b" * 500_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_megabyte_of_hostile_text_is_read_to_its_end(name: str) -> None:
    """Quadratic behaviour would hang here: a suite-wide limit, not this test, says how long is too long."""
    text = HOSTILE[name]
    assert len(text) >= 900_000 or name in ("yaml", "zero width")
    for part in split(Raw(data=text.encode(), path="x")):
        found = part if isinstance(part, Skipped) else document(part, SOURCES)
        assert isinstance(found, Document | Skipped)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_each_reader_reads_a_megabyte_to_its_end(name: str) -> None:
    text = HOSTILE[name]
    assert isinstance(fragment_text(text)[0], str)
    assert isinstance(date_in(text) + dateline(text) + date_in_name(text) + language(text), str)
    assert decode(text.encode()).replaced == 0
    assert isinstance(canonical_url(text), str)
    assert plain_markdown(text[:200_000]).title is not None
