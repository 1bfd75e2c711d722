# SPDX-License-Identifier: Apache-2.0
"""The plan of a briefing as a CACAO 2.0 playbook: its actions in their order, with the gate as a decision.

One step an action, run one after the other as the plan orders them. Between looking and changing a person
names the outcome of the gate. A confirmed outcome ends the workflow with the declaration of an incident, whose
steps are its lead's to call, except in a hunt, whose plan goes on; there actions that wait for a suspicion are
under that condition. What alters a system is a manual command; the commands are in
`cacao_steps`. Nothing is run in parallel and nothing has a timer. Which parts may leave is decided before.

Source: CACAO Security Playbooks Version 2.0, OASIS Committee Specification 01 (27 November 2023). Section
10.10 asks for UUIDv4 in the ids of steps: ours have that form, their bits come from the same hash as every
id of ours, so that a second export gives the same bytes; all other ids are UUIDv5 in our namespace.
"""

from __future__ import annotations

import json
import uuid
from itertools import groupby
from typing import Any, Final

from scc.model.briefing import ActionShown, Briefing, Statement
from scc.model.plan import GATED
from scc.share.cacao_steps import ACTIVITIES, Object, commands, control, described, reference
from scc.share.identity import FOUNDED, made, named, withdrawn
from scc.share.interface import Context, NotApplicable
from scc.share.stix_markings import US
from scc.share.stix_objects import stamp
from scc.share.texts import as_json, encodable, joined

_LOOKING: Final = ("preparation", "detection")
_PRIORITIES: Final = {"immediate": 1, "urgent": 25, "standard": 50, "deferred": 75}
"""Ours on the scale of section 3.1: 1 is the highest, 100 the lowest."""
_SEVERITIES: Final = {"critical": 95, "high": 80, "medium": 55, "low": 20}
"""Middle of the CVSS bands, times ten: 100 is the highest, 0 would mean undefined."""
_VARIABLE: Final = "__gate_outcome__"
_NOBODY: Final = "Responder"


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The playbook as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    briefing = encodable(briefing)
    if not briefing.actions:
        return NotApplicable("the plan has no action")
    created, modified = made(briefing, context)
    workflow = _Workflow(briefing)
    start = workflow.build()
    marking = _id("marking-tlp", briefing.tlp)
    types = dict.fromkeys(ACTIVITIES[each.phase][0] for each in briefing.actions)
    uses = {each["type"] for each in workflow.steps.values()}
    manual = all(
        one["type"] == "manual" for each in workflow.steps.values() for one in each.get("commands", ())
    )
    playbook: Object = {
        "type": "playbook",
        "spec_version": "cacao-2.0",
        "id": _id("playbook", briefing.id),
        "name": f"{briefing.id} {' '.join(briefing.title.split())}".strip(),
        "description": _description(briefing),
        "playbook_types": list(types),
        "playbook_activities": workflow.activities(),
        "playbook_processing_summary": {
            "manual_playbook": manual,
            "if_logic": "if-condition" in uses,
            "switch_logic": "switch-condition" in uses,
            "data_markings": True,
        },
        "created_by": US,
        "created": stamp(created),
        "modified": stamp(modified),
        "revoked": withdrawn(briefing, context),
        "related_to": [f"report--{named('stix', briefing.id, 'report')}"],
    }
    if briefing.priority_reasons:  # without them the priority must not be told: `clearance.world`
        playbook["priority"] = _PRIORITIES[briefing.priority]
    if briefing.severity.level in _SEVERITIES:
        playbook["severity"] = _SEVERITIES[briefing.severity.level]
    playbook |= {
        "labels": [briefing.id, briefing.type, *briefing.facets],
        "external_references": _references(briefing, workflow),
        "markings": [marking],
    }
    if workflow.gated:
        playbook["playbook_variables"] = {
            _VARIABLE: {
                "type": "string",
                "description": "Outcome of the gate: " + ", ".join(workflow.gated) + ".",
                # Not able to check counts as suspected, so that is what stands until somebody looked.
                "value": "suspected" if "suspected" in workflow.gated else workflow.gated[-1],
                "constant": False,
            }
        }
    playbook |= {
        "workflow_start": start,
        "workflow": workflow.steps,
        "agent_definitions": workflow.agents,
        "data_marking_definitions": {
            marking: {
                "type": "marking-tlp", "id": marking, "name": briefing.tlp, "created_by": US, "created": FOUNDED,
                "tlpv2_level": briefing.tlp,
            }
        },
    }  # fmt: skip
    return as_json(playbook)


