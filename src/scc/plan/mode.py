# SPDX-License-Identifier: Apache-2.0
"""Which of the four modes an item is handled in, by evidence.

govern: nothing technical happened; expose: we may be vulnerable, no sign of compromise; hunt: compromise
is possible; incident: evidence of compromise at our site. Only a person's ruling or our own evidence gives
incident: a source never does, whatever it says.
"""

from __future__ import annotations

from typing import Final

from scc.model.plan import Mode
from scc.plan.situation import Situation

_ACCESS_THEMES: Final = frozenset(
    "secrets-crypto session-theft software-supply-chain ci-cd cloud-configuration remote-access".split()
)
"""Themes by which somebody else's breach becomes a way into our systems."""


def decide(situation: Situation) -> tuple[Mode, str, str]:
    """(mode, one sentence why, rule id). Rules are tried from the top; the first that holds decides."""
    traits, themes = situation.traits, set(situation.themes)
    if "own-evidence" in traits:
        return "incident", "Our own evidence or a person's ruling confirms compromise.", "mode-own-evidence"
    if situation.type == "governance":
        return "govern", "A rule or order was published; nothing technical happened.", "mode-governance"
    if "not-relevant" in traits:
        if situation.type in ("vulnerability", "advisory", "disruption"):
            return "expose", "The product is not in our inventory, so nothing of ours can be open.", "mode-no"
        return "govern", "No link to us was found, so nothing technical happened at our site.", "mode-no"
    if situation.type == "disruption":
        if "exploited" in traits:
            return (
                "hunt",
                "The disruption comes with exploitation that may have reached us.",
                "mode-disruption",
            )
        return "expose", "We may be affected by the disruption; no intruder is reported.", "mode-disruption"
    if situation.type in ("vulnerability", "advisory"):
        return _vulnerability(situation)
    if situation.type == "supply-chain":
        return "hunt", "Hostile code may have run wherever the component was used.", "mode-supply-chain"
    if situation.type == "breach":
        if themes & _ACCESS_THEMES or situation.product_classes & {"saas-data", "identity-provider"}:
            return (
                "hunt",
                "Access that the affected party holds may have been used on us.",
                "mode-breach-access",
            )
        return "expose", "Data or access of ours may be held by the affected party.", "mode-breach"
    return _activity(situation)


def _vulnerability(situation: Situation) -> tuple[Mode, str, str]:
    traits = situation.traits
    if "supplier-fixed" in traits:
        return (
            "expose",
            "The supplier repaired its own service; nothing of ours is open.",
            "mode-supplier-fixed",
        )
    if "exploited" in traits:
        if "historical" in traits and "relevant" not in traits:
            return (
                "expose",
                "The exploitation is old and it is open whether we use the product.",
                "mode-historical",
            )
        return "hunt", "Exploitation is reported, so an open system may have been taken.", "mode-exploited"
    return "expose", "We may be vulnerable; nobody reports exploitation.", "mode-vulnerable"


def _activity(situation: Situation) -> tuple[Mode, str, str]:
    """Threats and malware: hunt when there is something to look for."""
    traits = situation.traits
    if "historical" in traits and "relevant" not in traits:
        return "expose", "The activity is old and no link to us is known.", "mode-historical"
    if "indicators" in traits or situation.techniques or "exploited" in traits:
        return "hunt", "Activity with traces that can be looked for may have reached us.", "mode-activity"
    if situation.type == "malware":
        return "hunt", "Malware is being spread that may have reached us.", "mode-malware"
    return "expose", "Activity is reported without traces that could be looked for.", "mode-no-traces"
