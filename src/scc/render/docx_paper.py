# SPDX-License-Identifier: Apache-2.0
"""A Word document and what a briefing needs of it: marks, links, bookmarks, tables, commands.

The frame (styles, header, footer) is python-docx's; the body is written as WordprocessingML text and parsed once,
because an object for each run and a search for each style take most of the time of a document. Knows nothing of
a briefing's sections; `to_docx` writes them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

_NAVY: Final = "0B2A4A"
_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES: Final = {
    "Title": "Title", "Heading 1": "Heading1", "Heading 2": "Heading2", "Heading 3": "Heading3",
    "List Bullet": "ListBullet", "Table Grid": "TableGrid",
}  # fmt: skip
"""Ids of the styles of python-docx's template."""
_BREAKS: Final = re.compile("([\t\n\r])")
_WIDTH: Final = 170 * 36000 / 635
"""Width between the margins: 170 mm in twentieths of a point."""
_CODE: Final = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/><w:sz w:val="18"/>'


class Paragraph:
    """A paragraph as it is written; its parts are WordprocessingML."""

    def __init__(self, paper: Paper, properties: str = "") -> None:
        self._paper = paper
        self._properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        self.parts: list[str] = []

    def run(self, text: str, bold: bool | None = None) -> None:
        """Text; `bold` None leaves it to the style."""
        mark = "" if bold is None else "<w:b/>" if bold else '<w:b w:val="0"/>'
        self.parts.append(_run(text, mark))

    def xml(self) -> str:
        return f"<w:p>{self._properties}{''.join(self.parts)}</w:p>"


