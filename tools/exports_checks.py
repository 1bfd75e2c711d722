# SPDX-License-Identifier: Apache-2.0
"""What makes an exported file valid: a check a format, with the packages of requirements/dev.txt and official schemas.

`checks(data)` gives them by format; DIR/schemas has the JSON Schemas that no package carries. A format whose validator
is not at hand has no check. Validators in environments of their own are in `outside.py`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from scc import knowledge
from scc.share.interface import EXPORTS

Check = Callable[[bytes], str]
"""The fault of a file, "" for none."""
BY = {
    "stix": "stix2 (strict parse)", "misp": "pymisp: equal to `MISPEvent.to_feed()` after loading",
    "csaf": "csaf wheel (schema, mandatory tests) and our checker", "csaf-2.1": "csaf wheel (schema, mandatory tests)",
    "csaf-vex": "csaf wheel and our checker", "openvex": "its JSON Schema",
    "cyclonedx-vex": "cyclonedx-python-lib, strict schema 1.6", "oscal": "compliance-trestle, reserialised without loss",
    "oscal-ar": "compliance-trestle, reserialised without loss", "cacao": "OASIS JSON Schemas",
    "navigator": "shape; mitreattack-python outside", "ics": "icalendar, round trip; ical.js outside",
    "csv": "csv reader: one shape, no formula", "gaps-csv": "csv reader: one shape, no formula",
    "gaps-md": "markdown-it: one table", "jsonfeed": "JSON Feed 1.1, what it says is required", "rss": "feedparser without bozo",
    "atom": "feedparser without bozo", "xlsx": "openpyxl, no formula", "docx": "python-docx",
    "md": "markdown-it: no HTML but line breaks in cells, one title", **{name: "documented shape" for name in EXPORTS if name.startswith("tickets-")},
}  # fmt: skip
"""What checks a format, for the note."""


def checks(data: Path | None) -> dict[str, Check]:
    """The checks by format."""
    found: dict[str, Check] = {
        "stix": _stix, "misp": _misp, "csaf": _csaf, "csaf-vex": _csaf, "csaf-2.1": _csaf, "cyclonedx-vex": _cyclonedx,
        "oscal": _oscal, "oscal-ar": _oscal, "ics": _ics, "rss": _feed, "atom": _feed, "jsonfeed": _jsonfeed,
        "navigator": _navigator, "csv": _csv, "gaps-csv": _csv, "gaps-md": _table, "xlsx": _xlsx, "docx": _docx, "md": _md,
        **{name: _ticket for name in EXPORTS if name.startswith("tickets-")},
    }  # fmt: skip
    schemas = data / "schemas" if data else None
    if schemas is not None and schemas.is_dir():
        text = (schemas / "openvex" / "openvex_json_schema.json").read_text("utf-8")
        found["openvex"] = _schema(json.loads(text))
        found["cacao"] = _cacao(schemas / "cacao")
    return found


def _schema(schema: dict[str, Any]) -> Check:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def check(data: bytes) -> str:
        return next((each.message for each in validator.iter_errors(json.loads(data))), "")

    return check


def _cacao(folder: Path) -> Check:
    """The OASIS schemas; what a dictionary of steps holds is validated by the schema of its type."""
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource

    loaded = [json.loads(each.read_text("utf-8")) for each in sorted(folder.rglob("*.json"))]
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in loaded)
    by_title = {each["title"]: Draft7Validator(each, registry=registry) for each in loaded}

    def check(data: bytes) -> str:
        found = json.loads(data)
        parts = [("playbook", found)]
        parts += [
            (each["type"], each) for step in found["workflow"].values() for each in step.get("commands", ())
        ]
        return next((each.message for title, part in parts for each in by_title[title].iter_errors(part)), "")

    return check


def _csaf(data: bytes) -> str:
    """The wheel's schema and mandatory tests, and for 2.0 ours."""
    from csaf.csaf.v20._validator import validate as other_20
    from csaf.csaf.v21._validator import validate as other_21

    from scc.share.csaf.check import check

    found = json.loads(data)
    old = found["document"]["csaf_version"] == "2.0"
    report = (other_20 if old else other_21)(found)
    failed = [f"{each.id} {each.errors[:1]}" for each in report.results if not (each.passed or each.skipped)]
    failed += [str(each) for each in (check(found, knowledge.open()) if old else [])]
    return failed[0] if failed else "" if report.overall_valid else "not valid"


