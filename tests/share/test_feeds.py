# SPDX-License-Identifier: Apache-2.0
"""Atom, RSS and JSON Feed: what RFC 4287 and JSON Feed 1.1 demand, read back by feedparser and lxml."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given
from lxml import etree
from tests.share.briefings import briefing, context, nasty, plain, spoiled

from scc.model.decision import Decision
from scc.share import EXPORTS, Context, NotApplicable, Records, atom, jsonfeed, rss
from scc.share.feed_entries import NOTHING, Place

NAMES = ("atom", "rss", "jsonfeed")
A = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z")
PLACE = Place(own="https://feeds.example/items.xml", home="https://feeds.example/?a=1&b=2")
ONCE_IN_FEED = ("generator", "icon", "logo", "rights", "subtitle")
ONCE_IN_ENTRY = ("content", "published", "rights", "source", "summary")
KNOWN = {
    "author", "category", "content", "contributor", "generator", "icon", "id", "link", "logo", "published", "rights",
    "source", "subtitle", "summary", "title", "updated", "entry", "feed", "name", "uri", "email",
}  # fmt: skip


def second() -> dict[str, Any]:
    return {**plain("minimal"), "id": "SCC-ADV-2026-0007", "generated": "2026-08-23T09:30:00.5Z"}


def both(known: Context | None = None) -> list[tuple[Any, Context]]:
    return [(briefing(plain("maximal")), known or context()), (briefing(second()), known or context())]


def root(data: bytes | NotApplicable) -> etree._Element:
    assert isinstance(data, bytes)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def texts(element: etree._Element, name: str) -> list[str]:
    return [each.text or "" for each in element.findall(A + name)]


def check_atom(data: bytes | NotApplicable) -> etree._Element:
    """The feed after all that RFC 4287 says with MUST of the elements that we write."""
    feed = root(data)
    assert feed.tag == A + "feed" and not feed.text.strip()
    assert {each.tag.removeprefix(A) for each in feed.iter()} <= KNOWN  # 6.2: no foreign markup of ours
    for each in feed.iter():
        assert set(each.attrib) <= {
            "type", "term", "rel", "href", "title", "{http://www.w3.org/XML/1998/namespace}lang",
        }  # fmt: skip
    entries = feed.findall(A + "entry")
    # 4.1.1: authors, unless every entry has one; one id, title and updated; the others at most once.
    assert feed.findall(A + "author") or all(each.findall(A + "author") for each in entries)
    for name in ("id", "title", "updated"):
        assert len(feed.findall(A + name)) == 1
        assert all(len(each.findall(A + name)) == 1 for each in entries)
    for name in ONCE_IN_FEED:
        assert len(feed.findall(A + name)) <= 1
    # 4.1.1, 4.1.2: no two alternate links of one type and language; without content an alternate link.
    for each in (feed, *entries):
        alternate = [link for link in each.findall(A + "link") if link.get("rel", "alternate") == "alternate"]
        assert len(alternate) == len({(link.get("type"), link.get("hreflang")) for link in alternate})
    for each in entries:
        for name in ONCE_IN_ENTRY:
            assert len(each.findall(A + name)) <= 1
        (content,) = each.findall(A + "content")
        # 4.1.3: html is escaped and has no child elements; no src, so no summary is needed.
        assert content.get("type") == "html" and not len(content) and not content.get("src")
        fragment = etree.HTML(f"<div>{content.text}</div>")
        assert {one.tag for one in fragment.iter()} <= {"html", "body", "div", "p", "h3", "ul", "li", "a"}
    for each in feed.iter():
        name = each.tag.removeprefix(A)
        if name in ("title", "subtitle", "rights"):  # 3.1.1: text has no child elements
            assert each.get("type", "text") == "text" and not len(each)
        if name in ("updated", "published"):  # 3.3: RFC 3339 with capital T and Z
            assert MOMENT.fullmatch(each.text)
        if name == "id":  # 4.2.6: an absolute IRI
            assert urlsplit(each.text).scheme and not each.text.isspace()
        if name == "category":  # 4.2.2
            assert each.get("term")
        if name == "link":  # 4.2.7
            assert urlsplit(each.get("href")).scheme and each.get("rel") in ("self", "alternate", "related")
        if name == "author":  # 3.2: exactly one name, at most one uri and email
            assert Counter(one.tag.removeprefix(A) for one in each) == {"name": 1} and each[0].text
        if name == "generator":
            assert each.text
    # 4.1.1: entries of one id differ in updated; ours have an id each.
    assert len({texts(each, "id")[0] for each in entries}) == len(entries)
    return feed


def check_json(data: bytes | NotApplicable) -> dict[str, Any]:
    """The feed after what JSON Feed 1.1 requires."""
    assert isinstance(data, bytes)
    feed = json.loads(data)
    assert (
        feed["version"] == "https://jsonfeed.org/version/1.1"
        and feed["title"]
        and isinstance(feed["items"], list)
    )
    assert set(feed) <= {
        "version", "title", "home_page_url", "feed_url", "description", "authors", "language", "items"
    }  # fmt: skip
    for each in feed["authors"]:
        assert set(each) & {"name", "url", "avatar"}
    for each in feed["items"]:
        assert isinstance(each["id"], str) and each["id"]
        assert each["content_html"] and each["content_text"]
        assert MOMENT.fullmatch(each["date_published"]) and MOMENT.fullmatch(each["date_modified"])
        assert all(isinstance(tag, str) and tag for tag in each["tags"])
        for name, value in each.items():
            if name.endswith("url"):
                assert urlsplit(value).scheme in ("http", "https")
            if name.startswith("_"):
                assert isinstance(value, dict) and re.fullmatch("_[a-z]+", name)
    assert len({each["id"] for each in feed["items"]}) == len(feed["items"])
    return feed


def check_rss(data: bytes | NotApplicable) -> etree._Element:
    """The channel after what RSS 2.0 requires."""
    found = root(data)
    assert found.tag == "rss" and found.get("version") == "2.0" and len(found) == 1
    channel = found[0]
    assert channel.tag == "channel"
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1 and channel.find(name).text
    for each in channel.findall("item"):
        assert each.find("title").text and each.find("description").text
        assert each.find("guid").get("isPermaLink") == "false"
        assert len(each.findall("link")) <= 1
    return channel


CHECKS = {"atom": check_atom, "rss": check_rss, "jsonfeed": check_json}


def check(name: str, data: bytes | NotApplicable) -> Any:
    found = CHECKS[name](data)
    if name != "jsonfeed":
        read = feedparser.parse(data)
        assert not read.bozo, read.bozo_exception
        assert read.version == {"atom": "atom10", "rss": "rss20"}[name]
        assert len(read.entries) == len(found.findall(A + "entry") or found.findall("item"))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_of_items_is_newest_first_and_of_the_rules(name: str) -> None:
    found = check(name, EXPORTS[name].write_many(both()))
    titles = {
        "atom": lambda: [texts(each, "title")[0] for each in found.findall(A + "entry")],
        "rss": lambda: [each.find("title").text for each in found.findall("item")],
        "jsonfeed": lambda: [each["title"] for each in found["items"]],
    }[name]()
    assert titles == [second()["title"], plain("maximal")["title"]]
    assert EXPORTS[name].write_many(both()) == EXPORTS[name].write_many(both()[::-1])


@pytest.mark.parametrize("name,writer", [("atom", atom), ("rss", rss), ("jsonfeed", jsonfeed)])
def test_the_place_of_a_feed_stands_in_it_when_it_is_known(name: str, writer: Any) -> None:
    data = writer.write_many(both(), PLACE)
    check(name, data)
    if name == "jsonfeed":
        assert (json.loads(data)["feed_url"], json.loads(data)["home_page_url"]) == (PLACE.own, PLACE.home)
    else:
        read = feedparser.parse(data).feed
        assert {each["rel"]: each["href"] for each in read.links} == {
            "self": PLACE.own,
            "alternate": PLACE.home,
        }


def test_feedparser_reads_title_dates_tags_and_links() -> None:
    for name in ("atom", "rss"):
        (each,) = feedparser.parse(
            EXPORTS[name].write(*both(context(created="2026-08-20T08:00:00Z"))[0])
        ).entries
        assert each.title == plain("maximal")["title"]
        assert each.published_parsed[:5] == (2026, 8, 20, 8, 0) and each.updated_parsed[:5] == (
            2026,
            8,
            22,
            12,
            0,
        )
        assert {"TLP:AMBER", "vulnerability", "severity:critical", "CVE-2025-55182"} <= {
            one.term for one in each.tags
        }
        assert each.links[0].href.startswith("https://")
        assert "React Server Components carry a flaw" in (
            each.content[0].value if name == "atom" else each.summary
        )


def test_an_entry_keeps_its_id_and_a_feed_of_one_item_has_its_own() -> None:
    one = check_json(EXPORTS["jsonfeed"].write(*both()[0]))
    many = check_json(EXPORTS["jsonfeed"].write_many(both()))
    assert one["items"][0]["id"] == many["items"][1]["id"]
    ids = [texts(check_atom(each), "id")[0] for each in (
        EXPORTS["atom"].write(*both()[0]), EXPORTS["atom"].write(*both()[1]), EXPORTS["atom"].write_many(both()),
        EXPORTS["atom"].write_many(both()[:1]),
    )]  # fmt: skip
    assert len(set(ids)) == 3 and ids[2] == ids[3]


def test_of_two_revisions_the_later_stays() -> None:
    old = {**plain("maximal"), "revision": 1, "title": "old", "generated": "2026-08-30T00:00:00Z"}
    for order in (1, -1):
        pair = [(briefing(old), context()), both()[0]][::order]
        (each,) = check_json(EXPORTS["jsonfeed"].write_many(pair))["items"]
        assert each["title"] == plain("maximal")["title"]


@pytest.mark.parametrize("name", NAMES)
def test_a_withdrawn_item_says_so_and_nothing_else(name: str) -> None:
    ruled = Decision(
        id="d", kind="withdraw", author="who", time="2026-08-23T00:00:00Z", reason="mistaken <b>", target="SCC-VUL-2026-0042"
    )  # fmt: skip
    for values, known in (
        ({"status": "withdrawn"}, context()),
        ({}, context(records=Records(decisions=(ruled,)))),
    ):
        data = EXPORTS[name].write(briefing({**plain("maximal"), **values}), known)
        check(name, data)
        assert isinstance(data, bytes) and b"Withdrawn: React2Shell" in data
        assert b"carry a flaw" not in data and b"CISA" not in data and b"who" not in data
        assert (b"mistaken" in data) is bool(known.records.decisions)


@pytest.mark.parametrize("name", NAMES)
def test_dismissed_items_are_in_no_feed(name: str) -> None:
    gone = briefing({**plain("maximal"), "status": "dismissed"})
    assert EXPORTS[name].write(gone, context()) == NOTHING == EXPORTS[name].write_many([])
    assert plain("maximal")["title"] not in str(EXPORTS[name].write_many([(gone, context()), both()[1]]))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_us_stands_in_a_feed(name: str) -> None:
    data = EXPORTS[name].write(*both()[0])
    assert isinstance(data, bytes)
    for word in (b"portal", b"priority", b"Developer on duty", b"npm ls"):
        assert word not in data


@pytest.mark.parametrize("name", NAMES)
@given(texts_=nasty())
def test_hostile_texts_make_valid_feeds(name: str, texts_: list[str]) -> None:
    pair = [(briefing(spoiled(values, texts_)), context()) for values in (plain("maximal"), second())]
    data = EXPORTS[name].write_many(pair)
    found = check(name, data)
    assert isinstance(data, bytes)
    if name == "jsonfeed":
        for each in found["items"]:
            tags = {one.tag for one in etree.HTML(f"<div>{each['content_html']}</div>").iter()}
            assert tags <= {"html", "body", "div", "p", "h3", "ul", "li", "a"}
    assert not re.search(rb"href=.{0,12}(?:javascript|data|file):", data)
    # What may not stand in XML 1.0 (section 2.2), nor what turns the reading direction around.
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", data.decode()
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_megabyte_is_cut(name: str) -> None:
    values = plain("maximal")
    values["title"] = values["summary"][0]["text"] = "&<x" * 400_000
    data = EXPORTS[name].write(briefing(values), context())
    check(name, data)
    assert isinstance(data, bytes) and len(data) < 500_000
