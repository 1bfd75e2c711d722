# SPDX-License-Identifier: Apache-2.0
"""Markdown: no text of a source becomes markup; one snapshot detects change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from scc import render
from scc.model.briefing import Briefing
from scc.render import markdown_text

GOLDEN = Path(__file__).parent / "golden" / "maximal.md"


def _tokens(page: bytes) -> list[Token]:
    flat: list[Token] = []
    for token in (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(page.decode())
    ):
        flat.append(token)
        flat.extend(token.children or [])
    return flat


def _check_inert(page: bytes) -> None:
    for token in _tokens(page):
        assert token.type not in ("html_block", "image", "code_block", "s_open", "blockquote_open")
        if token.type == "html_inline":
            assert token.content == "<br>"
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith(("https://", "http://"))
            assert "evil" not in str(token.attrs["href"])


def _headings(page: bytes) -> list[str]:
    return [each.tag for each in _tokens(page) if each.type == "heading_open"]


HOSTILE = (
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/p.png)",
    "a | b | c",
    "`code` ``more``",
    "# heading",
    "- item\n- item",
    "1. one",
    "> quote",
    "***",
    "---",
    "===",
    "~~~\ncode\n~~~",
    "```\nfence\n```",
    "[^1]: footnote",
    "[ref]: http://evil.example",
    "http://evil.example www.evil.example a@evil.example",
    "<http://evil.example>",
    "&lt;script&gt; &#x41;",
    "    indented",
    "\\",
    "line\n\n# new",
    "\u202eturned",
    "$x$ ^sup^ ==mark==",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str, fill: Callable[[str], Briefing]) -> None:
    page = render.markdown(fill(text))
    _check_inert(page)
    assert _headings(page) == _headings(render.markdown(fill("plain.text" if "." in text else "plain")))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        alphabet=st.one_of(st.sampled_from("\\`*_[]()<>#|-+=~&!:.^ \n1a"), st.characters()),
        min_size=1,
        max_size=30,
    )
)
def test_any_text_stays_text(text: str, fill: Callable[[str], Briefing]) -> None:
    _check_inert(render.markdown(fill(text)))


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="\\`*_[]()<>#|-+=~&!:.^ 1ah@$", min_size=1, max_size=30))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse("x " + markdown_text.text(text))
    assert [each.type for each in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    read = "".join(each.content for each in tokens[1].children or [])
    assert read.split() == ["x", *text.split()]


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="`ab| ", min_size=1, max_size=20))
def test_a_code_span_holds_its_text(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse("x " + markdown_text.code(text))
    spans = [each for each in tokens[1].children or [] if each.type == "code_inline"]
    assert [each.content.strip() for each in spans] == ([" ".join(text.split())] if text.split() else [])


def test_a_bar_in_a_table_cell_opens_no_column(maximal: Briefing) -> None:
    rows = (replace(maximal.indicators[0], value="a|b|c", note="d|e"),)
    page = render.markdown(replace(maximal, indicators=rows))
    cells = [each for each in _tokens(page) if each.type == "td_open"]
    plain = render.markdown(replace(maximal, indicators=(replace(rows[0], value="abc", note="de"),)))
    assert len(cells) == len([each for each in _tokens(plain) if each.type == "td_open"])


def test_commands_stand_as_written_in_fences(maximal: Briefing) -> None:
    fences = [each.content.rstrip("\n") for each in _tokens(render.markdown(maximal)) if each.type == "fence"]
    for action in maximal.actions:
        for command in (*action.commands, *action.compensating_commands):
            assert command.text in fences


def test_each_citation_is_defined_and_used(maximal: Briefing) -> None:
    page = render.markdown(maximal).decode()
    for citation in maximal.citations:
        assert page.count(f"\n[^{citation.id}]: ") == 1
        assert page.count(f"[^{citation.id}]") >= 2


def test_marked_first_and_last(maximal: Briefing) -> None:
    page = render.markdown(maximal).decode()
    assert page.startswith("**TLP:AMBER**\n") and page.count("**TLP:AMBER**") == 2
    assert page.endswith("\n") and not page.endswith("\n\n")


def test_golden(maximal: Briefing) -> None:
    """Detects change only; after an intended one write the file anew and read the difference."""
    assert render.markdown(maximal).decode("utf-8") == GOLDEN.read_text("utf-8")
