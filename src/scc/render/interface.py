# SPDX-License-Identifier: Apache-2.0
"""The seam of this package: what a format is, and the list of them.

A writer is a module with `write(briefing: Briefing) -> bytes`: pure, deterministic, no network. It is
imported when it is first used, because templates, the typesetter and office libraries are heavy.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import Final

import msgspec

from scc.model.briefing import Briefing
from scc.model.errors import RenderError


class Format(msgspec.Struct, frozen=True):
    """One format for people."""

    name: str
    """As given on the command line, e.g. "md"."""
    media_type: str
    extension: str
    """With the dot."""
    module: str
    """The module that has `write`."""

    def write(self, briefing: Briefing) -> bytes:
        """The briefing as bytes of this format. Raises RenderError."""
        written = import_module(self.module).write(briefing)
        if not isinstance(written, bytes):
            raise RenderError(f"The writer {self.module} gave no bytes.", "This is a fault of the program.")
        return written


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
FORMATS: Final = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("html", "text/html; charset=utf-8", ".html", "scc.render.to_html"),
            Format("pdf", "application/pdf", ".pdf", "scc.render.to_pdf"),
            Format("md", "text/markdown; charset=utf-8", ".md", "scc.render.to_markdown"),
            Format("json", "application/json", ".json", "scc.render.to_json"),
            Format("docx", f"{_OFFICE}.wordprocessingml.document", ".docx", "scc.render.to_docx"),
            Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet", ".xlsx", "scc.render.to_xlsx"),
        )
    }
)
"""Formats by name, in the order in which they are offered."""
