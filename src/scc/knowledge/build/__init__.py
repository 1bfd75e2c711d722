# SPDX-License-Identifier: Apache-2.0
"""Compiles official downloads into a pack: facts only, sorted, the same bytes from the same files.

`build(upstream, out)` is what `scc kb build` and `scc kb update` run. It reads a folder with a
MANIFEST.json and never opens a connection.
"""

from __future__ import annotations

from pathlib import Path

from scc.knowledge.build import attack, carry, controls, crosswalks, lists, names, stix_ids, weaknesses
from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import Manifest, Pack, write

__all__ = ["build"]


def build(upstream: Path, out: Path, kev: Path | None = None, base: Pack | None = None) -> Manifest:
    """Write a pack made from the downloads in `upstream` into the folder `out`; returns its manifest.

    `kev` is a KEV catalogue in JSON that replaces the one among the downloads; `base` a pack whose facts stand
    in for tables that the downloads do not hold (without it they are left out). Raises KnowledgeError if a
    file is absent, altered, not allowed to be carried, or of another shape; `out` may then be incomplete
    (it has no manifest, so nothing opens it).
    """
    source = Upstream(upstream)
    facts = Facts()
    release = attack.build(source, facts)
    weaknesses.build(source, facts)
    controls.build(source, facts)
    crosswalks.build(source, facts)
    names.build(source, facts, release)
    stix_ids.build(source, facts, release)
    lists.build(source, facts, kev)
    if base is not None:
        carry.carry(base, source, facts)
    return write(out, facts.sections(), source.datasets(), facts.frameworks())
