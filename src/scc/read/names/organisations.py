# SPDX-License-Identifier: Apache-2.0
"""Organisations that were hit, as a text states it; sectors and countries with their role.

Only texts on breaches, attacks and outages are read for victims. A name counts if it is the subject or object of
an attack and also stands elsewhere in running text, so that words of a headline in capitals are not taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Actor, Country, Malware, NamedOrganisation, Sector
from scc.read.names.known_names import Demonym
from scc.read.names.victim_forms import apart, further_victims
from scc.read.page import Notes, Page
from scc.read.sought import Sought

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

_ORG: Final = r"(?P<org>[A-Z][\w&’'.+-]*(?: (?:[A-Z][\w&’'.+-]*|of|and|for|&)){0,5})"
_EVENT: Final = r"(?:data breach|security breach|breach|data leak|data theft|cyber-?attack|cyber attack|ransomware attack|ransomware incident|hack|intrusion|security incident|cyber incident|cybersecurity incident|data security incident|incident|attack|outage|network disruption|unauthori[sz]ed access|extortion attempt)"
_ASIDE: Final = r"(?: \([^)\n]{2,40}\))?,? ?(?:has|have|had|today|on \w+|also|officially|reportedly|,)?"
_PATTERNS: Final = (
    Sought(
        rf"\b{_ORG}{_ASIDE} (?:confirm|disclos|suffer|reveal|acknowledg|admit|fell victim|den(?:y|ie)|downplay|refut|experienc)\w*\b[^.\n]{{0,90}}?\b{_EVENT}\b",
        near="confirm disclos suffer reveal acknowledg admit fell den downplay refut experienc",
    ),
    Sought(
        rf"\b{_ORG}{_ASIDE} (?:said|says|report|announc|warn|notif|stat|attribut|investigat|discover|learn)\w*\b[^.\n]{{0,60}}?\b(?:it|its|they|their|on(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b[^.\n]{{0,60}}?\b{_EVENT}\b",
        near="said says report announc warn notif stat attribut investigat discover learn",
    ),
    Sought(
        rf"\b{_ORG}{_ASIDE} (?:said|says|attributes|attributed) (?:\w+ ){{0,3}}(?:hack|breach|attack|incident)\b",
        near="said says attributes attributed",
    ),
    Sought(
        rf"\b{_ORG}(?:'s|’s)? (?:trading platform )?(?:data|security|customer data|network|ransomware|cyber) (?:breach|leak|hack|attack|incident)\b",
        near="breach leak hack attack incident",
    ),
    Sought(
        rf"\b{_ORG} (?:was|were|has been|have been|had been|got|is being|been) (?:hit|breached|hacked|compromised|attacked|crippled|struck|targeted|impacted|extorted|knocked offline)\b",
        near="hit breached hacked compromised attacked crippled struck targeted impacted extorted knocked",
    ),
    Sought(
        rf"\b{_EVENT}s? (?:at|of|on|against|affecting|hitting|that hit|that struck|that crippled|suffered by|targeting|involving) (?:the )?(?:[a-z][\w-]* ){{0,6}}?{_ORG}",
        at="data security breach cyber ransomware hack intrusion incident attack outage network unauthori extortion",
    ),
    Sought(
        rf"\b(?:stole|stolen|steal|stealing|exfiltrated|leaked|taken|obtained|accessed|dumped)\b[^.\n]{{0,90}}? (?:from|belonging to|of) (?:the )?(?:[a-z][\w-]* ){{0,6}}?{_ORG}",
        at="stole steal exfiltrated leaked taken obtained accessed dumped",
    ),
    Sought(
        rf"\b(?:million|thousand|\d{{1,3}}(?:,\d{{3}})+) {_ORG} (?:customers?|users?|members?|accounts?|subscribers?|patients?)\b",
        at="million thousand #",
    ),
    Sought(
        rf"\b(?:breached|hacked|hit|crippled|attacked|struck) (?:the )?(?:[a-z][\w-]* ){{0,4}}?{_ORG}\b",
        at="breached hacked hit crippled attacked struck",
    ),
)
_NOT_VICTIM: Final = frozenset(
    "the a an this that these those it its he she they we you i in on at for of and or but if when while as by from with after before new researchers hackers hacker attackers attacker threat actor actors group gang ransomware data breach security cyber attack attacks "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sep oct nov dec "
    "cisa fbi nsa europol interpol ncsc bsi anssi enisa doj sec ftc mandiant crowdstrike kaspersky eset talos proofpoint sentinelone huntress sophos symantec bleepingcomputer techcrunch reuters bloomberg wired krebsonsecurity twitter telegram linkedin virustotal shodan "
    "our your their my us u.s uk u.k eu united states america china russia russian chinese iran iranian korea korean north ukraine ukrainian israel israeli european windows linux macos android ios internet web api github gitlab npm pypi docker microsoft google apple malware trojan botnet zero-day cve "
    "last first second according however meanwhile additionally today yesterday there what who how why all some many most other another both each every no not also update updated company companies customers users victims officials authorities police "
    "massive major latest recent three two one four five six seven apparent suspected alleged white house congress senate president department federal government state massive image photo source read more executive order dark general intelligence team".split()
)
_GENERIC: Final = frozenset(
    "federation service agency department ministry group office bureau police court government security bank university hospital".split()
)
_CONTINENTS: Final = frozenset(
    ("europe", "asia", "africa", "oceania", "north america", "south america", "latin america", "middle east")
)
_TAIL: Final = frozenset(
    "of and for & in on at the a data security customer customers users after with over as to breach attack hack confirms ransomware cyberattack in".split()
)
_CUES: Final = (
    "breach",
    "attack",
    "hack",
    "ransomware",
    "stole",
    "leak",
    "incident",
    "outage",
    "compromis",
    "unauthori",
    "extort",
    "intrusion",
    "encrypt",
    "broke in",
)


def note_victims(page: Page, notes: Notes, weights: dict[str, float]) -> None:
    """Note organisations that were hit, at most four. `weights`: topic weights of the page."""
    if max(weights.get("breach", 0.0), weights.get("ransomware", 0.0), weights.get("disruption", 0.0)) < 4.0:
        return
    known = {
        each.fact.name.lower()
        for each in (*notes.of(Actor), *notes.of(Malware))
        if isinstance(each.fact, Actor | Malware)
    }
    known |= {
        each.fact.written.lower()
        for each in (*notes.of(Actor), *notes.of(Malware))
        if isinstance(each.fact, Actor | Malware)
    }
    count: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    for name, start, end in _victims(page):
        if name.lower() in known or any(part.lower() in known for part in (name.split()[0],)):
            continue
        count[name] = count.get(name, 0) + 1
        places.setdefault(name, (start, end))
    # One organisation under a longer and a shorter name is told by the shorter, when both were found.
    names = sorted(count, key=lambda name: (-count[name], places[name]))
    names = [name for name in names if not any(name.startswith(f"{other} ") for other in names)]
    kept: list[str] = []
    for name in names:
        if not any(name in other or other in name for other in kept):
            kept.append(name)
    for name in kept[:4]:
        notes(
            NamedOrganisation(name, "victim"),
            *places[name],
            "stated",
            0.7 if count[name] == 1 else 0.85,
            "grammar:victim",
        )


def _victims(page: Page) -> Iterator[tuple[str, int, int]]:
    text = page.text
    title_end = len(page.document.title) if text.startswith(page.document.title) else 0
    body = text[title_end:]
    lands = _lands(page)
    for start, end in page.sentences[:80]:
        sentence = text[start:end]
        if end - start > 700 or not any(cue in sentence.lower() for cue in _CUES):
            continue
        found = [
            (name, each.start("org") + each["org"].find(name))
            for pattern in _PATTERNS
            for each in page.find(pattern, start, end)
            for name in apart(_trim(each["org"]), text[each.end("org") : end], body)
        ]
        found += [
            (name, at + written.find(name))
            for written, at in further_victims(page, start, end)
            if (name := _trim(written))
        ]
        for name, at in found:
            if at < title_end:
                # Words of a headline: keep the longest beginning that stands in the text below.
                while name and not re.search(rf"\b{re.escape(name)}\b", body):
                    name = " ".join(name.split()[:-1])
                name = _trim(name)
            if name and not lands.issuperset(name.lower().split(" and ")):
                yield name, at, at + len(name)


def _lands(page: Page) -> frozenset[str]:
    """Names of countries and continents as the page writes them, in lower case: places, not organisations."""
    named = {
        page.low[page.words.starts[hit.first] : page.words.ends[hit.last - 1]]
        for hit in page.hits.get("places", [])
        if hit.value[0] == "country"
    }
    return frozenset(named | _CONTINENTS)


def _trim(name: str) -> str:
    words = name.replace("’s", "").replace("'s", "").split()
    while words and (
        words[0].lower().strip(".,") in _NOT_VICTIM or words[0].lower() in ("of", "and", "for", "&")
    ):
        words = words[1:]
    if len(words) < len(name.split()) and len(words) == 1 and words[0].lower() in _GENERIC:
        return ""  # "Russian Federation", "Federal Security Service"
    while words and words[-1].lower().strip(".,") in _TAIL:
        words = words[:-1]
    if not words or any(
        word.lower() in ("hackers", "ransomware", "breach", "attack", "gang", "malware", "hack")
        for word in words
    ):
        return ""
    found = " ".join(words).strip(" .,'’-")
    return (
        found
        if len(found) > 2 and re.search(r"[a-z]|[A-Z]{3}", found) and not re.match(r"(?:CVE|CWE)-", found)
        else ""
    )


class SectorCue(msgspec.Struct, frozen=True):
    """A row of content/names/sector_words.csv: a phrase that names a sector, and the sector's key."""

    word: str
    sector: str


