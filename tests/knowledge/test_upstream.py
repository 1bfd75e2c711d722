# SPDX-License-Identifier: Apache-2.0
"""Every id and title that is carried equals the official file (needs the development data)."""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from scc.knowledge import Knowledge
from scc.knowledge.build import build

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="session")
def upstream(data: Path) -> Path:
    folder = data / "upstream"
    if not folder.is_dir():
        pytest.skip("the folder of SCC_DATA has no upstream/")
    return folder


def _json(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def _cluster(upstream: Path, name: str) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = _json(upstream / "misp-galaxy" / f"{name}.json.gz")["values"]
    return values


def test_the_shipped_pack_is_what_the_downloads_give_twice(
    data: Path, upstream: Path, tmp_path: Path, shipped: Knowledge
) -> None:
    kev = data / "corpus" / "kev" / "known_exploited_vulnerabilities-2026.08.21.json"
    one = build(upstream, tmp_path / "one", kev)
    two = build(upstream, tmp_path / "two", kev)
    assert one == two
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert one.pack == shipped.pack_id


def test_techniques(upstream: Path, shipped: Knowledge) -> None:
    expected = {}
    for each in _cluster(upstream, "mitre-attack-pattern"):
        id_ = each["meta"]["external_id"]
        if not id_.startswith("TA"):
            expected[id_] = each["value"].removesuffix(f" - {id_}")
    for each in _json(upstream / "attack" / "ics-attack-18.1.stix21.json.gz")["objects"]:
        if each["type"] == "attack-pattern":
            expected[each["external_references"][0]["external_id"]] = each["name"]
    found = {each.id: each.name for each in shipped.techniques() if each.domain != "atlas"}
    assert found == expected


def test_revocations_equal_the_derived_table(upstream: Path, shipped: Knowledge) -> None:
    table = json.loads((upstream / "derived" / "attack-revoked-by-19.0.json").read_text())
    assert len(table) == 201
    for old, new in table.items():
        found = shipped.resolve("attack", old)
        assert found.status == "revoked", old
        assert shipped.resolve("attack", new).current == found.current, old


def test_what_18_1_deprecated_is_not_live(upstream: Path, shipped: Knowledge) -> None:
    count = 0
    for domain in ("enterprise", "mobile"):
        for each in _json(upstream / "attack" / f"{domain}-attack-18.1.stix20.json.gz")["objects"]:
            if each["type"] == "attack-pattern" and each.get("x_mitre_deprecated"):
                node = shipped.technique(each["external_references"][0]["external_id"])
                assert node is not None
                assert node.status != "live", node.id
                count += 1
    assert count > 20


def test_tactics_of_live_techniques_are_never_the_old_name_in_enterprise(shipped: Knowledge) -> None:
    for each in shipped.techniques():
        if each.domain == "enterprise" and each.status == "live":
            assert each.tactics, each.id
            assert "Defense Evasion" not in each.tactics


def test_weaknesses(upstream: Path, shipped: Knowledge) -> None:
    raw = _json(upstream / "cwe" / "cwe-4.19.1.json.gz")["Weaknesses"]
    found = {each.id: (each.name, each.usage, each.abstraction) for each in shipped.weaknesses()}
    assert found == {
        f"CWE-{each['ID']}": (
            each["Name"],
            each.get("MappingNotes", {}).get("Usage", ""),
            each["Abstraction"],
        )
        for each in raw
    }
    assert len(found) == 969
    assert sum(len(each.owasp2021) for each in shipped.weaknesses()) <= 195
    assert sum(1 for each in shipped.weaknesses() if each.view1003) == 130
    known = set(found)
    for each in shipped.weaknesses():
        assert set(each.parents) | set(each.children) <= known


def test_nist_controls(upstream: Path, shipped: Knowledge) -> None:
    expected: dict[str, str] = {}

    def walk(node: dict[str, Any]) -> None:
        for each in node.get("controls", ()):
            label = next(one["value"] for one in each["props"] if one["name"] == "label")
            expected[label] = each["title"]
            walk(each)

    for group in _json(upstream / "nist" / "NIST_SP-800-53_rev5_catalog-5.0.1-min.json.gz")["catalog"][
        "groups"
    ]:
        expected[group["id"].upper()] = group["title"]
        walk(group)
    found = {each.id: each for each in shipped.nodes("nist-800-53r5")}
    assert set(expected) <= set(found)
    differing = {id_ for id_, title in expected.items() if found[id_].title != title}
    # The newer resolved baselines win; where they differ the node says so by its version.
    assert all(found[id_].version == "5.1.1" for id_ in differing)
    assert len(differing) < 10
    assert found["IA-2(1)"].groups == ("high", "low", "moderate")


def test_csf_and_800_171(upstream: Path, shipped: Knowledge) -> None:
    csf = {each.id for each in shipped.nodes("nist-csf-2.0") if each.status == "live"}
    assert len([id_ for id_ in csf if re.fullmatch(r"[A-Z]{2}\.[A-Z]{2}", id_)]) == 22
    assert len([id_ for id_ in csf if re.fullmatch(r"[A-Z]{2}\.[A-Z]{2}-\d\d", id_)]) == 106
    text = gzip.decompress((upstream / "nist" / "NIST_SP800-171_rev3_catalog.xml.gz").read_bytes()).decode()
    titles = dict(
        re.findall(r'id="SP_800_171_(03\.\d\d\.\d\d)" class="requirement">\s*<title>([^<]+)</title>', text)
    )
    for each in shipped.nodes("nist-800-171r3"):
        if each.id in titles and each.parents:
            assert each.title == " ".join(titles[each.id].split())
    assert len([each for each in shipped.nodes("nist-800-171r3") if each.parents]) == 97


def test_atlas(upstream: Path, shipped: Knowledge) -> None:
    text = gzip.decompress((upstream / "atlas" / "ATLAS.yaml.gz").read_bytes()).decode()
    pairs = re.findall(r"^  - id: (AML\.[A-Z0-9.]+)\n    name: (.+)$", text, re.MULTILINE)
    expected = {id_: name.strip("'\"") for id_, name in pairs if id_.startswith("AML.T0")}
    found = {each.id: each.name for each in shipped.techniques() if each.domain == "atlas"}
    assert len(found) == 170
    assert {id_: found[id_] for id_ in expected} == expected


def test_d3fend(upstream: Path, shipped: Knowledge) -> None:
    text = gzip.decompress((upstream / "d3fend" / "d3fend-protege.ttl.gz").read_bytes()).decode()
    ids = set(re.findall(r':d3fend-id "(D3-[A-Z0-9]+)"', text))
    assert {each.id for each in shipped.nodes("d3fend")} == ids
    assert shipped.node("d3fend", "D3-MFA").title == "Multi-factor Authentication"  # type: ignore[union-attr]


def test_owasp_titles(upstream: Path, shipped: Knowledge) -> None:
    table = json.loads((upstream / "owasp" / "owasp-top10-cwe.json").read_text())
    for year in ("2021", "2025"):
        found = {each.id: each.title for each in shipped.nodes(f"owasp-{year}")}
        assert found == {each["id"]: each["title"] for each in table[year]}
    llm = {each.id: each.title for each in shipped.nodes("owasp-llm-2025")}
    assert len(llm) == 10
    assert llm["LLM03:2025"] == "Supply Chain"


def test_ctid_controls(upstream: Path, shipped: Knowledge) -> None:
    rows = _json(upstream / "ctid" / "nist_800_53-rev5_attack-16.1-enterprise.json.gz")["mapping_objects"]
    pairs = set()
    for each in rows:
        if each["status"] != "non_mappable":
            base, _, enhancement = each["capability_id"].partition("(")
            family, number = base.split("-")
            id_ = f"{family}-{int(number)}" + (f"({int(enhancement.rstrip(')'))})" if enhancement else "")
            pairs.add((id_, each["attack_object_id"]))
    found = set()
    for control in {pair[0] for pair in pairs}:
        for edge in shipped.edges("nist-800-53r5", control, "attack"):
            if edge.dataset.startswith("CTID"):
                found.add((control, edge.dst.removeprefix("attack:")))
    assert found == pairs
    assert all(shipped.node("nist-800-53r5", control) for control, _ in pairs)


def test_mitigations_and_attack_patterns_of_capec(upstream: Path, shipped: Knowledge) -> None:
    """Ids and names; CAPEC's deprecated patterns are among the nodes and not live."""
    expected = {
        each["meta"]["external_id"]: each["value"].removesuffix(f" - {each['meta']['external_id']}")
        for each in _cluster(upstream, "mitre-course-of-action")
        if each["meta"]["external_id"].startswith("M")
    }
    for each in _json(upstream / "attack" / "ics-attack-18.1.stix21.json.gz")["objects"]:
        if each["type"] == "course-of-action":
            expected[each["external_references"][0]["external_id"]] = each["name"]
    found = {each.id: each.title for each in shipped.nodes("attack") if each.id.startswith("M")}
    assert found == expected and len(found) > 100
    patterns, live = {}, set()
    for each in _json(upstream / "capec" / "capec-3.9.stix21.json.gz")["objects"]:
        if each["type"] == "attack-pattern":
            (id_,) = (
                one["external_id"] for one in each["external_references"] if one["source_name"] == "capec"
            )
            patterns[id_] = each["name"]
            if each.get("x_capec_status") not in ("Deprecated", "Obsolete"):
                live.add(id_)
    held = {each.id: each for each in shipped.nodes("capec") if each.id in patterns}
    assert {id_: each.title for id_, each in held.items()} == patterns
    assert {id_ for id_, each in held.items() if each.status == "live"} == live


@pytest.mark.parametrize(
    ("file", "framework"),
    [("csa_ccm-4.1_attack-17.1", "ccm-4.1"), ("veris-1.4.0_attack-16.1", "veris-1.4.0"),
     ("aws-12.12.2024_attack-16.1", "aws"), ("azure-04.26.2025_attack-16.1", "azure"),
     ("gcp-03.06.2025_attack-16.1", "gcp"), ("m365-07.18.2025_attack-16.1", "m365")],
)  # fmt: skip
def test_every_pair_of_the_other_mappings_of_ctid_is_carried(
    file: str, framework: str, upstream: Path, shipped: Knowledge
) -> None:
    asked = {
        (each["attack_object_id"], each["capability_id"])
        for each in _json(upstream / "ctid" / f"{file}-enterprise.json.gz")["mapping_objects"]
        if each.get("capability_id") and each.get("attack_object_id") and each.get("status") != "non_mappable"
    }
    found = {
        (technique, edge.dst.partition(":")[2])
        for technique in {pair[0] for pair in asked}
        for edge in shipped.edges("attack", technique, framework)
        if edge.dataset.startswith("CTID") and edge.src == f"attack:{technique}"
    }
    assert len(asked) > 200
    assert found == asked


def test_kev_of_ctid_is_carried(upstream: Path, shipped: Knowledge) -> None:
    asked = set()
    for domain in ("enterprise", "mobile"):
        for each in _json(upstream / "ctid" / f"kev-07.28.2025_attack-16.1-{domain}.json.gz")[
            "mapping_objects"
        ]:
            if each.get("capability_id") and each.get("attack_object_id"):
                asked.add((each["capability_id"], each["attack_object_id"]))
    found = {
        (cve, edge.dst.partition(":")[2])
        for cve in {pair[0] for pair in asked}
        for edge in shipped.edges("cve", cve, "attack")
        if edge.dataset.startswith("CTID")
    }
    assert len({pair[0] for pair in asked}) > 400
    assert found == asked


def test_the_sigma_index_is_that_of_stable_and_test_rules(upstream: Path, shipped: Knowledge) -> None:
    rows = _json(upstream / "sigma" / "sigma-index.json.gz")
    asked = {each["id"]: each for each in rows if each["status"] in ("stable", "test")}
    found = {
        each.id: each
        for technique in shipped.techniques()
        for each in shipped.sigma_rules.tagged((technique.id,))
    }
    assert len(found) > 2000
    for id_, entry in found.items():
        row = asked[id_]
        assert (entry.title, entry.level, entry.status) == (row["title"], row["level"], row["status"])


def test_controls_of_ics_mitigations_are_the_labels_of_mitre(upstream: Path, shipped: Knowledge) -> None:
    expected: dict[str, set[str]] = {}
    for each in _json(upstream / "attack" / "ics-attack-18.1.stix21.json.gz")["objects"]:
        for label in each.get("labels", ()) if each["type"] == "course-of-action" else ():
            standard, _, ids = label.partition(" - ")
            if standard == "NIST SP 800-53 Rev. 5":
                id_ = each["external_references"][0]["external_id"]
                expected.setdefault(id_, set()).update(ids.split("; "))
    found = {
        id_: {
            edge.dst.partition(":")[2]
            for edge in shipped.edges("attack", id_, "nist-800-53r5")
            if edge.dataset == "ATT&CK ICS"
        }
        for id_ in expected
    }
    assert expected["M0937"] == {"AC-3", "SC-7"}
    assert found == expected


def test_every_edge_ends_in_a_known_node(upstream: Path, shipped: Knowledge) -> None:
    """Mappings may name ids that were revoked since; none may name an id that nobody published."""
    from scc import content
    from scc.knowledge.pack import EdgeGroup, Pack

    pack = Pack(content.open().file("pack"))
    unknown: set[str] = set()
    catalogue = _json(upstream / "cwe" / "cwe-4.19.1.json.gz")
    categories = {each["ID"] for each in catalogue["Categories"]} | {
        each["ID"] for each in catalogue["Views"]
    }
    for name in pack.names("edges-"):
        for group in pack.read(name, tuple[EdgeGroup, ...]):
            for src, dst in group.pairs:
                for framework, id_ in ((group.src, src), (group.dst, dst)):
                    if (
                        framework not in ("cve", "iso-27001-2022", "hipaa")
                        and shipped.node(framework, id_) is None
                    ):
                        unknown.add(f"{framework}:{id_}")
    assert not [each for each in sorted(unknown) if not each.startswith("cwe:")]
    # KEV and OWASP name some CWE categories and views, which are no weaknesses.
    assert {each.removeprefix("cwe:CWE-") for each in unknown} <= categories


def test_kev_facts(data: Path, shipped: Knowledge) -> None:
    path = data / "corpus" / "kev" / "known_exploited_vulnerabilities-2026.08.21.json"
    rows = json.loads(path.read_text())["vulnerabilities"]
    assert len(shipped.kevs()) == len(rows) == 1674
    for each in rows:
        entry = shipped.kev(each["cveID"])
        assert entry is not None
        assert (entry.date_added, entry.due_date) == (each["dateAdded"], each["dueDate"])
        assert entry.weaknesses == tuple(each["cwes"])
    assert shipped.kev_date == "2026-08-21"


def test_decision_tables(upstream: Path, shipped: Knowledge) -> None:
    tables = {each.key: each for each in shipped.decision_tables()}
    for key, file in (
        ("cisa-bod-26-04", "cisa_bod_26_04_1_0_0"),
        ("cisa-coordinator", "cisa_coordinator_2_0_3"),
    ):
        with (upstream / "ssvc" / f"{file}.csv").open(newline="") as stream:
            header, *rows = csv.reader(stream)
        assert (*tables[key].points, tables[key].outcome) == tuple(header[1:])
        assert tables[key].rows == tuple(tuple(row[1:]) for row in rows)


def test_names(upstream: Path, shipped: Knowledge) -> None:
    actors = {each.name.casefold() for each in shipped.names("actor")}
    for each in shipped.names("actor"):
        actors.update(alias.casefold() for alias in each.aliases)
    for each in _cluster(upstream, "threat-actor"):
        assert " ".join(each["value"].split()).casefold() in actors, each["value"]
    assert len(shipped.names("sector")) == 118
    assert {each.id for each in shipped.names("country")} >= {"US", "DE", "FR", "CN"}
