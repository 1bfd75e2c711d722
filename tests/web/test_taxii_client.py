# SPDX-License-Identifier: Apache-2.0
"""The TAXII server driven by `taxii2-client`, the client of the OASIS open project; skipped where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.library import CLIENTS, library, many, serving

from scc.web.taxii import Taxii

taxii2 = pytest.importorskip("taxii2client.v21", reason="taxii2-client is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database: Path = tmp_path_factory.mktemp("client") / "scc.db"
    many(database, {"TLP:CLEAR": 60, "TLP:GREEN": 4, "TLP:RED": 1})
    with serving(Taxii(library(database, pause=600.0), CLIENTS)) as found:
        yield f"{found}/taxii2/"


def server(address: str, name: str) -> Any:
    return taxii2.Server(address, user=name, password=f"token of {name}")


def test_discovery_roots_and_collections(address: str) -> None:
    found = server(address, "green")
    assert found.title and found.default.url == found.api_roots[0].url
    (root,) = found.api_roots
    assert root.versions == ["application/taxii+json;version=2.1"]
    assert [(each.title, each.can_read, each.can_write) for each in root.collections] == [
        ("TLP:CLEAR", True, False), ("TLP:GREEN", True, False),
    ]  # fmt: skip
    for each in root.collections:
        each.refresh()


def test_pages_give_thousands_of_objects_each_once(address: str) -> None:
    collection = server(address, "red").default.collections[0]
    for call in (collection.get_objects, collection.get_manifest):
        ids = [each["id"] for page in taxii2.as_pages(call, per_request=97) for each in page["objects"]]
        assert len(ids) == len(set(ids)) > 2000
        assert ids == [each["id"] for page in taxii2.as_pages(call) for each in page["objects"]]


def test_filters_objects_and_versions(address: str) -> None:
    collection = server(address, "green").default.collections[1]
    reports = collection.get_objects(type="report")["objects"]
    assert {each["type"] for each in reports} == {"report"} and len(reports) == 4
    one = next(each for each in reports if each["modified"] != each["created"])
    assert collection.get_object(one["id"])["objects"] == [one]
    versions = collection.object_versions(one["id"])["versions"]
    assert versions == [one["created"], one["modified"]]
    first = collection.get_object(one["id"], version="first")["objects"]
    assert [each["modified"] for each in first] == versions[:1]
    assert collection.get_objects(id=[one["id"], reports[0]["id"]], version=versions[1])["objects"] == [one]
    assert collection.get_objects(type=["report", "note"], spec_version="2.1", added_after=one["created"])[
        "objects"
    ]
    assert collection.get_objects(spec_version="2.0") == {}
    last = collection.get_manifest(version="all")["objects"][-1]
    assert collection.get_objects(added_after=last["date_added"]) == {}


def test_a_client_without_the_right_sees_nothing(address: str) -> None:
    red = server(address, "red").default.collections[-1]
    with pytest.raises(Exception, match="404"):
        taxii2.Collection(red.url, user="green", password="token of green").refresh()
    with pytest.raises(Exception, match="401"):
        assert server(address, "nobody").title
