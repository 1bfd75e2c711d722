# SPDX-License-Identifier: Apache-2.0
"""Places where a sentence tells that a flaw was used by attackers, naming it by a word or a pronoun instead of its id:
"attackers have used it since March", "the bug was leveraged by threat actors"; the same in German, French and Spanish.

Finds places only; hedges, denials and holders are `told_exploits`' work. A pronoun counts only where the last thing that was
spoken of is a flaw: what attackers have used since March may be a tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.read.page import Page

FLAW_WORDS: Final = (
    "cve-", "vulnerab", "flaw", "bug", "zero-day", "0-day", " hole", "weakness", "lücke", "schwachstelle", "vulnérab",
    "faille", "fallo",
)  # fmt: skip
"""Of these, in lower case, every text on a flaw has one."""
_NOUN: Final = r"(?:vulnerabilit(?:y|ies)|flaws?|bugs?|zero-days?|0-days?|(?:security[ \n])?holes?|weakness(?:es)?(?![ \n]of\b)|CVE-\d{4}-\d{4,7})"
_FLAW: Final = rf"(?:(?:the|this|that|these|those|both|a|an|one of the|its)[ \n])?(?:[\w.'’-]{{2,20}}[ \n]){{0,4}}?{_NOUN}"
_IT: Final = r"(?P<pron{0}>it|them)"
_WHO: Final = r"(?:attackers|hackers|actors|(?:threat|ransomware|malicious|state-sponsored)[ \n](?:actors?|groups?)|intruders|criminals|cybercriminals|gangs?|ransomware[ \n](?:crews?|operators)|adversar(?:y|ies)|spies|affiliates|botnets?|thieves|burglars|robbers|extortionists|blackmailers|crooks|fraudsters|crews?|strangers|outsiders|saboteurs)"
_USED: Final = r"(?:used|abused|leveraged|exploited|weaponi[sz]ed|misused|taken[ \n]advantage[ \n]of|made[ \n]use[ \n]of)"
_USING: Final = r"(?:using|abusing|leveraging|exploiting|weaponi[sz]ing|misusing|taking[ \n]advantage[ \n]of|making[ \n]use[ \n]of)"
_ADV: Final = r"(?:(?:first|already|actively|now|also|since|repeatedly|widely|quickly|successfully|still|\w{3,12}ly)[ \n]){0,2}"
_ACTIVE: Final = re.compile(
    rf"\b{_WHO}[ \n](?:(?:who|that)[ \n])?(?:(?:in|from|of|behind|linked to|known as|tracked as|called)[ \n][^.;:,\n]{{2,50}}?[ \n])?{_ADV}"
    rf"(?:(?:ha(?:ve|s|d)[ \n]{_ADV}(?:been[ \n]{_ADV}{_USING}|{_USED})|(?:are|is|were|was)[ \n]{_ADV}{_USING}|abused|leveraged|exploited|weaponi[sz]ed|used|misused|took[ \n]advantage[ \n]of|made[ \n]use[ \n]of)[ \n](?:{_FLAW}\b|{_IT.format('')}\b(?!['’]s)))",
    re.IGNORECASE,
)
_AIM: Final = r"(?:compromis\w{1,3}|breach|break[ \n]into|hack|attack|infect|deploy|drop|install|plant|steal|deliver|distribute|spread|infiltrate|penetrate|take[ \n]over|gain[ \n](?:initial[ \n])?access|deface|encrypt|spy[ \n]on)"
_PASSIVE: Final = re.compile(
    rf"(?:\b{_NOUN}\b|\b{_IT.format('')})(?:(?:,[ \n]?)?[ \n(][^.;:!?\n]{{0,60}}?)??[ \n](?:(?:is|are|was|were|(?:ha(?:s|ve|d)[ \n]{_ADV}been)|being)[ \n])(?:being[ \n])?{_ADV}(?:used|abused|leveraged|weaponi[sz]ed|misused|exploited)"
    rf"(?:[ \n](?:as[ \n]an?[ \n]zero-day[ \n])?(?:by[ \n](?:(?:an?|the|at least \w+|several|multiple|many|various|other|two|three|some|unknown|unidentified|suspected|[\w-]{{3,20}})[ \n]){{0,4}}{_WHO}\b"
    rf"|in[ \n](?:[\w'’-]{{1,16}}[ \n]){{0,4}}?(?:attacks?|campaigns?|intrusions?|break-ins|the[ \n]wild)\b|to[ \n]{_AIM}\b)|(?P<since>[ \n](?:since|within[ \n](?:[\w-]{{1,12}}[ \n]){{1,3}}of[ \n](?:its[ \n]|the[ \n])?(?:disclosure|publication|release))\b))",
    re.IGNORECASE,
)
_PUT_TO: Final = re.compile(
    # Its use for a purpose, as something that went on: "is being used to read mailboxes"; "is used to" is what flaws of a kind are for.
    rf"\b{_NOUN}\b(?:(?:,[ \n]?)?[ \n(][^.;:!?\n]{{0,80}}?)??[ \n](?:(?:is|are|was|were)[ \n](?:[a-z]{{3,12}}[ \n])?being|was|were|ha(?:s|ve|d)[ \n](?:[a-z]{{3,12}}[ \n])?been)[ \n]{_ADV}(?:used|abused|leveraged|weaponi[sz]ed|misused|exploited)[ \n]to[ \n](?:\w{{3,14}}ly[ \n])?"
    r"(?:read|copy|siphon|harvest|empty|drain|rob|raid|loot|reach|enter|get|run|execute|upload|create|add|wipe|delete|erase|lock|take|hijack|bypass|move|listen|eavesdrop|log|exfiltrate|extract|dump|mine|extort|blackmail|spy|snoop|plunder|hit|reset|forge|open|push)\b",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"\b{_NOUN}(?:[ \n]\([^)\n]{{3,60}}\))?,?[ \n](?:that[ \n](?:was|were|is|are)[ \n]|which[ \n](?:was|were|is|are)[ \n])?{_ADV}(?:used|abused|leveraged|weaponi[sz]ed)[ \n](?:by[ \n](?:[\w'’-]{{2,20}}[ \n]){{0,3}}?{_WHO}\b|in[ \n](?:[\w'’-]{{1,16}}[ \n]){{0,3}}?(?:attacks|campaigns?|intrusions?|break-ins|the[ \n]wild)\b)",
    re.IGNORECASE,
)
_SEEN: Final = re.compile(
    rf"\b(?:seen|observed|detected|recorded|identified|spotted)[ \n](?:[\w'’,-]{{1,16}}[ \n]){{0,4}}?(?:attacks?|intrusions?|campaigns?|incidents?)[ \n](?:(?:that|which)[ \n])?(?:use|used|{_USING}|exploit|abuse)[ \n](?:{_FLAW}\b|{_IT.format('')}\b)"
    rf"|\b(?:attacks?|intrusions?|campaigns?)[ \n](?:(?:that|which)[ \n])?(?:use|used|{_USING}|exploit|abuse)[ \n]{_FLAW}\b[^.;:!?\n]{{0,40}}?[ \n](?:(?:were|was|have been|has been)[ \n]{_ADV}(?:seen|observed|detected|recorded|reported)|began|started|go back|date back|are[ \n](?:under[ \n]way|ongoing))\b",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"\b(?:another|other|similar|such|(?:types|kinds|classes) of|different|previous|earlier|older?|unrelated)[ \n](?:[\w'’-]{1,20}[ \n]){0,2}$",
    re.IGNORECASE,
)
_TOLD_APART: Final = re.compile(
    r"\b(?:the|these|those|both|two|three|four|five|several|its|their|\d{1,2})[ \n](?:[\w'’.-]{1,20}[ \n]){0,2}$",
    re.IGNORECASE,
)
"""Words that say which flaws are meant, or how many."""
_NOUN_DE: Final = r"(?:(?:Sicherheits)?[Ll]ücken?|Schwachstellen?|Zero-Day-\w{3,20}|CVE-\d{4}-\d{4,7})"
_WHO_DE: Final = r"(?:Angreifer(?:n|gruppen?)?|Hackern?|Kriminellen?|Cyberkriminellen?|Täter(?:n)?|Ransomware-(?:Gruppen?|Banden?)|Eindringlingen?)"
_NUMBERED: Final = r"(?:APT|UNC|UAC|TA|FIN|Storm)[ -]?\d{1,5}"
"""Groups that are called by a number: no other subject is written so."""
_GERMAN: Final = re.compile(
    rf"\b{_WHO_DE}[ \n](?:[\wäöüß-]{{2,20}}[ \n]){{0,3}}?(?:nutzen|nutzten|benutz(?:en|ten)|verwend(?:en|eten)|missbrauch(?:en|ten)|haben)[ \n][^.;:!?\n]{{0,50}}?\b{_NOUN_DE}\b[^.;:!?\n]{{0,60}}?\b(?:seit|bereits|aus|Angriffe?n?|aktiv|missbraucht|ausgenutzt|benutzt|verwendet)\b"
    rf"|\b(?:(?:Die|Eine|die|eine|Der|der)[ \n](?:[A-Za-zäöü-]{{2,20}}[ \n])?(?:Gruppe|Bande|Gruppierung)(?:[ \n][\w-]{{2,20}}){{0,3}}?|{_NUMBERED})[ \n](?:nutzte?|benutzte?|verwendete?|missbrauchte?|hat)[ \n][^.;:!?\n]{{0,50}}?\b{_NOUN_DE}\b[^.;:!?\n]{{0,60}}?\b(?:seit|bereits|aus|Angriffe?n?|aktiv|missbraucht|ausgenutzt|benutzt|verwendet|um)\b"
    rf"|\b{_NOUN_DE}\b[^.;:!?\n]{{0,50}}?[ \n](?:wird|werden|wurden?|ist|sind)[ \n][^.;:!?\n]{{0,70}}?(?:(?:für|in|bei|zu)[ \n](?:[\wäöüß-]{{2,20}}[ \n]){{0,2}}?(?:Angriffen?|Attacken|Einbrüchen?)[ \n](?:benutzt|genutzt|missbraucht|verwendet|eingesetzt|ausgenutzt)|von[ \n](?:[\wäöüß-]{{2,20}}[ \n]){{0,2}}?{_WHO_DE}[ \n](?:[\wäöüß-]{{2,20}}[ \n]){{0,3}}?(?:benutzt|genutzt|missbraucht|verwendet|ausgenutzt))\b"
)
_NOUN_FR: Final = r"(?:failles?|vulnérabilités?|brèches?|CVE-\d{4}-\d{4,7})"
_WHO_FR: Final = (
    r"(?:attaquants|pirates|cybercriminels|intrus|criminels|groupes?[ \n](?:de[ \n]\w{3,16}|d['’]attaquants))"
)
_FRENCH: Final = re.compile(
    rf"\b{_NOUN_FR}\b[^.;:!?\n]{{0,50}}?[ \n](?:est|sont|a[ \n]été|ont[ \n]été|était|étaient)[ \n](?:(?:déjà|activement|aussi)[ \n])?(?:utilisée?s?|exploitée?s?|employée?s?|détournée?s?)[ \n](?:(?:par[ \n](?:des|les|plusieurs|un|le)[ \n](?:[\wéèê-]{{3,16}}[ \n])?{_WHO_FR}|dans[ \n](?:des|les|plusieurs|une)[ \n](?:[\wéèê-]{{3,16}}[ \n])?(?:attaques|intrusions|campagnes?)|lors[ \n]d['’](?:attaques|intrusions))|depuis)\b"
    rf"|\b{_WHO_FR}[ \n](?:[\wéèê-]{{2,16}}[ \n]){{0,2}}?(?:utilisent|se[ \n]servent[ \n]de|se[ \n]sont[ \n]servis[ \n]de|exploitent|ont[ \n](?:utilisé|exploité)|abusent[ \n]de)[ \n](?:cette|la|ces|les|une|deux)[ \n](?:[\wéèê-]{{2,16}}[ \n]){{0,2}}?{_NOUN_FR}\b"
    rf"|\b(?:(?:le|ce|un|du)[ \n](?:groupe|gang)(?:[ \n](?!qui\b|que\b)[\w-]{{2,20}}){{0,4}}?|{_NUMBERED})[ \n](?:(?:exploit|utilis)(?:e|ait|a)|a[ \n](?:[\wéèê]{{2,14}}[ \n])?(?:utilisé|exploité)|se[ \n]sert[ \n]de|s['’]est[ \n]servi[ \n]de|abuse[ \n]de)[ \n](?:cette|la|ces|les|une|deux)[ \n](?:[\wéèê-]{{2,16}}[ \n]){{0,2}}?{_NOUN_FR}\b",
    re.IGNORECASE,
)
_NOUN_ES: Final = r"(?:vulnerabilidad(?:es)?|fallos?|brechas?|CVE-\d{4}-\d{4,7})"
_WHO_ES: Final = r"(?:atacantes|ciberdelincuentes|intrusos|delincuentes|piratas|grupos?[ \n]de[ \n]\w{3,16})"
_SPANISH: Final = re.compile(
    rf"\b{_NOUN_ES}(?!\w)[^.;:!?\n]{{0,50}}?[ \n](?:se[ \n]ha[n]?|ha[n]?[ \n]sido|está[n]?[ \n]siendo|fue(?:ron)?|es|son)[ \n](?:(?:ya|activamente|también)[ \n])?(?:usad|utilizad|explotad|emplead|aprovechad)(?:o|a|os|as)[ \n](?:por[ \n](?:los|unos|varios|el|un)?[ \n]?{_WHO_ES}|en[ \n](?:[\wáéíóú]{{2,12}}[ \n]){{0,2}}?(?:ataques|intrusiones|campañas?)|desde)\b"
    rf"|\b{_WHO_ES}[ \n](?:[\wáéíóú]{{2,12}}[ \n]){{0,2}}?(?:utilizan|usan|aprovechan|abusan[ \n]de|han[ \n](?:usado|utilizado|aprovechado))[ \n](?:esta|la|el|este|estas|las|una)[ \n](?:[\wáéíóú]{{2,16}}[ \n]){{0,2}}?{_NOUN_ES}(?!\w)"
    rf"|\b(?:(?:el|este|un)[ \n](?:grupo|bando)(?:[ \n](?!que\b)[\w-]{{2,20}}){{0,4}}?|{_NUMBERED})[ \n](?:explot(?:a|ó|aba)|aprovech(?:a|ó|aba)|utiliz(?:a|ó|aba)|us(?:a|ó|aba)|abus(?:a|ó)[ \n]de|ha[ \n](?:[\wáéíóú]{{2,12}}[ \n])?(?:usado|utilizado|aprovechado|explotado))[ \n](?:esta|la|el|este|estas|las|una)[ \n](?:[\wáéíóú]{{2,16}}[ \n]){{0,2}}?{_NOUN_ES}(?!\w)",
    re.IGNORECASE,
)
_VERBS: Final = (
    "abused", "abusing", "abuse ", "leverag", "weaponi", "misus", "advantage of", "use of", "used", "using", "exploited", "exploiting",
)  # fmt: skip
_SIGNS: Final = re.compile(
    r"attack|hacker|actors?\b|group|intru|criminal|gang|crew|adversar|spies|affiliate|botnet|campaign|break-in|\bwild\b|since|within|operators|"
    r"compromis|breach|hack|infect|deploy|drop|install|plant|steal|deliver|distribut|spread|infiltrat|penetrat|take over|gain |deface|encrypt|spy on|thieves|burglar|robber|extort|blackmail|crook|fraudster|stranger|outsider|saboteur|to (?:\w{3,14}ly )?(?:read|copy|siphon|harvest|empty|drain|rob|raid|loot|reach|enter|get|run|execute|upload|create|add|wipe|delete|erase|lock|take|hijack|bypass|move|listen|eavesdrop|log|exfil|extract|dump|mine|spy|snoop|plunder|hit|reset|forge|open|push)"
)
"""Of each of these, in lower case, every English sentence that is meant has one; only those are looked at."""
_WORDS_ELSEWHERE: Final = (
    "lücke",
    "schwachstelle",
    "zero-day-",
    "faille",
    "vulnérab",
    "brèche",
    "vulnerabilidad",
    "fallo",
    "brecha",
)
_FLAWS_ELSEWHERE: Final = re.compile(
    r"lücke|schwachstelle|zero-day-|faille|vulnérab|brèche|vulnerabilidad|fallo|brecha|cve-"
)
_FORMS: Final = (_ACTIVE, _PASSIVE, _PUT_TO, _BARE, _SEEN)
_FORMS_ELSEWHERE: Final = (_GERMAN, _FRENCH, _SPANISH)
UNSURE: Final = re.compile(
    r"\b(?:often|frequently|commonly|typically|usually|routinely|regularly|generally|always|(?:types|kinds|classes) of|such|similar|could|can|may|might|would|should|must|will|shall|cannot|not|never|if|whether|tr(?:y|ies|ied|ying)|attempt\w*|likely|possibly|perhaps|expected|supposedly|hop(?:e[sd]?|ing)|plan(?:s|ned|ning)?|want(?:s|ed)?|failed|"
    r"könn\w{1,4}|kann|nicht|kein\w{0,2}|nie|falls|wenn|pourrai\w{1,4}|peu(?:t|vent)|pas|jamais|aucun\w?|podrí\w{1,2}|pued\w{1,2}|nunca|jamás)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Words inside such a place that make it a possibility, a try, a denial, or what happens in general."""
