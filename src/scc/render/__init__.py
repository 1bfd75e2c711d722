# SPDX-License-Identifier: Apache-2.0
"""Briefing to formats for people.

`html`, `pdf`, `markdown`, `json`, `docx` and `xlsx` take a Briefing and give the bytes of a file. The
same briefing gives the same bytes. Nothing here judges, selects or reads anything but the briefing;
`FORMATS` lists the formats by name. Writers and their libraries are imported on first use.
"""

from __future__ import annotations

from scc.model.briefing import Briefing
from scc.render.interface import FORMATS, Format

__all__ = ["FORMATS", "Format", "docx", "html", "json", "markdown", "pdf", "xlsx"]


def html(briefing: Briefing) -> bytes:
    """One self-contained page: no script, nothing fetched, readable on screen and on paper."""
    return FORMATS["html"].write(briefing)


def pdf(briefing: Briefing) -> bytes:
    """A tagged PDF (PDF/UA-1 and PDF/A-2a). Raises RenderError when the typesetter refuses."""
    return FORMATS["pdf"].write(briefing)


def markdown(briefing: Briefing) -> bytes:
    """GitHub-flavoured Markdown; all text of the briefing is escaped."""
    return FORMATS["md"].write(briefing)


def json(briefing: Briefing) -> bytes:
    """The contract itself: keys in the order of the schema, dictionaries sorted, indented by two."""
    return FORMATS["json"].write(briefing)


def docx(briefing: Briefing) -> bytes:
    """A Word document with real headings, tables and links."""
    return FORMATS["docx"].write(briefing)


def xlsx(briefing: Briefing) -> bytes:
    """A workbook: actions, deadlines, indicators, frameworks, vulnerabilities, sources."""
    return FORMATS["xlsx"].write(briefing)
