# SPDX-License-Identifier: Apache-2.0
"""Briefings to render: the two of the contract, and a way to put one text into every free field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scc.model.briefing import Briefing

CONTRACT = Path(__file__).parents[1] / "contract"
FREE = frozenset(
    "title text why risk owner done_when undo business_effect compensating evidence_note name quote edge rule publisher "
    "url path where shows retention artifact command purpose question line do_by_rule versions fixed product vendor "
    "note duty basis_text field before after preferred value generator disclaimer indicators_note sources_note csf skill "
    "kev ssvc shows origin label date_text level_text technique better usage notes references sources_names".split()
)
"""Keys whose values are free text in the contract (no enumerations, no ids that are joined)."""


def load(name: str) -> Briefing:
    return msgspec.json.decode((CONTRACT / f"{name}.json").read_bytes(), type=Briefing)


def filled(text: str) -> Briefing:
    """The maximal briefing with `text` in every free field."""

    def walk(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {inner_key: walk(inner, inner_key) for inner_key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, key) for inner in value]
        return text if isinstance(value, str) and key in FREE else value

    plain = json.loads((CONTRACT / "maximal.json").read_text("utf-8"))
    return msgspec.convert(walk(plain, ""), Briefing, strict=True)


@pytest.fixture(scope="session")
def maximal() -> Briefing:
    return load("maximal")


@pytest.fixture(scope="session")
def minimal() -> Briefing:
    return load("minimal")


@pytest.fixture(scope="session")
def fill() -> Callable[[str], Briefing]:
    return filled
