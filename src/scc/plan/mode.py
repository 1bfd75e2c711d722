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


_CLIENTS: Final = frozenset({"mobile-os", "browser", "office-application"})
"""Product classes on people's own devices, which keep no log of being attacked."""


def decide(situation: Situation) -> tuple[Mode, str, str]:
    """(mode, one sentence why, rule id). Rules are tried from the top; the first that holds decides."""
    traits = situation.traits
    if "own-evidence" in traits:
        return "incident", "Our own evidence or a person's ruling confirms compromise.", "mode-own-evidence"
    if situation.type == "governance":
        return _governance(situation)
    if "not-relevant" in traits and "named-ours" in traits:
        return (
            "expose",
            "We run it in a version that is said not to be affected: that is checked, written down and closed.",
            "mode-version-out",
        )
    if "not-relevant" in traits:
        return "govern", "It does not concern us, so nothing technical happened at our site.", "mode-no"
    if situation.type == "disruption":
        return _disruption(situation)
    if situation.type in ("vulnerability", "advisory"):
        return _vulnerability(situation)
    if situation.type == "supply-chain":
        return "hunt", "Hostile code may have run wherever the component was used.", "mode-supply-chain"
    if situation.type == "breach":
        return _breach(situation)
    return _activity(situation)


def _governance(situation: Situation) -> tuple[Mode, str, str]:
    """An order that says which attacked flaw to close is about that flaw, for whoever it binds or has the product."""
    if "vulnerability" in situation.types and situation.traits & {"binds-us", "relevant"}:
        return (
            "hunt",
            "The order is about a flaw under attack, so an open system may have been taken.",
            "mode-order-flaw",
        )
    return "govern", "A rule or order was published; nothing technical happened.", "mode-governance"


def _disruption(situation: Situation) -> tuple[Mode, str, str]:
    traits = situation.traits
    if "exploited" in traits:
        return "hunt", "The disruption comes with exploitation that may have reached us.", "mode-disruption"
    if {"provider-hit", "linked-party"} <= traits and "no-attacker" not in traits:
        return "hunt", "The party hit is connected with those it works for.", "mode-linked"
    if "faulty-update" in traits:
        return "expose", "What broke may be installed here; no intruder is reported.", "mode-faulty-update"
    if "site-lost" in traits and ("named-ours" in traits or "profile-given" not in traits):
        return "expose", "Systems of ours may have stood there; no intruder is reported.", "mode-site-lost"
    if "utility-lost" in traits and ("country-named" in traits or "profile-given" not in traits):
        return (
            "expose",
            "What failed may have failed at our own site too; no intruder is reported.",
            "mode-utility",
        )
    if "data-deleted" in traits and ("named-ours" in traits or "profile-given" not in traits):
        return (
            "expose",
            "Data of ours may have been deleted at the service; no intruder is reported.",
            "mode-data-deleted",
        )
    if traits & {"no-attacker", "site-lost"} or ("outage" in traits and "flood" not in traits):
        return (
            "govern",
            "A service failed and no attacker is reported; people and service are at issue, no system of ours is open.",
            "mode-outage",
        )
    return "expose", "We may be affected by the disruption; no intruder is reported here.", "mode-disrupted"


def _vulnerability(situation: Situation) -> tuple[Mode, str, str]:
    traits = situation.traits
    if "supplier-fixed" in traits:
        return (
            "govern",
            "The supplier repaired its own service; nothing of ours is open and nothing is ours to repair.",
            "mode-supplier-fixed",
        )
    if "flaw-withdrawn" in traits and not traits & {"exploited", "fix-available"}:
        return (
            "govern",
            "The number was taken back, or it is no flaw: nothing is open through it.",
            "mode-withdrawn",
        )
    if "exploited" in traits:
        return _exploited(situation)
    if situation.type == "advisory" and "flaw-named" not in traits and "market-signal" in situation.themes:
        return "govern", "A change in the market; nothing technical happened.", "mode-market"
    return "expose", "We may be vulnerable; nobody reports exploitation.", "mode-vulnerable"


