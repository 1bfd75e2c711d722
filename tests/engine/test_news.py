# SPDX-License-Identifier: Apache-2.0
"""What is news to whom: a supplier that changes hands or terms is news to its customers only."""

from __future__ import annotations

from pathlib import Path

import pytest

from scc import content, knowledge, read
from scc.collect.files import walk
from scc.engine.news import not_news
from scc.model.document import Document

DEAL = "The buyer has agreed to pay cash. The deal should close in spring, subject to approval by regulators."


def verdict(folder: Path, title: str, text: str, suppliers: tuple[str, ...]) -> tuple[str, str] | None:
    (folder / "a.md").write_text(
        f"---\ntitle: {title}\npublisher: Example Wire\ndate: 2026-05-04\n---\n\n{text}\n"
    )
    ((raw),) = walk([folder])
    (part,) = read.split(raw)  # type: ignore[arg-type]
    document = read.document(part, ())  # type: ignore[arg-type]
    assert isinstance(document, Document)
    return not_news(document, read.observe(document, knowledge.open(), content.open()), suppliers)


@pytest.mark.parametrize(
    ("title", "suppliers", "news"),
    [
        ("Example Holding to acquire Gatemaker", ("Gatemaker", "Gateway"), True),
        ("Example Holding to acquire Gatemaker", (), False),
        ("Example Holding to acquire Gatemaker", ("Otherfirm",), False),
        # Part of a word is no name, and names of two letters are no words.
        ("Example Holding to acquire Gatemakers", ("Gatemaker",), False),
        ("Example Holding to acquire AB", ("AB",), False),
        ("End of sale of perpetual licences by Gatemaker", ("Gatemaker",), True),
        ("Gatemaker launches new dashboard", ("Gatemaker",), False),
    ],
)
def test_a_supplier_that_changes_hands_is_news_to_its_customers(
    title: str, suppliers: tuple[str, ...], news: bool, tmp_path: Path
) -> None:
    found = verdict(tmp_path, title, DEAL, suppliers)
    assert (found is None) == news, found
