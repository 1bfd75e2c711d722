# SPDX-License-Identifier: Apache-2.0
"""Predicted weakness, CVSS 3.1 vector and SSVC points of a flaw, from its description alone. Always labelled so.

For use when no record gives them; a prediction raises nothing above standard priority and lowers nothing (that is
`assess`'s rule). Ids that the pack does not know, or to which MITRE says not to map, are left out. What was learned
and how right it is: `tools/train_flaws.py`, docs/accuracy.md.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from scc.model.facts import Cvss, Ssvc
from scc.read.models.flaw_models import FlawHead, FlawModel, load

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from scc.content import Content
    from scc.knowledge import Knowledge

METRICS: Final = {
    "AV": "NALP", "AC": "LH", "PR": "NLH", "UI": "NR", "S": "UC", "C": "HLN", "I": "HLN", "A": "HLN",
}  # fmt: skip
POINTS: Final = {"automatable": ("no", "yes"), "technical_impact": ("partial", "total")}
"""SSVC decision points: (commoner answer, rarer answer). Exploitation depends on facts outside the text."""
LISTED: Final = 20
"""Weaknesses that get a probability; what comes after them is as good as never right."""
WRONG_METRIC: Final = 0.15
NOT_EXACT: Final = 0.5
"""What a wrong metric and an inexact vector cost beside each point of the score: a vector with the right score and
the wrong reasons is no good answer. Of four prices tried on two folds, the one that keeps most metrics right."""


class Ranked(NamedTuple):
    id: str
    probability: float


class PredictedScore(NamedTuple):
    cvss: Cvss
    confidence: tuple[tuple[str, float], ...]
    """Probability of each metric's value."""


class PredictedPoint(NamedTuple):
    value: str
    probability: float


