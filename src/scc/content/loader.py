# SPDX-License-Identifier: Apache-2.0
"""The one reader of `content/`: strict, with all faults collected, each with its file and line.

YAML for records with prose, CSV for pairs. An overlay folder (`--content DIR`) of the same layout adds
records and replaces those of the same id. Knows the shape of files, not their meaning.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from scc.model.errors import ContentError
from scc.model.ids import digest

ROOT: Final = Path(__file__).parent
"""Where our own content lies, in the source tree and in the wheel alike."""

COMPILED: Final = ROOT / "compiled"
"""YAML folders turned into JSON, so that a cold start parses no YAML; made by `tools/compile_content.py`."""

T = TypeVar("T")


class Located(msgspec.Struct, frozen=True):
    """A record as plain values with where it stands."""

    file: str
    line: int
    value: dict[str, Any]


class Content:
    """Read access to our data and, in front of it, the user's overlay."""

    def __init__(self, overlay: Path | None = None) -> None:
        self._overlay = overlay
        self._records: dict[tuple[str, type], tuple[Any, ...]] = {}
        self._tables: dict[tuple[str, type], tuple[Any, ...]] = {}

    def records(self, folder: str, type_: type[T]) -> tuple[T, ...]:
        """All records below `content/<folder>/` (or of `content/<folder>.yaml`), sorted by file and place; overlay records replace by id.

        Raises ContentError with every fault: unknown keys, wrong types, ids given twice.
        """
        key = (folder, type_)
        if key not in self._records:
            own = _compiled(folder)
            located = _yaml_folder(ROOT / folder, ROOT) if own is None else own
            if self._overlay is not None and _yaml_files(self._overlay / folder):
                located = _merged(located, _yaml_folder(self._overlay / folder, self._overlay))
            self._records[key] = _converted(located, type_)
        return self._records[key]

    def table(self, name: str, type_: type[T]) -> tuple[T, ...]:
        """All rows of `content/<name>.csv`; the header row names the fields.

        A table of the overlay with the same name is read after ours. Raises ContentError.
        """
        key = (name, type_)
        if key not in self._tables:
            added = self._overlay is not None and (self._overlay / f"{name}.csv").is_file()
            # A table that only the overlay has is as good as one of ours.
            located = (
                []
                if added and not (ROOT / f"{name}.csv").is_file()
                else _csv_file(ROOT / f"{name}.csv", ROOT)
            )
            if self._overlay is not None and added:
                located = located + _csv_file(self._overlay / f"{name}.csv", self._overlay)
            self._tables[key] = _converted(located, type_, from_text=True)
        return self._tables[key]

    def file(self, name: str) -> Path:
        """The path of a content file, the overlay's if it has one."""
        if self._overlay is not None and (self._overlay / name).exists():
            return self._overlay / name
        return ROOT / name

    def digest(self) -> str:
        """SHA-256 over names and bytes of all content that judges or speaks (not fonts, models, pack, downloads)."""
        parts: list[str | bytes] = []
        for root in (ROOT, self._overlay):
            if root is None:
                continue
            for path in sorted(root.rglob("*")):
                inside = path.relative_to(root).parts
                if path.suffix in (".yaml", ".csv") and inside[0] not in (
                    "compiled",
                    "downloads",
                    "pack",
                    "fonts",
                    "models",
                ):
                    parts.extend(("/".join(inside), path.read_bytes()))
        return digest(*parts)


@lru_cache(maxsize=8)
def open(overlay: Path | None = None) -> Content:
    """The content, with an overlay folder if given; opened once a process and overlay.

    Raises ContentError if the overlay is not a folder.
    """
    if overlay is not None and not overlay.is_dir():
        raise ContentError([f"{overlay}: not a folder"])
    return Content(overlay)


def compile_folder(folder: str) -> bytes:
    """The compiled form of a YAML folder: canonical JSON with a digest of what it was made from."""
    located = _yaml_folder(ROOT / folder, ROOT)
    body = {"digest": _folder_digest(folder), "records": [msgspec.to_builtins(each) for each in located]}
    return msgspec.json.encode(body, order="sorted") + b"\n"


def _folder_digest(folder: str) -> str:
    parts: list[str | bytes] = []
    for path in _yaml_files(ROOT / folder):
        parts.extend((path.relative_to(ROOT).as_posix(), path.read_bytes()))
    return digest(*parts)


def compiled_name(folder: str) -> str:
    """File name of the compiled form of a folder, e.g. "rubrics-sentences.json"."""
    return folder.replace("/", "-") + ".json"


