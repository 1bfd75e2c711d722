# SPDX-License-Identifier: Apache-2.0
"""What the model of techniques is trained on: labelled sentences, reports, the procedure examples of ATT&CK.

Says which labels there are, what each row says of each label and how much it weighs. Trains and measures nothing.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

import scc.knowledge
from calibration import fold_of
from scc.read.techniques.sentence_features import PLACES, sentence_features
from train import Row, rows_of

LEAST_ROWS = 4
"""Labelled sentences from which a technique is a label."""
POSITIVE = 2.0
"""Weight of a labelled sentence: there are few."""
NOT_ASKED = 0.3
"""Weight of "not this parent" where the annotators were not asked for all its sub-techniques."""
EXAMPLE_NOT = 0.5
"""Weight of "not this one" of a procedure example: it is given for one technique, and may show others."""


def parent(technique: str) -> str:
    return technique.partition(".")[0]


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


class Data:
    """The labelled sentences by document, reports, procedure examples, and the 50 labels of one source."""

    def __init__(
        self, rows: list[Row], reports: list[Row], examples: list[tuple[str, str]], space: frozenset[str]
    ):
        self.rows, self.reports, self.examples, self.space = rows, reports, examples, space
        self.directions: Any = None
        """`directions.Directions` where vectors of an encoder are at hand."""
        self.x = matrix([row["text"] for row in rows])
        self.x_examples = matrix([text for text, _ in examples])
        self.fold = np.array([fold_of(row["doc"]) for row in rows])
        self.documents: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            self.documents[row["doc"]].append(number)

    def labels(self, without: frozenset[int]) -> tuple[str, ...]:
        """What sentences outside the folds `without` have often enough: the 50 labels, parents of all."""
        count: Counter[str] = Counter()
        for number, row in enumerate(self.rows):
            if self.fold[number] not in without:
                count.update({parent(each) for each in row["labels"]})
                count.update(each for each in row["labels"] if "." in each and each in self.space)
        return tuple(sorted(label for label, seen in count.items() if seen >= LEAST_ROWS))


def matrix(texts: Sequence[str]) -> csr_matrix:
    """Rows of hashed features, each divided by the root of its number of features, as at run time."""
    if not texts:
        return csr_matrix((0, PLACES))
    places, owner = sentence_features(texts)
    sizes = np.bincount(owner, minlength=len(texts))
    starts = np.concatenate(([0], np.cumsum(sizes)))
    return csr_matrix((1.0 / np.sqrt(sizes)[owner], places, starts), shape=(len(texts), PLACES))


def targets(
    rows: Sequence[Row], examples: Sequence[tuple[str, str]], labels: Sequence[str], space: frozenset[str]
) -> tuple[Any, Any]:
    """0 or 1 by row and label, and the weight of each.

    One source labels 50 techniques, sub-techniques exactly; the other parents only. A sentence whose label is a parent
    says nothing on its sub-techniques (weight 0); one without a label says little on a parent of which only one
    sub-technique was asked for.
    """
    place = {label: column for column, label in enumerate(labels)}
    of_parent = defaultdict(list)
    for label in labels:
        if "." in label:
            of_parent[parent(label)].append(place[label])
    not_asked = [place[label] for label in labels if "." not in label and label not in space]
    y = np.zeros((len(rows) + len(examples), len(labels)), np.float32)
    weight = np.ones_like(y)
    for number, row in enumerate(rows):
        wide = {parent(each) for each in row["labels"]}
        if row["source"] != "annoctr":
            weight[number, not_asked] = NOT_ASKED
        for label in wide | set(row["labels"]):
            if label in place:
                y[number, place[label]] = 1.0
                weight[number, place[label]] = POSITIVE
        if row["source"] == "annoctr":
            for each in wide:
                unknown = [column for column in of_parent[each] if not y[number, column]]
                weight[number, unknown] = 0.0
    for number, (_, technique) in enumerate(examples, len(rows)):
        weight[number] = EXAMPLE_NOT
        for label in {technique, parent(technique)} & place.keys():
            y[number, place[label]] = weight[number, place[label]] = 1.0
    return y, weight


def older_ids(labels: Sequence[str]) -> dict[str, str]:
    """Ids of ATT&CK that are no label to the label with the same meaning: revoked before the labels, or since."""
    knowledge = scc.knowledge.open()
    have = set(labels) | {parent(each) for each in labels}

    def fits(id_: str) -> bool:
        return id_ in have or parent(id_) in have

    ids = sorted(each.id for each in knowledge.techniques() if each.domain == "enterprise")
    now = {id_: knowledge.resolve("attack", id_).current for id_ in ids}
    earlier = defaultdict(list)
    for id_, current in now.items():
        for each in current:
            earlier[each].append(id_)
    found = {}
    for id_ in ids:
        if fits(id_):
            continue
        options = [each for current in now[id_] for each in (current, *earlier[current]) if fits(each)]
        if options:
            found[id_] = options[0]
    return found


def read_data(folder: Path, bundle: Path | None) -> Data:
    """The labelled data of a folder and the examples of a bundle."""
    space = json.loads((folder / "attack-sentence/label_space.json").read_text())["tram50"]
    return Data(
        rows_of(folder / "attack-sentence/data.jsonl"),
        rows_of(folder / "attack-report/data.jsonl"),
        procedures(bundle),
        frozenset(space),
    )
