# SPDX-License-Identifier: Apache-2.0
"""Detection guidance: what is told for a technique, which public rules an item lists, and what it asks."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import scc.content
import scc.knowledge
from scc import read
from scc.brief import hunting, sigma
from scc.brief.citations import Citer
from scc.brief.detection import TECHNIQUES_MOST, detection
from scc.brief.evidence import Evidence
from scc.content.loader import Content
from scc.model.briefing import Detection, IndicatorShown, TechniqueShown
from scc.model.document import Document, Raw
from scc.model.plan import Action, ActionPlan, Mode
from scc.model.story import Origin, Story

PACK, CONTENT = scc.knowledge.open(), scc.content.open()


def _technique(id_: str, role: str = "observed") -> TechniqueShown:
    node = PACK.technique(id_)
    assert node is not None
    return TechniqueShown(
        id_, "", node.name, node.tactics, node.tactics[:1], node.domain, node.version, "stated",
        role, 0.9, (1,),  # type: ignore[arg-type]
    )  # fmt: skip


def _plan(mode: Mode, *titles: str) -> ActionPlan:
    actions = tuple(
        msgspec.convert(
            {
                **dict.fromkeys(Action.__struct_fields__, ""),
                "id": "act-0001", "step": "detection", "phase": "detection", "title": title, "minutes": 30,
                "controls": [], "compensating_commands": [], "evidence": [], "commands": [], "alters": False,
                "observations": [], "references": [], "when": "day",
            },
            Action,
        )
        for title in titles
    )  # fmt: skip
    return ActionPlan(mode, "", 6.0, actions, (), (), (), "", (), ())


def _shown(
    mode: Mode = "hunt",
    techniques: tuple[TechniqueShown, ...] = (),
    indicators: tuple[IndicatorShown, ...] = (),
    flaws: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    themes: tuple[str, ...] = (),
    titles: tuple[str, ...] = (),
) -> Detection:
    document = read.document(Raw(data=b"---\ntitle: A report\ndate: 2026-06-01\n---\n\nText.\n"), ())
    assert isinstance(document, Document)
    story = Story("story-1", (document,), (Origin("origin-1", (document.id,), document.tier, ""),), ())
    return detection(
        _plan(mode, *titles), techniques, indicators, flaws, names, themes, "2026-06-10", PACK, CONTENT,
        Citer(Evidence(story, ())),
    )  # fmt: skip


def test_each_observed_or_possible_technique_has_components_logs_and_strategy() -> None:
    found = _shown(
        techniques=(_technique("T1486"), _technique("T1053.005", "possible"), _technique("T1566", "context"))
    )
    by_sid = {each.sid: each.text for each in found.statements}
    assert "det-t1566" not in by_sid
    node = PACK.detection("T1486")
    text = by_sid["det-t1486"]
    assert node.data_components[0] in text and node.log_sources[0] in text
    assert f"ATT&CK {PACK.technique('T1486').version}: {node.strategies[0][0]}" in text  # type: ignore[union-attr]
    assert "4698" in by_sid["det-t1053.005"]
    assert {each.technique for each in found.sigma} == {"T1486", "T1053.005"}
    assert all(each.citations for each in (*found.statements, *found.questions))


def test_no_technique_of_a_long_list_is_lost() -> None:
    ids = [each.id for each in PACK.techniques() if each.status == "live" and each.domain == "enterprise"]
    found = _shown(techniques=tuple(_technique(each) for each in ids[: TECHNIQUES_MOST + 5]))
    told = " ".join(each.text for each in found.statements)
    assert all(each in told for each in ids[: TECHNIQUES_MOST + 5])


def test_a_technique_without_published_detection_says_so() -> None:
    (text,) = [each.text for each in _shown(techniques=(_technique("AML.T0051"),)).statements]
    assert "publishes no detection" in text and "ATLAS" in text


def test_a_governance_item_has_nothing_to_hunt() -> None:
    found = _shown("govern", (_technique("T1486"),), flaws=("CVE-2023-25717",), themes=("ransomware",))
    assert "nothing to hunt" in found.statements[0].text
    assert (found.sigma, found.sweeps, found.questions) == ((), (), ())


def test_without_a_technique_the_plan_and_the_themes_say_what_to_look_for() -> None:
    found = _shown(themes=("ransomware",), titles=("Look for lockers",))
    assert "stands in the actions: Look for lockers." in found.statements[-1].text
    assert [each.sid for each in found.questions] == ["det-hunt-encryption"]
    assert _shown("expose", themes=("ransomware",)).questions == ()


def test_searches_hold_observed_values_only_and_tell_their_use_by_date() -> None:
    seen = IndicatorShown("domain", "bad.example", "observed", "search", "2026-07-01")
    old = IndicatorShown("domain", "old.example", "observed", "search", "2026-01-01")
    advice = IndicatorShown("domain", "vendor.example", "advice")
    found = _shown(indicators=(seen, old, advice))
    told = " ".join(each.text for each in found.statements)
    assert "use-by dates: 2026-07-01" in told and "1 of 2 observed indicators is past" in told
    commands = " ".join(each.text for each in found.sweeps)
    assert "bad.example" in commands
    assert "old.example" not in commands and "vendor.example" not in commands


# Which rules.


def test_a_rule_for_another_flaw_is_left_out_and_one_for_ours_comes_first() -> None:
    techniques = (_technique("T1190"),)
    other, _ = sigma.rules(techniques, (), (), PACK)
    assert other and not any("CVE-" in each.title for each in other)
    own, _ = sigma.rules(techniques, ("CVE-2023-25717",), (), PACK)
    assert "CVE-2023-25717" in own[0].title


def test_a_rule_for_malware_is_listed_only_where_the_item_names_it() -> None:
    techniques = (_technique("T1486"), _technique("T1218.011"), _technique("T1070.001"))
    named, _ = sigma.rules(techniques, (), ("NotPetya wipes hosts",), PACK)
    unnamed, _ = sigma.rules(techniques, (), ("A wiper", "Petya"), PACK)
    assert any("/NotPetya/" in each.url for each in named)
    assert not any("/rules-emerging-threats/" in each.url for each in unnamed)


def test_a_rule_for_the_logs_of_a_service_waits_until_the_item_names_it() -> None:
    techniques = (_technique("T1078"),)
    general, _ = sigma.rules(techniques, (), ("Stolen passwords",), PACK)
    told, _ = sigma.rules(techniques, (), ("Sign-ins to Microsoft 365 with stolen passwords",), PACK)
    assert not general[0].logsource.startswith(("azure", "m365", "okta"))
    assert told[0].logsource.startswith(("azure", "m365"))


def test_every_technique_gets_a_rule_before_one_gets_two() -> None:
    ids = ("T1486", "T1078", "T1190", "T1053.005", "T1059.001", "T1566", "T1105", "T1112", "T1027")
    found, fitting = sigma.rules(tuple(_technique(each) for each in ids), (), (), PACK)
    assert len(found) == sigma.RULES_MOST < fitting
    assert {each.technique for each in found[: len(ids)]} == set(ids)
    assert len({each.id for each in found}) == len(found)
    assert all(each.status in ("stable", "test") for each in found)


# Questions.


def test_the_shipped_questions_have_no_fault_and_cover_every_tactic() -> None:
    assert list(hunting.faults(CONTENT, PACK)) == []
    for each in PACK.techniques():
        if each.status == "live":
            assert hunting.nearest(_technique(each.id), CONTENT) is not None, each.id


def test_a_question_is_put_once_for_all_its_techniques() -> None:
    found = _shown(techniques=(_technique("T1021.001"), _technique("T1021.002"), _technique("T1486")))
    assert [each.sid for each in found.questions] == ["det-hunt-lateral", "det-hunt-encryption"]
    assert found.questions[0].text.startswith("T1021.001, T1021.002: ")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("{id: q, question: 'Who?'}", "names no technique"),
        ("{id: q, techniques: [T1562], question: 'Who?'}", "not a live one"),
        ("{id: q, tactics: [Defense Evasion], question: 'Who?'}", "no tactic 'Defense Evasion'"),
        ("{id: q, themes: [nothing], question: 'Who?'}", "no theme 'nothing'"),
        ("{id: q, techniques: [T1584], question: 'Look.'}", "asks nothing"),
        ("{id: q, techniques: [T1486], question: 'Who?'}", "has a question already"),
        ("{id: q, techniques: [T1584], question: '" + "who " * 60 + "?'}", "more than"),
    ],
)
def test_a_faulty_question_is_refused(record: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "hunting.yaml").write_text(f"- {record}\n")
    (fault,) = [each for each in hunting.faults(Content(tmp_path), PACK) if each.startswith("q:")]
    assert said in fault
