# SPDX-License-Identifier: Apache-2.0
"""Trains the model of techniques; `tools/train.py` calls it, `tools/accuracy_techniques.py` measures it out of fold.

Two steps, as at run time (`scc.read.techniques.technique_model`): a linear model of each label and a network for all over hashed
words, from labelled sentences and the procedure examples of ATT&CK; and boosted trees over a sentence's place in its
document, trained on scores of models that had not seen that document. For measuring, a fold is left out of both steps:
the first steps behind its trees leave out two folds.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.sparse import vstack
from sklearn.ensemble import HistGradientBoostingClassifier

from calibration import FOLDS, Unit, best_threshold, comparable, fold_of, printable
from directions import read_directions
from logistic import fit_labels
from network import fit_network
from scc.model.sentences import sentences
from scc.read.models.linear import LinearModel
from scc.read.models.network import Network, NetworkHead, load_network, pack_network
from scc.read.models.trees import Trees
from scc.read.techniques.sentence_features import PLACES
from scc.read.techniques.technique_model import (
    FILES,
    LIKELY,
    LOWEST,
    Context,
    TechniqueModel,
    context_columns,
    first_step,
    merged,
    printed,
)
from technique_data import Data, older_ids, read_data, targets
from train import to_model, usable

C = 8.0
KEEP = 8000
"""Weights kept a label, the largest."""
SEEN = 3
"""Training sentences from which a feature counts."""
NETWORK_SEEN = 6
"""The same in the network, whose weights are many a feature."""
NETWORK_FEATURES = 50000
"""Features of the network, filled up with the commonest that only the encoder's directions know."""
TREES = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 8,
    "max_depth": 4,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": 7,
}
Kept = Callable[[str, Callable[[], Any]], Any]
"""Computes a value once (by name), so that measuring and training share what takes long."""
First = tuple[LinearModel, Network]
"""Both models of the first step."""


def features(
    data: Data, without: frozenset[int], labels: tuple[str, ...], least: int, more: Any = ()
) -> tuple[Any, ...]:
    """(rows, 0 or 1, weights, features that count, weight of each for being rare), of what is outside some folds.

    `more`: features that count though too few of the labelled sentences have them, as far as there is room.
    """
    numbers = [number for number in range(len(data.rows)) if data.fold[number] not in without]
    x = vstack((data.x[numbers], data.x_examples)).tocsr()
    seen = np.bincount(x.indices, minlength=PLACES)
    enough = seen >= least
    others = [place for place in more if not enough[place]]
    enough[others[: max(0, NETWORK_FEATURES - int(enough.sum()))]] = True
    known = np.flatnonzero(enough)
    rare = (np.log((1 + x.shape[0]) / (1 + seen[known])) + 1) / np.log(1 + x.shape[0])
    y, weight = targets([data.rows[number] for number in numbers], data.examples, labels, data.space)
    return x[:, known].multiply(rare).tocsr(), y, weight, known, rare


def train_linear(
    data: Data,
    without: frozenset[int],
    labels: tuple[str, ...],
    hashes: list[tuple[str, str]],
    thresholds: tuple[float, ...] = (0.5,),
    shown: dict[str, float] | None = None,
) -> bytes:
    """The linear model of the first step, from everything outside the folds `without`."""
    x, y, weight, known, rare = features(data, without, labels, SEEN)
    weights, bias = fit_labels(x, y, weight, C)
    found = {}
    for column, label in enumerate(labels):
        full = np.zeros(PLACES, np.float32)
        full[known] = weights[:, column] * rare
        found[label] = (full, float(bias[column]))
    return to_model("techniques-2", found, thresholds, hashes, KEEP, shown)


def train_network(data: Data, without: frozenset[int], labels: tuple[str, ...]) -> bytes:
    """The network of the first step, from the same: its weights of features in eight bits."""
    told = data.directions
    more = () if told is None else told.features
    x, y, weight, known, rare = features(data, without, labels, NETWORK_SEEN, more)
    held = None
    if told is not None:
        place = np.full(PLACES, -1)
        place[told.features] = np.arange(len(told.features))
        held = np.where(place[known][:, None] >= 0, told.weights[place[known]], 0.0)
        held = (held / rare[:, None]).astype(np.float32)
    inner, hidden_bias, outer, bias = fit_network(x.astype(np.float32), y, weight, held)
    inner = inner * rare.astype(np.float32)[:, None]
    scale = np.array([round(float(most) / 127, 8) for most in np.abs(inner).max(axis=0)])
    head = NetworkHead(
        "techniques-network-1", labels, len(known), tuple(scale.tolist()),
        tuple(round(float(each), 6) for each in hidden_bias), tuple(round(float(each), 6) for each in bias),
    )  # fmt: skip
    return pack_network(head, known, np.clip(np.rint(inner / scale), -127, 127), outer)


