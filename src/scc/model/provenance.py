# SPDX-License-Identifier: Apache-2.0
"""Where a fact comes from: locators into documents, basis and confidence, citations."""

from __future__ import annotations

from typing import Literal

import msgspec

Tier = Literal["T1", "T2", "T3"]
"""T1 official or primary, T2 research and CERTs, T3 press, blogs and unknown."""

Basis = Literal["stated", "record", "matched", "inferred"]
"""stated: the text says it; record: a structured payload says it; matched: a name of ours was
found in the text; inferred: a rule or a model concluded it."""

Confidence = Literal["high", "moderate", "low"]


class Span(msgspec.Struct, frozen=True, tag="span", order=True):
    """A half-open range of code points in `Document.text`."""

    start: int
    end: int


class Pointer(msgspec.Struct, frozen=True, tag="pointer", order=True):
    """A JSON Pointer (RFC 6901) into `Document.payload`, e.g. "/containers/cna/affected/0"."""

    path: str


Locator = Span | Pointer


class Skipped(msgspec.Struct, frozen=True):
    """An input that is not taken further, with the outcome it ends in and why."""

    outcome: Literal["context", "not-news", "quarantined"]
    reason: str
    """A sentence for people: what it is or what is wrong with it, and what to do next."""

    rule: str = ""
    """Stable code of the rule that decided, e.g. "empty", "binary", "sbom", "marketing"."""


class Unknown(msgspec.Struct, frozen=True):
    """Something asked for that is not known, and why."""

    why: str
