# SPDX-License-Identifier: Apache-2.0
"""The examples of the OSV schema (sections Evaluation and Examples) and of univers (README), from record to answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from scc import content, knowledge, read
from scc.assess.versions import affected, compare
from scc.model.document import Document, Raw
from scc.model.facts import Product


def named(ecosystem: str, events: Sequence[dict[str, str]], versions: Sequence[str] = ()) -> Product:
    """The product that a record with these events tells of."""
    entry: dict[str, Any] = {"package": {"ecosystem": ecosystem, "name": "example"}}
    if events:
        entry["ranges"] = [{"type": "ECOSYSTEM", "events": list(events)}]
    if versions:
        entry["versions"] = list(versions)
    record = {
        "schema_version": "1.6.0",
        "id": "GHSA-aaaa-bbbb-cccc",
        "modified": "2026-03-07T00:00:00Z",
        "published": "2026-03-05T00:00:00Z",
        "summary": "A flaw",
        "affected": [entry],
    }
    (raw,) = read.split(Raw(json.dumps(record).encode(), path="GHSA-aaaa-bbbb-cccc.json"))
    assert isinstance(raw, Raw)
    document = read.document(raw, ())
    assert isinstance(document, Document)
    (found,) = [
        each.fact
        for each in read.observe(document, knowledge.open(), content.open())
        if isinstance(each.fact, Product)
    ]
    return found


def lies(version: str, product: Product) -> str:
    return affected(version, product.versions, product.purl.removeprefix("pkg:").partition("/")[0])


FIXED = ({"introduced": "0"}, {"fixed": "1.0.2"})
SEVERAL = ({"introduced": "1.0.0"}, {"fixed": "1.0.2"}, {"introduced": "3.0.0"}, {"fixed": "3.2.5"})


@pytest.mark.parametrize("ecosystem", ["npm", "PyPI", "Maven", "Go"])
@pytest.mark.parametrize(
    ("events", "version", "state"),
    [
        (({"introduced": "0"},), "99.0.0", "inside"),  # unfixed: every possible version
        (FIXED, "1.0.1", "inside"),
        (FIXED, "1.0.2", "outside"),
        (SEVERAL, "0.9.9", "outside"),
        (SEVERAL, "1.0.0", "inside"),
        (SEVERAL, "1.0.2", "outside"),
        (SEVERAL, "2.5.0", "outside"),
        (SEVERAL, "3.2.4", "inside"),
        (SEVERAL, "3.2.5", "outside"),
        # Events are evaluated in the order of versions, not as they are listed.
        (tuple(reversed(SEVERAL)), "1.0.1", "inside"),
        (tuple(reversed(SEVERAL)), "2.5.0", "outside"),
        (({"introduced": "0"}, {"last_affected": "2.1.214"}), "2.1.214", "inside"),
        (({"introduced": "0"}, {"last_affected": "2.1.214"}), "2.1.215", "outside"),
        (({"introduced": "0"}, {"fixed": "2.1.214"}), "2.1.214", "outside"),
    ],
)
def test_the_ranges_of_the_osv_schema(
    ecosystem: str, events: tuple[dict[str, str], ...], version: str, state: str
) -> None:
    assert lies(version, named(ecosystem, events)) == state


def test_a_listed_version_is_affected_too() -> None:
    """ "A version is considered affected if it lies within any one of the ranges or is listed in the versions list." """
    assert lies("4.1.0", named("npm", FIXED, ["4.1.0"])) == "inside"
    assert lies("1.0.1", named("npm", FIXED, ["4.1.0"])) == "inside"
    assert lies("4.2.0", named("npm", FIXED, ["4.1.0"])) == "outside"
    assert lies("0.4.1", named("PyPI", (), ["0.4.0", "0.4.1"])) == "inside"


@pytest.mark.parametrize(
    ("ecosystem", "fixed", "inside", "outside"),
    [
        ("Debian:12", "1:2.36-9+deb12u4", "1:2.36-9+deb12u3", "1:2.36-9+deb12u4"),
        ("Red Hat", "0:1.1.1k-9.el8_6", "0:1.1.1k-8.el8", "0:1.1.1k-9.el8_6"),
    ],
)
def test_distribution_packages_compare_by_their_own_rules(
    ecosystem: str, fixed: str, inside: str, outside: str
) -> None:
    product = named(ecosystem, ({"introduced": "0"}, {"fixed": fixed}))
    assert lies(inside, product) == "inside"
    assert lies(outside, product) == "outside"


def test_the_examples_of_univers() -> None:
    assert compare("1.2.3", "1.2.4", "pypi") == -1
    assert affected("1.2.4", "vers:pypi/>=1.2.4") == "inside"
    assert affected("1.2.3", "vers:pypi/>=1.2.4") == "outside"
    # "^1.0.2" of npm
    assert affected("1.9.9", "vers:npm/>=1.0.2|<2.0.0") == "inside"
    assert affected("2.0.0", "vers:npm/>=1.0.2|<2.0.0") == "outside"
    # 1.2.3, or from 2.0.0 before 5.0.0
    for version, state in (
        ("1.2.3", "inside"),
        ("1.2.4", "outside"),
        ("4.9.0", "inside"),
        ("5.0.0", "outside"),
    ):
        assert affected(version, "vers:npm/1.2.3|>=2.0.0|<5.0.0") == state
