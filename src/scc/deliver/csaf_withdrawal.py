# SPDX-License-Identifier: Apache-2.0
"""The last version of a published CSAF 2.0 advisory whose item may no longer be told or is gone: its id, its history
and that it is withdrawn, nothing of what it said.

An advisory that was out once keeps its address, and who watches the feed has to learn that it no longer stands.
"""

from __future__ import annotations

import datetime
import json
from typing import Any, Final

from scc.share.identity import moment

NOTE: Final = {
    "category": "general",
    "text": "This advisory was withdrawn. What it said no longer stands.",
    "title": "Withdrawal",
}


def is_withdrawal(data: bytes) -> bool:
    """Whether the advisory was made by `withdrawal`. Raises ValueError for what is no JSON."""
    return bool(json.loads(data)["document"].get("notes") == [NOTE])


def version(data: bytes) -> tuple[int, ...]:
    """`/document/tracking/version` for comparing; ours are semantic without pre-release (CSAF 2.0, 3.1.11.1)."""
    return tuple(int(each) for each in str(json.loads(data)["document"]["tracking"]["version"]).split("."))


def withdrawal(data: bytes, now: datetime.datetime) -> bytes:
    """The advisory as withdrawn at `now` (UTC), one second after its last version at least.

    Category csaf_base asks for nothing but the head (section 4.1). Raises KeyError or ValueError for what is no
    advisory of ours.
    """
    old = json.loads(data)["document"]
    tracking = old["tracking"]
    when = max(
        now.replace(microsecond=0), moment(tracking["current_release_date"]) + datetime.timedelta(seconds=1)
    )
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
    *head, patch = version(data)
    number = ".".join(str(each) for each in (*head, patch + 1))
    told = {"date": stamp, "number": number, "summary": "Withdrawn."}
    document: dict[str, Any] = {
        "category": "csaf_base",
        "csaf_version": "2.0",
        "distribution": old["distribution"],
        "lang": "en",
        "notes": [NOTE],
        "publisher": old["publisher"],
        "title": f"Withdrawn: {tracking['id']}",
        "tracking": {
            **tracking,
            "current_release_date": stamp,
            "generator": {**tracking["generator"], "date": stamp},
            "revision_history": [*tracking["revision_history"], told],
            "status": "final",
            "version": number,
        },
    }
    return (json.dumps({"document": document}, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
