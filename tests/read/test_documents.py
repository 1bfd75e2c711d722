# SPDX-License-Identifier: Apache-2.0
"""Articles to documents: text, title, dates, publisher, tier, label, identity."""

from __future__ import annotations

import pytest
from tests.read.given import ARTICLE, PAGE, RSS, SOURCES, raw, read, read_all

from scc.model.document import Document, Raw, Source
from scc.model.provenance import Skipped
from scc.read import document, split
from scc.read.text.furniture import is_furniture


def test_markdown_with_front_matter() -> None:
    found = read(ARTICLE, "news/2020-01-01-gateway.md")
    assert (found.kind, found.format) == ("article", "markdown")
    assert found.title == "A flaw in Example Gateway is attacked"
    assert found.url == "https://press.example/2026/03/gateway"
    assert (found.publisher, found.tier, found.publisher_kind) == ("Example Wire", "T3", "press")
    assert (found.published, found.date_basis) == ("2026-03-05", "front-matter")
    assert (found.tlp, found.tlp_basis) == ("TLP:CLEAR", "source")
    lines = found.text.split("\n")
    assert lines[0] == found.title and lines.count(found.title) == 1
    # Wrapped lines flow, a link on a line of its own joins, no space before punctuation.
    assert (
        "The vendor has fixed it in version 4.2 and asks customers to install the update, which takes"
        in found.text
    )
    assert "4.0 | 4.2" in lines and "- Change *all* passwords." in lines
    assert 'grep -c "GET /memory" access.log' in lines
    assert found.links == ("https://vendor.example/advisory",)


def test_html_page() -> None:
    found = read(PAGE)
    assert found.format == "html" and found.title == "Example Gateway attacked"
    assert (found.published, found.date_basis) == ("2026-03-05T08:30:00Z", "json-ld")
    assert found.url == "https://press.example/2026/03/gateway" and found.publisher == "Example Wire"
    assert "CVE-2026-11111" in found.text and "4.0 | 4.2" in found.text
    assert "- Change all passwords." in found.text.split("\n")
    assert 'grep -c "GET /memory" access.log' in found.text
    for boilerplate in ("never shown", "Subscribe", "Cookie", "color:red"):
        assert boilerplate not in found.text
    assert found.links == ("https://vendor.example/advisory",)


def test_a_page_cannot_name_itself_into_a_tier() -> None:
    found = read(PAGE.replace("Example Wire", "CISA").replace("press.example", "evil-blog.net"))
    assert (found.publisher, found.tier, found.tlp) == ("CISA", "T3", "TLP:AMBER")


def test_feed_entries() -> None:
    first, second = read_all(RSS)
    assert first.format == second.format == "feed-entry"
    assert first.title == "Gateway attacked & fixed"
    assert (first.published, first.date_basis) == ("2026-03-05T08:30:00Z", "feed")
    assert first.text.split("\n")[0] == first.title
    assert "Attackers use CVE-2026-11111." in first.text and "alert" not in first.text
    assert "- Update" in first.text.split("\n")
    assert (second.published, second.date_basis) == ("", ""), "a broken date is unknown"
    assert "Text of the second." in second.text
    assert first.parent == second.parent != "" and (first.entry, second.entry) == ("g1", "g2")


def test_an_entry_is_no_better_than_its_feed() -> None:
    feed = Source("agg", "An Aggregator", "https://agg.example/f", "rss", "T3", domains=("agg.example",))
    linked = RSS.replace("https://press.example/2026", "https://www.cisa.gov/news/2026")
    found = document(split(raw(linked, source=feed))[0], SOURCES)
    assert (found.publisher, found.tier) == ("CISA", "T3")


def test_json_feed() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Example Wire", "home_page_url": "https://press.example/",
            "items": [{"id": "1", "url": "https://press.example/a", "title": "One", "content_text": "5 < 6 & <b>plain</b>", "date_published": "2026-03-05T10:00:00+02:00"}]}  # fmt: skip
    (found,) = read_all(feed)
    assert found.published == "2026-03-05T08:00:00Z" and "5 < 6 & <b>plain</b>" in found.text


def test_front_matter_states_publisher_tier_kind_and_label() -> None:
    text = "---\ntitle: T\npublisher: Example Research\ntier: T2\nkind: research\ntlp: TLP:AMBER\ndate: 2026-03-05\nurl: https://www.cisa.gov/x\n---\nBody of it.\n"
    found = read(text)
    assert (found.publisher, found.tier, found.publisher_kind) == ("Example Research", "T2", "research")
    assert (found.tlp, found.tlp_basis) == ("TLP:AMBER", "front-matter")


