# SPDX-License-Identifier: Apache-2.0
"""A release and the own item of an exploited flaw of it are linked, whatever arrives first; so are two events about one flaw."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

import scc.store
from scc import content, knowledge
from scc.engine import Options, run
from scc.model.briefing import Briefing
from scc.model.document import Raw, Source
from scc.model.organisation import Organisation, OwnProduct
from scc.store.database import Store

SOURCES = (
    Source("maker", "Sample Soft", "https://samplesoft.example/f", "rss", "T1", publisher_kind="vendor", domains=("samplesoft.example",)),
    Source("wire", "Example Wire", "https://press.example/f", "rss", "T3", publisher_kind="press", domains=("press.example",)),
)  # fmt: skip
OPTIONS = Options(
    now="2026-03-12T00:00:00Z", knowledge=knowledge.open(), content=content.open(), sources=SOURCES, wait=0.0
)
FLAWS = [f"CVE-2026-4410{n}" for n in range(8)]
USED = FLAWS[3]
KINDS = ("reading past a buffer", "forging a request", "running a script", "running code without a password",
         "writing a file", "seeing a key", "stopping the service", "skipping a check")  # fmt: skip


def advisory(exploited: str = USED, count: int = 8) -> str:
    parts = "\n\n".join(
        f"## Sample Mail allows {kind} ({flaw})\n\n{flaw} lets an attacker reach Sample Mail 7.{n}; it is fixed in Sample Mail 7.9. The flaw allows {kind}."
        + (f" Sample Soft knows that {flaw} is exploited in the wild." if flaw == exploited else "")
        for n, (flaw, kind) in enumerate(zip(FLAWS[:count], KINDS, strict=False))
    )
    return (
        "---\ntitle: Sample Soft March release\nurl: https://samplesoft.example/advisories/march\ndate: 2026-03-10\npublisher: Sample Soft\n"
        f"publisher_kind: vendor\n---\n\nSample Soft fixes {count} flaws in Sample Mail. Customers should install version 7.9.\n\n{parts}\n"
    )


CAMPAIGN = (
    f"---\ntitle: Gang Blackfern enters town halls through {USED}\nurl: https://press.example/blackfern\ndate: 2026-03-11\npublisher: Example Wire\n---\n\n"
    f"The gang Blackfern uses {USED} to enter the mail servers of town halls in Freedonia, police say. It leaves a web shell behind and copies letters. "
    f"Three town halls are hit so far; {USED} was fixed on Tuesday.\n"
)  # fmt: skip
KEV = msgspec.json.encode(
    {"title": "Known", "catalogVersion": "2026.03.11", "dateReleased": "2026-03-11T00:00:00Z", "count": 1, "vulnerabilities": [
        {"cveID": USED, "vendorProject": "Sample Soft", "product": "Sample Mail", "vulnerabilityName": "Sample Mail Code Injection", "dateAdded": "2026-03-11",
         "shortDescription": "Sample Mail has a flaw.", "requiredAction": "Apply updates.", "dueDate": "2026-04-01", "knownRansomwareCampaignUse": "Unknown", "notes": "", "cwes": []}]}
)  # fmt: skip


def raw(text: str | bytes, name: str) -> Raw:
    return Raw(data=text if isinstance(text, bytes) else text.encode(), path=f"in/{name}")


def items(store: Store) -> dict[str, Briefing]:
    """Last briefings of living items, by title."""
    found = {}
    for row in store.items.rows():
        briefing = store.items.briefing(row.id)
        if briefing is not None and not row.merged_into:
            found[briefing.title] = briefing
    return found


def told(store: Store) -> list[object]:
    """What of the final state may not hang on the order of arrival: everything but numbers of items and revisions."""
    every = items(store)
    names = {each.id: each.title for each in every.values()}
    return sorted(
        (
            title,
            sorted(each.title for each in briefing.sources),
            [
                (names[each.item], each.title, each.relation, each.identifier, each.text)
                for each in briefing.related
            ],
        )
        for title, briefing in every.items()
    )


def test_an_exploited_flaw_of_a_release_has_its_own_item_and_both_are_linked(tmp_path: Path) -> None:
    with scc.store.open(tmp_path / "t.db") as store:
        report = run(store, [raw(advisory(), "march.md")], OPTIONS)
        assert report.faults == () and [each.outcome for each in report.inputs] == ["item"]
        found = items(store)
        assert len(found) == 2
        release = next(each for each in found.values() if len(each.vulnerabilities) == 8)
        own = next(each for each in found.values() if len(each.vulnerabilities) == 1)
        assert own.vulnerabilities[0].id == USED and own.vulnerabilities[0].exploited
        assert [(each.item, each.relation, each.identifier) for each in release.related] == [
            (own.id, "flaw-of-release", USED)
        ]
        assert [(each.item, each.relation, each.identifier) for each in own.related] == [
            (release.id, "part-of-release", USED)
        ]
        for briefing in (release, own):
            (link,) = briefing.related
            cited = [each for each in briefing.citations if each.id in link.citations]
            assert cited and all(USED in each.quote for each in cited) and USED in link.text
        assert "exploited" in release.related[0].text and own.sources[0].publisher == "Sample Soft"
        (part,) = [each for each, _ in store.documents.get(store.documents.of_story(_story(store, own.id)))]
        assert all(flaw == USED or flaw not in part.text for flaw in FLAWS)
        # Nothing differs when nothing came.
        assert {each.state for each in run(store, [raw(advisory(), "march.md")], OPTIONS).items} == {
            "unchanged"
        }


def _story(store: Store, item: str) -> str:
    found = store.items.get(item)
    assert found is not None
    row = next(
        each for each in store.stories.alive() if (held := store.stories.get(each)) and held.item == item
    )
    return row


INPUTS = {"march.md": advisory(""), "blackfern.md": CAMPAIGN, "kev.json": KEV}


@pytest.mark.parametrize("order", list(itertools.permutations(INPUTS)))
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, order: tuple[str, ...]) -> None:
    with scc.store.open(tmp_path / "one.db") as store:
        run(store, [raw(INPUTS[name], name) for name in INPUTS], OPTIONS)
        expected = told(store)
    with scc.store.open(tmp_path / "t.db") as store:
        for name in order:
            assert run(store, [raw(INPUTS[name], name)], OPTIONS).faults == ()
        assert told(store) == expected
        again = run(store, [raw(INPUTS[name], name) for name in INPUTS], OPTIONS)
        assert {each.state for each in again.items} == {"unchanged"} and told(store) == expected
    release = next(each for each in expected if each[0].startswith("Sample Soft"))  # type: ignore[index]
    campaign = next(each for each in expected if "Blackfern" in each[0])  # type: ignore[index]
    assert release[2] and campaign[2]  # type: ignore[index]


def csaf(count: int = 6) -> bytes:
    """An advisory of a vendor on two products: the third flaw is one of Sample Vault, the others are of Sample Mail."""
    products = [{"name": "Sample Mail", "product_id": "P0"}, {"name": "Sample Vault", "product_id": "P1"}]
    return msgspec.json.encode(
        {
            "document": {
                "category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Sample Soft April release", "lang": "en",
                "distribution": {"tlp": {"label": "WHITE"}},
                "publisher": {"category": "vendor", "name": "Sample Soft", "namespace": "https://samplesoft.example"},
                "tracking": {"id": "SS-2026-04", "status": "final", "version": "1", "initial_release_date": "2026-03-10T00:00:00Z",
                             "current_release_date": "2026-03-10T00:00:00Z", "revision_history": [{"date": "2026-03-10T00:00:00Z", "number": "1", "summary": "First."}]},
                "notes": [{"category": "summary", "text": "Sample Soft fixes flaws in Sample Mail and Sample Vault."}],
            },
            "product_tree": {"branches": [{"category": "vendor", "name": "Sample Soft", "branches": [
                {"category": "product_name", "name": each["name"], "product": {**each, "name": f"Sample Soft {each['name']}"}} for each in products]}]},
            "vulnerabilities": [
                {"cve": flaw, "title": f"Flaw of {kind}", "notes": [{"category": "description", "text": f"{flaw} allows {kind} when a mail is opened by a user who is signed in."}],
                 "product_status": {"known_affected": ["P1" if at == 2 else "P0"]}}
                for at, (flaw, kind) in enumerate(zip(FLAWS[:count], KINDS, strict=False))
            ],
        }
    )  # fmt: skip


@pytest.mark.parametrize(("exposed", "own"), [(True, {FLAWS[2]}), (False, set()), (None, set())])
def test_a_flaw_in_an_exposed_product_of_ours(tmp_path: Path, exposed: bool | None, own: set[str]) -> None:
    ours = Organisation(
        name="Example", products=(OwnProduct("Sample Vault", "Sample Soft", exposed=exposed),)
    )
    with scc.store.open(tmp_path / "t.db") as store:
        run(store, [raw(csaf(), "april.json")], replace(OPTIONS, organisation=ours, records=True))
        every = items(store).values()
        assert {each.vulnerabilities[0].id for each in every if len(each.vulnerabilities) == 1} == own
        assert len(every) == 1 + len(own)
        for each in every:
            assert [one.identifier for one in each.related] == sorted(own)
            if len(each.vulnerabilities) == 1:
                assert each.relevance.answer == "yes"


@pytest.mark.parametrize(
    "text",
    [
        advisory("", 8),
        advisory(USED, 2),
        advisory(USED)
        .replace("publisher_kind: vendor\n", "")
        .replace("samplesoft.example", "blog.example")
        .replace("publisher: Sample Soft", "publisher: Example Blog"),
    ],
)
def test_no_own_item_without_a_vendors_release_of_several_flaws(tmp_path: Path, text: str) -> None:
    with scc.store.open(tmp_path / "t.db") as store:
        run(store, [raw(text, "march.md")], OPTIONS)
        assert len(items(store)) == 1 and not next(iter(items(store).values())).related


def test_a_dismissed_item_is_linked_no_more(tmp_path: Path) -> None:
    with scc.store.open(tmp_path / "t.db") as store:
        run(store, [raw(advisory(), "march.md")], OPTIONS)
        own = next(each for each in items(store).values() if len(each.vulnerabilities) == 1)
        with store.transaction():
            store.items.mark(own.id, "dismissed")
            store.stories.look_again(sorted(store.stories.sharing(_story(store, own.id), 500)))
        run(store, [], OPTIONS)
        release = next(each for each in items(store).values() if len(each.vulnerabilities) == 8)
        assert release.related == () and release.revision == 2
        assert release.changes is not None and [each.field for each in release.changes.entries] == [
            "linked items"
        ]


def test_at_most_ten_links_the_earliest_events_first(tmp_path: Path) -> None:
    hot = "CVE-2026-45555"
    places = "Aford Bford Cford Dford Eford Fford Gford Hford Iford Jford Kford Lford Mford".split()
    texts = [
        f"---\ntitle: {place} water works entered through {hot}\nurl: https://press.example/{place}\ndate: 2026-{1 + number % 3:02d}-{1 + number:02d}\npublisher: {place} Post\n---\n\n"
        f"Intruders used {hot} to enter the water works of {place} and changed the settings of pump {number}. The mayor of {place} says that nobody was harmed; {hot} had not been fixed there.\n"
        for number, place in enumerate(places)
    ]  # fmt: skip
    with scc.store.open(tmp_path / "t.db") as store:
        for number, text in enumerate(texts):
            run(store, [raw(text, f"{number}.md")], OPTIONS)
        once = told(store)
        assert all(len(each.related) <= 10 for each in items(store).values())
    with scc.store.open(tmp_path / "u.db") as store:
        for number, text in reversed(list(enumerate(texts))):
            run(store, [raw(text, f"{number}.md")], OPTIONS)
        assert told(store) == once
