# SPDX-License-Identifier: Apache-2.0
"""Whose word a document is, and on which questions that word is of the holder's own knowledge.

A vendor knows its fixed version, a victim what was demanded of it; what anybody else says of these is passed on.
"""

from __future__ import annotations

from typing import Final

from scc.model.document import Document
from scc.model.facts import Holder, Modality, Question

_PUBLISHER: Final[dict[str, Holder]] = {
    "authority": "authority",
    "cert": "cert",
    "vendor": "vendor",
    "research": "research",
    "press": "press",
    "blog": "press",
    "victim": "victim",
}
_AT_FIRST_HAND: Final[dict[Question, frozenset[Holder]]] = {
    "fixed-version": frozenset(["vendor", "authority", "cert"]),
    "severity": frozenset(["vendor", "authority", "cert", "research"]),
    "mandatory": frozenset(["authority", "cert"]),
    "ransom": frozenset(["authority", "cert", "victim", "research"]),
    "occurred-on": frozenset(["authority", "cert", "vendor", "research", "victim"]),
}
"""By question, whose bare word on it is an assertion (our judgement). Questions that hang on the wording of the sentence are
not here."""


def publisher_holder(document: Document) -> Holder:
    """What the document's publisher is when it speaks for itself."""
    return _PUBLISHER.get(document.publisher_kind, "unknown")


def first_hand(question: Question, holder: Holder) -> Modality:
    """ "asserted" where the holder knows the answer to a question itself, else "reported"."""
    return "asserted" if holder in _AT_FIRST_HAND[question] else "reported"