def phrases(knowledge: Knowledge, content: Content) -> list[tuple[str, tuple[str, str]]]:
    """Names of countries and sectors."""
    rows = [
        (each.name, ("country", each.id))
        for each in knowledge.names("country")
        if len(each.id) == 2 and len(each.name) > 3
    ]
    rows += [(each.word, ("country", each.code)) for each in content.table("names/demonyms", Demonym)]
    rows += [(each.word, ("sector", each.sector)) for each in content.table("names/sector_words", SectorCue)]
    return rows


_ORIGIN: Final = re.compile(
    r"^[ \n-](?:linked|based|nexus|backed|aligned|affiliated|sponsored|speaking|hackers?|hacking|threat|espionage|apt|cyber ?spies|intelligence|military|group|actors?|gang"
    r"|(?:state|government|nation)[ -](?:backed|linked|sponsored|affiliated|aligned|owned|hack|actor|spies|cyber|threat|state|operat|intelligence))",
    re.IGNORECASE,
)
_SPARED: Final = re.compile(
    r"\b(?:no (?:evidence|indications?|signs?|reports?|known)|not (?:aware|observed|seen|been|affect\w*|target\w*|impact\w*)|never)\b",
    re.IGNORECASE,
)
"""Whoever stands behind this in a sentence was not hit."""
_TARGET: Final = re.compile(
    r"\b(?:target(?:s|ed|ing)?|against|attacks? (?:on|in|against)|victims?|aimed at|hit|hitting|compromis\w+|breach\w*|infect\w+|impact\w+|affect\w+|campaign in)\b[^.;\n]{0,90}$",
    re.IGNORECASE,
)
_ADDRESSED: Final = re.compile(
    r"\b(?:for|addressed to|appl(?:y|ies) to|requires?|directs?|advis\w+|urg\w+)\b[^.;\n]{0,40}$",
    re.IGNORECASE,
)

