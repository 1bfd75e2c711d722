# SPDX-License-Identifier: Apache-2.0
"""Types of items: what an advisory of a database is, whatever its text says of attackers."""

from __future__ import annotations

from typing import Any

import pytest

from scc.model.facts import Identifier, Topic

OWN = Identifier("ghsa", "GHSA-5cxw-w2xg-2m8h", "main")


@pytest.mark.parametrize("topic", ["threat", "breach", "governance", "disruption", "malware"])
def test_an_advisory_of_a_database_is_on_a_flaw(judge: Any, tell: Any, topic: str) -> None:
    found = judge(tell(OWN, Topic(topic, 4.0), title="[example-lib] Second call evades the check"))
    assert found.type == "vulnerability"
    assert found.type_reason.rule == "type-advised"


def test_an_advisory_on_a_hostile_package_is_not(judge: Any, tell: Any) -> None:
    found = judge(tell(OWN, Topic("supply-chain", 4.0), title="[example-lib] removed due to malicious code"))
    assert found.type == "supply-chain"


def test_news_that_cites_an_advisory_keeps_its_type(judge: Any, tell: Any) -> None:
    cited = Identifier("ghsa", "GHSA-5cxw-w2xg-2m8h", "mentions")
    assert judge(tell(cited, Topic("breach", 4.0), title="Thieves took data of a retailer")).type == "breach"
