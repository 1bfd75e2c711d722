# SPDX-License-Identifier: Apache-2.0
"""Elements of XML 1.0 as text. Values come without characters that XML forbids (`render.characters.visible`)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr


def element(name: str, value: str = "", **attributes: str) -> str:
    """One element with attributes and text, empty ones in the short form."""
    shown = "".join(f" {key}={quoteattr(each)}" for key, each in attributes.items())
    return f"<{name}{shown}>{escape(value)}</{name}>" if value else f"<{name}{shown}/>"
