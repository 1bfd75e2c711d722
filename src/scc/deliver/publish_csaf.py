# SPDX-License-Identifier: Apache-2.0
"""Items as a CSAF 2.0 provider's folder (section 7 of the standard): advisories by year, index.txt, changes.csv, ROLIE
feed, hashes, signatures by the system's gpg, provider-metadata.json.

Only what is TLP:CLEAR, and only facts about the world. An advisory that was published once keeps its address; when its
item is gone, or may no longer be told to everybody, what stands there is that it is withdrawn. Every advisory passes the mandatory tests before it goes in. The web server, its certificate
and the entry in security.txt are the operator's.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.deliver import gpg
from scc.deliver.admission import refusal
from scc.deliver.csaf_withdrawal import is_withdrawal, version, withdrawal
from scc.deliver.folder import Staging, replaced
from scc.model.briefing import Briefing
from scc.model.errors import DeliverError
from scc.share import EXPORTS, Context, NotApplicable, Refused, clear
from scc.share.identity import NAME, NAMESPACE

KIND: Final = "csaf"
FEED: Final = "csaf-feed-tlp-white.json"
METADATA: Final = ".well-known/csaf/provider-metadata.json"
_NAME: Final = re.compile(r"[^+\-a-z0-9]+")
_ADVISORY: Final = re.compile(r"white/\d{4}/[+\-_a-z0-9]{1,120}\.json")
_SCHEMA: Final = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json"


class Published(msgspec.Struct, frozen=True):
    """What a run did."""

    written: tuple[str, ...]
    """Names of advisories in the folder that come from items of this run."""
    withdrawn: tuple[str, ...]
    """Advisories of earlier runs that only say that they are withdrawn."""
    refused: tuple[tuple[str, str], ...]
    """(item, reason)."""
    signed: bool
    note: str = ""
    """Why there are no signatures, "" when there are."""


def publish(
    target: Path,
    items: Iterable[tuple[Briefing, Context]],
    base: str,
    *,
    sign_with: str = "",
    now: datetime.datetime | None = None,
) -> Published:
    """Write the folder; with nothing to publish, now or earlier, none is made.

    `base`: https address under which `target` will be reachable. `sign_with`: key for gpg. `now`: when what has to go
    is withdrawn, the moment of the call unless given; it stands in no other file.
    Raises DeliverError when the folder is not ours, holds broken advisories or only those of another database, cannot
    be written, or a key is named and gpg fails.
    """
    if not re.fullmatch(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?", base):
        raise DeliverError(
            f"{base!r} is no https address.",
            "CSAF demands TLS; name the address at which the folder is served.",
        )
    base = base.rstrip("/")
    signer = gpg.signer(sign_with) if sign_with else None
    made: dict[str, bytes] = {}
    refused: list[tuple[str, str]] = []
    given: set[str] = set()
    for briefing, context in items:
        given.add(briefing.id)
        advisory = _advisory(briefing, context)
        if isinstance(advisory, str):
            refused.append((briefing.id, advisory))
        else:
            made[_file(advisory)] = advisory
    with replaced(target, KIND) as folder:
        gone = _gone(target, _earlier(folder), made, given, now or datetime.datetime.now(datetime.UTC))
        for name in sorted(made.keys() & gone.keys()):
            refused.append(
                (_tracking(made[name])["id"], "it was withdrawn here; its next revision goes out again")
            )
        every = {**made, **gone}
        if every:
            _fill(folder, every, base, signer)
        else:
            folder.discard()
    return Published(
        written=tuple(sorted(made.keys() - gone.keys())),
        withdrawn=tuple(sorted(gone)),
        refused=tuple(sorted(refused)),
        signed=signer is not None,
        note="" if signer else "no key was named (--sign-with), so the role is csaf_provider",
    )


def _fill(folder: Staging, every: dict[str, bytes], base: str, signer: gpg.Signer | None) -> None:
    for name, data in sorted(every.items()):
        _put(folder, name, data, signer)
    _index(folder, every)
    _feed(folder, every, base, signed=signer is not None)
    _metadata(folder, every, base, _keys(folder, signer, base))


def _advisory(briefing: Briefing, context: Context) -> bytes | str:
    """The advisory for everybody, or why there is none."""
    from scc.share.csaf.check import check

    if reason := refusal(briefing, context):
        return reason
    allowed = clear(briefing, context.records, "csaf", "TLP:CLEAR")
    if isinstance(allowed, Refused):
        return allowed.reason
    given = msgspec.structs.replace(context, records=allowed.records)
    try:
        data = EXPORTS["csaf"].write(allowed.briefing, given)
    except ValueError as fault:
        return f"it cannot be written as CSAF: {str(fault)[:200]}"
    if isinstance(data, NotApplicable):
        return data.reason
    failures = check(json.loads(data), context.knowledge)
    if failures:
        return f"it fails mandatory test {failures[0].test} of CSAF 2.0"
    return data


def _file(data: bytes) -> str:
    """Folder and file name of an advisory: the id in lower case, what is not +, - or alphanumeric as one _ (5.1)."""
    tracking = _tracking(data)
    year = tracking["initial_release_date"][:4]
    return f"white/{year}/{_NAME.sub('_', tracking['id'].lower())}.json"


def _tracking(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data)["document"]["tracking"]
    return found


def _earlier(folder: Staging) -> dict[str, bytes]:
    """The advisories in the folder that is being replaced. Raises DeliverError for one that was changed by others."""
    found: dict[str, bytes] = {}
    for name in folder.names():
        if not _ADVISORY.fullmatch(name):
            continue
        data = folder.published(name) or b""
        try:
            if _file(data) == name and version(data):
                found[name] = data
                continue
        except (ValueError, KeyError, TypeError):
            pass
        raise DeliverError(
            f"{name} in the folder is no advisory of ours; nothing was changed.", "Restore or remove it."
        )
    return found


def _gone(
    target: Path, earlier: dict[str, bytes], made: dict[str, bytes], given: set[str], now: datetime.datetime
) -> dict[str, bytes]:
    """The earlier advisories that stand as withdrawn; one whose item came back only until its next revision."""
    found: dict[str, bytes] = {}
    for name, data in earlier.items():
        if is_withdrawal(data):
            if name not in made or version(made[name]) <= version(data):
                found[name] = data
        elif name not in made:
            found[name] = withdrawal(data, now)
    anew = [name for name in found if found[name] != earlier[name]]
    if anew and not given & {_tracking(each)["id"] for each in earlier.values()}:
        raise DeliverError(
            f"None of the advisories in {target} is of an item of this database; nothing was withdrawn.",
            "Check --db, or name a new folder.",
        )
    return found


def _put(folder: Staging, name: str, data: bytes, signer: gpg.Signer | None) -> None:
    """An advisory with hashes and signature; an old signature stays with the same bytes under the same key."""
    folder.put(name, data)
    file = name.rsplit("/", 1)[-1]
    for kind in ("sha256", "sha512"):
        folder.put(f"{name}.{kind}", f"{hashlib.new(kind, data).hexdigest()}  {file}\n".encode())
    if signer is None:
        return
    old = folder.published(f"{name}.asc")
    if old is None or folder.published(name) != data or not signer.made(old, folder.path(name)):
        old = signer.sign(folder.path(name))
    folder.put(f"{name}.asc", old)


def _moved(data: bytes) -> str:
    return str(_tracking(data)["current_release_date"])


def _index(folder: Staging, every: dict[str, bytes]) -> None:
    """index.txt (7.1.12) and changes.csv, newest first (7.1.13), both beside the year folders."""
    names = sorted(each.removeprefix("white/") for each in every)
    folder.put("white/index.txt", "".join(f"{each}\n" for each in names).encode())
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    moved = sorted((_moved(data), name.removeprefix("white/")) for name, data in every.items())
    rows.writerows((name, when) for when, name in reversed(moved))
    folder.put("white/changes.csv", out.getvalue().encode())


def _feed(folder: Staging, every: dict[str, bytes], base: str, *, signed: bool) -> None:
    """The ROLIE feed (7.1.15)."""
    entries = []
    for name, data in every.items():
        document = json.loads(data)["document"]
        tracking = document["tracking"]
        links = [{"rel": "self", "href": f"{base}/{name}"}]
        links += [{"rel": "hash", "href": f"{base}/{name}.{kind}"} for kind in ("sha256", "sha512")]
        if signed:
            links.append({"rel": "signature", "href": f"{base}/{name}.asc"})
        entries.append(
            {
                "id": tracking["id"],
                "title": document["title"],
                "link": links,
                "published": tracking["initial_release_date"],
                "updated": tracking["current_release_date"],
                "content": {"type": "application/json", "src": f"{base}/{name}"},
                "format": {"schema": _SCHEMA, "version": "2.0"},
            }
        )
    entries.sort(key=lambda each: str(each["id"]))
    entries.sort(key=lambda each: str(each["updated"]), reverse=True)
    feed = {
        "feed": {
            "id": FEED.removesuffix(".json"),
            "title": "Advisories (TLP:WHITE)",
            "link": [{"rel": "self", "href": f"{base}/white/{FEED}"}],
            "category": [{"scheme": "urn:ietf:params:rolie:category:information-type", "term": "csaf"}],
            "updated": _last(every),
            "entry": entries,
        }
    }
    folder.put(f"white/{FEED}", _json(feed))


def _keys(folder: Staging, signer: gpg.Signer | None, base: str) -> list[dict[str, str]]:
    if signer is None:
        return []
    name = f".well-known/csaf/openpgp/{signer.fingerprint}.asc"
    folder.put(name, signer.public())
    return [{"fingerprint": signer.fingerprint, "url": f"{base}/{name}"}]


def _metadata(folder: Staging, every: dict[str, bytes], base: str, keys: list[dict[str, str]]) -> None:
    """provider-metadata.json (7.1.7); a trusted provider signs what it publishes (7.2.3)."""
    summary = "Advisories for everybody"
    found: dict[str, Any] = {
        "canonical_url": f"{base}/{METADATA}",
        "distributions": [
            {"directory_url": f"{base}/white/"},
            {"rolie": {"feeds": [{"summary": summary, "tlp_label": "WHITE", "url": f"{base}/white/{FEED}"}]}},
        ],
        "last_updated": _last(every),
        "list_on_CSAF_aggregators": False,
        "metadata_version": "2.0",
        "mirror_on_CSAF_aggregators": False,
        "public_openpgp_keys": keys,
        "publisher": {"category": "other", "name": NAME, "namespace": NAMESPACE.urn},
        "role": "csaf_trusted_provider" if keys else "csaf_provider",
    }
    folder.put(METADATA, _json(found))


def _last(every: dict[str, bytes]) -> str:
    return max(_moved(each) for each in every.values())


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
