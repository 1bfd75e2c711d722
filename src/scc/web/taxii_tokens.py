# SPDX-License-Identifier: Apache-2.0
"""Who may ask the TAXII server: clients with a token of their own and what they are cleared for.

The file holds digests, never tokens. A token is 256 random bits, so a plain SHA-256 of it cannot be searched.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path
from typing import Final

import msgspec

from scc.model.errors import UsageError
from scc.model.tlp import Tlp

_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Client(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One client."""

    name: str
    clearance: Tlp
    """The most restricted label it may see."""
    token_sha256: str
    """64 hexadecimal digits."""


def read(path: Path) -> tuple[Client, ...]:
    """The clients of a file: a JSON list. Raises UsageError."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=tuple[Client, ...])
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.", "`scc taxii token` makes it.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check its rights.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}.", "It is a list of name, clearance and token_sha256.") from error
    names = [each.name for each in found]
    for each in found:
        if not _NAME.fullmatch(each.name) or not _DIGEST.fullmatch(each.token_sha256):
            raise UsageError(
                f"{path}: a name or token_sha256 is not valid.", "Make it with `scc taxii token`."
            )
    if len(set(names)) < len(names):
        raise UsageError(f"{path}: a name is there twice.", "Take one away.")
    return found


def add(path: Path, name: str, clearance: Tlp) -> str:
    """Make a token for a client, in place of one it had; the file is for its owner only. Raises UsageError."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a client.", "Use up to 64 letters, digits, dots, hyphens.")
    clients = read(path) if path.exists() else ()
    token = secrets.token_urlsafe(32)
    made = Client(name, clearance, digest(token))
    kept = (*(each for each in clients if each.name != name), made)
    data = msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    beside.replace(path)
    return token


def digest(token: str) -> str:
    """The SHA-256 of a token in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def client(clients: tuple[Client, ...], authorization: str) -> Client | None:
    """Who an Authorization header is; None when it is nobody.

    Basic (RFC 7617; the client's name and its token), which TAXII makes mandatory, Bearer (RFC 6750), and
    Token as some clients write it.
    """
    scheme, _, value = authorization.strip().partition(" ")
    name: str | None = None
    token = value.strip()
    if scheme.lower() == "basic":
        try:
            name, colon, token = base64.b64decode(token, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, ValueError):
            return None
        if not colon:
            return None
    elif scheme.lower() not in ("bearer", "token"):
        return None
    given = digest(token)
    found = None
    for each in clients:  # all of them, so that the time tells nothing of the place
        if hmac.compare_digest(each.token_sha256, given) and name in (None, each.name):
            found = each
    return found
