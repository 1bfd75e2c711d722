# SPDX-License-Identifier: Apache-2.0
"""MISP: equal to what PyMISP writes, objects by their templates, roles, tags, retraction, the feed folder."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from pymisp import MISPEvent, MISPObject
from pymisp.tools.feed import feed_meta_generator
from tests.share.briefings import NASTY, OBSERVED, briefing, context, nasty, observed, plain, spoiled

from scc.share import EXPORTS
from scc.share.misp_feed import feed
from scc.share.misp_parts import TEMPLATES


def written(values: dict[str, Any], **known: Any) -> bytes:
    data = EXPORTS["misp"].write(briefing(values), context(**known))
    assert isinstance(data, bytes)
    return data


def event(values: dict[str, Any], **known: Any) -> dict[str, Any]:
    """The event, after PyMISP has read it and written the very same."""
    data = written(values, **known)
    loaded = MISPEvent()
    loaded.load(data)
    assert json.loads(json.dumps(loaded.to_feed())) == json.loads(data)
    for each in loaded.objects:
        template = MISPObject(each.name, strict=True)
        assert (template.template_uuid, str(template.template_version)) == (
            each.template_uuid,
            each.template_version,
        )
        for attribute in each.attributes:
            definition = template._definition["attributes"][attribute.object_relation]
            assert definition["misp-attribute"] == attribute.type
        relations = [one.object_relation for one in each.attributes]
        assert all(
            relations.count(one) == 1 or template._definition["attributes"][one].get("multiple")
            for one in relations
        )
        assert set(relations) & set(template._definition.get("requiredOneOf") or relations)
    return json.loads(data)["Event"]


@pytest.fixture(autouse=True)
def complaints(caplog: pytest.LogCaptureFixture) -> Any:
    """PyMISP reports values that it leaves out as warnings: there must be none."""
    with caplog.at_level(logging.WARNING, logger="pymisp"):
        yield
    assert [each.getMessage() for each in caplog.records if each.name.startswith("pymisp")] == []


def uuids(found: dict[str, Any]) -> list[str]:
    parts = [*found.get("Attribute", []), *found["Object"], *found.get("EventReport", [])]
    parts += [each for one in found["Object"] for each in one["Attribute"]]
    return [found["uuid"], *(each["uuid"] for each in parts)]


@pytest.mark.parametrize("name", ["minimal", "maximal"])
def test_the_contract_exports(name: str) -> None:
    values = plain(name)
    found = event(values)
    assert found["info"] == values["title"]
    assert found["date"] == values["event_date"]
    assert len(uuids(found)) == len(set(uuids(found)))
    kinds = [each["name"] for each in found["Object"]]
    assert kinds.count("vulnerability") == len(values["vulnerabilities"])
    assert kinds.count("course-of-action") == len(values["actions"])
    assert set(kinds) <= set(TEMPLATES)
    # CWE-94 is our inference and stays out.
    named = {a["value"] for o in found["Object"] if o["name"] == "weakness" for a in o["Attribute"]}
    assert ("CWE-94" in named, "CWE-502" in named) == (False, name == "maximal")


def test_only_observed_values_are_for_detection() -> None:
    values = observed()
    values["indicators"] += [
        {**values["indicators"][3], "value": f"{role}.example", "role": role}
        for role in ("victim", "reference", "advice", "benign")
    ]
    found = {each["value"]: each for each in event(values)["Attribute"]}
    detected = {value for value, each in found.items() if each["to_ids"]}
    never = {
        "ja4",
        "asn",
        "user-agent",
        "package",
        "account",
        "port",
    }  # types that MISP itself keeps out of detection
    assert detected == {value for type_, value in OBSERVED.items() if type_ not in never}
    assert found["victim.example"]["comment"].startswith("victim")
    assert found["64496"]["type"] == "AS"
    assert found["203.0.113.7"]["comment"] == "observed; seen in an attack; valid until 2026-12-31"


def test_an_expired_value_is_not_for_detection() -> None:
    values = observed()
    values["indicators"][0]["valid_until"] = "2026-08-22"  # the briefing was made on that day at noon
    found = {each["value"]: each["to_ids"] for each in event(values)["Attribute"]}
    assert found["203.0.113.7"] is False and found["2001:db8::7"] is True


def test_tags_of_taxonomies_and_galaxies() -> None:
    values = observed()
    values["techniques"][1]["role"] = "context"
    values["actors"].append({"name": "Nobody knows", "id": "", "citations": [25]})
    entry = next(
        each for each in context().knowledge.names("ransomware") if each.dataset.startswith("MISP galaxy")
    )
    values["malware"].append({"name": entry.name, "id": entry.id, "citations": [25]})
    found = event(values)
    assert [each["name"] for each in found["Tag"]] == [
        "tlp:amber",
        'admiralty-scale:source-reliability="a"',
        'admiralty-scale:information-credibility="1"',
        'estimative-language:confidence-in-analytic-judgment="high"',
        'misp-galaxy:mitre-attack-pattern="Exploit Public-Facing Application - T1190"',
        'misp-galaxy:mitre-intrusion-set="APT29 - G0016"',
        'misp-galaxy:mitre-malware="Cobalt Strike - S0154"',
        f'misp-galaxy:ransomware="{entry.name}"',
    ]
    assert "Nobody knows" in {each["value"] for each in found["Attribute"] if each["type"] == "threat-actor"}


def test_tags_are_terms_of_the_published_taxonomies() -> None:
    known = {
        f'{each.taxonomy}:{each.predicate}="{each.value}"'
        if each.predicate
        else f"{each.taxonomy}:{each.value}"
        for name in ("tlp", "admiralty-scale", "estimative-language")
        for each in context().knowledge.terms(name)
    }
    for confidence in ("high", "moderate", "low"):
        for sources in (plain("maximal")["sources"], []):
            tags = event({**plain("maximal"), "confidence": confidence, "sources": sources})["Tag"]
            assert {each["name"] for each in tags if not each["name"].startswith("misp-galaxy:")} <= known


def test_a_technique_without_galaxy_is_an_object() -> None:
    values = plain("maximal")
    values["techniques"].append({**values["techniques"][0], "id": "T0883", "name": "Internet Accessible Device",
                                 "domain": "ics"})  # fmt: skip
    found = event(values)
    objects = [each for each in found["Object"] if each["name"] == "attack-pattern"]
    assert [[a["value"] for a in each["Attribute"]] for each in objects] == [
        ["T0883", "Internet Accessible Device"]
    ]


def test_objects_refer_to_each_other() -> None:
    found = event(plain("maximal"))
    flaw = next(each["uuid"] for each in found["Object"] if each["name"] == "vulnerability")
    links = {
        (o["name"], r["relationship_type"]) for o in found["Object"] for r in o.get("ObjectReference", [])
    }
    assert ("software", "affected-by") in links and ("course-of-action", "mitigates") in links
    for each in found["Object"]:
        for reference in each.get("ObjectReference", []):
            assert (reference["object_uuid"], reference["referenced_uuid"]) == (each["uuid"], flaw)


def test_a_withdrawn_item_is_deleted_but_its_event_stays() -> None:
    values = observed()
    before, after = event(values), event({**values, "status": "withdrawn"})
    assert after["info"] == f"Withdrawn: {before['info']}"
    assert uuids(before) == uuids(after)
    parts = [*after["Attribute"], *after["Object"], *(a for o in after["Object"] for a in o["Attribute"])]
    assert all(each["deleted"] is True for each in parts)
    assert not any(each.get("to_ids") for each in parts)
    assert not any("deleted" in each for each in before["Attribute"])


def test_a_revision_keeps_uuids_and_moves_timestamps() -> None:
    first, second = event({**observed(), "generated": "2025-12-08T08:00:00Z"}), event(observed())
    assert uuids(first) == uuids(second)
    assert (first["timestamp"], second["timestamp"]) == ("1765180800", "1787400000")


def test_what_concerns_only_us_is_not_written() -> None:
    values = plain("maximal")
    data = json.dumps(json.loads(written(values)), ensure_ascii=False)
    page = values["page_one"]
    for text in (
        page["decide"]["text"],
        values["relevance"]["why"][0]["text"],
        values["priority_reasons"][0]["text"],
    ):
        assert text not in data


def test_the_feed_folder_is_as_pymisp_makes_it(tmp_path: Path) -> None:
    old = written({**observed(), "generated": "2025-12-08T08:00:00Z"})
    events = [written(plain("minimal")), written(observed()), old]
    ours = feed(events)
    assert ours == feed(reversed(events))
    for name, data in ours.items():
        if name not in ("manifest.json", "hashes.csv"):
            (tmp_path / name).write_bytes(data)
    feed_meta_generator(tmp_path)
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert set(made) == set(ours) and len(made) == 4
    assert json.loads(made["manifest.json"]) == json.loads(ours["manifest.json"])
    assert sorted(made["hashes.csv"].splitlines()) == sorted(ours["hashes.csv"].decode().splitlines())
    assert old not in ours.values()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"Event": {"uuid": "x"}}'])
def test_what_is_no_event_makes_no_feed(data: bytes) -> None:
    with pytest.raises(ValueError, match="no MISP event"):
        feed([data])


@settings(max_examples=40)
@given(nasty())
def test_hostile_texts_leave_it_valid(texts: list[str]) -> None:
    for values in (plain("minimal"), observed()):
        found = event(spoiled(values, texts))
        assert len(uuids(found)) == len(set(uuids(found)))


@pytest.mark.parametrize("text", NASTY)
def test_each_nasty_text_alone(text: str) -> None:
    found = event(spoiled(observed(), [text]))
    assert all(each["value"].strip() for each in found.get("Attribute", []))


def test_fields_of_a_megabyte() -> None:
    values = observed()
    values["title"] = values["summary"][0]["text"] = values["indicators"][3]["value"] = "x" * 1_000_000
    assert len(event(values)["info"]) == 1_000_000


@pytest.mark.corpus
def test_galaxy_tags_are_values_of_the_clusters(data: Path) -> None:
    known = context().knowledge
    values: set[str] = set()
    for cluster in ("attack-pattern", "intrusion-set", "malware", "tool"):
        with gzip.open(data / "upstream" / "misp-galaxy" / f"mitre-{cluster}.json.gz") as stream:
            values |= {each["value"] for each in json.load(stream)["values"]}
    shown = plain("minimal")
    shown["techniques"] = [
        {**plain("maximal")["techniques"][0], "id": each.id, "name": each.name, "domain": each.domain}
        for each in known.techniques()
        if each.domain != "atlas"
    ]
    for key, kinds in (("actors", ("actor",)), ("malware", ("malware", "tool"))):
        shown[key] = [
            {"name": each.name, "id": each.id, "citations": [1]}
            for kind in kinds
            for each in known.names(kind)  # type: ignore[arg-type]
            if known.stix_id(each.id) is not None
        ]
    tags = [each["name"] for each in json.loads(written(shown))["Event"]["Tag"]]
    named = {
        each.partition('="')[2].removesuffix('"') for each in tags if each.startswith("misp-galaxy:mitre-")
    }
    assert len(named) > 1800
    assert named - values == set()
    # What is in no cluster is kept by name.
    assert not any("ALLANITE" in each for each in tags)
    assert b'"ALLANITE"' in written(shown)
