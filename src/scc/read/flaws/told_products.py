# SPDX-License-Identifier: Apache-2.0
"""Products of which a text tells that they are affected, in other words than "a flaw in X" or "X before 1.2".

"| CrushFTP 11.3.0 | affected |"; "Confluence Data Center is at risk"; "the fix for X"; "CVE-2021-40539 opened X to …"; "anybody can crash
X". Runs after `products` and adds only what that did not find. A name counts by a version behind it, its vendor before it, or
because the KEV catalogue knows it; a capital alone is none. Says nothing of attacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scc.model.facts import Malware, Product
from scc.read.flaws.product_names import PRODUCT, VERSION, houses, product_name, vendor_of
from scc.read.flaws.products import spared
from scc.read.flaws.scores import flaw_near, flaws_of
from scc.read.page import Notes, Page
from scc.read.scope import denied
from scc.read.sought import Sought

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_ON_A_LINE: Final = PRODUCT.replace("(?P<product>", "(?:").replace(r"[ \n]", " ")
_NAME: Final = rf"(?P<name>{_ON_A_LINE}(?:[ ]&[ ][A-Z]\w{{2,20}})?)"
_VERSIONS: Final = rf"(?:[ \n](?:(?:versions?|Version(?:en)?|v\.?)[ \n])?(?P<versions>\d\dH\d|{VERSION}(?:(?:, |, and |, or | and | or | und | oder | et | ou | y | o | to | through | bis | à | a |-|–){VERSION}){{0,5}}))?"
_BAD: Final = r"(?:affected|vulnerable|impacted|at risk|exposed|exploitable|unpatched|betroffen|verwundbar|anfällig|angreifbar|concernée?s?|affectée?s?|touchée?s?|vulnérables?|afectad[oa]s?|vulnerables?)"
_HARM: Final = r"(?:(?:a |an |the |two |three |several |this |that |die |eine |la |une |el |un |una )?(?:[\w-]{2,16} ){0,3}?(?:backdoor|back door|flaw|hole|vulnerability|vulnerabilities|bug|weakness|zero-day|Lücke|Schwachstelle|Hintertür|faille|vulnérabilité|porte dérobée|vulnerabilidad|fallo|puerta trasera)\b|CVE-\d{4}-\d{4,7})"
_STATUS: Final = Sought(
    # Of a row or an entry.
    rf"\b(?:{_BAD})(?=[* ]{{0,3}}(?:[|,.;(\n]|\Z))",
    at="affected vulnerable impacted at exposed exploitable unpatched betroffen verwundbar anfällig angreifbar concern affect touché vulnérable afectad",
)
_CELL: Final = re.compile(rf"{_NAME}{_VERSIONS}[* ]{{0,3}}(?:\||:|=|–|—|→|\t)[* ]{{0,3}}(?:yes, )?$")
_LISTED: Final = Sought(
    rf"(?<![Nn]ot )(?<![Nn]on-)\b(?:[Aa]ffected|[Vv]ulnerable|[Bb]etroffen|[Cc]oncernés?|[Aa]fectados?)(?: (?:products?|software|systems?|versions?|[Pp]rodukte?|[Vv]ersionen|produits?|productos?))?(?: (?:are|is|sind|sont|son))?: ?{_NAME}{_VERSIONS}",
    at="affected vulnerable betroffen concerné afectado",
)
_IS_BAD: Final = Sought(
    rf"\b(?:is|are|remains?|was|were|ist|sind|bleibt|est|sont|es|son|está|están) (?:also |still |all |therefore |auch |ebenfalls |noch |aussi |également |encore |también )?{_BAD}\b",
    at="is are remain was were ist sind bleibt est sont es son está",
    near="affected vulnerable impacted at exposed exploitable unpatched betroffen verwundbar anfällig angreifbar concern affect touché vulnérable afectad",
)
_HAS: Final = Sought(
    rf"\b(?:suffers? from|carr(?:y|ies|ied)|contain(?:s|ed)?|shipped with|ships with|ha(?:s|ve|d)|is hit by|are hit by|leidet unter|enthält|enthalten|hat|haben|contient|contiennent|présente|comporte|contiene|presenta|tiene|sufre) {_HARM}",
    at="suffer carr contain ship has have had is are leidet enthält enthalten hat haben contient contiennent présente comporte contiene presenta tiene sufre",
)
_SUBJECT: Final = re.compile(
    rf"(?P<before>\b(?:on|in|for|of|with|from|by|to|pour|sur|für|auf|dans|en|de|mit|von)[ \n](?:the )?)?{_NAME}{_VERSIONS}(?:(?:,? (?:and|or) (?:earlier|older|below))|[ \n]?\([^()\n]{{2,40}}\))?[ ]$"
)
"""What is affected, right before the verb; what only runs on it has "on" before it."""
_SUBJECT_MOST: Final = 120
_STRUCK: Final = Sought(
    # What an id does to it.
    rf"\bCVE-\d{{4}}-\d{{4,7}}(?:,? and CVE-\d{{4}}-\d{{4,7}})?,?[ \n](?:\([^)\n]{{3,60}}\),?[ \n])?(?:hits?|opens?|opened|cripples?|concerns?|plagues?|breaks?|betrifft|steckt in|touche|concerne|frappe|afecta a|afecta|lets? [^.;:\n]{{3,60}}? (?:in|into|on|onto|over|to)|gives? [^.;:\n]{{3,60}}? (?:on|over|in|to)|allows? [^.;:\n]{{3,60}}? (?:on|in|of)|(?:was|were|is|are|has been|have been|being) (?:\w{{3,12}} )?(?:chained|used|exploited|turned|aimed|abused|thrown)(?: \w{{3,12}})? (?:against|on|in|to attack|to break into|to enter))[ \n](?:the |all |every |many |any |unpatched |old |le |la |les |el |die |das )?{_NAME}",
    at="cve",
)
_FIX_FOR: Final = Sought(
    rf"\b(?:fix(?:es)?|patch(?:es)?|hotfix(?:es)?|(?:security |emergency )?updates?|Patch(?:es)?|Updates?|Notfall-Update|correctifs?|parches?|actualizaci[oó]n(?:es)?)[ \n](?:for|in|für|pour|para)[ \n](?:the |its |their |all |le |la |les |el |los )?{_NAME}",
    at="fix patch hotfix security emergency update notfall correctif parche actualizaci",
)
_ABLE: Final = r"(?:can|could|may|is able to|are able to|was able to|were able to|kann|können|konnten|peut|peuvent|puede|pueden)"
_WRONGED: Final = Sought(
    rf"\b{_ABLE} (?:remotely |then |thus |simply |easily )?(?:crash|hang|freeze|reboot|take over|seize|hijack|hack into|hack|break into|log into|log in to|compromise|run (?:their own |any |arbitrary )?code on|execute (?:arbitrary )?code on|read (?:any |arbitrary )?files? (?:on|from|of)|write (?:any |arbitrary )?files? (?:to|on)|bypass (?:the )?(?:login|authentication|log-in) (?:of|on|in)|become (?:an? )?(?:admin\w*|root) (?:on|of|in))[ \n](?:the |an? |any |every |unpatched )?{_NAME}",
    at="can could may is are was were kann könn konnten peu puede",
    near="able can could may kann könn konnten peut peuvent puede",
)
_RUNS: Final = Sought(
    rf"\b(?:runs?|running|us(?:e|es|ing)|on|with|operates?|nutzt|betreibt|utilise|usa)[ \n](?:still |an? |old |the )?{_NAME}[ \n](?:version[ \n])?(?P<versions>\d{{1,5}}(?:\.\d{{1,6}}){{1,4}})(?![.\w]*\w)(?=[^.;:!?\n]{{0,20}}, (?:an? (?:stranger|attacker|outsider|intruder)|any(?:one|body)|attackers|strangers|whoever|hackers) (?:can|could|may|is able)\b)",
    at="run us on with operate nutz betreib utilise",
)
_SAFE_FROM: Final = Sought(
    rf"\b(?:is|are|ist|est|es) (?:only )?(?:safe|fixed|patched|clean|repaired|secure|sicher|repariert|corrigée?|seguro|corregido) (?:from|since|as of|ab|seit|à partir de|depuis|a partir de|desde) (?:versi[oó]n |Version |la version )?(?P<fixed>{VERSION})",
    at="is are ist est es",
    near="safe fixed patched clean repaired secure sicher repariert corrig segur correg",
)
_ONLY: Final = Sought(
    rf"\b(?:[Oo]nly|[Nn]ur|[Ss]eule?s?|[Ss]ólo|[Ss]olo|[Oo]ther than (?:those|the ones) running)[ \n](?:(?:the|les versions de|las versiones de|versions of)[ \n])?{_NAME}{_VERSIONS}(?:[^.;:!?\n]{{0,40}}?) (?:suffers? from|is|are|ist|sind|est|sont|es|son) (?:{_BAD}|CVE-\d{{4}}-\d{{4,7}})",
    at="only nur seul sólo solo other",
)
_AHEAD: Final = (_LISTED, _STRUCK, _WRONGED, _RUNS, _ONLY)
_BEHIND: Final = ((_STATUS, _CELL), (_IS_BAD, _SUBJECT), (_HAS, _SUBJECT), (_SAFE_FROM, _SUBJECT))
_CALLED_FLAW: Final = re.compile(
    r"[ -](?:[Zz]ero-?[Dd]ays?|0-[Dd]ays?|[Ff]laws?|[Bb]ugs?|[Vv]ulnerabilit(?:y|ies)|RCE|[Ii]ssues?)\b.*$",
    re.DOTALL,
)
"""What a headline puts behind a product."""
_GATE: Final = ("cve-", "vulnerab", "flaw", "affected", "at risk", "backdoor", "back door", "hole", "zero-day", "bug", "exploit", "patch", "crash",
                "hijack", "break into", "run code", "lücke", "schwachstelle", "betroffen", "anfällig", "verwundbar", "faille", "vulnérab", "touché", "fallo", "afectad", " can ", "safe", "stranger", "attacker")  # fmt: skip
_NOT: Final = re.compile(
    r"\b(?:not|never|no longer|nor|neither|n['’]t|nicht|kein\w{0,2}|n['’]|ne|pas|no)\b[^.;:!?\n]{0,20}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def _known(knowledge: Knowledge) -> frozenset[str]:
    """Names of products in the KEV catalogue, alone and behind their vendor, in small letters."""
    found: set[str] = set()
    for each in knowledge.kevs():
        for name in re.split(r",\s| and ", each.product):
            if len(name) > 2 and not name.lower().startswith("multiple"):
                found |= {name.lower(), f"{each.vendor} {name}".lower()}
    return frozenset(found)


def note_told_products(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note products that a sentence, a row or a list gives as affected and `products` did not find."""
    if not any(each in page.low for each in _GATE):
        return
    told = {each.fact.product.lower() for each in notes.of(Product) if isinstance(each.fact, Product)}
    harmful = {each.fact.name.lower() for each in notes.of(Malware) if isinstance(each.fact, Malware)}
    for found, start, fixed in _places(page):
        name = product_name(_CALLED_FLAW.sub("", found["name"]))
        versions = " ".join((found.groupdict().get("versions") or "").split())
        if not name or page.section(start) == "reference" or name.lower() in harmful:
            continue
        start += max(0, found["name"].find(name))
        if not (versions or fixed or _is_known(name, knowledge)) or spared(page.text, start + len(name)):
            continue
        vendor, product = vendor_of(name, knowledge)
        low = product.lower()
        if low in houses(knowledge) or any(low in each or (versions and each in low) for each in told):
            continue
        if denied(page, start) or _NOT.search(page.text, max(page.sentence(start)[0], start - 40), start):
            continue
        told.add(low)
        flaw = flaw_near(page, start) if flaws_of(page) else ""
        notes(
            Product(product, vendor, versions=versions, fixed=fixed, vulnerability=flaw, status="affected"),
            start,
            start + len(name),
            "stated",
            0.75,
            "grammar:told",
        )


def _places(page: Page) -> Iterator[tuple[re.Match[str], int, str]]:
    """(match with the product in the group `name`, its start in the text, version that fixes)."""
    text = page.text
    for form, subject in _BEHIND:
        for each in page.find(form):
            begin = max(0, each.start() - _SUBJECT_MOST)
            found = subject.search(text[begin : each.start()])
            if found is not None and not found.groupdict().get("before"):
                yield found, begin + found.start("name"), each.groupdict().get("fixed") or ""
    for form in _AHEAD:
        for each in page.find(form):
            yield each, each.start("name"), ""
    if flaws_of(page):
        for each in page.find(_FIX_FOR):
            yield each, each.start("name"), ""


def _is_known(name: str, knowledge: Knowledge) -> bool:
    """Whether a name is, or begins with, one of the catalogue, or stands behind the name of a vendor of it."""
    words = name.lower().split()
    known = _known(knowledge)
    if any(" ".join(words[:size]) in known for size in range(len(words), 0, -1)):
        return True
    return vendor_of(name, knowledge)[0] != ""
