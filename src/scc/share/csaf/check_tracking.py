# SPDX-License-Identifier: Apache-2.0
"""Mandatory tests of CSAF 2.0 on versions and their history: 6.1.14, 6.1.16 to 6.1.22, 6.1.30.

Integer versions and Semantic Versioning 2.0.0 are both known; build metadata never counts in an order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from scc.share.csaf.documents import Failure, Part, placed, repeated
from scc.share.identity import moment

HISTORY = "/document/tracking/revision_history"


class Version(msgspec.Struct, frozen=True):
    """A version of a document."""

    numbers: tuple[int, ...]
    """One number, or the three of Semantic Versioning."""
    pre: tuple[tuple[int, int, str], ...] = ()
    """Identifiers of the pre-release, in a form that sorts as section 11 of Semantic Versioning demands."""

    @property
    def order(self) -> tuple[tuple[int, ...], bool, tuple[tuple[int, int, str], ...]]:
        return self.numbers, not self.pre, self.pre

    @property
    def early(self) -> bool:
        """0 or 0.y.z."""
        return self.numbers[0] == 0


def version(text: str) -> Version:
    """Raises ValueError when the text is no version of CSAF."""
    core, _, pre = text.partition("+")[0].partition("-")
    parts = [(0, int(each), "") if each.isdigit() else (1, 0, each) for each in pre.split(".") if each]
    return Version(tuple(int(each) for each in core.split(".")), tuple(parts))


def failures(document: Part) -> Iterator[Failure]:
    tracking = document["document"]["tracking"]
    status = tracking["status"]
    shown = version(tracking["version"])
    history = [
        (path, each["number"], moment(each["date"]))
        for path, each in placed(HISTORY, tracking["revision_history"])
    ]
    dated = [
        version(number)
        for _, number, _ in sorted(history, key=lambda each: (each[2], version(each[1]).order))
    ]
    if any(first.order > second.order for first, second in pairwise(dated)):
        yield Failure("6.1.14", HISTORY, "by date, the numbers do not ascend")
    draft = status == "draft"
    last = dated[-1]
    same = last.numbers == shown.numbers if draft else last.order == shown.order
    if not same:
        yield Failure("6.1.16", "/document/tracking/version", "it is not the number of the last revision")
    if not draft and (shown.early or shown.pre):
        yield Failure("6.1.17", "/document/tracking/status", "a version that is no release is a draft")
    for path, number, _ in history:
        one = version(number)
        if not draft and one.early:
            yield Failure("6.1.18", f"{path}/number", "a released history holds a version of a draft")
        if one.pre:
            yield Failure("6.1.19", f"{path}/number", "a pre-release is no revision")
    if not draft and shown.pre:
        yield Failure("6.1.20", "/document/tracking/version", "a pre-release is a draft")
    majors = [each.numbers[0] for each in dated]
    gap = any(second - first > 1 for first, second in pairwise(majors))
    if majors[0] > 1 or gap:
        yield Failure("6.1.21", HISTORY, "a version is missing")
    for path, number in repeated((path, number) for path, number, _ in history):
        yield Failure("6.1.22", f"{path}/number", f"revision {number} is there more than once")
    kinds = {len(each.numbers) for each in (*dated, shown)}
    if len(kinds) > 1:
        yield Failure("6.1.30", HISTORY, "integer and semantic versions are mixed")
