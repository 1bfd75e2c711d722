# SPDX-License-Identifier: Apache-2.0
"""Names of groups and software: which spellings are the same name, and which places are no mention."""

from __future__ import annotations

import pytest
from tests.read.reading import article, facts

import scc.content
import scc.knowledge
from scc.model.facts import Actor, Malware
from scc.read.lexicon import search
from scc.read.names.introduced_names import PLACES_MOST, introduced
from scc.read.names.names import MENTIONS_MOST, _known
from scc.read.page import Page


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
        ("AgentTesla", "S0331"),
        ("the emotet malware", "S0367"),
        ("an agent tesla payload and the agent tesla stealer", "S0331"),
        ("the Apple Jeus malware", "S0584"),
    ],
)
def test_a_name_is_known_in_its_other_spellings(written: str, id_: str) -> None:
    assert software(f"The attackers installed {written} on the file server.") == {id_}


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("APT 28", "G0007"),
        ("FancyBear", "G0007"),
        ("Lazarus", "G0032"),
        ("LAPSUS$", "G1004"),
        ("the apt28 group", "G0007"),
        ("Winnti", "G0044"),
    ],
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


def test_a_group_of_another_dataset_is_the_one_whose_names_it_shares() -> None:
    # MISP's Forest Blizzard is called Fancy Bear, STRONTIUM, Sednit and more of ATT&CK's names of APT28.
    assert actors("Forest Blizzard attacked ministries.") == {"G0007"}


def test_two_words_are_a_program_only_beside_a_word_of_the_trade() -> None:
    assert software("Acid Rain fell on the forests of Bohemia.") == set()
    assert software("Modems were lost to the Acid Rain wiper.") == {"S1125"}


def test_the_other_name_of_who_uses_a_malware_is_no_malware() -> None:
    text = "Zebrocy is a malware used by APT28 (also known as Sofacy), which was reported in May."
    assert software(text) == {"S0251"}
    assert actors(text) == {"G0007"}


def test_a_nickname_stays_one_without_its_quotation_marks() -> None:
    assert actors("The actor calls itself “Fancy Lazarus”. In May, Fancy Lazarus came back.") == set()
    assert actors("The actor poses as “Fancy Lazarus”. In May, Lazarus came back.") == {"G0032"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The Pysa/Mespinoza gang came back.", {"S0583"}),
        ("They saw Emotet/TrickBot/Ryuk chains.", {"S0367", "S0266", "S0446"}),
        ("A wave of #Emotet mails.", {"S0367"}),
        ("1.Emotet was seen.", {"S0367"}),
        ("The file /opt/Emotet/run.sh was seen.", set()),
        ("See https://x.example/Emotet/TrickBot for more.", set()),
        ("See Emotet/TrickBot/run.exe for more.", set()),
        ("See https://x.example/#Emotet for more.", set()),
        ("Version 1.2.Emotet was seen.", set()),
    ],
)
def test_strokes_join_names_and_paths_are_none(text: str, ids: set[str]) -> None:
    assert software(text) == ids


@pytest.mark.parametrize("text", ["APT28 " * 5000, "no APT28\n" * 5000, "APT28 was not behind it. " * 2000])
def test_a_name_repeated_is_looked_at_so_many_times(text: str) -> None:
    page = Page(article(text + "\nThe loader is Emotet."))
    search(page, scc.knowledge.open(), scc.content.open())
    spots = [alias.name for alias, _, _ in _known(page)]
    assert spots.count("APT28") == MENTIONS_MOST
    assert spots[-1] == "Emotet"
    assert len(list(introduced(page))) == PLACES_MOST


def test_a_name_behind_thousands_of_others_is_found() -> None:
    crowd = ", ".join(f"UNC{number}" for number in range(1000, 8000))
    found = {each.name for each in facts(Actor, f"The groups {crowd}. APT28 broke into the ministry.")}
    assert {"UNC1000", "UNC7999", "APT28"} <= found
