# SPDX-License-Identifier: Apache-2.0
"""Detached OpenPGP signatures by the system's gpg. The key stays in the user's keyring; no passphrase passes here."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from scc.model.errors import DeliverError

_TIMEOUT: Final = 60
"""Seconds for one call; an agent that waits for a passphrase is given up."""
_FINGERPRINT: Final = re.compile(r"^fpr:{9}([0-9A-F]{40,64}):", re.MULTILINE)


class Signer:
    """A key of the keyring that signs files."""

    def __init__(self, program: str, fingerprint: str) -> None:
        self._program = program
        self.fingerprint = fingerprint
        """In upper case, without spaces."""

    def sign(self, file: Path) -> bytes:
        """An ASCII-armoured detached signature of the file. Raises DeliverError when gpg gives none."""
        return _run(
            self._program, "--batch", "--yes", "--armor", "--local-user", self.fingerprint, "--output", "-",
            "--detach-sign", str(file),
        )  # fmt: skip

    def made(self, signature: bytes, file: Path) -> bool:
        """Whether the signature is this key's and fits the file."""
        with tempfile.TemporaryDirectory() as place:
            held = Path(place) / "signature.asc"
            held.write_bytes(signature)
            try:
                told = _run(self._program, "--batch", "--status-fd", "1", "--verify", str(held), str(file))
            except DeliverError:
                return False
        return f"VALIDSIG {self.fingerprint}".encode() in told

    def public(self) -> bytes:
        """The public key, ASCII-armoured."""
        return _run(self._program, "--batch", "--armor", "--export", self.fingerprint)


def signer(key: str) -> Signer:
    """The signer for a key id, fingerprint or address. Raises DeliverError when gpg or the key is missing."""
    program = shutil.which("gpg") or shutil.which("gpg2")
    if program is None:
        raise DeliverError(
            "gpg is not installed, so nothing can be signed.", "Install it, or leave out --sign-with."
        )
    if key.startswith("-") or not key.isprintable():
        raise DeliverError(f"{key!r} is no key.", "Give a fingerprint; `gpg --list-secret-keys` lists them.")
    try:
        listed = _run(program, "--batch", "--with-colons", "--list-secret-keys", "--", key)
    except DeliverError as error:
        raise DeliverError(
            f"gpg has no secret key {key!r}.", "`gpg --list-secret-keys` lists them; give a fingerprint."
        ) from error
    found = _FINGERPRINT.search(listed.decode("utf-8", "replace"))
    if found is None:
        raise DeliverError(f"gpg has no secret key {key!r}.", "`gpg --list-secret-keys` lists them.")
    return Signer(program, found[1])


def _run(program: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            [program, *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DeliverError(
            "gpg did not answer within a minute; it may wait for a passphrase.",
            "Unlock the key in its agent first.",
        ) from error
    except OSError as error:
        raise DeliverError(f"gpg cannot be run: {error.strerror}.", "Check the installation.") from error
    if done.returncode != 0:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise DeliverError(
            f"gpg failed: {(told or ['no reason given'])[-1][:200]}.", "Run it by hand to see more."
        )
    return done.stdout
