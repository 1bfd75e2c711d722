# SPDX-License-Identifier: Apache-2.0
"""A briefing as a CSAF advisory of version 2.0 or 2.1, in the profile that fits what is known.

Breach and threat: security incident response. Without vulnerabilities: informational advisory. One vulnerability
with versions of products: security advisory. Everything else, and an item without a source that has an address
where the profile demands one, is of the profile CSAF Base, which demands nothing more. Source: CSAF 2.0, section 4.
"""

from __future__ import annotations

from scc.model.briefing import Briefing
from scc.share.csaf.documents import Part
from scc.share.csaf.flaws import listed, scores, states, vulnerability
from scc.share.csaf.head import SCHEMA, TEXT_LONGEST, head, references
from scc.share.csaf.products import tree
from scc.share.identity import withdrawn
from scc.share.interface import Context
from scc.share.texts import as_json, encodable


def advisory(briefing: Briefing, context: Context, version: str) -> Part:
    """The document in version "2.0" or "2.1". Raises ValueError when `generated` is no ISO 8601 time."""
    briefing = encodable(briefing)
    flaws = listed(briefing)
    known = tree(briefing.products)
    status, remedies = states(known) if len(flaws) == 1 else ({}, [])
    gone = withdrawn(briefing, context)
    decided = bool(known.of("affected")) and len(flaws) == 1
    told = bool(references(briefing))
    if gone:
        category = "csaf_base"
    elif briefing.type in ("breach", "threat") and told:
        category = "csaf_security_incident_response"
    elif not flaws and told:
        category = "csaf_informational_advisory"
    else:
        category = "csaf_security_advisory" if decided else "csaf_base"
    found: Part = {"$schema": SCHEMA} if version != "2.0" else {}
    found["document"] = head(briefing, context, category, version)
    if gone:
        return found
    if known.value:
        found["product_tree"] = known.value
    made = [vulnerability(each, briefing, context, version) for each in flaws]
    if len(made) == 1 and status:
        made[0]["product_status"] = status
        if known.cut:
            text = "\n".join(known.cut)[:TEXT_LONGEST]
            made[0]["notes"].append({"category": "details", "text": text, "title": "Versions not listed"})
        if remedies:
            made[0]["remediations"] = remedies
        if measured := scores(flaws[0], status.get("known_affected", []), version):
            made[0]["scores" if version == "2.0" else "metrics"] = measured
    if made:
        found["vulnerabilities"] = made
    return found


def encoded(document: Part) -> bytes:
    """JSON in UTF-8 with sorted keys."""
    return as_json(document, sort=True)
