# SPDX-License-Identifier: Apache-2.0
"""Versions: forward is transitive and ends in live ids, backward finds what was asked; nothing raises."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scc import knowledge
from scc.knowledge import Knowledge
from scc.knowledge.pack import Successor
from scc.knowledge.resolve import Resolver, canonical

FRAMEWORKS = st.sampled_from(["attack", "atlas", "cwe", "capec", "nist-800-53r5", "nist-csf-2.0", "x", ""])
IDS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"T[01][0-9]{3}(\.00[0-9])?", fullmatch=True),
    st.from_regex(r"CWE-[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"[A-Z]{2}-[0-9]{1,2}(\([0-9]{1,2}\))?", fullmatch=True),
)


def test_impair_defenses_is_disable_or_modify_tools_now(shipped: Knowledge) -> None:
    found = shipped.resolve("attack", "T1562")
    assert (found.status, found.current) == ("revoked", ("T1685",))
    node = shipped.technique("T1685")
    assert node is not None
    assert node.tactics == ("Defense Impairment",)
    assert {"T1562", "T1562.001"} <= set(shipped.back("attack", "T1685"))


def test_a_chain_of_revocations_is_walked_to_its_end(shipped: Knowledge) -> None:
    # T1073 became T1574.002, which was itself revoked in favour of T1574.001.
    assert shipped.resolve("attack", "T1073").current == ("T1574.001",)
    assert {"T1073", "T1574.002"} <= set(shipped.back("attack", "T1574.001"))


def test_deprecated_ids_are_flagged_although_the_source_of_19_does_not(shipped: Knowledge) -> None:
    for id_ in ("T1026", "T1064", "T1393"):
        found = shipped.resolve("attack", id_)
        assert (found.status, found.current) == ("deprecated", ()), id_


def test_unknown_is_an_answer(shipped: Knowledge) -> None:
    assert shipped.resolve("attack", "T9999").status == "unknown"
    assert shipped.technique("T9999") is None
    assert shipped.weakness("CWE-999999") is None
    assert shipped.node("no-such-framework", "X") is None
    assert shipped.edges("attack", "T9999") == ()
    assert shipped.paths("attack", "T9999", "nist-800-53r5") == ()


def test_stealth_took_the_place_of_defense_evasion_in_enterprise_only(shipped: Knowledge) -> None:
    titles = {each.id: each.title for each in shipped.nodes("attack") if each.id.startswith("TA")}
    assert titles["TA0005"] == "Stealth"
    assert titles["TA0112"] == "Defense Impairment"
    assert titles["TA0030"] == "Defense Evasion"
    assert shipped.technique("T1078").tactics == (  # type: ignore[union-attr]
        "Initial Access", "Persistence", "Privilege Escalation", "Stealth",
    )  # fmt: skip


def test_every_revoked_technique_leads_back_to_itself_and_forward_to_live_ones(shipped: Knowledge) -> None:
    revoked = [each for each in shipped.techniques() if each.status == "revoked"]
    assert len(revoked) > 190
    for each in revoked:
        for current in shipped.resolve("attack", each.id).current:
            assert shipped.technique(current).status == "live"  # type: ignore[union-attr]
            assert each.id in shipped.back("attack", current)


@given(FRAMEWORKS, IDS)
def test_any_text_gets_an_answer(framework: str, id_: str) -> None:
    pack = knowledge.open()
    found = pack.resolve(framework, id_)
    assert found.stated == id_
    assert (found.status == "unknown") <= (not found.current)
    for current in found.current:
        assert pack.resolve(framework, current).status == "live"
        if found.status != "live":
            assert canonical(framework, id_) in pack.back(framework, current)
    pack.node(framework, id_)
    pack.edges(framework, id_)


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), min_size=1, max_size=3), max_size=12))
def test_rings_and_forks_in_the_data_end(links: dict[int, list[int]]) -> None:
    successors = [
        Successor("attack", f"T{old}", tuple(sorted(f"T{new}" for new in set(news))))
        for old, news in links.items()
    ]
    revoked = {each.id for each in successors}
    resolver = Resolver(successors, lambda _, id_: "revoked" if id_ in revoked else "live")
    for number in range(13):
        found = resolver.forward("attack", f"T{number}")
        assert not set(found.current) & revoked
        for current in found.current:
            assert current == f"T{number}" or f"T{number}" in resolver.back("attack", current)


def test_spellings_of_sp80053_are_one(shipped: Knowledge) -> None:
    for spelled in ("IA-2(1)", "IA-02(01)", "ia-2(1)", " IA-2.1 "):
        assert canonical("nist-800-53r5", spelled) == "IA-2(1)"
    assert shipped.node("nist-800-53r5", "AC-02") == shipped.node("nist-800-53r5", "AC-2")


def test_subcategories_of_csf_1_1_lead_to_those_of_2_0(shipped: Knowledge) -> None:
    found = shipped.resolve("nist-csf-2.0", "PR.AC-01")
    assert found.status == "revoked"
    assert "PR.AA-01" in found.current
    assert shipped.resolve("nist-csf-2.0", "PR.AA-01").status == "live"
