# SPDX-License-Identifier: Apache-2.0
"""The value of a claim in its sentence: how many, how much, what data, which cause, which actor, which victim.

Every value is a piece of the sentence or its canonical form. None when the sentence does not give one.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from scc.model.facts import Holder, Question
from scc.read.page import Page

_AMOUNT: Final = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,9}(?:\.\d{1,3})?"
_SCALE: Final = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "b": 1_000_000_000,
    "billion": 1_000_000_000,
}
_WHO: Final = (
    r"customers?|users?|people|persons?|individuals?|accounts?|patients?|employees?|members?|students?|subscribers?|consumers?|citizens?|residents?|"
    r"organi[sz]ations?|companies|businesses|devices?|systems?|servers?|repositories|packages?|hosts?|machines?|computers?|websites?|sites?|victims?|instances?|"
    r"firewalls?|routers?|phones?|TVs|tenants?|voters?|passengers?|guests?|drivers?|records?|workstations?|schools?|hospitals?|homes?|"
    r"policy ?holders?|clients?|gateways?|tenants?|pupils?|donors?|taxpayers?|applicants?"
)
_ELSEWHERE: Final = re.compile(
    r"(?<![\w.,])(?P<figure>\d{1,3}(?:[.\u00a0\u202f ’']\d{3}){1,3}|\d{1,6}(?:,\d)?)[ \n]"
    r"(?P<scale>(?:Mio\.?|Millionen|Tausend|millions?|mille|millones|mil|milioni|mila)[ \n])?(?:de |di |d['’])?(?:[a-zäöüéèà]{4,14}en[ \n])?"
    r"(?P<who>Kund(?:en|innen)|Nutzer(?:innen)?|Personen|Betroffenen?|Patienten|clients|utilisateurs|personnes|clientes|usuarios|personas|clienti|utenti|persone)\b"
)
"""Numbers as German, French, Spanish and Italian write them."""
_SCALE_ELSEWHERE: Final = {
    "mio": 1_000_000, "millionen": 1_000_000, "million": 1_000_000, "millions": 1_000_000, "millones": 1_000_000,
    "milioni": 1_000_000, "tausend": 1_000, "mille": 1_000, "mil": 1_000, "mila": 1_000,
}  # fmt: skip
_BELOW: Final = re.compile(
    r"\b(?:below|under|less than|fewer than|not more than|no more than)[ \n](?P<figure>\d{1,3}(?:,\d{3}){0,4}|one|two|five|ten|a hundred)(?:[ \n](?P<scale>million|thousand|billion))?\b",
    re.IGNORECASE,
)
_STATED: Final = re.compile(
    rf"\bnumber of (?:[a-z]+ ){{0,2}}(?P<who>{_WHO})\b[^.;]{{0,80}}?\b(?:is|was|stands at|rises to|rose to|has risen to|comes to|reached)(?: now| about| at least)? (?P<figure>{_AMOUNT})(?: (?P<scale>million|billion|thousand))?",
)
_RAISED: Final = re.compile(
    rf"\b(?:raised|increased|revised|corrected|updated|lowered|reduced|cut|puts?)\b[^.;]{{0,40}}?\bnumber of (?:[a-z]+ ){{0,2}}(?P<who>{_WHO})\b[^.;]{{0,80}}? (?:to|at) (?:about |at least |more than |over |some )?(?P<figure>{_AMOUNT})(?: (?P<scale>million|billion|thousand))?",
)
"""The other way round: "the number of clients whose data were taken is 214,300"."""
_WORDS: Final = {"one": 1, "two": 2, "five": 5, "ten": 10, "a hundred": 100}
_NUMBER: Final = re.compile(
    rf"(?<![\w.$€£-])(?P<figure>{_AMOUNT})(?P<plus>\+)?[ \n-]?(?P<scale>million|billion|thousand|mn|[KkMmBb](?![\w]))?[ \n]"
    rf"(?:(?:of|its|the|more|current|former|active|unique|different|individual|affected|vulnerable|infected|compromised|exposed|internet-exposed|online|prepaid|postpaid|prospective|Android|IoT|Windows|Linux|npm|PyPI|GitHub|macOS|customer|user|patient|consumer|client|US|U\.S\.|T-Mobile|[A-Z][\w-]{{1,20}})[ \n]){{0,4}}"
    rf"(?P<who>{_WHO})\b"
)
_MONEY: Final = re.compile(
    rf"(?P<money>(?:US)?[$€£] ?(?:{_AMOUNT})(?: ?(?:million|billion|thousand|[KkMm](?!\w)))?|(?:{_AMOUNT})(?: (?:million|billion|thousand))? (?:bitcoins?|BTC|dollars|euros|XMR|monero))"
)
_DATA: Final = re.compile(
    r"\b(?:(?:full |customer |user |first and last )?names|(?:e-?mail|home|physical|postal|street|mail|billing|IP) addresses|phone numbers|telephone numbers|dates of birth|birth dates|social security numbers|SSNs|"
    r"driver'?s?[’']? licen[cs]e (?:numbers|information|details)|passport numbers|(?:encrypted |hashed |database |cleartext )?passwords|credentials|(?:credit|payment) card (?:numbers|data|details|information)|card numbers|bank account (?:numbers|details)|"
    r"financial (?:data|information)|medical (?:records|data|information|history)|health (?:data|information|records)|source code|IMEI(?: and IMSI)?(?: numbers)?|(?:SSH|API|private|encryption|Java keystore|key) (?:keys|files)|API tokens|access tokens|session (?:tokens|cookies)|tokens|"
    r"cloud credentials|internal documents|employee (?:data|records|information)|customer (?:data|records|information)|personal (?:data|information|details)|personally identifiable information|PII|corporate data|trade secrets|intellectual property|payment (?:data|information)|call (?:records|logs)|text messages|biometric data|zip codes)\b",
    re.IGNORECASE,
)
_CAUSES: Final = re.compile(
    r"(?:caused by|due to|as a result of|stem(?:med|s) from|resulted from|because of|traced (?:back )?to|root cause (?:was|is|of[^.;,]{3,60} was)|"
    r"(?:initial )?access[^.;,]{0,40}? (?:through|via|by|using|with|after)|broke in[^.;,]{0,20}? (?:through|via|by|using)|entry point (?:was|is))[ \n](?P<cause>[^.;\n]{6,160})",
    re.IGNORECASE,
)
_ACTOR: Final = r"(?:the )?(?P<actor>(?:[A-Z][\w$.&'’-]*|UNC\d+|APT-?\d+|TA\d+|FIN\d+)(?: (?:[A-Z][\w$.&'’-]*|of|and the|\d+)){0,4})"
_ATTRIBUTION: Final = re.compile(
    rf"(?:attribut\w{{1,4}}[^.;]{{0,80}}? to|linked[^.;]{{0,30}}? to|tied[^.;]{{0,30}}? to|(?:the )?work of|carried out by|conducted by|orchestrated by|perpetrated by|behind[^.;]{{0,30}}? (?:is|was|are))[ \n](?:an? |the )?(?:[a-z][\w-]* ){{0,8}}?{_ACTOR}"
    rf"|{_ACTOR.replace('actor', 'before')}(?: \([^)]{{2,60}}\))?(?: ransomware| hacking| threat| cybercrime| extortion)*(?: gang| group| actors?| operators?| hackers)?,? (?:has |have )?(?:claim(?:s|ed) (?:responsibility|credit)|is (?:thought|believed|suspected|said) to be behind|(?:was|were|is|are) (?:behind|responsible for))"
)
_SELF: Final = re.compile(
    r"\b(?:We|we)(?:,| are)[ ](?:the[ ])?(?P<self>[A-Z][\w$.&'’-]{2,30}(?:[ ][A-Z]\w{1,20}){0,2})(?:,|[ ]and[ ]we)[ ](?:have[ ])?(?:hacked|encrypted|breached|attacked|stole|took|locked)\b"
)
"""Attackers who name themselves."""
_OF_NATION: Final = (
    r"(?P<nation>North Korean?|DPRK|Russian?|Chin(?:a|ese)|Iran(?:ian)?|Belarus(?:ian)?|Pakistan(?:i)?|Turk(?:ey|ish)|Vietnam(?:ese)?|Israeli?)(?:'s|’s)?"
    r"(?:[ -](?:state|government|military|backed|sponsored|linked|nexus|intelligence|security|services?|[A-Z]{2,5})){0,4}(?:[ ](?:hackers?|actors?|groups?|operatives|spies))?"
)
_NATION: Final = re.compile(
    rf"\b{_OF_NATION}[ ](?:(?:has|have)[ ])?(?:(?:was|were|is|are)[ ](?:behind|responsible)|carried out|conducted|ordered|orchestrated|broke into|hacked|breached|infiltrated)\b"
)
_BY_NATION: Final = re.compile(
    rf"\b(?:carried out|conducted|ordered|orchestrated|perpetrated) by (?:the )?{_OF_NATION}(?=[ ,.;]|\Z)"
)
_NATIONS: Final = {
    "north korean": "North Korea", "dprk": "North Korea", "russian": "Russia", "chinese": "China", "iranian": "Iran",
    "belarusian": "Belarus", "pakistani": "Pakistan", "turkish": "Turkey", "vietnamese": "Vietnam", "israeli": "Israel",
}  # fmt: skip
_DENIED: Final = re.compile(
    r"\b(?:no|not|nor|neither|without|none|never|isn't|wasn't|weren't|don't|didn't)\b[^.;:]{0,160}$",
    re.IGNORECASE,
)
_SPARED: Final = re.compile(
    r"[^.;:]{0,80}\b(?:(?:was|were|is|are|been) (?:not|never)|wasn't|weren't)\b", re.IGNORECASE
)
_OTHER_END: Final = re.compile(
    r"\b(?:against|campaigns?|intrusions?|attacks?|compromise|activity|breach|targeting|infrastructure|server|domain)\b[^.;]{0,60}$"
)
"""Words after "attributed to" that show that the actor stands before it: "a group has been attributed to attacks"."""
_ACTOR_WORD: Final = re.compile(
    r"\b(?:group|actors?|gang|hackers?|crew|collective|operators?|responsibility|affiliates?|behind|state|attribut\w+)\b",
    re.IGNORECASE,
)
_NOT_ACTOR: Final = frozenset(
    "the a an this that these it they he she we researchers experts hackers attackers officials according however microsoft google cisa fbi analysts threat security cyber windows linux internet cve iran russia china north korea us u.s. ukraine israel".split()
)


class Value(NamedTuple):
    value: str
    confidence: float
    subject: str = ""


def value_of(
    question: Question, page: Page, start: int, end: int, offset: int, victims: list[str], actors: list[str]
) -> Value | None:
    """The value of a claim on `question` in text[start:end]; `offset` is where its phrase begins."""
    sentence = page.text[start:end]
    subject = victim_in(sentence, victims)
    if question == "number-affected":
        return _number(sentence, subject)
    if question == "ransom":
        money = _MONEY.search(sentence)
        return Value(" ".join(money["money"].split()), 0.8, subject) if money else None
    if question == "data-taken":
        return _data(sentence, subject)
    if question == "cause":
        found = _CAUSES.search(sentence)
        if not found or not re.search(
            r"\b(?:breach|incident|attack|access|outage|compromise|hack|intrusion|leak|flaw|vulnerability|error)\w*\b",
            sentence,
            re.IGNORECASE,
        ):
            return None
        words = found["cause"].split()
        cut = re.split(r",\s(?=(?:and|but|which|who|where|the|it|said|according)\b)", " ".join(words[:18]))[0]
        return Value(cut.strip(" ,;:"), 0.6, subject) if len(cut.split()) >= 2 else None
    if question == "attribution":
        own = _SELF.search(sentence) if page.document.publisher_kind == "unknown" else None
        return Value(own["self"], 0.7, subject) if own else _actor(sentence, subject, actors)
    if question == "breached":
        named = any(each in sentence for each in victims) or re.search(
            r"\b(?:[Tt]he (?:company|firm|organi[sz]ation|hospital|university|bank|retailer|airline|provider|platform|city)|[Ww]e|[Oo]ur)\b",
            sentence,
        )
        return Value("yes", 0.7, subject) if subject and named and len(sentence.split()) >= 5 else None
    if question == "retracted":
        return Value("yes", 0.7, subject)
    return None


def _number(sentence: str, subject: str) -> Value | None:
    best: tuple[int, re.Match[str]] | None = None
    for each in (
        *_NUMBER.finditer(sentence),
        *_STATED.finditer(sentence),
        *_RAISED.finditer(sentence),
    ):
        figure = each["figure"].replace(",", "")
        scale = _SCALE.get((each["scale"] or "").lower(), 1)
        try:
            count = round(float(figure) * scale)
        except ValueError:
            continue
        if scale == 1 and (count < 10 or (1990 <= count <= 2035 and "," not in each["figure"])):
            continue
        if best is None or count > best[0]:
            best = (count, each)
    if best is None:
        return _elsewhere(sentence, subject) or _below(sentence, subject)
    each = best[1]
    figure = f"{each['figure']}{each.groupdict().get('plus') or ''}" + (
        f" {_long(each['scale'])}" if each["scale"] else ""
    )
    return Value(f"{figure} {each['who'].lower()}", 0.75, subject)


def _elsewhere(sentence: str, subject: str) -> Value | None:
    counts: list[tuple[int, str]] = []
    for each in _ELSEWHERE.finditer(sentence):
        scale = _SCALE_ELSEWHERE.get((each["scale"] or "").strip(" .\n").lower(), 1)
        figure = re.sub(r"[.\u00a0\u202f ’']", "", each["figure"]).replace(",", ".")
        count = round(float(figure) * scale)
        if count >= 10 and not (scale == 1 and 1990 <= count <= 2035):
            counts.append((count, each["who"].lower()))
    if not counts:
        return None
    count, who = max(counts)
    return Value(f"{count:,} {who}", 0.7, subject)


def _below(sentence: str, subject: str) -> Value | None:
    """An upper bound: "below one million", with what is counted from the same sentence."""
    found = _BELOW.search(sentence)
    who = re.search(rf"\b(?:{_WHO})\b", sentence)
    if not found or not who:
        return None
    word = found["figure"].lower()
    figure = _WORDS.get(word) or int(word.replace(",", ""))
    return Value(
        f"below {figure * _SCALE.get((found['scale'] or '').lower(), 1):,} {who[0].lower()}", 0.65, subject
    )


def _long(scale: str) -> str:
    return {"k": "thousand", "m": "million", "mn": "million", "b": "billion"}.get(
        scale.lower(), scale.lower()
    )


def _data(sentence: str, subject: str) -> Value | None:
    stated = (
        " ".join(each[0].lower().split())
        for each in _DATA.finditer(sentence)
        if not _DENIED.search(sentence[: each.start()]) and not _SPARED.match(sentence[each.end() :])
    )
    kinds = list(dict.fromkeys(stated))
    if not kinds or not re.search(
        r"\b(?:stole|stolen|steal\w{0,3}|exfiltrat\w{1,5}|expos\w{1,4}|leak\w{0,3}|access\w{0,4}|obtain\w{0,3}|acquir\w{1,3}|copied|compromis\w{1,4}|taken|sale|claim\w{0,3})\b",
        sentence,
        re.IGNORECASE,
    ):
        return None
    return Value(", ".join(kinds[:6]), 0.7, subject)


def _actor(sentence: str, subject: str, actors: list[str]) -> Value | None:
    """A known actor of the sentence, else the name that the grammar of attribution gives."""
    named = sorted((sentence.index(each), -len(each), each) for each in actors if each in sentence)
    if named:
        return Value(named[0][2], 0.75, subject)
    nation = _NATION.search(sentence) or _BY_NATION.search(sentence)
    if nation:
        name = nation["nation"]
        return Value(_NATIONS.get(name.lower(), name), 0.7, subject)
    found = _ATTRIBUTION.search(sentence)
    if not found or _OTHER_END.search(
        sentence[found.start() : found.start("actor") if found["actor"] else found.end()]
    ):
        return None
    name = " ".join((found["actor"] or found["before"] or "").split()).strip(" .,'’")
    name = re.sub(r"(?:'s|’s)$", "", name)
    if (
        not name
        or name.split()[0].lower() in _NOT_ACTOR
        or len(name) < 3
        or re.match(r"(?:EO|BOD|CVE|CWE)\b", name)
    ):
        return None
    if not _ACTOR_WORD.search(sentence):
        return None
    return Value(name, 0.65, subject)


def victim_in(sentence: str, victims: list[str]) -> str:
    """The victim that a sentence names; the document's only victim when it names none."""
    for each in victims:
        if each in sentence:
            return each
    return victims[0] if len(victims) == 1 else ""


