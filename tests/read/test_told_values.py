# SPDX-License-Identifier: Apache-2.0
"""Counts, actors, days and numbers of acts that are put together from single words, and what looks like them."""

from __future__ import annotations

import pytest
from tests.read.reading import facts, observed

from scc.model.facts import Claim
from scc.read.claims.figures import figure_after, figure_before

LONG = (
    " The firm runs warehouses. Its trucks drive at night. Nothing else is known of it. The board meets in June. The "
    "canteen is open. The site has a garden. A new hall is being built. The staff got a rise."
)
"""Makes a text too long for its sentences to speak of one thing."""


def said(question: str, text: str, **more: object) -> set[str]:
    """Values with their subject where the answer has one, "not" before what is denied."""
    return {
        ("not " if each.modality == "denied" else "")
        + each.value
        + (f" {each.subject}" if question == "occurred-on" else "")
        for each in facts(Claim, text, **more)
        if each.question == question and each.modality in ("asserted", "reported", "denied")
    }


def wide(question: str, text: str) -> set[str]:
    """The same of the claims that are put together from words alone."""
    return {
        each.fact.value
        for each in observed(text)
        if isinstance(each.fact, Claim)
        and each.fact.question == question
        and each.wide
        and each.fact.modality in ("asserted", "reported")
    }


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("at least 1,700", "at least 1,700"),
        ("bis zu 40.000", "up to 40,000"),
        ("rund 1,2 Mio.", "about 1,200,000"),
        ("some 12 000", "about 12,000"),
        ("Doscientos treinta mil", "230,000"),
        ("eight million nine hundred thousand", "8,900,000"),
        ("six hundred and fifty thousand", "650,000"),
        ("trente-trois millions", "33,000,000"),
        ("quatre-vingt mille", "80,000"),
        ("dreiundzwanzigtausend", "23,000"),
        ("zweihundertdreißigtausend", "230,000"),
        ("alcanzó a 3,5 millones", "3,500,000"),
        ("roughly 38k", "about 38,000"),
        ("half a million", "500,000"),
        ("two dozen", "24"),
        ("Between 100,000 and 150,000", "between 100,000 and 150,000"),
        ("1.2 to 1.5 million", "between 1,200,000 and 1,500,000"),
        ("no more than 4.3 million", "up to 4,300,000"),
        ("fewer than twenty", "fewer than 20"),
        ("Over a hundred", "more than 100"),
    ],
)
def test_a_count_in_its_many_forms(text: str, figure: str) -> None:
    assert str(figure_before(text, 0, len(text))) == figure


@pytest.mark.parametrize(
    "text", ["$40,000", "in 2023", "several million", "tens of thousands", "not 5,000", "40 per cent", "two thirds of the 900", "APT28", "to seize"]
)  # fmt: skip
def test_what_is_no_count(text: str) -> None:
    assert figure_before(text, 0, len(text)) is None


def test_a_count_behind_its_noun() -> None:
    text = "passengers concerned at 230 000."
    assert str(figure_after(text, 10, len(text))) == "230,000"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Letters are on their way to 3.2 million donors whose records were copied.", "3,200,000 donors"),
        ("A total of 7,300 workstations were wiped.", "7,300 workstations"),
        ("The ferry line puts the number of passengers concerned at 230 000.", "230,000 passengers"),
        ("Nach unseren Erkenntnissen sind die Daten von rund 1,2 Mio. Versicherten abgeflossen.", "about 1,200,000 people"),
        ("Se filtraron los datos de cuarenta y dos mil alumnos.", "42,000 people"),
        ("Fewer than 300 of our 90,000 clients were touched.", "fewer than 300 clients"),
        ("It is not 60,000 tenants but 6,000 tenants whose scans were copied.", "6,000 tenants"),
        ("Ce sont potentiellement les données de 43 millions de personnes qui ont été dérobées.", "up to 43,000,000 people"),
        ("None of our patients was affected.", "0 people"),
    ],
)  # fmt: skip
def test_how_many_are_affected(text: str, value: str) -> None:
    assert said("number-affected", text) == {value}


@pytest.mark.parametrize(
    "text",
    [
        "The chain, which serves 12,000 pensioners a day, was closed by the attack.",
        "None of the 5,000 tenants was affected, the landlord wrote.",
        "In the survey 4,000 shoppers said that they were hit by a leak.",
        "Scans show that 20,000 routers are vulnerable and could be infected.",
        "The police detained 14 members of the gang behind the leak.",
        "Microsoft 365 users see an outage.",
        "In an exercise 900 pupils lost their files to the attackers.",
    ],
)
def test_no_count_of_those_hit(text: str) -> None:
    assert said("number-affected", text) == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Qilin has been named to us by the police as the party behind the lab outage.", "Qilin"),
        ("Hinter dem Angriff auf das Labor steckt die Bande Black Basta.", "Black Basta"),
        ("El ministerio atribuye el ataque a Rusia.", "Russia"),
        ("Investigators have traced the heist to North Korea.", "North Korea"),
        ("It was a former employee who wiped the servers.", "an insider"),
        ("The leak was an inside job, says the union.", "an insider"),
        ("Lazarus had no part in the heist at the exchange.", "not Lazarus Group"),
        ("The worm was in fact planted by somebody else, not by North Korea.", "not North Korea"),
        ("Our investigation found that hacktivists, not a state, defaced the portal.", "activists"),
    ],
)
def test_who_stands_behind_an_attack(text: str, value: str) -> None:
    assert value in said("attribution", text)


