# SPDX-License-Identifier: Apache-2.0
"""The reader's own controls out of OSCAL catalogues and profiles in JSON (NIST OSCAL 1.1, 1.2).

A catalogue counts whole unless a profile among the files imports it: then what the profiles select counts. A profile
selects by id (`include-all`, `include-controls` and `exclude-controls` with `with-ids`); selection by pattern and
profiles of profiles are refused. Nothing is fetched: an import must be among the files, or name its ids, which then
stand alone (a profile of the NIST catalogue). Parameters, statements and guidance are not read.

A control names what it corresponds to by `links` with rel "related" (href "KEY:ID", or a fragment with a NIST id) and
by `props` whose name is the key of a framework and whose value the id in it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from scc.model.organisation import OwnControl
from scc.read.records.interface import rows, text_at

MOST: Final = 20_000
"""Controls taken of one catalogue."""
_TEXT: Final = 200
"""Characters of an id or a title."""
_NOT_KEYS: Final = frozenset({"label", "sort-id", "alt-identifier", "alt-label", "status", "marking"})
"""Names of props that OSCAL itself gives a meaning (catalog model, control props)."""


class _Control(msgspec.Struct, frozen=True):
    """A control as its catalogue has it."""

    key: str
    """Its OSCAL id."""
    above: tuple[str, ...]
    """OSCAL ids of the controls it stands under, nearest last."""
    own: OwnControl


class _Catalog(msgspec.Struct, frozen=True):
    title: str
    controls: dict[str, _Control]


def controls(files: Mapping[str, bytes]) -> tuple[OwnControl, ...]:
    """The controls of catalogues and profiles given as path to bytes, in order, each once.

    Raises ValueError, for people, when a file is neither or a profile asks for what is not supported.
    """
    catalogs: dict[str, _Catalog] = {}
    profiles: dict[str, Any] = {}
    for path, data in files.items():
        try:
            value = msgspec.json.decode(data)
        except (msgspec.DecodeError, RecursionError) as fault:
            raise ValueError(f"{path} is not JSON: {fault}") from fault
        if isinstance(value, dict) and isinstance(value.get("catalog"), dict):
            catalogs[path] = _catalog(value["catalog"])
        elif isinstance(value, dict) and isinstance(value.get("profile"), dict):
            profiles[path] = value["profile"]
        else:
            raise ValueError(f"{path} is no OSCAL catalogue or profile in JSON")
    imported: set[str] = set()
    found: list[OwnControl] = []
    for path, profile in profiles.items():
        for each in rows(profile, "imports"):
            name = _wanted(path, profile, each, files)
            if name in profiles:
                raise ValueError(f"{path} imports the profile {name}, which is not supported")
            imported.add(name)
            found += _altered(profile, _selected(path, profile, each, catalogs.get(name)))
    for path, catalog in catalogs.items():
        if path not in imported:
            found += [each.own for each in catalog.controls.values()]
    return tuple({(each.catalog, each.id): each for each in reversed(found)}.values())[::-1]


def _line(text: str) -> str:
    return " ".join(text.split())[:_TEXT].strip()


def _catalog(value: Any) -> _Catalog:
    """The controls of a catalogue in its order, withdrawn ones left out."""
    title = _line(text_at(value, "metadata", "title")) or "own controls"
    found: dict[str, _Control] = {}
    # (element, whether a control, name of the parent, ids of the controls above)
    stack: list[tuple[Any, bool, str, tuple[str, ...]]] = [(value, False, "", ())]
    while stack and len(found) < MOST:
        element, is_control, parent, above = stack.pop()
        name = parent
        if is_control:
            key = text_at(element, "id").strip()
            name = _line(_prop(element, "label")) or _line(key)
            if key and name and _prop(element, "status").lower() != "withdrawn":
                own = OwnControl(name, _line(text_at(element, "title")), title, parent, _related(element))
                found.setdefault(key, _Control(key, above, own))
            above = (*above, key)
        elif element is not value:
            name = _line(text_at(element, "title")) or _line(text_at(element, "id"))
        inner = [(each, True, name, above) for each in rows(element, "controls")]
        inner += [(each, False, name, above) for each in rows(element, "groups")]
        stack += reversed(inner)
    return _Catalog(title, found)


def _prop(element: Any, name: str) -> str:
    """The value of the first prop of a name, "" when there is none."""
    return next((text_at(p, "value") for p in rows(element, "props") if text_at(p, "name") == name), "")


def _related(element: Any) -> tuple[str, ...]:
    """What it corresponds to: "framework:ID", or an id alone for NIST SP 800-53."""
    found = []
    for each in rows(element, "links"):
        if text_at(each, "rel") == "related":
            # "#ac-2", "catalog.json#ac-2" and "cis-v8:5.3" alike.
            found.append(_line(unquote(text_at(each, "href").rpartition("#")[2])))
    for each in rows(element, "props"):
        name, value = text_at(each, "name"), _line(text_at(each, "value"))
        if name and value and name not in _NOT_KEYS:
            found.append(f"{name}:{value}")
    return tuple(dict.fromkeys(each for each in found if each))


def _wanted(path: str, profile: Any, import_: Any, files: Mapping[str, bytes]) -> str:
    """Which of the files an import means: by its path from the profile, else by its file name; "" for none."""
    href = unquote(text_at(import_, "href"))
    hrefs = [href]
    if href.startswith("#"):
        hrefs = [
            unquote(text_at(link, "href"))
            for each in rows(profile, "back-matter", "resources")
            if text_at(each, "uuid") == href[1:]
            for link in rows(each, "rlinks")
        ]
    for each in hrefs:
        near = posixpath.normpath(posixpath.join(posixpath.dirname(path), each))
        if near in files:
            return near
    last = {posixpath.basename(each) for each in hrefs} - {""}
    return next((each for each in files if posixpath.basename(each) in last and each != path), "")


def _ids(path: str, selections: list[Any]) -> Iterator[tuple[str, bool]]:
    """(id, whether with its child controls) of the selections."""
    for each in selections:
        if rows(each, "matching"):
            raise ValueError(f"{path} selects controls by pattern, which is not supported; name their ids")
        children = text_at(each, "with-child-controls") == "yes"
        yield from ((id_, children) for id_ in rows(each, "with-ids") if isinstance(id_, str) and id_.strip())


def _selected(path: str, profile: Any, import_: Any, catalog: _Catalog | None) -> list[_Control]:
    included = list(_ids(path, rows(import_, "include-controls")))
    excluded = list(_ids(path, rows(import_, "exclude-controls")))
    everything = isinstance(import_, dict) and "include-all" in import_
    if catalog is None:
        if everything or not included:
            raise ValueError(
                f"{path} imports {text_at(import_, 'href') or 'nothing'}, which is not among the files"
            )
        title = _line(text_at(profile, "metadata", "title")) or "own controls"
        gone = {id_ for id_, _ in excluded}
        return [
            _Control(id_, (), OwnControl(_line(id_), "", title)) for id_, _ in included if id_ not in gone
        ]

    def among(control: _Control, named: list[tuple[str, bool]]) -> bool:
        return any(id_ == control.key or (children and id_ in control.above) for id_, children in named)

    unknown = [id_ for id_, _ in included if id_ not in catalog.controls]
    if unknown:
        raise ValueError(f"{path} selects {unknown[0]}, which the catalogue “{catalog.title}” does not have")
    return [
        each
        for each in catalog.controls.values()
        if (everything or among(each, included)) and not among(each, excluded)
    ]


def _altered(profile: Any, chosen: list[_Control]) -> list[OwnControl]:
    """The controls with the correspondences that the profile adds (`modify.alters`)."""
    added: dict[str, tuple[str, ...]] = {}
    for each in rows(profile, "modify", "alters"):
        for one in rows(each, "adds"):
            key = text_at(each, "control-id")
            added[key] = (*added.get(key, ()), *_related(one))
    return [
        msgspec.structs.replace(
            each.own, related=tuple(dict.fromkeys((*each.own.related, *added.get(each.key, ()))))
        )
        for each in chosen
    ]
