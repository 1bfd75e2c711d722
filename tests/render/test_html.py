# SPDX-License-Identifier: Apache-2.0
"""The HTML page: nothing is fetched, nothing of a source becomes markup, citations lead there and back."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from msgspec.structs import replace

from scc import render
from scc.model.briefing import Briefing
from scc.model.tlp import COLOURS, ORDER

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>body{display:none}</style>",
    "{{ 7*7 }} {% raw %}",
    "javascript:alert(1)",
    '=HYPERLINK("http://evil.example","x")',
    "\u202egpj.exe\u202c",
    "]]><!--",
    "&lt;b&gt;",
    "\x00\x07\x1b[31m",
    "\ud800 lone",
)
NAMES = frozenset(
    "html head meta title style body a div header span main article p h1 h2 h3 section strong sup ul ol li input label "
    "pre code dl dt dd table thead tbody tr th td br abbr figure figcaption q footer details summary".split()
)


def _tree(page: bytes) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page.decode("utf-8"))


def _shape(page: bytes) -> list[str]:
    return [each.tag for each in _tree(page).iter() if isinstance(each.tag, str)]


def _check_inert(page: bytes) -> None:
    for each in _tree(page).iter():
        assert isinstance(each.tag, str), "no comments, no processing instructions"
        assert each.tag in NAMES
        for name, value in each.attrib.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "style", "action", "formaction")
            if name == "href":
                assert value.startswith(("#", "https://", "http://"))
    assert _tree(page).xpath("count(//style)") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str, fill: Callable[[str], Briefing]) -> None:
    page = render.html(fill(text))
    _check_inert(page)
    # The dot makes the note about defanged indicators appear in both or in none.
    plain = render.html(fill("plain.text" if "." in text else "plain"))
    # Same elements in the same order as with a harmless text: nothing broke out of its place.
    assert _shape(page) == _shape(plain)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_stays_text(text: str, fill: Callable[[str], Briefing]) -> None:
    _check_inert(render.html(fill(text)))


def test_a_huge_field_is_written_whole(maximal: Briefing) -> None:
    page = render.html(replace(maximal, title="A<" * 50_000)).decode("utf-8")
    assert page.count("A&lt;" * 50_000) == 3  # title element, first and second heading


def test_direction_marks_are_shown_not_obeyed(maximal: Briefing) -> None:
    page = render.html(replace(maximal, title="invoice\u202egpj.exe")).decode("utf-8")
    assert "invoice[U+202E]gpj.exe" in page
    assert "\u202e" not in page


def test_letters_of_any_script_pass(maximal: Briefing) -> None:
    title = "漏洞 ثغرة уязвимость 🛡️"
    assert title in render.html(replace(maximal, title=title)).decode("utf-8")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>1</script>",
        "https://bank.example@evil.example/",
        "//evil.example/",
        "http://",
        "https://evil.example/\u202e",
        "file:///etc/passwd",
        "https://[::1",
    ],
)
def test_only_plain_web_addresses_become_links(url: str, maximal: Briefing) -> None:
    sources = tuple(replace(each, url=url) for each in maximal.sources)
    links = _tree(render.html(replace(maximal, sources=sources))).xpath("//tr[starts-with(@id,'source-')]//a")
    assert links == []


def test_outside_links_tell_no_referrer(maximal: Briefing) -> None:
    links = _tree(render.html(maximal)).xpath("//a[starts-with(@href,'http')]")
    assert {each.get("href") for each in links} >= {each.url for each in maximal.sources if each.url}
    assert {each.get("rel") for each in links} == {"noreferrer"}


def test_nothing_is_fetched_and_the_style_is_the_only_one_allowed(maximal: Briefing) -> None:
    tree = _tree(render.html(maximal))
    assert tree.xpath("//script|//link|//img|//iframe|//object|//form") == []
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = tree.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "url(" not in style and "@import" not in style


def test_citations_lead_there_and_back(maximal: Briefing) -> None:
    tree = _tree(render.html(maximal))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {each.removeprefix("#") for each in tree.xpath("//a[starts-with(@href,'#')]/@href")}
    assert targets <= set(ids)
    for citation in maximal.citations:
        entry = tree.get_element_by_id(f"cite-{citation.id}")
        backs = entry.xpath(".//a[@class='back']/@href")
        uses = tree.xpath(f"//a[@href='#cite-{citation.id}']/@id")
        assert uses and [f"#{each}" for each in uses] == backs
        if citation.quote:
            assert citation.quote in entry.text_content()


def test_a_citation_that_does_not_exist_is_no_link(maximal: Briefing) -> None:
    first = replace(maximal.summary[0], citations=(999,))
    tree = _tree(render.html(replace(maximal, summary=(first, *maximal.summary[1:]))))
    assert tree.xpath("//a[@href='#cite-999']") == []
    assert "999" in tree.xpath("//section[h2='Executive summary']//sup[1]")[0].text_content()


def test_sections_stand_in_the_order_of_the_reference(maximal: Briefing) -> None:
    headings = [each.text_content() for each in _tree(render.html(maximal)).xpath("//h2")]
    assert headings == [
        "Decide",
        "Does it concern us?",
        "What we know",
        "What we do not know",
        "What would change this",
        "Do now",
        maximal.title,
        "Executive summary",
        "Technical analysis",
        "Action checklist",
        "IR and forensic enrichment",
        "Per-action details",
        "Detection guidance",
        "Framework mappings",
        "MITRE ATT&CK mapping",
        "Vulnerabilities",
        "Weaknesses",
        "What the sources dispute",
        "Linked items",
        "Duties and deadlines",
        "What changed since revision 1",
        "Sources",
        "Citations",
        "Notes on the making",
        "Disclaimer",
    ]


def test_empty_sections_are_absent_and_reasons_are_shown(minimal: Briefing) -> None:
    tree = _tree(render.html(minimal))
    headings = {each.text_content() for each in tree.xpath("//h2")}
    assert headings.isdisjoint(
        {"Technical analysis", "MITRE ATT&CK mapping", "Vulnerabilities", "Framework mappings"}
    )
    text = tree.text_content()
    assert "not applicable, because no CVE is associated with this item" in text
    assert "Eradication: not applicable, because nothing technical happened." in text
    assert minimal.indicators_note in text


def test_every_statement_carries_its_sid(maximal: Briefing) -> None:
    sids = set(_tree(render.html(maximal)).xpath("//@data-sid"))
    wanted = {
        each.sid
        for each in (*maximal.summary, *maximal.analysis, *maximal.escalation, *maximal.page_one.known)
    }
    assert wanted <= sids


@pytest.mark.parametrize("label", ORDER)
def test_tlp_mark_as_first_prescribes(label: str, maximal: Briefing) -> None:
    page = render.html(replace(maximal, tlp=label))
    tree = _tree(page)
    marks = tree.xpath("//*[@class='tlp']")
    assert [each.text_content() for each in marks] == [label, label]
    assert (
        marks[0].getparent().getparent().tag == "header" and marks[1].getparent().getparent().tag == "footer"
    )
    style = tree.xpath("//style")[0].text
    of_body = tree.xpath("//body/@class")[0]
    colour = re.search(rf"\.{re.escape(of_body)} \.tlp[^{{]*\{{color:(#[0-9a-f]+)", style)
    assert colour is not None
    wanted = COLOURS[label].lower()
    assert colour[1] in (wanted, "#" + wanted[1::2])
    assert re.search(r"\.tlp\{[^}]*background:#000", style)


def test_same_briefing_same_bytes(maximal: Briefing) -> None:
    assert render.html(maximal) == render.html(maximal)


def test_network_indicators_are_defanged(maximal: Briefing) -> None:
    page = render.html(maximal).decode("utf-8")
    value = next(each.value for each in maximal.indicators if each.type == "url")
    assert "hxxps://www[.]sysdig[.]com/blog/" in page
    assert value not in page
