# SPDX-License-Identifier: Apache-2.0
"""The mandatory tests of CSAF 2.0 on every case that OASIS wrote for them, as the `csaf` package carries them."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scc import knowledge
from scc.share.csaf.check import check
from scc.share.csaf.check_document import prohibited
from scc.share.csaf.check_tracking import version

FOLDER = files("csaf") / "csaf" / "v20" / "data" / "mandatory"
CASES = sorted(each.name for each in FOLDER.iterdir() if each.name.endswith(".json"))


def case(name: str) -> tuple[str, bool, dict[str, Any]]:
    """(section of the test, whether it must fail, the document); cases from 11 on are valid."""
    numbers = [int(each) for each in name.removesuffix(".json").split("2021-")[1].split("-")]
    return ".".join(map(str, numbers[:-1])), numbers[-1] < 11, json.loads((FOLDER / name).read_bytes())


def failed(document: dict[str, Any]) -> set[str]:
    return {each.test for each in check(document, knowledge.open())}


def test_every_section_has_a_case() -> None:
    tests = {case(name)[0] for name in CASES}
    plain = {f"6.1.{number}" for number in range(1, 34) if number != 27}
    assert tests == plain | {f"6.1.27.{number}" for number in range(1, 12)}


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_the_standard(name: str) -> None:
    test, fails, document = case(name)
    found = failed(document)
    assert (test in found) is fails
    assert fails or not found


def test_a_failure_says_where() -> None:
    _, _, document = case("oasis_csaf_tc-csaf_2_0-2021-6-1-01-01.json")
    paths = [each.path for each in check(document, knowledge.open())]
    assert paths == [f"/product_tree/product_groups/0/product_ids/{number}" for number in (0, 1)]


def minimal() -> dict[str, Any]:
    """The frame of a case, without what it is about."""
    _, _, document = case("oasis_csaf_tc-csaf_2_0-2021-6-1-01-01.json")
    return {"document": document["document"]}


def test_products_are_found_however_deep() -> None:
    branch: dict[str, Any] = {
        "category": "product_name", "name": "x", "product": {"name": "x", "product_id": "deep"}
    }  # fmt: skip
    for _ in range(3000):
        branch = {"category": "product_family", "name": "x", "branches": [branch]}
    flaw = {"product_status": {"known_affected": ["deep", "absent"]}}
    found = check(
        {**minimal(), "product_tree": {"branches": [branch]}, "vulnerabilities": [flaw]}, knowledge.open()
    )
    assert [(each.test, each.path) for each in found] == [
        ("6.1.1", "/vulnerabilities/0/product_status/known_affected/1")
    ]


def scored(**changed: Any) -> dict[str, Any]:
    vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    score = {
        "version": "3.1",
        "vectorString": vector,
        "baseScore": 9.8,
        "baseSeverity": "CRITICAL",
        **changed,
    }
    tree = {"full_product_names": [{"name": "x", "product_id": "p"}]}
    flaw = {"scores": [{"products": ["p"], "cvss_v3": {key: each for key, each in score.items() if each}}]}
    return {**minimal(), "product_tree": tree, "vulnerabilities": [flaw]}


@pytest.mark.parametrize(
    ("changed", "test"),
    [
        ({}, ""),
        ({"baseScore": 9.7}, "6.1.9"),
        ({"baseSeverity": "HIGH"}, "6.1.9"),
        ({"temporalScore": 9.8, "environmentalScore": 9.8}, ""),
        ({"temporalScore": 9.1}, "6.1.9"),
        ({"vectorString": "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}, "6.1.8"),
        ({"vectorString": "CVSS:3.1/AV:N"}, "6.1.8"),
        ({"baseSeverity": None}, "6.1.8"),
        ({"baseScore": "9.8"}, "6.1.8"),
        ({"scope": "CHANGED"}, "6.1.10"),
        ({"exploitCodeMaturity": "HIGH"}, "6.1.10"),
        ({"exploitCodeMaturity": "NOT_DEFINED"}, ""),
        ({"scope": "NOT_DEFINED"}, "6.1.8"),
    ],
)
def test_scores(changed: dict[str, Any], test: str) -> None:
    assert test in failed(scored(**changed)) if test else not failed(scored(**changed))


def test_versions_ascend_as_semantic_versioning_says() -> None:
    # The example of section 11.4 of Semantic Versioning 2.0.0.
    ascending = ["alpha", "alpha.1", "alpha.beta", "beta", "beta.2", "beta.11", "rc.1"]
    orders = [version(f"1.0.0-{each}").order for each in ascending] + [version("1.0.0").order]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)
    assert version("1.0.0+one").order == version("1.0.0+two").order


@given(
    st.sampled_from(["vex", "security advisory", "csaf_vex"]),
    st.lists(st.sampled_from("-_ \u2010\u2014"), max_size=6),
)
def test_a_reserved_name_is_seen_through_dashes(name: str, marks: list[str]) -> None:
    spread = "".join(mark + letter for mark, letter in zip([*marks, *[""] * len(name)], name, strict=False))
    assert prohibited(spread.upper()) and not prohibited(f"{spread} bulletin of ours".removeprefix("csaf_"))
