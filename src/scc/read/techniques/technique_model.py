# SPDX-License-Identifier: Apache-2.0
"""The model of techniques: scores sentences alone, then again in their place in the document.

First a linear model and a small network over hashed words each give a sentence a log-odds for each technique; the mean
of both counts. Whether a sentence shows any technique at all depends on where it stands: so boosted trees score each
likely pair of sentence and technique anew from some numbers (`COLUMNS`): the first score, those of the neighbours, the
best elsewhere in the document, how far it is from the sentence's best, the sentence's length, whether it prints the id.
The files are written by `tools/train_techniques.py`, which measures nothing here. Decides nothing: `inference` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from scc.model.errors import ContentError
from scc.read.models.linear import LinearModel, load
from scc.read.models.network import Network, load_network
from scc.read.models.trees import Forest, Trees
from scc.read.phrases import WORD
from scc.read.techniques.sentence_features import sentence_features

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from scc.content import Content

COLUMNS: Final = (
    "own", "before", "after", "elsewhere", "below best", "expected in sentence", "any", "any before",
    "any after", "any in document", "words", "ends as a sentence", "ids printed", "id printed", "prior",
)  # fmt: skip
"""What the trees see of a pair of sentence and technique, in this order."""
FILES: Final = ("techniques.bin", "techniques-network.bin", "techniques-context.json")
LOWEST: Final = -9.0
HIGHEST: Final = 6.0
LIKELY: Final = -4.5
"""Log-odds from which a pair is looked at again; below it the probability is nought."""
NEXT_BEST: Final = 0.3
"""What the second and third best sentence of a document add to the best one."""
_ID: Final = re.compile(r"(?<![\w.])(T1\d{3}(?:[./]\d{3})?)(?![\d]|\.\d)")


class Context(msgspec.Struct, frozen=True):
    """The second step, as data."""

    name: str
    labels: tuple[str, ...]
    prior: tuple[float, ...]
    """Log-odds of each label among labelled sentences."""
    older: dict[str, str]
    """Ids that are not labels to the label that means the same: ids revoked since, or before, the labels were given."""
    trees: Trees


def context_columns(logits: Any, named: Any, texts: Sequence[str], prior: Any, chosen: Any = ...) -> Any:
    """(sentences, labels, columns): `COLUMNS` of each pair, of the sentences of one document in their order; with
    `chosen`, a (sentences, labels) mask, (pairs, columns) of those pairs alone."""
    import numpy as np

    own = np.clip(np.asarray(logits, dtype=np.float64), LOWEST, HIGHEST)
    count, labels = own.shape
    odds = 1.0 / (1.0 + np.exp(-own))
    edge = np.full((1, labels), LOWEST)
    sorted_own = np.sort(own, axis=0)
    best, second = sorted_own[-1], sorted_own[-2] if count > 1 else edge[0]
    any_ = np.log(odds.max(axis=1))
    words = np.array([len(WORD.findall(text)) for text in texts])
    ends = np.array([text.rstrip()[-1:] in (".", ":", "!", "?") for text in texts], dtype=np.float64)

    def wide(values: Any) -> Any:
        return np.broadcast_to(np.asarray(values, dtype=np.float64)[:, None], own.shape)[chosen]

    return np.stack(
        [
            own[chosen],
            np.vstack((edge, own[:-1]))[chosen],
            np.vstack((own[1:], edge))[chosen],
            np.where(own >= best, second, best)[chosen],
            (own - own.max(axis=1, keepdims=True))[chosen],
            wide(np.log(odds.sum(axis=1))),
            wide(any_),
            wide(np.concatenate(([LOWEST], any_[:-1]))),
            wide(np.concatenate((any_[1:], [LOWEST]))),
            wide(np.full(count, any_.mean())),
            wide(np.log1p(words)),
            wide(ends),
            wide(np.log1p(named.sum(axis=1))),
            named[chosen],
            np.broadcast_to(prior, own.shape)[chosen],
        ],
        axis=-1,
    )


def first_step(linear: LinearModel, network: Network, texts: Sequence[str]) -> NDArray[numpy.float64]:
    """(sentences, labels): log-odds of the first step."""
    places, owner = sentence_features(texts)
    count = len(texts)
    return (linear.logits(places, owner, count) + network.logits(places, owner, count)) / 2


def printed(texts: Sequence[str], labels: Sequence[str], older: dict[str, str]) -> NDArray[numpy.float64]:
    """(sentences, labels): 1 where a sentence prints the id of a label or of its sub-technique."""
    import numpy as np

    place = {label: column for column, label in enumerate(labels)}
    found = np.zeros((len(texts), len(labels)))
    for row, text in enumerate(texts):
        for each in _ID.finditer(text):
            id_ = each[1].replace("/", ".")
            label = older.get(id_, id_)
            for one in (label, label.partition(".")[0]):
                if one in place:
                    found[row, place[one]] = 1.0
    return found


class TechniqueModel:
    """Both steps."""

    def __init__(self, linear: LinearModel, network: Network, context: Context) -> None:
        import numpy as np

        self.head = linear.head
        self.labels = linear.head.labels
        self.older = context.older
        self._linear = linear
        self._network = network
        self._prior = np.array(context.prior)
        self._forest = Forest(context.trees)

    def label(self, id_: str) -> str:
        """The label that means what a printed id means; the id itself where none does."""
        return self.older.get(id_, id_)

    def alone(self, texts: Sequence[str]) -> NDArray[numpy.float64]:
        """(sentences, labels): log-odds of each sentence by itself; orders what `probabilities` calls nought."""
        return first_step(self._linear, self._network, texts)

    def probabilities(self, texts: Sequence[str]) -> NDArray[numpy.float64]:
        """(sentences, labels): of the sentences of one document in their order."""
        import numpy as np

        found = np.zeros((len(texts), len(self.labels)))
        if not len(texts):
            return found
        logits, named = (
            first_step(self._linear, self._network, texts),
            printed(texts, self.labels, self.older),
        )
        likely = (logits > LIKELY) | (named > 0)
        rows = context_columns(logits, named, texts, self._prior, likely)
        found[likely] = 1.0 / (1.0 + np.exp(-self._forest.scores(rows)))
        return found


def merged(probabilities: Any) -> NDArray[numpy.float64]:
    """Of a document from those of its sentences: the best of each label, raised a little by the next two."""
    import numpy as np

    best = -np.sort(-np.asarray(probabilities), axis=0)[:3]
    missing = 1.0 - best[0]
    for each in best[1:]:
        missing = missing * (1.0 - NEXT_BEST * each)
    found: NDArray[numpy.float64] = 1.0 - missing
    return found


def technique_model(content: Content) -> TechniqueModel | None:
    """The model of techniques, None when it is not installed. Raises ContentError if its files are damaged."""
    return read_model(*(content.file(f"models/{name}") for name in FILES))


@lru_cache(maxsize=4)
def read_model(linear_file: Path, network_file: Path, context_file: Path) -> TechniqueModel | None:
    """The model in its files, None when one of them is missing."""
    linear, network = load(linear_file), load_network(network_file)
    if linear is None or network is None or not context_file.is_file():
        return None
    try:
        context = msgspec.json.decode(context_file.read_bytes(), type=Context)
    except msgspec.MsgspecError as fault:
        raise ContentError([f"{context_file.name}: the model cannot be read: {fault}"]) from fault
    if network.head.labels != linear.head.labels:
        raise ContentError([f"{network_file.name}: it does not belong to {linear_file.name}"])
    if context.labels != linear.head.labels or len(context.prior) != len(context.labels):
        raise ContentError([f"{context_file.name}: it does not belong to {linear_file.name}"])
    if not context.trees.sound(len(COLUMNS)):
        raise ContentError([f"{context_file.name}: a tree points at nothing"])
    return TechniqueModel(linear, network, context)
