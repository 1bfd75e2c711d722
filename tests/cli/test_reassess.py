# SPDX-License-Identifier: Apache-2.0
"""Re-assessment by what came in: a KEV entry, a jump of the EPSS, a fix make a revision with a difference; nothing else does."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import scc.store
from scc.cli import exits
from scc.cli.main import main
from scc.model.briefing import Briefing

CVE = "CVE-2026-41111"
ARTICLE = f"""---
title: Flaw in Acme Gateway
publisher: Example Wire
date: 2026-06-01
tlp: TLP:CLEAR
---

A critical vulnerability, {CVE}, in Acme Gateway before 7.2 lets attackers in. The vendor will publish an update.
"""
PROFILE = 'name = "Example Ltd"\n[[products]]\nvendor = "Acme"\nproduct = "Gateway"\nexposed = true\n'
KEV = {
    "title": "CISA Catalog of Known Exploited Vulnerabilities",
    "catalogVersion": "2026.06.05",
    "dateReleased": "2026-06-05T10:00:00.000Z",
    "count": 1,
    "vulnerabilities": [
        {
            "cveID": CVE,
            "vendorProject": "Acme",
            "product": "Gateway",
            "vulnerabilityName": "Acme Gateway Code Injection Vulnerability",
            "dateAdded": "2026-06-05",
            "shortDescription": "Acme Gateway contains a code injection vulnerability.",
            "requiredAction": "Apply mitigations per vendor instructions or discontinue use of the product.",
            "dueDate": "2026-06-19",
            "knownRansomwareCampaignUse": "Unknown",
            "notes": "",
            "cwes": ["CWE-94"],
        }
    ],
}


def epss(day: str, score: float, model: str = "v2026.03.01") -> str:
    return f"#model_version:{model},score_date:2026-06-{day}T00:00:00+0000\ncve,epss,percentile\n{CVE},{score},0.9\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(ARTICLE)
    (tmp_path / "org.toml").write_text(PROFILE)
    return tmp_path


def brief(place: Path) -> Briefing:
    """The item's briefing after a run over the folder."""
    code = main(
        ["brief", str(place / "in"), "--db", str(place / "t.db"), "--out", str(place / "out"), "--format", "json",
         "--profile", str(place / "org.toml"), "--now", "2026-06-10T08:00:00Z"]
    )  # fmt: skip
    assert code == exits.OK
    with scc.store.open(str(place / "t.db")) as store:
        rows = [each for each in store.items.rows() if not each.merged_into]
        assert len(rows) == 1
        found = store.items.briefing(rows[0].id)
    assert found is not None
    return found


def test_a_kev_entry_makes_a_revision_with_a_difference_and_history_stays(place: Path) -> None:
    first = brief(place)
    assert (first.revision, first.priority) == (1, "standard")
    assert brief(place).revision == 1
    (place / "in" / "kev.json").write_text(json.dumps(KEV))
    second = brief(place)
    assert (second.revision, second.priority) == (2, "immediate")
    assert second.changes is not None
    assert ("priority", "standard", "immediate") in [
        (each.field, each.before, each.after) for each in second.changes.entries
    ]
    assert brief(place).revision == 2
    with scc.store.open(str(place / "t.db")) as store:
        assert store.items.briefing(first.id, 1) == first


def test_a_jump_of_the_epss_makes_a_revision_and_a_wobble_of_another_model_is_no_jump(place: Path) -> None:
    (place / "in" / "epss-01.csv").write_text(epss("01", 0.02))
    before = brief(place)
    assert len(before.priority_reasons) == 1
    (place / "in" / "epss-04.csv").write_text(epss("04", 0.31))
    after = brief(place)
    assert after.revision == before.revision + 1
    assert "rose from 0.02 on 2026-06-01 to 0.31 on 2026-06-04" in after.priority_reasons[-1].text
    (place / "in" / "epss-06.csv").write_text(epss("06", 0.9, "v2026.06.06"))
    assert len(brief(place).priority_reasons) == 1
