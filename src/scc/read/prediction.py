# SPDX-License-Identifier: Apache-2.0
"""Predicted weakness, CVSS 3.1 vector and SSVC points of a flaw, from its description alone. Always labelled so.

For use when no record gives them; a prediction raises nothing above standard priority and lowers nothing (that is
`assess`'s rule). Ids that the pack does not know or whose mapping MITRE prohibits are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from scc.model.facts import Cvss, Ssvc
from scc.read.models import LinearModel, load
from scc.read.scores import score_of

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

METRICS: Final = ("AV", "AC", "PR", "UI", "S", "C", "I", "A")


class Ranked(NamedTuple):
    id: str
    probability: float


class PredictedScore(NamedTuple):
    cvss: Cvss
    confidence: tuple[tuple[str, float], ...]
    """Probability of each metric's value."""


def predict_weaknesses(
    text: str, knowledge: Knowledge | None, content: Content, most: int = 5
) -> tuple[Ranked, ...]:
    """At most `most` weaknesses, likeliest first; () without a model. Probabilities sum to at most one."""
    model = load(content.file("models/weaknesses.bin"))
    if model is None:
        return ()
    scores = model.scores([text])[0]
    total = float(scores.sum()) or 1.0
    order = sorted(range(len(scores)), key=lambda column: (-float(scores[column]), model.head.labels[column]))
    found: list[Ranked] = []
    for column in order:
        label = model.head.labels[column]
        node = knowledge.weakness(label) if knowledge is not None else None
        if knowledge is not None and (node is None or node.usage == "Prohibited"):
            continue
        found.append(Ranked(label, round(min(float(scores[column]), float(scores[column]) / total), 3)))
        if len(found) == most:
            break
    return tuple(found)


def predict_cvss(text: str, content: Content, vulnerability: str = "") -> PredictedScore | None:
    """The likeliest CVSS 3.1 base vector, metric by metric; None without a model."""
    model = load(content.file("models/scores.bin"))
    if model is None:
        return None
    best = _best(model, text, METRICS)
    vector = "CVSS:3.1/" + "/".join(f"{metric}:{best[metric][0]}" for metric in METRICS)
    scored = score_of(vector)
    if scored is None:
        return None
    return PredictedScore(
        Cvss(vector, "3.1", scored[1], "predicted", vulnerability, True),
        tuple((metric, round(best[metric][1], 3)) for metric in METRICS),
    )


def predict_ssvc(text: str, content: Content, vulnerability: str = "") -> Ssvc | None:
    """Automatable and technical impact; exploitation depends on facts outside the text and is never predicted."""
    model = load(content.file("models/scores.bin"))
    if model is None:
        return None
    best = _best(model, text, ("automatable", "technical_impact"))
    automatable: Literal["yes", "no"] = "yes" if best["automatable"][0] == "yes" else "no"
    impact: Literal["partial", "total"] = "total" if best["technical_impact"][0] == "total" else "partial"
    return Ssvc(vulnerability, "", automatable, impact, "predicted", predicted=True)


def _best(model: LinearModel, text: str, names: tuple[str, ...]) -> dict[str, tuple[str, float]]:
    scores = model.scores([text])[0]
    found: dict[str, tuple[str, float]] = {}
    totals: dict[str, float] = {}
    for column, label in enumerate(model.head.labels):
        name, _, value = label.partition(":")
        if name in names:
            totals[name] = totals.get(name, 0.0) + float(scores[column])
            if name not in found or float(scores[column]) > found[name][1]:
                found[name] = (value, float(scores[column]))
    return {name: (value, score / (totals[name] or 1.0)) for name, (value, score) in found.items()}
