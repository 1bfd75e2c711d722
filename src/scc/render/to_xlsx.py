# SPDX-License-Identifier: Apache-2.0
"""The lists of a briefing as a workbook, one sheet a list, for people who sort and filter.

Every cell is text or a number: what looks like a formula is stored as text and marked with the quote
prefix, so that it stays text when it is edited or saved as CSV.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from scc.model.briefing import Briefing
from scc.render.office import sealed
from scc.render.view import view

CELL_MOST: Final = 32_000
"""Characters in a cell; the format allows 32,767."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_Row = Sequence[str | int | float | None]


def write(briefing: Briefing) -> bytes:
    """The workbook. Empty lists have no sheet."""
    import openpyxl

    d = view(briefing)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, heads, widths, rows in _sheets(d):
        _sheet(book, title, heads, widths, list(rows), d)
    book.properties.title = d["title"][:250]
    book.properties.creator = "Security Command Center"
    target = io.BytesIO()
    book.save(target)
    return sealed(target.getvalue(), briefing.generated)


def _sheets(d: dict[str, Any]) -> Iterable[tuple[str, Sequence[str], Sequence[int], Iterable[_Row]]]:
    facts = [(f["label"], "\n".join(line["text"] for line in f["lines"])) for f in d["facts"]]
    head = [("Title", d["title"]), ("TLP", d["tlp"]), ("Generated", d["generated_label"])]
    summary = [("Summary", " ".join(each["text"] for each in d["summary"]))]
    yield "Briefing", ("Item", "Value"), (24, 110), [*head, *facts, *summary]
    yield (
        "Actions",
        ("No.", "Step", "Phase", "Action", "What", "Owner", "Minutes", "When", "Changes state", "Done when", "Undo",
         "Controls"),
        (6, 14, 16, 34, 60, 20, 9, 12, 9, 36, 36, 44),
        [
            (a["number"], a["step"], a["phase_label"], a["title"], a["text"], a["owner"], a["minutes"],
             a["when_label"], "yes" if a["alters"] else "no", a["done_when"], a["undo"],
             "; ".join(f"{g['name']} {c['id']}" for g in a["control_groups"] for c in g["controls"]))
            for a in d["actions"]
        ],
    )  # fmt: skip
    yield (
        "Commands",
        ("Action", "Use", "For", "Changes state", "Command"),
        (34, 14, 40, 9, 100),
        [
            (a["title"], use, c["purpose"] or c["label"], "yes" if c["alters"] else "no", c["text"])
            for a in d["actions"]
            for use, commands in (("main", a["commands"]), ("compensating", a["compensating_commands"]))
            for c in commands
        ],
    )
    yield (
        "Deadlines",
        ("Date", "Duty", "Owner", "Binds us", "Why", "Basis", "State"),
        (12, 60, 28, 9, 50, 36, 14),
        [
            (x["date"], x["duty"], x["owner"], x["binds_us"], x["why"], x["basis"], x["state"])
            for x in d["deadlines"]
        ],
    )
    yield (
        "Indicators",
        ("Type", "Value (defanged)", "Role", "Use", "Valid until", "Note"),
        (14, 80, 12, 10, 14, 50),
        [
            (i["type"], i["shown"], i["role"], i["action"], i["valid_until"], i["note"])
            for i in d["indicators"]
        ],
    )
    yield (
        "Vulnerabilities",
        ("Id", "Exploited", "KEV", "KEV due", "CVSS", "EPSS", "EPSS percentile", "SSVC", "Weaknesses"),
        (18, 10, 28, 12, 60, 9, 10, 60, 20),
        [
            (v["id"], "yes" if v["exploited"] else "no report at hand", v["kev"], v["kev_due"],
             "\n".join(f"{c['label']} {c['vector']}" for c in v["cvss"]),
             v["epss"]["score"] if v["epss"] else None, v["epss"]["percentile"] if v["epss"] else None,
             v["ssvc"], ", ".join(v["weaknesses"]))
            for v in d["vulnerabilities"]
        ],
    )  # fmt: skip
    yield (
        "Techniques",
        ("Id", "Stated", "Name", "Tactics", "Domain", "Version", "Role", "Basis", "Confidence"),
        (12, 12, 36, 44, 12, 9, 12, 22, 11),
        [
            (t["id"], t["stated_id"], t["name"], ", ".join(t["tactics"]), t["domain"], t["version"], t["role"],
             t["basis_label"], t["confidence"])
            for t in d["techniques"]
        ],
    )  # fmt: skip
    yield (
        "Frameworks",
        ("Framework", "Id", "Title", "Why it is here"),
        (28, 14, 50, 80),
        [(f["name"], row["id"], row["title"], row["why"]) for f in d["frameworks"] for row in f["rows"]],
    )
    yield (
        "Linked items",
        ("Item", "Title", "What it is to this one", "Identifier"),
        (22, 70, 28, 22),
        [(r["item"], r["title"], r["label"], r["identifier"]) for r in d["related"]],
    )
    yield (
        "Sources",
        ("Tier", "Publisher", "Title", "Address", "Date", "Origin"),
        (6, 30, 70, 70, 14, 20),
        [
            (s["tier"], s["publisher"], s["title"], s["where"], s["date_label"], s["origin"])
            for s in d["sources"]
        ],
    )


def _sheet(
    book: Any, title: str, heads: Sequence[str], widths: Sequence[int], rows: list[_Row], d: dict[str, Any]
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    if not rows:
        return
    sheet = book.create_sheet(title)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        cell = sheet.cell(1, column, head)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="0B2A4A")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    top = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = value[:CELL_MOST]
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(_FORMULA)
            else:
                cell.value = value
            cell.alignment = top
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    for mark in (sheet.oddHeader, sheet.oddFooter):
        mark.left.text = d["id"]
        mark.right.text = d["tlp"]
        mark.right.size = 12
        mark.right.font = "Arial,Bold"
