# SPDX-License-Identifier: Apache-2.0
"""The TAXII 2.1 server held against the standard over real HTTP: resources, filters, pages, labels, refusals.

`test_taxii_client` drives it with `taxii2-client`.
"""

from __future__ import annotations

import asyncio
import base64
import datetime
import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
import urllib.parse
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.share.briefings import NASTY, observed, spoiled
from tests.web.library import CLIENTS, add, library, many, serving

import scc.store
from scc.model.decision import Decision
from scc.model.errors import UsageError
from scc.share.stix_markings import marking
from scc.web.taxii import DISCOVERY, ROOT, TAXII, Request, Response, Taxii, acceptable, asgi, collection_id
from scc.web.taxii_objects import HEAVIEST, Collection, Entry, query
from scc.web.taxii_serve import Server, loopback, tls
from scc.web.taxii_tokens import add as add_token
from scc.web.taxii_tokens import client, read

STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
CLEAR = f"{ROOT}collections/{collection_id('TLP:CLEAR')}/"
GREEN = f"{ROOT}collections/{collection_id('TLP:GREEN')}/"
RED = f"{ROOT}collections/{collection_id('TLP:RED')}/"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    value: Any


class Web(NamedTuple):
    """A running server."""

    host: str
    items: dict[Any, list[str]]

    def ask(
        self, path: str, client: str = "red", method: str = "GET", *, headers: dict[str, str] | None = None, **query: Any
    ) -> Answer:  # fmt: skip
        """A request; the query's names are TAXII's, match fields in `match_…`."""
        named = {
            f"match[{key.removeprefix('match_')}]" if key.startswith("match_") else key: str(value)
            for key, value in query.items()
        }
        given = {"Accept": TAXII, **({"Authorization": f"Bearer token of {client}"} if client else {})}
        given |= headers or {}
        connection = http.client.HTTPConnection(self.host, timeout=20)
        where = f"{path}?{urllib.parse.urlencode(named)}" if named else path
        connection.request(method, where, headers={key: value for key, value in given.items() if value})
        response = connection.getresponse()
        body = response.read()
        found = {key.lower(): value for key, value in response.getheaders()}
        connection.close()
        assert found["content-type"] == TAXII
        return Answer(response.status, found, json.loads(body) if body else None)

    def everything(self, path: str, client: str = "red", **query: Any) -> list[Any]:
        """All pages by `next`."""
        found: list[Any] = []
        pages = self.pages(path, client, **query)
        for each in pages:
            found += each.value.get("objects", each.value.get("versions", []))
        return found

    def pages(self, path: str, client: str = "red", **query: Any) -> Iterator[Answer]:
        answer = self.ask(path, client, **query)
        yield answer
        while answer.value.get("more"):
            answer = self.ask(path, client, **query, next=answer.value["next"])
            yield answer


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    database = tmp_path_factory.mktemp("taxii") / "scc.db"
    items = many(database, {"TLP:CLEAR": 60, "TLP:GREEN": 6, "TLP:RED": 2})
    with serving(Taxii(library(database, pause=600.0), CLIENTS)) as address:
        yield Web(address.removeprefix("http://"), items)


# -- resources


def test_discovery_and_the_api_root(web: Web) -> None:
    found = web.ask(DISCOVERY).value
    assert set(found) == {"title", "description", "default", "api_roots"}
    assert found["default"] in found["api_roots"]
    for each in found["api_roots"]:
        root = web.ask(each).value
        assert root["versions"] == [TAXII] and root["max_content_length"] > 0 and root["title"]


def test_collections_are_read_only_and_have_the_form_of_the_standard(web: Web) -> None:
    found = web.ask(f"{ROOT}collections/").value["collections"]
    assert [each["title"] for each in found] == ["TLP:CLEAR", "TLP:GREEN", "TLP:RED"]
    for each in found:
        assert uuid.UUID(each["id"]).version == 4
        assert each["can_read"] is True and each["can_write"] is False
        assert each["media_types"] == ["application/stix+json;version=2.1"]
        assert web.ask(f"{ROOT}collections/{each['id']}/").value == each
        assert web.ask(f"{ROOT}collections/{each['alias']}/").value == each


