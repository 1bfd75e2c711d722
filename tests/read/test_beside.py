# SPDX-License-Identifier: Apache-2.0
"""What stands beside an article is left out by its role, its heading or because it is hidden; sections of the article stay."""

from __future__ import annotations

import pytest

from scc.read.text.furniture import is_furniture, without_head
from scc.read.text.html import read_page

BODY = (
    "The vendor found sessions on Monday that nobody had opened, and a customer saw requests from outside to the page "
    "that shows the memory of the device, which is reached without an account."
)
OTHER = "Words of another thing altogether, by another hand."
LINK = f'<a href="/x">{OTHER}</a>'


def text(after: str, before: str = "", head: str = "", title: str = "Gateway attacked from outside") -> str:
    paragraphs = "".join(f"<p>{number}: {BODY}</p>" for number in range(6))
    return read_page(
        f"<html><head><title>{title}</title>{head}</head><body><div class='entry'><h1>{title}</h1>{before}{paragraphs}{after}</div></body></html>"
    ).text


@pytest.mark.parametrize(
    "after",
    [
        f"<h3>Related articles</h3><ul><li>{LINK}</li></ul>",
        f"<div><h2>Read next</h2></div><div>{LINK}</div>",
        f"<h3>About the author</h3><p>{OTHER}</p>",
        f"<h4>3 Comments</h4><div><p>{OTHER}</p></div>",
        f"<div hidden><p>{OTHER}</p></div>",
        f'<div class="link-box d-none"><p>{OTHER}</p></div>',
        f'<div style="display: none"><p>{OTHER}</p></div>',
        f'<div role="dialog"><p>{OTHER}</p></div>',
        f'<div id="x-popup">{f"<p>{OTHER * 4}</p>" * 3}</div>',
        f'<div itemprop="author"><p>{OTHER}</p></div>',
        f'<div class="teaser"><h3><a href="/x">Another story</a></h3><p>{OTHER}</p></div>',
        f'<p class="byline">{OTHER}</p>',
    ],
)
def test_it_is_left_out(after: str) -> None:
    found = text(after)
    assert "another hand" not in found and "5: The vendor" in found


@pytest.mark.parametrize(
    "after",
    [
        f"<h3>More on the exploit</h3><p>{OTHER}</p>",
        f"<h3>Related articles</h3><ul><li>{LINK}</li></ul><h3>Indicators</h3><p>{OTHER}</p>",
        f'<div class="d-none d-md-block"><p>{OTHER}</p></div>',
        f"<h3>About the author</h3>{f'<p>{OTHER * 4}</p>' * 3}",
        f'<figure><img src="x.png"><figcaption>Figure 2: {OTHER}</figcaption></figure>',
    ],
)
def test_the_article_is_kept(after: str) -> None:
    assert "another hand" in text(after)


def test_a_page_of_teasers_is_made_of_them() -> None:
    teasers = "".join(
        f'<div class="teaser"><h3><a href="/{number}">Story {number} of the week</a></h3><p>{number}: {BODY}</p></div>'
        for number in range(8)
    )
    page = f"<html><head><title>The week in flaws</title></head><body><main><h1>The week in flaws</h1>{teasers}</main></body></html>"
    assert "7: The vendor" in read_page(page).text


def test_captions_of_press_photographs_are_left_out() -> None:
    figure = f'<figure><img src="x.png"><figcaption>{OTHER} Photo: Jane Doe/AFP</figcaption></figure>'
    assert "another hand" not in text(figure)


@pytest.mark.parametrize("kept", ["<pre>curl -k https://10.0.0.1/x</pre>", "<table><tr><td>curl</td><td>7.1</td></tr></table>", "<ul><li>curl 7.1 is affected by it</li></ul>"])  # fmt: skip
def test_code_tables_and_lists_stay(kept: str) -> None:
    assert "curl" in text(kept)


def test_the_head_of_a_page_is_no_text() -> None:
    head = "News\nGateway attacked\nBy Jane Doe and John Roe\nMarch 5, 2026 10:00 UTC\nThe vendor found sessions."
    assert without_head(head, "Gateway attacked", dated=True) == "The vendor found sessions."
    assert "March 5" in without_head(head, "Gateway attacked", dated=False)


def test_labels_keep_their_values() -> None:
    labelled = "Gateway attacked\nReported\nMarch 5, 2026\nIssued\nMarch 6, 2026"
    assert without_head(labelled, "Gateway attacked", dated=True) == labelled.partition("\n")[2]


def test_a_word_is_no_title_where_the_page_has_a_headline() -> None:
    page = read_page(
        "<html><head><title>News</title></head><body><h1>Gateway attacked from outside today</h1></body></html>"
    )
    assert page.meta.title == "Gateway attacked from outside today"


def test_the_address_tells_the_date_that_nothing_else_tells() -> None:
    link = '<link rel="canonical" href="https://press.example/blog/2026/03/05/gateway/">'
    meta = read_page(f"<html><head><title>A B C</title>{link}</head><body><p>{BODY}</p></body></html>").meta
    assert (meta.published, meta.date_basis) == ("2026-03-05", "address")
    broken = link.replace("press.example", "[press")
    assert read_page(f"<html><head>{broken}</head><body><p>{BODY}</p></body></html>").text


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("Story continues below advertisement", True),
        ("Image source, Getty Images", True),
        ("Follow Jane on Twitter @jane", True),
        ("12 comments", True),
        ("Image files are encrypted with AES.", False),
        ("The comments in the code are Russian.", False),
    ],
)
def test_lines(line: str, furniture: bool) -> None:
    assert is_furniture(line) is furniture
