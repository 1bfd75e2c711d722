# SPDX-License-Identifier: Apache-2.0
"""Whether the words around a name that is also a word say that the gang or the malware of that name is meant.

"The leak site of Play", "Play was the group that broke in", "CVE-2026-1111 is exploited to spread Mirai". A single word
of the trade right beside is `names`' question.
"""

from __future__ import annotations

import re
from typing import Final

_SITE: Final = r"(?:(?:data[ -]?)?leaks?|extortion|shaming|name-and-shame|Tor|dark[ -]?web|onion|negotiation)[ -](?:site|blog|page|portal|website)s?"
_OF_THEIRS: Final = re.compile(
    rf"\b(?:{_SITE}|(?:ransom )?(?:note|demand|message)s?(?: (?:was|were|is|had been|bore|bears|carried))?(?: (?:signed|left|the signature|the name|that))?|victims?|affiliates?|Leak-?[Ss]eiten?|sites? (?:de fuites?|d['’]extorsion)|sitio de (?:filtraciones|extorsión)|sito di leak) (?:of|from|by|in the name of|(?:run|operated|owned|kept|signed) by|belonging to|von|de|di) (?:the )?$",
    re.IGNORECASE,
)
_THEIRS: Final = re.compile(
    rf"['’]s? (?:own )?(?:{_SITE}|ransom (?:note|demand)s?|(?:file-)?encrypt(?:or|er)|affiliates?|operators?)\b|"
    rf" (?:has |have |had |also |then |later |now ){{0,2}}(?:list|post|publish|nam|add|leak|claim)\w{{1,4}}\b[^.;!?\n]{{0,60}} (?:on|to) its (?:{_SITE})\b",
    re.IGNORECASE,
)
_TRADE: Final = r"(?:groups?|gangs?|crews?|cartel|collective|hackers|threat actors?|ransomware|malware|botnet|worm|trojan|Gruppe|Bande|Erpresserbande|Ransomware|groupe|gang|rançongiciel|grupo|banda|gruppo)"
_DEED: Final = (
    r"(?:br(?:oke|oken|eak|eaks) in\w{0,2}|hack\w{1,4}|attack\w{0,3}|encrypt\w{1,3}|breach\w{1,3}|extort\w{0,3}|st(?:ole|olen|eals?)|hit\b|struck|behind|at work|responsible|locked|blackmail\w{0,3}|compromis\w{1,3}|claim\w{0,3}|robb\w{1,3}|"
    r"hinter|eingebrochen|angegriffen|verschlüsselt\w{0,2}|erpresst\w{0,2}|pirat\w{1,3}|attaqu\w{1,3}|chiffr\w{1,3}|derrière|atac\w{1,4}|cifr\w{1,3}|detrás|robó|hackeó)"
)
_IS_ONE: Final = re.compile(
    # Who it was: "… was the group that broke into".
    rf",? (?:is|was|remains|ist|war|est|était|es|fue|era) (?:believed to be |said to be |now |probably |wohl )?(?:the|a|an|one of the|die|eine|le|la|un|une|el|una|il) (?:[\w'’-]{{2,20}} ){{0,3}}?{_TRADE},? (?:that|which|who|said|responsible|behind|die|der|hinter|qui|derrière|que|detrás|accused|blamed)?[^.;!?\n]{{0,50}}?\b{_DEED}",
    re.IGNORECASE,
)
_ONE_IS: Final = re.compile(
    rf"\b{_TRADE} (?:[\w'’-]{{1,20}} ){{0,8}}?(?:{_DEED}) (?:[\w'’-]{{1,20}} ){{0,6}}(?:is|was|calls itself|ist|war|heißt|nennt sich|est|était|se nomme|es|fue|era|se llama) $",
    re.IGNORECASE,
)
"""The same the other way round: "the group behind the attack was …"."""
_HARM: Final = r"(?:cyber-?)?(?:attacks?|breach(?:es)?|hacks?|hacking|thefts?|intrusions?|leaks?|incidents?|campaigns?|extortion|Angriffe?|attaques?|ataques?)"
_BLAMED: Final = re.compile(
    rf",? (?:to be |is |was |were |stands? |stood |steckt |est |está |estaba )?(?:behind|responsible for|to blame for|hinter|derrière|detrás de|tras) (?:(?!and\b|but\b)[\w'’-]{{1,20}} ){{0,4}}?{_HARM}\b",
    re.IGNORECASE,
)
_BLAMES: Final = re.compile(r"\b(?:blam(?:e|es|ed|ing)|accus(?:e|es|ed|ing)) $", re.IGNORECASE)
_CALLED: Final = re.compile(
    r"\b(?:ransomware|malware|botnet|gang|ransomware group|hacking group) (?:known as|called|named|dubbed) [“\"‘']?$",
    re.IGNORECASE,
)
_ACTS: Final = re.compile(
    r" (?:has |have |had |also |then |later ){0,2}br(?:oke|eaks|oken) into (?:[\w'’-]{1,20} ){0,3}?(?:servers?|networks?|systems?|computers?)\b",
    re.IGNORECASE,
)
_CARRIED: Final = re.compile(
    r"\b(?:NSO(?: Group)?|Intellexa|Cytrox|Paragon|QuaDream|Memento Labs)['’]s $|\binfected with $|\b(?:variants?|strains?|offshoots?|derivatives?|descendants?) of (?:the )?$",
    re.IGNORECASE,
)
_FLAW: Final = r"(?:CVE-\d{4}-\d{4,}|(?:the |a |an |two |three |several |these |this )?(?:[\w-]{2,20} ){0,3}(?:flaws?|vulnerabilit(?:y|ies)|zero-days?|bugs?|holes?))"
_DOES: Final = re.compile(
    # A flaw is used by somebody: "… used CVE-2021-26855 to read the mail".
    rf" (?:has |have |had |is |was |also |first |then |later |been ){{0,3}}(?:us(?:es|ed|ing)|exploit\w{{1,3}}|abus\w{{1,3}}|chain\w{{1,3}}|leverag\w{{1,3}}|attack\w{{1,3}}|nutzte|nutzt|a exploité|exploite|utilise|a utilisé|explotó|explota|usó|aprovechó) {_FLAW}",
    re.IGNORECASE,
)
_DONE_BY: Final = re.compile(
    rf"\b{_FLAW}[^.;!?\n]{{0,60}} (?:exploited|used|abused|chained|attacked|ausgenutzt|exploitée?s?|explotad[ao]s?) (?:in attacks )?(?:by|von|par|por) $",
    re.IGNORECASE,
)
_SPREAD: Final = re.compile(
    # What attackers install through a flaw: "exploited to spread …".
    r"\b(?:(?:flaw|hole|vulnerability|bug|zero-day)s? (?:is|are|was|were|being|been) (?:being )?used|exploit\w{0,4}|abus\w{1,3}|attackers?|hackers?|criminals|gang|campaign|botnet|compromised|hijack\w{1,3}|infect\w{0,3}|ausgenutzt|Angreifer|Täter|exploitée?s?|pirates|attaquants|explotad\w|atacantes)\b[^.;!?\n]{0,80}"
    r"\b(?:spread(?:s|ing)?|deploy(?:s|ed|ing)?|deliver(?:s|ed|ing)?|distribut(?:e|es|ed|ing)|drop(?:s|ped|ping)?|install(?:s|ed|ing)?|push(?:es|ed|ing)?|load(?:s|ed|ing)?|plant(?:s|ed|ing)?|infect(?:s|ed|ing)? [^.;,!?\n]{2,40} with|verbreiten|installieren|répandre|diffuser|installer|propager|propagar|instalar|difundir|distribuir) (?:the |a variant of |a version of |variants of |copies of |versions of )?$"
    r"|\b(?:Angreifer|Täter|ausgenutzt|missbraucht|nutzen)\b[^.;!?\n]{0,80}\bum $",
    re.IGNORECASE,
)
_SPREAD_AFTER: Final = re.compile(
    r"(?: (?:to|in|into|via|over|zu|and|und|et|y|on|onto|auf|sur|en)\b|[,.;:!?)]|\Z)", re.IGNORECASE
)
_REACH: Final = 170


def is_meant(text: str, start: int, end: int, first: int, last: int, actor: bool, doubtful: bool) -> bool:
    """Whether the sentence text[first:last] says that the name at text[start:end] is a gang's (`actor`) or a malware's.

    `doubtful`: a word or a person's or place's name, too; otherwise it is only written in another case.
    """
    before = text[max(first, start - _REACH) : start]
    if _OF_THEIRS.search(before) or _THEIRS.match(text, end, last):
        return True
    if _IS_ONE.match(text, end, last) or _ONE_IS.search(before):
        return True
    if _CALLED.search(before):
        return True
    if actor:
        # "Beijing exploits …" and "Trump is behind …" speak of no gang.
        return not doubtful and (
            any(each.match(text, end, last) is not None for each in (_DOES, _BLAMED, _ACTS))
            or any(each.search(before) is not None for each in (_DONE_BY, _BLAMES))
        )
    if _CARRIED.search(before) is not None:
        return True
    return _SPREAD.search(before) is not None and _SPREAD_AFTER.match(text, end) is not None
