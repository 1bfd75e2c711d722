# SPDX-License-Identifier: Apache-2.0
"""What takes a value out of the attackers' hands: it belongs to somebody honest, none of its list was hostile, it is the link
of a picture, or an address that everybody writes for an example.

Looks at the clause of the value and a bounded piece of text before it. Decides no role: `roles` does.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.indicators.words import clause
from scc.read.page import Page

_THINGS: Final = r"(?:addresses|domains|hosts|hostnames|servers|systems|machines|IPs|URLs|links|files|hashes|digests|values|indicators|IOCs|entries|names|sites|websites|samples|items|findings|ones)"
_HOSTILE: Final = (
    r"(?:hostile|malicious|harmful|bad|dangerous|suspicious|infected|involved|attacker-\w+|the attackers?['’]s?|(?:one of )?the (?:attackers?|intruders?|gang|group)['’]s?|part of|"
    r"an? (?:indicators?|threat|C2)|indicators?|C2|(?:used|run|operated|controlled|owned|registered) (?:by|in) (?:the |any |an? )?(?:attack\w*|malware|intru\w*|campaign|group|gang|hackers?|criminals?|adversar\w*|actors?))"
)
_STATE: Final = r"(?:is|are|was|were|has been|have been|had been|turn(?:s|ed) out(?: to (?:be|have been))?|prov(?:es?|ed|en)(?: to (?:be|have been))?|seem(?:s|ed)?(?: to be)?|appear(?:s|ed)?(?: to be)?|(?:was|were|has been|have been) found to be)"
_NONE_OF: Final = re.compile(
    rf"\b(?:none|neither|not one|not a single one|not any) of (?:the|these|those|our|your|their|its|all) (?:[\w'’-]{{1,16}} ){{0,3}}{_THINGS}\b|\bno(?:ne| single)? (?:addresse?|domain|host|server|file|hash|link|indicator|value|site|sample) (?:among|of|in|from)\b"
    r"|\baucune? (?:des|de ces|de nos) (?:\w{2,16} ){0,2}?(?:adresses|domaines|hôtes|serveurs|fichiers|sites|liens|empreintes)\b"
    r"|\b(?:keine?[rs]?|nicht eine[rs]?) (?:der|dieser|unserer) (?:\w{2,16} ){0,2}?(?:Adressen|Domains|Domänen|Hosts|Server|Dateien|Seiten|Links|Prüfsummen)\b"
    r"|\bningun[oa] de (?:las|los|estas|estos|nuestr[ao]s) (?:\w{2,16} ){0,2}?(?:direcciones|dominios|servidores|archivos|sitios|enlaces|equipos)\b",
    re.IGNORECASE,
)
_NOT_HOSTILE: Final = re.compile(
    rf"\b{_STATE} (?:[a-z]{{2,14}} )?{_HOSTILE}(?![\w-])"
    r"|\b(?:n['’](?:est|était|a été)|ne (?:s['’]est (?:avérée?|révélée?)|semble)) (?:malveillante?|hostile|suspecte?)s?\b"
    r"|\b(?:ist|war|erwies sich als|stellte sich als) (?:bösartig|schädlich|feindlich|verdächtig)\b|\b(?:es|era|fue|resultó(?: ser)?|ha sido) (?:malicios[oa]|hostil|sospechos[oa])\b",
    re.IGNORECASE,
)
_IS_NOT: Final = re.compile(
    rf"\b(?:(?:is|are|was|were|has been|have been|turned out|proved) (?:not|never)(?: to be| been)?|(?:is|are|was|were)n['’]t) (?:[a-z]{{2,14}} )?{_HOSTILE}(?![\w-])"
    r"|\b(?:(?:do|does|did)(?: not|n['’]t)|never) belong(?:ed)? to (?:the |any |an? )?(?:attackers?|intruders?|hackers?|group|gang|criminals?|adversar\w+|actors?|malware|campaign)\b",
    re.IGNORECASE,
)
"""Said of a value behind it."""
_FINITE: Final = re.compile(
    r"(?<!that )(?<!which )(?<!who )(?<!we )(?<!you )(?<!they )\b(?:is|are|was|were|has|have|had|did|does|do|answered|worked)\b",
    re.IGNORECASE,
)
_WORDS: Final = r"(?:[\w'’-]{2,20} ){0,3}?"
_OWNERS: Final = (
    r"(?:(?:security |malware |academic )?researchers?|(?:a |the )?security (?:firm|company|vendor|team)s?|scanning (?:service|project|company)|honeypots?|"
    r"(?:backup|mail|payment|monitoring|antivirus|update|telephony|payroll|cloud|hosting|internet|service|network|content|security|video) (?:providers?|services?|vendors?|suppliers?|partners?)|content (?:delivery )?networks?|search engines?|penetration testers?|pen ?testers?|auditors?|red team)"
)
_OURS: Final = r"(?:our|its|their|his|her|your|the (?:customer|client|company|bank|victim|city|hospital|agency|publisher|vendor)['’]s)(?: own)?"
_HONEST: Final = (
    rf"(?:{_OURS} {_WORDS}(?:{_OWNERS}|providers?|office|branch|IT department|help ?desk|gateway|proxy|network|scanner|VPN|range|partners?|suppliers?|subsidiary|employees?)|"
    rf"(?:an?|the|one|two|several|some|well-known) {_WORDS}(?:(?:security |malware |academic )?researchers?|security (?:firm|company|vendor|team)s?|scanning (?:service|project|company)|honeypots?|"
    r"(?:backup|payment|monitoring|antivirus|update|payroll) (?:providers?|services?|vendors?)|content (?:delivery )?networks?|search engines?|penetration testers?|pen ?testers?|auditors?))"
)
_REALLY: Final = r"(?:(?:in fact|in truth|in reality|actually|really|only|just|merely|all|both|instead|as it turned out,?) ){0,2}"
_OWNED: Final = re.compile(
    rf"\b{_REALLY}(?:belong(?:s|ed|ing)? {_REALLY}to|(?:is|are|was|were|turned out to be|proved to be) {_REALLY}(?:(?:that|those|the (?:address(?:es)?|servers?|hosts?|domains?|sites?|machines?)) of|(?:operated|run|owned) by)) {_HONEST}(?!['’]s)\b"
    rf"|\b(?:is|was|are|were|turned out to be) {_REALLY}(?:an?|the|our) (?:security |malware )?(?:researcher|pen ?tester|auditor|honeypot)(?:['’]s)?\b"
    # French, German, Spanish, Italian, Dutch.
    r"|\b(?:est|était|sont|étaient) (?:en (?:fait|réalité) |bien )?(?:celles?|celui|ceux) (?:d['’]|de |du |des )(?:un |une |son |leur |notre |la |le |l['’])?(?:\w{2,16} ){0,2}?(?:chercheu\w{1,4}|prestataire|client|fournisseur|entreprise de sécurité|société de sécurité)"
    r"|\bappart(?:ient|iennent|enait|enaient) (?:en (?:fait|réalité) )?(?:à|au|aux) (?:un |une |son |leur |notre |la |le |l['’])?(?:\w{2,16} ){0,2}?(?:chercheu\w{1,4}|prestataire de sauvegarde|fournisseur de sauvegarde|entreprise de sécurité|société de sécurité|client)"
    r"|\bgehör(?:t|en|te|ten) (?:(?:in Wahrheit|tatsächlich|nur|alle|beide|jedoch) )?(?:einem|einer|dem|der|unserem|unserer|seinem|seiner|ihrem|ihrer) (?:\w{2,20} ){0,2}?(?:\w{0,14}[Ff]orscher\w{0,3}|Sicherheits(?:firma|unternehmen|dienstleister)|Backup-?\w{2,14}|Prüfer\w{0,2}|Kunden)\b"
    r"|\b(?:ist|war|sind|waren) (?:(?:in Wahrheit|tatsächlich|nur) )?(?:die|der|das) (?:Adresse |Server )?(?:eines|einer|unseres|unserer) (?:\w{2,20} ){0,2}?(?:\w{0,14}[Ff]orscher\w{0,3}|Sicherheits\w{4,16}|Kunden|Prüfers)\b"
    r"|\b(?:pertenec(?:e|en|ía|ían) (?:en realidad )?al?|(?:es|era|son|eran) (?:en realidad )?(?:la|las|el|los) de) (?:(?:un|una|su|el|la|nuestro|nuestra|unos) )?(?:\w{2,16} ){0,2}?(?:investigador\w{0,3}|proveedor de (?:copias|respaldo|seguridad)|empresa de seguridad|cliente)\b"
    r"|\bappart(?:iene|engono|eneva) (?:in realtà )?a(?:d|l|llo|lla)? (?:(?:un|una|uno|suo|nostro) )?(?:\w{2,16} ){0,2}?(?:ricercat\w{2,4}|cliente|società di sicurezza)\b"
    r"|\b(?:is|was|zijn|waren) (?:in (?:feite|werkelijkheid) )?(?:die )?van (?:een|onze|de) (?:\w{2,16} ){0,2}?(?:\w{0,12}onderzoekers?|klant|beveiligingsbedrijf)\b",
    re.IGNORECASE,
)
_OTHERWISE: Final = re.compile(
    r"\b(?:compromis\w+|hack(?:ed|ers?)|hijack\w*|infected|abus(?:ed|es|ing)|C2|C&C|command|attackers?|intruders?|bulletproof|criminals?|malware|phishing|stolen|breached|took over|taken over|misus\w+|gang|group|botnet|actors?|fake|impersonat\w*|"
    r"attaquants?|pirates?|compromise?e?s|Angreifer\w{0,2}|kompromittiert\w{0,2}|gehackt\w{0,2}|atacantes?|comprometid\w{1,2}|compromess\w|aanvallers?)\b",
    re.IGNORECASE,
)
"""Somebody honest owns it, but it serves somebody else."""
_OTHER_ACT: Final = re.compile(
    r"\b(?:is|are|was|were|beacon\w*|connect\w*|resolv\w*|sen[dt]s?|download\w*|serv(?:es|ed)|host(?:s|ed)|contact\w*|redirect\w*|point(?:s|ed)|drop\w*|fetch\w*|talk\w*|reach\w*)\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r"[”\"'’)\]]{0,2},? (?:which|that)\b")
_PICTURED: Final = re.compile(
    r"(?:^|[\n.;|(\[*] ?)(?:(?:cover|featured?|title|header|hero|lead) )?(?:image|photo|photograph|picture|screenshot|fig(?:ure|\.)(?: \d{1,2})?|illustration|graphic|chart|diagram|infographic|logo|video|bild|foto|grafik|abbildung(?: \d{1,2})?|titelbild|"
    r"imagen|figura|captura|immagine|afbeelding|illustratie|capture d['’]écran)(?: (?:credits?|source|by|courtesy|link|url|via))?(?: (?:of|de|von) [^:\n;]{1,40})? ?: ?[<(“\"]{0,2}\Z",
    re.IGNORECASE,
)
"""The label of a picture right in front of its address."""
_HIDDEN: Final = re.compile(
    r"\b(?:steganograph\w*|payloads?|hid(?:es|den|ing)|dropp?\w*|loaders?|decod\w*|malware|malicious|shellcode|embed\w*|execut\w*|lure|phish\w*|C2)\b",
    re.IGNORECASE,
)
"""Pictures that are more than pictures."""
_BACK: Final = 90
_NOT_CUES: Final = (" not ", "never", "n't", "n’t")
_OWNED_CUES: Final = ("elong", "that of", "those of", "s of ", "r of ", "t of ", "n of ", "e of ", "d by", "n by", "researcher", "tester", "auditor", "honeypot", "celle", "celui", "ceux", "appart",
                      "gehör", " ein", " unse", "pertenec", " la de", " las de", " el de", " los de", " van ")  # fmt: skip
"""Pieces of words of which each form has one: most sentences have none and are done."""


def cleared(page: Page, start: int, end: int) -> bool:
    """Whether the clause of the value at [start, end) says that it is honest people's, or that nothing of its list is hostile."""
    first, last = page.sentence(start)
    size = page.text.find(";", end, last)
    after = page.text[end : min(end + 300, size if size >= 0 else last)]
    if after.count(" ") < 2:
        return False  # an entry of a list
    if _none_hostile(page.text[max(first, start - 260) : start], after):
        return True
    for pattern, cues in ((_IS_NOT, _NOT_CUES), (_OWNED, _OWNED_CUES)):
        said = pattern.search(after) if any(each in after for each in cues) else None
        if said is None:
            continue
        relative = _RELATIVE.match(after)
        between = after[relative.end() if relative else 0 : said.start()]
        if _OTHER_ACT.search(between):
            continue
        if pattern is _IS_NOT or not _OTHERWISE.search(clause(page, start, end)):
            return True
    return False


