# SPDX-License-Identifier: Apache-2.0
"""The part of docs/accuracy.md on flaws: weakness, CVSS 3.1 and SSVC from descriptions, out of fold.

Each row is answered by a model that has not seen its fold, whose temperatures, mix and thresholds come from the
other folds; the baseline (`baseline_flaws`) beside it under the same folds. Called by `accuracy.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

import baseline_flaws
import calibration_flaws
import scc.knowledge
import train_flaws
from calibration import FOLDS, fold_of
from scc.read.models.prediction import METRICS, POINTS, points, ranked, scored
from train_flaws import Row

if TYPE_CHECKING:
    from accuracy import Bench

SAMPLES = 1000
NEAR = 0.7
"""Cosine from which two descriptions are near-duplicates: templates of one publisher, flaws of one advisory."""


def named(bench: Bench, rows: list[Row], kev: list[Row]) -> dict[str, Row]:
    """Ten weaknesses with their probabilities ("chances") by id."""
    learned = train_flaws.weakness_rows(bench.data / "cve", bench.weaknesses)
    models = train_flaws.cross("weaknesses", learned, train_flaws.train_weaknesses, bench.cache)
    held = calibration_flaws.unseen(models, [row for row in rows if row.get("cwe")])
    found: dict[str, Row] = {}
    for fold in range(FOLDS):
        head = calibration_flaws.weakness_head(models[fold].head, models, held, fold)
        model = models[fold].again(head)
        for row in rows + kev:
            if fold_of(row["cve"]) == fold and ("cwe" in row or "cwes" in row):
                listed = ranked(model, row["text"], 10)
                found[row["id"]] = {
                    "cwe": listed[0].id,
                    "ranked": [each.id for each in listed],
                    "chances": [each.probability for each in listed],
                }
    return found


def marked(bench: Bench, rows: list[Row]) -> dict[str, Row]:
    """Vector and points by id, with their probabilities ("metrics", and `point` + "_sure")."""
    models = train_flaws.cross("scores", rows, train_flaws.train_scores, bench.cache)
    held = calibration_flaws.unseen(models, rows)
    found: dict[str, Row] = {}
    for fold in range(FOLDS):
        model = models[fold].again(calibration_flaws.score_head(models[fold].head, models, held, fold))
        for row in rows:
            if fold_of(row["cve"]) == fold:
                scores = model.scores(row["text"])
                vector, _, sure = scored(model, scores)
                found[row["id"]] = {"vector": vector, "metrics": sure}
                for point, value in points(model, scores).items():
                    found[row["id"]] |= {point: value.value, f"{point}_sure": value.probability}
    return found


def near(rows: list[Row]) -> np.ndarray:
    """Whether a row's text is much like one of another fold."""
    texts = [row["text"] for row in rows]
    x = train_flaws.Features(texts).matrix(texts)
    folds = np.array([fold_of(row["cve"]) for row in rows])
    found = np.zeros(len(rows), dtype=bool)
    for fold in range(FOLDS):
        other = x[folds != fold].T.tocsr()
        inside = np.flatnonzero(folds == fold)
        for start in range(0, len(inside), 500):
            part = inside[start : start + 500]
            found[part] = (x[part] @ other).max(axis=1).toarray().ravel() >= NEAR
    return found


Units = list[tuple[float, ...]]


def interval(units: Units, figure: Callable[[np.ndarray], float]) -> str:
    """A figure with its 95 % bootstrap interval over flaws."""
    held = np.array(units, dtype=float)
    state = np.random.default_rng(7)
    values = sorted(figure(held[state.integers(0, len(held), len(held))]) for _ in range(SAMPLES))
    return f"{figure(held):.3f} ({values[SAMPLES // 40]:.3f} to {values[-1 - SAMPLES // 40]:.3f})"


def mean(held: np.ndarray) -> float:
    return float(held.mean())


def macro(held: np.ndarray) -> float:
    """Macro F1 of pairs (gold, found) of 0 and 1."""
    parts = []
    for value in (0, 1):
        right = ((held[:, 0] == value) & (held[:, 1] == value)).sum()
        parts.append(2 * right / max(1, (held[:, 0] == value).sum() + (held[:, 1] == value).sum()))
    return float(np.mean(parts))