def test_objects_are_the_stix_of_the_items_each_version_once(web: Web) -> None:
    found = web.everything(f"{CLEAR}objects/", match_version="all")
    assert len(found) > 2000
    assert len({(each["id"], each.get("modified")) for each in found}) == len(found)
    reports = [each for each in found if each["type"] == "report"]
    told = {each["external_references"][0]["external_id"] for each in reports}
    assert told == set(web.items["TLP:CLEAR"]) and len(reports) == len(told) + 1
    assert all("priority:" not in label for each in reports for label in each["labels"])
    assert not any(each["type"] == "course-of-action" for each in found), "the plan is about us"


def test_the_manifest_tells_of_the_same_objects(web: Web) -> None:
    objects = web.everything(f"{GREEN}objects/", match_version="all")
    manifest = web.everything(f"{GREEN}manifest/", match_version="all")
    assert [each["id"] for each in manifest] == [each["id"] for each in objects]
    for entry, each in zip(manifest, objects, strict=True):
        assert set(entry) == {"id", "date_added", "version", "media_type"}
        assert STAMP.fullmatch(entry["date_added"])
        assert entry["version"] == (each.get("modified") or each.get("created") or entry["date_added"])
    added = [each["date_added"] for each in manifest]
    assert added == sorted(set(added))


def test_an_object_and_its_versions(web: Web) -> None:
    last = web.items["TLP:GREEN"][-1]
    report = next(
        each
        for each in web.everything(f"{GREEN}objects/", match_type="report")
        if each["external_references"][0]["external_id"] == last
    )
    where = f"{GREEN}objects/{report['id']}/"
    versions = web.ask(f"{where}versions/").value["versions"]
    assert versions == ["2026-06-06T00:00:00.000Z", "2026-07-01T00:00:00.000Z"]
    assert web.ask(where).value["objects"] == [report]
    assert report["modified"] == versions[-1] and report["created"] == versions[0]
    first = web.ask(where, match_version="first").value["objects"]
    assert [each["modified"] for each in first] == versions[:1]
    assert len(web.ask(where, match_version="all").value["objects"]) == 2
    assert web.ask(f"{GREEN}objects/report--00000000-0000-4000-8000-000000000000/").status == 404
    assert web.ask(f"{GREEN}objects/nothing/versions/").status == 404


def test_there_is_no_status_because_nothing_is_added(web: Web) -> None:
    assert web.ask(f"{ROOT}status/2d086da7-4bdc-4f91-900e-d77486753710/").status == 404


# -- filters


@pytest.mark.parametrize("endpoint", ["objects", "manifest"])
def test_match_id_and_type_are_or_inside_and_and_between(web: Web, endpoint: str) -> None:
    everything = web.everything(f"{CLEAR}objects/")
    of = {
        kind: [each["id"] for each in everything if each["type"] == kind]
        for kind in ("indicator", "report", "note")
    }
    where = f"{CLEAR}{endpoint}/"
    two = (of["indicator"][0], of["report"][3])

    def ids(**query: str) -> list[str]:
        return [each["id"] for each in web.everything(where, **query)]

    assert ids(match_id=two[0]) == [two[0]]
    assert set(ids(match_id=",".join(two))) == set(two)
    assert ids(match_id=",".join(two), match_type="report") == [two[1]]
    assert ids(match_type="indicator") == of["indicator"]
    assert set(ids(match_type="report,note")) == {*of["report"], *of["note"]}
    assert ids(match_id="indicator--00000000-0000-4000-8000-000000000000") == []


def test_match_version(web: Web) -> None:
    def seen(**query: str) -> list[Any]:
        return [
            each.get("modified") for each in web.everything(f"{RED}objects/", match_type="report", **query)
        ]

    assert len(seen()) == 2 and seen() == seen(match_version="last")
    assert len(seen(match_version="all")) == 3
    assert len(seen(match_version="first,last")) == 3
    assert seen(match_version="2026-07-01T00:00:00.000Z") == ["2026-07-01T00:00:00.000Z"]
    assert seen(match_version="2026-07-01T00:00:00Z") == ["2026-07-01T00:00:00.000Z"]
    assert seen(match_version="1999-01-01T00:00:00Z") == []


def test_match_spec_version(web: Web) -> None:
    everything = web.everything(f"{RED}objects/")
    assert web.everything(f"{RED}objects/", match_spec_version="2.1") == everything
    assert web.everything(f"{RED}objects/", match_spec_version="2.0,2.1") == everything
    assert web.ask(f"{RED}objects/", match_spec_version="2.0").value == {}


