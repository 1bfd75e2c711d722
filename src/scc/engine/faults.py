# SPDX-License-Identifier: Apache-2.0
"""Crashes on purpose, for tests: end the process at the nth point at which a crash must do no harm."""

from __future__ import annotations

import os
from collections.abc import Callable

EXIT = 137
"""Exit code of a process that was killed."""


def ending(point: int) -> Callable[[str], None]:
    """A `reach` that ends the process, without any clean-up, when it is called for the nth time."""
    left = point

    def reach(name: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os._exit(EXIT)

    return reach if point > 0 else (lambda name: None)


class Counted:
    """A `reach` that only notes the points it passes, to know how many there are."""

    def __init__(self) -> None:
        self.points: list[str] = []

    def __call__(self, name: str) -> None:
        self.points.append(name)