_THING: Final = re.compile(
    rf"\b(?:(?P<flaw>{_NOUN})|malware|tools?|toolkits?|backdoors?|trojans?|loaders?|kits?|techniques?|tactics?|methods?|scripts?|frameworks?|drivers?|services?|botnets?|"
    r"ransomware|implants?|worms?|stealers?|infostealers?|exploit kits?|networks?|servers?|accounts?|domains?|infrastructure|websites?|apps?|features?|functions?|protocols?|phishing|lures?|programs?|platforms?|forums?|channels?|credentials|passwords|keys?|tokens?|names?|language|model)\b",
    re.IGNORECASE,
)
_BACK: Final = 300
"""Characters before a pronoun in which the thing is looked for that it stands for."""


def abused(page: Page) -> Iterator[tuple[int, int, int]]:
    """(where the form stands, its beginning, its end) of each place that tells of a flaw's use by attackers."""
    for number in page.sentences_with(_VERBS):
        start, end = page.sentences[number]
        if end - start > 1000 or not _SIGNS.search(page.low, start, end):
            continue
        for form in _FORMS:
            for each in form.finditer(page.text, start, end):
                groups = each.groupdict()
                if groups.get("pron"):
                    if groups.get("since") or not _is_flaw(page, each.start("pron")):
                        continue
                elif not _is_meant(page, start, each):
                    continue
                yield each.start(), each.start(), each.end()
    for number in _elsewhere(page):
        for form in _FORMS_ELSEWHERE:
            for each in form.finditer(page.text, *page.sentences[number]):
                yield each.start(), each.start(), each.end()


