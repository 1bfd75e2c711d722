# SPDX-License-Identifier: Apache-2.0
"""Names of groups and software: which spellings are the same name, and which places are no mention."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Actor, Malware


def software(text: str) -> set[str]:
    return {each.id for each in facts(Malware, text) if each.id}


def actors(text: str) -> set[str]:
    return {each.id for each in facts(Actor, text) if each.id}


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("QuasarRAT", "S0262"),
        ("Quasar RAT", "S0262"),
        ("Trick Bot", "S0266"),
        ("RedLine Stealer", "S1240"),
        ("RedLine", "S1240"),
        ("Cobalt\u00a0Strike", "S0154"),
    ],
)
def test_a_name_is_known_in_its_other_spellings(written: str, id_: str) -> None:
    assert software(f"The attackers installed {written} on the file server.") == {id_}


@pytest.mark.parametrize(
    ("written", "id_"),
    [("APT 28", "G0007"), ("FancyBear", "G0007"), ("Lazarus", "G0032"), ("LAPSUS$", "G1004")],
)
def test_a_group_is_known_in_its_other_spellings(written: str, id_: str) -> None:
    assert actors(f"Researchers attribute the intrusion to {written}.") == {id_}


def test_a_word_is_a_name_in_a_list_of_names() -> None:
    assert {"S0449", "S0446"} <= software("They worked with Emotet, Maze and Ryuk in turn.")
    assert software("The visitors ran through Maze and garden.") == set()
    # Part of a longer name: the product of another maker.
    assert "S0335" not in software("They worked with Emotet, Carbon Black and Ryuk.")


def test_a_doubtful_name_whose_id_is_printed_is_meant() -> None:
    assert actors("Overlaps with Patchwork were seen.") == set()
    assert actors("Overlaps with Patchwork (G0040) were seen.") == {"G0040"}


def test_the_target_of_a_link_names_nothing() -> None:
    text = "See [the write-up](https://example.com/new-emotet-and-sofacy-wave 'Emotet is back') or https://example.org/ryuk-now for more."
    assert software(text) == set()
    assert actors(text) == set()
    assert software("See [Emotet is back](https://example.com/a).") == {"S0367"}


def test_the_command_interpreter_is_no_tool_of_theirs() -> None:
    assert software("It runs cmd.exe /c and then certutil.exe -decode a.crt.") == {"S0160"}


@pytest.mark.parametrize(
    "text",
    [
        "The wallet stealer also reads Electrum wallets.",
        "Beijing Longwei Technology Co. sells the router.",
        "Running software must be stopped. Action must be taken at once.",
    ],
)
def test_a_word_is_no_name(text: str) -> None:
    assert software(text) == set()
    assert actors(text) == set()
