# SPDX-License-Identifier: Apache-2.0
"""Documents to stories: what joins, what stays apart, and that the order of arrival does not matter."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Sequence

import msgspec
import pytest

from scc import correlate
from scc.correlate import terms, titles
from scc.model.document import Document
from scc.model.facts import AnyFact, Identifier, Indicator, Malware, NamedOrganisation, Observation
from scc.model.ids import short
from scc.model.provenance import Span

Member = tuple[Document, tuple[Observation, ...]]


def member(
    title: str, text: str, date: str, *facts: AnyFact, publisher: str = "Example Wire", url: str = ""
) -> Member:
    id_ = short("doc", title, text, date, publisher)
    document = Document(
        id=id_,
        kind="article",
        format="text",
        title=title,
        text=f"{title}\n\n{text}",
        publisher=publisher,
        tier="T3",
        tlp="TLP:CLEAR",
        published=date,
        url=url,
    )
    seen = tuple(
        Observation(short("obs", id_, repr(each)), id_, each, Span(0, len(title)), "stated", 1.0)
        for each in facts
    )
    return document, seen


def flaw(cve: str) -> Identifier:
    return Identifier("cve", cve, "main")


def partition(members: Sequence[Member]) -> set[frozenset[str]]:
    """The stories that the rule of the seam gives: join on one, merge on several."""
    stories: dict[str, list[Member]] = {}
    for each in members:
        candidates = [
            correlate.Candidate(story, correlate.features(document, seen))
            for story, held in sorted(stories.items())
            for document, seen in held
        ]
        match correlate.place(each[0], each[1], candidates, ()):
            case correlate.Join(story=story):
                stories[story].append(each)
            case correlate.Merge(stories=several):
                merged = [one for story in several for one in stories.pop(story)]
                stories[several[0]] = [*merged, each]
            case _:
                stories[each[0].id] = [each]
    return {frozenset(document.id for document, _ in held) for held in stories.values()}


GATEWAY = "Attackers exploit the VPN gateway flaw to enter company networks without a password."
A = member("Gateway flaw under attack", GATEWAY, "2026-06-08", flaw("CVE-2026-50751"))
B = member(
    "Hackers walk through VPN gateways",
    GATEWAY + " A hotfix is out.",
    "2026-06-09",
    flaw("CVE-2026-50751"),
    publisher="Example Post",
)
C = member(
    "Worm spreads through npm packages",
    "A worm steals tokens and publishes itself.",
    "2026-06-09",
    Malware("CanisterWorm"),
)
D = member(
    "Gateway advisory template", GATEWAY, "2026-06-08", flaw("CVE-2026-60000"), publisher="Example CERT"
)


def test_the_same_flaw_told_twice_is_one_story() -> None:
    assert correlate.same_event(A, B).same


def test_another_flaw_in_the_same_words_is_another_story() -> None:
    verdict = correlate.same_event(A, D)
    assert not verdict.same


def test_unrelated_news_of_one_day_stays_apart() -> None:
    assert not correlate.same_event(A, C).same


def test_the_verdict_is_symmetric() -> None:
    for first in (A, B, C, D):
        for second in (A, B, C, D):
            assert correlate.same_event(first, second) == correlate.same_event(second, first)


def test_a_new_campaign_of_the_same_family_a_year_later_is_another_story() -> None:
    old = member(
        "Emotet is back", "Emotet sends mail again from new servers.", "2025-01-10", Malware("Emotet")
    )
    new = member(
        "Emotet hits hospitals", "A wave of Emotet mail reaches clinics.", "2026-02-20", Malware("Emotet")
    )
    assert not correlate.same_event(old, new).same


def test_twenty_orders_of_arrival_give_one_partition() -> None:
    members = [
        A,
        B,
        C,
        D,
        member(
            "Gateway vendor ships hotfix", GATEWAY, "2026-06-10", flaw("CVE-2026-50751"), publisher="Vendor"
        ),
    ]
    expected = partition(members)
    assert frozenset({A[0].id, B[0].id}) <= max(expected, key=len)
    for seed in range(20):
        shuffled = members[:]
        random.Random(seed).shuffle(shuffled)
        assert partition(shuffled) == expected


def test_a_persons_split_and_merge_stick() -> None:
    from scc.model.decision import Decision

    candidate = correlate.Candidate("story-1", correlate.features(*A))
    split = Decision("d1", "split", "analyst", "2026-06-10T00:00:00Z", "other event", B[0].id, "story-1")
    assert isinstance(correlate.place(*B, [candidate], [split]), correlate.New)
    merge = Decision("d2", "merge", "analyst", "2026-06-10T00:00:00Z", "same event", C[0].id, "story-1")
    assert correlate.place(*C, [candidate], [merge]) == correlate.Join(
        "story-1", correlate.same_event(A, C).why
    )


def test_keys_are_bounded_and_name_the_flaw() -> None:
    many = member(
        "Release",
        "Twelve flaws.",
        "2026-06-08",
        *(flaw(f"CVE-2026-{number}") for number in range(10000, 10100)),
    )
    found = correlate.keys(*many)
    assert len(found) <= 32
    assert any(each.text.startswith("cve:CVE-2026-50751@") for each in correlate.keys(*A))


@pytest.mark.parametrize("publisher", ["Example Wire", "Example Post"])
def test_rewrites_of_one_text_are_one_origin(publisher: str) -> None:
    text = "The agency said on Monday that the gateway flaw is exploited and that agencies have three days to act on it."
    first = member("A", text, "2026-06-08", publisher="Example Wire")
    second = member("B", text + " More later.", "2026-06-09", publisher=publisher)
    assert len(correlate.story([first, second]).origins) == 1


def test_a_story_does_not_depend_on_the_order_of_its_members() -> None:
    assert correlate.story([A, B]) == correlate.story([B, A])


def test_one_title_of_one_publisher_within_days_is_one_story_unless_the_flaws_differ() -> None:
    title = "Passports and their cryptography explained"
    feed = member(title, "A short teaser about chips.", "2026-03-10")
    page = member(title, "Quite other words stand on the page itself, with protocols and keys.", "2026-03-11")
    assert len(partition([feed, page])) == 1
    other = member(title, "Told by somebody else in passing.", "2026-03-10", publisher="Another Wire")
    assert correlate.same_event(feed, page).why == "same title of one publisher"
    assert correlate.same_event(feed, other).why != "same title of one publisher"
    first = member("Update for the gateway released", "It fixes a flaw.", "2026-03-10", flaw("CVE-2026-1111"))
    second = member(
        "Update for the gateway released", "It fixes a flaw.", "2026-03-11", flaw("CVE-2026-2222")
    )
    assert len(partition([first, second])) == 2


def test_two_issues_of_a_series_are_two_events() -> None:
    words = "Microsoft fixed flaws in Windows and Office; administrators should install the updates soon."
    march = member("Patch Tuesday, March 2026 Edition", words, "2026-03-11", publisher="Example Blog")
    april = member("Patch Tuesday, April 2026 Edition", words, "2026-04-14", publisher="Example Blog")
    other = member("Microsoft Patch Tuesday - March 2026", words, "2026-03-12", publisher="Example Diary")
    assert partition([march, april, other]) == {
        frozenset({march[0].id, other[0].id}),
        frozenset({april[0].id}),
    }
    lists = [
        member(f"Agency releases new advisories for plants - {day}001", words, date, publisher="Example CERT")
        for day, date in (("20240927", "2024-09-27"), ("20241021", "2024-10-21"))
    ]
    assert len(partition(lists)) == 2


def test_one_sentence_on_one_identifier_each_is_as_many_events() -> None:
    said = "It is getting exploited in the wild, says a tracker."
    first = member("ADV230001 is getting exploited in the wild", said, "2023-07-11", publisher="Tracker")
    second = member("ADV230002 is getting exploited in the wild", said, "2023-07-11", publisher="Tracker")
    assert len(partition([first, second])) == 2


def test_numbered_updates_of_one_publisher_are_one_story() -> None:
    updates = [
        member(f"GatewayThief Campaign: Update 00{at} - {news}", text, f"2026-04-0{at}", publisher="Example Diary")
        for at, news, text in (
            (1, "a scanner is hit", "A scanner of containers carries a stealer."),
            (4, "a database firm investigates", "Lawyers speak of stolen rows, nobody knows how many."),
        )
    ]  # fmt: skip
    assert len(partition(updates)) == 1
    elsewhere = member(
        "GatewayThief Campaign: Update 004 - seen elsewhere",
        "Other words altogether, on cheese.",
        "2026-04-04",
        publisher="Unrelated Paper",
    )
    assert correlate.same_event(updates[0], elsewhere).why != correlate.same_event(*updates).why


def test_one_name_adds_a_bounded_part_to_the_agreement_of_names() -> None:
    one = terms.vector(["exampleton"] * 9 + ["brazil", "britain"])
    other = terms.vector(["exampleton"] * 9 + ["cyble", "hudson"])
    assert terms.cosine(one, other) > 0.5
    assert terms.cosine(one, other, 0.2) == 0.2
    assert terms.cosine(one, other, 0.2) == terms.cosine(other, one, 0.2)


def test_an_order_and_its_fact_sheet_find_each_other() -> None:
    def official(title: str, text: str, date: str) -> Member:
        document, seen = member(title, text, date, publisher="The House")
        return msgspec.structs.replace(document, publisher_kind="authority"), seen

    order = official("Sustaining efforts", "By the authority vested in me it is ordered.", "2025-06-06")
    sheet = official("Fact sheet on pumps", "The house protects pumps.", "2025-06-06")
    later = official("Fact sheet on valves", "The house protects valves.", "2025-06-07")
    shared = {each.text for each in correlate.keys(*order)} & {each.text for each in correlate.keys(*sheet)}
    assert any(each.startswith("day:") for each in shared)
    assert not any(
        each.text.startswith("day:") and each in correlate.keys(*later) for each in correlate.keys(*order)
    )


def test_lists_of_indicators_are_one_only_by_their_values() -> None:
    def listing(name: str, *values: str) -> Member:
        document, seen = member("Indicator list: domain, sha256 without a title", f"{name} domain sha256", "")
        facts = [Indicator("domain", each, "observed") for each in values]
        seen = tuple(
            Observation(short("obs", document.id, each.value), document.id, each, Span(0, 5), "stated", 1.0)
            for each in facts
        )
        return msgspec.structs.replace(document, kind="indicators"), seen

    first = listing("a", "one.example", "two.example", "three.example")
    assert not correlate.same_event(first, listing("b", "four.example")).same
    assert not correlate.same_event(first, listing("c", "one.example")).same
    assert correlate.same_event(first, listing("d", "one.example", "two.example")).same


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Patch Tuesday, March 2026 Edition", {(2026, 3)}),
        ("Rückblick auf März 2026 und Februar 2026", {(2026, 3), (2026, 2)}),
        ("Bilan de décembre 2025", {(2025, 12)}),
        ("More exploits, (Mon, Dec 15th)", set()),
        ("Marching 2026 steps", set()),
        ("It may 2026 be", {(2026, 5)}),  # "may" with a year is read as the month
    ],
)
def test_the_months_of_a_title(title: str, named: set[tuple[int, int]]) -> None:
    assert titles.periods(title) == named


def test_what_numbers_a_title_is_no_topic() -> None:
    assert titles.topic("CISA Releases New ICS Advisories - 20240927003", False) == [
        "cisa",
        "releas",
        "ics",
        "advisor",
    ]
    assert "exampleton" not in titles.topic("Volume jumped: Exampleton", True)
    assert "exampleton" in titles.topic("Volume jumped: Exampleton", False)
    assert titles.matter("GatewayThief Campaign: Update 004 - more") == "gatewaythief campaign"
    assert titles.matter("Update 4") == "" and titles.matter("Nothing numbered") == ""


@pytest.mark.parametrize("title", ["a " * 40_000, ": A" * 40_000, "Update " * 30_000, "May 202" * 30_000])
def test_a_hostile_title_takes_no_time(title: str) -> None:
    start = time.perf_counter()
    titles.topic(title, True)
    titles.periods(title)
    titles.matter(title)
    assert time.perf_counter() - start < 1


def test_two_languages_are_one_story_where_the_identifiers_agree() -> None:
    english = member(
        "Critical flaw in Example Gateway is exploited",
        "The vendor released an update for CVE-2026-50751 in Example Gateway. Attackers use it to run commands.",
        "2026-06-08",
        flaw("CVE-2026-50751"),
        publisher="Example CERT",
    )
    french = member(
        "Vulnérabilité critique dans Example Gateway activement exploitée",
        "L'éditeur a publié un correctif pour la vulnérabilité CVE-2026-50751 affectant Example Gateway. Un "
        "attaquant peut exécuter des commandes à distance.",
        "2026-06-09",
        flaw("CVE-2026-50751"),
        publisher="Exemple CERT",
    )
    other = member(
        "Vulnérabilité critique dans Example Gateway",
        "L'éditeur a publié un correctif pour la vulnérabilité CVE-2026-59999 affectant Example Gateway.",
        "2026-06-09",
        flaw("CVE-2026-59999"),
        publisher="Exemple CERT",
    )
    english = msgspec.structs.replace(english[0], language="en"), english[1]
    french, other = (
        (msgspec.structs.replace(document, language="fr"), seen) for document, seen in (french, other)
    )
    assert partition([english, french, other]) == {
        frozenset({english[0].id, french[0].id}),
        frozenset({other[0].id}),
    }


def test_a_follow_up_weeks_later_joins() -> None:
    first = member(
        "Example Payroll confirms data breach after attack on its file server",
        "Example Payroll says attackers took salary slips of customers from a file server in May. Names, addresses and "
        "bank details were copied. The company told the regulator and hired investigators.",
        "2026-05-20",
    )
    later = member(
        "Example Payroll breach: salary slips of 40,000 people were taken",
        "Investigators of Example Payroll count 40,000 people whose salary slips, addresses and bank details attackers "
        "copied from the file server in May, the company told the regulator.",
        "2026-06-15",
        publisher="Example Post",
    )
    assert len(partition([first, later])) == 1


def test_a_release_of_twelve_flaws_is_one_story_and_each_flaws_own_report_another() -> None:
    flaws = [flaw(f"CVE-2026-{number}") for number in range(40001, 40013)]
    release = member(
        "Example Browser 140 fixes twelve flaws",
        "Example Browser 140 is out. It fixes twelve flaws in the engine.",
        "2026-06-08",
        *flaws,
        publisher="Example Vendor",
    )
    echo = member(
        "Twelve flaws fixed in Example Browser 140",
        "Example released Browser 140 with fixes for twelve flaws in the engine.",
        "2026-06-09",
        *flaws,
        publisher="Example Wire",
    )
    used = member(
        "Spyware maker uses a memory flaw of a browser against journalists",
        "Researchers found CVE-2026-40007 in an exploit chain sent to journalists by message.",
        "2026-06-12",
        flaws[6],
        publisher="Example Lab",
    )
    assert partition([release, echo, used]) == {
        frozenset({release[0].id, echo[0].id}),
        frozenset({used[0].id}),
    }


def test_the_one_hit_in_the_title_of_a_later_text_weighs() -> None:
    breach = member(
        "Hacker offers customer files of Example Payroll",
        "A hacker says that customer files were copied from servers of Example Payroll and offers them for sale.",
        "2026-03-21",
        NamedOrganisation("Example Payroll", "victim"),
    )
    advice = member(
        "Guidance on credentials after a possible compromise at Example Payroll",
        "Organisations whose staff signed in there should reset secrets, look for tokens in scripts and watch accounts.",
        "2026-04-16",
        publisher="Example Agency",
    )
    without = breach[0], ()
    assert correlate.same_event(breach, advice).score == round(
        correlate.same_event(without, advice).score + 1.5, 4
    )


def test_features_come_back_as_they_were_and_of_another_form_not_at_all() -> None:
    for each in (A, B, C):
        seen = correlate.features(*each)
        assert correlate.thaw(correlate.freeze(seen)) == seen
    assert correlate.thaw(b"") is None
    assert correlate.thaw(zlib.compress(msgspec.msgpack.encode({"id": "doc-1"}))) is None
