# SPDX-License-Identifier: Apache-2.0
"""What every OSCAL document of ours shares: metadata, people and roles, observations, names of controls, texts.

Written for OSCAL 1.2.1, the version of the models in compliance-trestle 5.2.0. Texts are markup in OSCAL
("markup-line", "markup-multiline"), so every one is escaped and nothing in it is obeyed; plain strings have no
line ends and no blanks at their ends. Props of ours stand in a namespace of ours. Knows no single model.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from typing import Any, Final

from scc.model.act import Gap
from scc.model.tlp import Tlp
from scc.render.characters import visible
from scc.render.labels import framework
from scc.render.markdown_text import text
from scc.share.identity import NAME, day, named
from scc.share.texts import as_json

Object = dict[str, Any]
VERSION: Final = "1.2.1"
SPACE: Final = "urn:scc:share"
"""Namespace of our props; names without one are NIST's."""
_TOOL: Final = "scc"
_NOT_TOKEN: Final = re.compile(r"[^A-Za-z0-9._-]")
_ENHANCED: Final = re.compile(r"([a-z]{2}-[0-9]{1,2})\(([0-9]{1,2})\)")


def markup(*values: str, otherwise: str = "Not stated.") -> str:
    """The texts as one line of markup that says what they say; `otherwise` when they are empty."""
    return text(visible(" ".join(values))) or otherwise


def string(value: str, otherwise: str = "not stated") -> str:
    """A value of the type "string": one line, no blanks at its ends, never empty."""
    return " ".join(visible(value).split()) or otherwise


def written(moment: datetime.datetime) -> str:
    """A time as "dateTime-with-timezone", milliseconds only where there are some."""
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def control_id(gap: Gap) -> str:
    """The control as a token: NIST's own form for SP 800-53 ("ac-2.1"), else framework and number."""
    number = gap.control.strip()
    if gap.framework == "nist-800-53r5":
        number = _ENHANCED.sub(r"\1.\2", number.lower())
        if re.fullmatch(r"[a-z]{2}-[0-9]{1,2}(\.[0-9]{1,2})?", number):
            return number
    return _NOT_TOKEN.sub("-", f"_{gap.framework}_{number}")[:200]


def control_name(gap: Gap, title: str) -> str:
    """The control for people, as markup."""
    return markup(framework(gap.framework), gap.control, title)


def props(**values: str) -> list[Object]:
    """Props of ours, empty ones left out."""
    return [
        {"name": name.replace("_", "-"), "ns": SPACE, "value": string(value)}
        for name, value in values.items()
        if value.strip()
    ]


class People:
    """The persons and roles that a document names, each once; metadata has to hold them all."""

    def __init__(self) -> None:
        self._parties: dict[str, Object] = {}
        self._roles: dict[str, Object] = {}

    def person(self, name: str) -> str:
        """The UUID of a person who recorded something."""
        shown = string(name)
        id_ = named("oscal", "person", shown)
        self._parties[id_] = {"uuid": id_, "type": "person", "name": shown}
        return id_

    def role(self, name: str) -> str:
        """The id of the role that owns something."""
        shown = string(name)
        id_ = f"role-{named('oscal', 'role', shown)}"
        self._roles[id_] = {"id": id_, "title": markup(shown)}
        return id_

    def origin(self, author: str) -> list[Object]:
        """Who said it; nobody when no author is recorded."""
        return [{"actors": [{"type": "party", "actor-uuid": self.person(author)}]}] if author.strip() else []

    def metadata(self, title: str, modified: str, version: str, label: Tlp, remarks: str) -> Object:
        """The metadata, made when everybody is known. `modified` is a time as `written` gives it."""
        ours = named("oscal", "publisher")
        publisher = {"uuid": ours, "type": "organization", "name": NAME}
        return filled({
            "title": title, "last-modified": modified, "version": string(version), "oscal-version": VERSION,
            "props": [{"name": "marking", "value": label, "class": "tlp"}],
            "roles": [{"id": _TOOL, "title": "Tool that wrote the document"},
                      *(self._roles[each] for each in sorted(self._roles))],
            "parties": [publisher, *(self._parties[each] for each in sorted(self._parties))],
            "responsible-parties": [{"role-id": _TOOL, "party-uuids": [ours]}],
            "remarks": remarks,
        })  # fmt: skip


def observed(people: People, gap: Gap, name: str) -> Object | None:
    """That a person found the control missing; None without the day of it."""
    found = day(gap.found)
    if found is None:
        return None
    return filled({
        "uuid": named("oscal", "observation", gap.item, gap.id),
        "title": name,
        "description": markup(gap.description, otherwise=name),
        "methods": ["UNKNOWN"],  # records do not say whether it was examined, asked or tested
        "types": ["finding"],
        "origins": people.origin(gap.author),
        "collected": written(found),
    })  # fmt: skip


def filled(values: Object) -> Object:
    """Without what is empty: OSCAL has no empty lists and no empty texts."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def document(root: str, body: Object) -> bytes:
    """The document as JSON in UTF-8; its UUID is new whenever its content is, as OSCAL wants it."""
    content = json.dumps(body, ensure_ascii=True, sort_keys=True)
    whole = {root: {"uuid": named("oscal", root, content), **body}}
    return as_json(whole)


def latest(moments: Iterable[datetime.datetime]) -> str:
    """The last of the times, written."""
    return written(max(moments))
