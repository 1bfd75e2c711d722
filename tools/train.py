# SPDX-License-Identifier: Apache-2.0
"""Trains the linear models of `content/models/` and prints the hashes of what they were trained on.

python tools/train.py --data DIR [--only techniques,weaknesses,scores] [--procedures FILE] [--weaknesses FILE]
    [--encoder DIR] [--cache DIR] [--out DIR]

DIR is the folder of labelled data (`attack-sentence/`, `cve/`, see docs/data.md); FILE an ATT&CK STIX bundle whose
procedure examples are added, and a CWE catalogue (JSON) whose descriptions and observed examples are added; the
folder of `--encoder` has what `tools/encoder.py` made, without which the network learns from labelled sentences alone. The same input gives the same bytes. scikit-learn is needed here and nowhere else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from scc.content.loader import ROOT
from scc.read.models.linear import Head, LinearModel, load, pack

Row = dict[str, Any]
KEEP = 6000
"""Weights kept a label, the largest: what is cut adds nothing that shows."""


def rows_of(path: Path) -> list[Row]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def to_model(
    name: str,
    found: dict[str, tuple[np.ndarray, float]],
    thresholds: tuple[float, ...],
    hashes: list[tuple[str, str]],
    keep: int = KEEP,
    shown: dict[str, float] | None = None,
) -> bytes:
    """The bytes of a model: the largest weights of each label in eight bits."""
    labels = sorted(found)
    scale, entries = [], []
    for column, label in enumerate(labels):
        weights = found[label][0]
        top = np.argpartition(-np.abs(weights), min(keep, len(weights) - 1))[:keep]
        top = top[weights[top] != 0]
        most = float(np.abs(weights[top]).max()) if len(top) else 1.0
        scale.append(round(most / 127, 8))
        eight = np.rint(weights[top] / (most / 127)).astype(np.int8)
        entries.extend(
            (int(place), column, int(value)) for place, value in zip(top, eight, strict=True) if value
        )
    entries.sort()
    places = np.array([each[0] for each in entries], dtype=np.uint32)
    index, counts = np.unique(places, return_counts=True)
    starts = np.concatenate(([0], np.cumsum(counts)))
    head = Head(
        name, tuple(labels), tuple(round(found[label][1], 6) for label in labels), tuple(scale), thresholds, len(index), len(entries), tuple(hashes), shown or {},
    )  # fmt: skip
    return pack(
        head, index, starts, np.array([each[1] for each in entries]), np.array([each[2] for each in entries])
    )


def usable(data: bytes, scratch: Path) -> LinearModel:
    """A model from its bytes, read as the product reads it."""
    scratch.write_bytes(data)
    load.cache_clear()
    model = load(scratch)
    assert model is not None
    return model


def hashed(root: Path, *names: str) -> list[tuple[str, str]]:
    """(name, sha256) of input files."""
    return [(name, hashlib.sha256((root / name).read_bytes()).hexdigest()) for name in names]


def main() -> int:
    """Train and write; 0 on success."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--procedures", type=Path)
    parser.add_argument("--weaknesses", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--only", default="techniques,weaknesses,scores")
    parser.add_argument("--cache", type=Path, help="keeps models out of fold, to share them with accuracy.py")
    parser.add_argument("--out", type=Path, default=ROOT / "models")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    wanted = given.only.split(",")
    made: dict[str, bytes] = {}
    learned_from: dict[str, list[tuple[str, str]]] = {}
    if "techniques" in wanted:
        hashes = hashed(given.data, "attack-sentence/data.jsonl")
        if given.procedures:
            hashes += hashed(given.procedures.parent, given.procedures.name)
        if given.encoder:
            hashes += hashed(given.encoder, "texts.json", "vectors.npy")
        import train_techniques

        for file, data in train_techniques.from_files(
            given.data, given.procedures, given.encoder, hashes, given.cache
        ).items():
            made[file] = data
            learned_from[file] = hashes
    if {"weaknesses", "scores"} & set(wanted):
        from ship_flaws import shipped  # brings much that techniques do without

        for name in ("weaknesses", "scores"):
            if name in wanted:
                file = f"{name}.bin"
                made[file], learned_from[file] = shipped(name, given.data, given.weaknesses, given.cache)
    for name, data in made.items():
        (given.out / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
        for file, digest in learned_from[name]:
            print(f"  trained on {file} {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