def _none_hostile(before: str, after: str) -> bool:
    """Whether a value stands in a list of which nothing is hostile: "none of the addresses, A and B, is malicious"."""
    low = before.lower()
    if not any(
        each in low for each in ("none", "neither", "not ", "no ", "aucun", "kein", "nicht ein", "ningun")
    ):
        return False
    none = _NONE_OF.search(before)
    if none is None or ";" in before[none.start() :] or _FINITE.search(before, none.end()):
        return False
    verdict = _NOT_HOSTILE.search(after)
    return verdict is not None and not _FINITE.search(after[: verdict.start()])


def pictured(page: Page, start: int, end: int) -> bool:
    """Whether an address is given as that of a picture of the text, not of one that carries something."""
    begin = page.line(start)[0]
    if _PICTURED.search(page.text, max(begin, start - _BACK), start) is None:
        return False
    return _HIDDEN.search(clause(page, start, end)) is None


_LOOKED_UP: Final = re.compile(
    r"\b(?:can|could|may|might) (?:also )?be (?:confirmed|verified|checked|looked up|queried)(?: \w{2,12})? (?:at|on|via|using|with|through|in)(?: the)?(?: [\w-]{1,20}){0,3} ?[“\"'(<]{0,2}\Z",
    re.IGNORECASE,
)
_IS_HONEST: Final = re.compile(
    r"[\])”\"'’`>]{0,3}(?:,? (?:(?:which|that) )?(?:is|are|was|were)|,| \((?:which is)?) ?(?:(?:actually|itself|really|also|an?|the) ){0,3}(?:legitimate|legit|benign|genuine|official) (?P<what>(?:[\w'’-]{1,20} ){0,4}?"
    r"(?:web ?sites?|sites?|web ?pages?|pages?|domains?|portals?|services?|servers?|hosts?|URLs?|address(?:es)?))\b(?P<rest>[^.;\n]{0,80})",
    re.IGNORECASE,
)
_NOT_HONEST: Final = re.compile(
    r"\b(?:compromised|hacked|hijacked|infected|abus\w{1,4}|misus\w{1,4}|host(?:s|ed|ing)|serv(?:es|ed|ing)|spoof\w*|imitat\w+|impersonat\w+|mimic\w*|look\w*|fake|clon\w+|leverag\w+|used (?:by|to|for|as))\b",
    re.IGNORECASE,
)
_SHOWN: Final = re.compile(
    r"\b(?:for (?:the )?(?:demonstration|illustration)(?: purposes?)?|(?:infrastructure|domains?|servers?|hosts?|set-?up|environment|address(?:es)?) (?:that |which )?(?:we|I) (?:used|set up|registered|created|own|built)(?: \w{1,12})? for (?:testing|research|the test|this test))\b",
    re.IGNORECASE,
)
_NEW_BLOCK: Final = re.compile(r"[.!?]\s|[^:\n]\n\s{0,3}\n")
_EXAMPLE_HOST: Final = re.compile(
    r"(?:[\w-]{1,40}\.){0,3}(?:(?:your|my|some|any|the|evil|attackers?|victim|malicious|target|fake|legit)?[_-]?(?:domain|site|website|company|hostname|url)[_-]?(?:name|here)?|(?:your|my|evil|attackers?|victim|malicious|target)[_-]?(?:server|host)|"
    r"attackers?|evil|whatever|foo|foobar|placeholder)\.(?:com|net|org|xyz|tld|local|io|ru|co|site)\Z",
    re.IGNORECASE,
)
_TARGETED: Final = re.compile(r"\bset_url[ \t]{1,4}\Z")
"""How the configuration of a banking trojan names the pages of banks that it waits for."""


