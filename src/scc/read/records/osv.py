# SPDX-License-Identifier: Apache-2.0
"""OSV records (OSV schema 1.x), JSON or YAML, of any database that publishes in this form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, Literal

from scc.model.facts import Claim, Date, Identifier, Indicator, Product, Weakness
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, linked, rows, text_at
from scc.read.records.scores import base_score, score_fact
from scc.read.records.versions import Range, natural, spoken

_PURL: Final = {
    "npm": "npm", "PyPI": "pypi", "crates.io": "cargo", "Maven": "maven", "Go": "golang", "RubyGems": "gem",
    "NuGet": "nuget", "Packagist": "composer", "Hex": "hex", "Pub": "pub", "GitHub Actions": "github",
    "Debian": "deb/debian", "Ubuntu": "deb/ubuntu", "Alpine": "apk/alpine", "Red Hat": "rpm/redhat",
    "AlmaLinux": "rpm/almalinux", "Rocky Linux": "rpm/rocky", "SUSE": "rpm/suse", "openSUSE": "rpm/opensuse",
    "openEuler": "rpm/openeuler", "Mageia": "rpm/mageia",
}  # fmt: skip
"""Ecosystem names of the OSV schema to package URL types, with the namespace where the name alone is not enough."""
_HOMES: Final = {
    "GHSA": (
        "GitHub Advisory Database",
        "https://github.com/advisories",
        "https://github.com/advisories/{id}",
    ),
    "RUSTSEC": ("RustSec", "https://rustsec.org/", "https://rustsec.org/advisories/{id}.html"),
    "DRUPAL": ("Drupal", "https://www.drupal.org/", ""),
    "CURL": ("curl", "https://curl.se/", ""),
    "PYSEC": ("PyPA Advisory Database", "https://osv.dev/", ""),
    "MAL": ("OpenSSF Malicious Packages", "https://osv.dev/", ""),
    "GO": ("Go Vulnerability Database", "https://osv.dev/", ""),
}
"""Prefix of the id (OSV schema, id field) to database, its address, and the address of a record."""
_AFFECTED_MOST: Final = 200


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one record of the file."""
    yield text_at(value, "id"), value


def view(value: Any) -> View | None:
    """Summary, details and dates."""
    id_ = text_at(value, "id").strip()
    if not id_:
        return None
    summary, details = " ".join(text_at(value, "summary").split()), text_at(value, "details")
    first = " ".join(details.split()).split(". ")[0].rstrip(".")
    title = summary or (first if len(first) <= 140 else first[:139].rsplit(" ", 1)[0] + "…")
    name, home, web = _HOMES.get(id_.partition("-")[0], ("OSV", "https://osv.dev/", ""))
    return View(
        title=f"{id_}: {title}" if title else id_,
        text=_text(f"{id_}: {title}" if title else id_, details if details != title else ""),
        url=(web or "https://osv.dev/vulnerability/{id}").format(id=id_),
        published=dated(value, "published"),
        modified=dated(value, "modified"),
        publisher=name,
        home=home,
        tier="T2",
        publisher_kind="research",
        links=linked(rows(value, "references")),
    )


def _text(title: str, details: str) -> str:
    from scc.read.text.markdown import plain_markdown

    return "\n\n".join(part for part in (title, plain_markdown(details).text if details else "") if part)


def facts(value: Any, note: Note) -> None:
    """Ids and aliases, packages with ranges, scores, weaknesses; a withdrawn record gives its withdrawal."""
    id_ = text_at(value, "id").strip()
    note(Identifier(scheme_of(id_), id_, "main"), "/id")
    cve = cve_id(id_)
    for index, each in enumerate(rows(value, "aliases")):
        if isinstance(each, str) and each:
            note(Identifier(scheme_of(each), each, "main"), f"/aliases/{index}")
            cve = cve or cve_id(each)
    for key in ("related", "upstream"):
        for index, each in enumerate(rows(value, key)):
            if isinstance(each, str) and each:
                note(Identifier(scheme_of(each), each, "related"), f"/{key}/{index}")
    name = cve or id_
    if dated(value, "withdrawn"):
        note(Claim("retracted", "yes", "asserted", "research", subject=name), "/withdrawn")
        return
    if dated(value, "published"):
        note(Date(dated(value, "published"), "disclosed"), "/published")
    _scores(rows(value, "severity"), "/severity", id_, name, note)
    for index, each in enumerate(rows(value, "affected")[:_AFFECTED_MOST]):
        at = f"/affected/{index}"
        _scores(rows(each, "severity"), f"{at}/severity", id_, name, note)
        _affected(each, at, id_, name, note)
        _weaknesses(rows(each, "database_specific", "cwes"), f"{at}/database_specific/cwes", name, note)
    _weaknesses(rows(value, "database_specific", "cwe_ids"), "/database_specific/cwe_ids", name, note)
    _weaknesses(rows(value, "database_specific", "cwes"), "/database_specific/cwes", name, note)


