# SPDX-License-Identifier: Apache-2.0
"""What an update takes over from the pack in use: facts that its downloads do not hold.

Three kinds: tables that no publisher offers as a file (the pairs behind `crosswalks.OFFLINE`, the OWASP list
for LLM applications), and what became of ids that publishers no longer list at all (techniques retired before
the STIX at hand, moved CSF subcategories). Nothing that the downloads do hold is overruled.
"""

from __future__ import annotations

from typing import Final

from scc.knowledge.build.crosswalks import OFFLINE
from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import EdgeGroup, Pack, Successor
from scc.knowledge.types import Node, TechniqueNode

_LISTS: Final = (
    ("owasp/owasp-llm-top10-2025-md.tar.gz", "OWASP Top 10 for LLM Applications", "owasp-llm-2025"),
)
"""(file, dataset, framework) of frameworks that are not fetched."""


def carry(base: Pack, upstream: Upstream, facts: Facts) -> None:
    """Add to `facts` what `base` knows and the downloads do not hold."""
    absent = {dataset for file, dataset in OFFLINE if not upstream.has(file)}
    for name in base.names("edges-"):
        for group in base.read(name, tuple[EdgeGroup, ...]):
            if group.dataset in absent:
                facts.group(name, group)
                _cite(base, upstream, group.dataset)
    for file, dataset, framework in _LISTS:
        section = f"nodes-{framework}"
        if not upstream.has(file) and base.section(section):
            facts.nodes(base.read(section, tuple[Node, ...]))
            _cite(base, upstream, dataset)
    _retired(base, facts)


def _retired(base: Pack, facts: Facts) -> None:
    """Ids that were revoked or deprecated stay known as such when their publisher drops them."""
    known = {(each.domain == "atlas", each.id) for each in facts.listed("techniques")}
    gone = [
        each
        for each in base.read("techniques", tuple[TechniqueNode, ...])
        if each.status != "live" and (each.domain == "atlas", each.id) not in known
    ]
    rows = [*facts.listed("techniques"), *gone]
    facts.value("techniques", sorted(rows, key=lambda each: (each.domain == "atlas", each.id, each.domain)))
    for name in base.names("nodes-"):
        framework = name.removeprefix("nodes-")
        ids = facts.ids(framework)
        if ids:
            nodes = base.read(name, tuple[Node, ...])
            facts.nodes(each for each in nodes if each.status != "live" and each.id not in ids)
    live = {
        ("atlas" if each.domain == "atlas" else "attack", each.id) for each in rows if each.status == "live"
    }
    facts.successors(
        each
        for each in base.read("successors", tuple[Successor, ...])
        if (each.framework, each.id) not in live and not facts.live(each.framework, each.id)
    )


def _cite(base: Pack, upstream: Upstream, dataset: str) -> None:
    for each in base.manifest.datasets:
        if each.name == dataset:
            for section in each.sections:
                upstream.section = section
                upstream.note(each.name, each.version, each.date, each.licence, each.url)
    upstream.section = ""
