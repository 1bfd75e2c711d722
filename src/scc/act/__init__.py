# SPDX-License-Identifier: Apache-2.0
"""Tasks, gaps, reviews; which items are one job."""

from __future__ import annotations

from scc.act.jobs import Job, jobs

__all__ = ["Job", "jobs"]
