# SPDX-License-Identifier: Apache-2.0
"""Models of flaws' descriptions as data, and what is predicted from them."""

from __future__ import annotations

import math
import zlib
from pathlib import Path

import msgspec
import numpy as np
import pytest

import scc.content
import scc.knowledge
from scc.model.errors import ContentError
from scc.read.flaws.scores import score_of
from scc.read.models.flaw_models import IDF_STEP, MAGIC, FlawHead, FlawModel, Vector, counted, load, unpacked
from scc.read.models.prediction import (
    METRICS,
    POINTS,
    points,
    predict_cvss,
    predict_ssvc,
    predict_weaknesses,
    ranked,
    scored,
)

INJECTION = "A SQL injection vulnerability in login.php of Example CMS 2.1 allows remote attackers to execute arbitrary SQL commands via the username parameter."
SCRIPTING = "Stored cross-site scripting (XSS) in the Example plugin for WordPress allows authenticated attackers with contributor-level access to inject arbitrary web scripts."
FREED = "A use after free in the GPU driver allows a local attacker to corrupt kernel memory."
TEXTS = (INJECTION, SCRIPTING, FREED, "", "?", "Ein Fehler.", "a " * 300_000)


def crc(text: str) -> int:
    return zlib.crc32(text.encode())


def hand_made() -> FlawModel:
    """Two features, "alpha" with an idf of 2 and "beta" with one of 1, and two labels that each has one weight of."""
    order = sorted((crc(word), word) for word in ("alpha", "beta"))
    idf = {"alpha": round(2 / IDF_STEP), "beta": round(1 / IDF_STEP)}
    label = {"alpha": 0, "beta": 1}
    head = FlawHead("test", ("one", "two"), (0.5, -0.25), (0.01, 0.02), 2, 2, ())
    return FlawModel(
        head,
        np.array([each for each, _ in order], dtype=np.uint32),
        np.array([idf[word] for _, word in order], dtype=np.uint8),
        np.array([0, 1, 2], dtype=np.uint32),
        np.array([label[word] for _, word in order], dtype=np.uint16),
        np.array([100 if word == "alpha" else -50 for _, word in order], dtype=np.int8),
    )


def test_words_and_pairs_are_counted() -> None:
    assert counted("Root-access root") == {
        crc("root"): 2,
        crc("access"): 1,
        crc("root access"): 1,
        crc("access root"): 1,
    }


def test_a_score_is_weight_times_value_over_the_length_plus_bias() -> None:
    alpha, beta = (1 + math.log(2)) * 2.0, 1.0
    length = math.hypot(alpha, beta)
    found = hand_made().scores("alpha, unknown: alpha? beta!")
    assert found == pytest.approx([0.5 + alpha / length * 1.0, -0.25 - beta / length * 1.0])
    assert hand_made().scores("nothing known") == pytest.approx([0.5, -0.25])


def test_a_file_gives_the_same_model_and_the_same_bytes() -> None:
    data = hand_made().packed()
    again = unpacked(data, "x.bin")
    assert again.packed() == data
    assert again.scores("alpha beta") == pytest.approx(hand_made().scores("alpha beta"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-3],
        lambda data: b"scc-linear-1\n" + data[len(MAGIC) :],
        lambda data: data[: len(MAGIC) + 4] + b"[" + data[len(MAGIC) + 5 :],
        lambda data: MAGIC,
    ],
    ids=["cut off", "another version", "a head that is none", "nothing else"],
)
def test_a_damaged_file_is_named(damage: object) -> None:
    with pytest.raises(ContentError, match=r"x\.bin: the model cannot be read"):
        unpacked(damage(hand_made().packed()), "x.bin")  # type: ignore[operator]


def test_weights_for_a_label_that_is_not_there_are_damage() -> None:
    model = hand_made()
    head = msgspec.structs.replace(model.head, labels=("one",), bias=(0.5,), scale=(0.01,))
    with pytest.raises(ContentError, match="a label that its head lacks"):
        unpacked(model.again(head).packed(), "x.bin")


def test_no_file_is_no_model(tmp_path: Path) -> None:
    assert load(tmp_path / "none.bin") is None


def vectors_model(*vectors: str, **metrics: float) -> FlawModel:
    """A model without features whose biases are the given ones ("AV:N" as AV_N) and whose answers are the vectors."""
    labels = tuple(f"{metric}:{value}" for metric, values in METRICS.items() for value in values)
    bias = tuple(metrics.get(label.replace(":", "_"), 0.0) for label in labels)
    known = tuple(Vector(each, score[1], 0.0) for each in vectors if (score := score_of(each)))
    head = FlawHead("test", labels, bias, (1.0,) * len(labels), 0, 0, (), vectors=known)
    nothing = np.zeros(1, dtype=np.int64)
    return FlawModel(head, nothing[:0], nothing[:0], nothing, nothing[:0], nothing[:0])


HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
MIDDLE = "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L"
LOW = "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L"


def test_a_sure_metric_decides_the_vector() -> None:
    model = vectors_model(HIGH, MIDDLE, LOW, AV_P=20.0)
    vector, score, sure = scored(model, model.scores(""))
    assert (vector, score) == (LOW, 1.6)
    assert sure == pytest.approx((1.0,) * 8, abs=1e-5)