@pytest.mark.parametrize(
    ("text", "label", "basis"),
    [
        ("TLP:RED\n\nFor named recipients. https://cert.example/a", "TLP:RED", "text"),
        ("# A title\n\n**TLP:AMBER+STRICT**\n\nText of it.", "TLP:AMBER+STRICT", "text"),
        ("# A title\n\nTraffic Light Protocol: TLP:GREEN\n\nText of it.", "TLP:GREEN", "text"),
        ("# A title\n\nHe called it TLP:RED in a sentence that goes on for long.", "TLP:AMBER", "option"),
        ("# The labels\n\n- TLP:RED: nobody\n- TLP:AMBER: some\n- TLP:GREEN: many\n- TLP:CLEAR: all\n", "TLP:AMBER", "option"),
        ("---\ntlp: TLP:GREEN\n---\nTLP:RED\n\nText", "TLP:GREEN", "front-matter"),
        ("---\ntlp: internal only\n---\nText of it", "TLP:AMBER", "front-matter"),
        ("---\nurl: https://cert.example/1\n---\nText of it", "TLP:GREEN", "source"),
    ],
)  # fmt: skip
def test_label_order(text: str, label: str, basis: str) -> None:
    found = read(text)
    assert (found.tlp, found.tlp_basis) == (label, basis)


def test_option_labels_only_what_has_no_label() -> None:
    assert document(raw("Just a text of some words."), SOURCES, "TLP:GREEN").tlp == "TLP:GREEN"
    assert document(raw("---\ntlp: TLP:RED\n---\nText"), SOURCES, "TLP:CLEAR").tlp == "TLP:RED"


@pytest.mark.parametrize(
    ("text", "path", "published", "basis"),
    [
        ("A title\nMar 26, 2026\nBy the team\n\nText goes here.", "x.txt", "2026-03-26", "text"),
        ("# A title\n\nPublished on 5 March 2026\n\nText goes here.", "x.md", "2026-03-05", "text"),
        ("# A title\n\nOn March 5, 2026 attackers struck twice.", "x.md", "", ""),
        (
            "# A title\n\nThe flaw was known since March 5, 2026.",
            "2026-04-01-x.md",
            "2026-04-01",
            "file-name",
        ),
        ("# An advisory - 20260402001\n\nText goes here.", "y.md", "2026-04-02", "text"),
        ("# A title\n\nUpdated March 9, 2026\n\nText goes here.", "x.md", "", ""),
        ("---\ncollected: 2026-03-05\n---\nText goes here.", "2026-04-01-x.md", "", ""),
        ("---\ndate: 2026-13-45\n---\nText goes here.", "x.md", "", ""),
        (
            "+++\ntitle = 'T'\npath = '2026/03/05/t'\n+++\nText goes here.",
            "x.md",
            "2026-03-05",
            "front-matter",
        ),
    ],
)
def test_dates(text: str, path: str, published: str, basis: str) -> None:
    found = read(text, path)
    assert (found.published, found.date_basis) == (published, basis)


def test_signature_gives_the_source_where_there_is_no_address() -> None:
    assert read("# A warning\n\nExample CERT recommends to update.").tier == "T2"
    assert read("---\nurl: https://somewhere.example/x\n---\nExample CERT recommends to update.").tier == "T3"


def test_title_before_the_first_section() -> None:
    found = read("Hospitals attacked by mail\nMarch 5, 2026\n### Introduction\nThe mails came at night.\n")
    assert found.title == "Hospitals attacked by mail" and found.published == "2026-03-05"


def test_one_sentence_a_line_stays_so() -> None:
    text = "A first title line\nMarch 5, 2026\nThe first sentence is here.\nThe second one follows.\nOverview\n--------\nA third.\nA fourth.\n"
    assert "The first sentence is here.\nThe second one follows." in read(text).text


def test_yaml_article() -> None:
    text = "title: Cache of the cloud leaks\nseverity: high\npublishedAt: 2026/03/05\nsummary: |\n  A flaw in the cache let one tenant read what another stored there.\nreferences:\n  - https://research.example/cache\nimage: https://pictures.example/x.png\n"
    found = read(text)
    assert (found.format, found.published) == ("yaml-article", "2026-03-05")
    assert (
        found.text.startswith("Cache of the cloud leaks\n\nA flaw in the cache")
        and "severity: high" in found.text
    )
    assert found.links == ("https://research.example/cache",)


