# SPDX-License-Identifier: Apache-2.0
"""The one door to the network: guarded GET, nothing else.

Limits: http and https only, size of the unpacked answer, time in all, redirects, pause per host, and the
address: it is checked after the name was resolved and exactly that address is connected to, so that a
name that changes its answer gains nothing. Sends no cookies, no credentials, no proxy settings.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2
import msgspec

from scc import __version__
from scc.model.errors import CollectError

REDIRECTS: Final = 5
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0
AGENT: Final = f"scc-briefings/{__version__}"


class Limits(msgspec.Struct, frozen=True):
    """What a fetch may cost."""

    seconds: float = 60.0
    """In all, redirects and slow drips included."""
    largest: int = 50 * 1024 * 1024
    """Bytes, unpacked."""
    pause: float = 1.0
    """Seconds between two fetches from one host."""
    private: bool = False
    """Allow addresses of private and loopback networks."""


class Answer(msgspec.Struct, frozen=True):
    """What came back. `status` is 200 or 304."""

    url: str
    status: int
    data: bytes
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """The first header of that name, "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Refused(OSError):
    """The address must not be connected to."""


class _Backend(httpcore2.NetworkBackend):
    """Resolves, checks and connects to exactly the checked address."""

    def __init__(self, private: bool) -> None:
        self._private = private
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception | None = None
        for address in resolve(host, port, self._private):
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure or Refused(f"{host} has no address")

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore2.NetworkStream:
        raise Refused("a local socket")


def resolve(host: str, port: int, private: bool) -> list[str]:
    """The addresses of a host. Raises Refused when any of them is not a public one."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise httpcore2.ConnectError(f"{host} was not found") from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        if not private and not public(address):
            raise Refused(f"{host} leads to {address}, which is not a public address")
    return addresses


def public(address: str) -> bool:
    """Whether an address is on the public internet (mapped and tunnelled IPv4 is looked into)."""
    try:
        value = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(value, ipaddress.IPv6Address):
        inner = value.ipv4_mapped or value.sixtofour or (value.teredo[1] if value.teredo else None)
        if inner is None and value in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(value) & 0xFFFFFFFF)
        if inner is not None:
            return public(str(inner))
    return value.is_global and not value.is_multicast and not value.is_reserved


class Door:
    """A guarded client. Use as a context manager."""

    def __init__(self, limits: Limits | None = None, agent: str = AGENT) -> None:
        self._limits = limits or Limits()
        transport = httpx2.HTTPTransport(trust_env=False)
        transport._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            network_backend=_Backend(self._limits.private),
            max_connections=8,
        )
        self._client = httpx2.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": agent, "Accept": "*/*"},
            timeout=httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        )
        self._last: dict[str, float] = {}

    def __enter__(self) -> Door:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(
        self, url: str, *, etag: str = "", modified: str = "", accept: str = "", largest: int = 0
    ) -> Answer:
        """Fetch an address; `largest` (bytes) takes the place of the limit on size.

        Raises CollectError with what went wrong and whether to try again.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": modified, "Accept": accept}
        limit = time.monotonic() + self._limits.seconds
        for _ in range(REDIRECTS + 1):
            self._check(url)
            try:
                answer = self._once(
                    url, {key: value for key, value in headers.items() if value}, limit, largest
                )
            except (httpx2.HTTPError, httpx2.InvalidURL, httpcore2.ConnectError, OSError) as error:
                if _cause(error, Refused):
                    raise CollectError(
                        f"{url} was not fetched: {_said(error)}.",
                        "Set collect.private = true if that is meant.",
                    ) from error
                raise CollectError(f"{url} was not fetched: {_said(error)}.", "Try again later.") from error
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            url = urljoin(url, answer.header("location"))
        raise CollectError(f"{url} redirects more than {REDIRECTS} times.", "Check the address.")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CollectError(f"{url[:200]} is not an http or https address.", "Check the address.")
        wait = self._last.get(parts.hostname, 0.0) + self._limits.pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last[parts.hostname] = time.monotonic()

    def _once(self, url: str, headers: dict[str, str], limit: float, largest: int) -> Answer:
        most = largest or self._limits.largest
        with self._client.stream("GET", url, headers=headers) as response:
            kept = tuple((str(key), str(value)) for key, value in response.headers.multi_items())
            if response.status_code in (301, 302, 303, 304, 307, 308):
                return Answer(str(response.url), response.status_code, b"", kept)
            if response.status_code != 200:
                # GitHub's API says with 403 that the hour's requests are used up.
                spent = response.headers.get("x-ratelimit-remaining") == "0"
                again = spent or response.status_code == 429 or response.status_code >= 500
                raise CollectError(
                    f"{url} answered {response.status_code}.",
                    "Try again later." if again else "Check the address.",
                )
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes(65536):
                size += len(part)
                if size > most:
                    raise CollectError(
                        f"{url} sends more than {most // 1048576} MB.",
                        "Look at that address." if largest else "Raise collect.largest if that is meant.",
                    )
                if time.monotonic() > limit:
                    raise CollectError(
                        f"{url} took longer than {self._limits.seconds:.0f} s.", "Try again later."
                    )
                parts.append(part)
            return Answer(str(response.url), 200, b"".join(parts), kept)


def _cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False


def _said(error: BaseException) -> str:
    return (str(error) or type(error).__name__).rstrip(".")[:200]
