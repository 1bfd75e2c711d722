# SPDX-License-Identifier: Apache-2.0
"""Story to Assessment. Pure."""

from __future__ import annotations

from scc.assess.judge import assess

__all__ = ["assess"]
