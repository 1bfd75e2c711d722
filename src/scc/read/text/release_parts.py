# SPDX-License-Identifier: Apache-2.0
"""What a release says of one of its flaws, as a document of its own: the lines and sentences that name that flaw alone.

For a flaw that becomes an item of its own. Nothing is written anew; what names several flaws at once stays with the
release.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from scc.model.document import Document
from scc.model.ids import short
from scc.model.sentences import sentences

FORMAT: Final = "release-part"
_CVE: Final = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_HEADING: Final = 160
"""Characters of the longest line that is a heading."""
_LONGEST: Final = 6000
_LEAST: Final = 60
"""Characters beside the title below which a release says nothing of the flaw alone."""


def release_part(document: Document, flaw: str) -> Document | None:
    """The part of a release on one flaw; None when it tells nothing of that flaw alone."""
    kept: list[str] = []
    title, under = "", False
    for line in document.text.split("\n"):
        named = {each.upper() for each in _CVE.findall(line)}
        heading = bool(named) and len(line) <= _HEADING and not line.rstrip().endswith((".", "!", "?", ";"))
        if heading:
            under = named == {flaw}
            title = title or (line.strip(" -*#|") if under else "")
        if named - {flaw} or (not named and not under):
            if named - {flaw} and flaw in named:
                kept.extend(_alone(line, flaw))
            continue
        kept.append(line)
    text = "\n".join(kept).strip()[:_LONGEST]
    headline = title if flaw in title.upper() and len(title) > len(flaw) + 8 else f"{flaw}: {document.title}"
    if len(text) < _LEAST:
        return None
    url = f"{document.url}#{flaw.lower()}" if document.url else ""
    whole = text if text.startswith(headline) else f"{headline}\n\n{text}"
    return replace(
        document,
        id=short("doc", url or f"{document.id}#{flaw}", " ".join(whole.split())),
        kind="article",
        format=FORMAT,
        title=headline,
        text=whole,
        url=url,
        payload=None,
        parent=document.id,
        entry=flaw,
        part_of=document.title,
        links=(),
        excerpt=False,
    )


def _alone(line: str, flaw: str) -> list[str]:
    """The sentences of a line that name this flaw and no other."""
    told = [line[start:stop] for start, stop in sentences(line)]
    return [each for each in told if {one.upper() for one in _CVE.findall(each)} == {flaw}]
