# SPDX-License-Identifier: Apache-2.0
"""CERT-FR advisories (cert.ssi.gouv.fr, JSON): an article by a national CERT with structured parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scc.model.facts import Identifier, Product
from scc.read.records.interface import Note, View, rows, text_at


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one advisory of the file."""
    yield text_at(value, "reference"), value


def view(value: Any) -> View:
    """Title, summary, systems and content, as an article in French."""
    reference = text_at(value, "reference")
    systems = [text_at(each, "description") for each in rows(value, "affected_systems")]
    risks = [text_at(each, "description") for each in rows(value, "risks")]
    text = "\n\n".join(
        part
        for part in (
            text_at(value, "title"),
            text_at(value, "summary"),
            "\n".join(f"- {each}" for each in risks if each),
            "\n".join(f"- {each}" for each in systems if each),
            text_at(value, "content"),
        )
        if part
    )
    dates = sorted(
        text_at(each, "revision_date")[:10]
        for each in rows(value, "revisions")
        if text_at(each, "revision_date")
    )
    kind = "alerte" if "-ALE-" in reference else "avis"
    return View(
        title=text_at(value, "title") or reference,
        text=text,
        url=f"https://www.cert.ssi.gouv.fr/{kind}/{reference}/" if reference else "",
        published=dates[0] if dates else text_at(value, "initial_release_date")[:10],
        modified=dates[-1] if dates else "",
        publisher="CERT-FR",
        tier="T1",
        publisher_kind="cert",
        kind="article",
        tlp="TLP:CLEAR",
        language="fr",
    )


def facts(value: Any, note: Note) -> None:
    """CVEs and affected systems."""
    if text_at(value, "reference"):
        note(Identifier("bulletin", text_at(value, "reference"), "main"), "/reference")
    for index, each in enumerate(rows(value, "cves")):
        name = text_at(each, "name")
        if re.fullmatch(r"CVE-\d{4}-\d{4,}", name):
            note(Identifier("cve", name, "main"), f"/cves/{index}/name")
    for index, each in enumerate(rows(value, "affected_systems")):
        product, vendor = text_at(each, "product", "name"), text_at(each, "product", "vendor", "name")
        if product and product.lower() not in ("n/a", "n.a."):
            note(
                Product(product, vendor, text_at(each, "description")[:200], status="affected"),
                f"/affected_systems/{index}/product/name",
            )
