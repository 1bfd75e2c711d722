# SPDX-License-Identifier: Apache-2.0
"""In which version a flaw is closed, or still open, put together from the parts of a sentence that names the flaw: one
version number, and a word of mending or of staying open. English, German, French and Spanish.

Runs after `products` and speaks only where that found no fixed version for the flaw; a sentence that both mends and
leaves open, or names versions of several branches, is left alone unless its clauses part them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from scc.model.facts import Claim
from scc.read.claims.subjects import cves_in
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.scope import ordered

_VERSION: Final = re.compile(
    r"(?<![\w.$€£/-])v?(?P<version>\d{1,5}(?:\.[0-9x]{1,6}){1,4}(?:[a-z]\d{1,3})?(?:[-+~][a-z0-9.~]{1,20}){0,3})(?![\w%])(?!\.\d)"
    r"|\b(?:patch|build|update|hotfix)[ ](?P<patch>\d{1,6})\b"
)
_SCORED: Final = re.compile(r"\b(?:cvss|severity|score[sd]?|out of|pkcs\W?\d)\b")
_ONE_DECIMAL: Final = re.compile(r"(?:10|\d)\.\d")
_NOT_VERSION: Final = re.compile(
    r"(?:up to|through|until|bis|jusqu['’]à|hasta|<=?)[ ](?:version[ ])?v?$|(?:cvss|score[sd]?|rated|severity|base|tls|ssl|http|python|points?|note|puntuación)[ ](?:\w{1,10}[ ]){0,2}v?$|\$$"
)
_MENDS: Final = re.compile(
    r"\b(?:fix(?:e[sd]|ing)?|clos(?:es|ed)|patch(?:es|ed)|resolv(?:es|ed)|gone|goes away|go away|remed(?:y|ies|ied|iates?|iated)|cure[sd]?|remov(?:es|ed)|does away|put(?:s|ting)? (?:an end|it right|cve-\d{4}-\d+ right)|mend(?:s|ed)|free (?:from|of)|correct(?:s|ed)|address(?:es|ed)|"
    r"contains the (?:fix|repair|correction)|(?:up(?:dat|grad)(?:e|ing)|mov(?:e|ing)|switch(?:ing)?|go) (?:on )?to|install|no longer (?:exists?|present|vulnerable|affected)|dealt with|(?:an )?end (?:to|of)|safe from|not (?:affected|vulnerable)|clean|backport\w*|taken out|g[eo]t(?:s|ting)? rid|first (?:release|version|build) (?:to|that|without)|has to be at|or newer|or later|"
    r"behoben|behebt|beseitigt|geschlossen|schließt|korrigiert|sicher ab|abgesichert|corrigée?s?|corrige|comblée?|résolue?|éliminer|solucionad[ao]|soluciona|corregid[ao]|corrige|eliminar|parchead[ao]|cerrad[ao])(?!\w)"
)
_OPEN: Final = re.compile(
    r"\b(?:do(?:es)?(?: not|n[’']t) (?:\w{1,12} ){0,2}?(?:fix|close|patch|resolve|remove|address|correct|contain|include|help|mend)|did(?: not|n[’']t) (?:\w{1,12} ){0,2}?(?:fix|close|patch|resolve|remove|address|make it)|(?:is|was|are|were)(?: not|n[’']t) (?:\w{1,12} ){0,2}?(?:enough|fixed|closed|sufficient|included|complete|safe|free|until)|"
    r"leaves?(?: you| users| it)? (?:exposed|open|vulnerable)|still (?:vulnerable|affected|open|exposed|exploitable|contains|works)|remains? (?:vulnerable|open|exploitable|exposed|affected|present)|survives?|incomplete (?:fix|patch)|left out|(?:fix|patch|mitigation) (?:can be |was |is |has been )?bypassed|contains? no (?:fix|change)|no fix|never be a fix|"
    r"up to and including|fall to|fell to|is (?:also|still) (?:affected|vulnerable|exploitable)|weiterhin (?:verwundbar|angreifbar|betroffen|offen)|nicht (?:behoben|geschlossen|ausreichend)|reste vulnérable|ne (?:corrige|suffit|résout)|no (?:corrige|soluciona|basta)|sigue (?:siendo )?vulnerable)(?!\w)"
)
_POSSIBLE: Final = re.compile(
    r"\b(?:will|would|could|might|may|should be (?:fixed|closed)|planned|expected|scheduled|promised|soon|next|coming|geplant|prévue?|previst[ao])\b|\?"
)
_NEITHER: Final = re.compile(r"\b(?:neither|weder|ni)\b")
_FROM: Final = re.compile(r"\bfrom (?:version )?v?\d[\w.+~-]{1,30} to\b")
"""Where one comes from is neither mended nor said to be open."""
_PRIOR: Final = re.compile(
    r"\b(?:prior to|before|earlier than|older than|below|vor|antérieures? à|anteriores? a)[ ](?:version[ ])?$"
)
_CLAUSE: Final = re.compile(
    r"; |, (?:but|while|whereas|although|yet|which|and|only)\b| and only | instead,? |: (?=[a-z])|(?<=\w\w)\. "
)
MOST: Final = 4


def note_told_fixes(page: Page, notes: Notes) -> None:
    """Note, at most four, the version that a sentence with one flaw says closes it ("asserted" or "reported") or leaves
    it open ("denied")."""
    if "cve-" not in page.low:
        return
    known = {claim.subject for _, claim in notes.claims("fixed-version")}
    holder = publisher_holder(page.document)
    sure = first_hand("fixed-version", holder)
    count = 0
    for number, (start, end) in enumerate(page.sentences):
        if end - start > 600 or "cve-" not in page.low[start:end]:
            continue
        inside = cves_in(page, start, end)
        if (
            len(inside) != 1
            or " | " in page.text[start:end]
            or page.section(start) == "reference"
            or ordered(page, start)
        ):
            continue
        told = _told(page.low[start:end])
        if not told and number + 1 < len(page.sentences) and len(page.sentences) < 40:
            # "CVE-… came to light last week. It is gone from 3.2.1."
            after = page.sentences[number + 1]
            apart = not _VERSION.search(page.low, start, end)
            if apart and after[1] - after[0] < 300 and "cve-" not in page.low[after[0] : after[1]]:
                told = _told(page.low[start : after[1]])
        for version, closed in told:
            if count < MOST and not (closed and inside[0] in known):
                count += 1
                claim = Claim(
                    "fixed-version", version, sure if closed else "denied", holder, subject=inside[0]
                )
                notes(claim, start, end, "stated", 0.6, "grammar:told-fix")
        if any(closed for _, closed in told):
            known.add(inside[0])


def _told(sentence: str) -> list[tuple[str, bool]]:
    """(version, whether it closes the flaw) of the clauses of a sentence in lower case, each version once."""
    told: dict[str, bool] = {}
    scored = _SCORED.search(sentence)
    cuts = [0, *(each.start() for each in _CLAUSE.finditer(sentence)), len(sentence)]
    pending: list[tuple[str, bool]] = []
    for first, last in pairwise(cuts):
        clause = _FROM.sub(" to", sentence[first:last])
        found = [
            (
                (each["version"] or each[0]).rstrip(".-~"),
                _PRIOR.search(clause[max(0, each.start() - 30) : each.start()]) is not None,
            )
            for each in _VERSION.finditer(clause)
            if not _NOT_VERSION.search(clause[max(0, each.start() - 30) : each.start()])
            and not (scored and _ONE_DECIMAL.fullmatch(each["version"] or ""))
        ]
        if _POSSIBLE.search(clause):
            pending = []
            continue
        mends = _MENDS.search(_OPEN.sub(" ", clause)) and not _NEITHER.search(clause)
        opens = _OPEN.search(clause) or _NEITHER.search(clause)
        here = found or pending
        if opens and not mends and not any(prior for _, prior in here):
            told.update({version: False for version, _ in here if version not in told})
        elif (mends and not opens) or (opens and not mends and here and all(prior for _, prior in here)):
            told.update({version: True for version, _ in here if version not in told})
        else:
            pending = found or pending
            continue
        pending = []
    # "On the 16.7 branch … 16.7.2": the branch itself is no release.
    whole = {each: closed for each, closed in told.items() if not any(_within(each, other) for other in told)}
    return list(whole.items()) if 0 < len(told) <= MOST else []


def _within(branch: str, version: str) -> bool:
    return version.startswith(f"{branch.removesuffix('.x')}.") or (branch.endswith(".x") and len(branch) < 6)
