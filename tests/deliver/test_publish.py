# SPDX-License-Identifier: Apache-2.0
"""Publishing: a CSAF provider's folder and a static site, for everybody's eyes only."""

from __future__ import annotations

import csv
import datetime
import hashlib
import http.client
import json
import os
import re
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import csaf
import lxml.html
import msgspec
import pytest
from tests.share.briefings import NASTY, briefing, context, plain, spoiled

from scc.deliver import folder as folders
from scc.deliver import publish_csaf, publish_site
from scc.deliver.folder import MARKER, replaced
from scc.model.briefing import Briefing
from scc.model.decision import Decision
from scc.model.errors import DeliverError
from scc.share import Context, Records
from scc.share.csaf.check import check

BASE = "https://csaf.example.org/advisories"


def full(**changes: Any) -> Briefing:
    return msgspec.structs.replace(briefing(plain("maximal")), tlp="TLP:CLEAR", **changes)


def items(*briefings: Briefing) -> list[tuple[Briefing, Context]]:
    return [(each, context()) for each in briefings]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()
    }


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_the_tree_is_what_the_standard_says(target: Path) -> None:
    done = publish_csaf.publish(target, items(full()), BASE)
    (name,) = done.written
    assert re.fullmatch(r"white/\d{4}/scc-[a-z]{3}-\d{4}-\d{4}\.json", name)
    audit = csaf.audit_tree(str(target / "white"))
    # Its reading of changes.csv has the columns of 7.1.13 the other way round; the rows are checked below.
    assert audit.advisory_count == 1 and audit.errors == []
    assert {each.rule for each in audit.violations} <= {"changes-csv"}
    for kind in ("sha256", "sha512"):
        told, _, file = (target / f"{name}.{kind}").read_text().strip().partition("  ")
        assert told == hashlib.new(kind, (target / name).read_bytes()).hexdigest()
        assert file == name.rsplit("/", 1)[-1]
    rows = list(csv.reader((target / "white/changes.csv").open()))
    tracking = json.loads((target / name).read_text())["document"]["tracking"]
    assert rows == [[name.removeprefix("white/"), tracking["current_release_date"]]]
    metadata = json.loads((target / publish_csaf.METADATA).read_text())
    assert metadata["canonical_url"] == f"{BASE}/{publish_csaf.METADATA}"
    assert metadata["role"] == "csaf_provider" and not done.signed and "--sign-with" in done.note


def test_the_feed_leads_to_every_advisory(target: Path) -> None:
    publish_csaf.publish(target, items(full(), full(id="SCC-VUL-2026-0777")), BASE)
    feed = json.loads((target / "white" / publish_csaf.FEED).read_text())["feed"]
    # Required by 7.1.15: a self link first, the information type "csaf", and of each entry these.
    assert feed["link"] == [{"rel": "self", "href": f"{BASE}/white/{publish_csaf.FEED}"}]
    assert feed["category"][0]["term"] == "csaf" and re.fullmatch(r"[A-Za-z0-9+\-_.]+", feed["id"])
    for entry in feed["entry"]:
        assert {"id", "title", "link", "published", "updated", "content", "format"} <= entry.keys()
        assert entry["link"][0]["rel"] == "self" and entry["format"]["version"] == "2.0"
        for link in entry["link"]:
            assert (target / link["href"].removeprefix(f"{BASE}/")).is_file(), link
        assert entry["content"]["src"] == entry["link"][0]["href"]
    assert [each["updated"] for each in feed["entry"]] == sorted(
        (each["updated"] for each in feed["entry"]), reverse=True
    )
    assert {each["id"] for each in feed["entry"]} == {full().id, "SCC-VUL-2026-0777"}


@pytest.mark.corpus
def test_the_metadata_fits_the_official_schema(data: Path, target: Path) -> None:
    import jsonschema
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    publish_csaf.publish(target, items(full()), BASE)
    folder = data / "schemas/csaf/csaf_2.0/json_schema"
    known = [json.loads(each.read_text("utf-8")) for each in sorted(folder.glob("*.json"))]
    registry: Any = Registry()
    for each in known:
        registry = registry.with_resource(each["$id"], DRAFT202012.create_resource(each))
    schema = next(each for each in known if each["$id"].endswith("provider_json_schema.json"))
    found = json.loads((target / publish_csaf.METADATA).read_text())
    assert list(jsonschema.Draft202012Validator(schema, registry=registry).iter_errors(found)) == []
    del found["role"]
    assert list(jsonschema.Draft202012Validator(schema, registry=registry).iter_errors(found))


NOW = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)


def test_a_second_run_gives_the_same_bytes(target: Path) -> None:
    both = items(full(), full(id="SCC-VUL-2026-0777"))
    publish_csaf.publish(target, both, BASE)
    first = tree(target)
    publish_csaf.publish(target, both[::-1], BASE)
    assert tree(target) == first


