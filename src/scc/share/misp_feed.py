# SPDX-License-Identifier: Apache-2.0
"""A folder that a MISP instance reads as a feed: one file an event, a manifest and the hashes of all values.

Made from events as `misp.write` gives them; the layout is that of MISP's feed generator and of
`pymisp.tools.feed_meta_generator`. Writes no file itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def feed(events: Iterable[bytes]) -> dict[str, bytes]:
    """Contents by file name: `<uuid>.json`, `manifest.json`, `hashes.csv` (MD5 of a value, event UUID).

    Of two events with the same UUID the newer one stays. Raises ValueError for bytes that are no event.
    """
    newest: dict[str, tuple[dict[str, Any], bytes]] = {}
    for data in events:
        try:
            event = json.loads(data)["Event"]
            uuid, time = str(event["uuid"]), int(event["timestamp"])
        except (KeyError, TypeError, ValueError) as fault:
            raise ValueError(f"this is no MISP event of a feed: {fault}") from fault
        if uuid not in newest or time >= int(newest[uuid][0]["timestamp"]):
            newest[uuid] = (event, data)
    ordered = [newest[uuid] for uuid in sorted(newest)]
    files = {f"{event['uuid']}.json": data for event, data in ordered}
    manifest = {event["uuid"]: _summary(event) for event, _ in ordered}
    files["manifest.json"] = (json.dumps(manifest, ensure_ascii=False) + "\n").encode()
    files["hashes.csv"] = "".join(line for event, _ in ordered for line in _hashes(event)).encode()
    return files


def _summary(event: dict[str, Any]) -> dict[str, Any]:
    return {
        "Orgc": event["Orgc"],
        "Tag": event["Tag"],
        "info": event["info"],
        "date": event["date"],
        "analysis": int(event["analysis"]),
        "threat_level_id": int(event["threat_level_id"]),
        "timestamp": int(event["timestamp"]),
    }


def _hashes(event: dict[str, Any]) -> Iterable[str]:
    """Lines for all values; the parts of a composite value ("a|b" of a type with "|") stand alone."""
    attributes = list(event.get("Attribute", ()))
    attributes += [each for one in event.get("Object", ()) for each in one["Attribute"]]
    for each in attributes:
        values = each["value"].split("|") if "|" in each["type"] else [each["value"]]
        for value in values:
            # MD5 is what the feed format asks for; it is an index and protects nothing.
            yield f"{hashlib.md5(value.encode(), usedforsecurity=False).hexdigest()},{event['uuid']}\n"
