# SPDX-License-Identifier: Apache-2.0
"""Fetches the official downloads into a folder with a manifest, each checked before it is kept.

Knows no network itself: `Get` is the caller's door. What is checked: size, time in all, that an answer is
what it should be (no page of a proxy in its place, JSON and archives whole), and the checksum that the
publisher publishes. A git blob id is SHA-1 over "blob", the size and the bytes (Git, gitformat-pack and
gitglossary: "object name"); it tells that the file is the one that the publisher's repository lists.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec

from scc.knowledge.build.archives import members
from scc.knowledge.downloads import File, Publisher
from scc.model.errors import KnowledgeError

LISTING_MOST: Final = 20
"""Megabytes that a list of files may have."""
ALL_MOST: Final = 600
"""Megabytes that all downloads together may have."""
SECONDS_MOST: Final = 1800.0
"""Seconds that fetching may take in all."""
NONE: Final = "no published checksum"

_MB: Final = 1_000_000
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")
_CWE_VERSION: Final = re.compile(rb'<Weakness_Catalog[^>]{0,500}?\bVersion="([0-9.]{1,20})"')
_PAGE: Final = (b"<!doctype html", b"<html", b"<head", b"<body")


class Get(Protocol):
    """Fetches a URL and returns its bytes, at most `largest` of them; raises SccError or OSError."""

    def __call__(self, url: str, largest: int) -> bytes: ...


class Fetched(msgspec.Struct, frozen=True):
    """A row of the manifest that is written beside the files."""

    file: str
    role: str
    sha256: str
    version: str
    date: str
    license: str
    official_url: str
    commit: str
    checked: str
    """How it was checked: "git blob id", "git blob ids of N rules", or NONE."""
    redistribute: str = "yes"


class Fetcher:
    """One run of fetching: its door, its clock and what it has used up."""

    def __init__(self, get: Get, folder: Path, date: str, clock: Callable[[], float]) -> None:
        """`date` (YYYY-MM-DD) is written into the manifest; `clock` gives seconds, for the limit on time."""
        self._get, self._folder, self._date, self._clock = get, folder, date, clock
        self._end = clock() + SECONDS_MOST
        self._left = ALL_MOST * _MB

    def fetch(self, publishers: Iterable[Publisher]) -> tuple[Fetched, ...]:
        """Fetch all files of the publishers and write MANIFEST.json.

        Raises KnowledgeError at the first file that is not what it should be; whatever the door raises for
        a file that cannot be had passes through. Then the folder is incomplete and has no manifest.
        """
        rows: list[Fetched] = []
        for each in publishers:
            rows.extend(self._place(each))
        text = msgspec.json.format(msgspec.json.encode({"files": rows}), indent=1)
        (self._folder / "MANIFEST.json").write_bytes(text + b"\n")
        return tuple(rows)

    def _place(self, place: Publisher) -> list[Fetched]:
        commit = _commit(self._load(place.head, 1), place) if place.head else ""
        blobs: dict[str, str] = {}
        if place.listing:
            blobs = _blobs(self._load(place.listing.replace("{commit}", commit), LISTING_MOST), place)
        return [self._file(place, each, commit, blobs) for each in place.files]

    def _file(self, place: Publisher, file: File, commit: str, blobs: dict[str, str]) -> Fetched:
        path = file.path.replace("{commit}", commit)
        url = place.base.replace("{commit}", commit) + path
        name = f"{place.id}/{path}"
        data = self._load(url, file.megabytes)
        if not data:
            raise KnowledgeError(f"{name} came empty.", _AGAIN)
        if data.lstrip()[:20].lower().startswith(_PAGE):
            raise KnowledgeError(
                f"{url} answered with a web page in place of the file.",
                "Look at that address: a proxy or the publisher may ask for something.",
            )
        checked = _checked(place, path, data, blobs, name)
        version = _version(file, data, commit, name)
        target = self._folder / name
        if not target.resolve().is_relative_to(self._folder.resolve()):
            raise KnowledgeError(f"{name} leads out of the folder of the downloads.", "Correct the list.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        return Fetched(
            name, file.role, digest, version, self._date, place.licence, url, commit, checked
        )  # fmt: skip

    def _load(self, url: str, megabytes: int) -> bytes:
        if self._clock() > self._end:
            raise KnowledgeError(f"Fetching took more than {SECONDS_MOST / 60:.0f} minutes.", _AGAIN)
        most = min(megabytes * _MB, self._left)
        data = self._get(url, most)
        if len(data) > most:
            raise KnowledgeError(
                f"{url} sends more than {most // _MB} MB.", "Do not use it; keep the pack you have."
            )
        self._left -= len(data)
        return data


_AGAIN: Final = "Nothing was changed; try again later."


def _commit(data: bytes, place: Publisher) -> str:
    found = _plain(data, place.head)
    commit = str(found.get("object", {}).get("sha", "")) if isinstance(found, dict) else ""
    if not _COMMIT.fullmatch(commit):
        raise KnowledgeError(f"{place.head} names no commit.", _AGAIN)
    return commit


def _blobs(data: bytes, place: Publisher) -> dict[str, str]:
    """Git blob id by path, from a git tree or from the contents of a folder."""
    found = _plain(data, place.listing)
    if isinstance(found, dict) and found.get("truncated"):
        raise KnowledgeError(f"{place.listing} gives only a part of the list of files.", _AGAIN)
    rows = found.get("tree") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise KnowledgeError(f"{place.listing} gives no list of files.", _AGAIN)
    return {
        str(each["path"]): str(each["sha"])
        for each in rows
        if isinstance(each, dict)
        and each.get("type") in ("blob", "file")
        and "path" in each
        and "sha" in each
    }


def _plain(data: bytes, url: str) -> Any:
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError as fault:
        raise KnowledgeError(f"{url} does not answer with JSON.", _AGAIN) from fault


def blob_id(data: bytes) -> str:
    """The git object name of a file's bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _checked(place: Publisher, path: str, data: bytes, blobs: dict[str, str], name: str) -> str:
    if place.check == "none":
        return NONE
    if place.check == "archive":
        return _archive(data, blobs, name)
    if path not in blobs:
        raise KnowledgeError(
            f"{name} is not in its publisher's list of files.", "Keep the pack you have; it was moved."
        )
    if blob_id(data) != blobs[path]:
        raise KnowledgeError(f"{name} does not have the checksum that its publisher lists.", _AGAIN)
    return "git blob id"


