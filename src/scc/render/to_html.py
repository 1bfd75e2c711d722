# SPDX-License-Identifier: Apache-2.0
"""The briefing as one HTML file: nothing is fetched, no script, allowed by its own content policy.

All text is escaped by the template engine; an address becomes a link only when `links.safe` allows it.
Superscript numbers lead to the citation, the citation leads back to each use.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any

from scc.model.briefing import Briefing
from scc.render.labels import CONTENT
from scc.render.view import view


class References:
    """Hands out an anchor for each use of a citation while the page is written."""

    def __init__(self) -> None:
        self._uses: dict[int, list[str]] = {}

    def use(self, number: int) -> str:
        """A new anchor for a use of citation `number`."""
        anchors = self._uses.setdefault(number, [])
        anchors.append(f"ref-{number}-{len(anchors) + 1}")
        return anchors[-1]

    def uses(self, number: int) -> list[str]:
        """The anchors handed out so far for citation `number`."""
        return self._uses.get(number, [])


def write(briefing: Briefing) -> bytes:
    """The page as UTF-8."""
    from markupsafe import Markup

    template, style = _template()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    page: str = template.render(
        d=view(briefing),
        refs=References(),
        known=frozenset(each.id for each in briefing.citations),
        style=Markup(style),
        style_hash=f"sha256-{digest}",
        tlp_class=briefing.tlp.lower().replace(":", "-").replace("+", "-"),
    )
    return page.encode("utf-8")


@lru_cache(maxsize=1)
def _template() -> tuple[Any, str]:
    """The compiled template and the style sheet, read once in a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = CONTENT / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("briefing.html.j2"), (folder / "briefing.css").read_text("utf-8")
