# SPDX-License-Identifier: Apache-2.0
"""Ports of attackers' programs, ranges of addresses, and the days on which an indicator was seen."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Indicator
from scc.read.indicators.ranges import ranges


def ports(text: str) -> dict[str, Indicator]:
    return {each.value: each for each in facts(Indicator, text) if each.type == "port"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The implant listens on TCP port 4444 for its operators.", {"4444"}),
        ("The trojan connects to its C2 over ports 4443 and 50050/tcp.", {"4443", "50050"}),
        ("MyDoom communicates over port 1042 to both send and receive.", {"1042"}),
        ("The attackers opened a reverse shell to UDP/9001.", {"9001"}),
    ],
)
def test_a_port_that_malware_uses_is_observed_and_only_sought(text: str, expected: set[str]) -> None:
    found = ports(text)
    assert {value for value, each in found.items() if each.role == "observed"} == expected
    assert {found[value].action for value in expected} == {"detect"}


@pytest.mark.parametrize(
    "text",
    [
        "The service listening on port 9443 is vulnerable to remote code execution.",
        "Attackers scanned the internet for port 8728.",
        "Close UDP port 5678, since malware could connect to it.",
        "Malware can only communicate if port 9443 is open.",
        "The backdoor never listened on port 4444, contrary to what we wrote at first.",
        "The ferry connects the two ports 4444 times a year.",
        "The implant's port 99999 does not exist, yet it listens on it.",
    ],
)
def test_other_ports_are_no_traces(text: str) -> None:
    assert not [each for each in ports(text).values() if each.role == "observed"]


def test_a_port_that_everybody_uses_is_benign_and_the_protocol_is_noted() -> None:
    found = ports("The trojan connects to its C2 over TCP port 443 and port 4443.")
    assert (found["443"].role, found["443"].note) == ("benign", "TCP")
    assert found["4443"].role == "observed"


@pytest.mark.parametrize(
    ("text", "networks"),
    [
        ("from 45.9.148.0-45.9.148.63 only", ("45.9.148.0/26",)),
        ("45.9.148.0 – 45.9.149.255", ("45.9.148.0/23",)),
        ("45.9.148.7 through 45.9.148.8", ("45.9.148.7/32", "45.9.148.8/32")),
    ],
)
def test_a_range_is_read_as_its_networks(text: str, networks: tuple[str, ...]) -> None:
    assert [found for _, _, found in ranges(text)] == [networks]


@pytest.mark.parametrize(
    "text",
    [
        "traffic from 45.9.148.7 to 91.3.2.1 was cut",
        "45.9.148.63-45.9.148.0",
        "45.9.148.300-45.9.148.310",
        "update 10.1.2.3-10.1.2.3",
        "45.9.1.1-45.9.254.253",
    ],
)
def test_what_is_no_range_is_left_alone(text: str) -> None:
    assert list(ranges(text)) == []


def test_networks_of_both_families_at_the_end_of_a_sentence() -> None:
    text = "Attacks originated from 45.9.148.0/24. They also originated from 2a0b:f4c2::/40."
    found = {(each.type, each.value) for each in facts(Indicator, text) if each.role == "observed"}
    assert found == {("cidr", "45.9.148.0/24"), ("cidr", "2a0b:f4c2::/40")}


def test_days_behind_an_indicator_are_its_own_and_validity_counts_from_the_last() -> None:
    text = "The C2 server 45.9.148[.]7, first seen on 3 March 2026 and last seen on 9 May 2026, was joined by 45.9.148[.]8."
    found = {each.value: each for each in facts(Indicator, text, published="2026-06-10")}
    assert (found["45.9.148.7"].first_seen, found["45.9.148.7"].last_seen) == ("2026-03-03", "2026-05-09")
    assert found["45.9.148.7"].valid_until == "2026-06-08"
    assert (found["45.9.148.8"].first_seen, found["45.9.148.8"].valid_until) == ("", "2026-07-10")


def test_days_of_a_table_go_by_its_columns_and_none_lies_after_the_document() -> None:
    text = (
        "Indicators of Compromise\n\n| First seen | Last seen | Domain |\n| 2026-03-01 | 2026-03-09 | cdn-a77[.]top |\n"
        "| 2026-04-02 | 2027-01-01 | cdn-b77[.]top |\n\nNothing else was first seen that day."
    )
    found = {each.value: (each.first_seen, each.last_seen) for each in facts(Indicator, text)}
    assert found == {"cdn-a77.top": ("2026-03-01", "2026-03-09"), "cdn-b77.top": ("2026-04-02", "")}


def test_an_escaped_underscore_is_no_part_of_an_address() -> None:
    found = facts(Indicator, "The loader fetches hxxp://45.9.148[.]7/g1\\_262/a.bin then.")
    assert "http://45.9.148.7/g1_262/a.bin" in {each.value for each in found}
