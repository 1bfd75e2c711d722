# SPDX-License-Identifier: Apache-2.0
"""The briefing as a Word document: real headings, tables with repeated heads, links, marks on each page.

Same sections in the same order as the PDF. Text goes in as text runs; nothing of it is a field or a link
unless `links.safe` allows the address. Citations are superscript links to bookmarks.
"""

from __future__ import annotations

from typing import Any

from scc.model.briefing import Briefing
from scc.render.docx_paper import Paper
from scc.render.office import sealed
from scc.render.view import view


def write(briefing: Briefing) -> bytes:
    """The document."""
    d = view(briefing)
    paper = Paper(d)
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
        part(paper, d)
    return sealed(paper.bytes(), briefing.generated)


def _page_one(paper: Paper, d: dict[str, Any]) -> None:
    one, concern = d["page_one"], d["page_one"]["concerns_us"]
    paper.heading(d["title"], 0)
    pills = [d["pills"][0]["text"], d["pills"][1]["text"], f"PRIORITY {d['priority'].upper()}"]
    pills += ["HISTORICAL"] if d["historical"] else []
    paper.plain(f"{d['id']}, revision {d['revision']} | " + " | ".join(pills), bold=True)
    paper.heading("Decide", 2)
    paragraph = paper.paragraph()
    paper.say(paragraph, one["decide"], bold=True)
    if d["do_by_label"]:
        paragraph.run(f" By {d['do_by_label']}.", True)
    paper.plain(one["do_by_rule"])
    paper.heading("Does it concern us?", 2)
    paragraph = paper.paragraph()
    paragraph.run(f"{concern['answer'].upper()}. ", True)
    for each in concern["why"]:
        paper.say(paragraph, each)
        paragraph.run(" ")
    paper.plain(concern["question"], bold=True)
    if concern["command"]:
        paper.code(concern["command"])
    for title, rows in (
        ("What we know", one["known"]),
        ("What we do not know", one["unknown"]),
        ("What would change this", one["would_change"]),
    ):
        if rows:
            paper.heading(title, 2)
        for each in rows:
            paragraph = paper.paragraph("List Bullet")
            paper.say(paragraph, each)
            if each.get("tier"):
                paragraph.run(f" ({each['tier']} {each['publisher']})")
    if one["now"]:
        paper.heading("Do now", 2)
        rows = [("☐ " + a["text"], a["owner"], a["time"], a["done_when"]) for a in one["now"]]
        paper.table(("Action", "Owner", "Time", "Done when"), rows)
    paper.plain(one["line"])
    paper.new_page()


def _head(paper: Paper, d: dict[str, Any]) -> None:
    paper.heading(" | ".join(each["text"] for each in d["pills"]), 1)
    rows = [
        (f["label"] if not at else "", (line["text"], line["citations"]))
        for f in d["facts"]
        for at, line in enumerate(f["lines"])
    ]
    paper.table(("Item", "Value"), rows)
    for title, statements in (("Executive summary", d["summary"]), ("Technical analysis", d["analysis"])):
        if statements:
            paper.heading(title, 1)
            paper.prose(statements)


def _checklist(paper: Paper, d: dict[str, Any]) -> None:
    plan = d["plan"]
    paper.heading("Action checklist", 1)
    paragraph = paper.paragraph()
    paragraph.run(f"{d['mode_label']}. ", True)
    paper.say(paragraph, plan["mode_why"])
    paragraph.run(f" Hours of people counted on: {d['capacity_label']}.")
    paragraph = paper.paragraph()
    paragraph.run("Framework note. ", True)
    paper.say(paragraph, plan["framework_note"])
    for step in d["steps"]:
        paper.heading(f"Step {step['number']}: {step['label']}", 2)
        for each in step["empty"]:
            paper.say(paper.paragraph(), each)
        for a in step["actions"]:
            paragraph = paper.paragraph()
            paragraph.run(f"☐ {a['title']}. ", True)
            paper.say(paragraph, a)
            paragraph.run(f" ({a['owner']}, {a['time']}, {a['when_label'].lower()})")
    for title, rows in (("Gate between looking and changing", plan["gate"]), ("Left out", plan["cut"])):
        if rows:
            paper.heading(title, 2)
            paper.statements(rows)


