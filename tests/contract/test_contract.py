# SPDX-License-Identifier: Apache-2.0
"""The Briefing contract: two hand-written briefings against the generated schema and the structs."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import msgspec
import pytest

from scc import render
from scc.model.briefing import Briefing

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAMES = ("minimal", "maximal")


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_schema", ROOT / "tools" / "generate_schema.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads((ROOT / "docs/schema/briefing-1.0.schema.json").read_text("utf-8"))


def _plain(name: str) -> dict[str, Any]:
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


def test_schema_file_is_what_the_structs_give() -> None:
    generator = _generator()
    assert generator.FILE.read_text("utf-8") == generator.text()


@pytest.mark.parametrize("name", NAMES)
def test_valid_by_schema_and_by_structs(name: str, schema: dict[str, Any]) -> None:
    plain = _plain(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(plain)) == []
    assert (
        msgspec.json.decode((HERE / f"{name}.json").read_bytes(), type=Briefing, strict=True).id
        == plain["id"]
    )


@pytest.mark.parametrize("name", NAMES)
def test_file_is_canonical(name: str) -> None:
    data = (HERE / f"{name}.json").read_bytes()
    assert render.json(msgspec.json.decode(data, type=Briefing)) == data


def _broken() -> list[tuple[str, dict[str, Any]]]:
    unknown = _plain("minimal") | {"unknown_key": 1}
    missing = _plain("minimal")
    del missing["page_one"]["decide"]
    level = _plain("minimal")
    level["severity"]["level"] = "catastrophic"
    text = _plain("maximal")
    text["vulnerabilities"][0]["exploited"] = "yes"
    return [
        ("unknown key", unknown),
        ("missing statement", missing),
        ("level", level),
        ("text for bool", text),
    ]


@pytest.mark.parametrize(("fault", "plain"), _broken())
def test_a_broken_contract_is_refused_by_both(
    fault: str, plain: dict[str, Any], schema: dict[str, Any]
) -> None:
    assert not jsonschema.Draft202012Validator(schema).is_valid(plain), fault
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain, Briefing, strict=True)


def test_maximal_fills_every_part() -> None:
    allowed_empty = {"cvss_note"}
    empty = [key for key, value in _plain("maximal").items() if value in ("", [], {}, None)]
    assert set(empty) <= allowed_empty


def _cited(value: Any) -> list[int]:
    if isinstance(value, dict):
        own = value["citations"] if isinstance(value.get("citations"), list) else []
        own = [each for each in own if isinstance(each, int)]
        return own + [number for inner in value.values() for number in _cited(inner)]
    if isinstance(value, list):
        return [number for inner in value for number in _cited(inner)]
    return []


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_cites_an_entry_that_exists(name: str) -> None:
    plain = _plain(name)
    entries = [each["id"] for each in plain["citations"]]
    documents = {each["document"] for each in plain["sources"]}
    assert len(entries) == len(set(entries))
    assert set(_cited(plain)) == set(entries)
    assert {each["document"] for each in plain["citations"] if "document" in each} <= documents


def test_controls_of_actions_stand_in_the_framework_table() -> None:
    plain = _plain("maximal")
    table = {(key, row["id"]) for key, rows in plain["frameworks"].items() for row in rows}
    used = {(c["framework"], c["id"]) for action in plain["actions"] for c in action["controls"]}
    assert used == table


def test_page_one_is_short_and_not_technical() -> None:
    for name in NAMES:
        one = _plain(name)["page_one"]
        words: list[str] = []

        def collect(value: Any, words: list[str] = words) -> None:
            if isinstance(value, dict):
                for key, inner in value.items():
                    if key not in ("sid", "action", "tier", "citations"):
                        collect(inner)
            elif isinstance(value, list):
                for inner in value:
                    collect(inner)
            elif isinstance(value, str):
                words.extend(value.split())

        collect(one)
        assert 0 < len(words) <= 180
        assert not any(word.startswith(("CWE-", "CVSS:", "AV:")) for word in words)
