# SPDX-License-Identifier: Apache-2.0
"""How severe a sentence calls the one flaw that it names: a level in words of four languages, or a score, beside a word of
rating. Runs after `severity_words`, which needs closer wording, and speaks only of flaws on which that found nothing.

A score whose CVSS version is not printed is told under "CVSS" without one, and compared with its like only.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim
from scc.read.claims.subjects import cves_in
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.scope import ordered

_LEVELS: Final = {
    "critical": "critical|kritisch\\w{0,2}|critiques?|crític[ao]s?",
    "high": "(?<!so )high(?!er)(?!est)|hoch|hohe[nrsm]?|élevée?s?|haute|alt[ao]s?|important",
    "medium": "medium|moderate|mittel\\w{0,4}|modérée?s?|moyenne?s?|media|moderad[ao]s?",
    "low": "low|niedrig\\w{0,2}|gering\\w{0,2}|faible|baj[ao]s?|informational",
}
_LEVEL: Final = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LEVELS.items())
    + r")(?![\w-])(?=[\s\"”»“*)]{0,3}(?:$|[.,;:(\]]|severity|rating|urgency|vulnerab|flaw|bug|hole|issue|for (?:all|the|every)|by |in our|ones?\b|bracket|stuf|ein(?:ge)?stuf|bewert|cve-|par |pour |por |para ))"
)
"""A level at the end of a phrase or before what it qualifies: not "critical infrastructure", "a high number"."""
_FOREIGN: Final = re.compile(r"^(?:media|alt[ao]s?|baj[ao]s?|hoch|hohe.?|gering.*|haute|moyenne.?|faible)$")
_FOREIGN_RATES: Final = re.compile(
    r"gravedad|severidad|criticidad|califica|considerad|puntuaci|schweregrad|stuf|bewert|kritikalit|gravité|criticité|sévérité|jugé"
)
_SCORE: Final = re.compile(
    r"(?<![\d.,\w-])(?P<score>10(?:[.,]0)?|[0-9][.,][0-9])(?![\d%\w]|[.,]\d)"
    r"|\b(?P<perfect>perfect (?:ten|10)|maximum score|top score|highest possible score|höchstwert|note maximale|puntuación máxima)\b"
    r"|\b(?P<whole>one|two|three|four|five|six|seven|eight|nine|ten) point (?P<tenth>one|two|three|four|five|six|seven|eight|nine)\b|\bscore of (?P<round>ten)\b"
)
_DIGITS: Final = {
    word: at for at, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
_RATES: Final = re.compile(
    r"\b(?:severity|rate[sd]?|rating|score[sd]?|scoring|cvss|class(?:es|ed|ify|ifies|ified)|call(?:s|ed)?|consider(?:s|ed)?|verdict|urgency|deem(?:s|ed)?|rank(?:s|ed)?|mark(?:s|ed)?|treat(?:s|ed)?|tracker|weighs? in|comes? in at|stands? at|carries|scale|bracket|points?|out of (?:a possible )?(?:10|ten)|tops out|assess(?:es|ed)?|(?:is|are|was) (?:an? )?(?:critical|moderate|medium|low|important|informational)|"
    r"gravité|jugée?|note|criticité|bewertet\w*|bewertung|schweregrad|stuf(?:t|en|te|ten)|eingestuft|punkten?|gravedad|severidad|puntuación|califica\w*|considerad\w*)\b"
)
_VERSION: Final = re.compile(
    r"\bcvss[ ]?(?:v|version )?(?P<version>[234](?:\.[01])?)\b(?!\.\d)(?!\.?\d)|\bfourth edition of cvss\b"
)
_NAMES: Final = {"2": "2.0", "2.0": "2.0", "3": "", "3.0": "3.0", "3.1": "3.1", "4": "4.0", "4.0": "4.0"}
_NOT: Final = re.compile(
    r"\b(?:not|nothing|no longer|never|rarely|isn[’']t|wasn[’']t|hardly|less|than|above|below|if|could|would|might|nicht|kein\w*|pas|moins|ni|menos)\b[^.;,:]{0,40}$|\bno\b[^.;,:]{0,12}$"
)
_OTHER: Final = re.compile(
    r"\b(?:version|firmware|tls|release|update|patch|day|epss|percent)[ ](?:v|\w{1,8} )?$"
)
MOST: Final = 6


def note_told_severity(page: Page, notes: Notes) -> None:
    """Note, at most six, the level or score that a sentence with one flaw gives it."""
    if "cve-" not in page.low or not _RATES.search(page.low):
        return
    known = {claim.subject.partition(" ")[0] for _, claim in notes.claims("severity")}
    if "" in known:
        return
    holder = publisher_holder(page.document)
    modality = first_hand("severity", holder)
    told: set[str] = set()
    for start, end in page.sentences:
        if len(told) >= MOST or end - start > 500 or "cve-" not in page.low[start:end]:
            continue
        inside = cves_in(page, start, end)
        if (
            len(inside) != 1
            or inside[0] in known | told
            or page.section(start) == "reference"
            or ordered(page, start)
        ):
            continue
        for value, suffix in _told(page.low[start:end]):
            told.add(inside[0])
            notes(
                Claim("severity", value, modality, holder, subject=f"{inside[0]}{suffix}"),
                start,
                end,
                "stated",
                0.6,
                "grammar:told-severity",
            )


def _told(sentence: str) -> list[tuple[str, str]]:
    """(value, suffix of the subject) of a sentence in lower case: one level, or one score, or both."""
    if not _RATES.search(sentence):
        return []
    levels = {
        each.lastgroup
        for each in _LEVEL.finditer(sentence)
        if not _NOT.search(sentence[: each.start()])
        and (not _FOREIGN.match(each[0]) or _FOREIGN_RATES.search(sentence))
        and (
            each[0] != "important"
            or re.search(r"(?:rat|severity|classif|mark|is |as )\W*$", sentence[: each.start()])
        )
    }
    found: list[tuple[str, str]] = []
    if len(levels) == 1 and (level := levels.pop()):
        found.append((level, ""))
    scores = set()
    for each in _SCORE.finditer(sentence):
        before = sentence[max(0, each.start() - 40) : each.start()]
        if (
            _NOT.search(before)
            or _OTHER.search(before)
            or re.search(r"cvss[ ]?v?$|out of (?:a possible )?$|version $|under $", before)
        ):
            continue
        if each["whole"]:
            scores.add(f"{_DIGITS[each['whole']]}.{_DIGITS[each['tenth']]}")
        elif each["perfect"] or each["round"]:
            scores.add("10.0")
        elif each["score"] != "10" or re.search(
            r"\b(?:score|cvss|severity|scale|tops? out|rat(?:ed|ing)|höchstwert)\b", before
        ):
            scores.add(f"{float(each['score'].replace(',', '.')):.1f}")
    if len(scores) == 1:
        version = _VERSION.search(sentence)
        number = _NAMES.get(version["version"] or "4", "") if version else ""
        found.append((scores.pop(), f" CVSS {number}".rstrip()))
    return found