def _exploited(situation: Situation) -> tuple[Mode, str, str]:
    """Compromise is possible where an attack reaches and leaves something to look at."""
    traits = situation.traits
    if "historical" in traits and "relevant" not in traits:
        return (
            "expose",
            "The exploitation is old and it is open whether we use the product.",
            "mode-historical",
        )
    if "availability-only" in traits:
        return "expose", "The attacks take a service away and give no access.", "mode-availability"
    if traits & {"indicators", "traces-published", "search-asked"}:
        return "hunt", "Exploitation is reported, so an open system may have been taken.", "mode-exploited"
    if "rights-first" in traits and situation.exposure == "internal":
        return (
            "expose",
            "The flaw needs rights that an intruder must win first, our system is not reachable from outside, and the "
            "sources name no trace of its use.",
            "mode-rights-first",
        )
    if situation.exposure == "internal" and traits.isdisjoint({"ransomware", "malware-named"}):
        return (
            "expose",
            "Our system is not reachable from outside, and the sources name no trace of the attacks.",
            "mode-internal",
        )
    if "local-only" in traits:
        return (
            "expose",
            "The flaw needs code that already runs here, and the sources name no trace of its use.",
            "mode-local",
        )
    if "narrow-target" in traits or situation.product_classes & _CLIENTS:
        return (
            "expose",
            "Devices may be open; the sources name no trace of attacks that could be looked for on them.",
            "mode-no-device-traces",
        )
    return "hunt", "Exploitation is reported, so an open system may have been taken.", "mode-exploited"


def _breach(situation: Situation) -> tuple[Mode, str, str]:
    traits = situation.traits
    if "claim-only" in traits and "denied" in traits and not traits & {"indicators", "exploited"}:
        return (
            "expose",
            "Only the seller asserts it and the party named denies it; data or access of ours may be concerned.",
            "mode-breach-claim",
        )
    if "rotation-asked" in traits:
        return (
            "hunt",
            "Secrets of ours may be in other hands: the sources ask to replace them.",
            "mode-breach-secrets",
        )
    if "secrets-spared" in traits and traits.isdisjoint(
        {"indicators", "search-asked", "malware-named", "exploited", "linked-party"}
    ):
        return (
            "expose",
            "The sources say that no passwords or keys were taken and name no trace: what was taken serves to deceive.",
            "mode-breach-spared",
        )
    if "named-ours" in traits and traits & {"activity-told", "malware-named", "search-asked"}:
        return "hunt", "The way in was a product or supplier of ours.", "mode-breach-ours"
    if "linked-party" in traits and traits & {"provider-hit", "named-ours"}:
        return "hunt", "The party hit is connected with those it works for.", "mode-breach-linked"
    access = set(situation.themes) & _ACCESS_THEMES
    if access or situation.product_classes & {"saas-data", "identity-provider"}:
        return "hunt", "Access that the affected party holds may have been used on us.", "mode-breach-access"
    return "expose", "Data or access of ours may be held by the affected party.", "mode-breach"


def _activity(situation: Situation) -> tuple[Mode, str, str]:
    """Threats and malware: hunt when there is something to look for, or somebody who knows asks to look."""
    traits = situation.traits
    if "historical" in traits and "relevant" not in traits:
        return "expose", "The activity is old and no link to us is known.", "mode-historical"
    if "people-only" in traits and "payment-fraud" in situation.themes and "malware-named" not in traits:
        return (
            "govern",
            "People were deceived and no system was entered: a rule for people answers it.",
            "mode-people",
        )
    if "indicators" in traits:
        return "hunt", "Activity with traces that can be looked for may have reached us.", "mode-activity"
    if "search-asked" in traits:
        return "hunt", "The sources ask readers to look for this activity.", "mode-search-asked"
    if {"provider-hit", "linked-party"} <= traits:
        return "hunt", "The party hit is connected with those it works for.", "mode-linked"
    if "relevant" in traits or ("exploited" in traits and "flaw-named" in traits):
        return "hunt", "The activity uses what we have, so it may have reached us.", "mode-activity-ours"
    return "expose", "Activity is reported without traces that could be looked for.", "mode-no-traces"
