# SPDX-License-Identifier: Apache-2.0
"""A Word document and what a briefing needs of it: marks, links, bookmarks, tables, commands.

Knows nothing of a briefing's sections; `to_docx` writes them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

_NAVY: Final = "0B2A4A"


class Paper:
    """A document and the few things this format needs of it."""

    def __init__(self, d: dict[str, Any]) -> None:
        import docx
        from docx.shared import Mm, Pt, RGBColor

        self.document: Any = docx.Document()
        self.known = {each["id"] for each in d["citations"]}
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
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _mark(self, paragraph: Any, label: str, colour: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(f" {label} ")
        run.bold, run.font.size = True, Pt(12)
        run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        run._element.get_or_add_rPr().append(_element("w:shd", val="clear", color="auto", fill="000000"))

    def heading(self, text: str, level: int) -> None:
        self.document.add_heading(text, level)

    def paragraph(self, style: str | None = None) -> Any:
        return self.document.add_paragraph(style=style)

    def plain(self, text: str, style: str | None = None, bold: bool = False) -> None:
        if text:
            self.paragraph(style).add_run(text).bold = bold

    def say(self, paragraph: Any, statement: dict[str, Any], bold: bool = False) -> None:
        """A statement and its citations at the end of a paragraph."""
        paragraph.add_run(statement["text"]).bold = bold
        self.cite(paragraph, statement["citations"])

    def cite(self, paragraph: Any, ids: Sequence[int]) -> None:
        for position, number in enumerate(ids):
            run = _run(f"{',' if position else ''}{number}", superscript=True)
            if number in self.known:
                link = _element("w:hyperlink", anchor=f"cite-{number}")
                link.append(run)
                paragraph._p.append(link)
            else:
                paragraph._p.append(run)

    def statements(self, rows: Iterable[dict[str, Any]]) -> None:
        for each in rows:
            self.say(self.paragraph("List Bullet"), each)

    def prose(self, rows: Iterable[dict[str, Any]]) -> None:
        paragraph = self.paragraph()
        for position, each in enumerate(rows):
            if position:
                paragraph.add_run(" ")
            self.say(paragraph, each)

    def link(self, paragraph: Any, text: str, href: str) -> None:
        if not href:
            paragraph.add_run(text)
            return
        relation = paragraph.part.relate_to(
            href,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        link = _element("w:hyperlink")
        link.set(_name("r:id"), relation)
        link.append(_run(text, link=True))
        paragraph._p.append(link)

    def bookmark(self, paragraph: Any, name: str) -> None:
        self._bookmarks += 1
        start = _element("w:bookmarkStart", id=str(self._bookmarks), name=name)
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(_element("w:bookmarkEnd", id=str(self._bookmarks)))

    def code(self, text: str) -> None:
        from docx.shared import Pt

        paragraph = self.paragraph()
        paragraph.paragraph_format.left_indent = Pt(12)
        for position, line in enumerate(text.split("\n")):
            run = paragraph.add_run(line)
            run.font.name, run.font.size = "Consolas", Pt(9)
            if position < text.count("\n"):
                run.add_break()

    def commands(self, commands: Iterable[dict[str, Any]]) -> None:
        for each in commands:
            label = ", ".join(part for part in (each["label"], each["purpose"]) if part)
            self.plain(label + (" (CHANGES STATE)" if each["alters"] else ""))
            self.code(each["text"])

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A cell is text, or a tuple (text, citations), or a tuple (text, href) for a link."""
        if not rows:
            return
        table = self.document.add_table(rows=1, cols=len(heads), style="Table Grid")
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
            cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="DCE5EF"))
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        for row in rows:
            added = table.add_row()
            added._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for cell, value in zip(added.cells, row, strict=True):
                self._fill(cell.paragraphs[0], value)
        self.paragraph()

    def _fill(self, paragraph: Any, value: Any) -> None:
        if isinstance(value, str):
            paragraph.add_run(value)
        elif isinstance(value[1], str):
            self.link(paragraph, value[0], value[1])
        else:
            self.say(paragraph, {"text": value[0], "citations": value[1]})


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(_name(f"w:{key}"), value)
    return made


def _run(text: str, superscript: bool = False, link: bool = False) -> Any:
    run, properties, words = _element("w:r"), _element("w:rPr"), _element("w:t")
    if link:
        properties.append(_element("w:color", val="12508F"))
        properties.append(_element("w:u", val="single"))
    if superscript:
        properties.append(_element("w:vertAlign", val="superscript"))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(properties)
    run.append(words)
    return run
