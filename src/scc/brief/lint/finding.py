# SPDX-License-Identifier: Apache-2.0
"""What the linter reports: findings, each with its own code, and the list of codes."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

State = Literal["contradicted", "not-checkable"]


class Finding(msgspec.Struct, frozen=True, order=True):
    """One fault, or one check that could not be made. What is confirmed is not reported."""

    code: str
    """A key of `CODES`."""
    where: str
    """The place in the linted text: a section, sid, step or the words themselves."""
    message: str
    state: State = "contradicted"


CODES: Final[dict[str, str]] = {
    "claim-contradicted": "A claim that a source of a better tier or the official text contradicts.",
    "figure-missing": "A quantity in words with neither figure nor source.",
    "deadline-uncomputed": "A period from a known date that is not computed into a date.",
    "scope-not-in-source": "A scope or affected product that no source names.",
    "number-not-in-source": "A number that no source contains.",
    "step-without-cause": "Eradication or another altering step although nothing technical happened.",
    "primary-source-missing": "An official act is named and no official source is listed.",
    "cvss-without-vector": "A CVSS score without a CVE and a vector.",
    "technique-revoked": "A technique id that the shown ATT&CK version has revoked or deprecated.",
    "tactic-wrong": "A tactic that the technique does not have in the shown version.",
    "tactics-incomplete": "A technique with several tactics shown with fewer.",
    "weakness-usage": "A CWE that MITRE discourages or prohibits for mapping, shown without saying so.",
    "control-not-in-table": "A control in a step that the framework table lacks.",
    "control-unused": "A control in the table that neither a step nor a reason carries.",
    "control-inconsistent": "A step names controls that its own controls line does not.",
    "reference-nonexistent": "A section of a standard that does not exist.",
    "framework-name": "A framework called by the name of another product.",
    "ai-framework-missing": "An item about AI without any AI framework.",
    "command-unbound": "A command with an empty argument.",
    "id-unknown": "An identifier that neither a source nor the knowledge pack contains.",
    "copied-run": "Twelve words in a row shared with a source outside quotation marks.",
    "quote-too-long": "A quotation of more than 40 words.",
    "quote-not-in-source": "A quotation that does not stand in its source.",
    "statement-uncited": "A statement without a citation, or with one that does not exist.",
    "statement-ungrounded": "A number, id, date or name of a statement that its citations do not contain.",
    "template-leftover": "A placeholder or template word left in the text.",
    "sentence-repeated": "A sentence that stands twice in a section.",
    "sentence-cut": "A statement that does not end as a sentence does.",
    "page-one-too-long": "Page 1 has more than 180 words.",
    "page-one-technical": "Page 1 carries a vector, a CWE or a technique id.",
    "source-not-at-hand": "A source that the checks need is not at hand.",
}
"""Every code with what it means; documented in docs/lint.md, one negative fixture each."""
