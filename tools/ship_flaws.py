# SPDX-License-Identifier: Apache-2.0
"""The models of flaws as they ship: trained on every row, calibrated on scores out of fold."""

from __future__ import annotations

import hashlib
from pathlib import Path

import calibration_flaws
import train_flaws


def shipped(
    name: str, data: Path, catalogue: Path | None, cache: Path | None
) -> tuple[bytes, list[tuple[str, str]]]:
    """(bytes of a model's file, (file, sha256) of what it was trained on); `name` is "weaknesses" or "scores"."""
    rows = train_flaws.rows_of(data / "cve/vulnrichment.jsonl")
    used = [(f"cve/{each}", data / "cve" / each) for each in ("vulnrichment.jsonl",)]
    if name == "weaknesses":
        used.append(("cve/kev.jsonl", data / "cve/kev.jsonl"))
        if catalogue is not None:
            used.append((f"cwe/{catalogue.name}", catalogue))
        learned = train_flaws.weakness_rows(data / "cve", catalogue)
        rows = [row for row in rows if row.get("cwe")]
        make, headed = train_flaws.train_weaknesses, calibration_flaws.weakness_head
    else:
        learned = rows
        make, headed = train_flaws.train_scores, calibration_flaws.score_head
    hashes = [(file, hashlib.sha256(path.read_bytes()).hexdigest()) for file, path in used]
    folds = train_flaws.cross(name, learned, make, cache)
    (model,) = train_flaws.kept(f"{name}-all", cache, lambda: [make(learned, hashes)])
    head = headed(model.head, folds, calibration_flaws.unseen(folds, rows), None)
    return model.again(head).packed(), hashes
