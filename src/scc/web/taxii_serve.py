# SPDX-License-Identifier: Apache-2.0
"""The TAXII server alone, over HTTP/1.1 with TLS where a certificate is given, by the standard library.

For one team and its tools; in front of the internet belongs a reverse proxy, or an ASGI server over
`taxii.asgi`. Bodies of requests are never read, a silent connection is closed, their number is limited.
"""

from __future__ import annotations

import ipaddress
import logging
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from scc.model.errors import UsageError
from scc.web.taxii import Request, Taxii

IDLE: Final = 30.0
"""Seconds that a connection may be silent."""
MOST: Final = 64
"""Connections at a time; more are closed at once."""
_LOG: Final = logging.getLogger(__name__)


class Server(ThreadingHTTPServer):
    """The listening socket; `serve_forever` and `shutdown` as in the standard library."""

    daemon_threads = True

    def __init__(self, taxii: Taxii, host: str, port: int, tls: ssl.SSLContext | None = None) -> None:
        """Raises UsageError when the address cannot be used, or tokens would travel in clear."""
        if tls is None and not loopback(host):
            raise UsageError(
                f"{host} is reached from outside, and tokens would travel in clear.",
                "Give --cert and --key, or serve on 127.0.0.1 behind a proxy with TLS.",
            )
        self.taxii = taxii
        self._slots = threading.BoundedSemaphore(MOST)
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            raise UsageError(
                f"{host}:{port} cannot be used: {error.strerror}.", "Choose another --port."
            ) from error
        if tls is not None:
            # The handshake is left to the thread of the connection: a slow one must not hold up the others.
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._slots.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        _LOG.debug("a connection ended with a fault", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "scc"
    sys_version = ""
    timeout = IDLE
    server: Server

    def _answer(self) -> None:
        path, _, query = self.path.partition("?")
        found = self.server.taxii.answer(
            Request(
                self.command, path, query, self.headers.get("Accept"), self.headers.get("Authorization", "")
            )
        )
        self.send_response(found.status)
        for name, value in found.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(found.body)))
        if (
            self.command not in ("GET", "HEAD")
            or "Content-Length" in self.headers
            or "Transfer-Encoding" in self.headers
        ):
            # What follows would be the body, which nobody reads.
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found.body)

    do_GET = do_HEAD = do_POST = do_DELETE = do_PUT = do_PATCH = do_OPTIONS = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """To the log of the program, which is silent unless --debug; a path may hold anything."""
        _LOG.debug("%r", (self.client_address[0], format % args))


def loopback(host: str) -> bool:
    """Whether an address is this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def tls(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.2 or newer, as TAXII 2.1 asks for. Raises UsageError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"The certificate {certificate} cannot be used: {error}.", "Check --cert and --key."
        ) from error
    return context
