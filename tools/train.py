# SPDX-License-Identifier: Apache-2.0
"""Trains the linear models of `content/models/` and prints the hashes of what they were trained on.

python tools/train.py --data DIR [--only techniques,weaknesses,scores] [--procedures FILE] [--cache DIR] [--out DIR]

DIR is the folder of labelled data (`attack-sentence/`, `cve/`, see docs/data.md); FILE an ATT&CK STIX bundle whose
procedure examples are added. The same input gives the same bytes. scikit-learn is needed here and nowhere else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))

from scc.content.loader import ROOT
from scc.read.models import PLACES, Head, LinearModel, features, load, pack

Row = dict[str, Any]
KEEP = 6000
"""Weights kept a label, the largest: what is cut adds nothing that shows."""
METRICS = {"AV": "NALP", "AC": "LH", "PR": "NLH", "UI": "NR", "S": "UC", "C": "HLN", "I": "HLN", "A": "HLN"}


def rows_of(path: Path) -> list[Row]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def matrix(texts: list[str]) -> csr_matrix:
    """Hashed features of texts, each row divided by the root of its number of features, as at run time."""
    found = [features(text) for text in texts]
    sizes = np.array([len(each) for each in found])
    starts = np.concatenate(([0], np.cumsum(sizes)))
    flat = np.fromiter((place for each in found for place in each), dtype=np.int64, count=int(starts[-1]))
    data = np.repeat(1.0 / np.sqrt(np.maximum(sizes, 1)), sizes)
    return csr_matrix((data, flat, starts), shape=(len(texts), PLACES))


def idf(x: csr_matrix) -> np.ndarray:
    """Weight of a feature: rare ones count more; about one for a rare word. Folded into the weights after training."""
    seen = np.bincount(x.indices, minlength=PLACES)
    most = np.log(1 + x.shape[0])
    return np.where(seen > 0, (np.log((1 + x.shape[0]) / (1 + seen)) + 1) / most, 0.0)


def one_label(x: csr_matrix, y: np.ndarray, c: float, balance: float = 1.0) -> tuple[np.ndarray, float]:
    """Weights and bias of one label by logistic regression; `balance` weights the positives."""
    model = LogisticRegression(
        C=c,
        solver="liblinear",
        dual=True,
        max_iter=40,
        tol=0.1,
        random_state=7,
        class_weight={0: 1.0, 1: balance},
    )
    model.fit(x, y)
    return model.coef_[0], float(model.intercept_[0])


def fit(
    x: csr_matrix,
    targets: dict[str, np.ndarray],
    masks: dict[str, np.ndarray] | None,
    c: float,
    balance: float,
) -> dict[str, tuple[np.ndarray, float]]:
    """(weights, bias) of each label; `masks` leaves out rows of which a label is not known."""
    weight = idf(x)
    scaled = x.multiply(weight).tocsr()
    found = {}
    for label in sorted(targets):
        y = targets[label]
        mask = masks.get(label) if masks else None
        part, wanted = (scaled, y) if mask is None else (scaled[mask], y[mask])
        if wanted.sum() == 0 or wanted.all():
            continue
        coefficients, bias = one_label(part, wanted, c, balance)
        found[label] = (coefficients * weight, bias)
    return found


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


# Weaknesses and scores


def train_weaknesses(
    rows: list[Row], hashes: list[tuple[str, str]], c: float = 20.0, keep: int = 1500
) -> bytes:
    """The model of weaknesses in descriptions of flaws: one label a CWE with at least three rows."""
    labelled = [row for row in rows if row.get("cwe")]
    count = Counter(row["cwe"] for row in labelled)
    x = matrix([row["text"] for row in labelled])
    targets = {
        cwe: np.array([row["cwe"] == cwe for row in labelled], dtype=np.int8)
        for cwe, number in sorted(count.items())
        if number >= 3
    }
    return to_model("weaknesses-1", fit(x, targets, None, c, 1.0), (0.5,), hashes, keep)


def metrics_of(vector: str) -> dict[str, str]:
    """Base metrics of a CVSS 3.x vector."""
    return dict(
        part.split(":", 1) for part in vector.split("/") if ":" in part and not part.startswith("CVSS")
    )


def train_scores(rows: list[Row], hashes: list[tuple[str, str]], c: float = 5.0, keep: int = 6000) -> bytes:
    """One label a value of each CVSS 3.1 base metric ("AV:N") and of the SSVC points ("automatable:yes")."""
    x = matrix([row["text"] for row in rows])
    targets: dict[str, np.ndarray] = {}
    masks: dict[str, np.ndarray] = {}
    vectors = [
        metrics_of(row["vector"]) if row.get("vector", "").startswith("CVSS:3") else {} for row in rows
    ]
    for metric, values in METRICS.items():
        for value in values:
            targets[f"{metric}:{value}"] = np.array(
                [each.get(metric) == value for each in vectors], dtype=np.int8
            )
            masks[f"{metric}:{value}"] = np.array([metric in each for each in vectors])
    for point, values in (("automatable", ("yes", "no")), ("technical_impact", ("total", "partial"))):
        told = [str((row.get("ssvc") or {}).get(point, "")).lower() for row in rows]
        for value in values:
            targets[f"{point}:{value}"] = np.array([each == value for each in told], dtype=np.int8)
            masks[f"{point}:{value}"] = np.array([each != "" for each in told])
    return to_model("scores-1", fit(x, targets, masks, c, 1.0), (0.5,), hashes, keep)


def hashed(root: Path, *names: str) -> list[tuple[str, str]]:
    """(name, sha256) of input files."""
    return [(name, hashlib.sha256((root / name).read_bytes()).hexdigest()) for name in names]


def main() -> int:
    """Train and write; 0 on success."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--procedures", type=Path)
    parser.add_argument("--only", default="techniques,weaknesses,scores")
    parser.add_argument("--cache", type=Path, help="keeps models out of fold, to share them with accuracy.py")
    parser.add_argument("--out", type=Path, default=ROOT / "models")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    wanted = given.only.split(",")
    made: dict[str, bytes] = {}
    if "techniques" in wanted:
        hashes = hashed(given.data, "attack-sentence/data.jsonl")
        if given.procedures:
            hashes += hashed(given.procedures.parent, given.procedures.name)
        import train_techniques

        made["techniques"], context = train_techniques.from_files(
            given.data, given.procedures, hashes, given.cache
        )
        (given.out / "techniques-context.json").write_bytes(context)
    cve = rows_of(given.data / "cve/vulnrichment.jsonl") if {"weaknesses", "scores"} & set(wanted) else []
    hashes = hashed(given.data, "cve/vulnrichment.jsonl") if cve else []
    if "weaknesses" in wanted:
        made["weaknesses"] = train_weaknesses(cve, hashes)
    if "scores" in wanted:
        made["scores"] = train_scores(cve, hashes)
    for name, data in made.items():
        (given.out / f"{name}.bin").write_bytes(data)
        print(f"{name}.bin: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
        for file, digest in (
            Head.__struct_fields__ and usable(data, given.out / f"{name}.bin").head.trained_on
        ):
            print(f"  trained on {file} {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
