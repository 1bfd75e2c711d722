# SPDX-License-Identifier: Apache-2.0
"""Our own tables point at live ids only, and the themes are the ones that the other packages name."""

from __future__ import annotations

from typing import get_args

import pytest

from scc.knowledge import Knowledge
from scc.model.plan import Phase

THEMES = """authentication session-theft identity-proofing privileged-access directory-services remote-access
edge-devices hypervisor vulnerability-management web-applications phishing malware ransomware destructive-attack
exfiltration logging-defense-impairment secrets-crypto cloud-configuration software-supply-chain ci-cd third-parties
payment-fraud ai-misuse ics-medical mobile denial-of-service end-of-support insider incident-reporting duty-on-us
market-signal physical""".split()


def test_the_themes(shipped: Knowledge) -> None:
    assert {each.key for each in shipped.themes()} == set(THEMES)
    assert len(THEMES) == 32


def test_every_control_of_a_theme_is_live(shipped: Knowledge) -> None:
    rows = shipped.authored.theme_controls
    assert len(rows) > 300
    for row in rows:
        node = shipped.node(row.framework, row.id)
        assert node is not None, row
        assert node.status == "live", row
        assert row.theme in THEMES, row
        assert row.rank >= 1, row


def test_ranks_within_a_theme_and_framework_are_an_order(shipped: Knowledge) -> None:
    lists: dict[tuple[str, str], list[int]] = {}
    for row in shipped.authored.theme_controls:
        lists.setdefault((row.theme, row.framework), []).append(row.rank)
    for key, ranks in lists.items():
        assert sorted(ranks) == list(range(1, len(ranks) + 1)), key


def test_triggers_are_known_and_live(shipped: Knowledge) -> None:
    for theme in shipped.authored.themes:
        for id_ in theme.weaknesses:
            node = shipped.weakness(id_)
            assert node is not None and node.status == "live", (theme.key, id_)
        for id_ in theme.techniques:
            assert shipped.resolve("attack", id_).status == "live", (theme.key, id_)


def test_every_edge_of_our_tables_ends_in_a_live_node(shipped: Knowledge) -> None:
    keys = set(THEMES)
    for group in shipped.authored.groups:
        for src, dst in group.pairs:
            for framework, id_ in ((group.src, src), (group.dst, dst)):
                if framework == "theme":
                    assert id_ in keys, id_
                elif framework == "phase":
                    assert id_ in get_args(Phase), id_
                else:
                    node = shipped.node(framework, id_)
                    assert node is not None and node.status == "live", f"{framework}:{id_}"


PAIRS = ("crosswalk/800-53-cis", "crosswalk/800-53-soc2")


@pytest.mark.parametrize("name", PAIRS)
def test_pairs_of_controls_are_live_once_and_say_why(shipped: Knowledge, name: str) -> None:
    rows = shipped.authored.rows(name)
    assert len(rows) > 150
    assert len({(row["control"], row["id"]) for row in rows}) == len(rows)
    for row in rows:
        control = shipped.node("nist-800-53r5", row["control"])
        other = shipped.node(row["framework"], row["id"])
        assert control is not None and control.status == "live", row
        assert other is not None and other.status == "live", row
        assert row["strength"] in ("superset", "subset", "intersects"), row
        assert row["basis"], row
        # Families and groups say nothing: pairs join a control with a safeguard or a criterion.
        assert "." in row["id"] and "-" in row["control"] and "(" not in row["control"], row


@pytest.mark.parametrize("framework", ["cis-v8", "soc2"])
def test_a_safeguard_of_every_group_is_joined_to_nist(shipped: Knowledge, framework: str) -> None:
    """Every CIS control and every common criterion series that has to do with technology is reached."""
    reached = {
        pair[1].partition(".")[0]
        for group in shipped.authored.groups
        if (group.src, group.dst) == ("nist-800-53r5", framework)
        for pair in group.pairs
    }
    asked = {str(number) for number in range(1, 19)}
    if framework == "soc2":
        asked = {f"CC{number}" for number in range(1, 10)} | {"A1", "C1"}
    assert asked <= reached


