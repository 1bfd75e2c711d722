# SPDX-License-Identifier: Apache-2.0
"""Stores with items for the web tests: thousands of STIX objects under several labels, and a server over them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.share.briefings import briefing, observed, plain

import scc.store
from scc import knowledge
from scc.model.tlp import Tlp
from scc.share.texts import encodable
from scc.web.taxii import Taxii
from scc.web.taxii_index import Library
from scc.web.taxii_serve import Server
from scc.web.taxii_tokens import Client, digest

CLIENTS = tuple(
    Client(name, label, digest(f"token of {name}"))
    for name, label in (("clear", "TLP:CLEAR"), ("green", "TLP:GREEN"), ("red", "TLP:RED"))
)


def add(
    database: Path,
    label: Tlp,
    *,
    number: int = 1,
    day: str = "2026-06-01",
    item: str = "",
    revision: int = 1,
    values: dict[str, Any] | None = None,
) -> str:
    """A revision in the store; of a new item unless one is named. Gives the item's id."""
    with scc.store.open(str(database), create=True) as store:
        found = item or store.items.number([(f"story-{label}-{number}", "vulnerability")], 2026)[0]
        made = {
            **(values or observed()), "id": found, "revision": revision, "tlp": label, "generated": f"{day}T00:00:00Z",
            "changes": None,
        }  # fmt: skip
        made["title"] = f"{found} {label}"
        store.items.revise(encodable(briefing(made)), f"{found}-{revision}")
    return found


def many(database: Path, labels: dict[Tlp, int]) -> dict[Tlp, list[str]]:
    """So many items a label, some days apart, the last of each with a second revision."""
    items: dict[Tlp, list[str]] = {}
    for label, count in labels.items():
        for number in range(count):
            values = observed() if number % 2 else plain("maximal")
            day = f"2026-06-{1 + number % 20:02d}"
            items.setdefault(label, []).append(add(database, label, number=number, day=day, values=values))
        add(database, label, item=items[label][-1], revision=2, day="2026-07-01")
    return items


def library(database: Path, pause: float = 0.0) -> Library:
    return Library(lambda: scc.store.open(str(database), create=False), knowledge.open(), pause)


@contextmanager
def serving(taxii: Taxii) -> Iterator[str]:
    """The server on a free port of this machine, by its own HTTP edge. Gives its address."""
    server = Server(taxii, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