def _enrichment(paper: Paper, d: dict[str, Any]) -> None:
    paper.heading("IR and forensic enrichment", 1)
    paragraph = paper.paragraph()
    paragraph.run(f"Triage priority: {d['priority'].upper()}. ", True)
    for each in d["priority_reasons"]:
        paper.say(paragraph, each)
        paragraph.run(" ")
    for title, rows in (("Escalation criteria", d["escalation"]), ("Recovery notes", d["recovery"])):
        if rows:
            paper.heading(title, 2)
            paper.statements(rows)
    if d["artifacts"]:
        paper.heading("Forensic artifacts", 2)
        found = [
            (a["name"], a["where"], (a["shows"], a["citations"]), a["retention"]) for a in d["artifacts"]
        ]
        paper.table(("Artifact", "Where", "Shows", "Kept"), found)


def _details(paper: Paper, d: dict[str, Any]) -> None:
    if d["actions"]:
        paper.heading("Per-action details", 1)
    for a in d["actions"]:
        paper.heading(f"{a['number']}. {a['title']}" + (" (changes state)" if a["alters"] else ""), 2)
        csf = f", NIST CSF 2.0 {a['csf']} (as SP 800-61r3 assigns it)" if a["csf"] else ""
        controls = "\n".join(
            f"{g['name']}: " + "; ".join(f"{c['id']} {c['title']}" for c in g["controls"])
            for g in a["control_groups"]
        )
        evidence = "\n".join(
            f"{e['artifact']}: {e['where']}"
            + (", before anything else" if e["preserve_first"] else "")
            + (f", kept: {e['retention']}" if e["retention"] else "")
            + (f"\n{e['command']}" if e["command"] else "")
            for e in a["evidence"]
        )
        rows = [
            ("Why", a["why"]),
            ("Risk if left", a["risk"]),
            ("Phase", a["phase_label"] + csf),
            ("Who and when", f"{a['owner']}, {a['time']}, {a['when_label'].lower()}, skill: {a['skill']}"),
            ("Controls", controls),
            ("Compensating", a["compensating"]),
            ("Evidence first", "\n".join(part for part in (evidence, a["evidence_note"]) if part)),
            ("Done when", a["done_when"]),
            ("Undo", a["undo"]),
            ("Business effect", a["business_effect"]),
            *(("Reference", (each["text"], each["href"])) for each in a["links"]),
        ]
        paper.table(("Field", "Value"), [row for row in rows if row[1]])
        for title, commands in (
            ("Commands", a["commands"]),
            ("Compensating commands", a["compensating_commands"]),
        ):
            if commands:
                paper.heading(title, 3)
                paper.commands(commands)


def _detection(paper: Paper, d: dict[str, Any]) -> None:
    paper.heading("Detection guidance", 1)
    for each in d["detection"]["statements"]:
        paper.say(paper.paragraph(), each)
    paper.commands(d["detection"]["sweeps"])
    if d["detection"]["questions"]:
        paper.heading("Hunting questions", 2)
    for each in d["detection"]["questions"]:
        paper.say(paper.paragraph(), each)
    rules = [
        ((r["title"], r["href"]), r["logsource"], r["level"], r["technique"], r["id"])
        for r in d["detection"]["sigma"]
    ]
    paper.table(("Sigma rule", "Logs", "Level", "Technique", "Id"), rules)
    paper.plain(d["detection"]["sigma_note"])
    rows = [
        (i["type"], (i["shown"], i["citations"]), i["role"], i["action"], i["valid_until"], i["note"])
        for i in d["indicators"]
    ]
    paper.table(("Type", "Indicator", "Role", "Use", "Valid until", "Note"), rows)
    paper.plain(d["defanged_note"] if d["defanged"] else "")
    paper.plain(d["indicators_note"])


def _mappings(paper: Paper, d: dict[str, Any]) -> None:
    if d["frameworks"]:
        paper.heading("Framework mappings", 1)
    for each in d["frameworks"]:
        paper.heading(each["name"], 2)
        rows = [(row["id"], row["title"], (row["why"], row["citations"])) for row in each["rows"]]
        paper.table(("Id", "Title", "Why it is here"), rows)
    if d["techniques"]:
        paper.heading("MITRE ATT&CK mapping", 1)
    techniques = [
        (
            t["id"] + (f" (stated as {t['stated_id']})" if t["stated_id"] not in ("", t["id"]) else ""),
            (t["name"], t["citations"]),
            ", ".join(x["name"] + (" (fits)" if x["fits"] else "") for x in t["tactic_list"]),
            f"{t['domain']} {t['version']}",
            f"{t['role']} ({t['basis_label']}, {t['percent']})",
        )
        for t in d["techniques"]
    ]
    paper.table(("Technique", "Name", "Tactics", "Version", "Role"), techniques)


