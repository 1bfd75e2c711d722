# SPDX-License-Identifier: Apache-2.0
"""CERT-FR advisories and alerts (cert.ssi.gouv.fr, JSON): articles by a national CERT with structured parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Date, Identifier, Product
from scc.read.records.interface import Note, View, cve_id, dated, linked, rows, text_at

HOME: Final = "https://www.cert.ssi.gouv.fr/"
_FOLDERS: Final = {
    "AVI": "avis",
    "ALE": "alerte",
    "CTI": "cti",
    "ACT": "actualite",
    "IOC": "ioc",
    "DUR": "dur",
}
_WORDS: Final = tuple(
    (re.compile(rf"\b{french}(?!\w)", re.IGNORECASE), english)
    for french, english in (
        ("toutes les versions", "all versions"),
        ("toutes versions", "all versions"),
        ("antérieures? (?:ou égales?|et égales?) à", "up to and including"),
        ("antérieures? à(?: la version)?", "before"),
        ("ultérieures? à", "after"),
        ("sans (?:le|les) (?:derniers? )?correctifs? de sécurité", "without the security update"),
        ("sans (?:le|la|les) derniers? (?:correctifs?|mises? à jour)", "without the latest update"),
        ("à", "to"),
        ("jusqu'à", "up to"),
        ("et", "and"),
        ("ou", "or"),
        ("pour", "for"),
        ("sur", "on"),
        ("avec", "with"),
    )
)
"""Longest first: the words in which CERT-FR gives versions, and ours."""
_NO_NAME: Final = frozenset({"", "n/a", "n.a.", "none"})


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one advisory of the file."""
    yield text_at(value, "reference"), value


def view(value: Any) -> View | None:
    """Title, summary, risks, systems, content and references, as an article in French."""
    reference = text_at(value, "reference")
    title = " ".join(text_at(value, "title").split())
    if not title:
        return None
    from scc.read.text.markdown import plain_markdown

    def listed(*keys: str, field: str = "description") -> str:
        said = [" ".join(text_at(each, field).split()) for each in rows(value, *keys)]
        return "\n".join(f"- {each}" for each in dict.fromkeys(said) if each)

    parts = [
        title,
        text_at(value, "summary"),
        listed("risks"),
        listed("affected_systems"),
        plain_markdown(text_at(value, "affected_systems_content")).text,
        plain_markdown(text_at(value, "content")).text,
        listed("vendor_advisories", field="title"),
        listed("cves", field="name"),
    ]
    dates = sorted(
        dated(each, "revision_date") for each in rows(value, "revisions") if dated(each, "revision_date")
    )
    kind = re.match(r"CERTFR-\d{4}-([A-Z]{3})-", reference)
    folder = _FOLDERS.get(kind[1], "") if kind else ""
    return View(
        title=title,
        text="\n\n".join(part for part in parts if part.strip()),
        url=f"{HOME}{folder}/{reference}/" if folder else "",
        published=dated(value, "initial_release_date") or (dates[0] if dates else ""),
        modified=dates[-1] if dates else "",
        publisher="CERT-FR",
        home=HOME,
        tier="T2",
        publisher_kind="cert",
        kind="article",
        language="fr",
        links=linked(rows(value, "vendor_advisories"), rows(value, "links"), rows(value, "cves")),
    )


def facts(value: Any, note: Note) -> None:
    """The advisory's number, its CVEs, affected systems, vendors' bulletins."""
    if text_at(value, "reference"):
        note(Identifier("bulletin", text_at(value, "reference"), "main"), "/reference")
    dates = [dated(each, "revision_date") for each in rows(value, "revisions")]
    if dates and dates[0]:
        note(Date(dates[0], "published"), "/revisions/0/revision_date")
    for index, each in enumerate(rows(value, "cves")):
        if cve_id(text_at(each, "name")):
            note(Identifier("cve", cve_id(text_at(each, "name")), "main"), f"/cves/{index}/name")
    for index, each in enumerate(rows(value, "affected_systems")):
        product, vendor = text_at(each, "product", "name"), text_at(each, "product", "vendor", "name")
        if product.lower() in _NO_NAME:
            continue
        # "cURL et libcurl" are two products, and an inventory knows neither under that name.
        for name in product.split(" et "):
            note(
                Product(
                    product=name.strip(),
                    vendor="" if vendor.lower() in _NO_NAME else vendor,
                    versions=_english(" ".join(text_at(each, "description").split()), product)[:200],
                    status="affected",
                ),
                f"/affected_systems/{index}",
            )


def _english(said: str, product: str) -> str:
    """A list of versions in English: CERT-FR writes it in a few fixed words. The name of the product is left out."""
    rest = said.removeprefix(product).strip()
    for french, english in _WORDS:
        rest = french.sub(english, rest)
    return " ".join(rest.split()).removeprefix("versions ")
