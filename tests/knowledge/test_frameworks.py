# SPDX-License-Identifier: Apache-2.0
"""Frameworks whose labels are ours: as many entries as the standard has, and ids that stand in the official text."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from scc.knowledge import Knowledge

SAFEGUARDS = {
    1: 5, 2: 7, 3: 14, 4: 12, 5: 6, 6: 8, 7: 7, 8: 12, 9: 7, 10: 7, 11: 5, 12: 8, 13: 11, 14: 9, 15: 7, 16: 14, 17: 9, 18: 5,
}  # fmt: skip
"""CIS Controls v8: safeguards by control."""
ANNEX_27001 = {"A.5": 37, "A.6": 8, "A.7": 14, "A.8": 34}
"""ISO/IEC 27001:2022 Annex A: controls by clause."""
ANNEX_42001 = {"A.2": 3, "A.3": 2, "A.4": 5, "A.5": 4, "A.6": 9, "A.7": 5, "A.8": 4, "A.9": 3, "A.10": 3}
"""ISO/IEC 42001:2023 Annex A: controls by clause."""
CRITERIA = {
    "CC1": 5, "CC2": 3, "CC3": 4, "CC4": 2, "CC5": 3, "CC6": 8, "CC7": 5, "CC8": 1, "CC9": 2, "A1": 3, "C1": 2, "PI1": 5,
    "P1": 1, "P2": 1, "P3": 2, "P4": 3, "P5": 2, "P6": 7, "P7": 1, "P8": 1,
}  # fmt: skip
"""AICPA TSP section 100: criteria by series."""
FUNCTIONS = {"GOVERN": 19, "MAP": 18, "MEASURE": 22, "MANAGE": 13}
"""NIST AI 100-1: subcategories by function."""
BREACHES = {f"164.{number}" for number in (404, 406, 408, 410, 412, 414)}
"""45 CFR 164 subpart D, without definitions (402) and applicability (400)."""
REST = {
    "nis2": {"20", "23", "29", "30"},
    "cra": {"13", "14", "15", "16", "19", "20", "24", "71"},
}
"""Articles of which the file at hand has no text, as read in the Official Journal."""


def ids(known: Knowledge, framework: str) -> set[str]:
    return {node.id for node in known.nodes(framework)}


def test_cis_has_18_controls_and_153_safeguards(shipped: Knowledge) -> None:
    found = ids(shipped, "cis-v8")
    controls = {id_ for id_ in found if "." not in id_}
    assert controls == {str(number) for number in range(1, 19)}
    assert found - controls == {f"{c}.{n}" for c, last in SAFEGUARDS.items() for n in range(1, last + 1)}
    assert len(found - controls) == 153


def test_annex_a_of_27001_has_93_controls(shipped: Knowledge) -> None:
    found = {id_ for id_ in ids(shipped, "iso-27001-2022") if id_.count(".") == 2}
    assert found == {f"{c}.{n}" for c, last in ANNEX_27001.items() for n in range(1, last + 1)}
    assert len(found) == 93


def test_annex_a_of_42001_has_38_controls(shipped: Knowledge) -> None:
    nodes = shipped.nodes("iso-42001-2023")
    above = {parent for node in nodes for parent in node.parents}
    leaves = [node.id for node in nodes if node.id not in above]
    assert Counter(".".join(id_.split(".")[:2]) for id_ in leaves) == ANNEX_42001
    assert len(leaves) == 38


def test_there_are_61_criteria(shipped: Knowledge) -> None:
    assert ids(shipped, "soc2") == {f"{c}.{n}" for c, last in CRITERIA.items() for n in range(1, last + 1)}
    assert sum(CRITERIA.values()) == 61


def test_the_ai_rmf_has_72_subcategories(shipped: Knowledge) -> None:
    assert Counter(id_.split()[0] for id_ in ids(shipped, "ai-rmf-1.0")) == FUNCTIONS


@pytest.mark.parametrize(
    "framework",
    ["cis-v8", "iso-27001-2022", "iso-42001-2023", "soc2", "ai-rmf-1.0", "ssdf-1.1", "cpg-2.0", "hipaa", "nis2", "dora",
     "ai-act", "cra", "gdpr"],
)  # fmt: skip
def test_every_entry_has_a_label_and_parents_that_exist(framework: str, shipped: Knowledge) -> None:
    found = ids(shipped, framework)
    assert found
    for node in shipped.nodes(framework):
        assert node.title and node.title != node.id, node.id
        assert set(node.parents) <= found, node.id


def refs(data: Path, name: str) -> set[str]:
    """The ids of a framework file for checking, and the names of its articles."""
    file = data / "upstream" / "frameworks" / f"{name}.yaml.gz"
    if not file.is_file():
        pytest.skip("the folder of SCC_DATA has no upstream/frameworks/")
    nodes = yaml.safe_load(gzip.decompress(file.read_bytes()))["objects"]["framework"]["requirement_nodes"]
    articles = {str(each.get("name")).strip() for each in nodes}
    return {str(each["ref_id"]) for each in nodes if each.get("ref_id")} | {
        each for each in articles if re.fullmatch(r"Article \d+", each)
    }


@pytest.mark.parametrize(
    ("framework", "name", "form"),
    [
        ("cpg-2.0", "cisa-cpg-2.0", r"\d\.[A-Z]"),
        ("ai-rmf-1.0", "nist-ai-rmf-1.0", r"[A-Z]+ \d+\.\d+"),
        ("ssdf-1.1", "nist-ssdf-1.1", r"[A-Z]{2}\.\d(?:\.\d)?"),
    ],
)
def test_ids_are_all_of_the_official_ones(
    framework: str, name: str, form: str, shipped: Knowledge, data: Path
) -> None:
    assert ids(shipped, framework) == {each for each in refs(data, name) if re.fullmatch(form, each)}


@pytest.mark.parametrize(
    ("framework", "name"),
    [("gdpr", "gdpr"), ("dora", "dora"), ("ai-act", "ai-act"), ("nis2", "nis2-directive")],
)
def test_articles_and_their_parts_exist(framework: str, name: str, shipped: Knowledge, data: Path) -> None:
    """ "Art. 33(2)" is "33.2" there; an article is there if it or a part of it is."""
    there = refs(data, name)
    for id_ in ids(shipped, framework):
        article, *parts = re.findall(r"\d+|(?<=\()[a-z](?=\))", id_)
        if article in REST.get(framework, ()):
            continue
        if parts:
            assert ".".join((article, *parts)) in there, id_
        else:
            assert f"Article {article}" in there or any(ref.startswith(f"{article}.") for ref in there), id_


def test_annex_i_of_the_cra_is_whole(shipped: Knowledge, data: Path) -> None:
    """ "Annex I(I)(2)(a)" is "1.1.2.a" there, "Annex I(II)(1)" is "1.2.1"."""
    there = {each for each in refs(data, "cra-regulation-annexes") if re.match(r"1\.(?:1\.2\.|2\.)", each)}
    found = set()
    for id_ in ids(shipped, "cra"):
        part = re.fullmatch(r"Annex I\((I|II)\)\((\d)\)(?:\(([a-z])\))?", id_)
        if part is not None:
            found.add(".".join(filter(None, ("1", str(len(part[1])), part[2], part[3]))))
        elif id_.startswith("Art. "):
            assert re.findall(r"\d+", id_)[0] in REST["cra"], id_
    assert found == there


def test_sections_of_hipaa_exist(shipped: Knowledge, data: Path) -> None:
    """The standards are those of SP 800-66r2; specifications stand below one; breach rules are subpart D."""
    there = refs(data, "nist-sp-800-66-rev2")
    found = ids(shipped, "hipaa")
    assert {each for each in there if each.startswith("164.")} <= found
    for id_ in found - there - BREACHES:
        assert any(id_.startswith(each) for each in there), id_
    assert BREACHES <= found
