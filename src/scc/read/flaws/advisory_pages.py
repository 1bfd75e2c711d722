# SPDX-License-Identifier: Apache-2.0
"""Pages of public advisory databases: the advisory's own id, and the package that its title names.

GitHub's Advisory Database, RustSec, PyPA, Go and OSV give each advisory an address that ends in its id; their feeds put
the package in square brackets before the title. What else such a page says is read like any text.
"""

from __future__ import annotations

import re
from typing import Final, Literal
from urllib.parse import urlsplit

from scc.model.document import Document
from scc.model.facts import Product
from scc.read.page import Notes, Page

_IDS: Final[tuple[tuple[Literal["ghsa", "osv"], re.Pattern[str]], ...]] = (
    ("ghsa", re.compile(r"(?i:GHSA)(?:-[23456789cfghjmpqrvwx]{4}){3}")),
    ("osv", re.compile(r"(?:RUSTSEC|PYSEC|GO|OSV|MAL)-\d{4}-\d{1,8}")),
)
"""Forms of ids in the OSV schema, section "id, modified fields" (ossf.github.io/osv-schema)."""
_PACKAGE: Final = re.compile(r"\[(?P<name>@?[A-Za-z0-9][A-Za-z0-9._/+-]{1,150})\] +(?=\S)")


def own_advisory(document: Document) -> tuple[str, str] | None:
    """(scheme, id) of the advisory that the document is, by the end of its canonical address; None for other pages."""
    last = urlsplit(document.url).path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    for scheme, form in _IDS:
        if form.fullmatch(last):
            return scheme, "GHSA" + last[4:].lower() if scheme == "ghsa" else last
    return None


def note_package(page: Page, notes: Notes) -> None:
    """Note the package in brackets at the head of an advisory's title as affected."""
    found = _PACKAGE.match(page.text) if page.text.startswith(page.document.title) else None
    if found is None or own_advisory(page.document) is None:
        return
    notes(
        Product(found["name"], status="affected"),
        found.start("name"),
        found.end("name"),
        "stated",
        0.9,
        "advisory:package",
    )