def _findings(paper: Paper, d: dict[str, Any]) -> None:
    if d["vulnerabilities"]:
        paper.heading("Vulnerabilities", 1)
    for v in d["vulnerabilities"]:
        due = f", due {v['kev_due']} for US federal agencies" if v["kev_due"] else ""
        rows = [
            ("Id", (v["id"], v["href"])),
            ("Exploited", ("yes" if v["exploited"] else "no report at hand", v["citations"])),
            ("KEV", v["kev"] + due),
            *(("CVSS", (f"{c['label']} {c['vector']}", c["citations"])) for c in v["cvss"]),
            ("EPSS", v["epss_label"]),
            ("SSVC", v["ssvc"]),
            ("Weaknesses", ", ".join(v["weaknesses"])),
            *(("Timeline", (each["text"], each["citations"])) for each in v["timelines"]),
        ]
        paper.table(("Field", "Value"), [row for row in rows if row[1]])
    if d["weaknesses"]:
        paper.heading("Weaknesses", 1)
    weaknesses = [
        (
            w["id"],
            (w["name"], w["citations"]),
            w["basis_label"],
            w["usage"] + (f", closer: {w['better']}" if w["better"] else ""),
        )
        for w in d["weaknesses"]
    ]
    paper.table(("CWE", "Name", "Basis", "Use for mapping"), weaknesses)
    if d["disputes"]:
        paper.heading("What the sources dispute", 1)
    for each in d["disputes"]:
        paper.heading(each["question"], 2)
        paper.statements(
            {"text": f"{p['value']}: {', '.join(p['sources'])}", "citations": p["citations"]}
            for p in each["positions"]
        )
        ruled = f"We go by: {each['preferred']} (rule: {each['rule']})."
        paper.plain(ruled if each["preferred"] else f"No rule prefers one answer ({each['rule']}).")
    if d["related"]:
        paper.heading("Linked items", 1)
    paper.table(
        ("Item", "Title", "What it is to this one", "By what"),
        [(r["item"], r["title"], r["label"], (r["text"], r["citations"])) for r in d["related"]],
    )
    if d["deadlines"]:
        paper.heading("Duties and deadlines", 1)
    deadlines = [
        (
            (x["date"] or "no date yet") + (f" ({x['state']})" if x["state"] else ""),
            (x["duty"], x["citations"]),
            x["owner"],
            x["binds_us"] + (f": {x['why']}" if x["why"] else ""),
            x["basis"],
        )
        for x in d["deadlines"]
    ]
    paper.table(("Date", "Duty", "Owner", "Does it bind us?", "Basis"), deadlines)


def _ends(paper: Paper, d: dict[str, Any]) -> None:
    if d["changes"]:
        paper.heading(f"What changed since revision {d['changes']['revision']}", 1)
        paper.plain(f"Compared with the revision of {d['changes']['since_label']}.")
        paper.table(
            ("Field", "Before", "Now"),
            [(c["field"], c["before"], c["after"]) for c in d["changes"]["entries"]],
        )
    paper.heading("Sources", 1)
    sources = [
        (
            s["tier"],
            (s["name"] + (" (excerpt)" if s["excerpt"] else ""), s["href"]),
            s["publisher"],
            s["date_label"],
        )
        for s in d["sources"]
    ]
    paper.table(("Tier", "Title", "Publisher", "Date"), sources)
    paper.plain(d["sources_note"])
    if d["citations"]:
        paper.heading("Citations", 1)
    for c in d["citations"]:
        paragraph = paper.paragraph()
        paragraph.run(f"{c['id']}. ")
        if c["quote"]:
            paragraph.run(f"“{c['quote']}” ")
        if c["source"]:
            paper.link(paragraph, f"{c['source']['publisher']}: {c['source']['name']}", c["source"]["href"])
        else:
            paragraph.run({"edge": "Knowledge: ", "rule": "Rule "}.get(c["kind"], "") + c["text"])
        if c["place"]:
            paragraph.run(f", {c['place']}")
        paper.bookmark(paragraph, f"cite-{c['id']}")
    for title, texts in (("Notes on the making", d["notes"]), ("Disclaimer", [d["disclaimer"]])):
        if any(texts):
            paper.heading(title, 1)
            for text in texts:
                paper.plain(text)
    paper.plain(f"Generated {d['generated_label']} by {d['generator']}.")