class Paper:
    """A document and the few things this format needs of it."""

    def __init__(self, d: dict[str, Any]) -> None:
        import docx
        from docx.shared import Mm, Pt, RGBColor

        self.document: Any = docx.Document()
        self.known = {each["id"] for each in d["citations"]}
        self._body: list[Paragraph | str] = []
        self._links: dict[str, str] = {}
        self._bookmarks = 0
        core = self.document.core_properties
        core.title, core.author, core.comments = d["title"][:250], "Security Command Center", d["id"]
        core.language = "en"
        for style in self.document.styles:
            if style.type == 1 and style.name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
                style.font.name = "Calibri"
                style.font.color.rgb = RGBColor.from_string("15202B" if style.name == "Normal" else _NAVY)
        self.document.styles["Normal"].font.size = Pt(10)
        self.document.styles["Title"].font.size = Pt(20)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        for place in (section.header, section.footer):
            self._mark(place.paragraphs[0], d["tlp"], d["tlp_colour"])

    def bytes(self) -> bytes:
        """The document with all that was put on it."""
        from lxml import etree

        written = "".join(each if isinstance(each, str) else each.xml() for each in self._body)
        parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
        made = etree.fromstring(
            f'<w:body xmlns:w="{_WORDS}" xmlns:r="{_RELATIONS}">{written}</w:body>'.encode(), parser
        )
        body = self.document.element.body
        end = body.sectPr
        for each in list(made):
            end.addprevious(each)
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _mark(self, paragraph: Any, label: str, colour: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(f" {label} ")
        run.bold, run.font.size = True, Pt(12)
        run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "000000")):
            shade.set(qn(f"w:{key}"), value)
        run._element.get_or_add_rPr().append(shade)

    def heading(self, text: str, level: int) -> None:
        """A heading of level 1 to 3, or the title (0)."""
        self.paragraph(f"Heading {level}" if level else "Title").run(text)

    def paragraph(self, style: str | None = None, properties: str = "") -> Paragraph:
        """A new paragraph at the end of the document."""
        named = f'<w:pStyle w:val="{_STYLES[style]}"/>' if style else ""
        made = Paragraph(self, named + properties)
        self._body.append(made)
        return made

    def new_page(self) -> None:
        """What follows begins a page."""
        self._body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def plain(self, text: str, style: str | None = None, bold: bool = False) -> None:
        if text:
            self.paragraph(style).run(text, bold)

    def say(self, paragraph: Paragraph, statement: dict[str, Any], bold: bool = False) -> None:
        """A statement and its citations at the end of a paragraph."""
        paragraph.run(statement["text"], bold)
        self.cite(paragraph, statement["citations"])

    def cite(self, paragraph: Paragraph, ids: Sequence[int]) -> None:
        for position, number in enumerate(ids):
            run = _run(f"{',' if position else ''}{number}", '<w:vertAlign w:val="superscript"/>')
            known = number in self.known
            paragraph.parts.append(
                f'<w:hyperlink w:anchor="cite-{number}">{run}</w:hyperlink>' if known else run
            )

    def statements(self, rows: Iterable[dict[str, Any]]) -> None:
        for each in rows:
            self.say(self.paragraph("List Bullet"), each)

    def prose(self, rows: Iterable[dict[str, Any]]) -> None:
        paragraph = self.paragraph()
        for position, each in enumerate(rows):
            if position:
                paragraph.run(" ")
            self.say(paragraph, each)

    def link(self, paragraph: Paragraph, text: str, href: str) -> None:
        if not href:
            paragraph.run(text)
            return
        if href not in self._links:
            self._links[href] = self.document.part.rels.get_or_add_ext_rel(f"{_RELATIONS}/hyperlink", href)
        run = _run(text, '<w:color w:val="12508F"/><w:u w:val="single"/>')
        paragraph.parts.append(f"<w:hyperlink r:id={quoteattr(self._links[href])}>{run}</w:hyperlink>")

    def bookmark(self, paragraph: Paragraph, name: str) -> None:
        """Names the whole paragraph as it is now."""
        self._bookmarks += 1
        number = self._bookmarks
        paragraph.parts.insert(0, f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>')
        paragraph.parts.append(f'<w:bookmarkEnd w:id="{number}"/>')

    def code(self, text: str) -> None:
        self.paragraph(properties='<w:ind w:left="240"/>').parts.append(_run(text, _CODE))

    def commands(self, commands: Iterable[dict[str, Any]]) -> None:
        for each in commands:
            label = ", ".join(part for part in (each["label"], each["purpose"]) if part)
            self.plain(label + (" (CHANGES STATE)" if each["alters"] else ""))
            self.code(each["text"])

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A cell is text, or a tuple (text, citations), or a tuple (text, href) for a link."""
        if not rows:
            return
        width = round(_WIDTH / len(heads))
        cell = f'<w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>'
        written = [
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{_STYLES["Table Grid"]}"/><w:tblW w:type="auto" w:w="0"/>'
            '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1"'
            f' w:val="04A0"/></w:tblPr><w:tblGrid>{f"""<w:gridCol w:w="{width}"/>""" * len(heads)}</w:tblGrid>',
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>",
        ]
        for head in heads:
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="DCE5EF"/></w:tcPr>'
            written.append(f"<w:tc>{cell}{shade}<w:p>{_run(head, '<w:b/>')}</w:p></w:tc>")
        written.append("</w:tr>")
        for row in rows:
            written.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
            for _, value in zip(heads, row, strict=True):
                paragraph = Paragraph(self)
                self._fill(paragraph, value)
                written.append(f"<w:tc>{cell}</w:tcPr>{paragraph.xml()}</w:tc>")
            written.append("</w:tr>")
        self._body.append("".join((*written, "</w:tbl>")))
        self.paragraph()

    def _fill(self, paragraph: Paragraph, value: Any) -> None:
        if isinstance(value, str):
            paragraph.run(value)
        elif isinstance(value[1], str):
            self.link(paragraph, value[0], value[1])
        else:
            self.say(paragraph, {"text": value[0], "citations": value[1]})


def _run(text: str, properties: str = "") -> str:
    """A run of text; line breaks and tabs of the text are those of Word."""
    words = "".join(map(_piece, _BREAKS.split(text)))
    return f"<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>" if properties else f"<w:r>{words}</w:r>"


def _piece(text: str) -> str:
    if text == "\t":
        return "<w:tab/>"
    if text in ("\n", "\r"):
        return "<w:br/>"
    if not text:
        return ""
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{kept}>{escape(text)}</w:t>"