@pytest.mark.parametrize("fate", ["gone", "relabelled", "dismissed"])
def test_what_may_not_stand_any_longer_is_withdrawn_at_its_address(target: Path, fate: str) -> None:
    stays, goes = full(), full(id="SCC-VUL-2026-0777", title="A secret title")
    publish_csaf.publish(target, items(stays, goes), BASE)
    later = {
        "gone": items(stays),
        "relabelled": items(stays, msgspec.structs.replace(goes, tlp="TLP:RED")),
        "dismissed": items(stays, msgspec.structs.replace(goes, status="dismissed")),
    }[fate]
    done = publish_csaf.publish(target, later, BASE, now=NOW)
    (name,) = done.withdrawn
    document = json.loads((target / name).read_text())["document"]
    assert document["title"] == "Withdrawn: SCC-VUL-2026-0777"
    tracking = document["tracking"]
    assert tracking["version"] == tracking["revision_history"][-1]["number"]
    assert tracking["version"].endswith(".1") and tracking["status"] == "final"
    assert tracking["current_release_date"] == "2027-03-01T12:00:00Z"
    assert check(json.loads((target / name).read_text()), context().knowledge) == []
    assert csaf.audit_tree(str(target / "white")).errors == []
    told = b"".join(tree(target).values())
    assert b"A secret title" not in told
    assert (target / "white/changes.csv").read_text().startswith(f'"{name.removeprefix("white/")}"')
    first = tree(target)
    publish_csaf.publish(target, later, BASE, now=NOW + datetime.timedelta(days=9))
    assert tree(target) == first, "it is withdrawn once"


def test_a_withdrawn_advisory_comes_back_with_the_next_revision_only(target: Path) -> None:
    item, other = full(), full(id="SCC-VUL-2026-0777")
    publish_csaf.publish(target, items(item, other), BASE)
    publish_csaf.publish(target, items(other), BASE, now=NOW)
    first = tree(target)
    done = publish_csaf.publish(target, items(item, other), BASE, now=NOW)
    assert (
        tree(target) == first
        and (item.id, "it was withdrawn here; its next revision goes out again") in done.refused
    )
    after = msgspec.structs.replace(item, revision=item.revision + 1, generated="2027-04-01T00:00:00Z")
    given = [(after, context(created=item.generated)), *items(other)]
    done = publish_csaf.publish(target, given, BASE, now=NOW)
    assert len(done.written) == 2 and done.withdrawn == () and done.refused == ()


def test_another_database_withdraws_nothing(target: Path) -> None:
    publish_csaf.publish(target, items(full()), BASE)
    first = tree(target)
    for strangers in (items(full(id="SCC-VUL-2026-0777")), []):
        with pytest.raises(DeliverError, match="nothing was withdrawn"):
            publish_csaf.publish(target, strangers, BASE, now=NOW)
        assert tree(target) == first


def test_a_changed_advisory_is_said_not_published_again(target: Path) -> None:
    (name,) = publish_csaf.publish(target, items(full()), BASE).written
    (target / name).write_text("{")
    with pytest.raises(DeliverError, match="no advisory of ours"):
        publish_csaf.publish(target, items(full()), BASE)
    assert (target / name).read_text() == "{"


