# SPDX-License-Identifier: Apache-2.0
"""Whether a document is news that may become an item, and which ids it speaks of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from scc.assess.inventory import listed, words
from scc.model.document import Document
from scc.model.facts import (
    Actor,
    Claim,
    Cvss,
    Duty,
    Epss,
    Identifier,
    Indicator,
    Kev,
    Malware,
    Noise,
    Observation,
    Product,
    Ssvc,
    Technique,
    Topic,
    Weakness,
)


def security_facts(observations: Iterable[Observation]) -> bool:
    """Whether any observation says something on security that one could act on."""
    for each in observations:
        fact = each.fact
        if isinstance(fact, Identifier | Kev | Cvss | Duty | Actor | Malware | Weakness | Technique):
            return True
        if isinstance(fact, Indicator) and fact.role in ("observed", "victim"):
            return True
        if isinstance(fact, Claim) and not each.wide:
            return True
        if isinstance(fact, Product) and fact.status in ("affected", "fixed"):
            return True
    return False


def hard_facts(observations: Iterable[Observation]) -> bool:
    """Facts that outweigh a noise rule: an observed indicator, a duty, a KEV entry, a main identifier."""
    for each in observations:
        fact = each.fact
        if isinstance(fact, Kev | Duty) or (isinstance(fact, Identifier) and fact.relation == "main"):
            return True
        if isinstance(fact, Indicator) and fact.role == "observed":
            return True
    return False


_WORD: Final = re.compile(r"[^\W_]+")
_MARKET: Final = frozenset({"product-news", "off-topic"})
"""Noise rules that news of a sale or of new terms falls under."""


def not_news(
    document: Document, observations: Sequence[Observation], suppliers: Iterable[str] = ()
) -> tuple[str, str] | None:
    """(rule, reason) when the document is not security news; None when it is.

    `suppliers` are names of the reader's vendors and products: that one of them changes hands or terms is news to
    this reader.
    """
    if document.kind == "analyst":
        return None
    noise = sorted({each.fact.rule for each in observations if isinstance(each.fact, Noise)})
    if set(noise) <= _MARKET and _changes_hands(observations) and _names(document.title, suppliers):
        return None
    if noise and not hard_facts(observations):
        return noise[0], f"The rule {noise[0]} says that this is not security news."
    if not security_facts(observations) and not any(isinstance(each.fact, Topic) for each in observations):
        return "no-security-facts", "Nothing in it names a flaw, a threat, a victim, a duty or an indicator."
    return None


def _changes_hands(observations: Iterable[Observation]) -> bool:
    return any(
        isinstance(each.fact, Topic) and each.rule == "cue:topic-advisory-market" for each in observations
    )


def _names(title: str, names: Iterable[str]) -> bool:
    """Whether a title has one of the names as whole words."""
    said = f" {_plain(title)} "
    plain = (_plain(each) for each in names)
    return any(len(each) > 2 and f" {each} " in said for each in plain)


def _plain(text: str) -> str:
    """The words of a text, lower case, by single blanks."""
    return " ".join(_WORD.findall(text.lower()))


def identifiers(document: Document, observations: Iterable[Observation]) -> tuple[str, ...]:
    """The ids that a document speaks of, sorted; for a record its products as "product:name" too."""
    found: set[str] = set()
    for each in observations:
        fact = each.fact
        if isinstance(fact, Identifier) and fact.scheme in ("cve", "ghsa", "osv"):
            found.add(fact.value)
        elif isinstance(fact, Kev | Epss | Ssvc | Cvss) and fact.vulnerability:
            found.add(fact.vulnerability)
        elif isinstance(fact, Product) and document.kind == "record":
            for name in (fact.product, *listed(fact.product)):
                found.add(product_key(name, fact.vendor))
                if document.format == "kev":
                    # "Secure Firewall Adaptive Security Appliance" is the old name under a new brand.
                    parts = name.split()
                    for first in range(1, len(parts) - 1):
                        found.add(product_key(" ".join(parts[first:]), fact.vendor))
    found.discard("")
    return tuple(sorted(found))


def product_key(name: str, vendor: str = "") -> str:
    """How a product is looked up among records: by the words that tell it from others of its vendor, "" for none."""
    telling = words(name)
    return f"product:{' '.join(sorted((telling - words(vendor)) or telling))[:120]}" if telling else ""
