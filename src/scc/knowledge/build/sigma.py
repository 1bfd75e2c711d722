# SPDX-License-Identifier: Apache-2.0
"""The index of Sigma rules from the official archive of rules: one row a rule, no rule bodies.

Source: https://github.com/SigmaHQ/sigma/releases (sigma_all_rules.zip), Sigma rules specification 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.knowledge.build.archives import members
from scc.model.errors import KnowledgeError

_TECHNIQUE: Final = re.compile(r"attack\.(t[0-9]{4}(?:\.[0-9]{3})?)")
_TEXTS: Final = ("id", "title", "status", "level", "author")


def index(data: bytes, name: str) -> list[dict[str, Any]]:
    """Rows with id, title, level, status, techniques, logsource, path and author, sorted by id.

    Raises KnowledgeError if the archive or a rule in it cannot be read.
    """
    return sorted(_rows(data, name), key=lambda row: (str(row["id"]), str(row["path"])))


def _rows(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path, body in members(data, name, ".yml"):
        inside = _inside(path)
        if not inside:
            continue
        try:
            rule = next(iter(yaml.load_all(body, Loader=loader)), None)
        except yaml.YAMLError as fault:
            raise KnowledgeError(
                f"{name} holds a rule that is no YAML: {path}.", "Fetch it again later."
            ) from fault
        if not isinstance(rule, dict) or not rule.get("id"):
            continue
        source = rule.get("logsource")
        found = (_TECHNIQUE.fullmatch(str(each).lower()) for each in rule.get("tags") or ())
        yield {
            **{key: str(rule.get(key) or "") for key in _TEXTS},
            "techniques": sorted({each[1].upper() for each in found if each}),
            "logsource": source if isinstance(source, dict) else {},
            "path": inside,
        }


def _inside(path: str) -> str:
    """The path within the repository: from the folder of rules on; "" for what is no rule."""
    parts = path.split("/")
    start = next((place for place, part in enumerate(parts[:-1]) if part.startswith("rules")), None)
    return "" if start is None else "/".join(parts[start:])
