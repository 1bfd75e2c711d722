# SPDX-License-Identifier: Apache-2.0
"""Are we affected, as a CSAF 2.0 document of the profile VEX; the publisher speaks as a user of the products.

See `scc.share.vex` for when what is said. Scores are not repeated: they are in the advisory.
"""

from __future__ import annotations

from collections.abc import Sequence

from scc.model.briefing import Briefing
from scc.share.csaf.advisory import encoded
from scc.share.csaf.documents import Part
from scc.share.csaf.flaws import vulnerability
from scc.share.csaf.head import head
from scc.share.interface import Context, NotApplicable
from scc.share.texts import encodable
from scc.share.vex import Statement, later, statements

_STATUS = {
    "affected": "known_affected",
    "not_affected": "known_not_affected",
    "under_investigation": "under_investigation",
}


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The document as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    briefing = encodable(briefing)
    said = statements(briefing, context)
    if isinstance(said, NotApplicable):
        return said
    subjects = {each.subject.id: each.subject for each in said}
    document = head(briefing, context, "csaf_vex", "2.0", publisher="user")
    document["tracking"] = _tracking(document["tracking"], briefing, context)
    flaws: dict[str, list[Statement]] = {}
    for each in said:
        flaws.setdefault(each.vulnerability.id, []).append(each)
    return encoded(
        {
            "document": document,
            "product_tree": {
                "full_product_names": [
                    {"name": each.title, "product_id": _id(id_)} for id_, each in subjects.items()
                ]
            },
            "vulnerabilities": [_vulnerability(each, briefing, context) for each in flaws.values()],
        }
    )


def _tracking(found: Part, briefing: Briefing, context: Context) -> Part:
    """The tracking of the advisory with a patch of its version for each word of a person after the revision."""
    number, history = found["version"].rpartition(".")[0], list(found["revision_history"])
    for at, when in enumerate(later(briefing, context), 1):
        stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
        summary = "A person said whether we are affected."
        history.append({"date": stamp, "number": f"{number}.{at}", "summary": summary})
    last = history[-1]
    # The date of the generator is when the document was made: not before what it tells.
    generator = {**found["generator"], "date": last["date"]}
    return {
        **found, "id": f"{briefing.id}-VEX", "revision_history": history, "current_release_date": last["date"],
        "version": last["number"], "generator": generator,
    }  # fmt: skip


def _id(uuid: str) -> str:
    return f"CSAFPID-{uuid}"


def _vulnerability(said: Sequence[Statement], briefing: Briefing, context: Context) -> Part:
    found = vulnerability(said[0].vulnerability, briefing, context, "2.0")
    status: dict[str, list[str]] = {}
    flags: dict[str, list[str]] = {}
    impact: dict[str, list[str]] = {}
    actions: dict[str, list[str]] = {}
    for each in said:
        id_ = _id(each.subject.id)
        status.setdefault(_STATUS[each.state], []).append(id_)
        if each.state == "not_affected":
            flags.setdefault(each.justification, []).append(id_)
            impact.setdefault(each.why, []).append(id_)
        elif each.state == "affected":
            actions.setdefault(each.action, []).append(id_)
    found["product_status"] = status
    threats = [
        *found.get("threats", ()),
        *({"category": "impact", "details": why, "product_ids": ids} for why, ids in impact.items()),
    ]
    parts = {
        "threats": threats,
        "flags": [{"label": label, "product_ids": ids} for label, ids in flags.items()],
        "remediations": [
            {"category": "mitigation", "details": action, "product_ids": ids}
            for action, ids in actions.items()
        ],
    }
    return found | {key: value for key, value in parts.items() if value}
