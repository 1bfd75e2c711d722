# SPDX-License-Identifier: Apache-2.0
"""Techniques that a text shows without naming them: sentence by sentence with `technique_model`, then merged.

The model proposes, the pack checks. What is shown has a probability above the display threshold of the model's
file, which training sets out of fold so that nine in ten shown are right; everything else is dropped.
Without the model's files there is no inference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.model.facts import Technique
from scc.read.page import Notes, Page
from scc.read.scope import ordered
from scc.read.sought import Sought
from scc.read.techniques.technique_model import merged, technique_model
from scc.read.topics import score_topics

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

_NOT_TOLD: Final = Sought(
    # advice
    r"\b(?:should|recommend\w*|mitigat\w*|prevent\w*|organizations can|defenders|we advise|ensure)\b"
    # denial: the model hears the words of what did not happen
    r"|\b(?:did not|didn[’']t|(?:has|have|had|was|were) not|(?:has|have|had|was|were)n[’']t|no (?:evidence|signs?|indications?|traces?) (?:of|that))\b",
    re.IGNORECASE,
    at="should recommend mitigat prevent organizations defenders we ensure did didn has have had was were hasn haven hadn wasn weren no",
)
_ADVISES: Final = re.compile(
    r"\A\W{0,4}(?:do not|don[’']t|never|avoid|always|make sure|be (?:wary|careful|cautious|aware|alert))\b",
    re.IGNORECASE,
)
"""Sentences that advise or deny show nothing that was done."""
_ATTACKS: Final = ("threat", "malware", "breach", "ransomware", "supply-chain")
ATTACK_LEAST: Final = 3.0
"""Weight of a topic of attacks from which techniques are inferred."""
WORDS_LEAST: Final = 5
SENTENCES_MOST: Final = 1500


def _tells_of_attackers(page: Page) -> bool:
    """Whether a text tells of attackers' work more than of a flaw: the model learned from reports of attacks, and what
    a flaw would allow, or an interface does by design, reads alike."""
    weights = {topic: found[0] for topic, found in score_topics(page).items()}
    attack = max((weights.get(topic, 0.0) for topic in _ATTACKS), default=0.0)
    return attack >= ATTACK_LEAST and attack >= weights.get("vulnerability", 0.0)


def told(page: Page) -> list[tuple[int, int]]:
    """Sentences that may show what was done: neither advice, denial, reference nor an order to whoever reads."""
    untold = {page.sentence_number(each.start()) for each in page.find(_NOT_TOLD)}
    return [
        (start, end)
        for number, (start, end) in enumerate(page.sentences[:SENTENCES_MOST])
        if 25 < end - start < 1500
        and page.section(start) not in ("advice", "reference")
        and number not in untold
        and not _ADVISES.search(page.text[start:end])
        and not ordered(page, start)
    ]


def note_inferred(page: Page, notes: Notes, knowledge: Knowledge, content: Content) -> None:
    """Note inferred techniques that may be printed by their merged probability, each at its best sentence."""
    model = technique_model(content)
    if model is None:
        return
    if not _tells_of_attackers(page):
        return
    known = {each.fact.id for each in notes.of(Technique) if isinstance(each.fact, Technique)}
    ranges = told(page)
    if not ranges:
        return
    scores = model.probabilities([page.text[start:end] for start, end in ranges])
    whole = merged(scores)
    reached = {
        label: (column, float(whole[column]))
        for column, label in enumerate(model.labels)
        if whole[column] >= model.head.shown.get(label, 2.0)
    }
    exact = {each.partition(".")[0] for each in {*reached, *known} if "." in each}
    for label, (column, probability) in reached.items():
        if label in exact:
            continue  # a sub-technique of it says the same more exactly
        resolved = knowledge.resolve("attack", label)
        for current in resolved.current[:1]:
            node = knowledge.technique(current)
            if node is None or current in known:
                continue
            known.add(current)
            start, end = ranges[int(scores[:, column].argmax())]
            notes(
                Technique(current, "", "observed", node.domain, probability=round(probability, 3)),
                start,
                end,
                "inferred",
                probability,
                f"model:{model.head.name}",
            )
