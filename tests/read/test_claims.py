# SPDX-License-Identifier: Apache-2.0
"""Claims: question, value, how surely, by whom; and the names they are about."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Actor, Claim, Malware, NamedOrganisation, Product


def said(text: str, question: str, **more: object) -> list[tuple[str, str, str]]:
    return [
        (each.value, each.modality, each.holder)
        for each in facts(Claim, text, **more)
        if each.question == question
    ]


@pytest.mark.parametrize(
    ("text", "by", "value", "modality", "holder"),
    [
        ("CVE-2026-1111 is being exploited in the wild.", "authority", "yes", "asserted", "authority"),
        ("CVE-2026-1111 is being exploited in the wild.", "press", "yes", "reported", "press"),
        ("CISA warned that CVE-2026-1111 is exploited in attacks.", "press", "yes", "reported", "authority"),
        ("CVE-2026-1111 could be exploited by remote attackers.", "vendor", "yes", "possible", "vendor"),
        ("There is no evidence of exploitation of CVE-2026-1111.", "vendor", "no", "no-evidence", "vendor"),
        ("We are not aware of any exploitation of CVE-2026-1111 in the wild.", "vendor", "no", "no-evidence", "vendor"),
        ("CVE-2026-1111 has not been exploited so far.", "vendor", "no", "no-evidence", "vendor"),
        ("Apple is aware of a report that CVE-2026-1111 may have been exploited.", "vendor", "yes", "possible", "vendor"),
        ("CVE-2026-1111 was added to the Known Exploited Vulnerabilities catalog.", "authority", "yes", "asserted", "authority"),
    ],
)  # fmt: skip
def test_exploitation(text: str, by: str, value: str, modality: str, holder: str) -> None:
    assert said(text, "exploited", by=by) == [(value, modality, holder)]


@pytest.mark.parametrize(
    "text",
    [
        "The flaw sits in the parser.",
        "We exploited the good weather.",
        "They exploit workers, the union says.",
    ],
)
def test_no_claim_of_exploitation(text: str) -> None:
    assert said(text, "exploited") == []


def test_patch_and_fixed_version() -> None:
    text = "CVE-2026-25253 lets a web page take over the agent. Version 2026.1.29 fixes it."
    assert said(text, "fixed-version", by="vendor") == [("2026.1.29", "asserted", "vendor")]
    assert said(text, "patch-available", by="vendor") == [("yes", "asserted", "vendor")]
    assert said("No patch is available for CVE-2026-25253.", "patch-available")[0][0] == "no"


BREACH = "Acme Retail confirms data breach\n\n"


def test_victim_denies_and_that_is_its_own_claim() -> None:
    text = "Hackers said that they stole data from Acme Retail in a data breach. Acme Retail denies that there was a breach of its systems."
    found = [
        each
        for each in facts(Claim, text, title="Data breach claimed at Acme Retail")
        if each.question == "breached" and each.value == "no"
    ]
    assert [(each.modality, each.holder, each.about_self, each.subject) for each in found] == [
        ("denied", "victim", True, "Acme Retail")
    ]


def test_post_of_an_attacker_is_the_attackers_claim() -> None:
    text = "A hacker claims to have stolen 6 million records from Acme Retail and offers them for sale on a forum. It would be a large data breach."
    assert said(text, "number-affected", title="Hacker claims data breach at Acme Retail") == [
        ("6 million records", "reported", "attacker")
    ]


def test_data_that_was_not_taken_is_not_taken() -> None:
    text = "Acme Retail said that the data breach exposed names and email addresses. No passwords or card numbers were stolen. Phone numbers were not exposed."
    values = [value for value, _, _ in said(text, "data-taken", title="Acme Retail discloses data breach")]
    assert values == ["names, email addresses"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The breach affected 7 million customers.", "7 million customers"),
        ("Some 1,234,567 people were affected by the breach.", "1,234,567 people"),
        ("The botnet infected 1.8 million Android devices.", "1.8 million devices"),
        ("In 2021 users were affected by the breach.", ""),
    ],
)
def test_number_affected(text: str, value: str) -> None:
    found = [each for each, _, _ in said(text, "number-affected", title="Data breach and botnet malware")]
    assert found == ([value] if value else [])


def test_attribution_names_the_actor_and_not_the_campaign() -> None:
    text = "The threat actor known as APT28 has been attributed to attacks against Kyrgyzstan. The malware is new."
    assert [each for each, _, _ in said(text, "attribution")] == ["APT28"]


@pytest.mark.parametrize(
    ("text", "kind", "name", "id_"),
    [
        ("The group APT29 is back.", Actor, "APT29", "G0016"),
        ("Fancy Bear sent mails.", Actor, "APT28", "G0007"),
        ("They deployed Cobalt Strike beacons.", Malware, "Cobalt Strike", "S0154"),
        ("The Play ransomware gang hit again.", Actor, "Play", "G1040"),
        ("Activity of UNC9931 was seen.", Actor, "UNC9931", ""),
        ("a worm that we follow as ZorkWorm has spread", Malware, "ZorkWorm", ""),
        ("A group named TeamQuark is behind it.", Actor, "TeamQuark", ""),
        ("The attackers installed QuarkLoader malware.", Malware, "QuarkLoader", ""),
    ],
)
def test_name(text: str, kind: type, name: str, id_: str) -> None:
    assert (name, id_) in {(each.name, each.id) for each in facts(kind, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Press Play to start the video.", "We will see what James says.", "The city of Milan and the Royal family", "Use net and at to list tasks.",
        "a hive of bees", "Attackers will try again.", "The lead developer of the project", "an empire of its own", "New malware for Windows", "The Silence of the Lambs",
        "Cuba and Russia signed a treaty", "The Anchor was dropped at sea", "Turn the page", "It is in the cloud, one of the first", "Robinhood is a broker",
    ],
)  # fmt: skip
def test_word_is_no_name(text: str) -> None:
    assert facts(Actor, text) + facts(Malware, text) == []


@pytest.mark.parametrize(
    ("text", "product", "versions", "fixed"),
    [
        ("The flaw affects Acme Gateway before 10.2.3.", "Acme Gateway", "before 10.2.3", ""),
        ("Acme Gateway versions prior to 4.1 are vulnerable to a flaw.", "Acme Gateway", "prior to 4.1", ""),
        (
            "Acme Gateway 10.0 through 10.4 is affected by the vulnerability.",
            "Acme Gateway",
            "10.0 through 10.4",
            "",
        ),
        ("Acme Gateway 9.8.1 and earlier has a vulnerability.", "Acme Gateway", "9.8.1 and earlier", ""),
        ("A vulnerability in Acme Gateway lets attackers in.", "Acme Gateway", "", ""),
        ("The vulnerability was fixed in Acme Gateway 10.4.2.", "Acme Gateway", "", "10.4.2"),
        ("A flaw in ParserLib as used in Acme Gateway lets attackers in.", "Acme Gateway", "", ""),
        (
            "Attackers exploit CVE-2026-1234 in SAP NetWeaver Composer, a component of a stack.",
            "NetWeaver Composer",
            "",
            "",
        ),
        ("Acme Remote Desk contains a critical command injection flaw.", "Acme Remote Desk", "", ""),
        ("The fix for the flaw will be included in Acme 1.77.2, due today.", "Acme", "", "1.77.2"),
        ("Affected by the vulnerability:\n\n- signin2 < v0.6.1\n- other", "signin2", "< v0.6.1", ""),
        ("Affected by the vulnerability:\n\n- Core v10.6.0 -- v10.13.1", "Core", "v10.6.0 -- v10.13.1", ""),
        (
            "The vulnerability is in Acme Hyper versions 7.x prior to Hyper70U1c-17325551.",
            "Acme Hyper",
            "from 7.0 before Hyper70U1c-17325551",
            "",
        ),
    ],
)
def test_product(text: str, product: str, versions: str, fixed: str) -> None:
    assert (product, versions, fixed) in {
        (each.product, each.versions, each.fixed) for each in facts(Product, text)
    }


def test_product_of_the_catalogue_is_placed_where_the_text_names_it() -> None:
    found = facts(
        Product, "Gateways of Check Point are attacked. The flaw CVE-2026-50751 sits in the Security Gateway."
    )
    assert ("Check Point", "Security Gateway") in {(each.vendor, each.product) for each in found}


@pytest.mark.parametrize(
    ("text", "title", "victim"),
    [
        ("Acme Retail has confirmed a data breach of its shop.", "Shop data breach", "Acme Retail"),
        ("Hackers stole records from Acme Retail in the breach.", "Shop data breach", "Acme Retail"),
        (
            "The ransomware attack on Acme Retail began on Monday.",
            "Ransomware attack stops shop",
            "Acme Retail",
        ),
        ("Acme Retail was hit by ransomware.", "Ransomware attack stops shop", "Acme Retail"),
    ],
)
def test_victim(text: str, title: str, victim: str) -> None:
    assert victim in {
        each.name for each in facts(NamedOrganisation, text, title=title) if each.role == "victim"
    }


@pytest.mark.parametrize(
    "text",
    [
        "CISA said that a breach can happen to anybody.",
        "Researchers confirmed a data breach technique.",
        "The Russian Federation says that it arrested a gang after an attack.",
    ],
)
def test_speaker_is_no_victim(text: str) -> None:
    assert facts(NamedOrganisation, text, title="Data breach wave") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under the new rule operators of networks must report outages.", [("operators", "mandatory")]),
        (
            "Under the rule software suppliers may submit attestations if they wish.",
            [("suppliers", "voluntary")],
        ),
        ("The new baseline for water utilities is voluntary.", [("utilities", "voluntary")]),
        ("The baseline for utilities is no longer optional.", [("utilities", "mandatory")]),
        ("Small carriers are exempt from the order.", [("carriers", "voluntary")]),
        ("Under the proposed rule banks would have to report.", []),
        ("Under the rule banks must not wait.", []),
        ("Companies must patch today.", []),
    ],
)
def test_whom_an_act_binds(text: str, expected: list[tuple[str, str]]) -> None:
    found = [each for each in facts(Claim, text) if each.question == "mandatory" and each.subject]
    assert [(each.subject, each.value) for each in found] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Bei dem Datenleck sind 85.000 Kunden betroffen.", "85,000 kunden"),
        ("Nous avons informé 85 000 clients dont les données figuraient dans la fuite.", "85,000 clients"),
        ("Sono coinvolti nella violazione 2 milioni di clienti interessati.", "2,000,000 clienti"),
        ("The number of students in the breach is below one million.", "below 1,000,000 students"),
    ],
)
def test_numbers_in_other_languages_and_bounds(text: str, value: str) -> None:
    assert value in [each[0] for each in said(text, "number-affected")]


def test_a_nation_and_a_denied_actor() -> None:
    text = "North Korean hackers were behind the attack on the games, officials said."
    assert said(text, "attribution")[0][0] == "North Korea"
    text = "The police said that Sandworm was not behind the attack on the clinic."
    assert said(text, "attribution")[0][:2] == ("Sandworm", "denied")


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("CVE-2026-25253 is closed: install 7.2.1, which closes the hole.", "7.2.1"),
        ("For CVE-2026-25253 the first fixed release is 7.2.2.", "7.2.2"),
        ("Versions up to 2023.11.4 have CVE-2026-25253; use 2023.11.5.", "2023.11.5"),
    ],
)
def test_a_fix_by_what_to_install(text: str, fixed: str) -> None:
    assert fixed in [each[0] for each in said(text, "fixed-version", by="vendor")]
