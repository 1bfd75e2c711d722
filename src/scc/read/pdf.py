# SPDX-License-Identifier: Apache-2.0
"""Text of a PDF, page by page. Runs no script of the file."""

from __future__ import annotations

from scc.model.provenance import Skipped
from scc.read.limits import TEXT_CHARACTERS, quarantine

PAGES_MOST = 500


def pdf_text(data: bytes) -> tuple[str, str] | Skipped:
    """(title, text) of a PDF, or why it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            return quarantine(
                "pdf-encrypted", "The PDF asks for a password; save it without one and give it again."
            )
        return quarantine("pdf-broken", "The PDF is damaged; get it again from its source.")
    try:
        parts: list[str] = []
        size = 0
        for index in range(min(len(document), PAGES_MOST)):
            page = document[index]
            text = page.get_textpage().get_text_bounded()
            parts.append(text)
            size += len(text)
            if size > TEXT_CHARACTERS:
                break
        title = str(document.get_metadata_dict().get("Title") or "")
    except pypdfium2.PdfiumError:
        return quarantine("pdf-broken", "A page of the PDF cannot be read; get it again from its source.")
    finally:
        document.close()
    text = "\n\n".join(parts)
    if not text.strip():
        return quarantine(
            "pdf-no-text", "The PDF holds pictures only; run text recognition on it and give the result."
        )
    return title, text
