# SPDX-License-Identifier: Apache-2.0
"""The items that this one is linked with: what each is to it, with the place where the shared identifier stands here."""

from __future__ import annotations

from collections.abc import Sequence

from scc.brief.evidence import Evidence
from scc.brief.phrases import Phrases
from scc.brief.sections import Section
from scc.model.briefing import RelatedItem
from scc.model.facts import Identifier
from scc.model.story import Link


def related_items(
    links: Sequence[Link], evidence: Evidence, phrases: Phrases, section: Section
) -> tuple[RelatedItem, ...]:
    """The links as statements, in their order."""
    found = []
    for each in links:
        rule = f"link-{each.relation}" + (
            "-exploited" if each.exploited and each.relation == "flaw-of-release" else ""
        )
        places = [seen.id for seen, fact in evidence.of(Identifier) if fact.value == each.identifier]
        draft = phrases.draft(rule, observations=places[:2], flaw=each.identifier)
        said = section.cited(draft)
        found.append(
            RelatedItem(
                sid=said.sid,
                text=said.text,
                citations=said.citations,
                item=each.item,
                title=each.title,
                relation=each.relation,
                identifier=each.identifier,
                tlp=each.tlp,
            )
        )
    return tuple(found)