def test_nothing_to_publish_makes_no_folder(target: Path) -> None:
    held = msgspec.structs.replace(full(), tlp="TLP:RED")
    assert publish_csaf.publish(target, items(held), BASE).written == ()
    assert not target.exists() and list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"sources": ()}, "no source whose label is known"), ({"status": "dismissed"}, "dismissed")],
)
def test_what_has_no_label_or_was_dismissed_is_refused(
    target: Path, tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    item = full(**changes)
    assert reason in publish_csaf.publish(target, items(item), BASE).refused[0][1]
    assert reason in publish_site.publish(tmp_path / "site", items(item)).refused[0][1]


def test_a_withdrawn_item_says_so_under_its_address(target: Path) -> None:
    item = full()
    publish_csaf.publish(target, items(item), BASE)
    ruling = Decision(
        "dec-9", "withdraw", "A. Analyst", "2027-01-01T00:00:00Z", "It was another flaw.", item.id
    )
    taken = context(records=Records(decisions=(ruling,)))
    (name,) = publish_csaf.publish(target, [(item, taken)], BASE).written
    document = json.loads((target / name).read_text())["document"]
    assert document["title"].startswith("Withdrawn: ")
    assert "A. Analyst" not in (target / name).read_text()


@pytest.mark.parametrize("tlp", ["TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"])
def test_what_is_not_for_everybody_is_refused_and_named(target: Path, tmp_path: Path, tlp: Any) -> None:
    held = msgspec.structs.replace(full(), tlp=tlp)
    done = publish_csaf.publish(target, items(held), BASE)
    assert done.written == () and done.refused[0][0] == held.id and tlp in done.refused[0][1]
    site = publish_site.publish(tmp_path / "site", items(held))
    assert site.items == () and tlp in site.refused[0][1]
    assert held.id not in "".join(tree(tmp_path / "site"))


@pytest.mark.parametrize(
    "url",
    ["http://csaf.example.org", "csaf.example.org", "https://x.example/a b", "https://x.example/?a", ""],
)
def test_the_address_must_be_https(target: Path, url: str) -> None:
    with pytest.raises(DeliverError, match="https"):
        publish_csaf.publish(target, items(full()), url)
    assert not target.exists()


def test_a_folder_that_is_not_ours_is_left_alone(target: Path, tmp_path: Path) -> None:
    target.mkdir()
    (target / "thesis.txt").write_text("mine")
    with pytest.raises(DeliverError, match="nothing was changed"):
        publish_site.publish(target, items(full()))
    assert tree(target) == {"thesis.txt": b"mine"}
    other = tmp_path / "csaf"
    publish_csaf.publish(other, items(full()), BASE)
    with pytest.raises(DeliverError, match="published as 'csaf'"):
        publish_site.publish(other, items(full()))
    link = tmp_path / "link"
    link.symlink_to(other)
    with pytest.raises(DeliverError, match="link"):
        publish_csaf.publish(link, items(full()), BASE)


def test_files_of_others_in_our_folder_stay(target: Path) -> None:
    publish_csaf.publish(target, items(full()), BASE)
    (target / ".well-known/security.txt").write_text("mine")
    (target / "logo").symlink_to("white")
    publish_csaf.publish(target, items(full()), BASE)
    assert (target / ".well-known/security.txt").read_text() == "mine"
    assert (target / "logo").is_symlink()


def test_an_interruption_between_the_renames_loses_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_csaf.publish(target, items(full()), BASE)
    before = tree(target)
    real = os.replace

    def interrupted(source: Path, aim: Path) -> None:
        if aim == target and source.name != "was":
            raise KeyboardInterrupt
        real(source, aim)

    monkeypatch.setattr(folders.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish_csaf.publish(target, items(full()), BASE)
    monkeypatch.undo()
    assert tree(target) == before
    assert [each.name for each in target.parent.iterdir()] == [target.name]


def test_what_a_killed_run_set_aside_is_put_back(target: Path) -> None:
    publish_csaf.publish(target, items(full()), BASE)
    before = tree(target)
    aside = target.parent / f".{target.name}.old.x1"
    aside.mkdir()
    target.rename(aside / "was")
    publish_csaf.publish(target, items(full()), BASE)
    assert tree(target) == before


def test_the_folder_one_is_in_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.mkdir()
    monkeypatch.chdir(target)
    with pytest.raises(DeliverError, match="folder you are in"):
        publish_site.publish(Path("."), items(full()))


def test_a_failure_leaves_the_old_files(target: Path) -> None:
    publish_site.publish(target, items(full()))
    before = tree(target)
    with pytest.raises(RuntimeError), replaced(target, publish_site.KIND) as folder:
        folder.put("index.html", b"half")
        raise RuntimeError
    assert tree(target) == before
    assert [each.name for each in target.parent.iterdir()] == [target.name]
    with pytest.raises(DeliverError, match="inside"), replaced(target, publish_site.KIND) as folder:
        folder.put("../evil", b"x")


def test_the_site_says_nothing_of_us(target: Path) -> None:
    item = full()
    publish_site.publish(target, items(item))
    told = b"".join(tree(target).values()).decode()
    for action in item.actions:
        assert action.title not in told
    for reason in item.priority_reasons:
        assert reason.text not in told
    assert item.page_one.decide.text not in told
    assert "AMBER" not in told


def test_the_lists_name_what_they_are_for(target: Path) -> None:
    item = full()
    publish_site.publish(target, items(item))
    flaw, product, topic = item.vulnerabilities[0].id, item.products[0], item.facets[0]
    year = "-".join(flaw.split("-")[:2]).lower()
    assert flaw in (target / f"find/flaw-{year}.html").read_text()
    assert product.product in (target / f"find/product-{product.vendor[0].lower()}.html").read_text()
    assert item.id in (target / f"find/topic-{topic}.html").read_text()


@pytest.mark.parametrize("count", [0, 2])
def test_the_site_is_found_through_without_a_script(target: Path, count: int) -> None:
    publish_site.publish(target, items(full(), full(id="SCC-VUL-2026-0777"))[:count])
    seen: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        page = (target / name).read_text("utf-8")
        assert "<script" not in page.lower() and "default-src 'none'" in page
        for href in lxml.html.fromstring(page).xpath("//a/@href | //link/@href"):
            if re.match(r"[a-z]+:|#", href):
                continue
            found = (target / name).parent.joinpath(href.partition("#")[0]).resolve()
            assert found.is_file(), (name, href)
            if found.suffix == ".html":
                waiting.append(found.relative_to(target.resolve()).as_posix())
    assert {each for each in tree(target) if each.endswith(".html")} == seen


def test_hostile_texts_stay_text(target: Path, tmp_path: Path) -> None:
    values = spoiled(plain("maximal"), NASTY)
    item = msgspec.structs.replace(briefing(values), tlp="TLP:CLEAR", id="SCC-VUL-2026-0778")
    publish_site.publish(target, items(item))
    for name, data in tree(target).items():
        if name.endswith(".html"):
            page = lxml.html.fromstring(data.decode("utf-8"))
            assert page.xpath("//script") == []
            assert not [each for each in page.xpath("//a/@href") if each.lower().startswith("javascript:")]
    done = publish_csaf.publish(tmp_path / "csaf", items(item), BASE)
    assert len(done.written) + len(done.refused) == 1


def test_the_site_gives_the_same_bytes_and_drops_what_is_gone(target: Path) -> None:
    both = items(full(), full(id="SCC-VUL-2026-0777"))
    publish_site.publish(target, both)
    first = tree(target)
    publish_site.publish(target, both[::-1])
    assert tree(target) == first
    publish_site.publish(target, both[:1])
    assert "items/SCC-VUL-2026-0777.html" not in tree(target)
    assert tree(target)[MARKER].splitlines()[0] == b"site"


def test_a_client_fetches_metadata_and_advisory(target: Path) -> None:
    (name,) = publish_csaf.publish(target, items(full()), BASE).written
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(target)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        client = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        client.request("GET", f"/{publish_csaf.METADATA}")
        feed = json.loads(client.getresponse().read())["distributions"][1]["rolie"]["feeds"][0]["url"]
        client.request("GET", feed.removeprefix(BASE))
        entry = json.loads(client.getresponse().read())["feed"]["entry"][0]
        client.request("GET", entry["content"]["src"].removeprefix(BASE))
        assert client.getresponse().read() == (target / name).read_bytes()
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")
def test_signatures_by_gpg(target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "keys"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    made = subprocess.run(
        ["gpg", "--batch", "--passphrase", "", "--quick-generate-key", "Test <test@example.org>", "ed25519", "sign", "never"],
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"gpg makes no key here: {made.stderr[-200:]!r}")
    try:
        done = publish_csaf.publish(target, items(full()), BASE, sign_with="test@example.org")
        (name,) = done.written
        assert done.signed
        checked = subprocess.run(
            ["gpg", "--batch", "--verify", str(target / f"{name}.asc"), str(target / name)],
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert checked.returncode == 0, checked.stderr
        metadata = json.loads((target / publish_csaf.METADATA).read_text())
        assert metadata["role"] == "csaf_trusted_provider"
        key = metadata["public_openpgp_keys"][0]["url"].removeprefix(f"{BASE}/")
        assert b"BEGIN PGP PUBLIC KEY" in (target / key).read_bytes()
        first = tree(target)
        publish_csaf.publish(target, items(full()), BASE, sign_with="test@example.org")
        assert tree(target) == first, "an unchanged advisory keeps its signature"
        with pytest.raises(DeliverError, match="no secret key"):
            publish_csaf.publish(target, items(full()), BASE, sign_with="nobody@example.org")
        assert tree(target) == first
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], capture_output=True, timeout=30, check=False)


def test_linked_items_lead_to_each_others_pages_and_nowhere_else(target: Path) -> None:
    one = full()
    other = full(id="SCC-THR-2026-0043", related=(msgspec.structs.replace(one.related[0], item=one.id),))
    publish_site.publish(target, items(one, other))
    pages = tree(target)
    for mine, theirs in ((one.id, other.id), (other.id, one.id)):
        page = lxml.html.fromstring(pages[f"items/{mine}.html"])
        assert f"../items/{theirs}.html" in [each.get("href") for each in page.iter("a")]
    publish_site.publish(target, items(one))
    assert other.id.encode() not in tree(target)[f"items/{one.id}.html"]


def test_a_feed_has_the_items_that_changed_last(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish_site, "FEED", 3)
    made = [
        full(id=f"SCC-VUL-2026-{number:04}", generated=f"2026-06-{1 + number * 7 % 10:02}T08:00:00Z")
        for number in range(1, 10)
    ]
    done = publish_site.publish(target, items(*made))
    assert len(done.items) == 9
    newest = sorted(made, key=lambda each: each.generated, reverse=True)[:3]
    told = json.loads((target / "feed.json").read_text())["items"]
    assert [each["title"] for each in told] and len(told) == 3
    assert [each["date_modified"] for each in told] == [each.generated for each in newest]