def test_strength_of_a_pair_is_read_and_turned(shipped: Knowledge) -> None:
    edge = next(e for e in shipped.edges("nist-800-53r5", "IA-2", "cis-v8") if e.dst == "cis-v8:6.5")
    assert (edge.relation, edge.strength) == ("related-to", "superset")
    assert edge.comment == "a second factor for administrators"
    back = next(e for e in shipped.edges("cis-v8", "6.5", "nist-800-53r5") if e.dst == "nist-800-53r5:IA-2")
    assert back.strength == "subset"


MOMENTS = {
    "triage": ("detection", {"RS.MA-02", "RS.MA-03"}),
    "escalation": ("detection", {"RS.MA-04"}),
    "analysis": ("detection", {"RS.AN-03", "RS.AN-06", "RS.AN-07", "RS.AN-08"}),
    "containment": ("containment", {"RS.MI-01"}),
    "eradication": ("eradication", {"RS.MI-02"}),
    "recovery": ("recovery", {f"RC.RP-0{number}" for number in range(1, 7)}),
    "lessons": ("post-incident", {"ID.IM-03", "ID.IM-04"}),
}


def test_moments_have_the_subcategories_of_sp_800_61r3(shipped: Knowledge) -> None:
    found: dict[str, set[str]] = {}
    for row in shipped.authored.phase_controls:
        if row.moment:
            assert row.framework == "nist-csf-2.0", row
            assert row.phase == MOMENTS[row.moment][0], row
            found.setdefault(row.moment, set()).add(row.id)
    assert found == {moment: ids for moment, (_, ids) in MOMENTS.items()}


def test_every_phase_calls_for_controls_in_order(shipped: Knowledge) -> None:
    ranks: dict[tuple[str, str], list[int]] = {}
    for row in shipped.authored.phase_controls:
        node = shipped.node(row.framework, row.id)
        assert node is not None and node.status == "live", row
        assert row.basis, row
        ranks.setdefault((row.phase, row.framework), []).append(row.rank)
    for key, found in ranks.items():
        assert found == list(range(1, len(found) + 1)), key
    for phase in get_args(Phase):
        for framework in ("nist-800-53r5", "nist-csf-2.0", "cis-v8", "iso-27001-2022", "soc2"):
            assert (phase, framework) in ranks
    edges = shipped.edges("phase", "recovery", "nist-800-53r5")
    assert ("calls-for", "nist-800-53r5:CP-10") in {(edge.relation, edge.dst) for edge in edges}


def test_picks_of_countermeasures(shipped: Knowledge) -> None:
    rows = shipped.authored.rows("crosswalk/technique-d3fend")
    assert len({(row["technique"], row["id"]) for row in rows}) == len(rows)
    for row in rows:
        assert shipped.resolve("attack", row["technique"]).status == "live", row
        assert shipped.node("d3fend", row["id"]) is not None, row
        assert row["basis"], row
    preferred = {e.dst for e in shipped.edges("attack", "T1078", "d3fend") if e.relation == "prefers"}
    assert "d3fend:D3-CRO" in preferred


def test_every_mitigation_of_attack_and_atlas_leads_to_controls(shipped: Knowledge) -> None:
    """All domains: enterprise (M1013 on), mobile (M1001 to M1014, M1058, M1059), ICS (M0800 to M0954), ATLAS."""
    ours = {
        pair[0]
        for group in shipped.authored.groups
        if (group.dst, group.relation) == ("nist-800-53r5", "implemented-by")
        for pair in group.pairs
    }
    nodes = [node for key in ("attack", "atlas") for node in shipped.nodes(key) if node.status == "live"]
    asked = {node.id for node in nodes if node.id.startswith(("M0", "M1", "AML.M"))}
    assert len(asked) > 140 and {"M0930", "M1001", "M1032", "AML.M0034"} <= asked
    assert asked - ours == set()


def test_a_pair_in_two_tables_is_one_edge(shipped: Knowledge) -> None:
    for group in shipped.authored.groups:
        assert len(set(group.pairs)) == len(group.pairs)
    labels = [path.label for path in shipped.paths("cwe", "CWE-287", "cis-v8")]
    assert len(set(labels)) == len(labels)


def test_acts_that_replace_others_are_known_too(shipped: Knowledge) -> None:
    assert shipped.acts()
    for act in shipped.acts():
        if act.status in ("superseded", "revoked"):
            assert act.by and act.since, act.id