def named_units(rows: list[Row], found: dict[str, Row], first: int) -> Units:
    """(1 or 0) by row: whether one of its labels is among the first."""
    wanted = [(row, {row["cwe"]} if "cwe" in row else set(row.get("cwes", ()))) for row in rows]
    return [(float(bool(gold & set(found[row["id"]]["ranked"][:first]))),) for row, gold in wanted if gold]


def vector_units(bench: Bench, rows: list[Row], found: dict[str, Row]) -> list[tuple[float, ...]]:
    """(deviation, share of metrics right, exact, severity right) by row with a vector."""
    units = []
    score = bench.score
    for row in rows:
        if "vector" in row:
            gold, given = score.vec(row["vector"]), score.vec(found[row["id"]]["vector"])
            right = [gold[metric] == given[metric] for metric in METRICS]
            a, b = score.base(gold), score.base(given)
            units.append(
                (
                    abs(a - b),
                    sum(right) / len(right),
                    float(all(right)),
                    float(score.sev(a) == score.sev(b)),
                )
            )
    return units


def point_units(rows: list[Row], found: dict[str, Row], point: str) -> Units:
    told = [(train_flaws.answer(row, point), row) for row in rows]
    return [
        (float(gold), float(POINTS[point].index(found[row["id"]][point]))) for gold, row in told if gold >= 0
    ]


def error(pairs: list[tuple[float, bool]]) -> float:
    """Expected calibration error in ten bins of as many rows each."""
    held = np.array(sorted(pairs), dtype=float)
    return float(
        sum(
            len(part) / len(held) * abs(part[:, 0].mean() - part[:, 1].mean())
            for part in np.array_split(held, 10)
        )
    )


def table(bench: Bench, rows: list[Row], kev: list[Row], answers: list[dict[str, Row]]) -> list[str]:
    """Lines of a table: a figure a line, a column for each set of answers."""
    lines = []
    weak = [row for row in rows if "cwe" in row]
    cells: list[tuple[str, Callable[[dict[str, Row]], str]]] = []
    for name, part in (("", weak), (", KEV entries", kev)):
        if part:
            cells += [
                (f"CWE{name}: accuracy", lambda a, part=part: interval(named_units(part, a, 1), mean)),  # type: ignore[misc]
                (f"CWE{name}: hit at 5", lambda a, part=part: interval(named_units(part, a, 5), mean)),  # type: ignore[misc]
            ]
    for place, name in enumerate(
        ("mean absolute deviation", "metrics right", "vector right", "severity right")
    ):
        cells.append(
            (
                f"CVSS 3.1: {name}",
                lambda a, place=place: interval([(u[place],) for u in vector_units(bench, rows, a)], mean),  # type: ignore[misc]
            )
        )
    for point in POINTS:
        cells.append(
            (f"SSVC {point}: macro F1", lambda a, point=point: interval(point_units(rows, a, point), macro))  # type: ignore[misc]
        )
    for name, cell in cells:
        lines.append(f"| {name} | " + " | ".join(cell(each) for each in answers) + " |")
    return lines


def reliability(bench: Bench, rows: list[Row], found: dict[str, Row]) -> list[str]:
    """How far the printed probabilities are from how often they are right."""
    weak = [row for row in rows if "cwe" in row]
    first = [(found[row["id"]]["chances"][0], found[row["id"]]["cwe"] == row["cwe"]) for row in weak]
    five = [
        (chance, label == row["cwe"])
        for row in weak
        for label, chance in list(zip(found[row["id"]]["ranked"], found[row["id"]]["chances"], strict=True))[
            :5
        ]
    ]
    sure = [pair for pair in first if pair[0] >= 0.8]
    by_metric = []
    for place, metric in enumerate(METRICS):
        pairs = []
        for row in rows:
            if "vector" in row:
                given = bench.score.vec(found[row["id"]]["vector"])
                pairs.append(
                    (
                        found[row["id"]]["metrics"][place],
                        bench.score.vec(row["vector"])[metric] == given[metric],
                    )
                )
        by_metric.append(f"{metric} {np.mean([right for _, right in pairs]):.3f} ({error(pairs):.3f})")
    pointed = [
        f"{point} {error([(found[row['id']][f'{point}_sure'], POINTS[point].index(found[row['id']][point]) == train_flaws.answer(row, point)) for row in rows if train_flaws.answer(row, point) >= 0]):.3f}"
        for point in POINTS
    ]
    return [
        f"Expected calibration error (ten bins): first CWE {error(first):.3f}, the five listed {error(five):.3f}; SSVC {', '.join(pointed)}. Where the first CWE has a probability of 0.8 or more ({len(sure) / len(first):.0%} of flaws) it is right in {np.mean([right for _, right in sure]):.1%}.",
        "",
        f"CVSS metrics right, with the calibration error of their confidence: {', '.join(by_metric)}.",
    ]


