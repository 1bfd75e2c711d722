# SPDX-License-Identifier: Apache-2.0
"""What of a page is its article: lead and captions are, what classes say stands beside it is not."""

from __future__ import annotations

import pytest

from scc.read.text.furniture import is_furniture
from scc.read.text.html import read_page

LEAD = "Attackers use a flaw of the gateway to read sessions; the vendor asks customers to update today."
BODY = (
    "The vendor found sessions on Monday that nobody had opened, and a customer saw requests from outside to the page "
    "that shows the memory of the device, which is reached without an account."
)


def page(before: str = "", after: str = "", wrapper: str = "entry-content", head: str = "") -> str:
    paragraphs = "".join(f"<p>{number}: {BODY}</p>" for number in range(6))
    return (
        f"<html><head><title>Gateway</title>{head}</head><body><header><h1>Gateway attacked</h1>{before}</header>"
        f'<div class="{wrapper}">{paragraphs}{after}</div><footer>Imprint</footer></body></html>'
    )


@pytest.mark.parametrize(
    "before",
    [f'<p class="article__standfirst">{LEAD}</p>', f'<div class="lead"><p>{LEAD}</p></div>', f'<h2 class="c-head__subtitle">{LEAD}</h2>'],
)  # fmt: skip
def test_the_lead_between_headline_and_article_comes_first_and_once(before: str) -> None:
    text = read_page(page(before)).text
    assert text.startswith(LEAD) and text.count(LEAD) == 1 and BODY in text


def test_the_page_says_itself_what_its_lead_is() -> None:
    head = f'<meta property="og:description" content="{LEAD[:70]} …">'
    assert read_page(page(f"<div><p>{LEAD}</p></div>", head=head)).text.startswith(LEAD)


def test_no_lead_is_taken_from_links_beside_the_article_or_where_the_text_has_it() -> None:
    teaser = f'<ul><li class="teaser"><a href="/x">{LEAD}</a></li></ul>'
    assert LEAD not in read_page(page(teaser)).text
    inside = page(f'<p class="summary">{LEAD}</p>').replace("<p>0:", f"<p>{LEAD} 0:")
    assert read_page(inside).text.count(LEAD) == 1


@pytest.mark.parametrize(
    "name", ["newsletter-promo", "related-posts", "social-share", "author-bio", "jp-relatedposts"]
)
def test_what_stands_beside_the_article_is_left_out(name: str) -> None:
    beside = f'<div class="{name}"><p>Words of another thing altogether, by another hand.</p></div>'
    text = read_page(page(after=beside)).text
    assert "another hand" not in text and BODY in text


def test_an_article_is_kept_whatever_its_element_is_called() -> None:
    assert BODY in read_page(page(wrapper="single_content read-more")).text


def test_captions_are_kept() -> None:
    caption = "Figure 2: the loader asks updates.example for its second stage"
    figure = f'<figure><img src="x.png"><figcaption>{caption}</figcaption></figure>'
    assert caption in read_page(page(after=figure)).text


def test_nested_marked_elements_end_the_search_not_the_page() -> None:
    deep = '<div class="promo">' * 200 + "x" * 100_000 + "</div>" * 200
    assert "0: The vendor found" in read_page(page(after=deep)).text


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("¡Mira lo que tiene nuestro canal de YouTube!", True),
        ("Join our Telegram channel today!", True),
        ("Category: Press releases", True),
        ("Copyright: Jane Doe", True),
        ("The bot posts stolen cookies to a channel on Telegram.", False),
        ("Copyright holders were among the victims.", False),
    ],
)
def test_lines_of_the_page(line: str, furniture: bool) -> None:
    assert is_furniture(line) is furniture


def test_an_article_of_one_paragraph_is_its_text_and_not_its_menu() -> None:
    menu = "".join(
        f'<div class="tree"><a href="/{number}">Section {number} of the paper</a></div>'
        for number in range(150)
    )
    said = " ".join(f"{number}. {BODY}" for number in range(4))
    html = f"<html><head><title>Gateway</title></head><body><div>{menu}</div><div><h1>Gateway attacked</h1><div><p>{said}</p></div></div></body></html>"
    text = read_page(html).text
    assert said in text and "Section 7 of" not in text
