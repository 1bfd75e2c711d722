# SPDX-License-Identifier: Apache-2.0
"""Mode, the right short list of actions, their order, gate and notes."""

from __future__ import annotations

from scc.plan.plan import plan

__all__ = ["plan"]
