# SPDX-License-Identifier: Apache-2.0
"""Items that are one job for those who do the work: the same product of ours, the same urgency, raised together. Pure.

Bringing a product to its newest version closes every flaw that its maker has fixed, so nine flaws of one product raised
on one night are one call, one change window and one hunt, not nine. Each item keeps its own urgency, do-by time and
page; nothing is lowered or hidden by being part of a job. Items on no product of ours are jobs of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from scc.model.assessment import Priority


class Job(msgspec.Struct, frozen=True):
    """One piece of work."""

    priority: Priority
    products: tuple[str, ...]
    """Products of the profile that it is about; none: the item stands alone."""
    items: tuple[str, ...]
    """Keys of its items, in the order given."""


def jobs(raised: Iterable[tuple[str, Priority, Sequence[str]]]) -> tuple[Job, ...]:
    """(key, priority, products of ours) of items raised together, to jobs in the order of their first item."""
    found: dict[tuple[str, ...], list[tuple[str, Priority, tuple[str, ...]]]] = {}
    for key, priority, products in raised:
        ours = tuple(sorted(set(products)))
        found.setdefault((priority, *ours) if ours else (priority, "", key), []).append((key, priority, ours))
    return tuple(Job(group[0][1], group[0][2], tuple(key for key, _, _ in group)) for group in found.values())