class _Workflow:
    """The steps of one playbook, each under its id, in the order in which they are met."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self.steps: dict[str, Object] = {}
        self.agents: dict[str, Object] = {}
        gate = {each.sid.removeprefix("plan-").removeprefix("gate-"): each for each in briefing.plan.gate}
        self._gate = {key: gate[key] for key in ("no-evidence", "suspected", "confirmed") if key in gate}
        self.gated = tuple(self._gate) if len(self._gate) > 1 else ()
        """Outcomes a person chooses from; none when the plan has no gate."""

    def build(self) -> str:
        """Make all steps. Gives the id of the first."""
        actions = self._briefing.actions
        at = self._place(actions) if self.gated else len(actions)
        before = [self._action(number, each) for number, each in enumerate(actions[:at])]
        after = self._after(at, actions[at:])
        end = self._end("last")
        if self.gated:
            before.append(self._decide())
            after_gate = self._fork(after, end)
        else:
            after_gate = end
        start = self._step("start", "start")
        self._chain([(start, {"type": "start", "name": "Start"}), *before], after_gate)
        return start

    @staticmethod
    def _place(actions: tuple[ActionShown, ...]) -> int:
        """Where the gate stands: before the first change that comes after a look.

        A change that the plan puts before any look does not wait for the gate; a plan that looks at
        nothing has the gate first.
        """
        looked = False
        for number, each in enumerate(actions):
            if each.text.startswith(GATED):
                return number
            if each.phase in _LOOKING:
                looked = True
            elif looked:
                return number
        return len(actions) if looked else 0

    def _after(self, at: int, actions: tuple[ActionShown, ...]) -> list[tuple[str, Object]]:
        """What follows the gate; actions that wait for a suspicion stand together under that condition."""
        found: list[tuple[str, Object]] = []
        numbered = enumerate(actions, at)
        for waits, group in groupby(
            numbered, lambda each: "no-evidence" in self.gated and each[1].text.startswith(GATED)
        ):
            steps = [self._action(number, each) for number, each in group]
            if not waits:
                found += steps
                continue
            key = f"waiting-{at + len(found)}"
            self._chain(steps, self._end(key))
            found.append((self._step("if-condition", key), {
                "type": "if-condition", "name": "Is it suspected or confirmed?",
                "condition": f"{_VARIABLE}:value != 'no-evidence'", "on_true": steps[0][0],
            }))  # fmt: skip
        return found

    def _chain(self, steps: list[tuple[str, Object]], then: str) -> None:
        """Add the steps, each followed by the next and the last by `then`."""
        following = [*(id_ for id_, _ in steps[1:]), then]
        for (id_, step), next_ in zip(steps, following, strict=True):
            self.steps[id_] = {**step, "on_completion": next_}

    def _fork(self, rest: list[tuple[str, Object]], end: str) -> str:
        """The gate after its outcome is named: confirmed ends here unless it is a hunt, else it goes on.

        Each branch has an end of its own (sections 4.8 and 4.10).
        """
        stops = "confirmed" in self._gate and self._briefing.plan.mode != "hunt"
        ways = {key: each for key, each in self._gate.items() if not (stops and key == "confirmed")}
        switch = self._step("switch-condition", "gate")
        cases = {}
        for key, each in ways.items():
            step = self._outcome(key, each)
            self._chain([step], self._end(key))
            cases[key] = step[0]
        going = (switch, {
            "type": "switch-condition", "name": "What follows from the outcome",
            "switch": f"{_VARIABLE}:value", "cases": cases,
        })  # fmt: skip
        if not stops:
            self._chain([going, *rest], end)
            return switch
        self._chain([going, *rest], self._end("unconfirmed"))
        declared = self._outcome("confirmed", self._gate["confirmed"])
        self._chain([declared], self._end("confirmed"))
        fork = self._step("if-condition", "gate")
        self.steps[fork] = {
            "type": "if-condition", "name": "Is it confirmed?", "condition": f"{_VARIABLE}:value = 'confirmed'",
            "on_true": declared[0], "on_false": switch, "on_completion": end,
        }  # fmt: skip
        return fork

    def _decide(self) -> tuple[str, Object]:
        """The step in which a person names the outcome."""
        lines = [f"{key}: {each.text}" for key, each in self._gate.items()]
        return self._step("action", "gate"), {
            "type": "action",
            "name": "Gate between looking and changing",
            "description": "A person decides what was found; nobody and nothing else does.",
            "commands": [
                {
                    "type": "manual",
                    "command": joined(f"Name the outcome in {_VARIABLE}.", "\n".join(lines)),
                    "playbook_activity": "analyze-collected-data",
                }
            ],
            "agent": self._agent(self._lead()),
            "out_args": [_VARIABLE],
        }

    def _outcome(self, key: str, each: Statement) -> tuple[str, Object]:
        stops = key == "confirmed" and self._briefing.plan.mode != "hunt"
        last = " The steps that would follow are the lead's to call." if stops else ""
        return self._step("action", "outcome", key), {
            "type": "action",
            "name": f"Outcome: {key}",
            "commands": [
                {
                    "type": "manual",
                    "command": (each.text.strip() or key) + last,
                    "playbook_activity": "analyze-collected-data",
                }
            ],
            "agent": self._agent(self._lead()),
        }

    def _lead(self) -> str:
        """Who owns the first look owns the gate."""
        return self._briefing.actions[0].owner

    def _action(self, number: int, each: ActionShown) -> tuple[str, Object]:
        step: Object = {
            "type": "action",
            "name": each.title.strip() or each.id or f"Action {number + 1}",
            "description": described(each),
            "external_references": _found(each),
            "commands": commands(each),
            "agent": self._agent(each.owner),
        }
        # The number is part of the id: a plan may hold one action of the library twice.
        return self._step("action", "plan", str(number), each.id), {
            key: value for key, value in step.items() if value not in ("", [])
        }

    def _agent(self, owner: str) -> str:
        """The agent who stands for a role; several people may hold it, so it is a group."""
        name = " ".join(owner.split()) or _NOBODY
        id_ = _id("group", name)
        self.agents.setdefault(
            id_, {"type": "group", "name": name, "description": "Role that owns the step."}
        )
        return id_

    def _end(self, key: str) -> str:
        id_ = self._step("end", key)
        self.steps[id_] = {"type": "end", "name": "End"}
        return id_

    def _step(self, type_: str, *key: str) -> str:
        hashed = uuid.UUID(named("cacao", self._briefing.id, type_, *key))
        return f"{type_}--{uuid.UUID(bytes=hashed.bytes, version=4)}"

    def activities(self) -> list[str]:
        """The activities of all commands: each listed one is reflected in a step (section 3.1)."""
        found = (one["playbook_activity"] for each in self.steps.values() for one in each.get("commands", ()))
        return list(dict.fromkeys(found))


def _id(type_: str, *key: str) -> str:
    return f"{type_}--{named('cacao', type_, *key)}"


def _description(briefing: Briefing) -> str:
    plan = briefing.plan
    return joined(
        f"{briefing.id}, revision {briefing.revision}, {briefing.tlp}.",
        "\n".join(each.text for each in briefing.summary),
        plan.mode_why.text,
        plan.framework_note.text,
        "\n".join(each.text for each in plan.empty),
        "\n".join(each.text for each in plan.cut),
        briefing.disclaimer,
    )


def _found(each: ActionShown) -> list[Object]:
    """Controls and pages of an action."""
    pages = [one for address in each.references if (one := reference(_host(address), address))]
    return [*(control(one) for one in each.controls if one.framework), *pages]


def _host(address: str) -> str:
    """Whose page it is, as a name to show."""
    return address.partition("://")[2].partition("/")[0].removeprefix("www.") or address


def _references(briefing: Briefing, workflow: _Workflow) -> list[Object]:
    """Sources, then every reference of a step, which section 3.1 wants at the playbook too."""
    found: list[Object] = [{"name": "scc", "external_id": briefing.id}]
    for each in briefing.sources:
        shown = reference(each.publisher.strip() or "source", each.url)
        title = " ".join(each.title.split())
        if shown or title:
            found.append(
                {
                    **(shown or {"name": each.publisher.strip() or "source"}),
                    **({"description": title} if title else {}),
                }
            )
    found += [one for each in workflow.steps.values() for one in each.get("external_references", ())]
    seen: dict[str, Any] = {json.dumps(each, sort_keys=True): each for each in reversed(found)}
    return list(reversed(seen.values()))
