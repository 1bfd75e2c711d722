# SPDX-License-Identifier: Apache-2.0
"""Mode, the right short list of actions, their order, gate and notes."""

from __future__ import annotations

from scc.plan.check import Fault, check
from scc.plan.plan import plan

__all__ = ["Fault", "check", "plan"]
