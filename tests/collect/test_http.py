# SPDX-License-Identifier: Apache-2.0
"""The guarded door, against a server on this machine."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from scc.collect import http
from scc.collect.http import Door, Limits, public
from scc.collect.interface import Memory
from scc.collect.poll import poller
from scc.model.document import Source
from scc.model.errors import CollectError
from scc.model.ids import digest


@pytest.fixture
def door() -> Iterator[Door]:
    with Door(Limits(seconds=2, largest=100_000, pause=0, private=True)) as opened:
        yield opened


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1",
     "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255", "nonsense"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111"])
def test_addresses_that_are_public(address: str) -> None:
    assert public(address)


def test_private_addresses_are_refused_by_name_and_by_number(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("secret")
    with Door(Limits(pause=0)) as door:
        for host in ("127.0.0.1", "localhost"):
            with pytest.raises(CollectError, match="not a public address"):
                door.get(f"http://{host}:{httpserver.port}/")
    assert httpserver.log == []


def test_a_redirect_to_a_private_address_is_refused(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the first host resolves to a public address for the check; the second one does not."""
    httpserver.expect_request("/a").respond_with_data(
        "", 302, {"Location": f"http://127.0.0.1:{httpserver.port}/b"}
    )
    httpserver.expect_request("/b").respond_with_data("secret")
    real = http.resolve
    monkeypatch.setattr(
        http, "resolve", lambda host, port, private: ["127.0.0.1"] if host == "press.example" else real(host, port, private)
    )  # fmt: skip
    with Door(Limits(pause=0)) as door, pytest.raises(CollectError, match="not a public address"):
        door.get(f"http://press.example:{httpserver.port}/a")
    assert [request.path for request, _ in httpserver.log] == ["/a"]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://press.example/", "gopher://x", "http://", "x"])
def test_other_schemes_are_refused(door: Door, url: str) -> None:
    with pytest.raises(CollectError, match="not an http"):
        door.get(url)


def test_a_bomb_is_cut(door: Door, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(
        gzip.compress(b"\0" * 10_000_000), headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(CollectError, match="sends more than"):
        door.get(httpserver.url_for("/"))


def test_a_slow_drip_is_cut(httpserver: HTTPServer) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b"x"

    httpserver.expect_request("/").respond_with_handler(lambda _: Response(drip()))
    with (
        Door(Limits(seconds=0.3, pause=0, private=True)) as door,
        pytest.raises(CollectError, match="took longer"),
    ):
        door.get(httpserver.url_for("/"))


def test_redirects_are_followed_and_counted(door: Door, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/loop").respond_with_data("", 302, {"Location": "/loop"})
    httpserver.expect_request("/a").respond_with_data("", 301, {"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("here")
    assert door.get(httpserver.url_for("/a")).data == b"here"
    with pytest.raises(CollectError, match="redirects more"):
        door.get(httpserver.url_for("/loop"))


def test_errors_say_whether_to_try_again(door: Door, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/503").respond_with_data("", 503)
    httpserver.expect_request("/404").respond_with_data("", 404)
    with pytest.raises(CollectError) as later:
        door.get(httpserver.url_for("/503"))
    with pytest.raises(CollectError) as never:
        door.get(httpserver.url_for("/404"))
    assert "later" in later.value.todo and "later" not in never.value.todo


def test_unchanged_sources_give_nothing(door: Door, httpserver: HTTPServer) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"1"':
            return Response(status=304)
        return Response(
            "<rss/>", headers={"ETag": '"1"', "Content-Type": "application/rss+xml; charset=utf-8"}
        )

    httpserver.expect_request("/feed").respond_with_handler(answer)
    source = Source(id="x", publisher="Example Wire", url=httpserver.url_for("/feed"), kind="rss", tier="T3")
    (raw,) = poller("rss")(source, Memory(), door)
    assert raw.data == b"<rss/>" and raw.media_type == "application/rss+xml" and raw.source == source
    assert list(poller("rss")(source, Memory(etag=dict(raw.headers)["etag"]), door)) == []
    assert list(poller("rss")(source, Memory(digest=digest(b"<rss/>")), door)) == []
