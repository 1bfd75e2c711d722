# SPDX-License-Identifier: Apache-2.0
"""Versions that a text says fix a flaw: "fixed in X 1.2.3", "update to 4.5", "7.1 is the first release in which it is closed"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.model.facts import Claim, Product
from scc.read.flaws.product_names import MANY, NAMED_VERSION, PRODUCT, product_name, vendor_of
from scc.read.flaws.scores import flaw_near, flaws_of
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.sought import Sought

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_FIXED: Final = Sought(
    rf"\b(?:fixed|patched|addressed|resolved|remediated|corrected)[ \n](?:in|with|by|as of)[ \n](?:the[ \n])?(?:release of[ \n])?(?:{PRODUCT}[ \n])?(?:{NAMED_VERSION}[ \n])?(?P<fixed>{MANY})"
    rf"|\b(?:[Uu]pgrad(?:e|ed|ing)|[Uu]pdat(?:e|ed|ing))[ \n](?:(?:immediately|now|their \w+|to the latest|it|installations)[ \n])?to[ \n](?:at least[ \n])?(?:{PRODUCT.replace('?P<product>', '?P<product2>')}[ \n])?(?:{NAMED_VERSION}[ \n])?(?P<fixed2>{MANY})"
    rf"|\bfix(?:es)?(?:[ \n](?:for|to)[ \n][^.;\n]{{2,60}})?[ \n](?:will be|is|are|was|were|has been|have been)[ \n](?:included|shipped|available|released|delivered|part of)[ \n](?:in|with|of)?[ \n]?(?:the[ \n])?(?:{PRODUCT.replace('?P<product>', '?P<product4>')}[ \n])?(?:{NAMED_VERSION}[ \n])?(?P<fixed4>{MANY})"
    rf"|\b(?:[Ii]nstall|[Uu]se|[Aa]pply|[Mm]ove to|[Ss]witch to)[ \n](?:version[ \n]|release[ \n])?(?P<fixed5>{MANY})(?=,? (?:or (?:later|newer|above)|instead|which (?:closes?|fixes|contains)|to (?:close|fix))|[.;]|$)"
    rf"|\b(?:first[ \n])?fixed[ \n](?:versions?|releases?|builds?)[ \n](?:is|are)[ \n](?P<fixed6>{MANY})"
    rf"|\b[Vv]ersions?[ \n](?P<fixed3>{MANY})[ \n](?:fix(?:es)?|address(?:es)?|patch(?:es)?|resolves?|contains? (?:the|a) (?:fix|patch))\b"
    rf"|\b(?P<fixed7>{MANY})[ \n](?:is|was)[ \n]the[ \n]first[ \n](?:fixed[ \n])?(?:release|version|build)[ \n](?:(?:in[ \n]which|where|that|to|with|without)\b[^.;\n]{{2,60}}?\b(?:closed|fixed|patched|fix|fixes|gone|closes|repaired|removed|bug|flaw|hole|vulnerable)\b)"
    rf"|\b(?:closed|gone|repaired|fixed|patched)[ \n](?:from|since|starting with)[ \n](?:{NAMED_VERSION}[ \n])?(?P<fixed8>{MANY})(?=[ \n](?:on|onwards?|upwards?)\b|[.;,]|$)",
    at="# v# version fix patched addressed resolved remediated corrected upgrad updat install use apply move switch first closed gone repaired",
)
_FIXED_GROUPS: Final = ("fixed", "fixed2", "fixed3", "fixed4", "fixed5", "fixed6", "fixed7", "fixed8")


def note_fixed(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note the versions that fix, and the products they belong to."""
    holder = publisher_holder(page.document)
    for each in page.find(_FIXED):
        versions = next(each[name] for name in _FIXED_GROUPS if each[name])
        if each["fixed5"] and not flaws_of(page):
            continue
        if not re.search(r"\d\.\d|\d{3}", versions) and not re.search(r"version", each[0], re.IGNORECASE):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", versions.strip()):
            continue
        named = each["product"] or each["product2"] or each["product4"] or ""
        cleaned = product_name(named) if named else ""
        flaw = flaw_near(page, each.start()) if flaws_of(page) else ""
        text = " ".join(versions.split())
        if cleaned:
            vendor, name = vendor_of(cleaned, knowledge)
            notes(
                Product(name, vendor, fixed=text, vulnerability=flaw, status="affected"),
                each.start(),
                each.end(),
                "stated",
                0.85,
                "grammar:fixed",
            )
        if (
            flaw
            or cleaned
            or re.search(
                r"vulnerab|flaw|bug|security|exploit|malicious|hole|overflow|injection|bypass|escalation|backdoor",
                page.sentence_text(each.start()),
                re.IGNORECASE,
            )
        ):
            notes(
                Claim("fixed-version", text, first_hand("fixed-version", holder), holder, "", False, flaw),
                each.start(), each.end(), "stated", 0.85, "grammar:fixed",
            )  # fmt: skip
