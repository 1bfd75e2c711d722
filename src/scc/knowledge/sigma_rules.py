# SPDX-License-Identifier: Apache-2.0
"""The text of Sigma rules from a user's copy of a SigmaHQ release, kept outside the pack.

The pack holds where a rule is, never what it says: the text comes from a folder of `*.yml` files that the
user unpacked. Rules are files of strangers: links are not followed, sizes are bounded, YAML aliases are
refused (a few lines can unfold into gigabytes), and whatever is wrong is a `RuleFault`, never an exception.
Does not judge whether a rule is good, converts nothing.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.model.errors import KnowledgeError

NAME: Final = "sigma-rules.json.gz"
FILES_MOST: Final = 20_000
SIZE_MOST: Final = 512 * 1024
"""Bytes of one rule; the largest of SigmaHQ's release of August 2026 has 289 KiB."""
UNPACKED_MOST: Final = 256 * 1024 * 1024
DEPTH_MOST: Final = 20
NODES_MOST: Final = 20_000
CONDITION_MOST: Final = 2_000
"""Characters of a condition."""
QUANTIFIERS_MOST: Final = 20
""" "1 of ...", "all of ..." and "not" in one condition: each is unfolded."""
DASHES_MOST: Final = 5
"""Dashes and slashes of a value with the modifier `windash`, which writes each in five ways: 5 give 3,125 values."""

_ID: Final = re.compile(
    r"(?m)^id:[ \t]{0,8}['\"]?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})['\"]?[ \t]*(?:#.{0,200})?$"
)
_UNFOLDED: Final = re.compile(r"\b(?:of|not)\b")


class RuleFault(msgspec.Struct, frozen=True, order=True):
    """What is wrong with a file of rules."""

    file: str
    code: str
    """rule-unreadable, rule-too-large, rule-link, rule-not-yaml, rule-without-id, rule-twice, rule-not-sigma,
    rule-explodes, rules-too-many."""
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.code}: {self.message}"


class RuleText(msgspec.Struct, frozen=True):
    """A rule as its author wrote it."""

    id: str
    file: str
    """Path inside the folder."""
    text: str


class Rules(msgspec.Struct, frozen=True):
    rules: dict[str, RuleText]
    """By rule id in lower case."""
    faults: tuple[RuleFault, ...] = ()


def read(folder: Path, wanted: Iterable[str] | None = None) -> Rules:
    """Every rule in and below a folder, or those with the ids `wanted`; sorted by path, the first of an id counts.

    Raises KnowledgeError if the folder itself cannot be read.
    """
    if not folder.is_dir():
        raise KnowledgeError(f"{folder} is not a folder.", "Unpack a release of SigmaHQ and name its folder.")
    ids = None if wanted is None else {each.lower() for each in wanted}
    found: dict[str, RuleText] = {}
    faults: list[RuleFault] = []
    for number, path in enumerate(_files(folder)):
        name = path.relative_to(folder).as_posix()
        if number >= FILES_MOST:
            faults.append(RuleFault(name, "rules-too-many", f"only the first {FILES_MOST} files were read"))
            break
        if path.is_symlink():
            faults.append(RuleFault(name, "rule-link", "a link, which is not followed"))
            continue
        try:
            with path.open("rb") as file:
                data = file.read(SIZE_MOST + 1)
        except OSError as error:
            faults.append(RuleFault(name, "rule-unreadable", error.strerror or "cannot be read"))
            continue
        rule = _rule(name, data, ids)
        if isinstance(rule, RuleFault):
            faults.append(rule)
        elif rule is not None and rule.id in found:
            faults.append(RuleFault(name, "rule-twice", f"{rule.id} is also in {found[rule.id].file}"))
        elif rule is not None:
            found[rule.id] = rule
    return Rules(found, tuple(faults))


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".yml", ".yaml")):
                yield Path(place) / name