def _is_meant(page: Page, start: int, found: re.Match[str]) -> bool:
    """Whether the flaw of a form is the text's own: named by an id, or no other, similar or unspecified ones ("flaws used in
    attacks"). `start` is where the sentence begins."""
    if "CVE-" in found[0]:
        return True
    nouns = list(_NAMED.finditer(found[0]))
    at = found.start() + nouns[0].start() if nouns else found.start()
    before = page.text[max(start, at - 40) : at]
    if _OTHER.search(before):
        return False
    plural = bool(nouns) and nouns[0][0].lower().endswith("s") and not nouns[0][0].lower().endswith("ss")
    return not plural or _TOLD_APART.search(before) is not None


def _elsewhere(page: Page) -> dict[int, None]:
    """Sentences that name a flaw in another language."""
    if not any(each in page.low for each in _WORDS_ELSEWHERE):
        return {}
    found = dict.fromkeys(page.sentence_number(each.start()) for each in _FLAWS_ELSEWHERE.finditer(page.low))
    found.pop(-1, None)
    return found


def _is_flaw(page: Page, at: int) -> bool:
    """Whether the last thing spoken of before a pronoun is a flaw."""
    things = list(_THING.finditer(page.text, max(0, at - _BACK), at))
    return bool(things) and things[-1]["flaw"] is not None
