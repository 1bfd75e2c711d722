# SPDX-License-Identifier: Apache-2.0
"""The HTML page in a real browser: width, contrast and names (axe), print. Needs an installed chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace

from scc import render
from scc.model.briefing import Briefing

pytestmark = pytest.mark.browser
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("SCC_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no chromium is installed")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    return tmp_path / "briefing.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", ["maximal", "minimal"])
def test_fits_and_has_no_serious_finding(
    name: str, width: int, scheme: str, browser: Any, page_file: Path, request: pytest.FixtureRequest
) -> None:
    from axe_core_python.sync_playwright import Axe

    page_file.write_bytes(render.html(request.getfixturevalue(name)))
    # The page's own policy forbids scripts, axe included; it is lifted for the check only.
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    serious = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"]) for each in serious] == []
    assert len(found["passes"]) > 15, "axe ran"
    context.close()


def test_nothing_is_asked_of_the_network_and_nothing_is_refused(
    browser: Any, maximal: Briefing, page_file: Path
) -> None:
    page_file.write_bytes(render.html(maximal))
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    assert said == []
    # The style sheet was let in by its hash: the decision box has its colour.
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.decide')).backgroundColor")
        == "rgb(11, 42, 74)"
    )
    page.close()


def test_long_words_do_not_widen_the_page(browser: Any, maximal: Briefing, page_file: Path) -> None:
    word = "x" * 400
    wide = replace(
        maximal,
        title=word,
        summary=(replace(maximal.summary[0], text=word),),
        indicators=(replace(maximal.indicators[0], value=word),),
        products=(replace(maximal.products[0], versions=word),),
    )
    page_file.write_bytes(render.html(wide))
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_print_marks_each_page_and_keeps_page_one_on_one_page(
    browser: Any, maximal: Briefing, page_file: Path
) -> None:
    page_file.write_bytes(render.html(maximal))
    page = browser.new_page()
    page.goto(page_file.as_uri())
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    texts = [each.get_textpage().get_text_range() for each in printed]
    assert [each.count("TLP:AMBER") for each in texts] == [2] * len(texts)
    assert maximal.page_one.line in texts[0].replace("\r\n", " ")
    assert "SCC item ID" in texts[1]
    page.close()
