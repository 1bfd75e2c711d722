# SPDX-License-Identifier: Apache-2.0
"""Text of a PDF, page by page. Runs no script of the file, follows no link, recognises no picture."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from scc.model.provenance import Skipped
from scc.read.text.limits import TEXT_CHARACTERS, quarantine

PAGES_MOST: Final = 500
"""Pages read of one file."""
_BROKEN: Final = quarantine("pdf-broken", "The PDF is damaged; get it again from its source.")


class PdfText(msgspec.Struct, frozen=True):
    """What a PDF holds."""

    title: str
    text: str
    extractor: str


def pdf_text(data: bytes) -> PdfText | Skipped:
    """Title and text, or why there are none."""
    import pypdfium2
    from pypdfium2.version import PYPDFIUM_INFO

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            return quarantine(
                "pdf-encrypted", "The PDF asks for a password; save it without one and give it again."
            )
        return _BROKEN
    pages: list[str] = []
    try:
        size = 0
        for index in range(min(len(document), PAGES_MOST)):
            text = document[index].get_textpage().get_text_bounded()
            pages.append(text)
            size += len(text)
            if size > TEXT_CHARACTERS:
                break
        title = str(document.get_metadata_dict().get("Title") or "")
    except pypdfium2.PdfiumError:
        return _BROKEN
    finally:
        document.close()
    text = "\n\n".join(_lines(page) for page in _without_furniture(pages))
    if not text.strip():
        return quarantine(
            "pdf-no-text", "The PDF holds pictures only; run text recognition on it and give the result."
        )
    # Word processors put the file's name or nothing useful into the title.
    if re.search(r"\.(?:docx?|pdf|indd|tmp)$|^(?:untitled|microsoft word)", title, re.IGNORECASE):
        title = ""
    return PdfText(" ".join(title.split()), text, f"pypdfium2 {PYPDFIUM_INFO.version}")


def _without_furniture(pages: list[str]) -> list[str]:
    """The pages without the lines that stand at the head or foot of most of them."""
    if len(pages) < 4:
        return pages
    counts: dict[str, int] = {}
    split = [page.replace("\r", "").split("\n") for page in pages]
    for lines in split:
        for key in {_key(line) for line in (*lines[:3], *lines[-3:])}:
            counts[key] = counts.get(key, 0) + 1
    # A TLP marking stands there too and is needed.
    furniture = {key for key, count in counts.items() if count * 2 > len(pages) and key and "tlp" not in key}
    return ["\n".join(line for line in lines if _key(line) not in furniture) for lines in split]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _lines(page: str) -> str:
    """A page with words hyphenated at a line end joined; pdfium marks such hyphens with U+FFFE."""
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\ufffe\n?|\u00ad\n", "", page)
