# SPDX-License-Identifier: Apache-2.0
"""Who stands behind an attack, put together from an actor, a state or a kind of actor and a word of doing or blaming.

"Qilin has been named to us as the party behind the outage"; "it all says Chinese operators"; "hinter dem Angriff steckt
die Bande Black Basta"; "the leak was an inside job"; "we did not touch the hospital", signed by a gang. Runs after
`claims` and notes only whom that did not. An actor that a sentence compares, remembers or warns of is behind nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from scc.model.facts import Actor, Claim
from scc.model.provenance import Span
from scc.read.claims.told_words import (
    CONFIDENCE,
    SENTENCE_MOST,
    WIDE,
    Place,
    answered,
    brief,
    by_sentence,
    voice,
)
from scc.read.names.known_names import Alias
from scc.read.page import Notes, Page
from scc.read.scope import fictional, ordered
from scc.read.sought import Sought

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_EVENT: Final = (
    r"(?:attacks?|cyber-?attacks?|breach(?:es)?|hacks?|hacking|intrusions?|theft|heist|leaks?|incidents?|break-ins?|compromise|outage|sabotage|tampering|encryption|defacement|wiper|raid|"
    r"infection|gang|hackers|activity|worm|virus|malware|campaign|operation|blackout|case|extortion|ransomware|Angriff\w*|Cyberangriff\w*|Einbruch\w*|Vorfall\w*|Datendiebstahl\w*|attaque|cyberattaque|piratage|intrusion|fuite|ataque|ciberataque|"
    r"robo|filtración|intrusión|attacco|violazione|aanval)"
)
_EVENT_WORD: Final = re.compile(rf"\b{_EVENT}\b", re.IGNORECASE)
_ROLE: Final = (
    r"(?:the |a |an |its |their |one of its |another |die |der |den |das |einen? |le |la |les |el |los |l['’]|un |une |una |lo |il |suspected |alleged |(?:ransomware|criminal|hacking|hacker|extortion|cybercrime|threat|espionage|state|government|military|foreign|notorious|well-known|russian|chinese|iranian|"
    r"north korean|disgruntled|former|current|rogue|gang|group|groupe|grupo|bande|banda|crew|collective|cartel|hackers|pirates|actors?|acteurs?|operators?|operatives|affiliates?|members? of|army of|country|state of|government of|gruppe|hackergruppe|ransomware-gruppe|organisation|of|de|called|named|known as|calling itself) ){0,7}"
)
"""What may stand between the word of blaming and the name: articles and kinds of actor."""
_TO: Final = re.compile(
    # A word of blaming, its object, and the word that leads to the actor; the actor follows at once.
    rf"(?:(?<![-\w])(?:attribut\w+|ascrib\w+|trac(?:e|es|ed|ing)|link(?:s|ed|ing)?|t(?:ie|ies|ied|ying)|connect(?:s|ed)?)\b[^.;:!?\n]{{0,70}}?\bto|\bpoint(?:s|ed|ing)?\b[^.;:!?\n]{{0,70}}?\b(?:to|at|towards?)|\b(?:leads?|led|traces?|trail|tracks?)\b(?: (?:us|investigators|police|back|leads?|led|them))+ (?:back )?to"
    rf"|\b(?:blam(?:e|es|ed|ing)|pin(?:s|ned)?|lays?|laid|put)\b[^.;:!?\n]{{0,70}}?\b(?:on|at)|\b(?:blam(?:e|es|ed|ing)|accus(?:e|es|ed|ing)|fingers?|fingered)"
    rf"|\b(?:work|hands?|handiwork|doing|deed|job) of|\b(?:carried out|conducted|orchestrated|perpetrated|committed|executed|mounted|launched|ordered|directed|staged|done|claimed|hacked|breached|encrypted|wiped|planted|stolen|attacked|compromised|infiltrated|penetrated|deleted|leaked|masterminded|engineered|defaced|sabotaged|emptied|looted|robbed|blackmailed|extorted|hit|struck) by|\bnot (?:by|from|that of)"
    rf"|\bbehind (?:the |this |that |it|our |its |their |last )?(?:[\w'’-]{{2,20}} ){{0,6}}?(?:{_EVENT} )?(?:[\w'’-]{{2,20}} ){{0,6}}?(?:stands?|stood|is|was|were|are|sits?|sat|lurks?)"
    rf"|\b(?:culprits?|perpetrators?|intruders?|attackers?|authors?|gang|group|hackers|thieves|burglars|robbers|party|who did it|responsible|autor(?:es)?|auteurs?|Täter)\b[^.;:!?\n,]{{0,50}}? (?:is|was|were|are)"
    rf"|\b(?:it|that) was|\bit all says|\b{_EVENT}\b[^.;:!?\n]{{0,40}} (?:was|is|were|comes? from|came from|has been)"
    rf"|\b(?:steckt|stecken|steckte|steckten|stand|standen|steht|stehen)\b|\bzugeschrieben\b|\bschreib\w+\b[^.;:!?\n]{{0,60}}?"
    rf"|\b(?:attribu(?:e|ent|é|ée|ées|és)|imput\w+)\b[^.;:!?\n]{{0,60}}? (?:à|au|aux)|\b(?:œuvre|oeuvre|fait|main) (?:de|du|des|d['’])|\bderrière\b[^.;:!?\n]{{0,60}}? (?:se trouve|se cache|il y a|est)"
    rf"|\b(?:atribuy\w+|atribui\w+|achac\w+)\b[^.;:!?\n]{{0,60}}? (?:a|al)|\bobra de|\b(?:detrás|tras)\b[^.;:!?\n]{{0,60}}? (?:está|están|estaba|estaban|hay)"
    rf"|\battribuit\w+\b[^.;:!?\n]{{0,60}}? a|\bopera di)[ \n]{_ROLE}$",
    re.IGNORECASE,
)
_SAID_OF: Final = re.compile(
    # The actor, at most a few words, and what it did or what is held against it.
    r"\$?(?:['’]s? (?:[\w'’-]{2,20} ){0,2}?| )?(?:\([^()]{2,60}\) ?)?(?:,? (?:ransomware|hacking|threat|extortion|criminal|cybercrime|state|military|government|intelligence|secret|security)){0,3} ?(?:gang|group|crew|actors?|operators?|hackers|hacker|services?|affiliates?|collective|cartel|army|spies|agents|operatives|cyber ?spies)?,? ?"
    r"(?:(?:has|have|had|is|was|were|are|been|also|now|itself|again|later|soon|then|quickly|publicly|since|who|that|which)[ ]){0,4}"
    r"(?:(?:named|identified|believed|thought|said|suspected|accused|blamed|held|seen|found|to be|to have been|says? (?:it|they) (?:is|are|was|were)|says? it|say they|stands?|stood|as|us|to us|by [\w'’-]{2,20}(?: [\w'’-]{2,20}){0,2}|the|party|one|ones|group|gang|for|of|being)[ ]){0,9}"
    r"(?:behind|responsible for|to blame|at fault|the culprits?|the perpetrators?|"
    r"(?<!the )(?:did|carried out|conducted|orchestrated|launched|staged|mounted|ordered|directed|hacked|breached|attacked|encrypted|infiltrated|penetrated|compromised|hit|struck|wiped|robbed|crippled|paralysed|paralyzed|stole|phoned|tricked|fooled|talked|took down|knocked out|broke into|got into|locked up|locked|took|siphoned|emptied|sabotaged|"
    r"claim(?:s|ed)? (?:responsibility|credit|the|to have|it|this)|took (?:responsibility|credit)|boast(?:s|ed)?|admit(?:s|ted)?|listed|were in|was in|steckt|stecken|steckte|verantwortlich|hat|est (?:à l['’]origine|responsable|derrière)|sont (?:à l['’]origine|responsables)|revendiqu\w+|reivindic\w+|se atribu\w+|está detrás|es responsable))\b",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"\b(?:not|never|no|neither|nor|nobody|nothing|none|without|wrong(?:ly)?|false(?:ly)?|den(?:y|ies|ied)|reject\w*|disput\w*|refut\w*|contradict\w*|dismiss\w*|doubt\w*|exclud\w*|rul(?:e|es|ed|ing) out|cleared?|unfounded|groundless|baseless|mistaken|instead of|rather than|"
    r"nicht|kein\w*|bestreite\w*|dementier\w*|pas|aucun\w*|dément\w*|écart\w*|ningun\w*|descart\w*|niega\w*|no fue)\b|n[’']t\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|maybe|suspect\w*|likely|probabl[ey]|presum\w+|speculat\w*|rumou?r\w*|whether|if|unclear|unconfirmed|would|should|believed|thought|seems?|appears?|moderate confidence|low confidence|mutmaßlich|vermutlich|möglicherweise|peut-être|probablement|posiblemente|presunt\w*)\b",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"\b(?:earlier|previous(?:ly)?|other|another|similar(?:ly)?|similarit\w+|overlap\w*|resembl\w+|reminiscent|like (?:the|those|that)|such as|including|years? ago|last year|in the past|history|historically|also (?:known|tracked|hit|behind)|known for|notorious|same (?:group|gang|actor)s? (?:that|who|behind)|"
    r"formerly|once|separate(?:ly)?|unrelated|since 20\d\d|in (?:19|20)\d\d|compare[ds]?|typically|usually|often|exercise|emulat\w+|simulat\w+|novel|film|thriller|warns?|targets?|targeting|tools?|malware used|rebrand\w*|successor|predecessor|infrastructure|rival)\b",
    re.IGNORECASE,
)
_WE: Final = re.compile(
    r"\b(?:we(?: (?:alone|have|and nobody else|, and nobody else))?,?(?: and nobody else,?)? (?:did it|did this|hacked|breached|attacked|encrypted|locked|took|stole|broke|set fire|hit|struck|wiped|destroyed|carried out|infiltrated|downloaded|exfiltrated|own(?:ed)?|are behind|claim)|(?:is|are|was|were) (?:ours|our work|us)\b|our (?:work|doing|operation|attack)\b|it was us|by us\b)",
    re.IGNORECASE,
)
_NOT_US: Final = re.compile(
    r"\b(?:we (?:did not|didn[’']t|have not|haven[’']t|never|had nothing|have nothing|are not|aren[’']t|were not|weren[’']t)\b|(?:not|wasn[’']t|isn[’']t|never) (?:us|ours|our work|our doing|by us)\b|nothing to do with (?:us|it|this|the))",
    re.IGNORECASE,
)
_INNOCENT: Final = re.compile(
    r"(?:['’]s)?(?: (?:gang|group|crew|operators|hackers|itself|ransomware))?,? (?:had|has|have|played|plays) (?:no|nothing|never)\b[^.;,]{0,30}\b(?:part|role|hand|involvement|to do with|connection|link)\b|(?:['’]s)?(?: (?:gang|group|crew))? (?:was|were|is|are)(?: not|n[’']t) (?:involved|responsible|behind|to blame|the culprit)",
    re.IGNORECASE,
)
_CLEARED: Final = re.compile(
    r"\b(?:nothing|no evidence|nobody|no one|no trace)\b[^.;:,]{0,40}\b(?:links?|ties?|connects?|points? to|points? at|leads? to|suggests?|to) (?:the )?$|\b(?:clears?|cleared|exonerat\w+|exculpat\w+) (?:the )?$",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(
    r"\b(?:do(?:es)? not follow|don[’']t follow|disagrees?|contradicts?|wrongly|mistaken(?:ly)?|reject(?:s|ed)|accusations?|allegations?|slander|smear|blunder)\b",
    re.IGNORECASE,
)
"""The sentence speaks of somebody else's attribution that it does not share."""
_RUNS: Final = re.compile(
    r"\b(?:gang|group|crew|operators?|affiliates?|hackers|cartel|party|collective|claim\w*|responsib\w*|behind|Bande|Gruppe|groupe|grupo|banda|credit|steckt|did it|doing|criminals|ransom|signed|signée?|firmad[ao]|denie[sd]|wrote|spokes\w+|posted|leak site|attribuyó|atribuyó|revendiqu\w+|reivindic\w+)\b",
    re.IGNORECASE,
)
_BY_COMPUTER: Final = re.compile(
    r"cyber|hack|breach|intrusion|intruder|malware|spyware|leak|network|server|espionage|wiper|phish|system|register|data|ransomware|e-?mail|website",
    re.IGNORECASE,
)
_CULPRIT: Final = re.compile(
    r"(?:culprit|perpetrator|thieves|burglars|robbers|hackers|intruder|attacker)", re.IGNORECASE
)
_NOT_HIM: Final = re.compile(r"(?:^|[\s,;:])(?:not|nicht|pas|no) (?:the )?\Z", re.IGNORECASE)
_INSERTED: Final = re.compile(r",? (?:and )?(?:not|nicht|pas|no) [^,.;:]{2,50},")
"""Somebody else who did not: ", not a state,"."""
_BUT: Final = re.compile(r",? (?:but|sondern|mais|sino)\b")
_ARMED: Final = Sought(
    r"\b(?:bomb\w*|missiles?|air force|airstrikes?|troops|drones?|warships?|soldiers|artillery|invasion)\b",
    re.IGNORECASE,
    at="bomb missile air troops drone warship soldiers artillery invasion",
)
"""A state attacks in other ways, too."""
_LINKS: Final = re.compile(r"(?:link|t(?:ie|y)|connect|point|attribut|ascrib|trac)", re.IGNORECASE)
_HOW_FAR: Final = 110
_MOST: Final = 3
_NATION_TAIL: Final = re.compile(
    r"(?:['’]s)?[ -](?:state|government|military|army|intelligence|secret|hackers?|hacking|spies|operators?|operatives|actors?|group|agents|services?|nexus|linked|backed|sponsored|aligned|ministry|security|cyber|navy|regime|for|over|was|were|is|stood|has|did|carried|ordered)|[.,;!?\n]|$",
    re.IGNORECASE,
)


