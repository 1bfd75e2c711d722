# SPDX-License-Identifier: Apache-2.0
"""Whole pages by somebody who had not seen the code: round-ups are cut into the news that they tell, look-alikes stay whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.read.given import SOURCES, raw

from scc.model.document import Document, Raw
from scc.read import document, split

PAGES = Path(__file__).resolve().parents[1] / "assets" / "roundups"
LABELS = [json.loads(each) for each in (PAGES / "labels.jsonl").read_text("utf-8").splitlines()]


def cut(name: str) -> list[Document]:
    found = split(raw((PAGES / name).read_text("utf-8"), f"in/{name}"))
    if len(found) == 1:
        return []
    read = [document(each, SOURCES) for each in found if isinstance(each, Raw)]
    return [each for each in read if isinstance(each, Document)]


@pytest.mark.parametrize("label", LABELS, ids=[each["file"] for each in LABELS])
def test_page(label: dict[str, Any]) -> None:
    parts = cut(label["file"])
    if not label["roundup"]:
        assert parts == []
        return
    # A sponsor's block or an introduction may come along; a rule on noise judges it.
    assert label["sections"] <= len(parts) <= label["sections"] + label["frames"]
    assert len({each.url or each.title for each in parts}) == len(parts)