def test_yaml_incident_date_is_as_precise_as_stated() -> None:
    text = "---\nid: EX.1\nname: An evasion\nsummary: Somebody found a way past the model and told its maker about it.\nincident-date: 2020-01-01\nincident-date-granularity: YEAR\n"
    found = read(text)
    assert (found.published, found.date_basis) == ("2020", "incident")


def test_excerpt_is_said_by_the_document() -> None:
    found = read("# T\n\nSome words of it.\n\n[… excerpt ends; the rest is elsewhere]\n")
    assert found.excerpt and "excerpt ends" not in found.text


def test_mojibake_hidden_and_control_characters() -> None:
    found = read(
        "# It\u00e2\u0080\u0099s\n\nA\u200bB \u202eevil\u202c and a bell \x07 here, caf\u00c3\u00a9 stays."
    )
    assert "It’s" in found.title and "AB evil and a bell \ufffd here" in found.text
    assert found.replaced == 1


def test_identity_needs_address_and_text_only() -> None:
    one = document(raw(ARTICLE, "a/x.md"), SOURCES)
    assert one.id == document(raw(ARTICLE + "\n\n\n", "b/y.md"), SOURCES).id, (
        "white space and folder do not matter"
    )
    assert one.id != document(raw(ARTICLE.replace("ten minutes", "an hour"), "a/x.md"), SOURCES).id
    assert read("Some words.", "a").id != read("Some words.", "b").id, (
        "without address the path is the identity"
    )


def test_language() -> None:
    french = "# Vulnérabilité dans une passerelle\n\nUne vulnérabilité a été découverte dans la passerelle. Elle permet à un attaquant de provoquer un déni de service pour les utilisateurs et par le réseau.\n"
    assert read(french).language == "fr"


def test_nothing_of_a_file_or_folder_names_a_publisher() -> None:
    found = read("# A title\n\nText of it.", "articles/cisa/2026-01-01-cisa.md")
    assert (found.publisher, found.tier) == ("unknown", "T3")


def test_raw_of_the_network_keeps_its_source() -> None:
    taken = Raw(data=b"# T\n\nText of it.", url="https://unknown.example/x", source=SOURCES[2])
    found = document(taken, SOURCES)
    assert (found.publisher, found.tlp, found.source_id) == ("Example CERT", "TLP:GREEN", "cert")


@pytest.mark.parametrize(
    "line",
    ["Share this article", "Read more: Another flaw in a gateway", "Subscribe to our newsletter", "Lea también: Otra noticia", "Auch interessant",
     "The post A flaw in Example Gateway appeared first on Example Wire.", "Photo: Example Agency", "© 2026 Example Wire", "- Related articles"],
)  # fmt: skip
def test_furniture_of_a_page_is_not_its_text(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["Read more than one log: the attackers delete the first.", "Subscribers of the service lost their data.", "The newsletter of the company carried the malicious link.",
     "Share the indicators with your partners and look for them in your own logs.", "Print spooler flaws were fixed.", "Related to this flaw is CVE-2026-22222, which the vendor fixed in March.",
     "Follow the instructions of the vendor to install the update.", "Cookies of the session were stolen.", "Comment fields of the form were not checked."],
)  # fmt: skip
def test_text_that_sounds_like_furniture_stays(line: str) -> None:
    assert not is_furniture(line)


def test_an_entry_that_only_leads_to_its_page_is_an_excerpt() -> None:
    def entry(description: str) -> Document:
        feed = (
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Example Wire</title><item>"
            "<title>Flaw used</title><link>https://press.example/a</link>"
            f"<description>{description}</description></item></channel></rss>"
        )
        (only,) = split(Raw(data=feed.encode(), path="feed.xml"))
        assert isinstance(only, Raw)
        found = document(only, ())
        assert isinstance(found, Document)
        return found

    whole = "The vendor describes what happened in this sentence of some length. " * 8
    assert entry("The vendor has fixed a flaw.").excerpt
    assert entry(whole + "And the rest of it is on our pag").excerpt
    assert not entry(whole).excerpt


def test_a_profile_is_context_and_no_article() -> None:
    profile = '# Ours.\n\nname = "Example Hospital"\nsectors = ["health"]\n\n[roles]\nlead = "on call"\n'
    (only,) = split(Raw(data=profile.encode(), path="profile.txt"))
    found = only if isinstance(only, Skipped) else document(only, ())
    assert isinstance(found, Skipped)
    assert (found.outcome, found.rule) == ("context", "toml")
    prose = Raw(data=b"The value x = 1 was set.\n\nIt then broke for all of the users.", path="a.toml")
    (only,) = split(prose)
    assert isinstance(only, Raw)
    assert isinstance(document(only, ()), Document)
