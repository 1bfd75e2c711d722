# SPDX-License-Identifier: Apache-2.0
"""Which flaws of a release deserve an item of their own: exploited ones, and ones in an exposed product of the reader. Pure.

A minority only: where most flaws of a release deserve it, the release's own item says so already, and twelve items for one
update help nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from scc.assess.inventory import inventory
from scc.model.assessment import Assessment
from scc.model.facts import Observation, Product
from scc.model.organisation import Organisation

if TYPE_CHECKING:
    from scc.content import Content

MOST: Final = 10
"""Own items of one release."""
SHARE: Final = 0.5
"""Most of a release's flaws that get one."""


def deserving(
    assessment: Assessment, observations: Iterable[Observation], organisation: Organisation, content: Content
) -> tuple[str, ...]:
    """The flaws, sorted; `observations` are those of the story and of the records on its flaws."""
    every = [each.id for each in assessment.vulnerabilities if each.id.startswith("CVE-")]
    if assessment.historical or not every:
        return ()
    most = min(MOST, SHARE * len(every))
    exploited = [each.id for each in assessment.vulnerabilities if each.exploited and each.id in set(every)]
    if len(exploited) > most:
        return ()
    reached = sorted({*exploited, *_exposed(every, observations, organisation, content)})
    return tuple(reached if len(reached) <= most else sorted(exploited))


def _exposed(
    flaws: Sequence[str], observations: Iterable[Observation], organisation: Organisation, content: Content
) -> set[str]:
    """Flaws that a source gives for a product of ours that is reachable from the internet."""
    if not any(each.exposed for each in organisation.products):
        return set()
    ours = inventory(organisation.products, content)
    wanted = set(flaws)
    return {
        each.fact.vulnerability
        for each in observations
        if isinstance(each.fact, Product)
        and each.fact.vulnerability in wanted
        and each.fact.status not in ("not-affected", "fixed")
        and any(match.own.exposed for match in ours.matches(each.fact))
    }