def honest_host(page: Page, start: int, end: int, path: bool) -> str:
    """Why an address is an honest one although it is written as if it were not: said behind it, looked up there, shown by the author.

    `path`: it has a path, by which something bad may lie on an honest service.
    """
    text = page.text
    if _TARGETED.search(text, max(0, start - 20), start):
        return "target"
    if path and _LOOKED_UP.search(text, max(0, start - 120), start):
        return "look-up"
    said = _IS_HONEST.match(text, end, end + 260)
    if said and not _NOT_HONEST.search(said[0]) and not (path and "service" in said["what"]):
        return "wording"
    shown = _SHOWN.search(text, max(0, start - 300), start)
    if shown is None or _NEW_BLOCK.search(text, shown.end(), start):
        return ""
    return "demonstration"


def example_host(host: str) -> bool:
    """Whether a host is one that people write when they need any: yourdomain.com, attacker.com."""
    return _EXAMPLE_HOST.match(host) is not None


def example_address(value: str) -> bool:
    """Whether an IPv4 address is one that people write when they need any: 1.2.3.4, 5.6.7.8, 9.9.9.9, 12.34.56.78."""
    parts = value.split(".")
    if len(parts) != 4 or not all(each.isascii() and each.isdigit() for each in parts):
        return False
    first, second, third, fourth = map(int, parts)
    steps = {second - first, third - second, fourth - third}
    if steps == {0}:
        return first < 10
    return steps in ({1}, {-1}, {11}) or value in ("12.34.56.78", "123.45.67.89", "98.76.54.32")
