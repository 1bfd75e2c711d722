# SPDX-License-Identifier: Apache-2.0
"""What several formats say of a vulnerability, a dispute or an action in the same words.

Plain text; knows no format. Decides nothing but which words there are.
"""

from __future__ import annotations

from typing import Final

from scc.model.briefing import ActionShown, Briefing, CvssShown, DisputeShown, Statement

_CLOSES: Final = frozenset(
    "apply-mitigation disable-agent-tools filter-traffic harden-auth harden-config install-fix isolate-segment "
    "remove-packages replace-unsupported restrict-admin restrict-egress restrict-exposure segment-network".split()
)
"""Effects of actions that close a flaw or take away its reach; the others of that step treat what came of it."""
_TELLS: Final = ("communicate-", "notify-", "decide-", "call-", "declare-")
"""Beginnings of effects that remove nothing from a system."""


def score(shown: CvssShown) -> str:
    """A score with its version, vector and origin, as far as they are known: "CVSS 3.1: 9.8, AV:N (nvd)"."""
    version = f"CVSS {shown.version.strip()}".strip()
    vector = f", {shown.vector.strip()}" if shown.vector.strip() else ""
    origin = f" ({shown.origin.strip()})" if shown.origin.strip() else ""
    return f"{version}: {shown.score:.1f}{vector}{origin}"


def listed(kev: str) -> str:
    """What the catalogue of CISA says: "CISA KEV: added 2026-03-26", "not in CISA KEV as of 2026-08-21"."""
    text = kev.strip()
    if text.startswith("not in KEV"):
        return text.replace("not in KEV", "not in CISA KEV", 1)
    return f"CISA KEV: {text}" if text else ""


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def dispute(shown: DisputeShown) -> str:
    """A question with who says what, and what is preferred."""
    said = "; ".join(f"{each.value} ({', '.join(each.sources)})" for each in shown.positions)
    preferred = f". Preferred: {shown.preferred}" if shown.preferred else ""
    return f"{shown.question.strip().rstrip(':?')}: {said}{preferred}"


def open_questions(briefing: Briefing) -> dict[str, tuple[Statement, ...]]:
    """By title: what no source says, and what is not so today but would change the picture."""
    page = briefing.page_one
    return {"What is not known": page.unknown, "What would change this": page.would_change}


def mitigates(action: ActionShown, kind: str) -> bool:
    """Whether an action takes away what it is taken against, or only relates to it.

    `kind` is a STIX type. A backup out of reach does not mitigate a flaw, a note to staff mitigates no malware,
    and nothing mitigates a group.
    """
    if action.step != "eradication" or kind == "intrusion-set":
        return False
    if not action.effect:
        return True
    return action.effect in _CLOSES if kind == "vulnerability" else not action.effect.startswith(_TELLS)
