# SPDX-License-Identifier: Apache-2.0
"""What an item is about, in words: its headline, acts, products, and the names of questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from scc.brief.evidence import Evidence
from scc.brief.phrases import listing
from scc.model.assessment import Assessment
from scc.model.document import Document
from scc.model.facts import Identifier, Product

_QUESTIONS = {
    "exploited": "whether it is exploited",
    "proof-of-concept": "whether exploit code is public",
    "patch-available": "whether a fix is available",
    "ransom": "a ransom",
    "number-affected": "how many are affected",
    "attribution": "who is behind it",
    "cause": "the cause",
    "mandatory": "whether it is mandatory",
    "severity": "its severity",
    "fixed-version": "the fixed version",
    "occurred-on": "when it happened",
    "data-taken": "what data was taken",
    "breached": "whether there was a breach",
    "law-number": "the number of the act",
    "retracted": "a retraction",
}
_ANSWERS = {
    ("mandatory", "yes"): "mandatory",
    ("mandatory", "no"): "voluntary",
    ("exploited", "yes"): "exploited",
    ("exploited", "no"): "not exploited",
    ("exploited", "none known"): "no evidence of exploitation",
    ("breached", "yes"): "breached",
    ("breached", "no"): "not breached",
}

NOBODY: Final = "it"
"""What a claim is about where neither a flaw nor a product is named."""


_SUFFIX: Final = re.compile(r"\s+(?:[-–—|]|::)\s+(?P<tail>[^-–—|]{2,40})$")


def question_name(question: str, subject: str = "") -> str:
    """A question of claims in plain words, e.g. "whether it is mandatory"; a date with the subject "deadline" is one."""
    if question == "occurred-on" and subject.startswith("deadline"):
        return "the deadline"
    return _QUESTIONS.get(question, question)


def answer_name(question: str, value: str) -> str:
    """The value of a claim in plain words, e.g. ("mandatory", "no") as "voluntary"."""
    if question == "fixed-version" and value.startswith("not "):
        return f"still open in {value.removeprefix('not ')}"
    return _ANSWERS.get((question, value), value)


def subject_name(evidence: Evidence, assessment: Assessment) -> str:
    """What the item is about in a few words: an act, the flaws, a product, a package, a victim."""
    acts = main_acts(evidence)
    if assessment.type == "governance" and acts:
        return acts[0]
    if assessment.vulnerabilities and assessment.type in ("vulnerability", "advisory"):
        return listing([each.id for each in assessment.vulnerabilities], 3)
    named = products(evidence)
    return listing(named, 2) if named else NOBODY


def products(evidence: Evidence) -> list[str]:
    """Names of the affected products, vendor in front, best source first."""
    return product_names(
        fact
        for _, fact in evidence.of(Product)
        if fact.status in ("affected", "fixed", "under-investigation")
    )


def product_names(facts: Iterable[Product]) -> list[str]:
    """Names with the vendor in front, each product once: two sources name one, only one with its vendor."""
    found: dict[str, str] = {}
    for fact in facts:
        name = product_name(fact)
        bare = name.lower().removeprefix(fact.vendor.lower()).strip() or name.lower()
        if len(name) > len(found.get(bare, "")):
            found[bare] = name
    return list(found.values())


def product_name(fact: Product) -> str:
    """ "Vendor Product", without saying the vendor twice."""
    if not fact.vendor or fact.product.lower().startswith(fact.vendor.lower()):
        return fact.product
    return f"{fact.vendor} {fact.product}"


def main_acts(evidence: Evidence) -> list[str]:
    """Orders, laws and directives the story is about: those marked main, else those of its title."""
    legal = ("executive-order", "law", "directive", "regulation")
    found = [(each, fact) for each, fact in evidence.of(Identifier) if fact.scheme in legal]
    main = [fact.value for _, fact in found if fact.relation == "main"]
    titles = " ".join(each.title for each in evidence.story.documents)
    return list(dict.fromkeys(main or [fact.value for _, fact in found if fact.value in titles]))


def headline(evidence: Evidence) -> str:
    """The title of the best source, without the publisher's name at its end."""
    document = evidence.primary
    title = " ".join(document.title.split()) or "Untitled"
    tail = _SUFFIX.search(title)
    if tail and _names_publisher(tail["tail"], document):
        title = title[: tail.start()]
    return title


def _names_publisher(tail: str, document: Document) -> bool:
    squeezed = re.sub(r"\W", "", tail).lower()
    publisher = re.sub(r"\W", "", document.publisher).lower()
    return bool(squeezed) and (squeezed in publisher or publisher in squeezed or squeezed.isdigit())


def acts_edge(told: str) -> str:
    """The citation of our table of acts (content/acts.csv) for what is told of an act's standing."""
    return f"SCC acts: {told.split(';')[0]}"


def act_places(evidence: Evidence, acts: Sequence[str]) -> list[str]:
    """One observation for each act that names it."""
    found: dict[str, str] = {}
    for each, fact in evidence.of(Identifier):
        if fact.value in acts:
            found.setdefault(fact.value, each.id)
    return list(found.values())
