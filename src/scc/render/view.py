# SPDX-License-Identifier: Apache-2.0
"""The briefing laid out for people: the same order, labels and groups for every format.

Turns the contract into plain values (dicts, lists, strings) that templates read. Adds labels, groups
actions by step, joins citations to their sources, decides which addresses are links. Adds no statement
of its own, drops none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import msgspec

from scc.model.briefing import Briefing
from scc.model.tlp import COLOURS
from scc.render import labels
from scc.render.characters import each_string, visible
from scc.render.links import defanged, safe

_CVE: Final = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
ROLES: Final = ("observed", "victim", "reference", "advice", "benign")


def view(briefing: Briefing, change: Callable[[str], str] = visible) -> dict[str, Any]:
    """Plain values of the briefing with what the templates need beside them.

    `change` is applied to every string that comes from the briefing (characters that must be shown
    and not obeyed, glyphs that a font lacks).
    """
    shown: dict[str, Any] = each_string(msgspec.to_builtins(briefing, order="deterministic"), change)
    _actions(shown, briefing)
    _sources(shown, briefing)
    _citations(shown)
    for each in (*shown["techniques"], *shown["weaknesses"]):
        each["basis_label"] = labels.BASES[each["basis"]]
    for each in shown["techniques"]:
        each["tactic_list"] = [{"name": name, "fits": name in each["fitting"]} for name in each["tactics"]]
        each["percent"] = f"{each['confidence']:.0%}"
    for each in shown["indicators"]:
        each["shown"] = defanged(each["type"], each["value"])
    shown["indicators"].sort(key=lambda each: ROLES.index(each["role"]))
    for each, flaw in zip(shown["vulnerabilities"], briefing.vulnerabilities, strict=True):
        _vulnerability(each, flaw.id)
    for each, rule in zip(shown["detection"]["sigma"], briefing.detection.sigma, strict=True):
        each["href"] = safe(rule.url)
    texts = any(each["text"] for each in shown["detection"]["sigma"])
    shown["detection"]["sigma_note"] = labels.RULES_NOTE.format(id=briefing.id) if texts else ""
    for command in shown["detection"]["sweeps"]:
        _command(command)
    for key, rows in shown["frameworks"].items():
        for row, source in zip(rows, briefing.frameworks[key], strict=True):
            row["title"] = change(source.label)
    shown["frameworks"] = [
        {"key": key, "name": labels.framework(key), "rows": rows}
        for key, rows in shown["frameworks"].items()
        if rows
    ]
    for each in shown["related"]:
        each["label"] = labels.RELATIONS[each["relation"]]
    shown["tlp_colour"] = COLOURS[briefing.tlp]
    shown["type_label"] = labels.TYPES[briefing.type]
    shown["capacity_label"] = f"{briefing.plan.capacity_hours:g}"
    shown["mode_label"] = labels.MODES[briefing.plan.mode]
    shown["generated_label"] = labels.moment(briefing.generated)
    shown["do_by_label"] = labels.moment(shown["page_one"]["do_by"] or "")
    if shown["changes"]:
        shown["changes"]["since_label"] = labels.moment(shown["changes"]["since"])
    shown["defanged"] = any(each["shown"] != each["value"] for each in shown["indicators"])
    shown["defanged_note"] = labels.CONTENTS_NOTE
    shown["pills"] = _pills(shown)
    shown["facts"] = _facts(shown)
    shown["steps"] = _steps(shown)
    return shown


def _command(command: dict[str, Any]) -> None:
    command["label"] = ", ".join(
        part
        for part in (labels.DIALECTS[command["dialect"]], labels.PRIVILEGES[command["privileges"]])
        if part
    )


def _actions(shown: dict[str, Any], briefing: Briefing) -> None:
    titles = {}
    for number, each in enumerate(shown["actions"], 1):
        each["anchor"] = f"action-{number}"
        each["number"] = number
        each["time"] = labels.minutes(each["minutes"])
        each["when_label"] = labels.WHEN.get(each["when"], each["when"])
        each["phase_label"] = labels.PHASES[each["phase"]]
        each["control_groups"] = _control_groups(each["controls"])
        stated = briefing.actions[number - 1].references
        each["links"] = [
            {"text": text, "href": safe(url)} for text, url in zip(each["references"], stated, strict=True)
        ]
        for command in (*each["commands"], *each["compensating_commands"]):
            _command(command)
        titles[each["id"]] = each
    for now in shown["page_one"]["now"]:
        now["time"] = labels.minutes(now["minutes"])
        now["anchor"] = titles.get(now["action"], {}).get("anchor", "")


def _control_groups(controls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in controls:
        groups.setdefault(labels.framework(each["framework"]), []).append(each)
    return [{"name": name, "controls": rows} for name, rows in groups.items()]


def _sources(shown: dict[str, Any], briefing: Briefing) -> None:
    for number, (each, source) in enumerate(zip(shown["sources"], briefing.sources, strict=True), 1):
        each["anchor"] = f"source-{number}"
        each["href"] = safe(source.url)
        each["where"] = each["url"] or each["path"]
        each["tier_label"] = labels.TIERS[each["tier"]]
        each["date_label"] = labels.moment(each["date"])
        each["name"] = each["title"] or each["where"] or each["document"]


def _citations(shown: dict[str, Any]) -> None:
    sources = {each["document"]: each for each in shown["sources"]}
    for each in shown["citations"]:
        each.setdefault("quote", "")
        source = sources.get(each.get("document", ""))
        each["source"] = source
        locator = each.get("locator")
        each["place"] = ""
        if locator:
            span = locator["type"] == "span"
            each["place"] = (
                f"characters {locator['start']}–{locator['end']}" if span else f"at {locator['path'] or '/'}"
            )
        if each.get("edge"):
            each["kind"], each["text"] = "edge", each["edge"]
        elif each.get("rule"):
            each["kind"], each["text"] = "rule", each["rule"]
        else:
            each["kind"], each["text"] = "document", each.get("document", "")


def _vulnerability(each: dict[str, Any], id_: str) -> None:
    each["href"] = safe(f"https://www.cve.org/CVERecord?id={id_}") if _CVE.fullmatch(id_) else ""
    epss = each["epss"]
    each["epss_label"] = (
        f"{epss['score']:.1%} in 30 days (percentile {epss['percentile']:.1%}), "
        + (
            "date and model: the file names none"
            if epss["date"] == epss["model"]
            else f"{epss['date']}, model: {epss['model']}"
        )
        if epss
        else ""
    )
    for score in each["cvss"]:
        score["label"] = cvss_label(score)


def cvss_label(score: dict[str, Any]) -> str:
    """ "10.0 (CVSS 3.1, CNA)"; a source that prints a bare score does not say of which version it is."""
    name = score["nomenclature"] or "CVSS"
    version = score["version"] or "of no stated version"
    return f"{score['score']:.1f} ({name} {version}, {score['origin']})"


def _pills(shown: dict[str, Any]) -> list[dict[str, str]]:
    pills = [
        {"text": shown["type_label"].upper(), "kind": "type"},
        {"text": shown["severity"]["level"].upper(), "kind": shown["severity"]["level"]},
    ]
    cvss = shown["cvss"]
    pills.append({"text": f"CVSS {cvss['score']:.1f}" if cvss else "CVSS N/A", "kind": "plain"})
    if shown["historical"]:
        pills.append({"text": "HISTORICAL", "kind": "plain"})
    return pills


def _fact(label: str, *lines: tuple[str, list[int]]) -> dict[str, Any]:
    return {"label": label, "lines": [{"text": text, "citations": cites} for text, cites in lines if text]}


def _statements(rows: list[dict[str, Any]]) -> list[tuple[str, list[int]]]:
    return [(each["text"], each["citations"]) for each in rows]


def _facts(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The item table: label, then one or more lines with their citations. Empty rows are absent."""
    cvss = shown["cvss"]
    score = (
        (cvss_label(cvss) + (f" for {cvss['vulnerability']}" if cvss["vulnerability"] else ""))
        if cvss
        else ""
    )
    found = shown["discovery"]
    facets = ", ".join(labels.FACETS.get(each, each) for each in shown["facets"])
    rows = [
        _fact("SCC item ID", (f"{shown['id']}, revision {shown['revision']}, {shown['status']}", [])),
        _fact("Type", (shown["type_label"] + (f" ({facets})" if facets else ""), [])),
        _fact(
            "Severity", (shown["severity"]["level"].upper(), []), *_statements(shown["severity"]["reasons"])
        ),
        _fact(
            "CVSS base score",
            (score or shown["cvss_note"], cvss["citations"] if cvss else []),
            (cvss["vector"] if cvss else "", []),
        ),
        _fact("Affected products", *((_product(each), each["citations"]) for each in shown["products"])),
        _fact("Discovery source", (f"{found['kind']}:{found['tier']} {found['publisher']}", [])),
        _fact("Actors", *((_named(each), each["citations"]) for each in shown["actors"])),
        _fact("Malware and tools", *((_named(each), each["citations"]) for each in shown["malware"])),
        _fact("Event date", (shown["event_date"] + (" (historical)" if shown["historical"] else ""), []))
        if shown["event_date"]
        else _fact("Event date"),
        _fact(
            "Confidence",
            (shown["confidence"], []),
            *_statements([shown["confidence_reason"]]),
        ),
        _fact(
            "Does it concern us", (shown["relevance"]["answer"], []), *_statements(shown["relevance"]["why"])
        ),
    ]
    return [row for row in rows if row["lines"]]


def _product(each: dict[str, Any]) -> str:
    name = str(each["product"])
    if each["vendor"] and each["vendor"].casefold() not in name.casefold():
        name = f"{each['vendor']} {name}"
    text = name + (f", affected: {each['versions']}" if each["versions"] else "")
    return text + (f"; fixed in: {each['fixed']}" if each["fixed"] else "")


def _named(each: dict[str, Any]) -> str:
    """The name with its ATT&CK id; ids of other datasets (UUIDs) stand in the JSON only."""
    return f"{each['name']} ({each['id']})" if 0 < len(each["id"]) <= 12 else str(each["name"])


def _steps(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The five steps, each with its actions and what the briefing says about it being empty."""
    steps = []
    for number, (key, label) in enumerate(labels.STEPS, 1):
        steps.append(
            {
                "key": key,
                "number": number,
                "label": label,
                "actions": [each for each in shown["actions"] if each["step"] == key],
                "empty": [
                    each for each in shown["plan"]["empty"] if each["text"].casefold().startswith(f"{key}:")
                ],
            }
        )
    return steps
