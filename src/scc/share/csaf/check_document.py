# SPDX-License-Identifier: Apache-2.0
"""Mandatory tests of CSAF 2.0 on the document as a whole: 6.1.12, 6.1.15, 6.1.23, 6.1.24, 6.1.26 to 6.1.28."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from scc.share.csaf.documents import (
    PROFILES,
    Failure,
    Part,
    addressed,
    groups,
    placed,
    repeated,
    vulnerabilities,
)

LANGUAGES: Final = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
"""Two-letter codes of ISO 639-1."""
_ADVISORY: Final = ("csaf_security_advisory", "csaf_vex")
_TOLD: Final = ("csaf_informational_advisory", "csaf_security_incident_response")
_VEX: Final = ("fixed", "known_affected", "known_not_affected", "under_investigation")


def failures(document: Part) -> Iterator[Failure]:
    head = document["document"]
    for key in ("lang", "source_lang"):
        if key in head and not known_language(head[key]):
            yield Failure("6.1.12", f"/document/{key}", f"{head[key]!r} is no language")
    if head["publisher"]["category"] == "translator" and not head.get("source_lang"):
        yield Failure("6.1.15", "/document/source_lang", "a translation names its source language")
    named = ((f"{path}/cve", flaw["cve"]) for path, flaw in vulnerabilities(document) if "cve" in flaw)
    for path, cve in repeated(named):
        yield Failure("6.1.23", path, f"{cve} is used more than once")
    for path, flaw in vulnerabilities(document):
        parties = placed(f"{path}/involvements", flaw.get("involvements", ()))
        for inner, (party, date) in repeated((at, (one["party"], one.get("date"))) for at, one in parties):
            yield Failure("6.1.24", inner, f"{party} is there more than once at {date}")
    if prohibited(head["category"]):
        yield Failure("6.1.26", "/document/category", "it is too near to a reserved name")
    yield from _profile(document)
    if "source_lang" in head and head["source_lang"] == head.get("lang"):
        yield Failure("6.1.28", "/document/source_lang", "it is the language of the document")


def known_language(tag: str) -> bool:
    """Whether the language of a tag that is in form by RFC 5646 exists, as far as the lists here tell."""
    first = tag.lower().split("-")[0]
    return len(first) != 2 or first in LANGUAGES


def prohibited(category: str) -> bool:
    """Whether a category of one's own takes, or nearly takes, the name of a profile (6.1.26)."""
    if category in (*PROFILES, "csaf_base"):
        return False
    return category.lower().startswith("csaf_") or _bare(category) in {
        _bare(name) for profile in PROFILES for name in (profile, profile.removeprefix("csaf_"))
    }


def _bare(text: str) -> str:
    """In small letters, without dashes of any kind, white space and low lines."""
    return "".join(
        each
        for each in text.casefold()
        if each != "_" and not each.isspace() and unicodedata.category(each) != "Pd"
    )


def _profile(document: Part) -> Iterator[Failure]:
    head = document["document"]
    category = head["category"]
    if category in _TOLD:
        kinds = {each["category"] for each in head.get("notes", ())}
        if not kinds & {"description", "details", "general", "summary"}:
            yield Failure("6.1.27.1", "/document/notes", "no note tells what it is about")
        if not any(each.get("category", "external") == "external" for each in head.get("references", ())):
            yield Failure("6.1.27.2", "/document/references", "nothing outside is referred to")
    if category == "csaf_informational_advisory" and "vulnerabilities" in document:
        yield Failure("6.1.27.3", "/vulnerabilities", "they have no place in this profile")
    if category in _ADVISORY:
        if "product_tree" not in document:
            yield Failure("6.1.27.4", "/product_tree", "it is missing")
        if "vulnerabilities" not in document:
            yield Failure("6.1.27.11", "/vulnerabilities", "they are missing")
        for path, flaw in vulnerabilities(document):
            if "notes" not in flaw:
                yield Failure("6.1.27.5", f"{path}/notes", "it is missing")
            if category == "csaf_security_advisory" and "product_status" not in flaw:
                yield Failure("6.1.27.6", f"{path}/product_status", "it is missing")
    if category == "csaf_vex":
        yield from _vex(document)


def _vex(document: Part) -> Iterator[Failure]:
    grouped = groups(document)
    for path, flaw in vulnerabilities(document):
        status = flaw.get("product_status", {})
        if not any(each in status for each in _VEX):
            yield Failure("6.1.27.7", f"{path}/product_status", "no state of VEX is given")
        if "cve" not in flaw and "ids" not in flaw:
            yield Failure("6.1.27.8", path, "it has no identifier")
        told = [each for each in flaw.get("threats", ()) if each["category"] == "impact"]
        why = _all([*flaw.get("flags", ()), *told], grouped)
        for place, id_ in placed(
            f"{path}/product_status/known_not_affected", status.get("known_not_affected", ())
        ):
            if id_ not in why:
                yield Failure("6.1.27.9", place, f"nothing says why {id_!r} is not affected")
        done = _all(flaw.get("remediations", ()), grouped)
        for place, id_ in placed(f"{path}/product_status/known_affected", status.get("known_affected", ())):
            if id_ not in done:
                yield Failure("6.1.27.10", place, f"nothing says what to do about {id_!r}")


def _all(parts: list[Part], grouped: dict[str, list[str]]) -> set[str]:
    return {id_ for each in parts for id_ in addressed(each, grouped)}
