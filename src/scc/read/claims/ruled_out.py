# SPDX-License-Identifier: Apache-2.0
"""Actors that a text says were not behind an attack: "our investigation rules out …", "the attack was not …".

Runs after `names`, which collects the names a text denies, and after `claims`; adds denied claims of attribution that
those did not find. Says nothing of who did it.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Actor, Claim
from scc.read.holders import publisher_holder
from scc.read.page import Notes, Page
from scc.read.sought import Sought

_NOT: Final = re.compile(
    r"\b(?:rul(?:e|es|ed|ing) out|exclud(?:e|es|ed|ing)|discount(?:s|ed)|(?:was|were|is|are) not|(?:was|is|were|are)n['’]t|not (?:by|the work of|linked to|connected to|tied to|match)|"
    r"nothing to do with|no (?:link|connection|tie)s? (?:to|with)|schließ(?:t|en)|nicht|descart\w{1,4}|n['’](?:est|était) pas|écart(?:e|ent)|no (?:fue|es|fueron))\b[^.;:!?\n]{0,50}$",
    re.IGNORECASE,
)
_CLOSE: Final = re.compile(
    r"\b(?:rul(?:e|es|ed|ing) out|exclud(?:e|es|ed)|(?:was|were) not(?: the work of| carried out by| by)?)(?: the)? $",
    re.IGNORECASE,
)
"""For names that the pack has as malware only: right before them."""
_UNKNOWN: Final = Sought(
    r"\b(?:attack|breach|theft|hack|intrusion|incident|leak)\b[^.;:!?\n]{0,60}[ ](?:was|were) not (?:the work of |carried out by |by )?(?:the )?(?P<name>[A-Z]\w{2,20}(?: [A-Z]\w{1,20}){0,2})(?= (?:gang|group|crew)|[;,.]|\Z)",
    at="attack breach theft hack intrusion incident leak",
)
"""A name that the pack may not have, said not to have done it."""
_BOAST: Final = re.compile(
    r"(?:['’]s?)? (?:boast|claim|statement|story|post|brag)s?\b[^.;:!?\n]{0,12} (?:is|are|was|were) (?:false|a lie|lies|untrue|free of|made[ -]up|invented|empty|baseless|without)\b",
    re.IGNORECASE,
)
_INCIDENT: Final = re.compile(
    r"\b(?:attack\w*|breach\w*|thefts?|stole\w*|took the|hack\w*|intrusion\w*|incident\w*|leak\w*|break-in|compromise\w*|encrypt\w*|investigation|Angriff\w*|Vorfall|ataque|incidente|attaque)\b",
    re.IGNORECASE,
)
MOST: Final = 4


def note_ruled_out(page: Page, notes: Notes) -> None:
    """Note one denied attribution for each actor that a sentence on an attack rules out, at most four."""
    known = {claim.value for _, claim in notes.claims("attribution") if claim.modality == "denied"}
    told = 0
    written = [each.fact.written for each in notes.of(Actor) if isinstance(each.fact, Actor)]
    doubtful = []
    for hit in page.hits.get("names", []):
        first, last = page.words.starts[hit.first], page.words.ends[hit.last - 1]
        if hit.value.kind in ("actor", "ransomware") or _CLOSE.search(page.text, max(0, first - 40), first):
            doubtful.append(page.text[first:last])
    unknown = [each["name"] for each in page.find(_UNKNOWN)]
    for name in dict.fromkeys([*page.denied_actors, *doubtful, *unknown]):
        if not name or not name[0].isupper() or name in known or told >= MOST:
            continue
        place = _denied_at(page, name, name not in written)
        if place is not None:
            told += 1
            claim = Claim("attribution", name, "denied", publisher_holder(page.document))
            notes(claim, *place, "stated", 0.7, "grammar:ruled-out")


def _denied_at(page: Page, name: str, denied: bool) -> tuple[int, int] | None:
    """The sentence that says that it was not the actor; `denied` says that no sentence says that it was."""
    for found in re.finditer(re.escape(name), page.text):
        start, end = page.sentence(found.start())
        if page.section(found.start()) == "reference":
            continue
        before = page.text[max(start, found.start() - 90) : found.start()]
        ruled_out = denied and _NOT.search(before) and _INCIDENT.search(page.text, start, end)
        if ruled_out or (_BOAST.match(page.text, found.end(), end) and _INCIDENT.search(page.text)):
            return start, end
    return None
