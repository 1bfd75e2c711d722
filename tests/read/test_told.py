# SPDX-License-Identifier: Apache-2.0
"""What sentences tell by their grammar in other words than the phrase tables have, and look-alikes that tell nothing:
exploitation, ransoms, duties with a day, denials, stories, advice, values listed by mistake, senders of mail."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Actor, Claim, Duty, Indicator, Malware, Weakness

SAID = ("asserted", "reported")


def exploited(text: str) -> set[tuple[str, str]]:
    return {
        (each.subject, each.value)
        for each in facts(Claim, text)
        if each.question == "exploited" and (each.modality in SAID or each.value == "no")
    }


def ransoms(text: str) -> list[str]:
    return [each.value for each in facts(Claim, text) if each.question == "ransom" and each.modality in SAID]


@pytest.mark.parametrize(
    "text",
    [
        "Burglars exploited the old flaw CVE-2021-26855 and read the mail of the board.",
        "Last week an unknown person exploited CVE-2021-26855 on the school's mail server.",
        "The entry point was CVE-2021-26855, the auditors write.",
        "CVE-2021-26855 proved to be the door through which the thieves came.",
        "For weeks somebody had been getting into mail servers through CVE-2021-26855.",
        "The shop's server was hijacked with CVE-2021-26855 and sent spam.",
        "Auditors traced the theft of the mail to CVE-2021-26855.",
        "Undeniably somebody abused CVE-2021-26855 there.",
        "CVE-2021-26855 was used to plant a web shell on the parish's server.",
    ],
)
def test_exploitation_by_whomever(text: str) -> None:
    assert exploited(text) == {("CVE-2021-26855", "yes")}


@pytest.mark.parametrize(
    "text",
    [
        "An attacker who exploited CVE-2021-26855 could read all mail.",
        "In the course students got into a test server with CVE-2021-26855.",
        "We exploited CVE-2021-26855 in our own laboratory.",
        "Servers may be taken over through CVE-2021-26855.",
        "Patch before somebody has broken into your server with CVE-2021-26855.",
        "It is unclear if the thieves exploited CVE-2021-26855.",
        "The bank denies that somebody exploited CVE-2021-26855.",
        "At the contest a team exploited CVE-2021-26855 within a minute.",
    ],
)
def test_no_exploitation(text: str) -> None:
    assert ("CVE-2021-26855", "yes") not in exploited(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No one abused CVE-2021-26855 on any machine of the firm.", True),
        ("CVE-2021-26855 was never used against the parish.", True),
        ("No attacker has exploited CVE-2021-26855.", True),
        ("Nobody noticed that thieves had exploited CVE-2021-26855.", False),
        ("Nobody has shown evidence that CVE-2021-26855 was used.", False),
    ],
)
def test_plain_denials_of_exploitation(text: str, told: bool) -> None:
    assert (("CVE-2021-26855", "no") in exploited(text)) == told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The hackers want $2.5 million for the key to the clinic's files.", "$2.5 million"),
        ("The intruders locked the office's computers and asked the owner for twenty bitcoin.", "twenty bitcoin"),
        ("The bakery paid two hundred thousand dollars to the extortionists.", "two hundred thousand dollars"),
        ("The college transferred 12 bitcoin to the attackers who had encrypted its files.", "12 bitcoin"),
        ("Die Erpresser verlangten drei Millionen Euro für den Schlüssel.", "drei Millionen Euro"),
        ("Die Firma zahlte den Erpressern 15 Bitcoin.", "15 Bitcoin"),
        ("Les pirates ont exigé 200 000 euros pour déchiffrer les fichiers.", "200 000 euros"),
        ("La ville a versé une rançon de 60.000 euros.", "60.000 euros"),
        ("Los atacantes pidieron medio año después un rescate de dos millones de dólares.", "dos millones de dólares"),
        ("La mairie refuse de payer les 70 000 euros réclamés par les pirates.", "70 000 euros"),
        ("Payments of 4 million dollars went to the ransomware gang.", "4 million dollars"),
        ("Gli hackeri hanno chiesto 3 milioni di euro per i file cifrati.", "3 milioni di euro"),
    ],
)  # fmt: skip
def test_ransoms(text: str, value: str) -> None:
    assert value in ransoms(text)


@pytest.mark.parametrize(
    "text",
    [
        "The regulator demanded a fine of $2 million from the clinic whose files had been encrypted.",
        "After the attack on its files the firm asked investors for fifty million dollars.",
        "The gang never demanded $2 million for the key.",
        "Nobody asked for 20 bitcoin, and no file was encrypted.",
        "Attackers could demand 20 bitcoin for the key.",
        "The police offer 2 million dollars for the name of the hackers.",
        "The firm paid 300,000 dollars for new servers after the hackers had left.",
        "In the exercise the gang asked for 20 bitcoin.",
    ],
)
def test_money_that_is_no_ransom(text: str) -> None:
    assert ransoms(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Die Banken müssen ihre Systeme spätestens am 3. Mai 2027 melden.", "2027-05-03"),
        ("Nach der Anordnung muss jede Klinik die Lücke bis zum 1. März 2027 schließen.", "2027-03-01"),
        ("Les exploitants doivent corriger la faille avant le 15 juin 2027.", "2027-06-15"),
        ("Chaque opérateur devra notifier l'incident au plus tard le 1er août 2027.", "2027-08-01"),
        ("Los operadores deben notificar el incidente antes del 9 de enero de 2027.", "2027-01-09"),
        ("De banken moeten het lek uiterlijk 4 maart 2027 dichten.", "2027-03-04"),
        ("I gestori devono chiudere la falla entro il 4 luglio 2027.", "2027-07-04"),
        ("The order of 4 May 2026 requires banks to report, within twenty days of that date, what they run.", "2026-05-24"),
        ("Operators shall file a report within fifteen days of 2 June 2026.", "2026-06-17"),
        ("Under the notice dated 1 March 2026, providers must tell customers within two weeks after that day.", "2026-03-15"),
    ],
)  # fmt: skip
def test_duties_with_a_day(text: str, date: str) -> None:
    assert [(each.date, each.binding) for each in facts(Duty, text, published="")] == [(date, "mandatory")]


@pytest.mark.parametrize(
    "text",
    [
        "Der Betreiber muss die Lücke nicht bis zum 15. November 2027 schließen.",
        "Les exploitants ne doivent pas corriger la faille avant le 15 juin 2027.",
        "Nach dem Entwurf müssen Banken bis zum 1. März 2027 melden.",
        "Am 15. November 2027 beginnt die Messe.",
    ],
)
def test_no_duties(text: str) -> None:
    assert facts(Duty, text, published="") == []


@pytest.mark.parametrize(
    "text",
    [
        "El ministerio niega que APT29 haya leído sus correos.",
        "Le ministère dément formellement que APT29 ait lu ses courriels.",
        "Das Amt schließt derzeit aus, dass hinter dem Angriff die Gruppe APT29 steckt.",
        "La società smentisce che APT29 sia entrata nei suoi sistemi.",
        "In his new novel, APT29 switches off the moon.",
        "In the film APT29 is led by a retired dentist.",
        "The embassy called the story that APT29 had been in its network “pure fantasy”.",
        "Claims that APT29 read the minister's mail are simply false, his office said.",
        "Rumours about APT29 in the network were invented by a rival.",
        "The villain of the book is a spy of APT29.",
        "To the minister APT29 is a myth.",
        "The layout of this page follows a report on APT29.",
        "APT29 is famous, but this fraud has no link to that group.",
        "Investigators rule out APT29.",
    ],
)
def test_actors_that_nobody_reports(text: str) -> None:
    assert facts(Actor, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The report on APT29 says that it read the minister's mail.",
        "APT29 used false identities to get in.",
        "The embassy confirmed a report that APT29 had been in its network; the mail server was wrong for the job.",
        "El ministerio confirma que APT29 leyó sus correos.",
        "After a series of attacks APT29 left the network.",
    ],
)
def test_actors_that_are_reported(text: str) -> None:
    assert [each.name for each in facts(Actor, text)] == ["APT29"]


@pytest.mark.parametrize(
    "text",
    [
        "Administrators should block AnyDesk and Rclone at the proxy.",
        "Monitor for Mimikatz on domain controllers.",
        "We recommend that you restrict PsExec to administrators.",
        "Any start of PsExec should be treated as an alarm.",
        "Sigma rules for Mimikatz are in the annex.",
        "Please consider blocking TrickBot's known ports.",
    ],
)
def test_programs_in_advice_are_not_used(text: str) -> None:
    assert facts(Malware, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Administrators should look for Rclone, which the attackers used to copy the files.", "Rclone"),
        ("You should search for Mimikatz, as it was dropped by the intruders.", "Mimikatz"),
        ("The attackers ran Mimikatz. Administrators should change all passwords.", "Mimikatz"),
    ],
)
def test_programs_that_were_used_are(text: str, name: str) -> None:
    assert name in [each.name for each in facts(Malware, text)]


def indicators(text: str) -> dict[str, str]:
    return {each.value: each.role for each in facts(Indicator, text)}


@pytest.mark.parametrize(
    "text",
    [
        "The malicious domain is bad-parcel[.]info; good-parcel[.]org was included in error.",
        "The C2 server is bad-parcel[.]info; good-parcel[.]org was mistakenly flagged in the first version.",
        "Attackers used bad-parcel[.]info; good-parcel[.]org should not have been on the list.",
        "Attackers used bad-parcel[.]info; good-parcel[.]org has been taken off the list.",
    ],
)
def test_values_listed_by_mistake(text: str) -> None:
    roles = indicators(text)
    assert roles["bad-parcel[.]info".replace("[", "").replace("]", "")] == "observed"
    assert roles.get("good-parcel.org") != "observed"


@pytest.mark.parametrize(
    "text",
    [
        "The phishing mails were sent from pay@bank-desk[.]info, not from the genuine bank.",
        "The letters arrived from the address pay@bank-desk[.]info; the legitimate shop is not affected.",
        "The sender was pay@bank-desk[.]info, while the genuine domain stayed clean.",
        "By mistake a clerk opened the file that pay@bank-desk[.]info had attached to a phishing mail.",
    ],
)
def test_senders_are_observed(text: str) -> None:
    assert indicators(text).get("pay@bank-desk.info") == "observed"


def test_a_series_of_bonds_is_no_weakness() -> None:
    assert facts(Weakness, "Series CWE-79 bonds fell; Model CWE-89 pumps are sold out.") == []
    assert [each.id for each in facts(Weakness, "The flaw (CWE-79) is fixed.")] == ["CWE-79"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rule compels operators to test their plans each year.", {("operators", "mandatory")}),
        ("Nothing in the circular binds operators to test their plans.", {("operators", "voluntary")}),
        ("By the new law, small companies needn't appoint an officer.", {("companies", "voluntary")}),
        ("After the ruling utilities are under no duty to include the checks, the order notwithstanding.", {("utilities", "voluntary")}),
        ("Under the act operators have no choice but to report the theft.", {("operators", "mandatory")}),
        ("The court asks whether the law forces companies to tell their customers.", set()),
        ("By the directive agencies are not required to patch all flaws.", set()),
        ("Since the new act hospitals are no longer required to name an officer.", {("hospitals", "voluntary")}),
        ("By the order hospitals are still obliged to name an officer.", {("hospitals", "mandatory")}),
    ],
)  # fmt: skip
def test_whom_an_act_binds(text: str, expected: set[tuple[str, str]]) -> None:
    told = {
        (each.subject, each.value)
        for each in facts(Claim, text)
        if each.question == "mandatory" and each.subject
    }
    assert told == expected
