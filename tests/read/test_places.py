# SPDX-License-Identifier: Apache-2.0
"""Who was hit and where attackers come from: not those that a sentence says were spared."""

from __future__ import annotations

from tests.read.reading import facts

from scc.model.facts import Country, Sector


def _roles(text: str) -> dict[str, str]:
    return {each.code: each.role for each in facts(Country, text)} | {
        each.name: each.role for each in facts(Sector, text)
    }


def test_a_spared_government_is_no_victim_and_no_origin() -> None:
    found = _roles("There is no evidence of exploitation affecting Western Australian Government networks.")
    assert found["AU"] == "mentioned"
    assert found["government"] == "mentioned"


def test_targets_and_origins() -> None:
    found = _roles("Chinese state-sponsored hackers targeted hospitals in Germany with a new backdoor.")
    assert found["CN"] == "origin"
    assert found["DE"] == "victim"
    found = _roles("North Korean government-backed actors were named by the agency.")
    assert found["KP"] == "origin"
