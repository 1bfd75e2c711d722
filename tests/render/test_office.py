# SPDX-License-Identifier: Apache-2.0
"""Word and Excel files, opened again with the libraries their readers use."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scc import render
from scc.model.briefing import Briefing


def _document(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def _book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_docx_has_headings_in_order_and_marks(maximal: Briefing) -> None:
    document = _document(render.docx(maximal))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    order = [
        "Executive summary",
        "Technical analysis",
        "Action checklist",
        "IR and forensic enrichment",
        "Per-action details",
        "Detection guidance",
        "Framework mappings",
        "MITRE ATT&CK mapping",
        "Vulnerabilities",
        "Weaknesses",
        "What the sources dispute",
        "Linked items",
        "Duties and deadlines",
        "What changed since revision 1",
        "Sources",
        "Citations",
        "Notes on the making",
        "Disclaimer",
    ]
    assert headings[1:] == order
    section = document.sections[0]
    for place in (section.header, section.footer):
        run = place.paragraphs[0].runs[0]
        assert run.text.strip() == "TLP:AMBER" and run.font.size.pt >= 12
        assert place.paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
        assert str(run.font.color.rgb) == "FFC000" and 'w:fill="000000"' in run._element.xml


def test_docx_citations_lead_to_bookmarks(maximal: Briefing) -> None:
    xml = zipfile.ZipFile(io.BytesIO(render.docx(maximal))).read("word/document.xml").decode()
    anchors = set(re.findall(r'w:anchor="([^"]+)"', xml))
    marks = re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert anchors == {f"cite-{each.id}" for each in maximal.citations}
    assert sorted(marks) == sorted(anchors)


def test_docx_links_only_to_web_addresses(maximal: Briefing) -> None:
    sources = (replace(maximal.sources[0], url="javascript:alert(1)"), *maximal.sources[1:])
    part = _document(render.docx(replace(maximal, sources=sources))).part
    targets = [each.target_ref for each in part.rels.values() if each.is_external]
    assert targets and all(each.startswith("https://") for each in targets)


def test_docx_table_heads_repeat(maximal: Briefing) -> None:
    tables = _document(render.docx(maximal)).tables
    assert len(tables) > 12
    for table in tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml


def test_xlsx_sheets_and_rows(maximal: Briefing) -> None:
    book = _book(render.xlsx(maximal))
    assert book.sheetnames == [
        "Briefing",
        "Actions",
        "Commands",
        "Deadlines",
        "Indicators",
        "Vulnerabilities",
        "Techniques",
        "Frameworks",
        "Linked items",
        "Sources",
    ]
    assert book["Actions"].max_row == 1 + len(maximal.actions)
    assert book["Sources"].max_row == 1 + len(maximal.sources)
    assert book["Vulnerabilities"]["F2"].value == pytest.approx(0.99616)
    for sheet in book:
        assert sheet.oddHeader.right.text == sheet.oddFooter.right.text == "TLP:AMBER"
        assert sheet.freeze_panes == "A2"


def test_xlsx_leaves_out_empty_lists(minimal: Briefing) -> None:
    assert _book(render.xlsx(minimal)).sheetnames == ["Briefing", "Sources"]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", "\t=1"]
)
def test_xlsx_holds_no_formula(text: str, fill: Callable[[str], Briefing]) -> None:
    data = render.xlsx(fill(text))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(each).decode() for each in archive.namelist() if "worksheets/" in each]
    assert sheets and not any("<f>" in each or "<f " in each for each in sheets)
    cell = _book(data)["Actions"]["D2"]
    assert cell.data_type == "s" and cell.value == text and cell.quotePrefix


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=40))
def test_any_text_opens_again(text: str, fill: Callable[[str], Briefing]) -> None:
    briefing = fill(text)
    assert _book(render.xlsx(briefing)).sheetnames
    assert _document(render.docx(briefing)).paragraphs


def test_a_huge_field_fits_a_cell(maximal: Briefing) -> None:
    book = _book(render.xlsx(replace(maximal, title="x" * 100_000)))
    assert len(book["Briefing"]["B2"].value) == 32_000