class _Mention(NamedTuple):
    name: str
    start: int
    end: int
    nation: bool = False
    program: bool = False
    """A program's name, which may stand for the gang that runs it."""
    sure: bool = True
    """Not a word that is also a name."""


def note_told_actors(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note at most three attributions and denials of one; names must have been noted before."""
    if answered(notes, "attribution"):
        return
    told: set[tuple[str, bool]] = set()
    mentions = _mentions(page, notes)
    alone = brief(page) and len({each.name for found in mentions.values() for each in found}) == 1
    words = by_sentence(page)
    for number, found in mentions.items():
        start, end = page.sentences[number]
        if end - start > SENTENCE_MOST or len(told) >= _MOST:
            continue
        if "blame" not in words.get(number, ()) and not alone:
            continue
        sentence = page.text[start:end]
        if _ASIDE.search(sentence) or page.section(start) in ("reference", "advice"):
            continue
        for each in found:
            if _LIKE.match(page.text, each.end):
                continue
            sure = _behind(page, start, end, each)
            if sure is None and alone:
                sure = _alone(page.text, start, end, each)
            if sure is None or (each.name, sure) in told or ordered(page, start) or fictional(page, start):
                continue
            told.add((each.name, sure))
            _note(page, notes, number, each.name, sure, each.start)
    _note_own(page, notes, knowledge)


def _note(page: Page, notes: Notes, number: int, name: str, sure: bool, at: int) -> None:
    spoken = voice(page, number, at)
    start, end = page.sentences[number]
    modality = spoken.modality if sure else "denied"
    if sure and modality in ("denied", "no-evidence"):
        return
    if sure and _UNSURE.search(page.text, start, end):
        modality = "possible"
    claim = Claim("attribution", name, modality, spoken.holder)
    notes(claim, start, end, "stated", CONFIDENCE, f"{WIDE}actor")


def _mentions(page: Page, notes: Notes) -> dict[int, list[_Mention]]:
    """Sentence number to whom it names: actors of the pack, introduced ones, states, kinds of actor."""
    found: dict[int, list[_Mention]] = {}
    for hit in page.hits.get("names", []):
        alias: Alias = hit.value
        start, end = page.words.starts[hit.first], page.words.ends[hit.last - 1]
        if alias.kind == "tool" or not page.text[start].isupper():
            continue
        written = page.text[start:end]
        if (alias.doubtful or alias.kind != "actor") and written not in _cases(alias.written):
            continue
        found.setdefault(page.sentence_of_word[hit.first], []).append(
            _Mention(alias.name, start, end, False, alias.kind != "actor", not alias.doubtful)
        )
    known = {(each.start, each.end) for mentions in found.values() for each in mentions}
    for fact in notes.of(Actor):
        span = fact.locator
        if isinstance(fact.fact, Actor) and isinstance(span, Span) and (span.start, span.end) not in known:
            found.setdefault(page.sentence_number(span.start), []).append(
                _Mention(fact.fact.name, span.start, span.end)
            )
    for number, words in by_sentence(page).items():
        for place in words.get("who", ()):
            found.setdefault(number, []).append(_Mention(*place))
        for place in words.get("nation", ()):
            found.setdefault(number, []).append(_Mention(*place, True))
    for hit in page.hits.get("places", []):
        kind, key = hit.value
        if kind == "country" and key in _STATES:
            place = Place(_STATES[key], page.words.starts[hit.first], page.words.ends[hit.last - 1])
            found.setdefault(page.sentence_of_word[hit.first], []).append(_Mention(*place, True))
    return {number: _longest(mentions) for number, mentions in found.items()}


def _cases(name: str) -> tuple[str, ...]:
    """How a name that may be something else must be written: "RobinHood" is no Robinhood."""
    return (name, name.upper()) if name != name.lower() else (name.capitalize(), name.upper())


def _longest(mentions: list[_Mention]) -> list[_Mention]:
    """Without the names that stand inside others: one pass by place, for a sentence may hold thousands."""
    held: set[tuple[int, int]] = set()
    reach = -1
    for start, end in sorted(
        {(each.start, each.end) for each in mentions}, key=lambda place: (place[0], -place[1])
    ):
        if end > reach:
            held.add((start, end))
            reach = end
    return [each for each in dict.fromkeys(mentions) if (each.start, each.end) in held]


_STATES: Final = {
    "RU": "Russia", "CN": "China", "IR": "Iran", "KP": "North Korea", "BY": "Belarus", "VN": "Vietnam", "PK": "Pakistan",
    "IN": "India", "TR": "Turkey", "IL": "Israel", "UA": "Ukraine", "US": "United States", "GB": "United Kingdom",
}  # fmt: skip


def _behind(page: Page, start: int, end: int, who: _Mention) -> bool | None:
    """True if the sentence says that this one did it, False if it says not, None if it says neither."""
    text = page.text
    before = text[max(start, who.start - 200) : who.start]
    blamed = _TO.search(before)
    did = _SAID_OF.match(text, who.end, min(end, who.end + _HOW_FAR + 60))
    if who.program and not _RUNS.search(text, max(start, who.start - 30), min(end, who.end + 60)):
        return None
    if _INNOCENT.match(text, who.end, end):
        return False
    if _CLEARED.search(before) or (_NOT_HIM.search(before) and _BUT.match(text, who.end, end)):
        return False
    if who.nation and page.search(_ARMED) and not _BY_COMPUTER.search(text, start, end):
        return None
    if who.nation and did is None and not _NATION_TAIL.match(text, who.end, min(end, who.end + 20)):
        return None
    if blamed is None and did is None:
        return None
    if did is None and not (_EVENT_WORD.search(text) or (blamed and _CULPRIT.match(blamed[0]))):
        return None
    if did is None and blamed is not None and _LINKS.match(blamed[0]) and not _EVENT_WORD.search(before):
        return None  # a file or a flaw is linked to somebody, not an attack
    if _AGAINST.search(text, start, end):
        return False
    reach = text[max(start, who.start - 120) : who.start]
    tail = text[who.end : did.end() + 12] if did else ""
    cut = max(reach.rfind(each) for each in ",;:—")
    return not (_NO.search(reach[cut + 1 :]) or _NO.search(_INSERTED.sub("", tail)))


def _alone(text: str, start: int, end: int, who: _Mention) -> bool | None:
    """The same of the only actor of a short text on an incident, whatever the words: "it was Cl0p"."""
    before = text[max(start, who.start - 160) : who.start]
    if not _EVENT_WORD.search(text) and not _HARMED.search(text) and not _TO.search(before):
        return None
    if who.program and not _RUNS.search(text, max(start, who.start - 30), min(end, who.end + 60)):
        return None
    if not who.sure and not _RUNS.search(text, max(start, who.start - _NEXT), min(end, who.end + _NEXT)):
        return None
    if who.nation and who.name not in _SPIES:
        return None
    if who.nation and (_PLACE.search(before) or not _NATION_TAIL.match(text, who.end, end)):
        return None
    near = text[max(start, who.start - 90) : min(end, who.end + 60)]
    return _NO.search(_INSERTED.sub("", near)) is None


_NEXT: Final = 14
"""Characters in which a word that is also a name needs a word of gangs beside it."""
_LIKE: Final = re.compile(r"[ -](?:style|like|inspired|type|esque)\b", re.IGNORECASE)
"""An attack of somebody's kind is not that one's."""
_SPIES: Final = frozenset({"Russia", "China", "Iran", "North Korea"})
_HARMED: Final = re.compile(
    r"\b(?:stole\w*|encrypt\w*|wiped|hacked|deleted|locked|ransom\w*|breached|leaked|defaced|knocked)\b",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(r"\b(?:in|near|against|across|on|at|of|for) (?:the )?\Z", re.IGNORECASE)


def _note_own(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """An actor that publishes in its own name, and says that it did it, or did not."""
    own = _actors(knowledge).get(page.document.publisher.lower(), "")
    if page.document.publisher_kind != "unknown" or not own:
        return
    for start, end in page.sentences[:6]:
        denied = _NOT_US.search(page.text, start, end)
        if denied or _WE.search(page.text, start, end):
            claim = Claim("attribution", own, "denied" if denied else "asserted", "attacker", own, True)
            notes(claim, start, end, "stated", CONFIDENCE, f"{WIDE}actor:own")
            return


@lru_cache(maxsize=4)
def _actors(knowledge: Knowledge) -> dict[str, str]:
    """Lower-case names of gangs to their primary name."""
    return {
        name.lower(): entry.name
        for kind in ("ransomware", "malware", "actor")
        for entry in knowledge.names(kind)
        for name in (entry.name, *entry.aliases)
    }
