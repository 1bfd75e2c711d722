# SPDX-License-Identifier: Apache-2.0
"""Our own data and its one strict loader."""

from __future__ import annotations

from scc.content.loader import Content, open

__all__ = ["Content", "open"]