def test_between_extremes_the_middle_deviates_least() -> None:
    # With a third each: 9.8 is 3.5 and 8.2 away from the others (6.3 and 1.6), the middle 3.5 and 4.7.
    model = vectors_model(HIGH, MIDDLE, LOW)
    assert [score_of(each)[1] for each in (HIGH, MIDDLE, LOW)] == [9.8, 6.3, 1.6]  # type: ignore[index]
    vector, score, sure = scored(model, model.scores(""))
    assert (vector, score) == (MIDDLE, 6.3)
    assert sure[list(METRICS).index("AV")] == pytest.approx(2 / 3)  # two of three are AV:N
    assert sure[list(METRICS).index("S")] == pytest.approx(1.0, abs=1e-5)


def test_a_point_has_its_threshold_and_its_probability() -> None:
    model = vectors_model(HIGH)
    size = len(model.head.labels)
    head = msgspec.structs.replace(
        model.head,
        mixed={"automatable": (-1.0,) + (0.0,) * size, "technical_impact": (1.0,) + (0.0,) * size},
        thresholds={"automatable": -1.5, "technical_impact": 2.0},
    )
    found = points(model.again(head), model.scores(""))
    chance = 1 / (1 + math.exp(1.0))
    assert found["automatable"].value == "yes"  # -1.0 is over its threshold
    assert found["automatable"].probability == pytest.approx(chance)
    assert found["technical_impact"].value == "partial"  # 1.0 is under its threshold
    assert found["technical_impact"].probability == pytest.approx(chance)


@pytest.mark.parametrize(
    ("text", "expected"), [(INJECTION, "CWE-89"), (SCRIPTING, "CWE-79"), (FREED, "CWE-416")]
)
def test_a_weakness_that_the_text_names_comes_first(text: str, expected: str) -> None:
    assert predict_weaknesses(text, scc.knowledge.open(), scc.content.open())[0].id == expected


@pytest.mark.parametrize("text", TEXTS)
def test_at_most_five_weaknesses_to_which_mitre_lets_map(text: str) -> None:
    knowledge = scc.knowledge.open()
    found = predict_weaknesses(text, knowledge, scc.content.open())
    assert len(found) == 5 == len({each.id for each in found})
    chances = [each.probability for each in found]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1.003  # each is rounded to thousandths
    for each in found:
        node = knowledge.weakness(each.id)
        assert node is not None
        assert node.usage not in ("Prohibited", "Discouraged")


def test_a_listed_label_has_its_log_odds() -> None:
    model = hand_made()
    head = msgspec.structs.replace(model.head, listing=(-1.0, 2.0, 1.0, 0.5))
    first, second = ranked(model.again(head), "nothing known")
    # Scores 0.5 and -0.25: the first leads by 0.75, the second is 0.75 behind.
    assert first == ("one", pytest.approx(1 / (1 + math.exp(-(-1.0 + 1.0 + 0.75 + 0.5)))))
    assert second == ("two", pytest.approx(1 / (1 + math.exp(-(-1.0 - 0.5 - 0.75)))))


def test_probabilities_sum_to_one_at_most() -> None:
    model = hand_made()
    head = msgspec.structs.replace(model.head, listing=(9.0, 0.0, 0.0, 0.0))
    found = ranked(model.again(head), "nothing known")
    assert [each.probability for each in found] == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("text", TEXTS)
def test_a_predicted_vector_is_valid_and_says_what_it_is(text: str) -> None:
    found = predict_cvss(text, scc.content.open(), "CVE-2026-1")
    assert found is not None
    assert score_of(found.cvss.vector) == ("3.1", found.cvss.score, found.cvss.vector)
    assert (found.cvss.predicted, found.cvss.origin) == (True, "predicted")
    assert [metric for metric, _ in found.confidence] == list(METRICS)
    assert all(0.0 <= sure <= 1.0 for _, sure in found.confidence)


def test_what_the_text_says_of_the_attack_is_in_the_vector() -> None:
    def metrics(text: str) -> dict[str, str]:
        found = predict_cvss(text, scc.content.open())
        assert found is not None
        return dict(part.split(":") for part in found.cvss.vector.split("/")[1:])

    assert metrics(INJECTION)["AV"] == "N"
    assert metrics(FREED)["AV"] == "L"
    assert metrics(SCRIPTING)["S"] == "C"
    assert metrics(SCRIPTING)["PR"] == "L"


@pytest.mark.parametrize("text", TEXTS)
def test_predicted_points_never_tell_exploitation(text: str) -> None:
    found = predict_ssvc(text, scc.content.open(), "CVE-2026-1")
    assert found is not None
    assert found.predicted
    assert found.exploitation == ""
    assert found.automatable in POINTS["automatable"]
    assert found.technical_impact in POINTS["technical_impact"]


def test_models_of_flaws_are_small() -> None:
    folder = scc.content.open().file("models/scores.bin").parent
    assert sum((folder / name).stat().st_size for name in ("weaknesses.bin", "scores.bin")) < 4_000_000
