# SPDX-License-Identifier: Apache-2.0
"""A TAXII 2.1 server over the items: what a request is answered, without any HTTP library.

Read-only: one API root, one collection a TLP label, each seen only by clients cleared for it; another one
does not exist for them. Source: TAXII 2.1 OASIS Standard (10 June 2021); docs/taxii.md lists what of it holds.
`asgi` mounts it into any ASGI application, `taxii_serve` serves it alone. Nothing of a request is echoed.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from scc import __version__
from scc.model.errors import StoreError
from scc.model.tlp import ORDER, Tlp
from scc.share.identity import NAME, named
from scc.web.taxii_index import Library
from scc.web.taxii_objects import BadQuery, Collection, Page, query
from scc.web.taxii_tokens import Client, client

TAXII: Final = "application/taxii+json;version=2.1"
STIX: Final = "application/stix+json;version=2.1"
DISCOVERY: Final = "/taxii2/"
ROOT: Final = "/briefings/"
_CONTENT: Final = 10_000_000
_MATCHES: Final[dict[str, tuple[str, ...]]] = {
    "manifest": ("id", "type", "version", "spec_version"),
    "objects": ("id", "type", "version", "spec_version"),
    "object": ("version", "spec_version"),
    "versions": ("spec_version",),
}
"""Match fields of the endpoints."""


class Request(msgspec.Struct, frozen=True):
    """What of a request counts."""

    method: str
    path: str
    """As sent, without the query."""
    query: str = ""
    accept: str | None = None
    authorization: str = ""


class Response(msgspec.Struct, frozen=True):
    """An answer."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", TAXII),)


class Taxii:
    """The server. `clients` are who has a token; with `public` anybody else sees TLP:CLEAR."""

    def __init__(self, library: Library, clients: tuple[Client, ...] = (), *, public: bool = False) -> None:
        self._library = library
        self._clients = clients
        self._public = public

    def answer(self, request: Request) -> Response:
        """The answer to a request; never raises but on a fault of the program."""
        clearance = self._clearance(request.authorization)
        if clearance is None:
            return _problem(
                401, "A token is needed", (("WWW-Authenticate", 'Basic realm="taxii", charset="UTF-8"'),)
            )
        if not acceptable(request.accept):
            return _problem(406, f"Only {TAXII} is written")
        parts = request.path.split("/")
        if parts[0] or parts[-1] or len(parts) < 3:
            return _problem(404, "Nothing is here; addresses end with a slash")
        steps = [unquote(each) for each in parts[1:-1]]
        try:
            return self._route(request, steps, clearance)
        except BadQuery as fault:
            return _problem(400, str(fault))
        except StoreError:
            return _problem(503, "The database cannot be read now", (("Retry-After", "30"),))

    def _clearance(self, authorization: str) -> Tlp | None:
        if authorization:
            known = client(self._clients, authorization)
            return known.clearance if known else None
        return "TLP:CLEAR" if self._public else None

    def _route(self, request: Request, steps: list[str], clearance: Tlp) -> Response:
        reading = _reads(request)
        top = f"/{steps[0]}/"
        if steps == [DISCOVERY.strip("/")]:
            return _json(_discovery()) if reading else _method()
        if top != ROOT:
            return _missing()
        seen = {
            label: found
            for label, found in self._library.collections().items()
            if ORDER.index(label) <= ORDER.index(clearance)
        }
        match steps[1:]:
            case []:
                return _json(_root()) if reading else _method()
            case ["status", _]:
                return _missing()  # nothing is ever added by a client, so there is no status to ask for
            case ["collections"]:
                if not reading:
                    return _method()
                return _json({"collections": [_collection(each) for each in seen]} if seen else {})
            case ["collections", name, *rest]:
                label = next((each for each in seen if name in (collection_id(each), _alias(each))), None)
                return self._inside(request, label, seen, rest) if label else _missing()
        return _missing()

    def _inside(
        self, request: Request, label: Tlp, seen: Mapping[Tlp, Collection], rest: list[str]
    ) -> Response:
        kind: str
        match rest:
            case []:
                return _json(_collection(label)) if _reads(request) else _method()
            case ["manifest" | "objects" as name]:
                kind, id_ = name, ""
            case ["objects", id_] if id_ in seen[label]:
                kind = "object"
            case ["objects", id_, "versions"] if id_ in seen[label]:
                kind = "versions"
            case _:
                return _missing()
        if (request.method, kind) in (("POST", "objects"), ("DELETE", "object")):
            return _problem(403, "The collection is read-only")
        if not _reads(request):
            return _method()
        asked = query(request.query, request.path, matches=_MATCHES[kind])
        if kind == "versions":
            asked = msgspec.structs.replace(asked, versions=frozenset({"all"}))
        return _page(seen[label].page(asked, id_), kind)


