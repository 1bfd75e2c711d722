# SPDX-License-Identifier: Apache-2.0
"""The briefing as GitHub-flavoured Markdown, citations as footnotes.

Text of the briefing is escaped so that none of it becomes markup: no link, image, HTML, heading, table
cell or footnote comes from a source. Commands stand in fences longer than any run of back quotes in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from scc.model.briefing import Briefing
from scc.render.markdown_text import code, link, longest_run, table, text
from scc.render.view import view


def write(briefing: Briefing) -> bytes:
    """The document as UTF-8, one newline at the end."""
    d = view(briefing)
    lines: list[str] = []
    for part in (
        _page_one,
        _head,
        _checklist,
        _enrichment,
        _details,
        _detection,
        _mappings,
        _findings,
        _ends,
    ):
        lines += part(d)
    whole = "\n".join(lines)
    return (re.sub(r"\n{3,}", "\n\n", whole).strip("\n") + "\n").encode("utf-8")


def _fence(command: dict[str, Any], indent: str = "") -> list[str]:
    marks = "`" * max(3, longest_run(command["text"]) + 1)
    label = ", ".join(part for part in (command["label"], command["purpose"]) if part)
    changes = " **CHANGES STATE**" if command["alters"] else ""
    body = command["text"].split("\n")
    return [f"{indent}{text(label)}:{changes}", "", *(indent + each for each in (marks, *body, marks)), ""]


def _cites(ids: Iterable[int]) -> str:
    return "".join(f"[^{number}]" for number in ids)


def _say(statement: dict[str, Any]) -> str:
    return text(statement["text"]) + _cites(statement["citations"])


def _list(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [f"- {_say(each)}" for each in rows]


def _prose(rows: Iterable[dict[str, Any]]) -> str:
    return " ".join(_say(each) for each in rows)


def _section(title: str, lines: list[str], level: int = 2) -> list[str]:
    """The lines below a heading, or nothing when there are none."""
    return ["", f"{'#' * level} {title}", "", *lines, ""] if any(lines) else []


def _page_one(d: dict[str, Any]) -> list[str]:
    one = d["page_one"]
    pills = [d["pills"][0]["text"], d["pills"][1]["text"], f"PRIORITY {d['priority'].upper()}"]
    if d["historical"]:
        pills.append("HISTORICAL")
    concern = one["concerns_us"]
    by = f" **By {text(d['do_by_label'])}**" if d["do_by_label"] else ""
    rule = f" ({text(one['do_by_rule'])})" if one["do_by_rule"] else ""
    known = [
        f"- {_say(each)}" + (f" ({each['tier']} {text(each['publisher'])})" if each["tier"] else "")
        for each in one["known"]
    ]
    now = [
        f"- [ ] **{text(each['text'])}**: {text(each['owner'])}, {each['time']}. "
        f"Done when: {text(each['done_when'])}"
        for each in one["now"]
    ]
    return [
        f"**{d['tlp']}**",
        "",
        f"# {text(d['title'])}",
        "",
        f"Intelligence briefing {d['id']}, revision {d['revision']} · " + " · ".join(pills),
        *_section(
            "Decide", [f"**{text(one['decide']['text'])}**{_cites(one['decide']['citations'])}{by}{rule}"]
        ),
        *_section(
            "Does it concern us?",
            [
                f"**{concern['answer'].upper()}.** {_prose(concern['why'])}",
                *(["", f"{text(concern['question'])}"] if concern["question"] else []),
                *(["", code(concern["command"])] if concern["command"] else []),
            ],
        ),
        *_section("What we know", known),
        *_section("What we do not know", _list(one["unknown"])),
        *_section("What would change this", _list(one["would_change"])),
        *_section("Do now", now),
        text(one["line"]),
        "",
        "---",
    ]


def _head(d: dict[str, Any]) -> list[str]:
    facts = [(f["label"], "<br>".join(_say(each) for each in f["lines"])) for f in d["facts"]]
    return [
        *_section(" · ".join(text(each["text"]) for each in d["pills"]), table(("Item", "Value"), facts)),
        *_section("Executive summary", [_prose(d["summary"])]),
        *_section("Technical analysis", [_prose(d["analysis"])]),
    ]


def _checklist(d: dict[str, Any]) -> list[str]:
    plan = d["plan"]
    lines = [
        f"**{d['mode_label']}.** {_say(plan['mode_why'])} Hours of people counted on: {d['capacity_label']}.",
        "",
        f"**Framework note.** {_say(plan['framework_note'])}",
    ]
    for step in d["steps"]:
        lines += [
            "",
            f"### Step {step['number']}: {step['label']}",
            "",
            *(_say(each) for each in step["empty"]),
        ]
        lines += [
            f"- [ ] **{text(each['title'])}**: {text(each['text'])}{_cites(each['citations'])} "
            f"({text(each['owner'])}, {each['time']}, {each['when_label'].lower()})"
            for each in step["actions"]
        ]
    lines += _section("Gate between looking and changing", _list(plan["gate"]), 3)
    lines += _section("Left out", _list(plan["cut"]), 3)
    return _section("Action checklist", lines)


def _enrichment(d: dict[str, Any]) -> list[str]:
    artifacts = [
        f"- **{text(each['name'])}**: {text(each['where'])}. {text(each['shows'])}{_cites(each['citations'])}"
        + (f" Kept: {text(each['retention'])}" if each["retention"] else "")
        for each in d["artifacts"]
    ]
    lines = [f"**Triage priority:** {d['priority'].upper()}. {_prose(d['priority_reasons'])}"]
    lines += _section("Escalation criteria", _list(d["escalation"]), 3)
    lines += _section("Recovery notes", _list(d["recovery"]), 3)
    lines += _section("Forensic artifacts", artifacts, 3)
    return _section("IR and forensic enrichment", lines)


def _details(d: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for each in d["actions"]:
        lines += _section(f"{each['number']}. {text(each['title'])}", _action(each), 3)
    return _section("Per-action details", lines)


def _action(a: dict[str, Any]) -> list[str]:
    csf = f", NIST CSF 2.0 {text(a['csf'])} (as SP 800-61r3 assigns it)" if a["csf"] else ""
    controls = "; ".join(
        f"{text(group['name'])} "
        + ", ".join(f"**{text(c['id'])}** {text(c['title'])}" for c in group["controls"])
        for group in a["control_groups"]
    )
    lines = [
        *_field("Why", text(a["why"])),
        *_field("Risk if left", text(a["risk"])),
        f"- **Phase:** {a['phase_label']}{csf}",
        f"- **Who and when:** {text(a['owner'])}, {a['time']}, {a['when_label'].lower()}, skill: {text(a['skill'])}",
        *(["- **Changes state:** yes"] if a["alters"] else []),
        *_field("Controls", controls),
        *_field("Compensating", text(a["compensating"])),
        *_field("Evidence first", text(a["evidence_note"])),
    ]
    for each in a["evidence"]:
        first = ", **before anything else**" if each["preserve_first"] else ""
        kept = f", kept: {text(each['retention'])}" if each["retention"] else ""
        command = f": {code(each['command'])}" if each["command"] else ""
        lines.append(
            f"- **Evidence first:** {text(each['artifact'])}, {text(each['where'])}{first}{kept}{command}"
        )
    lines += [
        *_field("Done when", text(a["done_when"])),
        *_field("Undo", text(a["undo"])),
        *_field("Business effect", text(a["business_effect"])),
        *_field("References", ", ".join(link(each["text"], each["href"]) for each in a["links"])),
        "",
    ]
    for title, commands in (
        ("Commands", a["commands"]),
        ("Compensating commands", a["compensating_commands"]),
    ):
        if commands:
            lines += [f"**{title}**", ""]
            for command in commands:
                lines += _fence(command)
    return lines


def _field(label: str, value: str) -> list[str]:
    return [f"- **{label}:** {value}"] if value else []


def _detection(d: dict[str, Any]) -> list[str]:
    found = d["detection"]
    lines: list[str] = []
    for each in found["statements"]:
        lines += [_say(each), ""]
    for command in found["sweeps"]:
        lines += _fence(command)
    lines += _section("Hunting questions", _list(found["questions"]), 3)
    rules = [
        (
            link(each["title"], each["href"]),
            text(each["logsource"]),
            text(each["level"]),
            text(each["technique"]),
            code(each["id"], cell=True) + text(f", {each['status']}" if each["status"] else ""),
        )
        for each in found["sigma"]
    ]
    listed = table(("Rule", "Logs", "Level", "Technique", "Id"), rules)
    for each in found["sigma"]:
        if each["text"]:
            mark = "`" * max(3, longest_run(each["text"]) + 1)
            by = f", by {text(each['author'])}" if each["author"] else ""
            listed += ["", f"{text(each['title'])}{by}:", "", f"{mark}yaml", *each["text"].splitlines(), mark]
    lines += _section("Sigma rules", [*listed, "", text(found["sigma_note"])], 3)
    rows = [
        (
            text(each["type"]),
            code(each["shown"], cell=True) + _cites(each["citations"]),
            each["role"],
            text(each["action"]),
            text(each["valid_until"]),
            text(each["note"]),
        )
        for each in d["indicators"]
    ]
    listed = table(("Type", "Value", "Role", "Use", "Valid until", "Note"), rows)
    lines += _section("Indicators", [*listed, text(d["defanged_note"]) if d["defanged"] else ""], 3)
    return _section("Detection guidance", [*lines, text(d["indicators_note"])])


def _mappings(d: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for each in d["frameworks"]:
        rows = [
            (f"**{text(row['id'])}**", text(row["title"]), text(row["why"]) + _cites(row["citations"]))
            for row in each["rows"]
        ]
        lines += _section(text(each["name"]), table(("Id", "Title", "Why it is here"), rows), 3)
    techniques = [
        (
            f"**{text(each['id'])}**"
            + (
                f" (stated as {text(each['stated_id'])})" if each["stated_id"] not in ("", each["id"]) else ""
            ),
            text(each["name"]) + _cites(each["citations"]),
            ", ".join(
                f"**{text(t['name'])}**" if t["fits"] else text(t["name"]) for t in each["tactic_list"]
            ),
            f"{text(each['domain'])} {text(each['version'])}",
            f"{each['role']} ({each['basis_label']}, {each['percent']})",
        )
        for each in d["techniques"]
    ]
    heads = ("Technique", "Name", "Tactics (fitting in bold)", "Version", "Role")
    return [
        *_section("Framework mappings", lines),
        *_section("MITRE ATT&CK mapping", table(heads, techniques)),
    ]


def _findings(d: dict[str, Any]) -> list[str]:
    flaws: list[str] = []
    for v in d["vulnerabilities"]:
        due = f", due {text(v['kev_due'])} for US federal agencies" if v["kev_due"] else ""
        lines = [
            f"- **Exploited:** {'yes' if v['exploited'] else 'no report at hand'}{_cites(v['citations'])}",
            f"- **KEV:** {text(v['kev'])}{due}",
            *(
                f"- **CVSS:** {text(c['label'])} {code(c['vector'])}{_cites(c['citations'])}"
                for c in v["cvss"]
            ),
            *_field("EPSS", text(v["epss_label"])),
            *_field("SSVC", text(v["ssvc"])),
            *_field("Weaknesses", text(", ".join(v["weaknesses"]))),
            *(f"- **Timeline:** {_say(each)}" for each in v["timelines"]),
        ]
        flaws += _section(link(v["id"], v["href"]), lines, 3)
    weaknesses = [
        (
            f"**{text(w['id'])}**",
            text(w["name"]) + _cites(w["citations"]),
            text(w["basis_label"]) + (f" ({w['probability']:.0%})" if w["probability"] is not None else ""),
            text(w["usage"]) + (f", closer: {text(w['better'])}" if w["better"] else ""),
        )
        for w in d["weaknesses"]
    ]
    disputes: list[str] = []
    for each in d["disputes"]:
        held = [
            f"- **{text(p['value'])}**: {text(', '.join(p['sources']))}{_cites(p['citations'])}"
            for p in each["positions"]
        ]
        ruled = f"We go by: **{text(each['preferred'])}** (rule: {text(each['rule'])})."
        if not each["preferred"]:
            ruled = f"No rule prefers one answer ({text(each['rule'])})."
        disputes += _section(text(each["question"]), [*held, "", ruled], 3)
    related = [(f"**{text(r['item'])}**", text(r["title"]), text(r["label"]), _say(r)) for r in d["related"]]
    deadlines = [
        (
            text(x["date"] or "no date yet") + (f" ({text(x['state'])})" if x["state"] else ""),
            text(x["duty"]) + _cites(x["citations"]) + f"<br>{text(x['basis'])}",
            text(x["owner"]),
            f"**{x['binds_us']}**" + (f": {text(x['why'])}" if x["why"] else ""),
        )
        for x in d["deadlines"]
    ]
    return [
        *_section("Vulnerabilities", flaws),
        *_section("Weaknesses", table(("CWE", "Name", "Basis", "Use for mapping"), weaknesses)),
        *_section("What the sources dispute", disputes),
        *_section("Linked items", table(("Item", "Title", "What it is to this one", "By what"), related)),
        *_section("Duties and deadlines", table(("Date", "Duty", "Owner", "Does it bind us?"), deadlines)),
    ]


def _ends(d: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    if d["changes"]:
        rows = [(text(c["field"]), text(c["before"]), text(c["after"])) for c in d["changes"]["entries"]]
        since = f"Compared with the revision of {text(d['changes']['since_label'])}."
        title = f"What changed since revision {d['changes']['revision']}"
        lines += _section(title, [since, "", *table(("Field", "Before", "Now"), rows)])
    sources = [
        (
            s["tier"],
            link(s["name"], s["href"])
            + (" (excerpt)" if s["excerpt"] else "")
            + (f"<br>{text(s['where'])}" if s["where"] != s["name"] else ""),
            text(s["publisher"]),
            text(s["date_label"]),
        )
        for s in d["sources"]
    ]
    listed = table(("Tier", "Title and address", "Publisher", "Date"), sources)
    lines += _section("Sources", [*listed, text(d["sources_note"])])
    lines += _section("Notes on the making", [f"- {text(each)}" for each in d["notes"]])
    lines += _section("Disclaimer", [text(d["disclaimer"])])
    lines += [
        "",
        f"Generated {text(d['generated_label'])} by {text(d['generator'])}.",
        "",
        f"**{d['tlp']}**",
        "",
    ]
    lines += _section("Citations", [f"[^{each['id']}]: {_citation(each)}" for each in d["citations"]])
    return lines


def _citation(each: dict[str, Any]) -> str:
    quote = f"“{text(each['quote'])}” " if each["quote"] else ""
    place = f", {text(each['place'])}" if each["place"] else ""
    if each["source"]:
        source = each["source"]
        return f"{quote}{link(source['publisher'] + ': ' + source['name'], source['href'])}{place}"
    if each["kind"] == "edge":
        return f"Knowledge: {text(each['text'])}"
    if each["kind"] == "rule":
        return f"Rule {code(each['text'])}"
    return f"{quote}{text(each['text'])}{place}"
