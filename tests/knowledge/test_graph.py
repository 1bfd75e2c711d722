# SPDX-License-Identifier: Apache-2.0
"""The graph: every step is an edge of a dataset, ways are connected, short and explained."""

from __future__ import annotations

import pytest

from scc.knowledge import Knowledge
from scc.knowledge.graph import COST, COST_MOST, STEPS_MOST


def test_an_edge_reads_from_the_node_asked_for(small: Knowledge) -> None:
    down = small.edges("nist-800-53r5", "AC-2", "attack")
    assert [each.label for each in down if each.strength != "authored"] == [
        "CTID Mappings Explorer: NIST 800-53r5 ATT&CK 16.1: nist-800-53r5:AC-2 mitigates attack:T1574"
    ]
    up = small.edges("attack", "T1574", "nist-800-53r5")
    assert [each.relation for each in up] == ["mitigated-by"]


def test_a_subset_read_from_the_other_end_is_a_superset(small: Knowledge) -> None:
    assert {each.strength for each in small.edges("cwe", "CWE-287", "owasp-2021")} == {"subset"}
    assert {each.strength for each in small.edges("owasp-2021", "A07:2021", "cwe")} == {"superset"}


def test_mappings_of_replaced_ids_are_found_as_their_dataset_printed_them(small: Knowledge) -> None:
    found = small.edges("attack", "T1685", "nist-800-53r5")
    assert [(each.src, each.dst, each.version) for each in found] == [
        ("attack:T1562", "nist-800-53r5:IA-2", "ATT&CK 16.1")
    ]


def test_a_way_crosses_versions_with_an_edge_of_its_own(small: Knowledge) -> None:
    best = small.paths("attack", "T1685", "nist-800-53r5:IA-2")[0]
    assert [(each.src, each.relation, each.dst) for each in best.edges] == [
        ("attack:T1685", "replaces", "attack:T1562"),
        ("attack:T1562", "mitigated-by", "nist-800-53r5:IA-2"),
    ]


def test_a_relation_counted_in_more_cases_comes_first(small: Knowledge) -> None:
    counted = [way for way in small.paths("cwe", "CWE-287", "attack") if way.edges[0].strength != "authored"]
    first = counted[0]
    assert first.edges[0].dst == "attack:T1562"
    assert first.edges[0].comment == "7 CVE"


def test_enhancements_roll_up_and_down_on_the_way_to_a_countermeasure(small: Knowledge) -> None:
    down = small.paths("nist-800-53r5", "IA-2", "d3fend")[0]
    assert [each.dst for each in down.edges] == ["nist-800-53r5:IA-2(1)", "d3fend:D3-MFA"]
    up = small.paths("nist-csf-2.0", "PR.AA-01", "nist-800-53r5:IA-2")[0]
    assert [each.dst for each in up.edges] == ["nist-800-53r5:IA-2(1)", "nist-800-53r5:IA-2"]


@pytest.mark.parametrize(
    "goal", ["nist-800-53r5", "nist-csf-2.0", "d3fend", "owasp-2021", "hipaa", "iso-27001-2022"]
)
def test_ways_are_connected_and_bounded(shipped: Knowledge, goal: str) -> None:
    found = shipped.paths("cwe", "CWE-287", goal)
    assert found, goal
    for way in found:
        assert way.edges[0].src == "cwe:CWE-287"
        assert way.edges[-1].dst.startswith(f"{goal}:")
        assert all(one.dst == two.src for one, two in zip(way.edges, way.edges[1:], strict=False))
        assert sum(each.relation != "replaces" for each in way.edges) <= STEPS_MOST
        assert sum(COST[each.strength] - 0.3 * (" CVE" in each.comment) for each in way.edges) <= COST_MOST
        visited = [each.dst for each in way.edges]
        assert len(visited) == len(set(visited))


def test_no_way_leads_from_a_technique_through_its_mitigation_to_another_technique(
    shipped: Knowledge,
) -> None:
    for way in shipped.paths("attack", "T1078", "d3fend"):
        relations = [each.relation for each in way.edges]
        assert not ("mitigated-by" in relations and "mitigates" in relations), way.label


def test_the_same_question_gets_the_same_answer(shipped: Knowledge) -> None:
    from scc import content
    from scc.knowledge.pack import Pack

    other = Knowledge(Pack(content.open().file("pack")), content.open())
    asked = ("attack", "T1190", "nist-csf-2.0")
    other.edges("attack", "T1078")  # sections in another order
    assert other.paths(*asked) == shipped.paths(*asked)