def _stix(data: bytes) -> str:
    import stix2

    try:
        # Custom content is the TLP 2.0 extension alone, which stix2 does not know.
        stix2.parse(data.decode(), allow_custom=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    found = json.loads(data)["objects"]
    ids = {each["id"] for each in found}
    refs = [each[key] for each in found for key in each if key.endswith("_ref")]
    refs += [one for each in found for key in each if key.endswith("_refs") for one in each[key]]
    return next((f"{each} is not in the bundle" for each in refs if each not in ids), "")


def _misp(data: bytes) -> str:
    from pymisp import MISPEvent

    event = MISPEvent()
    value = json.loads(data)
    try:
        event.load(data.decode())
        again = json.loads(json.dumps(event.to_feed()))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "" if again == value else "differs after loading and to_feed"


@cache
def _bom() -> Any:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.V1_6)


def _cyclonedx(data: bytes) -> str:
    return str(_bom().validate_str(data.decode()) or "")


def _oscal(data: bytes) -> str:
    from trestle.oscal.assessment_results import AssessmentResults
    from trestle.oscal.poam import PlanOfActionAndMilestones

    value = json.loads(data)
    (root,) = value
    model = {
        "plan-of-action-and-milestones": PlanOfActionAndMilestones,
        "assessment-results": AssessmentResults,
    }[root]
    try:
        again = json.loads(model.model_validate(value[root]).oscal_serialize_json())
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "" if again == value else "differs after loading and writing"


def _ics(data: bytes) -> str:
    import icalendar

    try:
        calendar = icalendar.Calendar.from_ical(data)
        again = icalendar.Calendar.from_ical(calendar.to_ical())
    except ValueError as error:
        return str(error)
    if calendar != again:
        return "differs after reading and writing"
    return "" if calendar.walk("VEVENT") else "no event"


def _feed(data: bytes) -> str:
    import feedparser

    found = feedparser.parse(data)
    return str(found.bozo_exception) if found.bozo else "" if found.entries else "no entry"


def _jsonfeed(data: bytes) -> str:
    found = json.loads(data)
    if (
        found.get("version") != "https://jsonfeed.org/version/1.1"
        or not found.get("title")
        or "items" not in found
    ):
        return "version, title or items is missing"
    bare = [
        each
        for each in found["items"]
        if not each.get("id") or not (each.keys() & {"content_html", "content_text"})
    ]
    return "an item without id or content" if bare or not found["items"] else ""


def _navigator(data: bytes) -> str:
    layers = json.loads(data)
    for each in layers if isinstance(layers, list) else [layers]:
        if (
            not each.get("name")
            or not each.get("domain")
            or not each["versions"].get("attack")
            or not each["techniques"]
        ):
            return "name, domain, version or techniques are missing"
    return ""


def _csv(data: bytes) -> str:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    if len({len(row) for row in rows}) > 1:
        return "rows of different lengths"
    return _formula(cell for row in rows for cell in row)


def _formula(cells: Any) -> str:
    found = [cell for cell in cells if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    return f"a cell begins like a formula: {found[0]!r}" if found else ""


def _table(data: bytes) -> str:
    from markdown_it import MarkdownIt

    types = [each.type for each in MarkdownIt("commonmark").enable("table").parse(data.decode())]
    return "" if types.count("table_open") >= 1 and "html_block" not in types else "no table, or HTML"


def _md(data: bytes) -> str:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(data.decode())
    inner = [one.content for each in tokens for one in each.children or () if one.type == "html_inline"]
    if "html_block" in [each.type for each in tokens] or set(inner) - {"<br>"}:
        return "HTML in it"
    return (
        ""
        if sum(each.type == "heading_open" and each.tag == "h1" for each in tokens) == 1
        else "not one title"
    )


def _xlsx(data: bytes) -> str:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    # A cell that is a formula has the data type "f", whatever its text.
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return next(
        (f"a formula: {each.value!r}" for each in cells if each.data_type == "f"), "" if cells else "no cell"
    )


def _docx(data: bytes) -> str:
    import docx

    try:
        found = docx.Document(io.BytesIO(data))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return (
        "" if any(each.text.strip() for each in found.paragraphs) and found.tables else "no text or no table"
    )


def _ticket(data: bytes) -> str:
    found = json.loads(data)
    if set(found) != {"system", "placeholders", "requests"} or not found["requests"]:
        return "not the documented shape"
    for each in found["requests"]:
        if each["method"] != "POST" or not re.match(r"/[\w{}/.-]+(\?|$)", each["path"]) or not each["body"]:
            return "a request without method, path or body"
    return ""