def test_added_after_is_strict_and_the_headers_allow_to_go_on(web: Web) -> None:
    everything = web.everything(f"{GREEN}manifest/", match_version="all")
    cut = everything[70]["date_added"]
    later = web.everything(f"{GREEN}manifest/", match_version="all", added_after=cut)
    assert later == everything[71:]
    found: list[Any] = []
    after = "2000-01-01T00:00:00Z"
    while True:
        answer = web.ask(f"{GREEN}objects/", match_version="all", limit=33, added_after=after)
        if not answer.value:
            break
        assert "x-taxii-date-added-first" in answer.headers
        found += answer.value["objects"]
        after = answer.headers["x-taxii-date-added-last"]
    assert [each["id"] for each in found] == [each["id"] for each in everything]


# -- pages


@pytest.mark.parametrize("limit", [1, 7, 250, 100_000])
def test_pages_hold_each_object_once(web: Web, limit: int) -> None:
    where = f"{RED}objects/" if limit == 1 else f"{CLEAR}objects/"
    whole = web.everything(where, match_type="report,indicator,note,vulnerability")
    pages = list(web.pages(where, match_type="report,indicator,note,vulnerability", limit=limit))
    assert [each for page in pages for each in page.value["objects"]] == whole
    for page in pages[:-1]:
        assert page.value["more"] is True and len(page.value["objects"]) == min(limit, 500)
    assert pages[-1].value["more"] is False and "next" not in pages[-1].value


def test_a_page_that_is_just_full_has_no_next(web: Web) -> None:
    count = len(web.everything(f"{RED}objects/"))
    assert "next" not in web.ask(f"{RED}objects/", limit=count).value
    assert len(web.ask(f"{RED}objects/", limit=count - 1).value["objects"]) == count - 1


def test_a_page_is_never_heavy() -> None:
    entries = [
        Entry(f"note--{number}", "note", stamp, stamp, "2.1", b"x" * (HEAVIEST // 2 - 1))
        for number, stamp in ((each, f"2026-06-01T00:00:0{each}.000000Z") for each in range(5))
    ]
    held = Collection([*entries[:4], structs.replace(entries[4], body=b"x" * (2 * HEAVIEST))])
    sizes, asked = [], query("", "/")
    while True:
        page = held.page(asked)
        sizes.append(len(page.entries))
        if not page.next:
            break
        asked = query(f"next={page.next}", "/")
    assert sizes == [2, 2, 1]


def test_next_belongs_to_its_question(web: Web) -> None:
    token = web.ask(f"{CLEAR}objects/", limit=3).value["next"]
    assert web.ask(f"{CLEAR}objects/", limit=9, next=token).status == 200
    assert web.ask(f"{CLEAR}objects/", limit=3, match_type="report", next=token).status == 400
    assert web.ask(f"{CLEAR}manifest/", limit=3, next=token).status == 400
    assert web.ask(f"{GREEN}objects/", limit=3, next=token).status == 400


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "-1"}, {"limit": "many"}, {"limit": "9" * 40}, {"next": "x"}, {"next": "é"},
        {"added_after": "yesterday"}, {"added_after": "2026-01-01T00:00:00+01:00"}, {"added_after": "2026-13-01T00:00:00Z"},
        {"match_version": "newest"}, {"match_name": "x"}, {"match_id": "x" * 20_000},
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(web: Web, query: dict[str, str]) -> None:
    answer = web.ask(f"{CLEAR}objects/", **query)
    assert answer.status in (400, 414) and answer.value["http_status"] == "400" and answer.value["title"]


def test_a_match_field_of_another_endpoint_is_refused(web: Web) -> None:
    assert (
        web.ask(f"{CLEAR}objects/{marking('TLP:CLEAR')['id']}/versions/", match_version="all").status == 400
    )
    assert web.ask(f"{CLEAR}objects/{marking('TLP:CLEAR')['id']}/", match_type="report").status == 400


# -- labels


def test_a_client_sees_the_collections_up_to_its_clearance(web: Web) -> None:
    def titles(name: str) -> list[str]:
        return [each["title"] for each in web.ask(f"{ROOT}collections/", name).value["collections"]]

    assert titles("clear") == ["TLP:CLEAR"]
    assert titles("green") == ["TLP:CLEAR", "TLP:GREEN"]
    for path in (RED, f"{RED}objects/", f"{RED}manifest/", f"{ROOT}collections/tlp-red/"):
        hidden, absent = (
            web.ask(path, "green"),
            web.ask(path.replace(collection_id("TLP:RED"), str(uuid.uuid4())), "green"),
        )
        assert hidden.status == absent.status == 404 and hidden.value == absent.value


def test_nothing_of_a_stricter_label_is_in_what_a_client_can_read(web: Web) -> None:
    wider = {marking(label)["id"] for label in ("TLP:CLEAR", "TLP:GREEN")}
    stricter = {marking(label)["id"] for label in ("TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")}
    held = [
        each
        for one in web.ask(f"{ROOT}collections/", "green").value["collections"]
        for each in web.everything(f"{ROOT}collections/{one['id']}/objects/", "green", match_version="all")
    ]
    marks = {mark for each in held for mark in each.get("object_marking_refs", ())}
    assert wider <= marks and not stricter & marks
    text = json.dumps(held)
    assert not any(each in text for each in web.items["TLP:RED"])
    assert all(each in json.dumps(web.everything(f"{RED}objects/")) for each in web.items["TLP:RED"])


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer wrong",
        "Basic ???",
        "Basic bm9jb2xvbg==",
        "Digest x",
        "Bearer",
        "Basic cmVkOnRva2VuIG9mIGNsZWFy",
    ],
)
def test_without_a_known_token_there_is_nothing(web: Web, authorization: str) -> None:
    """The last is the name of one client with the token of another."""
    for path in (DISCOVERY, ROOT, f"{CLEAR}objects/", "/nowhere/"):
        answer = web.ask(path, "", headers={"Authorization": authorization})
        assert answer.status == 401 and answer.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize("scheme", ["Basic", "basic", "Bearer", "Token"])
