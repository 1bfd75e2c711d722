# SPDX-License-Identifier: Apache-2.0
"""What correlating answers: keys, candidates, verdicts, placements."""

from __future__ import annotations

import msgspec

from scc.correlate.features import Features


class Key(msgspec.Struct, frozen=True, order=True):
    """Something two documents on one event may share; candidates are looked up by its text."""

    kind: str
    value: str

    @property
    def text(self) -> str:
        """The key as it is stored, e.g. "cve:CVE-2025-55182"."""
        return f"{self.kind}:{self.value}"


class Candidate(msgspec.Struct, frozen=True):
    """A document that shares a key, with the story it is in."""

    story: str
    features: Features


class Verdict(msgspec.Struct, frozen=True):
    """Whether two documents tell of one event, how strong the evidence is, and why."""

    same: bool
    score: float
    why: str


class New(msgspec.Struct, frozen=True):
    """No candidate tells of the same event: a story of its own."""


class Join(msgspec.Struct, frozen=True):
    story: str
    why: str = ""


class Merge(msgspec.Struct, frozen=True):
    """The document ties several stories together: they are one."""

    stories: tuple[str, ...]
    why: str = ""


class Propose(msgspec.Struct, frozen=True):
    """Perhaps the same event; a person decides. The document gets a story of its own until then."""

    stories: tuple[str, ...]
    why: str = ""
