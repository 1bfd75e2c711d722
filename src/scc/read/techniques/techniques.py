# SPDX-License-Identifier: Apache-2.0
"""ATT&CK and ATLAS techniques that a text states by id or by exact name.

Revoked ids resolve forward to the live one, with the printed id kept. The role says whether the text tells
that it was done (observed), that it follows from a flaw (possible), or names it otherwise (context).
Techniques that are only described are `inference`'s work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.model.facts import Role, Technique
from scc.read.page import Notes, Page
from scc.read.scope import denied, ordered
from scc.read.sought import Sought
from scc.read.techniques.done_acts import none_did, only_wished, told_done
from scc.read.techniques.told_rows import ruled_out, told_by_label, told_in_row

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_ID: Final = Sought(r"(?<![\w.])(T[01]\d{3}(?:[./]\d{3})?|AML\.T\d{4}(?:\.\d{3})?)(?![\d]|\.\d)", at="t# aml")
_POSSIBLE: Final = re.compile(
    r"\b(?:could|may|might|would|can be|allows?|enables?|possible|possibly|potential(?:ly)?)\b|^(?:if|unless|in case|suppose)\b",
    re.IGNORECASE,
)
_ACTS: Final = re.compile(
    r"\b(?:attackers?|actors?|adversar(?:y|ies)|group|operators?|threat actors?|malware|ransomware|intru\w{0,6}|campaign|hackers?|they|it|this one|"
    r"loader|payload|implant|backdoor|trojan|worm|dropper|script|sample|affiliates?|UNC\d+|APT-?\d+|TA\d+|FIN\d+)\b[^.\n]{0,80}"
    r"\b(?:ran|run|relies on|relied on|pushed|queried|enumerated|scanned|logged in|loaded|side-loaded|injected|copied|deleted|cleared|staged|uploaded|downloaded|spread|used|uses|using|leveraged|leverages|abused|abuses|exploited|exploits|deployed|deploys|employed|employs|executed|executes|gained|obtained|stole|sent|sends|"
    r"dropped|drops|installed|installs|established|moved|dumped|exfiltrated|encrypted|disabled|created|modified|performed|performs|conducted|compromised)\b"
    r"|\b(?:observed|(?:was|were|had been) (?:\w+ )?(?:and )?(?:delivered|executed|launched|loaded|side-loaded|dropped|injected|installed|abused|signed)|was used|were used|has been used|in this (?:attack|campaign|intrusion))\b",
    re.IGNORECASE,
)
"""Somebody acts, named or by his kind, or something was done to a system."""
_PAST: Final = re.compile(
    r"\b(?:\w{2,20}ed|had|was|were|gave|did|ran|left|took|made|sent|got|came|went|stole|broke|wrote|began|kept|held|hid|fed|"
    r"put|set|let|led|bought|brought|built|caught|chose|crept|drove|found|hit|sold|shut|spent|swept|threw|has been|have been)\b"
)
"""Something happened, whoever did it and by whatever verb."""
_WATCHED: Final = re.compile(
    r"(?<!-)\b(?:relevant|landscape|could|may|might|can be|would|possible|possibly|potential(?:ly)?|if |hypothetical|example|such as|"
    r"detect(?:s|ion|ing)?|mitigat\w{0,8}|defend\w{0,6}|protect\w{0,6}|prevent\w{0,6}|monitor\w{0,6}|audit|review|hunt(?:ing)?|coverage|controls?|simulat\w{0,6}|emulat\w{0,6})\b",
    re.IGNORECASE,
)
"""Watched for, or only possible."""
_STAGED: Final = re.compile(
    r"\b(?:red[- ]?team\w*|purple[- ]?team\w*|penetration test\w*|pentest\w*|exercise\w*|tabletop|drill|training|course|"
    r"lab|quiz|mapped|mapping|maps|covered|covers|analytics?|query|queries|dashboards?|heat ?map|fiction\w*|novel|"
    r"thriller|film|game|requires?|required|scores?|scored|tested|tests?|added|updated|published|expected|in vain|looked for|searched for)\b",
    re.IGNORECASE,
)
"""Played, measured or catalogued instead of done."""
_NONE: Final = re.compile(
    r"\b(?:no|not|nor|neither|never|without)(?: [\w-]{1,30}){1,3} [(\[]$", re.IGNORECASE
)
"""What is named directly before the bracket did not happen."""
MENTIONS_MOST: Final = 8
"""Mentions of one id that are looked at for its role."""
_ANCHOR: Final = re.compile(r"att ?& ?ck|mitre|technique|tactic|\bttps?\b", re.IGNORECASE)


def note_techniques(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note stated ids and exact names of techniques, resolved to live ones."""
    stated: set[str] = set()
    seen: dict[str, int] = {}
    for each in page.find(_ID):
        printed = each[1].replace("/", ".")
        seen[printed] = seen.get(printed, 0) + 1
        if seen[printed] > MENTIONS_MOST:
            continue
        for current in _live(knowledge, printed):
            node = knowledge.technique(current)
            if node is None:
                continue
            role = _role(page, each.start())
            stated.add(current)
            notes(
                Technique(current, printed, role, node.domain),
                each.start(1),
                each.end(1),
                "stated",
                1.0,
                "pattern:technique",
            )
    _keep_best(notes)
    for name, current, start, end in _names(page):
        node = knowledge.technique(current)
        if node is not None and current not in stated:
            stated.add(current)
            role = _role(page, start)
            notes(Technique(current, "", role, node.domain), start, end, "matched", 0.8, f"name:{name}")