def test_the_schemes(web: Web, scheme: str) -> None:
    token = "token of green"
    value = base64.b64encode(f"green:{token}".encode()).decode() if scheme.lower() == "basic" else token
    answer = web.ask(f"{ROOT}collections/", "", headers={"Authorization": f"{scheme} {value}"})
    assert [each["title"] for each in answer.value["collections"]] == ["TLP:CLEAR", "TLP:GREEN"]


def test_in_public_only_what_is_clear(tmp_path: Path) -> None:
    database = tmp_path / "scc.db"
    many(database, {"TLP:CLEAR": 1, "TLP:GREEN": 1})
    server = Taxii(library(database), CLIENTS, public=True)

    def ask(path: str, authorization: str = "") -> Response:
        return server.answer(Request("GET", path, "", TAXII, authorization))

    assert [each["title"] for each in json.loads(ask(f"{ROOT}collections/").body)["collections"]] == [
        "TLP:CLEAR"
    ]
    assert ask(f"{GREEN}objects/").status == 404
    assert ask(f"{GREEN}objects/", "Bearer token of green").status == 200
    assert ask(f"{CLEAR}objects/", "Bearer wrong").status == 401


# -- HTTP


@pytest.mark.parametrize(
    ("accept", "taken"),
    [
        (None, True), ("", True), ("*/*", True), ("application/*", True), (TAXII, True), ("application/taxii+json", True),
        ("application/taxii+json; version=2.1", True), ('application/taxii+json;version="2.1"', True),
        ("text/html, application/taxii+json;version=2.1;q=0.5", True), ("application/taxii+json;version=2.0", False),
        ("application/json", False), ("application/taxii+json;q=0", False), ("application/stix+json;version=2.1", False),
        (";;,,", False), ("*/*;q=0.0", False),
    ],
)  # fmt: skip
def test_accept(accept: str | None, taken: bool) -> None:
    assert acceptable(accept) is taken


def test_other_types_and_methods_are_refused(web: Web) -> None:
    assert web.ask(DISCOVERY, headers={"Accept": "application/json"}).status == 406
    answer = web.ask(ROOT, method="PUT")
    assert answer.status == 405 and answer.headers["allow"] == "GET, HEAD"
    assert web.ask(f"{CLEAR}objects/", method="POST").status == 403
    assert web.ask(f"{CLEAR}objects/{marking('TLP:CLEAR')['id']}/", method="DELETE").status == 403
    assert web.ask(f"{RED}objects/", "green", method="POST").status == 404
    head = web.ask(f"{CLEAR}objects/", method="HEAD", limit=2)
    assert head.value is None and int(head.headers["content-length"]) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//",
        "/taxii2",
        "/taxii/",
        "/briefings/collections",
        f"{CLEAR}objects",
        f"{CLEAR}other/",
        "/taxii2/../briefings/",
        "/%2e%2e/",
        f"{CLEAR}objects/x/versions/y/",
    ],
)
def test_other_addresses_are_not_there(web: Web, path: str) -> None:
    assert web.ask(path).status == 404