def scheme_of(id_: str) -> Literal["cve", "ghsa", "osv"]:
    """The scheme of an id by its beginning; every other database's ids are OSV ids."""
    return "cve" if id_.startswith("CVE-") else "ghsa" if id_.startswith("GHSA-") else "osv"


def _scores(found: list[Any], at: str, id_: str, name: str, note: Note) -> None:
    for index, each in enumerate(found):
        vector = text_at(each, "score").strip()
        if vector.startswith(("CVSS:", "AV:", "(AV:")) and base_score(vector.strip("()")) is not None:
            fact = score_fact(
                "", {"vectorString": vector.strip("()")}, _HOMES.get(id_.partition("-")[0], ("OSV",))[0], name
            )
            if fact is not None:
                note(fact, f"{at}/{index}/score")


def _weaknesses(found: list[Any], at: str, name: str, note: Note) -> None:
    for index, each in enumerate(found):
        weakness = cwe_id(each) or cwe_id(text_at(each, "cweId"))
        if weakness:
            note(Weakness(weakness, vulnerability=name), f"{at}/{index}")


def _affected(value: Any, at: str, id_: str, name: str, note: Note) -> None:
    package, ecosystem = text_at(value, "package", "name"), text_at(value, "package", "ecosystem")
    if not package:
        return
    ranges = [
        span
        for each in rows(value, "ranges")
        if text_at(each, "type") != "GIT"
        for span in _spans(rows(each, "events"))
    ]
    # What a list names counts beside the ranges; most lists only expand them and add nothing.
    listed = [
        Range(start=each)
        for each in rows(value, "versions")
        if isinstance(each, str) and not any(_within(each, span) for span in ranges)
    ]
    affected, fixed = spoken([*ranges, *listed])
    kind = _PURL.get(ecosystem.split(":")[0], "")
    purl = text_at(value, "package", "purl") or (f"pkg:{kind}/{package}" if kind else "")
    note(
        Product(
            product=package,
            vendor=ecosystem,
            versions=affected,
            fixed=fixed,
            purl=purl,
            vulnerability=name,
            status="affected",
        ),
        f"{at}/package",
    )
    if id_.startswith("MAL-"):
        # The database lists packages that are malware themselves, not packages with a flaw.
        note(
            Indicator("package", purl or f"{ecosystem}/{package}", "observed", "block", note=affected),
            f"{at}/package",
        )


_KINDS: Final = ("introduced", "fixed", "last_affected")


def _sorted(events: list[Any]) -> list[Any]:
    """The events as given when they take turns and rise, else by their versions."""
    told = [
        (natural(text_at(event, kind)), number, event)
        for event in events
        for number, kind in enumerate(_KINDS)
        if text_at(event, kind)
    ]
    rising = all(first[0] <= second[0] for first, second in pairwise(told))
    turns = all((number == 0) == (at % 2 == 0) for at, (_, number, _) in enumerate(told))
    if not (rising and turns):
        told.sort(key=lambda each: each[:2])
    return [event for _, _, event in told]


def _within(version: str, span: Range) -> bool:
    """Whether a version lies in a run, as far as numbers tell."""
    at = natural(version)
    if at < natural(span.start or "0"):
        return False
    if span.below and span.below != "*":
        return at < natural(span.below)
    return not span.upto or at <= natural(span.upto)


def _spans(events: list[Any]) -> Iterator[Range]:
    """The events of a range, in the order of their versions, as runs of affected ones (OSV schema, Evaluation)."""
    start: str | None = None
    for event in _sorted(events):
        if text_at(event, "introduced"):
            if start is not None:
                yield Range(start=start, below="*")
            start = text_at(event, "introduced")
        elif text_at(event, "fixed"):
            yield Range(start=start or "0", below=text_at(event, "fixed"))
            start = None
        elif text_at(event, "last_affected"):
            yield Range(start=start or "0", upto=text_at(event, "last_affected"))
            start = None
    if start is not None:
        yield Range(start=start, below="*")