_NAMED: Final[dict[Holder, re.Pattern[str]]] = {
    "authority": re.compile(
        r"\b(?:CISA|FBI|NSA|NCSC|BSI|ANSSI|ENISA|Treasury|Justice Department|DoJ|ACSC|CERT-In|FDA|SEC|IC3|Europol|Interpol)\b"
    ),
    "research": re.compile(
        r"\b(?:Mandiant|CrowdStrike|Kaspersky|ESET|Cisco Talos|Talos|Unit 42|Volexity|GreyNoise|Shadowserver|Huntress|Rapid7|Sophos|Trellix|Proofpoint|SentinelOne|watchTowr|Wiz|Socket|FortiGuard Labs|Symantec|Checkmarx|Google Threat Intelligence Group|Microsoft Threat Intelligence|Check Point Research|Group-IB|Recorded Future|Trend Micro|Elastic Security Labs|Zscaler|Palo Alto Networks|Bitdefender)\b"
    ),
    "vendor": re.compile(
        r"\b(?:Microsoft|Google|Apple|Cisco|Fortinet|Ivanti|Citrix|VMware|Broadcom|Oracle|SAP|Adobe|Atlassian|Mozilla|Juniper|Zyxel|SonicWall|QNAP|Progress|GitLab|GitHub|Check Point|MongoDB|Meta|OpenAI|Anthropic|SolarWinds|Barracuda|F5|Palo Alto Networks|WatchGuard|Veeam|Cloudflare|Okta)\b"
    ),
}


def holder_name(sentence: str, holder: Holder, page: Page, victims: list[str]) -> str:
    """Who speaks, as the sentence names it; the publisher when it speaks for itself; else ""."""
    if holder == "victim":
        return victim_in(sentence, victims) or (
            page.document.publisher if page.document.publisher_kind == "victim" else ""
        )
    pattern = _NAMED.get(holder)
    named = pattern.search(sentence) if pattern else None
    if named:
        return named[0]
    own = page.document.publisher_kind
    return (
        page.document.publisher if own == holder or (holder == "press" and own in ("press", "blog")) else ""
    )