@given(
    st.sampled_from(["GET", "POST", "DELETE", "HEAD", "\x00"]), st.text(max_size=60), st.text(max_size=80),
    st.none() | st.text(max_size=40), st.text(max_size=40) | st.just("Bearer token of red"),
)  # fmt: skip
def test_any_request_has_an_answer(
    small: Taxii, method: str, path: str, query: str, accept: str | None, authorization: str
) -> None:
    for where in (path, f"{CLEAR}objects/{path}/", f"{CLEAR}objects/"):
        found = small.answer(Request(method, where, query, accept, authorization))
        assert found.status in (200, 400, 401, 403, 404, 405, 406)
        assert isinstance(json.loads(found.body), dict)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Taxii:
    database = tmp_path_factory.mktemp("small") / "scc.db"
    add(database, "TLP:CLEAR", values=spoiled(observed(), list(NASTY)))
    return Taxii(library(database, pause=600.0), CLIENTS)


def test_hostile_texts_come_out_as_json(small: Taxii) -> None:
    found = small.answer(Request("GET", f"{CLEAR}objects/", "", TAXII, "Bearer token of red"))
    assert len(json.loads(found.body)["objects"]) > 30


# -- the store changes under it


def _titles(server: Taxii, path: str) -> list[str]:
    found = json.loads(
        server.answer(
            Request("GET", path, "match[type]=report&match[version]=all", TAXII, "Bearer token of red")
        ).body
    )
    return [each["external_references"][0]["external_id"] for each in found.get("objects", ())]


def test_new_items_and_revisions_appear_by_themselves(tmp_path: Path) -> None:
    database = tmp_path / "scc.db"
    first = add(database, "TLP:CLEAR")
    server = Taxii(library(database), CLIENTS)
    assert _titles(server, f"{CLEAR}objects/") == [first]
    second = add(database, "TLP:CLEAR", number=2, day="2026-06-02")
    add(database, "TLP:CLEAR", item=first, revision=2, day="2026-06-03")
    assert _titles(server, f"{CLEAR}objects/") == [first, second, first]


def test_an_item_that_became_stricter_is_gone_from_the_wider_collection(tmp_path: Path) -> None:
    database = tmp_path / "scc.db"
    item, other = add(database, "TLP:CLEAR"), add(database, "TLP:CLEAR", number=2)
    server = Taxii(library(database), CLIENTS)
    add(database, "TLP:RED", item=item, revision=2, day="2026-06-02")
    assert _titles(server, f"{CLEAR}objects/") == [other]
    assert _titles(server, f"{RED}objects/") == [item, item]
    add(database, "TLP:CLEAR", item=item, revision=3, day="2026-06-03")
    assert _titles(server, f"{CLEAR}objects/") == [item, other, item]
    assert _titles(server, f"{RED}objects/") == [item], "what was red stays red when the item is opened"


def test_a_withdrawal_is_added_anew(tmp_path: Path) -> None:
    database = tmp_path / "scc.db"
    item = add(database, "TLP:CLEAR")
    add(database, "TLP:CLEAR", item=item, revision=2, day="2026-06-03")
    server = Taxii(library(database), CLIENTS)

    def ask(query: str) -> Any:
        request = Request("GET", f"{CLEAR}objects/", query, TAXII, "Bearer token of red")
        return json.loads(server.answer(request).body)

    assert not any(each.get("revoked") for each in ask("")["objects"])
    with scc.store.open(str(database)) as store:
        store.decisions.add([Decision("d1", "withdraw", "lead", "2026-06-09T00:00:00Z", "wrong", item)])
    found = ask("match[type]=report&added_after=2026-06-08T00:00:00Z")["objects"]
    assert [(each["revoked"], each["modified"]) for each in found] == [(True, "2026-06-09T00:00:00.000Z")]
    versions = ask("match[type]=report&match[version]=all")["objects"]
    assert [each.get("revoked", False) for each in versions] == [False, False, True]
    assert [each["modified"][:10] for each in versions] == ["2026-06-01", "2026-06-03", "2026-06-09"]
    ours = {each["id"] for each in ask("match[version]=all")["objects"] if "created_by_ref" in each}
    live = {
        each["id"] for each in ask("match[type]=report,indicator,note")["objects"] if not each.get("revoked")
    }
    assert ours and not live


