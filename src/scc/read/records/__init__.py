# SPDX-License-Identifier: Apache-2.0
"""Record formats: which there are, and the observations of a record document.

A format is a module with `entries`, `view` and `facts` (`interface.Format`), imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

import msgspec

from scc.model.document import Document
from scc.model.facts import Observation
from scc.read.records.interface import Format, Note

FORMATS: Final[dict[str, str]] = {
    "kev": "kev",
    "epss": "epss",
    "cve5": "cve5",
    "nvd": "nvd",
    "osv": "osv",
    "ghsa": "ghsa",
    "csaf": "csaf",
    "stix": "stix",
    "misp": "misp",
    "ioc": "ioc",
    "certfr": "certfr",
}
"""Format name to the module that reads it."""


def format_of(name: str) -> Format | None:
    """The reader of a format, None if the name is no record format."""
    module = FORMATS.get(name)
    return cast(Format, import_module(f"scc.read.records.{module}")) if module else None


def observations(document: Document) -> tuple[Observation, ...]:
    """The facts of a record document's payload, each with its JSON Pointer; () for others."""
    reader = format_of(document.format)
    if reader is None or document.payload is None:
        return ()
    note = Note(document)
    reader.facts(msgspec.json.decode(document.payload), note)
    return note.observations()
