# SPDX-License-Identifier: Apache-2.0
"""Does it concern us: every rule, for readers with and without a profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc import content
from scc.assess.inventory import Inventory, package
from scc.model.facts import (
    Claim,
    Country,
    Duty,
    Identifier,
    Indicator,
    NamedOrganisation,
    Product,
    Sector,
    Topic,
)
from scc.model.organisation import Organisation, OwnProduct

CVE = "CVE-2026-50751"
FLAW = Identifier("cve", CVE, "main")


def gateway(versions: str = "", status: Any = "affected", vendor: str = "Check Point") -> Product:
    return Product("Quantum Gateway", vendor, versions, vulnerability=CVE, status=status)


def having(*products: OwnProduct, **more: Any) -> Organisation:
    return Organisation(name="Example", products=products, **more)


def answer(found: Any) -> tuple[str, str]:
    return found.relevance.answer, found.relevance.why[0].rule


@pytest.mark.parametrize(
    ("own", "fact", "expected"),
    [
        (OwnProduct("Quantum Gateway", "Check Point"), gateway(), ("yes", "rel-match")),
        (OwnProduct("Quantum Gateway", "Check Point", "81.10"), gateway("before 82"), ("yes", "rel-match-version")),
        (OwnProduct("Quantum Gateway", "Check Point", "82.1"), gateway("before 82"), ("no", "rel-version-out")),
        (OwnProduct("Quantum Gateway", "Check Point"), gateway(status="mentioned"), ("maybe", "rel-possible")),
        (OwnProduct("Quantum", "Check Point"), gateway(), ("maybe", "rel-possible")),
        (OwnProduct("Quantum Gateway", "Check Point Software Technologies"), gateway(), ("yes", "rel-match")),
        (OwnProduct("Quantum Gateway", "Other Maker"), gateway(), ("maybe", "rel-possible")),
        (OwnProduct("FortiGate", "Fortinet"), Product("FortiOS", "Fortinet", status="affected"), ("yes", "rel-match")),
        (OwnProduct("Windows Server 2022", "Microsoft"), Product("Windows", "Microsoft", status="affected"), ("yes", "rel-match")),
        (OwnProduct("Exchange Online", "Microsoft"), Product("Exchange Server", "Microsoft", status="affected"), ("maybe", "rel-possible")),
        (OwnProduct("IOS XE", "Cisco"), Product("IOS XE Web UI", "Cisco", status="affected"), ("yes", "rel-match")),
        (OwnProduct("FortiOS", "Fortinet"), Product("FortiOS SSL-VPN", "Fortinet", status="affected"), ("yes", "rel-match")),
        (OwnProduct("Exchange Server", "Microsoft"), Product("Exchange Server Autodiscover", "Microsoft", status="affected"), ("yes", "rel-match")),
        (OwnProduct("Windows", "Microsoft"), Product("Windows Print Spooler", "Microsoft", status="affected"), ("yes", "rel-match")),
        (OwnProduct("Windows", "Microsoft"), Product("Windows Admin Center", "Microsoft", status="affected"), ("maybe", "rel-possible")),
        (OwnProduct("IOS XE", "Cisco"), Product("IOS XE Web UI", "Other Maker", status="affected"), ("maybe", "rel-no-match")),
        (OwnProduct("Print Manager", "Acme"), gateway(), ("maybe", "rel-no-match")),
        (OwnProduct("Quantum Gateway", "Check Point"), gateway(status="not-affected"), ("maybe", "rel-no-match")),
    ],
)  # fmt: skip
def test_a_product_of_the_profile(
    judge: Callable[..., Any],
    tell: Callable[..., Any],
    own: OwnProduct,
    fact: Product,
    expected: tuple[str, str],
) -> None:
    assert answer(judge(tell(FLAW, fact), organisation=having(own))) == expected


def test_names_of_records_on_the_storys_flaw_count(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    record = tell(gateway("before 82"), document_kind="record", publisher="CVE")
    other = tell(
        Product("Print Manager", "Acme", vulnerability="CVE-2026-1", status="affected"),
        document_kind="record",
    )
    mine = having(OwnProduct("Quantum Gateway", "Check Point", "81"))
    assert answer(judge(tell(FLAW), records=[record], organisation=mine)) == ("yes", "rel-match-version")
    theirs = having(OwnProduct("Print Manager", "Acme"))
    assert answer(judge(tell(FLAW), records=[other], organisation=theirs))[0] == "maybe"


def test_one_system_inside_outweighs_one_outside(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    mine = having(
        OwnProduct("Quantum Gateway", "Check Point", "82.1"),
        OwnProduct("Quantum Gateway", "Check Point", "81"),
    )
    found = judge(tell(FLAW, gateway("before 82")), organisation=mine)
    assert answer(found) == ("yes", "rel-match-version")
    assert [each.rule for each in found.relevance.why] == ["rel-match-version", "rel-version-out"]


def test_a_match_without_version_asks_for_it(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    found = judge(
        tell(FLAW, gateway("before 82")), organisation=having(OwnProduct("Quantum Gateway", "Check Point"))
    )
    assert found.relevance.question == "Which version of Check Point Quantum Gateway do we run?"


@pytest.mark.parametrize(
    ("purl", "fact", "expected"),
    [
        ("pkg:npm/left-pad@1.0.0", Product("left-pad", versions="before 1.3.0", purl="pkg:npm/left-pad", status="affected"), ("yes", "rel-match-version")),
        ("pkg:npm/left-pad@1.3.0", Product("left-pad", versions="before 1.3.0", purl="pkg:npm/left-pad", status="affected"), ("no", "rel-version-out")),
        ("pkg:pypi/left-pad@1.0.0", Product("left-pad", versions="before 1.3.0", purl="pkg:npm/left-pad", status="affected"), ("maybe", "rel-no-match")),
        ("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", Product("Log4j", "Apache", "before 2.15", status="affected"), ("maybe", "rel-possible")),
    ],
)  # fmt: skip
def test_a_component_of_an_sbom(
    judge: Callable[..., Any], tell: Callable[..., Any], purl: str, fact: Product, expected: tuple[str, str]
) -> None:
    name, _, version = purl.rpartition("/")[2].partition("@")
    own = OwnProduct(name, version=version, purl=purl)
    assert answer(judge(tell(FLAW, fact), organisation=having(own))) == expected


def test_a_malicious_package_that_we_use(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    story = tell(Indicator("package", "pkg:npm/%40scope/worm", "observed"), Topic("supply-chain", 9.0))
    mine = having(OwnProduct("@scope/worm", version="1.0.1", purl="pkg:npm/%40scope/worm@1.0.1"))
    assert answer(judge(story, organisation=mine))[0] == "yes"
    without = judge(story)
    assert without.relevance.answer == "maybe"
    assert without.relevance.command.startswith("grep -rlF ") and "@scope/worm" in without.relevance.command


def test_no_needs_coverage(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    story = tell(FLAW, gateway())
    assert answer(judge(story)) == ("maybe", "rel-no-profile")
    assert answer(judge(story, organisation=having())) == ("maybe", "rel-no-match")
    assert answer(judge(story, organisation=having(products_complete=True))) == ("no", "rel-covered")
    nameless = judge(tell(FLAW), organisation=having(products_complete=True))
    assert answer(nameless) == ("maybe", "rel-no-match")


def test_maybe_ends_in_one_question_and_a_command_that_only_reads(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    found = judge(tell(FLAW, gateway())).relevance
    assert found.question == "Do we use Check Point Quantum Gateway?"
    assert found.command == "dpkg-query -W -f '${Package} ${Version}\\n' | grep -iF -e quantum"


def test_a_hostile_product_name_stays_data_in_the_command(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    evil = Product("x'; rm -rf /; echo 'padding", status="affected", purl="pkg:npm/x%27%3B%20rm")
    command = judge(tell(FLAW, evil)).relevance.command
    import shlex

    words = shlex.split(command)
    assert words[0] == "grep" and "rm" not in words and words[-1] == "."


def test_sector_and_country_make_it_possible(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    story = tell(Topic("threat", 9.0), Sector("healthcare", "victim"), Country("DE", "victim"))
    assert answer(judge(story, organisation=having(sectors=("healthcare",)))) == ("maybe", "rel-sector")
    assert answer(judge(story, organisation=having(countries=("DE",)))) == ("maybe", "rel-country")
    assert answer(judge(story, organisation=having(countries=("FR",)))) == ("maybe", "rel-no-match")


def test_a_breach_elsewhere_asks_what_the_victim_is_to_us(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    story = tell(
        Topic("breach", 9.0), Claim("breached", "yes", subject="Acme"), NamedOrganisation("Acme", "victim")
    )
    found = judge(story, organisation=having())
    assert answer(found) == ("maybe", "rel-victim")
    assert found.relevance.question.startswith("Does Acme supply us")
    ours = judge(story, organisation=having(OwnProduct("Print Manager", "Acme Inc.")))
    assert answer(ours) == ("yes", "rel-supplier")


def test_control_systems_that_we_do_not_have(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    story = tell(FLAW, Topic("ics", 9.0), Topic("vulnerability", 9.0), gateway())
    assert answer(judge(story, organisation=having(has_ot=False))) == ("no", "rel-no-ot")
    assert answer(judge(story, organisation=having(has_ot=None)))[0] == "maybe"
    assert answer(judge(story, organisation=having(has_ot=True)))[0] == "maybe"


def act(binds: Any) -> tuple[Any, ...]:
    return (
        Identifier("executive-order", "EO 99001", "main"),
        Duty("Secretary", "report", "2026-07-02", binding="mandatory", binds=binds),
        Topic("governance", 9.0),
    )


@pytest.mark.parametrize(
    ("binds", "profile", "expected"),
    [
        ("federal", Organisation(), ("maybe", "rel-federal-only")),
        ("federal", having(), ("no", "rel-federal-only")),
        ("federal", having(federal=True), ("yes", "rel-federal")),
        ("member-states", having(), ("no", "rel-states-only")),
        ("manufacturers", having(), ("no", "rel-manufacturers-only")),
        ("manufacturers", having(manufacturer=True), ("yes", "rel-manufacturer")),
        ("private", having(), ("maybe", "rel-govern")),
        ("unknown", Organisation(), ("maybe", "rel-govern")),
    ],
)
def test_whom_an_act_binds(
    judge: Callable[..., Any],
    tell: Callable[..., Any],
    binds: Any,
    profile: Organisation,
    expected: tuple[str, str],
) -> None:
    assert answer(judge(tell(*act(binds)), organisation=profile)) == expected


def test_package_coordinates_compare_without_version_and_spelling() -> None:
    assert package("pkg:npm/%40scope/Name@1.0?x=y#z") == package("pkg:npm/@scope/name")
    assert package("pkg:pypi/Some_Lib@2") == package("pkg:pypi/some-lib")
    assert package("pkg:maven/org.a/b@1") != package("pkg:maven/org.c/b@1")


def test_a_cpe_is_enough() -> None:
    ours = Inventory((OwnProduct("Firewall 9", cpe="cpe:2.3:h:acme:fw9:*:*:*:*:*:*:*:*"),), content.open())
    assert (
        ours.matches(Product("FW-9", cpe="cpe:2.3:h:acme:fw9:1.0:*:*:*:*:*:*:*", status="affected"))[
            0
        ].strength
        == "certain"
    )
    assert ours.matches(Product("FW-9", cpe="cpe:2.3:h:acme:fw8:1.0:*:*:*:*:*:*:*", status="affected")) == ()


def test_a_product_said_with_where_it_runs() -> None:
    ours = Inventory((OwnProduct("Example Tools on Debian 12", "Debian", version="5.4.1"),), content.open())
    assert [each.strength for each in ours.matches(Product("Example Tools", status="affected"))] == [
        "certain"
    ]


@pytest.mark.parametrize(
    ("own", "named", "found"),
    [
        # Names of common words alone are not the same thing from another vendor; a telling word is worth a question.
        (OwnProduct("Backup & Replication", "Veeam"), Product("Backup and Replication", "Nakivo"), 0),
        (OwnProduct("Kernel", "Linux"), Product("Kernel", "Android"), 0),
        (OwnProduct("OpenManage", "Example"), Product("OpenManage", "Other Vendor"), 1),
    ],
)
def test_another_vendors_product(own: OwnProduct, named: Product, found: int) -> None:
    assert len(Inventory((own,), content.open()).matches(named)) == found


def test_what_the_words_name_is_a_question(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    box = having(OwnProduct("DNS-340L", "D-Link"))
    story = tell(FLAW, text="The models DNS-320 and DNS-340L will get no fix.")
    found = judge(story, organisation=box)
    assert answer(found) == ("maybe", "rel-named-product")
    assert found.relevance.matched == ("D-Link DNS-340L",)
    assert "D-Link DNS-340L" in found.relevance.question
    assert answer(judge(story, organisation=having(OwnProduct("DNS-340", "D-Link")))) == (
        "maybe",
        "rel-no-match",
    )
    # The sources say which product it is about and name ours in passing.
    passing = tell(FLAW, gateway(), text="It stands beside a DNS-340L in many offices.")
    assert answer(judge(passing, organisation=box)) == ("maybe", "rel-no-match")
    # Common words alone name nothing of ours.
    desk = having(OwnProduct("Remote Desktop Manager"))
    assert (
        answer(judge(tell(FLAW, text="A remote desktop manager is named."), organisation=desk))[1]
        != "rel-named-product"
    )


def test_a_supplier_in_the_headline_is_a_question(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    mine = having(OwnProduct("Payroll", "Zellis"))
    breach = tell(Topic("breach", 8.0), title="Payroll provider Zellis confirms theft")
    assert answer(judge(breach, organisation=mine)) == ("maybe", "rel-named-supplier")
    hit = tell(Topic("breach", 8.0), NamedOrganisation("Zellis Group", "victim"), title="Theft of data")
    assert answer(judge(hit, organisation=mine)) == ("yes", "rel-supplier")