def usable_network(data: bytes, scratch: Path) -> Network:
    """A network from its bytes, read as the product reads it."""
    scratch.write_bytes(data)
    load_network.cache_clear()
    network = load_network(scratch)
    assert network is not None
    return network


def first(data: Data, without: frozenset[int], labels: tuple[str, ...], scratch: Path, kept: Kept) -> First:
    """Both models of the first step without some folds, each made once."""
    folds = "-".join(str(fold) for fold in sorted(without))
    linear = kept(f"techniques-without-{folds}", lambda: train_linear(data, without, labels, []))
    name = "network" if data.directions is None else "encoder-network"
    network = kept(f"{name}-without-{folds}", lambda: train_network(data, without, labels))
    return usable(linear, scratch), usable_network(network, scratch)


def train_context(
    data: Data, without: frozenset[int], labels: tuple[str, ...], unseen: Callable[[int], First]
) -> Context:
    """The second step. `unseen(fold)`: a first step that has seen neither the fold nor those in `without`."""
    older = older_ids(labels)
    mapped = {
        source: [comparable(source, {label}, data.space) for label in labels]
        for source in ("tram2", "annoctr")
    }
    pending = []
    right, asked = np.zeros(len(labels)), np.zeros(len(labels))
    for fold in sorted(set(range(FOLDS)) - without):
        models = unseen(fold)
        have = {label: column for column, label in enumerate(models[0].head.labels)}
        place = [have.get(label, 0) for label in labels]
        missing = np.array([label not in have for label in labels])
        for numbers in data.documents.values():
            if data.fold[numbers[0]] != fold:
                continue
            source = data.rows[numbers[0]]["source"]
            exact = np.array(["." in label for label in labels])
            known = np.array([bool(each) for each in mapped[source]])
            if source == "annoctr":
                known &= ~exact
            y = np.zeros((len(numbers), len(labels)), bool)
            for row, number in enumerate(numbers):
                gold = comparable(source, data.rows[number]["labels"], data.space)
                y[row] = [bool(each & gold) for each in mapped[source]]
            y &= known
            right += y.sum(axis=0)
            asked += known * len(numbers)
            texts = [data.rows[number]["text"] for number in numbers]
            logits = np.where(missing, LOWEST, first_step(*models, texts)[:, place])
            named = printed(texts, labels, older)
            chosen = known & ~missing & ((logits > LIKELY) | (named > 0))
            pending.append((logits, named, texts, y, chosen))
    prior = np.round(np.log((right + 0.5) / (asked - right + 10.0)), 5)
    columns = [
        context_columns(logits, named, texts, prior, chosen).astype(np.float32)
        for logits, named, texts, _, chosen in pending
    ]
    wanted = [y[chosen] for _, _, _, y, chosen in pending]
    forest = HistGradientBoostingClassifier(**TREES).fit(np.vstack(columns), np.concatenate(wanted))
    return Context(
        "techniques-context-3", labels, tuple(float(each) for each in prior), older, exported(forest)
    )


def exported(forest: Any) -> Trees:
    """Trees as plain numbers, from scikit-learn's own arrays."""
    nodes = [each[0].nodes for each in forest._predictors]
    places = max(len(each) for each in nodes)
    column, threshold, left, right, value = ([0] * (places * len(nodes)) for _ in range(5))
    for number, tree in enumerate(nodes):
        for spot in range(places):
            at = number * places + spot
            node = tree[spot] if spot < len(tree) else None
            leaf = node is None or bool(node["is_leaf"])
            left[at] = spot if leaf else int(node["left"])
            right[at] = spot if leaf else int(node["right"])
            column[at] = 0 if leaf else int(node["feature_idx"])
            threshold[at] = 0.0 if leaf else round(float(node["num_threshold"]), 6)
            value[at] = round(float(node["value"]), 6) if node is not None and leaf else 0.0
    depth = max(int(each["depth"].max()) for each in nodes)
    base = round(float(np.ravel(forest._baseline_prediction)[0]), 6)
    return Trees(
        base, depth, places, tuple(column), tuple(threshold), tuple(left), tuple(right), tuple(value)
    )


