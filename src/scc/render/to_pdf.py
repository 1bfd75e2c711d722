# SPDX-License-Identifier: Apache-2.0
"""The briefing as a tagged PDF (PDF/UA-1 and PDF/A-2a in one file), set by typst.

The briefing goes in as JSON and is never code. Only the shipped fonts are used; a character they lack is
written out as `[U+6F22]` and counted in a note, because the standards refuse a missing glyph. The time
stamps of the file are those of the briefing: same briefing, same bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.model.briefing import Briefing
from scc.model.errors import RenderError
from scc.render.characters import Glyphs, visible
from scc.render.labels import CONTENT
from scc.render.view import view

INDICATORS_MOST: Final = 300
"""Rows of the indicator table in the PDF; the rest is counted and stands in the HTML and the JSON."""
FIELD_MOST: Final = 12_000
"""Characters of one field in the PDF: PDF/A-2a allows no string over 32,767 bytes. What is cut is counted."""
TITLE_MOST: Final = 400
STANDARDS: Final = ("ua-1", "a-2a")
_BREAK: Final = "\u200b"
_LONG: Final = re.compile(r"\S{25,}")
_SIGNS: Final = re.compile(r"(?<=[/.\-_?&=:@,;+|)\]])(?=[^/.\-_?&=:@,;+|)\]])")
_PIECE: Final = 18
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?")


def write(briefing: Briefing) -> bytes:
    """The PDF. Raises RenderError with the typesetter's message when it refuses."""
    import typst

    glyphs = Glyphs(_fonts())
    shown = view(briefing, lambda text: _breakable(_cut(glyphs.fit(visible(text)), FIELD_MOST)))
    _complete(shown, briefing, glyphs)
    _mark(shown)
    data = msgspec.json.encode(shown).decode("utf-8", "replace")
    try:
        written = _compiler().compile(
            format="pdf",
            sys_inputs={"briefing": data},
            pdf_standards=list(STANDARDS),
            timestamp=_seconds(briefing.generated),
        )
    except (typst.TypstError, RuntimeError) as error:
        raise RenderError(
            f"The PDF of {briefing.id} could not be set: {error}.",
            "Use another format and report this with the JSON of the briefing.",
        ) from error
    if not isinstance(written, bytes):
        raise RenderError(f"The PDF of {briefing.id} came out empty.", "Use another format.")
    return written


@lru_cache(maxsize=1)
def _fonts() -> tuple[Path, ...]:
    return tuple(sorted((CONTENT / "fonts").glob("*.ttf")))


@lru_cache(maxsize=1)
def _compiler() -> Any:
    """One compiler for the process: fonts and the parsed template are kept between briefings."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[CONTENT / "fonts"]
    )
    template = CONTENT / "templates" / "briefing.typ"
    return typst.Compiler(template, root=CONTENT / "templates", font_paths=fonts, ignore_system_fonts=True)


def _cut(text: str, most: int) -> str:
    """The text, or its beginning with the number of characters left out."""
    if len(text) <= most:
        return text
    return f"{text[:most]} […: {len(text) - most:,} characters more in the JSON]"


def _breakable(text: str) -> str:
    """Places where a long word may break, marked with U+200B, which the template turns into no space."""
    return _LONG.sub(_split, text)


def _split(found: re.Match[str]) -> str:
    parts = _SIGNS.split(found[0])
    return _BREAK.join(
        _BREAK.join(part[at : at + _PIECE] for at in range(0, len(part), _PIECE)) for part in parts
    )


def _complete(shown: dict[str, Any], briefing: Briefing, glyphs: Glyphs) -> None:
    """What only the PDF needs: author, creation date, the count of replaced characters."""
    plain = " ".join(shown["title"].replace(_BREAK, "").split()) or shown["id"]  # PDF/UA-1 wants a title
    shown["title_plain"] = _cut(plain, TITLE_MOST)
    shown["title"] = _breakable(shown["title_plain"])
    shown["author"] = "Security Command Center"
    shown["created"] = _created(briefing.generated)
    shown["indicators_cut"] = max(0, len(shown["indicators"]) - INDICATORS_MOST)
    del shown["indicators"][INDICATORS_MOST:]
    if glyphs.replaced:
        count = f"{glyphs.replaced} characters are" if glyphs.replaced > 1 else "1 character is"
        shown["notes"].append(
            f"{count} not in the fonts of this file and written out as [U+…]; the HTML and the JSON have them."
        )


def _created(iso: str) -> dict[str, int]:
    """The briefing's own time in parts; 1970-01-01 when it is none."""
    from datetime import datetime

    found = _DATE.match(iso)
    names = ("year", "month", "day", "hour", "minute", "second")
    try:
        parts = [int(part or 0) for part in found.groups()] if found else []
        datetime(*parts)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        parts = [1970, 1, 1, 0, 0, 0]
    return dict(zip(names, parts, strict=True))


def _seconds(iso: str) -> int:
    from calendar import timegm

    at = _created(iso)
    return timegm((at["year"], at["month"], at["day"], at["hour"], at["minute"], at["second"]))


def _mark(shown: dict[str, Any]) -> None:
    """Turns citation ids into marks: whether the entry exists, and whether the entry leads back here.

    An entry leads back to its first use in a part that the template always prints.
    """
    entries = shown.pop("citations")
    marks = _Marks({each["id"] for each in entries})
    one = shown["page_one"]
    always = (
        one["decide"],
        one["known"],
        one["unknown"],
        one["would_change"],
        shown["summary"],
        shown["analysis"],
    )
    for part in always:
        marks.walk(part, certain=True)
    marks.walk(shown, certain=False)
    for each in entries:
        each["back"] = each["id"] in marks.led
    shown["citations"] = entries


class _Marks:
    def __init__(self, known: set[int]) -> None:
        self.known = known
        self.led: set[int] = set()

    def walk(self, value: Any, certain: bool) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "citations":
                    value[key] = [self._mark(each, certain) for each in inner]
                else:
                    self.walk(inner, certain)
        elif isinstance(value, list):
            for inner in value:
                self.walk(inner, certain)

    def _mark(self, number: Any, certain: bool) -> Any:
        if not isinstance(number, int):
            return number  # seen before: the step lists share their actions with the full list
        first = certain and number in self.known and number not in self.led
        if first:
            self.led.add(number)
        return {"n": number, "link": number in self.known, "first": first}
