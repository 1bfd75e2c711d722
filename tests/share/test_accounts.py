# SPDX-License-Identifier: Apache-2.0
"""Accounts in the exports: what each standard has for their place, and what comes back when our exports are read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from stix2patterns.validator import run_validator
from tests.read.given import read
from tests.share.briefings import briefing, context, observed

from scc.brief.sweeps import sweeps
from scc.model.accounts import ACCOUNTS
from scc.model.briefing import IndicatorShown
from scc.model.facts import Indicator
from scc.read.records import observations
from scc.share import EXPORTS
from scc.share.stix_patterns import observables, pattern


def shown(place: str, role: str = "observed") -> dict[str, Any]:
    note = ACCOUNTS[place]
    return {"type": "account", "value": f"name-{place}", "role": role, "action": "detect", "citations": [25], "valid_until": "", "note": note}  # fmt: skip


def written(name: str, *rows: dict[str, Any]) -> Any:
    values = observed()
    values["indicators"] = list(rows)
    data = EXPORTS[name].write(briefing(values), context())
    assert isinstance(data, bytes)
    return json.loads(data)


@pytest.mark.parametrize("place", sorted(ACCOUNTS))
def test_every_place_has_a_valid_pattern_and_comes_back(place: str) -> None:
    rule = pattern("account", f"name-{place}", ACCOUNTS[place])
    assert run_validator(rule) == []
    assert observables("account", f"name-{place}", ACCOUNTS[place])[0]["type"] == "user-account"
    for export in ("stix", "misp"):
        facts = [each.fact for each in observations(read(written(export, shown(place)), "a.json"))]
        back = [each for each in facts if isinstance(each, Indicator) and each.type == "account"]
        assert [(each.value, each.role) for each in back] == [(f"name-{place}", "observed")]


def test_account_type_is_of_the_vocabulary_or_missing() -> None:
    assert observables("account", "x", ACCOUNTS["twitter"])[0]["account_type"] == "twitter"
    assert observables("account", "x", ACCOUNTS["windows-local"])[0]["account_type"] == "windows-local"
    assert "account_type" not in observables("account", "x", ACCOUNTS["telegram"])[0]
    assert observables("account", "7f1c", ACCOUNTS["azure-application"])[0]["user_id"] == "7f1c"


def test_misp_types_of_accounts() -> None:
    places = ("github", "twitter", "xmpp", "azure-application", "telegram", "windows-local")
    event = written("misp", *(shown(each) for each in places), shown("unix", "victim"))["Event"]
    found = {
        each["value"].removeprefix("name-"): (each["type"], each["category"], each["to_ids"])
        for each in event["Attribute"]
        if each["value"].startswith("name-")
    }
    assert found == {
        "github": ("github-username", "Social network", False), "twitter": ("twitter-id", "Social network", False),
        "xmpp": ("jabber-id", "Social network", False), "azure-application": ("azure-application-id", "Payload delivery", True),
        "telegram": ("other", "Social network", False), "windows-local": ("other", "Persistence mechanism", False),
        "unix": ("target-user", "Targeting data", False),
    }  # fmt: skip


def test_place_comes_back_out_of_a_misp_event() -> None:
    facts = [each.fact for each in observations(read(written("misp", shown("github")), "a.json"))]
    found = [each for each in facts if isinstance(each, Indicator) and each.type == "account"]
    assert [each.note for each in found] == [ACCOUNTS["github"]]


def test_whom_misp_calls_a_target_is_a_victim() -> None:
    event = {"Event": {"info": "x", "uuid": "u", "Attribute": [{"type": "target-user", "category": "Targeting data", "value": "j.doe", "to_ids": True}]}}  # fmt: skip
    facts = [each.fact for each in observations(read(event, "a.json"))]
    assert [(each.type, each.role, each.action) for each in facts if isinstance(each, Indicator)] == [
        ("account", "victim", "none")
    ]


def test_account_object_of_misp_is_read() -> None:
    held = [{"type": "text", "object_relation": "username", "value": "drop_77", "to_ids": True}]
    event = {"Event": {"info": "x", "uuid": "u", "Object": [{"name": "telegram-account", "Attribute": held}]}}
    facts = [each.fact for each in observations(read(event, "a.json"))]
    assert [(each.value, each.role, each.note) for each in facts if isinstance(each, Indicator)] == [
        ("drop_77", "observed", ACCOUNTS["telegram"])
    ]


def test_list_of_accounts_is_read() -> None:
    facts = [
        each.fact
        for each in observations(read("indicator,type\ndrop_77,github-username\n", "iocs.csv"))
        if isinstance(each.fact, Indicator)
    ]
    assert [(each.type, each.value, each.role, each.note) for each in facts] == [
        ("account", "drop_77", "observed", ACCOUNTS["github"])
    ]


def test_searches_for_accounts_that_were_made_on_systems_only() -> None:
    rows = [
        IndicatorShown("account", "svc_x'9", "observed", "detect", note=ACCOUNTS["windows-local"]),
        IndicatorShown("account", "sysupd8", "observed", "detect", note=ACCOUNTS["unix"]),
        IndicatorShown("account", "drop_77", "observed", "detect", note=ACCOUNTS["telegram"]),
    ]
    found = {each.dialect: each.text for each in sweeps(rows)}
    assert found == {
        "kql": 'DeviceEvents | where ActionType == "UserAccountCreated" and AccountName in~ ("svc_x\'9")',
        "posix": "getent passwd sysupd8",
    }