def _archive(data: bytes, blobs: dict[str, str], name: str) -> str:
    """Every rule of an archive of a repository against the list: none altered, none added, none missing."""
    wanted = {path: id_ for path, id_ in blobs.items() if path.startswith("rules") and path.endswith(".yml")}
    found = 0
    for member, body in members(data, name, ".yml"):
        path = member.partition("/")[2]
        if not path.startswith("rules"):
            continue
        if wanted.get(path) != blob_id(body):
            raise KnowledgeError(
                f"{name}: {path[:120]} does not have the checksum that its publisher lists.", _AGAIN
            )
        found += 1
    if found != len(wanted) or not wanted:
        raise KnowledgeError(
            f"{name} holds {found} of the {len(wanted)} rules that its publisher lists.", _AGAIN
        )
    return f"git blob ids of {found} rules"


def _version(file: File, data: bytes, commit: str, name: str) -> str:
    """The version that a file states; on the way a JSON file is read to its end, and an archive too."""
    if file.version.startswith("="):
        stated = file.version[1:]
    else:
        stated = commit[:12] if file.version == "commit" else ""
    if file.form == "cwe":
        found = next((_CWE_VERSION.search(body[:4000]) for _, body in members(data, name, ".xml")), None)
        if found is None:
            raise KnowledgeError(f"{name} states no CWE version.", _AGAIN)
        return found[1].decode()
    if file.form != "json":
        return stated
    try:
        document = msgspec.json.decode(data)
    except msgspec.DecodeError as fault:
        raise KnowledgeError(f"{name} is not whole JSON: {str(fault).rstrip('.')[:120]}.", _AGAIN) from fault
    try:
        match file.version:
            case "collection":
                each = next(one for one in document["objects"] if one["type"] == "x-mitre-collection")
                return str(each["x_mitre_version"])
            case "oscal":
                return str(next(iter(document.values()))["metadata"]["version"])
            case "version" | "catalogVersion":
                return str(document[file.version])
    except (KeyError, TypeError, AttributeError, StopIteration) as fault:
        raise KnowledgeError(
            f"{name} does not state its version.", "Keep the pack you have; its form changed."
        ) from fault
    return stated
