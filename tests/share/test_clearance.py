# SPDX-License-Identifier: Apache-2.0
"""What leaves to whom: labels, the layer of facts about the reader, and formats that are nothing without it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.share.briefings import briefing, context, observed, plain

from scc.model.act import Gap, Review
from scc.model.briefing import Briefing
from scc.model.decision import Decision
from scc.model.tlp import ORDER, Tlp
from scc.render import FORMATS
from scc.share import ABOUT_US, EXPORTS, FOR_OTHERS, OWN, Cleared, NotApplicable, Records, Refused, clear
from scc.share.interface import Context

SECRET = "zq-secret"
OURS = Records(
    gaps=(Gap(id="g1", item="SCC-VUL-2026-0042", framework="cis-v8", control="2.1", description=SECRET),),
    reviews=(Review(id="r1", item="SCC-VUL-2026-0042", date="2026-09-01", reason=SECRET),),
    decisions=(
        Decision(id="d1", kind="pin", author=SECRET, time="2026-08-22T12:00:00Z", reason=SECRET, target="SCC-VUL-2026-0042"),
        Decision(id="d2", kind="withdraw", author=SECRET, time="2026-08-22T12:00:00Z", reason="mistaken identity", target="SCC-VUL-2026-0042"),
    ),
)  # fmt: skip


def marked(tlp: str = "TLP:CLEAR") -> dict[str, Any]:
    """A briefing whose facts about the reader all carry a secret word."""
    found = observed()
    found["tlp"] = tlp
    page = found["page_one"]
    page["decide"]["text"] = page["do_by_rule"] = SECRET
    page["concerns_us"] = found["relevance"]
    found["relevance"]["why"][0]["text"] = found["relevance"]["question"] = SECRET
    found["relevance"]["command"] = SECRET
    for each in page["now"]:
        each["owner"] = each["text"] = SECRET
    found["citations"].append({"id": 99, "rule": "unknown-ours"})
    page["unknown"][0] = {"sid": "p1-unknown-1", "text": SECRET, "citations": [99]}
    for each in (*found["priority_reasons"], *found["escalation"], *found["recovery"], *found["plan"]["gate"],
                 *found["plan"]["empty"], *found["plan"]["cut"], found["plan"]["mode_why"]):  # fmt: skip
        each["text"] = SECRET
    for each in found["actions"]:
        each["owner"] = each["compensating"] = SECRET
        each["controls"].append({"framework": "soc2", "id": "CC1.1", "title": SECRET})
        for command in (*each["commands"], *each["compensating_commands"], *each["evidence"]):
            command["purpose" if "purpose" in command else "where"] = SECRET
    found["deadlines"].append({**found["deadlines"][0], "binds_us": "yes", "duty": SECRET, "citations": [9]})
    found["summary"].append({"sid": "sum-find-duties-others", "text": SECRET, "citations": [2]})
    found["deadlines"][0]["why"] = SECRET
    for each in found["vulnerabilities"]:
        each["timelines"][0]["text"] = SECRET
    for each in found["sources"]:
        each["path"] = SECRET
    found["artifacts"][0]["where"] = found["notes"][0] = found["detection"]["sweeps"][0]["purpose"] = SECRET
    found["frameworks"]["cis-v8"][0]["why"] = SECRET
    found["changes"]["entries"].append({"field": "concerns us", "before": "no", "after": SECRET})
    return found


@given(st.sampled_from(ORDER), st.sampled_from(ORDER), st.sampled_from([*EXPORTS, *FORMATS]))
def test_nothing_above_the_clearance_and_nothing_about_us_below_amber_strict(
    tlp: Tlp, clearance: Tlp, name: str
) -> None:
    found = clear(briefing(marked(tlp)), OURS, name, clearance)
    if ORDER.index(tlp) > ORDER.index(clearance):
        assert isinstance(found, Refused) and tlp in found.reason and clearance in found.reason
        return
    if ORDER.index(clearance) >= ORDER.index(OWN):
        assert isinstance(found, Cleared) and found.own
        assert found.briefing.tlp == max(tlp, OWN, key=ORDER.index)
        assert found.records.gaps and SECRET in str(found.briefing)
        return
    if name in ABOUT_US:
        assert isinstance(found, Refused) and OWN in found.reason and SECRET not in found.reason
        return
    assert isinstance(found, Cleared) and not found.own and found.briefing.tlp == tlp
    assert SECRET not in str(found)
    assert found.records == Records(decisions=(msgspec.structs.replace(OURS.decisions[1], author=""),))


@pytest.mark.parametrize("name", [each for each in EXPORTS if each not in ABOUT_US])
def test_what_is_written_for_others_has_nothing_of_us(name: str) -> None:
    found = clear(briefing(marked()), Records(), name, "TLP:CLEAR")
    assert isinstance(found, Cleared)
    data = EXPORTS[name].write(found.briefing, Context(context().knowledge, found.records))
    assert isinstance(data, NotApplicable) or SECRET.encode() not in data
    if name == "stix":
        assert isinstance(data, bytes) and b"priority:" not in data and b"severity:" in data


def test_without_a_recipient_it_is_ours_but_in_formats_without_facts_about_us() -> None:
    one = briefing(marked("TLP:GREEN"))
    for name in (*EXPORTS, *FORMATS):
        found = clear(one, OURS, name, None)
        assert isinstance(found, Cleared)
        assert found.own is (name not in FOR_OTHERS)
        assert found.briefing.tlp == ("TLP:GREEN" if name in FOR_OTHERS else OWN)


def without(value: Any) -> Any:
    """Plain values without the numbers of citations."""
    if isinstance(value, msgspec.Struct):
        return {
            name: without(getattr(value, name)) for name in value.__struct_fields__ if name != "citations"
        }
    return [without(each) for each in value] if isinstance(value, tuple) else value


def place(item: Briefing, id_: int) -> dict[str, Any]:
    (found,) = (each for each in item.citations if each.id == id_)
    return {**msgspec.to_builtins(found), "id": 0}


def test_the_world_keeps_what_the_sources_say() -> None:
    before = briefing(plain("maximal"))
    found = clear(before, Records(), "stix", "TLP:AMBER")
    assert isinstance(found, Cleared)
    after = found.briefing
    for name in (
        "indicators",
        "techniques",
        "products",
        "weaknesses",
        "disputes",
        "summary",
        "analysis",
        "sources",
    ):
        kept = [
            without(msgspec.structs.replace(each, path="") if name == "sources" else each)
            for each in getattr(before, name)
        ]
        assert kept == [without(each) for each in getattr(after, name)]
    assert after.severity.level == before.severity.level and after.actions == ()
    assert [each.basis for each in after.deadlines if each.date] == ["BOD 22-01, KEV due date"]
    assert [each.binds_us for each in after.deadlines] == ["maybe"] * len(after.deadlines)
    # Every citation leads to the place it led to, and no other is left.
    for old, new in zip(before.summary, after.summary, strict=True):
        assert [place(before, each) for each in old.citations] == [
            place(after, each) for each in new.citations
        ]
    assert [each.id for each in after.citations] == list(range(1, len(after.citations) + 1))


def test_records_of_other_items_stay_out() -> None:
    foreign = Records(
        gaps=(Gap(id="g2", item="SCC-VUL-2026-0001", framework="soc2", control="CC1.1", description="other"),)
    )
    found = clear(briefing(plain("maximal")), foreign, "html", "TLP:RED")
    assert isinstance(found, Cleared) and found.records == Records()


def test_every_format_has_one_answer_for_an_unnamed_recipient() -> None:
    assert not ABOUT_US & FOR_OTHERS
    assert set(FORMATS) <= ABOUT_US
