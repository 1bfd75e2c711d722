# SPDX-License-Identifier: Apache-2.0
"""Whose a document is and how far it may travel: publisher, tier and kind by source, TLP label.

An address counts more than a name; a page's own claim to a name counts for nothing but the name.
Label order: front matter, text, source, option (DESIGN, what always holds, 8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast, get_args

from scc.model.document import PublisherKind, Source
from scc.model.tlp import Tlp, parse, strictest
from scc.read.urls import host_of

_MARKING: Final = re.compile(
    r"^[ \t*_|>#\[(-]{0,8}(?:(?:Traffic Light Protocol|Classification|Marking|Sharing|Distribution|Label|Handling)"
    r"[ \t]{0,3}[:=-][ \t*]{0,4})?TLP[ \t]{0,2}[:_ -][ \t]{0,2}(WHITE|CLEAR|GREEN|AMBER\+STRICT|AMBER|RED)\b"
    r"[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_EXPLAINED: Final = 3
"""A text with marking lines of so many labels explains the protocol; it is not marked."""


def match_source(url: str, sources: Sequence[Source]) -> Source | None:
    """The source under whose domain (and path, where it names one) the address lies; the longest wins."""
    host = host_of(url)
    if not host:
        return None
    path = url.partition("://")[2].partition("/")[2]
    best: tuple[int, Source] | None = None
    for source in sources:
        for domain in source.domains:
            name, _, below = domain.partition("/")
            inside = host == name or host.endswith("." + name)
            if (
                inside
                and f"{path}/".startswith(f"{below}/" if below else "")
                and len(domain) > (best[0] if best else 0)
            ):
                best = (len(domain), source)
    return best[1] if best else None


def source_named(publisher: str, sources: Sequence[Source]) -> Source | None:
    """The source whose publisher has that name."""
    wanted = publisher.strip().casefold()
    return next((each for each in sources if each.publisher.casefold() == wanted), None) if wanted else None


def source_signed(text: str, sources: Sequence[Source]) -> Source | None:
    """The source with whose own phrases a text is signed (`Source.names`), if exactly one is."""
    found = {each.publisher: each for each in sources if any(name in text for name in each.names)}
    return next(iter(found.values())) if len(found) == 1 else None


def label_in(text: str) -> Tlp | None:
    """The label that marking lines of a text give, the strictest of two; None if there are none."""
    labels = {parse(found[1]) for found in _MARKING.finditer(text)} - {None}
    if not labels or len(labels) >= _EXPLAINED:
        return None
    return strictest([each for each in labels if each is not None])


def kind_of(word: str, source: Source | None) -> PublisherKind:
    """The publisher's kind: as stated, else the source's, else unknown."""
    if word in get_args(PublisherKind):
        return cast(PublisherKind, word)
    return source.publisher_kind if source is not None else "unknown"