def allowed(rows: list[Row], found: dict[str, Row]) -> str:
    """What the list is worth with the pack, which leaves out what MITRE prohibits or discourages to map to."""
    knowledge = scc.knowledge.open()
    kept = {
        label
        for row in rows
        for label in [row.get("cwe", ""), *found[row["id"]].get("ranked", ())]
        if (node := knowledge.weakness(label)) is not None and node.usage not in ("Prohibited", "Discouraged")
    }
    named = [row for row in rows if "cwe" in row]
    fit = [row for row in named if row["cwe"] in kept]
    lists = [(row["cwe"], [each for each in found[row["id"]]["ranked"] if each in kept]) for row in fit]
    first = np.mean([gold in listed[:1] for gold, listed in lists])
    five = np.mean([gold in listed[:5] for gold, listed in lists])
    return f"MITRE prohibits or discourages mapping to the label of {1 - len(fit) / len(named):.0%} of the flaws. The product leaves such weaknesses out of its list; for the other flaws its list is then right first in {first:.3f}, within five in {five:.3f}."


def confusions(rows: list[Row], found: dict[str, Row]) -> str:
    """The commonest wrong first answers."""
    wrong = Counter(
        (row["cwe"], found[row["id"]]["cwe"])
        for row in rows
        if "cwe" in row and found[row["id"]]["cwe"] != row["cwe"]
    )
    return ", ".join(f"{a} as {b} ({n})" for (a, b), n in wrong.most_common(12))


def flaws(bench: Bench) -> None:
    """Ours and the baseline, everywhere and on descriptions unlike those learned from; reliability; errors."""
    rows = bench.rows("cve/vulnrichment.jsonl")
    kev = bench.rows("cve/kev.jsonl")
    second = bench.kept("flaws-marked", lambda: marked(bench, rows))
    first = bench.kept("flaws-named", lambda: named(bench, rows, kev))
    found = {
        row["id"]: {"id": row["id"], **first.get(row["id"], {}), **second.get(row["id"], {})}
        for row in rows + kev
    }
    simple = bench.kept("flaws-baseline", lambda: baseline_flaws.answers(rows, kev))
    alike = near(rows)
    unlike = [row for row, same in zip(rows, alike, strict=True) if not same]
    worst: Any = bench.score.cvss(
        rows, {row["id"]: {"vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"} for row in rows}
    )
    weak = [row for row in rows if "cwe" in row]
    learned = Counter(row["cwe"] for row in weak)
    bench.lines += [
        "## Flaws from their description alone (labels of CNAs and CISA)",
        "",
        "Baseline: TF-IDF of words and pairs of words with logistic regression, same folds, learned from the labelled records alone. Ours learns weaknesses also from KEV entries and from the CWE catalogue (descriptions and observed examples), without the CVEs of the fold under test; the lines on KEV entries compare models that have and have not seen other KEV entries. Tuned on these data: the strength of the ridge, the catalogue's weight and the price of a wrong metric, each of a few values on folds 0 and 1; temperatures, mix and thresholds for each fold on the other four.",
        "",
        "| figure | ours, out of fold | baseline |",
        "|---|---|---|",
        *table(bench, rows, kev, [found, simple]),
        "",
        f"The vector with the highest of all values everywhere deviates by {worst['MAD_of_valid']:.2f}. A vector is chosen for the least expected deviation with a price on wrong metrics, so fewer vectors are exactly right than by choosing metric by metric.",
        "",
        f"Of the descriptions {alike.mean():.0%} have a near-duplicate in another fold (cosine of {NEAR} or more). Without them:",
        "",
        "| figure | ours, out of fold | baseline |",
        "|---|---|---|",
        *table(bench, unlike, [], [found, simple]),
        "",
        *reliability(bench, rows, found),
        "",
        allowed(rows, found),
        "",
        f"Commonest wrong first CWE: {confusions(rows, found)}. {sum(1 for row in weak if learned[row['cwe']] < 3) / len(weak):.1%} of the labels are seen once or twice only.",
        "",
        "NVD labels differ from these; a set labelled by NVD scores lower, as it does for every method.",
        "",
    ]
