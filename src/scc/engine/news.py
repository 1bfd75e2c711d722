# SPDX-License-Identifier: Apache-2.0
"""Whether a document is news that may become an item, and which ids it speaks of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
        if isinstance(fact, Claim):
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


def not_news(document: Document, observations: Sequence[Observation]) -> tuple[str, str] | None:
    """(rule, reason) when the document is not security news; None when it is."""
    if document.kind == "analyst":
        return None
    noise = sorted({each.fact.rule for each in observations if isinstance(each.fact, Noise)})
    if noise and not hard_facts(observations):
        return noise[0], f"The rule {noise[0]} says that this is not security news."
    if not security_facts(observations) and not any(isinstance(each.fact, Topic) for each in observations):
        return "no-security-facts", "Nothing in it names a flaw, a threat, a victim, a duty or an indicator."
    return None


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
