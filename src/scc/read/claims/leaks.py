# SPDX-License-Identifier: Apache-2.0
"""What attackers put out or say that they took, as an amount or a bundle: "published an archive", "leaked 40 GB", "posted samples
on its leak site", "claims to have taken 2 TB of files"; the same in German, French and Spanish.

Notes claims on `data-taken` that are the attackers' own: what they show proves no more than what they say. Kinds of data
(names, card numbers) are `values`' work. Only of texts on breaches and ransomware; what researchers or the press
published, files sent to a victim's machine, and packages in a registry are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.model.facts import Actor, Claim, Malware, NamedOrganisation
from scc.read.claims.values import victim_in
from scc.read.page import Notes, Page
from scc.read.scope import denied, fictional, ordered
from scc.read.sought import Sought
from scc.read.topics import score_topics

_AMOUNT: Final = r"\d{1,3}(?:[.,]\d{1,3}){0,3}[ \n-]?(?:GB|TB|MB|PB|Go|To|gigabytes?|terabytes?|megabytes?|gigaoctets?|Gigabyte)\b"
_SIZE: Final = rf"(?:(?:more than|over|nearly|about|around|almost|some|roughly|approximately|an? (?:alleged|estimated))[ \n])?{_AMOUNT}(?:[ \n]of[ \n](?:[a-z-]{{2,16}}[ \n]){{0,3}}?(?:data|files|documents|information|records|emails?|material|databases?|archives?|code))?"
_BUNDLE: Final = r"(?:(?:an?|the|some|several|first|new|another|two|three|\d{1,4})[ \n])?(?:[a-z-]{2,16}[ \n]){0,2}?(?:archives?|samples?|screenshots|database(?:[ \n]dump)?s?|data[ \n]dumps?|dumps?|data[ \n]sets?|tranches?|batch(?:es)?[ \n]of[ \n](?:files|data|documents)|file[ \n](?:tree|listing)s?|proof[ \n]of[ \n](?:the[ \n])?(?:hack|theft|breach)|(?:stolen|exfiltrated|internal|confidential|sensitive)[ \n](?:[a-z]{3,14}[ \n])?(?:data|files|documents|records|emails))"
_WHAT: Final = rf"(?:(?:an?[ \n])?{_AMOUNT}[ \n](?:torrent|archive|trove|database|dump|file|cache)(?:[ \n](?:file|link))?|{_SIZE}|{_BUNDLE}(?:[ \n]of[ \n](?:about[ \n]|some[ \n]|nearly[ \n]|over[ \n])?(?:{_AMOUNT}|\d{{1,3}}(?:[.,]\d{{1,3}}){{0,3}}[ \n](?:million[ \n]|thousand[ \n])?[a-z]{{4,12}}))?)"
_WHO: Final = r"(?:(?:the|a|an|this|that|their|its)[ \n])?(?:[\w-]{2,20}[ \n]){0,2}?(?:gang|group|crew|attackers?|hackers?|intruders?|criminals|cybercriminals|extortionists?|threat[ \n]actors?|actors?|sellers?|leakers?|anonymous[ \n](?:user|poster)|collective|operators|affiliates?|thieves|(?P<they>they))"
_PUT_OUT: Final = r"(?:published|posted|leaked|dumped|put[ \n](?:up|out|online)|made[ \n](?:public|available)|released|advertised|offered(?:[ \n]up)?|listed|shared|publishing|posting|leaking|dumping|advertising|offering|sharing|is[ \n]selling|are[ \n]selling|sold)"
_PUBLISHED: Final = Sought(
    rf"\b(?P<who>{_WHO})\b(?P<between>[^.;:!?\n]{{0,60}}?)[ \n]{_PUT_OUT}[ \n](?:a[ \n]link[ \n]to[ \n])?(?:what[ \n](?:it|they)[ \n](?:says?|said|claims?)[ \n](?:is|are|was|were)[ \n])?(?P<what>{_WHAT})(?!\w)",
    re.IGNORECASE,
    near="published posted leaked dumped put made released advertised offered listed shared publishing posting leaking dumping advertising offering sharing selling sold",
)
_TAKEN: Final = Sought(
    rf"\b(?P<who>{_WHO})\b(?P<between>[^.;:!?\n]{{0,50}}?)[ \n](?:claim(?:s|ed|ing)?|sa(?:y|ys|id)|boast(?:s|ed)?|alleg(?:e|es|ed|ing)|assert(?:s|ed)?)\b[^.;:!?\n]{{0,50}}?[ \n](?:stolen|stole|taken|took|exfiltrated|downloaded|copied|obtained|grabbed|siphoned|have|has|hold|holds|possess(?:es)?)[ \n](?:off[ \n])?(?P<what>{_SIZE})(?!\w)",
    re.IGNORECASE,
    near="claim say said boast alleg assert",
)
_SURFACED: Final = Sought(
    rf"\b(?P<what>{_WHAT})\b(?P<between>[^.;:!?\n]{{0,50}}?)[ \n](?:(?:was|were|has[ \n]been|have[ \n]been|is|are|is[ \n]being|are[ \n]being)[ \n](?:later[ \n]|then[ \n]|now[ \n]|also[ \n]|since[ \n])?(?:published|posted|leaked|dumped|offered|listed|advertised|put[ \n]up|released|shared)|appeared|surfaced)\b[^.;:!?\n]{{0,50}}?[ \n](?:on|in|by|to)[ \n](?:[\w'’-]{{1,20}}[ \n]){{0,4}}?(?:leak[ \n]sites?|data[ \n]leak[ \n]sites?|dark[ \n]web|forums?|Telegram(?:[ \n]channel)?|BreachForums|marketplace|gang|hackers|attackers|group)\b",
    re.IGNORECASE,
    near="published posted leaked dumped offered listed advertised put released shared appeared surfaced",
)
_NAMED: Final = Sought(
    rf"\b(?:{_PUT_OUT}[ \n]|(?:claim(?:s|ed)?|sa(?:ys|id)|alleg(?:es|ed))[ \n](?:to[ \n]have[ \n]|(?:that[ \n])?(?:it|they)[ \n](?:has[ \n]|have[ \n]|had[ \n])?)(?:stolen|stole|taken|took|exfiltrated|downloaded|copied|obtained|grabbed)[ \n])(?P<what>{_WHAT})(?!\w)",
    re.IGNORECASE,
    at="published posted leaked dumped put made released advertised offered listed shared publishing posting leaking dumping advertising offering sharing selling sold is are claim says said alleges alleged",
)
"""Of somebody whom the sentence names right before: an actor that is known, or called one."""
_DE: Final = Sought(
    rf"\b(?P<who>(?:[Dd]ie|[Ee]ine)[ \n](?:[\w-]{{2,24}}[ \n]?){{0,2}}?(?:-?[Gg]ruppe|-?[Bb]ande|Angreifer|Hacker|Täter|Kriminellen|Erpresser)|Angreifer|Hacker|Täter)\b(?P<between>[^.;:!?\n]{{0,50}}?)[ \n](?:veröffentlicht\w{{0,3}}|stellt\w{{0,2}}|leakt\w{{0,2}}|ha(?:t|ben)|biete[nt]|wollen|behaupte[nt])[ \n](?:[\wäöüß-]{{2,20}}[ \n]){{0,4}}?(?P<what>(?:rund[ \n]|etwa[ \n]|über[ \n]|mehr[ \n]als[ \n])?{_AMOUNT}(?:[ \n](?:an[ \n])?(?:Daten|Dateien|Dokumenten?))?|(?:ein|das)[ \n]Archiv|Datenproben|Beispieldaten|Screenshots|gestohlene[nr]?[ \n](?:Daten|Dateien|Dokumente))(?!\w)",
    at="die eine angreifer hacker täter",
)
_FR: Final = Sought(
    rf"\b(?P<who>(?:[Ll]es?|[Uu]n|[Ll]a|[Dd]es)[ \n](?:groupe|gang|pirates|attaquants|cybercriminels|hackers))\b(?P<between>[^.;:!?\n]{{0,50}}?)[ \n](?:a|ont|aurait|auraient|dit[ \n]avoir|affirment?[ \n](?:avoir[ \n])?|revendiquent?)[ \n]?(?:publié|mis[ \n]en[ \n]ligne|diffusé|divulgué|volé|dérobé|exfiltré)?[ \n](?P<what>(?:(?:près|plus|environ)[ \n](?:de[ \n]|d['’])?)?{_AMOUNT}(?:[ \n]de[ \n](?:données|fichiers|documents))?|une[ \n]archive|des[ \n]échantillons|un[ \n]échantillon|des[ \n]captures[ \n]d['’]écran)(?!\w)",
    at="les le l un la des",
    near="groupe gang pirates attaquants cybercriminels hackers",
)
_ES: Final = Sought(
    rf"\b(?P<who>(?:[Ee]l|[Ll]os|[Uu]n|[Uu]nos|[Ll]a)[ \n](?:grupo|atacantes|ciberdelincuentes|banda|piratas|hackers|delincuentes))\b(?P<between>[^.;:!?\n]{{0,50}}?)[ \n](?:public(?:ó|aron)|filtr(?:ó|aron)|difundi(?:ó|eron)|(?:ha|han)[ \n](?:publicado|filtrado|difundido)|(?:dice|dicen|afirma|afirman)[ \n](?:haber|tener)(?:[ \n](?:robado|sustraído|obtenido))?)[ \n](?P<what>(?:(?:unos|más[ \n]de|casi|cerca[ \n]de)[ \n])?{_AMOUNT}(?:[ \n]de[ \n](?:datos|archivos|documentos))?|un[ \n]archivo|muestras|capturas[ \n]de[ \n]pantalla)(?!\w)",
    at="el los un unos la",
    near="grupo atacantes ciberdelincuentes banda piratas hackers delincuentes",
)
_FORMS: Final = (_PUBLISHED, _TAKEN, _SURFACED)
_FORMS_ELSEWHERE: Final = (_DE, _FR, _ES)
_CHEAP: Final = re.compile(
    r"\b(?:archive|sample|screenshot|dump|torrent|leaked|leaks?\b|gigabyte|terabyte|archiv|échantillon|muestras|captur|stolen|exfiltrated)|\d ?(?:gb|tb|mb|go|to)\b|publi(?:shed|é|c)|posted"
)
_OTHERS: Final = re.compile(
    r"\b(?:researchers?|analysts?|experts?|journalists?|police|authorities|fbi|prosecutors?|security (?:firm|company)|decryptor|proof[- ]of[- ]concept|exploit|source code of (?:the|its) (?:malware|ransomware|tool)|"
    r"npm|pypi|github|packages?|extensions?|app stores?|virustotal|malware samples?|samples? of (?:the |this )?(?:malware|ransomware|tool|backdoor)|chats?|chat logs|hash(?:es)?)\b",
    re.IGNORECASE,
)
_UNREAL: Final = re.compile(
    r"\b(?:could|can|may|might|would|will|shall|should|if|whether|not|never|no|threaten\w*|threat(?:s)? to|unless|before|plans?|planned|fake|fabricated|recycled|demand\w*|until|droh\w{2,4}|nicht|kein\w*|menac\w{1,4}|pas|amenaz\w{1,4}|no)\b|n[’']t\b",
    re.IGNORECASE,
)
"""A threat to publish, and what was not published."""
MOST: Final = 3
_LEAST: Final = 3.0


def note_leaks(page: Page, notes: Notes) -> None:
    """Note what attackers show or say that they took, at most three values; names and topics must have been noted before."""
    weights = {topic: found[0] for topic, found in score_topics(page).items()}
    if (
        max(weights.get("breach", 0.0), weights.get("ransomware", 0.0)) < _LEAST
        and page.document.language == "en"
    ):
        return
    if not _CHEAP.search(page.low):
        return
    victims = [
        each.fact.name
        for each in notes.of(NamedOrganisation)
        if isinstance(each.fact, NamedOrganisation) and each.fact.role == "victim"
    ]
    actors = list(
        dict.fromkeys(
            name
            for each in (*notes.of(Actor), *notes.of(Malware))
            if isinstance(each.fact, Actor)
            or (isinstance(each.fact, Malware) and each.fact.kind == "ransomware")
            for name in (each.fact.written, each.fact.name)
            if name
        )
    )
    told: set[str] = set()
    for what, start, end in _found(page, actors):
        value = " ".join(what.split())
        if value.lower() in told or len(told) >= MOST:
            continue
        told.add(value.lower())
        sentence = page.text[start:end]
        named = next((each for each in actors if each in sentence), "")
        claim = Claim(
            "data-taken", value, "reported", "attacker", named, subject=victim_in(sentence, victims)
        )
        notes(claim, start, end, "stated", 0.75, "grammar:leak")


def _found(page: Page, actors: list[str]) -> Iterator[tuple[str, int, int]]:
    """(what was put out, sentence, its end)."""
    for form in (*_FORMS, *_FORMS_ELSEWHERE, *((_NAMED,) if actors else ())):
        for each in page.find(form):
            start, end = page.sentence(each.start())
            if end - start > 900 or page.section(each.start()) in ("reference", "advice", "iocs"):
                continue
            between = each["between"] if form is not _NAMED else _behind(page, start, each.start(), actors)
            if between is None or _OTHERS.search(page.text, start, end) or _UNREAL.search(between):
                continue
            if _UNREAL.search(page.text, max(start, each.start() - 60), each.start()):
                continue
            if each.groupdict().get("they") and not _spoken_of(page, start, actors):
                continue
            if denied(page, each.start()) or fictional(page, each.start()) or ordered(page, each.start()):
                continue
            yield each["what"], start, end


def _behind(page: Page, start: int, at: int, actors: list[str]) -> str | None:
    """What stands between an actor's name and the verb at a place, None when no name stands close before it."""
    before = page.text[max(start, at - 70) : at]
    ends = [before.rindex(each) + len(each) for each in actors if each in before]
    between = before[max(ends) :] if ends else None
    return between if between is not None and not re.search(r"[.;:!?\n]", between) else None


_GANG: Final = re.compile(
    r"\b(?:gang|group|crew|attackers?|hackers?|intruders?|criminals|extortionists?|threat actors?|sellers?|operators|affiliates?)\b",
    re.IGNORECASE,
)


def _spoken_of(page: Page, at: int, actors: list[str]) -> bool:
    """Whether "they" may be attackers: the sentence before speaks of them."""
    number = page.sentence_number(at)
    if number < 1:
        return False
    start, end = page.sentences[number - 1]
    before = page.text[start:end]
    return _GANG.search(before) is not None or any(each in before for each in actors)
