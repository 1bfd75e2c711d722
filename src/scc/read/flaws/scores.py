# SPDX-License-Identifier: Apache-2.0
"""CVSS vectors and scores printed in a text, with the flaw they belong to.

A vector is noted only if the `cvss` package accepts it; its score is computed, never read. A score without a
vector is noted with origin "text". Predicts nothing.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from scc.model.facts import Cvss
from scc.read.flaws.identifiers import CVE
from scc.read.page import Notes, Page
from scc.read.sought import Sought

_VECTOR: Final = re.compile(
    r"(?:CVSS:(?P<prefix>3\.[01]|4\.0)/)?(?P<body>AV:[NALP](?:/[A-Za-z]{1,3}:[A-Za-z]{1,7}){5,40})(?![A-Za-z:/])"
)
_SCORE: Final = Sought(
    r"(?<![\d.])(?P<ahead>10(?:\.0)?|[0-9]\.[0-9])(?:,? (?:critical|high|medium|low))?[ \n](?:\(|in |on |under |per |by |after )(?:the )?CVSS[ \n]?(?:v|V|version )?(?P<aversion>[234](?:\.[0-9])?)(?![.\d]*\d)"
    r"|\bCVSS[ \n]?(?:(?:v|V|version )?(?P<version>[234](?:\.[0-9x])?)(?=[ ):\n,]))?"
    r"(?P<between>[^.\d;|\n]{0,60}?)(?P<score>10(?:\.0)?|[0-9]\.[0-9])(?!\.?\d|%|/)"
    r"|\b(?:severity|base|risk)[ \n](?:score|rating)s?[ \n](?:of[ \n])?(?:up to[ \n])?(?P<other>10(?:\.0)?|[0-9]\.[0-9])(?!\.?\d|%)"
    r"|(?<![\d.])(?P<outof>10(?:\.0)?|[0-9]\.[0-9])(?: out of 10| ?/ ?10)(?:\.0)?(?![\d/])",
    at="# cvss severity base risk",
)
Version = Literal["2.0", "3.0", "3.1", "4.0", ""]
_VERSIONS: Final[dict[str, Version]] = {
    "2": "2.0",
    "2.0": "2.0",
    "3.0": "3.0",
    "3.1": "3.1",
    "4": "4.0",
    "4.0": "4.0",
}


_NUMBERS_OF_VERSIONS: Final = frozenset(("2.0", "3.0", "3.1", "4.0"))


def score_of(vector: str) -> tuple[Version, float, str] | None:
    """(version, base score, canonical vector) of a CVSS vector of any version, None if it is not valid.

    A vector without prefix is read as version 2.0 if it has Au, else not at all: 3.0 and 3.1 differ.
    """
    import cvss

    try:
        if vector.startswith("CVSS:4.0/"):
            four = cvss.CVSS4(vector)
            return "4.0", float(four.base_score), four.clean_vector()
        if vector.startswith("CVSS:3"):
            three = cvss.CVSS3(vector)
            return (
                ("3.0" if vector.startswith("CVSS:3.0") else "3.1"),
                float(three.scores()[0]),
                three.clean_vector(),
            )
        if "/Au:" in vector:
            two = cvss.CVSS2(vector)
            return "2.0", float(two.scores()[0]), two.clean_vector()
    except (cvss.CVSSError, ValueError, KeyError, ArithmeticError):
        return None
    return None


def note_scores(page: Page, notes: Notes) -> None:
    """Note vectors (validated, scored) and scores without a vector."""
    text = page.text
    if (
        "AV:" not in text
        and "CVSS" not in text
        and "severity" not in page.low
        and "out of 10" not in text
        and "/10" not in text
    ):
        return
    taken: list[tuple[int, int]] = []
    scored: set[tuple[str, float]] = set()
    for each in _VECTOR.finditer(text):
        vector = each[0]
        if not each["prefix"] and "/Au:" not in vector:
            near = re.search(r"CVSS ?v?(3\.[01])", text[max(0, each.start() - 60) : each.start()])
            if near is None:
                continue
            vector = f"CVSS:{near[1]}/{each['body']}"
        found = score_of(vector)
        if found is None:
            continue
        version, score, clean = found
        flaw = flaw_near(page, each.start())
        taken.append((each.start() - 80, each.end() + 40))
        scored.add((flaw, score))
        notes(
            Cvss(clean, version, score, "text", flaw),
            each.start(),
            each.end(),
            "stated",
            1.0,
            "pattern:cvss-vector",
        )
    for each in page.find(_SCORE):
        score = float(each["ahead"] or each["score"] or each["other"] or each["outof"])
        if each["score"] in _NUMBERS_OF_VERSIONS and not (each["between"] or "").strip(" \n-v"):
            continue  # "CVSS 3.1" names the version
        flaw = flaw_near(page, each.start())
        if (flaw, score) in scored or any(start <= each.start() <= end for start, end in taken):
            continue
        if (
            each["outof"]
            and "cvss" not in page.sentence_text(each.start()).lower()
            and "severity" not in page.sentence_text(each.start()).lower()
        ):
            continue
        if each["score"] and re.search(r"\b(?:vector|version)\b", each["between"] or "", re.IGNORECASE):
            continue
        version = _VERSIONS.get(each["version"] or each["aversion"] or "", "")
        scored.add((flaw, score))
        notes(
            Cvss("", version, score, "text", flaw),
            each.start(),
            each.end(),
            "stated",
            0.95,
            "pattern:cvss-score",
        )


def flaw_near(page: Page, offset: int) -> str:
    """The CVE that a place speaks of: the last one before it in its sentence or line, else the next one, else
    the only one of the document; "" when there is none or it is not clear."""
    start, end = page.sentence(offset)
    line_start, line_end = page.line(offset)
    start, end = min(start, line_start), max(end, line_end)
    before = list(CVE.finditer(page.text, start, offset))
    if before:
        return f"CVE-{before[-1][1]}-{before[-1][2]}"
    after = CVE.search(page.text, offset, end)
    if after:
        return f"CVE-{after[1]}-{after[2]}"
    every = flaws_of(page)
    return next(iter(every)) if len(every) == 1 else ""


def flaws_of(page: Page) -> frozenset[str]:
    """All CVE ids of the page, cached on it."""
    known: frozenset[str] | None = getattr(page, "_flaws", None)
    if known is None:
        known = (
            frozenset(f"CVE-{each[1]}-{each[2]}" for each in CVE.finditer(page.text))
            if "cve" in page.low
            else frozenset()
        )
        page._flaws = known  # type: ignore[attr-defined]
    return known
