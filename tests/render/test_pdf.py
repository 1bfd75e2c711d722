# SPDX-License-Identifier: Apache-2.0
"""The PDF: marked on each page, tagged, the same bytes again, and no text of a source breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scc import render
from scc.model.briefing import Briefing, IndicatorShown
from scc.model.tlp import ORDER
from scc.render.characters import Glyphs, covered
from scc.render.labels import CONTENT


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def _flat(text: str) -> str:
    """Text without blanks and line ends, because the page breaks lines where it likes."""
    return re.sub(
        r"\s", "", re.sub(r"\ufffe|\u0002", "-", text)
    )  # a hyphen at a line end is read as one of these


@pytest.mark.parametrize("label", ORDER)
def test_tlp_in_header_and_footer_of_each_page(label: str, minimal: Briefing) -> None:
    for text in _pages(render.pdf(replace(minimal, tlp=label))):
        assert text.count(label) == 2


def test_tlp_is_twelve_points_at_the_right_edge(maximal: Briefing) -> None:
    page = pypdfium2.PdfDocument(render.pdf(maximal))[2]
    text = page.get_textpage()
    found = text.search("TLP:AMBER")
    places = []
    while (hit := found.get_next()) is not None:
        index, count = hit
        _left, bottom, right, top = text.get_charbox(index + count - 1, loose=True)
        places.append((right, bottom, top))
    width, height = page.get_size()
    assert len(places) == 2
    for right, bottom, top in places:
        assert top - bottom >= 12  # the loose box of a character is at least the font size high
        assert width - right < 65
    assert {bottom > height / 2 for _, bottom, _ in places} == {True, False}


def test_text_of_the_briefing_is_there(maximal: Briefing) -> None:
    text = _flat("".join(_pages(render.pdf(maximal))))
    for statement in (*maximal.summary, *maximal.analysis, *maximal.recovery, maximal.page_one.decide):
        assert _flat(statement.text) in text
    for action in maximal.actions:
        assert _flat(action.done_when) in text
        for control in action.controls:
            assert _flat(control.title) in text


def test_commands_carry_no_hidden_characters(maximal: Briefing) -> None:
    pages = "".join(_pages(render.pdf(maximal)))
    assert "\u200b" not in pages
    for action in maximal.actions:
        for command in action.commands:
            assert _flat(command.text) in _flat(pages)


def test_page_one_is_one_page(maximal: Briefing) -> None:
    pages = _pages(render.pdf(maximal))
    assert maximal.page_one.line in pages[0].replace("\r\n", " ")
    assert "SCC item ID" in pages[1] and "SCC item ID" not in pages[0]


def test_same_briefing_same_bytes_and_dates_of_the_briefing(maximal: Briefing) -> None:
    first = render.pdf(maximal)
    assert render.pdf(maximal) == first
    meta = pypdfium2.PdfDocument(first).get_metadata_dict()
    assert meta["Title"] == maximal.title
    assert meta["CreationDate"].startswith("D:20260822120000")


def test_tagged_for_both_standards_with_bookmarks_and_embedded_fonts(maximal: Briefing) -> None:
    pdf = render.pdf(maximal)
    assert b"/MarkInfo" in pdf and b"/StructTreeRoot" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    document = pypdfium2.PdfDocument(pdf)
    titles = [each.get_title() for each in document.get_toc()]
    assert {"Executive summary", "Action checklist", "Sources", "Citations"} <= set(titles)


@pytest.mark.parametrize(
    "title",
    [
        "漏洞 in product",
        "ثغرة أمنية",
        "עברית and English",
        "emoji 🛡️👩‍💻 family",
        "controls \x00\x07\x1b[31m\x7f",
        "surrogate \ud83d alone",
        "turned \u202egpj.exe\u202c",
        "tags \U000e0041\U000e0042",
        "private \ue000 \U000f0000 noncharacter \ufdd0 \uffff",
        "combining a\u0301\u0327\u0300 z\u0335",
        "#set page(fill: red) = $x$ @cite <label> `raw` *b* _i_ \\ //",
        '#import "x.typ"',
        "A" * 3000,
        "word " * 600,
        "",
        " ",
        "soft\u00adhyphen zero\u200bwidth\ufeff",
        "line\nbreak\r\nand\u2028separator",
    ],
)
def test_any_title_is_set(title: str, minimal: Briefing) -> None:
    pages = _pages(render.pdf(replace(minimal, title=title)))
    assert all("TLP:CLEAR" in each for each in pages)


def test_missing_glyphs_are_written_out_and_counted(minimal: Briefing) -> None:
    pages = "".join(_pages(render.pdf(replace(minimal, title="漏洞"))))
    assert "[U+6F0F][U+6D1E]" in pages
    assert "2 characters are not in the fonts of this file" in pages.replace("\r\n", " ")
    assert "not in the fonts" not in "".join(_pages(render.pdf(minimal)))


def test_greek_cyrillic_and_vietnamese_are_drawn(minimal: Briefing) -> None:
    title = "Ευπάθεια уязвимость lỗ hổng"
    pages = "".join(_pages(render.pdf(replace(minimal, title=title))))
    assert title in pages and "[U+" not in pages


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=40))
def test_any_text_is_set(text: str, fill: Callable[[str], Briefing]) -> None:
    assert render.pdf(fill(text)).startswith(b"%PDF-")


def test_a_huge_field_is_set(minimal: Briefing) -> None:
    summary = (replace(minimal.summary[0], text="x" * 100_000),)
    pages = _pages(render.pdf(replace(minimal, summary=summary)))
    text = _flat("".join(pages))
    assert text.count("x") >= 12_000
    assert "88,000charactersmoreintheJSON" in text


def test_a_huge_title_leaves_page_one_one_page(maximal: Briefing) -> None:
    pages = _pages(render.pdf(replace(maximal, title="long words " * 10_000)))
    assert maximal.page_one.line in pages[0].replace("\r\n", " ")


def test_a_citation_that_does_not_exist_breaks_nothing(maximal: Briefing) -> None:
    broken = replace(
        maximal, summary=(replace(maximal.summary[0], citations=(999, 1)),), citations=maximal.citations[:3]
    )
    assert "999" in "".join(_pages(render.pdf(broken)))


@pytest.mark.parametrize("generated", ["", "yesterday", "2026-13-99T99:99:99Z", "2026-08-22"])
def test_any_time_stamp_is_taken(generated: str, minimal: Briefing) -> None:
    assert render.pdf(replace(minimal, generated=generated)).startswith(b"%PDF-")


def test_many_indicators_are_cut_and_the_cut_is_said(minimal: Briefing) -> None:
    rows = tuple(
        IndicatorShown(type="ipv4", value=f"192.0.2.{number % 256}", role="observed", note=f"row {number}")
        for number in range(1000)
    )
    pages = " ".join(_pages(render.pdf(replace(minimal, indicators=rows)))).replace("\r\n", " ")
    assert "700 further indicators are in the JSON and HTML of this briefing." in pages
    assert "row 299" in pages and "row 300" not in pages


def test_the_cmap_reader_agrees_with_known_characters() -> None:
    found = covered((CONTENT / "fonts" / "NotoSans-Regular.ttf").read_bytes())
    assert {ord(each) for each in "AzÄßЖλỗ€–“"} <= found
    assert 0x6F22 not in found and 0x200B not in found


def test_all_styles_of_a_family_cover_the_same() -> None:
    fonts = CONTENT / "fonts"
    upright = covered((fonts / "NotoSans-Regular.ttf").read_bytes())
    for style in ("SemiBold", "Bold"):
        assert covered((fonts / f"NotoSans-{style}.ttf").read_bytes()) == upright


def test_glyphs_drop_joiners_and_count_the_rest() -> None:
    glyphs = Glyphs(tuple(sorted((CONTENT / "fonts").glob("*.ttf"))))
    assert glyphs.fit("plain") == "plain"
    assert glyphs.fit("a\u200db\ufe0f") == "ab"
    assert glyphs.fit("x漢y") == "x[U+6F22]y"
    assert glyphs.replaced == 1


def test_fonts_stay_small() -> None:
    files = list(Path(CONTENT / "fonts").glob("*.ttf"))
    assert len(files) == 6
    assert sum(each.stat().st_size for each in files) < 2_500_000
