# SPDX-License-Identifier: Apache-2.0
"""What a text is about, whether it is news of security at all, phrases, sections and hostile text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.read.reading import article, facts, observed

import scc.content
import scc.knowledge
from scc import read
from scc.model.document import Raw
from scc.model.facts import Noise, Technique, Topic, Weakness
from scc.model.provenance import Skipped
from scc.read.page import Page
from scc.read.phrases import Phrases, Words


def heaviest(text: str, title: str) -> str:
    types = {
        "vulnerability",
        "threat",
        "malware",
        "breach",
        "supply-chain",
        "governance",
        "disruption",
        "advisory",
    }
    found = [each for each in facts(Topic, text, title=title) if each.key in types]
    return max(found, key=lambda each: each.weight).key if found else ""


@pytest.mark.parametrize(
    ("title", "text", "type_"),
    [
        (
            "Critical flaw in Acme Gateway lets attackers run code",
            "The vulnerability CVE-2026-1111 allows remote code execution. A patch is out.",
            "vulnerability",
        ),
        (
            "Acme Retail discloses data breach of 2 million customers",
            "Customer records with names and email addresses were stolen.",
            "breach",
        ),
        (
            "New banking trojan spreads by fake apps",
            "The malware steals credentials and infects phones with a dropper.",
            "malware",
        ),
        (
            "Malicious npm packages steal tokens of developers",
            "The packages were published to the npm registry by a compromised maintainer account.",
            "supply-chain",
        ),
        (
            "State-sponsored hackers target ministries with spear-phishing",
            "The espionage campaign has run since May.",
            "threat",
        ),
        (
            "White House signs executive order on AI security",
            "The order directs federal agencies to report.",
            "governance",
        ),
        (
            "Faulty update causes global outage",
            "Services were offline for hours after the update.",
            "disruption",
        ),
    ],
)
def test_type_with_most_weight(title: str, text: str, type_: str) -> None:
    assert heaviest(text, title) == type_


def test_facets() -> None:
    keys = {
        each.key
        for each in facts(
            Topic,
            "The ransomware crew hit a water utility and its SCADA systems.",
            title="Ransomware hits industrial control systems",
        )
    }
    assert {"ransomware", "ics"} <= keys
    assert "mobile" not in keys


@pytest.mark.parametrize(
    ("title", "text", "rule"),
    [
        (
            "Weekly Recap: zero-days, breaches and more",
            "The vulnerability of the week and a data breach.",
            "recap",
        ),
        ("Podcast: what ransomware crews do next", "Listen to the malware talk.", "podcast"),
        ("Webinar: stop ransomware with our platform", "Register now and book a demo.", "marketing"),
        ("Acme launches new dashboard", "The product shows charts.", "product-news"),
        (
            "Rising Ballers grows team in football space",
            "The company produces videos for young fans.",
            "off-topic",
        ),
    ],
)
def test_noise_rule(title: str, text: str, rule: str) -> None:
    assert rule in {each.rule for each in facts(Noise, text, title=title)}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Botnet launches record DDoS attacks", "The malware infected devices and attacks run."),
        ("Acme Retail confirms data breach", "Customer data was stolen by hackers."),
        (
            "Emergency Directive 26-01",
            "Agencies must patch the exploited vulnerability within 14 days of issuance.",
        ),
    ],
)
def test_news_is_not_noise(title: str, text: str) -> None:
    assert facts(Noise, text, title=title) == []


def test_phrases_match_beginnings_choices_and_gaps_inside_a_sentence() -> None:
    index = Phrases([("exploit* ..2 wild", "a"), ("zero-day|zeroday", "b"), ("hasn't been", "c")])
    text_words = Words("Exploited in the wild. A zero-day; it hasn’t been seen")
    assert [each.value for each in index.find(text_words)] == ["a", "c"]
    with pytest.raises(ValueError, match="no gap in front"):
        Phrases([("..3 wild", "x")])


def test_sections_are_told_by_headings() -> None:
    page = Page(
        article(
            "Intro of the text.\n\nMitigations\n\nPatch now.\n\nIndicators of Compromise\n\nDomains\n\na.b\n\nReferences\n\nlink"
        )
    )
    kinds = [each.kind for each in page.sections]
    assert kinds == ["advice", "iocs", "reference"]
    assert page.section(page.text.index("a.b")) == "iocs"


def test_same_text_gives_the_same_observations() -> None:
    text = "CVE-2026-1111 in Acme Gateway before 1.2.3 is exploited in the wild by APT28 from 45.9.148[.]108."
    assert observed(text) == observed(text)
    assert len({each.id for each in observed(text)}) == len(observed(text))


@pytest.mark.parametrize(
    "seed",
    [
        "a", "A ", "a.", "1.", "[.", "( ", "@", "a@a.", "http://a.", "C:\\a\\", "HKLM\\a ", "/tmp/", "CVE-2024-1234 ", "AV:N/", "CVSS ", "Within 3 days of ", "by ",
        "shall ", "(a) ", "exploited ", "1,000 ", "Jan 1 ", "::", "version 1.2 ", "A before 1.1 and ", "attributed to ", "group called ", "T1059 ", "18 U.S.C. ", "\n", "| ", "é", "İ", "🙂", "Mozilla/5.0 (", "bc1q", "Acme said ",
    ],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(seed: str) -> None:
    # Not timed: a pattern that backtracks without bound would not come back from a text of this length.
    text = (seed * (200_000 // len(seed) + 1))[:200_000]
    assert isinstance(observed(text), tuple)


@pytest.mark.parametrize("seed", ["attributed to ", "fixed in 1.2.3; ", "exploited ", "must by 1 May 2026 "])
def test_one_long_sentence_is_read_to_its_end(seed: str) -> None:
    # Not timed either: with the square of its length it would take many minutes.
    text = seed * (400_000 // len(seed))
    assert isinstance(observed(text), tuple)


@pytest.mark.corpus
def test_reference_briefing(data: Path) -> None:
    path = data / "reference" / "briefing-example.txt"
    if not path.is_file():
        pytest.skip("the reference briefing is not at hand")
    document = read.document(Raw(path.read_bytes(), path=str(path)), ())
    assert not isinstance(document, Skipped)
    found = read.observe(document, scc.knowledge.open(), scc.content.open())
    techniques = {each.fact.stated_id: each.fact for each in found if isinstance(each.fact, Technique)}
    assert sorted(techniques) == ["T1078", "T1190", "T1195", "T1562", "T1566", "T1584", "T1588", "T1588.006"]
    assert techniques["T1562"].id == "T1685"
    assert sorted(each.fact.id for each in found if isinstance(each.fact, Weakness)) == [
        "CWE-1395",
        "CWE-287",
        "CWE-693",
    ]
    assert not [
        each
        for each in found
        if getattr(each.fact, "type", "") and getattr(each.fact, "role", "") == "observed"
    ]


@pytest.mark.corpus
def test_types_of_the_development_corpus(data: Path) -> None:
    """At least nine in ten documents with a hand-set type get it from the heaviest topic (or its facet)."""
    manifest = json.loads((data / "corpus" / "MANIFEST.json").read_text())
    mapped = {"data-breach": "breach", "ransomware": "malware", "campaign": "threat", "phishing": "threat"}
    facets = {"ai-security": "ai", "mobile": "mobile", "ics": "ics"}
    right = total = 0
    for entry in manifest["entries"]:
        if not entry["path"].startswith("articles/") or not entry.get("type"):
            continue
        path = data / "corpus" / entry["path"]
        document = read.document(Raw(path.read_bytes(), path=str(path)), ())
        if isinstance(document, Skipped):
            continue
        topics = {
            each.fact.key: each.fact.weight
            for each in read.observe(document, scc.knowledge.open(), scc.content.open())
            if isinstance(each.fact, Topic)
        }
        types = {
            key: weight
            for key, weight in topics.items()
            if key
            not in (
                "exploited",
                "ransomware",
                "ics",
                "mobile",
                "ai",
                "identity",
                "cloud",
                "fraud",
                "wiper",
                "phishing",
            )
        }
        total += 1
        wanted = entry["type"]
        if wanted in facets:
            right += facets[wanted] in topics
        else:
            right += max(types, key=lambda key: types[key], default="") == mapped.get(wanted, wanted)
    assert right / total >= 0.9
