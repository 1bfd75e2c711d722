# SPDX-License-Identifier: Apache-2.0
"""The loader is strict, says where every fault is, and lets an overlay replace by id."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from scc.content import loader
from scc.model.errors import ContentError


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    text: str
    weight: int = 1


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    target: str
    weight: float = 1.0


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    monkeypatch.setattr(loader, "ROOT", own)
    monkeypatch.setattr(loader, "COMPILED", own / "compiled")
    return own


def test_reads_single_records_and_lists_in_file_order(root: Path) -> None:
    (root / "rules" / "b.yaml").write_text("id: two\ntext: second\n")
    (root / "rules" / "a.yaml").write_text("- {id: one, text: first}\n- {id: three, text: 3rd, weight: 2}\n")
    found = loader.Content().records("rules", Rule)
    assert [each.id for each in found] == ["one", "three", "two"]
    assert found[1].weight == 2


def test_a_rubric_may_be_one_file_beside_the_folder(root: Path) -> None:
    (root / "rules.yaml").write_text("- {id: one, text: first}\n")
    assert loader.Content().records("rules", Rule) == (Rule("one", "first"),)


def test_all_faults_are_collected_each_with_file_and_line(root: Path) -> None:
    (root / "rules" / "a.yaml").write_text(
        "- id: one\n  text: ok\n- id: one\n  text: again\n- id: x\n  txt: typo\n"
    )
    with pytest.raises(ContentError) as caught:
        loader.Content().records("rules", Rule)
    faults = " ".join(caught.value.faults)
    assert "rules/a.yaml:3" in faults and "given twice" in faults
    assert "rules/a.yaml:5" in faults and "txt" in faults


def test_broken_yaml_names_file_and_line(root: Path) -> None:
    (root / "rules" / "a.yaml").write_text("id: one\ntext: [open\n")
    with pytest.raises(ContentError) as caught:
        loader.Content().records("rules", Rule)
    assert "rules/a.yaml:" in caught.value.faults[0]


def test_yaml_cannot_make_objects(root: Path) -> None:
    (root / "rules" / "a.yaml").write_text("id: !!python/object/apply:os.getcwd []\ntext: x\n")
    with pytest.raises(ContentError):
        loader.Content().records("rules", Rule)


def test_tables_are_typed_and_short_rows_are_named(root: Path) -> None:
    (root / "pairs.csv").write_text("source,target,weight\na,b,0.5\nc,d,\n")
    assert loader.Content().table("pairs", Pair) == (Pair("a", "b", 0.5), Pair("c", "d", 1.0))
    (root / "short.csv").write_text("source,target\na\n")
    with pytest.raises(ContentError) as caught:
        loader.Content().table("short", Pair)
    assert "short.csv:2" in caught.value.faults[0]


def test_an_overlay_replaces_by_id_and_adds(root: Path, tmp_path: Path) -> None:
    (root / "rules" / "a.yaml").write_text("- {id: one, text: ours}\n- {id: two, text: ours}\n")
    mine = tmp_path / "mine"
    (mine / "rules").mkdir(parents=True)
    (mine / "rules" / "x.yaml").write_text("- {id: two, text: theirs}\n- {id: three, text: theirs}\n")
    found = {each.id: each.text for each in loader.Content(mine).records("rules", Rule)}
    assert found == {"one": "ours", "two": "theirs", "three": "theirs"}


def test_the_compiled_form_reads_the_same_and_a_stale_one_is_not_used(root: Path) -> None:
    source = root / "rules" / "a.yaml"
    source.write_text("- {id: one, text: first}\n")
    plain = loader.Content().records("rules", Rule)
    loader.COMPILED.mkdir()
    target = loader.COMPILED / loader.compiled_name("rules")
    target.write_bytes(loader.compile_folder("rules"))
    assert loader.is_fresh("rules")
    assert loader.Content().records("rules", Rule) == plain
    source.write_text("- {id: one, text: changed}\n")
    assert not loader.is_fresh("rules")
    assert loader.Content().records("rules", Rule)[0].text == "changed"


def test_an_overlay_that_is_no_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        loader.open(tmp_path / "nowhere")
    assert "not a folder" in caught.value.diagnostics()


def test_a_key_given_twice_and_an_alias_are_faults(root: Path) -> None:
    (root / "rules" / "a.yaml").write_text("id: one\ntext: x\ntext: y\n")
    (root / "rules" / "b.yaml").write_text("- &a {id: two, text: x}\n- *a\n")
    with pytest.raises(ContentError) as caught:
        loader.Content().records("rules", Rule)
    assert caught.value.faults == (
        "rules/a.yaml:3: the key text is given twice",
        "rules/b.yaml:1: aliases are not allowed",
    )


def test_a_table_may_exist_in_the_overlay_alone(root: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "pairs.csv").write_text("source,target\na,b\n")
    assert loader.Content(mine).table("pairs", Pair) == (Pair("a", "b"),)
    with pytest.raises(ContentError, match=r"pairs\.csv: no such table"):
        loader.Content().table("pairs", Pair)
