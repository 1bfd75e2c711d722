# SPDX-License-Identifier: Apache-2.0
"""Our own tables point at live ids only, and the themes are the ones that the other packages name."""

from __future__ import annotations

import pytest

from scc.knowledge import Knowledge

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
                else:
                    node = shipped.node(framework, id_)
                    assert node is not None and node.status == "live", f"{framework}:{id_}"


def test_acts_that_replace_others_are_known_too(shipped: Knowledge) -> None:
    if not shipped.acts():
        pytest.skip("there is no content/acts.csv")
    for act in shipped.acts():
        if act.status in ("superseded", "revoked"):
            assert act.by and act.since, act.id