def is_fresh(folder: str) -> bool:
    """Whether the compiled form matches the YAML files it was made from."""
    path = COMPILED / compiled_name(folder)
    return path.is_file() and msgspec.json.decode(path.read_bytes())["digest"] == _folder_digest(folder)


def _compiled(folder: str) -> list[Located] | None:
    path = COMPILED / compiled_name(folder)
    if not path.is_file() or _newer_source(ROOT / folder, path.stat().st_mtime_ns):
        return None
    body = msgspec.json.decode(path.read_bytes())
    return [msgspec.convert(each, Located) for each in body["records"]]


def _newer_source(folder: Path, compiled: int) -> bool:
    """Whether a YAML file was changed after compiling and the compiled form no longer matches.

    Time stamps only decide whether it is worth comparing the digests: a fresh clone has arbitrary ones.
    """
    newest = max((path.stat().st_mtime_ns for path in _yaml_files(folder)), default=0)
    return newest > compiled and not is_fresh(folder.relative_to(ROOT).as_posix())


def _yaml_files(folder: Path) -> list[Path]:
    """The files of a folder, and the single file `<folder>.yaml` beside it where there is one."""
    single = folder.with_name(folder.name + ".yaml")
    return ([single] if single.is_file() else []) + sorted(folder.rglob("*.yaml"))


def _yaml_folder(folder: Path, root: Path) -> list[Located]:
    found: list[Located] = []
    faults: list[str] = []
    for path in _yaml_files(folder):
        name = path.relative_to(root).as_posix()
        try:
            found.extend(_yaml_records(path.read_text(encoding="utf-8"), name))
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ContentError(faults)
    return found


def _yaml_records(text: str, name: str) -> list[Located]:
    import yaml

    loader_type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = loader_type(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return []
        _unambiguous(node, name)
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        records = []
        for each in nodes:
            value = loader.construct_document(each)
            line = each.start_mark.line + 1
            if not isinstance(value, dict):
                raise ValueError(f"{name}:{line}: a record must be a mapping")
            records.append(Located(name, line, _plain(value)))
        return records
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise ValueError(
            f"{name}:{mark.line + 1 if mark else 1}: {getattr(fault, 'problem', fault)}"
        ) from fault
    finally:
        loader.dispose()


def _unambiguous(node: Any, name: str) -> None:
    """A key given twice would silently win, and aliases can blow up: both are faults. Raises ValueError."""
    import yaml

    seen: set[int] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        line = each.start_mark.line + 1
        if not isinstance(each, yaml.ScalarNode):
            if id(each) in seen:
                raise ValueError(f"{name}:{line}: aliases are not allowed")
            seen.add(id(each))
        if isinstance(each, yaml.SequenceNode):
            waiting.extend(each.value)
        elif isinstance(each, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in each.value:
                if key.value in keys:
                    raise ValueError(f"{name}:{key.start_mark.line + 1}: the key {key.value} is given twice")
                keys.add(str(key.value))
                waiting.append(value)


def _plain(value: Any) -> Any:
    """YAML dates become ISO strings: our records hold dates as text."""
    import datetime

    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def _csv_file(path: Path, root: Path) -> list[Located]:
    name = path.relative_to(root).as_posix()
    if not path.is_file():
        raise ContentError([f"{name}: no such table"])
    reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True)
    faults: list[str] = []
    found: list[Located] = []
    try:
        header = next(reader, [])
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                faults.append(f"{name}:{reader.line_num}: {len(row)} cells, the header has {len(header)}")
                continue
            found.append(Located(name, reader.line_num, dict(zip(header, row, strict=True))))
    except csv.Error as fault:
        faults.append(f"{name}:{reader.line_num}: {fault}")
    if faults:
        raise ContentError(faults)
    return found


def _merged(own: list[Located], overlay: list[Located]) -> list[Located]:
    replaced = {each.value.get("id") for each in overlay if each.value.get("id")}
    return [each for each in own if each.value.get("id") not in replaced] + overlay


def _converted(located: list[Located], type_: type[T], *, from_text: bool = False) -> tuple[T, ...]:
    faults: list[str] = []
    found: list[T] = []
    seen: dict[str, str] = {}
    for each in located:
        value = {name: cell for name, cell in each.value.items() if cell != ""} if from_text else each.value
        id_ = value.get("id")
        if isinstance(id_, str) and not from_text:
            if id_ in seen:
                faults.append(f"{each.file}:{each.line}: the id {id_} is given twice, first at {seen[id_]}")
            seen[id_] = f"{each.file}:{each.line}"
        try:
            found.append(msgspec.convert(value, type_, strict=not from_text))
        except msgspec.ValidationError as fault:
            faults.append(f"{each.file}:{each.line}: {fault}")
    if faults:
        raise ContentError(faults)
    return tuple(found)