def _live(knowledge: Knowledge, printed: str) -> tuple[str, ...]:
    framework = "atlas" if printed.startswith("AML.") else "attack"
    found = knowledge.resolve(framework, printed)
    if found.status == "unknown":
        return ()
    return found.current


def _tells_of_attack(page: Page) -> bool:
    """Whether the text tells of an attack that took place: at least two sentences in which somebody acts. Cached on it."""
    known: bool | None = getattr(page, "_told", None)
    if known is None:
        known = sum(1 for _ in zip(_ACTS.finditer(page.text), range(2), strict=False)) == 2
        page._told = known  # type: ignore[attr-defined]
    return known


def _role(page: Page, offset: int) -> Role:
    if page.section(offset) in ("advice", "reference") or ordered(page, offset):
        return "context"
    if only_wished(page, offset) or ruled_out(page, offset):
        return "context"
    if told_done(page, offset):
        return "observed"
    if denied(page, offset) or none_did(page, offset):
        return "context"
    if told_in_row(page, offset) or told_by_label(page, offset):
        return "observed"
    return "observed" if _done(page, offset) else "context"


def _done(page: Page, offset: int) -> bool:
    """Whether what a name or id stands for is told as done, by the first evidence that the sentence gives: somebody who acts;
    something that happened, with the id in brackets behind it; a row of a table in a text that tells of an attack. The weaker
    the evidence, the more words speak against it."""
    sentence = page.sentence_text(offset)
    possible = _POSSIBLE.search(sentence) is not None
    if not possible and _ACTS.search(sentence):
        return True
    if _WATCHED.search(sentence):
        return False
    before = page.text[max(0, offset - 60) : offset]
    bracketed = before.endswith(("(", "[")) and not _NONE.search(before)
    if bracketed and not possible and _PAST.search(sentence) and not _STAGED.search(sentence):
        return True
    start, end = page.line(offset)
    tabled = "|" in page.text[start:end] or "\t" in page.text[start:end] or end - start < 120
    return tabled and _tells_of_attack(page)


def _keep_best(notes: Notes) -> None:
    """One observation an id: the role that says most."""
    rank = {"observed": 0, "possible": 1, "context": 2}
    best: dict[tuple[str, str], str] = {}
    for each in notes.of(Technique):
        fact = each.fact
        if isinstance(fact, Technique):
            key = (fact.id, fact.stated_id)
            if key not in best or rank[fact.role] < rank[best[key]]:
                best[key] = fact.role
    notes.drop(
        lambda fact: (
            isinstance(fact, Technique) and best.get((fact.id, fact.stated_id), fact.role) != fact.role
        )
    )


def phrases(knowledge: Knowledge) -> list[tuple[str, tuple[str, str]]]:
    """Names of techniques of two words and more. ATLAS repeats names of ATT&CK: then ATT&CK's is meant."""
    attack = {
        each.name for each in knowledge.techniques() if each.domain == "enterprise" and each.status == "live"
    }
    return [
        (each.name, (each.name, each.id))
        for each in knowledge.techniques()
        if (each.domain == "enterprise" or (each.domain == "atlas" and each.name not in attack))
        and each.status == "live"
        and 1 < len(each.name.split()) <= 12
    ]


def _names(page: Page) -> list[tuple[str, str, int, int]]:
    """(name, id, start, end) of technique names of two words and more, written as names or near the word ATT&CK."""
    found = []
    for hit in page.hits.get("techniques", []):
        start, end = page.words.starts[hit.first], page.words.ends[hit.last - 1]
        written = page.text[start:end]
        capital = sum(1 for word in page.words[hit.first : hit.last] if page.text[word.start].isupper())
        line = page.line(start)
        anchored = _ANCHOR.search(page.sentence_text(start)) or page.section(start) == "attack"
        # A name in lower case is plain English ("valid accounts"); capitals in running text or an anchor make it a name.
        if anchored and capital >= 1 and written[0].isupper() and line[1] - line[0] < 400:
            found.append((hit.value[0], hit.value[1], start, end))
    return found
