# SPDX-License-Identifier: Apache-2.0
"""The knowledge pack, the crosswalk graph and the selection of controls.

`knowledge.open()` is the only reader of the pack.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from scc.knowledge.knowledge import Knowledge

__all__ = ["Knowledge", "open"]


@lru_cache(maxsize=4)
def open(path: Path | None = None, overlay: Path | None = None, titles: Path | None = None) -> Knowledge:
    """The pack in `path` (default: the one that ships), with our tables and a content overlay if given.

    `titles` is the folder with what the user installed beside the pack: licensed titles (default: the folder above
    `path`) and the text of Sigma rules. Opened once a process. Raises KnowledgeError if there is no usable pack.
    """
    from scc import content
    from scc.knowledge.pack import Pack
    from scc.knowledge.titles import licensed

    source = content.open(overlay)
    folder = path if path is not None else source.file("pack")
    return Knowledge(Pack(folder), source, licensed(titles or folder.parent), titles)
