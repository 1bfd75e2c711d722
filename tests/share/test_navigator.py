# SPDX-License-Identifier: Apache-2.0
"""Navigator layers: the properties of layer format 4.5, one layer a domain with its version, comments, roles."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from tests.share.briefings import NASTY, briefing, context, nasty, observed, plain, spoiled

from scc.share import EXPORTS, NotApplicable

# Properties of layers/spec/v4.5/layerformat.md that we may write, and which are required.
LAYER = {
    "name", "versions", "domain", "description", "sorting", "layout", "hideDisabled", "techniques", "gradient",
    "legendItems", "metadata", "links",
}  # fmt: skip
TECHNIQUE = {
    "techniqueID",
    "tactic",
    "comment",
    "score",
    "color",
    "enabled",
    "metadata",
    "links",
    "showSubtechniques",
}


def written(values: dict[str, Any]) -> bytes | NotApplicable:
    return EXPORTS["navigator"].write(briefing(values), context())


def layers(values: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers of the export, each checked against the format."""
    data = written(values)
    assert isinstance(data, bytes)
    found = json.loads(data)
    for each in found if isinstance(found, list) else [found]:
        _checked(each)
    assert not isinstance(found, list) or len(found) > 1
    return found if isinstance(found, list) else [found]


def _checked(layer: dict[str, Any]) -> None:
    assert {"name", "domain"} <= set(layer) <= LAYER
    assert layer["domain"] in ("enterprise-attack", "mobile-attack", "ics-attack")
    assert layer["versions"]["layer"] == "4.5" and layer["versions"]["navigator"] >= "4.9.0"
    assert re.fullmatch(r"[0-9]+", layer["versions"].get("attack", "0"))
    assert (
        layer["gradient"]["minValue"] < layer["gradient"]["maxValue"] and len(layer["gradient"]["colors"]) > 1
    )
    assert layer["techniques"]
    for each in layer["techniques"]:
        assert {"techniqueID"} <= set(each) <= TECHNIQUE
        assert re.fullmatch(r"T[0-9]{4}(\.[0-9]{3})?", each["techniqueID"])
        assert 0 <= each["score"] <= 100 and isinstance(each["comment"], str)
        assert re.fullmatch(r"#[0-9a-f]{6}", each["color"])
        assert each.get("tactic") is None or re.fullmatch(r"[a-z-]+", each["tactic"])
        assert all(isinstance(one["name"], str) and isinstance(one["value"], str) for one in each["metadata"])
    for one in layer.get("links", []):
        assert one["label"] and re.fullmatch(r"https?://[\x21-\x7e]+", one["url"])


def technique(id_: str, **more: Any) -> dict[str, Any]:
    return {**plain("maximal")["techniques"][0], "id": id_, "stated_id": id_, **more}


def test_the_contract_exports() -> None:
    (layer,) = layers(plain("maximal"))
    assert layer["versions"]["attack"] == "19"
    assert {"name": "ATT&CK", "value": "enterprise 19.0"} in layer["metadata"]
    assert {"name": "TLP", "value": "TLP:AMBER"} in layer["metadata"]
    assert [(each["techniqueID"], each["score"]) for each in layer["techniques"]] == [
        ("T1190", 97),
        ("T1059.007", 82),
    ]
    assert layer["techniques"][0]["comment"].startswith("Observed, inferred from The Hacker News. ")


def test_nothing_to_show_is_not_applicable() -> None:
    assert written(plain("minimal")) == NotApplicable("no ATT&CK technique is observed")
    values = plain("maximal")
    values["techniques"] = [technique("AML.T0051", domain="atlas")]
    assert written(values) == NotApplicable("its techniques are of ATLAS only")
    assert written({**plain("maximal"), "status": "withdrawn"}) == NotApplicable("the item was withdrawn")


def test_one_layer_a_domain() -> None:
    values = plain("maximal")
    values["techniques"] += [
        technique("T0883", domain="ics", version="18.1"),
        technique("T1660", domain="mobile"),
    ]
    found = layers(values)
    assert [(each["domain"], each["versions"]["attack"]) for each in found] == [
        ("enterprise-attack", "19"), ("mobile-attack", "19"), ("ics-attack", "18")
    ]  # fmt: skip
    assert [[one["techniqueID"] for one in each["techniques"]] for each in found] == [
        ["T1190", "T1059.007"], ["T1660"], ["T0883"]
    ]  # fmt: skip


def test_roles() -> None:
    values = plain("maximal")
    values["techniques"] = [
        technique("T1078", role="possible"), technique("T1190"), technique("T1566", role="context")
    ]  # fmt: skip
    (layer,) = layers(values)
    colours = {each["label"]: each["color"] for each in layer["legendItems"]}
    assert {each["techniqueID"]: each["color"] for each in layer["techniques"]} == {
        "T1078": colours["Possible"], "T1190": colours["Observed"]
    }  # fmt: skip


def test_a_technique_stands_under_the_tactics_that_fit() -> None:
    values = plain("maximal")
    four = ["Initial Access", "Persistence", "Privilege Escalation", "Stealth"]
    values["techniques"] = [
        technique("T1078", tactics=four, fitting=four[:2]), technique("T1190", tactics=four, fitting=[])
    ]  # fmt: skip
    (layer,) = layers(values)
    assert [(each["techniqueID"], each.get("tactic")) for each in layer["techniques"]] == [
        ("T1078", "initial-access"), ("T1078", "persistence"), ("T1190", None)
    ]  # fmt: skip


def test_a_revised_id_is_told() -> None:
    values = plain("maximal")
    values["techniques"] = [technique("T1685", stated_id="T1562")]
    (layer,) = layers(values)
    assert {"name": "Stated as", "value": "T1562"} in layer["techniques"][0]["metadata"]


def test_the_same_briefing_gives_the_same_bytes() -> None:
    assert written(observed()) == written(observed())


@settings(max_examples=50)
@given(nasty())
def test_hostile_texts_leave_it_valid(texts: list[str]) -> None:
    assert len(layers(spoiled(observed(), texts))) == 1


@pytest.mark.parametrize("text", [*NASTY, "x" * 1_000_000])
def test_each_nasty_text_alone(text: str) -> None:
    values = spoiled(observed(), [text])
    values["techniques"].append(technique(text[:60]))
    assert layers(values)