def test_a_merged_item_is_left_out(tmp_path: Path) -> None:
    database = tmp_path / "scc.db"
    one, two = add(database, "TLP:CLEAR"), add(database, "TLP:CLEAR", number=2)
    with scc.store.open(str(database)) as store:
        store.items.redirect(one, two)
    assert _titles(Taxii(library(database), CLIENTS), f"{CLEAR}objects/") == [two]


def test_an_empty_store_and_one_that_is_gone(tmp_path: Path) -> None:
    database = tmp_path / "scc.db"
    scc.store.open(str(database), create=True).close()
    server = Taxii(library(database), CLIENTS)

    def ask() -> Response:
        return server.answer(Request("GET", f"{ROOT}collections/", "", TAXII, "Bearer token of red"))

    assert json.loads(ask().body) == {}
    database.unlink()
    assert ask().status == 503


# -- tokens, edges


def test_tokens_are_kept_as_digests_for_the_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    first, other = add_token(file, "misp", "TLP:GREEN"), add_token(file, "opencti", "TLP:RED")
    assert first not in file.read_text() and file.stat().st_mode & 0o077 == 0
    assert [(each.name, each.clearance) for each in read(file)] == [
        ("misp", "TLP:GREEN"),
        ("opencti", "TLP:RED"),
    ]
    again = add_token(file, "misp", "TLP:CLEAR")
    found = client(read(file), f"Bearer {again}")
    assert found is not None and found.clearance == "TLP:CLEAR"
    assert client(read(file), f"Bearer {first}") is None
    assert client(read(file), f"Token {other}") is not None
    assert [each.name for each in tmp_path.iterdir()] == ["tokens.json"]


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", '[{"name":"a"}]', '[{"name":"a","clearance":"TLP:PINK","token_sha256":"' + "0" * 64 + '"}]',
        '[{"name":"a","clearance":"TLP:RED","token_sha256":"secret"}]',
        "[" + ",".join(['{"name":"a","clearance":"TLP:RED","token_sha256":"' + "0" * 64 + '"}'] * 2) + "]",
        '[{"name":"a b","clearance":"TLP:RED","token_sha256":"' + "0" * 64 + '"}]',
    ],
)  # fmt: skip
def test_a_broken_file_of_tokens_opens_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "tokens.json"
    file.write_text(text)
    with pytest.raises(UsageError):
        read(file)


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("example.org", False),
    ],
)
def test_tokens_never_leave_the_machine_in_clear(small: Taxii, host: str, inside: bool) -> None:
    assert loopback(host) is inside
    if not inside:
        with pytest.raises(UsageError, match="in clear"):
            Server(small, host, 0)


def test_as_an_asgi_application(small: Taxii) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("the body of a request is not read")

    scope = {
        "type": "http", "method": "GET", "path": f"{CLEAR}objects/", "query_string": b"limit=1&match[type]=report",
        "headers": [(b"accept", TAXII.encode()), (b"authorization", b"Bearer token of red")],
    }  # fmt: skip
    asyncio.run(asgi(small)(scope, receive, send))
    start, body = sent
    assert start["status"] == 200 and (b"content-type", TAXII.encode()) in start["headers"]
    assert [each["type"] for each in json.loads(body["body"])["objects"]] == ["report"]


def test_over_tls(small: Taxii, tmp_path: Path) -> None:
    """A certificate of our own for 127.0.0.1; a connection that says nothing does not hold up the next."""
    certificate, key = _certificate(tmp_path)
    server = Server(small, "127.0.0.1", 0, tls(certificate, key))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        with socket.create_connection(("127.0.0.1", server.server_port)):
            context = ssl.create_default_context(cafile=str(certificate))
            connection = http.client.HTTPSConnection(
                "127.0.0.1", server.server_port, timeout=20, context=context
            )
            connection.request("GET", ROOT, headers={"Authorization": "Bearer token of red"})
            assert json.loads(connection.getresponse().read())["versions"] == [TAXII]
            connection.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(folder: Path) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def test_the_conformance_list_names_tests_that_are_there() -> None:
    page = (Path(__file__).parents[2] / "docs/taxii.md").read_text("utf-8")
    named = set(re.findall(r"`(test_[a-z_]+)`", page))
    assert len(named) > 15 and named <= set(globals())
