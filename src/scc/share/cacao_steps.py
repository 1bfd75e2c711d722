# SPDX-License-Identifier: Apache-2.0
"""What a step of a CACAO playbook holds for one action: its words, its commands, its controls.

A command is written as bash or PowerShell only when neither it nor its action alters anything and nothing
in it is left to fill in; all else is manual, for a person to read and do. Commands are base64 as the
standard advises for what has quotes in it. Knows nothing of the order of steps.
"""

from __future__ import annotations

import base64
from typing import Any, Final

from scc.model.briefing import ActionShown, ControlRef
from scc.model.plan import Command, Evidence, Phase
from scc.share.texts import joined, uri

Object = dict[str, Any]
ACTIVITIES: Final[dict[Phase, tuple[str, str]]] = {
    "preparation": ("investigation", "analyze-collected-data"),
    "detection": ("detection", "scan-system"),
    "containment": ("mitigation", "restrict-access"),
    "eradication": ("remediation", "eliminate-risk"),
    "recovery": ("remediation", "restore-capabilities"),
    "post-incident": ("prevention", "configure-systems"),
}
"""Phases in the vocabularies of playbook types and activities (sections 3.1.1 and 3.1.2)."""
_SHELLS: Final = {"posix": "bash", "powershell": "powershell"}


def described(action: ActionShown) -> str:
    """Why, what goes wrong without it, and what it takes."""
    facts = [
        ", ".join(dict.fromkeys((action.step, action.phase)))
        + (f", CSF 2.0 {action.csf}" if action.csf else ""),
        f"{action.minutes} minutes" + (f", skill {action.skill}" if action.skill else ""),
        "alters systems" if action.alters else "read-only",
    ]
    return joined(
        action.why,
        f"Without it: {action.risk}" if action.risk else "",
        f"Effect on the business: {action.business_effect}" if action.business_effect else "",
        f"Instead, where it cannot be done: {action.compensating}" if action.compensating else "",
        f"Undo: {action.undo}" if action.undo else "",
        "; ".join(facts) + ".",
    )


def commands(action: ActionShown) -> list[Object]:
    """What to do, in order: evidence to keep first, the action, its commands, evidence, the test of the end."""
    first = [_kept(each) for each in action.evidence if each.preserve_first]
    later = [_kept(each) for each in action.evidence if not each.preserve_first]
    texts = [*(f"Before anything is touched, keep {each}" for each in first)]
    found = [_manual(each) for each in texts]
    found.append(_manual(action.text.strip() or action.title.strip() or action.id or "See the description."))
    found += [_command(each, action.alters) for each in action.commands if each.text.strip()]
    # A replacement is a person's choice, never run on its own.
    found += [
        _manual(f"Instead, where it cannot be done: {_told(each)}")
        for each in action.compensating_commands
        if each.text.strip()
    ]
    found += [_manual(f"Keep {each}") for each in later]
    if not action.evidence and action.evidence_note.strip():
        found.append(_manual(f"Evidence: {action.evidence_note}"))
    if action.done_when.strip():
        found.append(_manual(f"Done when: {action.done_when}"))
    activity = ACTIVITIES[action.phase][1]
    return [{**each, "playbook_activity": activity} for each in found]


def control(each: ControlRef) -> Object:
    """A control as an external reference: framework, number, our label."""
    found = {"name": each.framework, "external_id": each.id, "description": each.title}
    return {key: value for key, value in found.items() if value} if each.id or each.title else {
        "name": each.framework, "source": each.framework,
    }  # fmt: skip


def reference(name: str, address: str) -> Object | None:
    """A page as an external reference; None when the address is none."""
    url = uri(address)
    return {"name": name, "url": url} if url else None


def _manual(text: str) -> Object:
    return {"type": "manual", "command": text}


def _command(each: Command, alters: bool) -> Object:
    shell = _SHELLS.get(each.dialect)
    # A labelled blank, "<HOST e.g. web01>", would be a redirection to a shell.
    if shell is None or alters or each.alters or ("<" in each.text and ">" in each.text):
        return _manual(_told(each))
    purpose = f"{each.purpose} " if each.purpose else ""
    return {
        "type": shell,
        "description": f"{purpose}Read-only, as {each.privileges}.",
        "command_b64": base64.b64encode(each.text.encode()).decode("ascii"),
    }


def _told(each: Command) -> str:
    """A command for a person to read."""
    return f"{each.dialect}, as {each.privileges}{', ' if each.purpose else ''}{each.purpose}:\n{each.text}"


def _kept(each: Evidence) -> str:
    return joined(
        f"{each.artifact} from {each.where}" + (f", for {each.retention}" if each.retention else "") + ".",
        each.command,
    )