Role = Literal["victim", "origin", "addressed", "mentioned"]


def note_places(page: Page, notes: Notes) -> None:
    """Note sectors and countries, each once with the role that says most."""
    best: dict[tuple[str, str], tuple[int, Role, int, int]] = {}
    rank = {"victim": 0, "origin": 0, "addressed": 1, "mentioned": 2}
    for hit in page.hits.get("places", []):
        kind, key = hit.value
        start, end = page.words.starts[hit.first], page.words.ends[hit.last - 1]
        if kind == "country" and not page.text[start].isupper():
            continue
        role = _role(page, kind, start, end)
        if role is None:
            continue
        held = best.get((kind, key))
        if held is None or rank[role] < held[0]:
            best[kind, key] = (rank[role], role, start, end)
    for (kind, key), (_, role, start, end) in best.items():
        if kind == "country":
            notes(Country(key, role), start, end, "matched", 0.8, "name:country")
        elif role != "origin":
            notes(Sector(key, role), start, end, "matched", 0.7, "name:sector")


def _role(page: Page, kind: str, start: int, end: int) -> Role | None:
    sentence_start = page.sentence(start)[0]
    before = page.text[max(sentence_start, start - 120) : start]
    if kind == "country" and _ORIGIN.match(page.text[end : end + 24]):
        return "origin"
    if _TARGET.search(before):
        return "mentioned" if _SPARED.search(before) else "victim"
    if kind == "sector" and _ADDRESSED.search(before):
        return "addressed"
    return "mentioned"
