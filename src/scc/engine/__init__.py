# SPDX-License-Identifier: Apache-2.0
"""The durable pipeline: which stage runs when. `run` takes inputs to briefings in a store."""

from __future__ import annotations

from scc.engine.options import Options
from scc.engine.report import InputReport, ItemReport, Report
from scc.engine.run import run

__all__ = ["InputReport", "ItemReport", "Options", "Report", "run"]
