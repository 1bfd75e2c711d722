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
from scc.read.text.urls import host_of

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
    path = "/" + url.partition("://")[2].partition("/")[2] + "/"
    index = _by_domain(sources)
    labels = host.split(".")
    for cut in range(len(labels)):
        for below, source in index.get(".".join(labels[cut:]), ()):
            if path.startswith(below):
                return source
    return None


_Index = dict[str, list[tuple[str, Source]]]
_last: tuple[Sequence[Source], _Index] = ((), {})


def _by_domain(sources: Sequence[Source]) -> _Index:
    """Host name to (path below it, source), the longest path first. The last index made is kept."""
    global _last
    if _last[0] is not sources:
        index: _Index = {}
        for source in sources:
            for domain in source.domains:
                name, _, below = domain.partition("/")
                index.setdefault(name, []).append((f"/{below}/" if below else "/", source))
        for found in index.values():
            found.sort(key=lambda each: -len(each[0]))
        _last = (sources, index)
    return _last[1]


def source_named(publisher: str, sources: Sequence[Source]) -> Source | None:
    """The source whose publisher has that name, or that signs with it."""
    wanted = publisher.strip().casefold()
    named = (
        each for each in sources if wanted in (each.publisher.casefold(), *map(str.casefold, each.names))
    )
    return next(named, None) if wanted else None


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