def _reads(request: Request) -> bool:
    return request.method in ("GET", "HEAD")


def acceptable(accept: str | None) -> bool:
    """Whether a client takes TAXII 2.1 (RFC 9110, section 12.5.1). No header: it takes all."""
    if accept is None or not accept.strip():
        return True
    for each in accept.lower().split(","):
        kind, *parameters = (part.strip() for part in each.split(";"))
        values = dict(part.replace(" ", "").partition("=")[::2] for part in parameters if part)
        if _refused(values.get("q", "1")):
            continue
        if kind in ("*/*", "application/*"):
            return True
        if kind == "application/taxii+json" and values.get("version", "2.1").strip('"') == "2.1":
            return True
    return False


def _refused(weight: str) -> bool:
    """Whether a weight is zero: "0", "0.0" up to "0.000"."""
    return bool(weight) and not weight.strip("0.")


def collection_id(label: Tlp) -> str:
    """The id of the collection of a label: a UUID of version 4 in form, always the same one."""
    hashed = uuid.UUID(named("taxii", "collection", label))
    return str(uuid.UUID(bytes=hashed.bytes, version=4))


def _alias(label: Tlp) -> str:
    return label.lower().replace(":", "-").replace("+", "-")


def _discovery() -> dict[str, Any]:
    return {
        "title": NAME,
        "description": f"Briefings as STIX 2.1 objects. Version {__version__}.",
        "default": ROOT,
        "api_roots": [ROOT],
    }


def _root() -> dict[str, Any]:
    return {
        "title": "Briefings",
        "description": "Items as STIX 2.1, one collection a TLP label; read-only.",
        "versions": [TAXII],
        "max_content_length": _CONTENT,
    }


def _collection(label: Tlp) -> dict[str, Any]:
    return {
        "id": collection_id(label),
        "title": label,
        "description": f"Facts about the world from items that are {label}.",
        "alias": _alias(label),
        "can_read": True,
        "can_write": False,
        "media_types": [STIX],
    }


def _page(page: Page, kind: str) -> Response:
    """An envelope, a manifest or a list of versions; empty when there is nothing.

    Manifest and versions get `next` too: its absence from their tables is an acknowledged oversight of the
    standard (oasis-tcs/cti-taxii2, issue 110).
    """
    head = f'"more":true,"next":{json.dumps(page.next)},'.encode() if page.next else b'"more":false,'
    if not page.entries:
        return Response(200, b"{}")
    if kind == "manifest":
        rows = [
            json.dumps(
                {"id": each.id, "date_added": each.added, "version": each.version, "media_type": STIX}
            ).encode()
            for each in page.entries
        ]
    elif kind == "versions":
        rows = [json.dumps(each.version).encode() for each in page.entries]
    else:
        rows = [each.body for each in page.entries]
    name = b'"versions":[' if kind == "versions" else b'"objects":['
    headers = (
        ("Content-Type", TAXII),
        ("X-TAXII-Date-Added-First", page.entries[0].added),
        ("X-TAXII-Date-Added-Last", page.entries[-1].added),
    )
    return Response(200, b"{" + head + name + b",".join(rows) + b"]}", headers)


def _json(value: dict[str, Any]) -> Response:
    return Response(200, json.dumps(value, ensure_ascii=False).encode())


def _missing() -> Response:
    return _problem(404, "Nothing is here for you")


def _method() -> Response:
    return _problem(405, "Only reading is possible", (("Allow", "GET, HEAD"),))


def _problem(status: int, title: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """An error message resource."""
    body = json.dumps({"title": title, "http_status": str(status)}).encode()
    return Response(status, body, (("Content-Type", TAXII), *headers))


Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def asgi(server: Taxii) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The server as an ASGI 3 application, to be mounted at the root of a site. HTTP only.

    An answer comes from memory; when the store has news, the one request that looks waits for it in a thread.
    """

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        import asyncio

        if scope["type"] != "http":
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        path = scope.get("raw_path") or scope["path"].encode()
        request = Request(
            scope["method"], path.decode("latin-1").partition("?")[0], scope["query_string"].decode("latin-1"),
            headers.get("accept"), headers.get("authorization", ""),
        )  # fmt: skip
        found = await asyncio.to_thread(server.answer, request)
        lines = [(key.lower().encode(), value.encode()) for key, value in found.headers]
        lines.append((b"content-length", str(len(found.body)).encode()))
        await send({"type": "http.response.start", "status": found.status, "headers": lines})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else found.body})

    return application