def leads(scores: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """How far scores, greatest first, lead: the first before the second, the others behind the first."""
    found: NDArray[numpy.float64] = scores - scores[0]
    found[0] = scores[0] - scores[1]
    return found


def ranked(model: FlawModel, text: str, most: int = LISTED) -> list[Ranked]:
    """The first labels of the model of weaknesses, at most `LISTED`; their probabilities sum to one at most."""
    import numpy as np

    scores = model.scores(text)
    order = np.argsort(-scores, kind="stable")[:LISTED]
    term, by_score, by_lead, first = model.head.listing
    listed = scores[order]
    odds = term + by_score * listed + by_lead * leads(listed)
    odds[0] += first
    chances = np.minimum.accumulate(1.0 / (1.0 + np.exp(-odds)))
    chances = chances / max(1.0, float(chances.sum()))
    return [
        Ranked(model.head.labels[place], float(chance))
        for place, chance in list(zip(order, chances, strict=True))[:most]
    ]


def predict_weaknesses(
    text: str, knowledge: Knowledge | None, content: Content, most: int = 5
) -> tuple[Ranked, ...]:
    """At most `most` weaknesses, likeliest first; () without a model.

    With `knowledge`, without ids that it does not know or whose mapping MITRE prohibits or discourages: records use
    them, so they keep their share of the probability, but nothing is to be learned from them.
    """
    model = load(content.file("models/weaknesses.bin"))
    if model is None:
        return ()
    found = []
    for each in ranked(model, text):
        if knowledge is not None:
            node = knowledge.weakness(each.id)
            if node is None or node.usage in ("Prohibited", "Discouraged"):
                continue
        found.append(Ranked(each.id, round(each.probability, 3)))
        if len(found) == most:
            break
    return tuple(found)


class Candidates(NamedTuple):
    """The vectors that can be answered, as arrays: one row a vector."""

    places: NDArray[numpy.int64]
    """Column of each metric's value in the scores, vectors by metrics."""
    groups: tuple[tuple[int, ...], ...]
    """Columns of each metric's values."""
    together: NDArray[numpy.float64]
    cost: NDArray[numpy.float64]
    """What the answer `column` costs when `row` is right."""


@lru_cache(maxsize=8)
def _candidates(labels: tuple[str, ...], vectors: tuple[Any, ...], weight: float) -> Candidates:
    import numpy as np

    column = {label: place for place, label in enumerate(labels)}
    places = np.array([[column[part] for part in each.vector.split("/")[1:]] for each in vectors])
    groups = tuple(
        tuple(column[f"{metric}:{value}"] for value in values) for metric, values in METRICS.items()
    )
    score = np.array([each.score for each in vectors])
    wrong = sum(
        (places[:, None, place] != places[None, :, place]).astype(float) for place in range(len(METRICS))
    )
    cost = np.abs(score[:, None] - score[None]) + WRONG_METRIC * wrong + NOT_EXACT * (wrong > 0)
    return Candidates(places, groups, weight * np.array([each.together for each in vectors]), cost)


def _of(head: FlawHead) -> Candidates:
    return _candidates(head.labels, head.vectors, head.together)


def beliefs(model: FlawModel, scores: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """Probability of each vector of the head: its metrics' values one by one, and how well they go together."""
    import numpy as np

    known = _of(model.head)
    logs = np.zeros(len(scores))
    for group in known.groups:
        part = scores[list(group)]
        logs[list(group)] = part - part.max() - np.log(np.sum(np.exp(part - part.max())))
    raw = logs[known.places].sum(axis=1) + known.together
    shares = np.exp(raw - raw.max())
    found: NDArray[numpy.float64] = shares / shares.sum()
    return found


def scored(model: FlawModel, scores: NDArray[numpy.float64]) -> tuple[str, float, tuple[float, ...]]:
    """(vector, its base score, probability of each metric's value): the vector whose expected cost is least."""
    chances = beliefs(model, scores)
    known = _of(model.head)
    best = int((chances @ known.cost).argmin())
    answer = model.head.vectors[best]
    sure = []
    for place, metric in enumerate(METRICS):
        term, factor = model.head.sure.get(metric, (0.0, 1.0))
        odds = logit(float(chances[known.places[:, place] == known.places[best, place]].sum()))
        sure.append(1.0 / (1.0 + math.exp(-(term + factor * odds))))
    return answer.vector, answer.score, tuple(sure)


def logit(chance: float) -> float:
    """Log-odds of a probability, kept from the infinite."""
    kept = min(max(chance, 1e-6), 1.0 - 1e-6)
    return math.log(kept / (1.0 - kept))


def points(model: FlawModel, scores: NDArray[numpy.float64]) -> dict[str, PredictedPoint]:
    """The answer to each decision point with its probability."""
    import numpy as np

    found = {}
    for point, answers in POINTS.items():
        bias, *weights = model.head.mixed[point]
        odds = bias + float(scores @ np.array(weights))
        rarer = odds >= model.head.thresholds.get(point, 0.0)
        chance = 1.0 / (1.0 + np.exp(-odds))
        found[point] = PredictedPoint(answers[rarer], float(chance if rarer else 1.0 - chance))
    return found


def predict_cvss(text: str, content: Content, vulnerability: str = "") -> PredictedScore | None:
    """The CVSS 3.1 base vector of least expected cost among those that training saw; None without a model."""
    model = load(content.file("models/scores.bin"))
    if model is None:
        return None
    vector, score, sure = scored(model, model.scores(text))
    return PredictedScore(
        Cvss(vector, "3.1", score, "predicted", vulnerability, True),
        tuple((metric, round(each, 3)) for metric, each in zip(METRICS, sure, strict=True)),
    )


def predict_ssvc(text: str, content: Content, vulnerability: str = "") -> Ssvc | None:
    """Automatable and technical impact; exploitation depends on facts outside the text and is never predicted."""
    model = load(content.file("models/scores.bin"))
    if model is None:
        return None
    found = points(model, model.scores(text))
    automatable: Literal["yes", "no"] = "yes" if found["automatable"].value == "yes" else "no"
    impact: Literal["partial", "total"] = "total" if found["technical_impact"].value == "total" else "partial"
    return Ssvc(vulnerability, "", automatable, impact, "predicted", predicted=True)