def _rule(name: str, data: bytes, wanted: set[str] | None) -> RuleText | RuleFault | None:
    """The rule of a file, what is wrong with it, or None for one that nobody wants."""
    if len(data) > SIZE_MOST:
        return RuleFault(name, "rule-too-large", f"more than {SIZE_MOST // 1024} KiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return RuleFault(name, "rule-unreadable", "is not UTF-8")
    id_ = _ID.search(text)
    if id_ is None:
        return RuleFault(name, "rule-without-id", "no line `id:` with a UUID")
    key = id_[1].lower()
    if wanted is not None and key not in wanted:
        return None
    wrong = problem(text)
    return RuleFault(name, *wrong) if wrong else RuleText(key, name, text)


def problem(text: str) -> tuple[str, str] | None:
    """(code, message) of what keeps a text from being read as a Sigma rule; None if nothing does."""
    import yaml

    if len(text) > SIZE_MOST:
        return "rule-too-large", f"more than {SIZE_MOST // 1024} KiB"
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = nodes = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            nodes += 1
            if isinstance(event, yaml.AliasEvent):
                return "rule-explodes", "it holds a YAML alias, which a rule has no need of"
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEPTH_MOST or nodes > NODES_MOST:
                return (
                    "rule-explodes",
                    f"more than {DEPTH_MOST} levels or {NODES_MOST} nodes",
                )
        parts = list(yaml.load_all(text, Loader=loader))
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        return "rule-not-yaml", f"it is not YAML: {' '.join(str(error).split())[:160]}"
    if not parts or not all(isinstance(each, dict) for each in parts):
        return "rule-not-sigma", "it is no mapping with a title, a log source and a detection"
    for each in parts:
        if wrong := _shape(each):
            return wrong
    return None


def _shape(part: dict[Any, Any]) -> tuple[str, str] | None:
    if "correlation" in part:
        return None
    detection = part.get("detection")
    if not isinstance(detection, dict) or not isinstance(part.get("logsource"), dict):
        return "rule-not-sigma", "the log source or the detection is missing"
    condition = detection.get("condition")
    for text in condition if isinstance(condition, list) else [condition]:
        if not isinstance(text, str):
            return "rule-not-sigma", "the condition is missing"
        if len(text) > CONDITION_MOST or len(_UNFOLDED.findall(text)) > QUANTIFIERS_MOST:
            return "rule-explodes", "its condition is longer than any that can be followed"
    for modifiers, value in _values(detection):
        if "windash" in modifiers and value.count("-") + value.count("/") > DASHES_MOST:
            return "rule-explodes", f"a value with `windash` has more than {DASHES_MOST} dashes"
    return None


def _values(value: Any, modifiers: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a detection with the modifiers of the field it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, str(key).partition("|")[2])
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, modifiers)
    elif isinstance(value, str):
        yield modifiers, value


def install(folder: Path, data_folder: Path) -> Rules:
    """Read a release and keep its rules beside the user's pack, replacing those kept before.

    Raises KnowledgeError if the folder cannot be read or holds no usable rule; then nothing changes.
    """
    found = read(folder)
    if not found.rules:
        raise KnowledgeError(
            f"{folder} holds no Sigma rule.", "Name the folder of an unpacked release of SigmaHQ."
        )
    body = msgspec.json.encode(list(found.rules.values()), order="deterministic")
    data_folder.mkdir(parents=True, exist_ok=True)
    part = data_folder / f"{NAME}.part"
    part.write_bytes(gzip.compress(body, 6, mtime=0))
    part.replace(data_folder / NAME)
    return found


def installed(folder: Path) -> dict[str, RuleText]:
    """The kept rules by id; empty if there are none. Raises KnowledgeError if the file is damaged."""
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        with gzip.open(path) as file:
            body = file.read(UNPACKED_MOST + 1)
        if len(body) > UNPACKED_MOST:
            raise ValueError("too large")
        rules = msgspec.json.decode(body, type=list[RuleText])
    except (OSError, EOFError, ValueError, zlib.error, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"The Sigma rules in {path} are damaged.", "Install them again: `scc kb sigma DIR`."
        ) from error
    return {each.id: each for each in rules}
