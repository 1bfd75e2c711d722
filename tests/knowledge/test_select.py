# SPDX-License-Identifier: Apache-2.0
"""Selection: themes decide, published edges support, enhancements roll up, eight rows a framework."""

from __future__ import annotations

from pathlib import Path

import pytest

from scc import content
from scc.content import loader
from scc.knowledge import Knowledge
from scc.knowledge.pack import Pack
from scc.knowledge.titles import install, licensed, parse
from scc.model.errors import KnowledgeError

THEMES = """key,title,weaknesses,techniques,keywords
test-sign-in,Test of sign-in,CWE-284,T1685,multi-factor|one-time code
test-other,Test of other things,,T0883,
"""
CONTROLS = """theme,framework,id,rank,basis
test-sign-in,nist-800-53r5,IA-2(1),1,
test-sign-in,nist-800-53r5,AC-2,2,
test-other,nist-800-53r5,AC-2,1,
test-other,nist-800-53r5,AC-13,2,
test-other,nist-800-53r5,ZZ-99,3,
"""


@pytest.fixture
def pack(small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    """The small pack with tables of its own in place of the shipped ones."""
    monkeypatch.setattr(loader, "ROOT", tmp_path)
    (tmp_path / "crosswalk").mkdir()
    (tmp_path / "crosswalk" / "themes.csv").write_text(THEMES)
    (tmp_path / "crosswalk" / "theme-controls.csv").write_text(CONTROLS)
    return Knowledge(Pack(small_folder), content.Content())


def _ids(pack: Knowledge, framework: str, **asked: tuple[str, ...]) -> list[str]:
    base: dict[str, tuple[str, ...]] = {"techniques": (), "weaknesses": (), "themes": ()}
    found = pack.select(**{**base, **asked}, frameworks=(framework,))
    return [each.id for each in found.get(framework, ())]


def test_rank_in_the_theme_decides_and_enhancements_roll_up(pack: Knowledge) -> None:
    assert _ids(pack, "nist-800-53r5", themes=("test-sign-in",)) == ["IA-2", "AC-2"]


def test_withdrawn_and_unknown_controls_are_never_candidates(pack: Knowledge) -> None:
    assert _ids(pack, "nist-800-53r5", themes=("test-other",)) == ["AC-2"]


def test_the_first_theme_weighs_more(pack: Knowledge) -> None:
    assert _ids(pack, "nist-800-53r5", themes=("test-other", "test-sign-in"))[0] == "AC-2"
    assert set(_ids(pack, "nist-800-53r5", themes=("test-sign-in", "test-other"))) == {"IA-2", "AC-2"}


def test_without_a_named_theme_the_items_own_ids_point_to_one(pack: Knowledge) -> None:
    assert _ids(pack, "nist-800-53r5", weaknesses=("CWE-287",)) == ["IA-2", "AC-2"]
    assert _ids(pack, "nist-800-53r5", techniques=("T1562",)) == ["IA-2", "AC-2"]
    assert _ids(pack, "nist-800-53r5", techniques=("T9999",), weaknesses=("CWE-99999",)) == []


def test_a_candidate_says_why_and_shows_published_ways(pack: Knowledge) -> None:
    found = pack.select(
        techniques=("T1562",), weaknesses=(), themes=("test-sign-in",), frameworks=("nist-800-53r5",)
    )
    first = found["nist-800-53r5"][0]
    assert first.title == "Identification and Authentication (Organizational Users)"
    assert first.why.startswith("Theme Test of sign-in")
    labels = [each.label for each in first.paths]
    assert any("CTID" in each and "attack:T1562 mitigated-by nist-800-53r5:IA-2" in each for each in labels)


def test_a_pick_for_a_technique_comes_after_what_the_theme_puts_first(shipped: Knowledge) -> None:
    rows = shipped.select(
        techniques=("T1078.004",), weaknesses=(), themes=("authentication",), frameworks=("d3fend",)
    )["d3fend"]
    ids = [each.id for each in rows]
    assert ids[0] == "D3-MFA", "called for by the theme and picked for the parent technique"
    rotation = next(each for each in rows if each.id == "D3-CRO")
    assert rotation.why == "Our pick against T1078", "no theme names it and no data set is claimed to"
    assert [edge.relation for path in rotation.paths for edge in path.edges] == ["prefers"]


def test_among_equals_the_control_of_the_theme_that_fits_best_comes_first(shipped: Knowledge) -> None:
    def place(*themes: str) -> list[str]:
        rows = shipped.select(techniques=(), weaknesses=(), themes=themes, frameworks=("nist-800-53r5",))
        equal = [each for each in rows["nist-800-53r5"] if each.score == 0.2]
        return [each.id for each in equal]

    # Fifth of the first theme and fourth of the second weigh the same.
    assert place("insider", "identity-proofing") == ["PS-3"]
    assert place("identity-proofing", "insider") == ["AC-2"]


def test_the_publisher_of_a_list_may_classify_by_itself(pack: Knowledge) -> None:
    assert _ids(pack, "owasp-2021", weaknesses=("CWE-287",)) == ["A07:2021"]


def test_what_the_publisher_classifies_is_of_no_other_class(shipped: Knowledge) -> None:
    """CWE-639 is broken access control by OWASP; the theme web-applications would put injection first."""
    asked = {"techniques": (), "themes": ("web-applications",), "frameworks": ("owasp-2021",)}
    named = shipped.select(**asked, weaknesses=("CWE-639",))["owasp-2021"]
    assert [each.id for each in named] == ["A01:2021"]
    without = shipped.select(**asked, weaknesses=())["owasp-2021"]
    assert without[0].id == "A03:2021" and len(without) > 1


def test_frameworks_without_candidates_are_absent(pack: Knowledge) -> None:
    assert pack.select(techniques=(), weaknesses=(), themes=("nonsense",), frameworks=("soc2", "x")) == {}


def test_never_more_than_eight(shipped: Knowledge) -> None:
    techniques = tuple(each.id for each in shipped.techniques() if each.status == "live")[:60]
    found = shipped.select(
        techniques=techniques,
        weaknesses=("CWE-287", "CWE-79"),
        themes=tuple(each.key for each in shipped.themes()),
        frameworks=shipped.frameworks(),
    )
    for framework, rows in found.items():
        assert len(rows) <= 8, framework
        scores = [each.score for each in rows]
        assert scores == sorted(scores, reverse=True)
        assert all(shipped.node(framework, each.id).status == "live" for each in rows)  # type: ignore[union-attr]


def test_licensed_titles_replace_labels_and_stay_outside_the_pack(small_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("framework,id,title\nccm-4.1,IAM-14,Official title\n")
    assert install(file, tmp_path / "data") == 1
    titled = Knowledge(Pack(small_folder), content.open(), licensed(tmp_path / "data"))
    assert titled.node("ccm-4.1", "IAM-14").title == "Official title"  # type: ignore[union-attr]
    assert not list(small_folder.glob("titles*"))


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"id,title\n", "first line"),
        (b"framework,id,title\na,b\n", "Line 2"),
        (b"framework,id,title\na,b,\n", "Line 2"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_malformed_file_of_titles_is_refused(body: bytes, fault: str) -> None:
    with pytest.raises(KnowledgeError, match=fault):
        parse(body)


def test_crosswalk_tables_become_edges_by_their_columns(pack: Knowledge, tmp_path: Path) -> None:
    folder = tmp_path / "crosswalk"
    (folder / "mitigations.csv").write_text(
        "mitigation,framework,id,basis\nM1038,nist-800-53r5,AC-2,own reading\n"
    )
    (folder / "weaknesses.csv").write_text("weakness,theme,technique\nCWE-287,test-other,T1574\n")
    pack = Knowledge(Pack(pack._pack.folder), content.Content())
    edge = next(
        each for each in pack.edges("attack", "M1038", "nist-800-53r5") if each.strength == "authored"
    )
    assert (edge.relation, edge.dst, edge.comment) == ("implemented-by", "nist-800-53r5:AC-2", "own reading")
    assert [each.relation for each in pack.edges("cwe", "CWE-287", "theme")] == ["points-to"]
    assert "leads-to" in {each.relation for each in pack.edges("cwe", "CWE-287", "attack")}
    assert pack.paths("attack", "T1685", "nist-800-53r5:AC-2")