def left_out(data: Data, fold: int, scratch: Path, kept: Kept) -> TechniqueModel:
    """Both steps without a fold, the first steps behind the trees without one more."""
    without = frozenset({fold})
    labels = data.labels(without)

    def inner(other: int) -> First:
        # The same model serves both folds; its labels are those of all, each fold takes its own.
        return first(data, frozenset({fold, other}), data.labels(frozenset()), scratch, kept)

    outer = first(data, without, labels, scratch, kept)
    return TechniqueModel(*outer, train_context(data, without, labels, inner))


def as_given(units: Sequence[Unit], labels: Sequence[Sequence[str]]) -> list[Unit]:
    """Sentences as the product answers: of named techniques that are labels the model decides."""
    import predict

    return [
        unit._replace(named=frozenset(predict.unmodelled(unit.named, labels[unit.fold]))) for unit in units
    ]


def units(data: Data, scratch: Path, kept: Kept) -> tuple[list[Unit], list[Unit], list[tuple[str, ...]]]:
    """Sentences and documents with scores of models that have not seen their document, and the labels by fold."""
    import predict

    of_sentence: list[Any] = [None] * len(data.rows)
    of_report: list[Any] = [None] * len(data.reports)
    labels = []
    for fold in range(FOLDS):
        model = left_out(data, fold, scratch, kept)
        labels.append(model.labels)

        def named(text: str, model: TechniqueModel = model) -> frozenset[str]:
            return frozenset(predict.stated(text, model))

        for numbers in data.documents.values():
            if data.fold[numbers[0]] == fold:
                rows = [data.rows[number] for number in numbers]
                scores = model.probabilities([row["text"] for row in rows])
                for number, row, found in zip(numbers, rows, scores, strict=True):
                    of_sentence[number] = Unit(
                        row["source"], frozenset(row["labels"]), found, fold, named(row["text"])
                    )
        for number, row in enumerate(data.reports):
            if fold_of(row["id"]) == fold:
                pieces = [row["text"][start:end] for start, end in sentences(row["text"])]
                found = merged(model.probabilities(pieces))
                of_report[number] = Unit(
                    row["source"], frozenset(row["techniques"]), found, fold, named(row["text"])
                )
    return of_sentence, of_report, labels


def calibrated(data: Data, hashes: list[tuple[str, str]], scratch: Path, kept: Kept) -> dict[str, bytes]:
    """Both steps trained on everything, with thresholds from scores out of fold: the files by name."""
    name = out_of_fold(data)
    of_sentence, of_report, by_fold = kept(name, lambda: units(data, scratch, kept))
    thresholds = (
        best_threshold(as_given(of_sentence, by_fold), by_fold, data.space),
        best_threshold(of_report, by_fold, data.space),
    )
    labels = data.labels(frozenset())
    shown = printable(of_report, by_fold, data.space)

    def inner(fold: int) -> First:
        without = frozenset({fold})
        return first(data, without, data.labels(without), scratch, kept)

    context = train_context(data, frozenset(), labels, inner)
    made = (
        train_linear(data, frozenset(), labels, hashes, thresholds, shown),
        train_network(data, frozenset(), labels),
        msgspec.json.encode(context, order="sorted") + b"\n",
    )
    return dict(zip(FILES, made, strict=True))


def out_of_fold(data: Data) -> str:
    """The name under which scores out of fold are kept."""
    return "techniques-out-of-fold" if data.directions is None else "techniques-encoder-out-of-fold"


def keeper(cache: Path | None) -> Kept:
    """Values computed once: in memory, and in a folder if one is given."""
    held: dict[str, Any] = {}

    def kept(name: str, make: Callable[[], Any]) -> Any:
        path = cache / f"{name}.pickle" if cache else None
        if name not in held:
            if path is not None and path.is_file():
                held[name] = pickle.loads(path.read_bytes())
            else:
                held[name] = make()
                if path is not None:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(pickle.dumps(held[name]))
        return held[name]

    return kept


def from_files(
    folder: Path, bundle: Path | None, encoder: Path | None, hashes: list[tuple[str, str]], cache: Path | None
) -> dict[str, bytes]:
    """The files of the model by name: linear weights, the network, and what the trees need."""
    kept = keeper(cache)
    data = read_data(folder, bundle)
    if encoder is not None:
        data.directions = kept("directions", lambda: read_directions(encoder))
    with tempfile.TemporaryDirectory() as scratch:
        return calibrated(data, hashes, Path(scratch) / "fold.bin", kept)