@pytest.mark.parametrize(
    "text",
    [
        "The tools resemble those that Lazarus used in earlier attacks on banks.",
        "I really hope that their services are better than what I saw as an insider of the attacked firm.",
        "Robinhood said that hackers breached the account of an employee.",
        "Last week Israel launched an attack and its air force dropped bombs.",
        "The researchers linked the document to Lazarus.",
        "Lazarus-style thieves attacked the exchange.",
        "Perhaps Russia was behind the breach of the register.",
    ],
)
def test_nobody_stands_behind_it(text: str) -> None:
    assert wide("attribution", text + LONG) == set()


def test_a_gang_speaks_of_itself() -> None:
    by = {"by": "unknown", "publisher": "LockBit"}
    assert said("attribution", "we did not touch the childrens hospital. look elsewhere", **by) == {
        "not LockBit"
    }
    assert said("attribution", "The ransomware is ours, nobody else took part.", **by) == {"LockBit"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We first spotted the intruder on 14 April.", "2026-04-14 discovery"),
        ("The firm did not learn of the leak until 17 April 2026.", "2026-04-17 discovery"),
        ("L'attaque a débuté le 12 avril.", "2026-04-12 first access"),
        ("Los atacantes entraron en la red el 9 de marzo.", "2026-03-09 first access"),
        ("It was on the ninth of April that staff noticed the encryption.", "2026-04-09 discovery"),
        ("We noticed the theft on Christmas Eve.", "2025-12-24 discovery"),
        ("The ransom was paid on 30 April in bitcoin, says the gang.", "2026-04-30 payment"),
        ("Customers were notified of the breach on 2 May.", "2026-05-02 notice to those hit"),
        ("The theft goes back to November 2025.", "2025-11 first access"),
        ("The Resilience Act came into force on 12 January 2026.", "2026-01-12 effective"),
    ],
)
def test_the_day_of_a_stage(text: str, value: str) -> None:
    assert said("occurred-on", text) == {value}


def test_another_day_instead_of_one() -> None:
    assert said("occurred-on", "The break-in did not happen on 9 March but on 7 March.") == {
        "not 2026-03-09 attack",
        "2026-03-07 attack",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The vulnerability was discovered on 4 April 2026.",
        "The paper reported on 31 March that the group stole its code.",
        "On 16 October the firm began to investigate a security incident.",
        "An earlier attack took place on 3 March 2026, a similar one on 9 March 2026.",
    ],
)
def test_no_day_of_a_stage(text: str) -> None:
    assert said("occurred-on", text + LONG) == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("India's Digital Personal Data Protection Act is Act No. 22 of 2023.", "Act 22 of 2023"),
        ("The Data Protection Act is listed as No. 21 of 2023.", "No. 21 of 2023"),
        ("ED 24-02 is what obliges agencies to mitigate the holes.", "ED 24-02"),
        ("La loi n° 2023-703 contient le volet cyber.", "No. 2023-703"),
        ("Circular 2024/7 on outsourcing is binding for banks.", "Circular 2024/7"),
    ],
)
def test_the_number_of_an_act(text: str, value: str) -> None:
    assert said("law-number", text) == {value}


def test_a_delegated_act_is_not_its_parent() -> None:
    text = "Delegated Regulation (EU) 2024/1772 sets out how incidents are classified under DORA."
    assert said("law-number", text) == set() or all(
        each.subject == "" for each in facts(Claim, text) if each.question == "law-number"
    )


def test_claims_put_together_from_words_are_marked() -> None:
    found = [
        each
        for each in observed("A total of 7,300 workstations were wiped.")
        if isinstance(each.fact, Claim) and each.fact.question == "number-affected"
    ]
    assert [(each.wide, each.confidence) for each in found] == [(True, 0.6)]


def test_what_is_exposed_to_a_flaw_is_not_hit() -> None:
    def counted(text: str) -> list[str]:
        return [
            each.value for each in facts(Claim, text, by="research") if each.question == "number-affected"
        ]

    assert counted("Some 9,000 routers are exposed to CVE-2023-20198.") == []
    assert counted("We counted 9,000 routers that were compromised by way of CVE-2023-20198.") == [
        "9,000 routers"
    ]
