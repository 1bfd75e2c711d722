# SPDX-License-Identifier: Apache-2.0
"""Traffic Light Protocol 2.0 labels (FIRST, August 2022) and their order of restriction."""

from __future__ import annotations

from typing import Final, Literal

Tlp = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]

ORDER: Final[tuple[Tlp, ...]] = (
    "TLP:CLEAR",
    "TLP:GREEN",
    "TLP:AMBER",
    "TLP:AMBER+STRICT",
    "TLP:RED",
)
"""Least to most restrictive."""

COLOURS: Final[dict[Tlp, str]] = {
    "TLP:CLEAR": "#FFFFFF",
    "TLP:GREEN": "#33FF00",
    "TLP:AMBER": "#FFC000",
    "TLP:AMBER+STRICT": "#FFC000",
    "TLP:RED": "#FF2B2B",
}
"""Text colours on black, as FIRST prescribes (TLP 2.0, section 'TLP in RGB, CMYK and Hex')."""


def parse(label: str) -> Tlp | None:
    """Read a label as people write it ("tlp:white", "TLP: amber+strict"); None if it is none.

    TLP 1.0 WHITE reads as CLEAR.
    """
    word = label.strip().upper().replace(" ", "")
    word = word.removeprefix("TLP:").removeprefix("TLP-").removeprefix("TLP_")
    if word == "WHITE":
        word = "CLEAR"
    if word in ("AMBER_STRICT", "AMBERSTRICT", "AMBER-STRICT"):
        word = "AMBER+STRICT"
    found = f"TLP:{word}"
    return next((label for label in ORDER if label == found), None)


def strictest(labels: list[Tlp] | tuple[Tlp, ...]) -> Tlp:
    """The most restrictive of the labels; of none, CLEAR."""
    return max(labels, key=ORDER.index, default="TLP:CLEAR")
