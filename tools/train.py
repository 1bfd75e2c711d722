# SPDX-License-Identifier: Apache-2.0
"""Trains the linear models of `content/models/` and prints the hashes of what they were trained on.

python tools/train.py --data DIR [--only techniques,weaknesses,scores] [--procedures FILE] [--weaknesses FILE] [--out DIR]

DIR is the folder of labelled data (`attack-sentence/`, `cve/`, see docs/data.md); FILE an ATT&CK STIX bundle whose
procedure examples are added, and a CWE catalogue (JSON) whose descriptions and observed examples are added. The same input gives the same bytes. scikit-learn is needed here and nowhere else.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))

from calibration import FOLDS, Unit, best_threshold, fold_of, merged, printable
from scc.content.loader import ROOT
from scc.read.models import PLACES, Head, LinearModel, features, load, pack

Row = dict[str, Any]
KEEP = 6000
"""Weights kept a label, the largest: what is cut adds nothing that shows."""


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


# Techniques


def parent(technique: str) -> str:
    return technique.split(".")[0]


def procedures(path: Path | None) -> list[tuple[str, str]]:
    """(text, technique) of the procedure examples of an ATT&CK bundle, without citations and links."""
    if path is None:
        return []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        objects = json.load(stream)["objects"]
    ids = {
        each["id"]: next(
            (
                ref["external_id"]
                for ref in each["external_references"]
                if ref.get("source_name") == "mitre-attack"
            ),
            "",
        )
        for each in objects
        if each["type"] == "attack-pattern"
    }
    found = []
    for each in objects:
        if (
            each["type"] == "relationship"
            and each.get("relationship_type") == "uses"
            and each.get("target_ref") in ids
            and each.get("description")
        ):
            text = re.sub(r"\(Citation:[^)]*\)|<[^>]*>", " ", each["description"])
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
            found.append((text, ids[each["target_ref"]]))
    return sorted(found)


def technique_targets(
    rows: list[Row], extra: list[tuple[str, str]], least: int = 8
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Targets and masks. Labels: techniques that the rows have, and their parents, with at least `least` sentences.

    One source labels 50 techniques with sub-techniques, the other parents only: a sentence whose label is a
    parent says nothing on its sub-techniques, and is left out for them.
    """
    count: Counter[str] = Counter()
    for row in rows:
        for label in set(row["labels"]) | {parent(each) for each in row["labels"]}:
            count[label] += 1
    labels = sorted(label for label, number in count.items() if number >= least)
    size = len(rows) + len(extra)
    targets = {label: np.zeros(size, dtype=np.int8) for label in labels}
    masks = {label: np.ones(size, dtype=bool) for label in labels}
    for number, (row_labels, source) in enumerate(
        [(row["labels"], row["source"]) for row in rows] + [([each[1]], "procedure") for each in extra]
    ):
        exact = set(row_labels)
        wide = {parent(each) for each in row_labels}
        for label in exact | wide:
            if label in targets:
                targets[label][number] = 1
        if source == "annoctr":
            for label in labels:
                if "." in label and parent(label) in wide:
                    masks[label][number] = False
    return targets, masks


def train_techniques(
    rows: list[Row],
    extra: list[tuple[str, str]],
    hashes: list[tuple[str, str]],
    thresholds: tuple[float, ...] = (0.5,),
    shown: dict[str, float] | None = None,
) -> bytes:
    """The model of techniques in sentences."""
    x = matrix([row["text"] for row in rows] + [each[0] for each in extra])
    targets, masks = technique_targets(rows, extra)
    return to_model("techniques-1", fit(x, targets, masks, 6.0, 2.0), thresholds, hashes, shown=shown)


def technique_units(
    rows: list[Row], reports: list[Row], extra: list[tuple[str, str]], scratch: Path
) -> tuple[list[Unit], list[Unit], list[tuple[str, ...]]]:
    """Sentences and documents with scores of models that have not seen their document, and the labels by fold."""
    import predict

    scores: list[Any] = [None] * len(rows)
    labels: list[tuple[str, ...]] = []
    for fold in range(FOLDS):
        model = usable(
            train_techniques([row for row in rows if fold_of(row["doc"]) != fold], extra, []), scratch
        )
        labels.append(model.head.labels)
        numbers = [number for number, row in enumerate(rows) if fold_of(row["doc"]) == fold]
        for number, found in zip(
            numbers, model.scores([rows[each]["text"] for each in numbers]), strict=True
        ):
            scores[number] = found
    by_doc: dict[str, list[Any]] = {}
    for number, row in enumerate(rows):
        by_doc.setdefault(row["doc"], []).append(scores[number])
    sentence_units = [
        Unit(
            row["source"],
            frozenset(row["labels"]),
            scores[number],
            fold_of(row["doc"]),
            frozenset(predict.stated(row["text"])),
        )
        for number, row in enumerate(rows)
    ]
    report_units = [
        Unit(
            row["source"],
            frozenset(row["techniques"]),
            merged(by_doc[row["id"]]),
            fold_of(row["id"]),
            frozenset(predict.stated(row["text"])),
        )
        for row in reports
        if row["id"] in by_doc
    ]
    return sentence_units, report_units, labels


def calibrated_techniques(
    data: Path, bundle: Path | None, hashes: list[tuple[str, str]], scratch: Path
) -> bytes:
    """The model trained on everything, with thresholds from scores out of fold."""
    rows = rows_of(data / "attack-sentence/data.jsonl")
    extra = procedures(bundle)
    space = frozenset(json.loads((data / "attack-sentence/label_space.json").read_text())["tram50"])
    sentence_units, report_units, labels = technique_units(
        rows, rows_of(data / "attack-report/data.jsonl"), extra, scratch
    )
    thresholds = (best_threshold(sentence_units, labels, space), best_threshold(report_units, labels, space))
    return train_techniques(rows, extra, hashes, thresholds, printable(report_units, labels, space))


def hashed(root: Path, *names: str) -> list[tuple[str, str]]:
    """(name, sha256) of input files."""
    return [(name, hashlib.sha256((root / name).read_bytes()).hexdigest()) for name in names]


def main() -> int:
    """Train and write; 0 on success."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--procedures", type=Path)
    parser.add_argument("--weaknesses", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", default="techniques,weaknesses,scores")
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
        made["techniques"] = calibrated_techniques(
            given.data, given.procedures, hashes, given.out / "fold.part"
        )
        (given.out / "fold.part").unlink(missing_ok=True)
        learned_from["techniques"] = hashes
    if {"weaknesses", "scores"} & set(wanted):
        from ship_flaws import shipped  # brings much that techniques do without

        for name in ("weaknesses", "scores"):
            if name in wanted:
                made[name], learned_from[name] = shipped(name, given.data, given.weaknesses, given.cache)
    for name, data in made.items():
        (given.out / f"{name}.bin").write_bytes(data)
        print(f"{name}.bin: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
        for file, digest in learned_from[name]:
            print(f"  trained on {file} {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
