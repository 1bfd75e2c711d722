# SPDX-License-Identifier: Apache-2.0
"""`python -m scc` is the command `scc`."""

from __future__ import annotations

from scc.cli.main import run

if __name__ == "__main__":
    run()
