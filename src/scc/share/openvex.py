# SPDX-License-Identifier: Apache-2.0
"""Are we affected, as an OpenVEX document of specification 0.2.0; see `vex` for when what is said.

Products are named by a Package URL of the type "generic", because the format has no field for a plain name.
OpenVEX has no marking: the TLP of the item is not in it.
"""

from __future__ import annotations

from typing import Any, Final

from scc.model.briefing import Briefing
from scc.share.csaf.products import line
from scc.share.identity import NAME, named
from scc.share.interface import Context, NotApplicable
from scc.share.texts import as_json, encodable
from scc.share.vex import Statement, Subject, statements, told, version

CONTEXT: Final = "https://openvex.dev/ns/v0.2.0"


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The document as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    briefing = encodable(briefing)
    said = statements(briefing, context)
    if isinstance(said, NotApplicable):
        return said
    created, modified = (f"{when:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0") for when in told(briefing, context))
    found = {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{named('openvex', briefing.id)}",
        "author": NAME,
        "timestamp": created,
        "last_updated": modified,
        "version": version(briefing, context),
        "tooling": line(briefing.generator) or NAME,
        "statements": [_statement(each) for each in said],
    }
    return as_json(found)


def _statement(each: Statement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "vulnerability": {"name": line(each.vulnerability.id)},
        "products": [{"@id": product_url(each.subject)}],
        "status": each.state,
    }
    if each.state == "not_affected":
        found |= {"justification": each.justification, "impact_statement": each.why}
    elif each.why:
        found["status_notes"] = each.why
    if each.state == "affected":
        found["action_statement"] = each.action
    return found


def product_url(subject: Subject) -> str:
    """A Package URL of type generic, or a UUID URN when the name cannot stand in one."""
    from packageurl import PackageURL

    try:
        return PackageURL("generic", name=subject.name, version=subject.version or None).to_string()
    except ValueError:
        return f"urn:uuid:{subject.id}"
