# SPDX-License-Identifier: Apache-2.0
"""Money that somebody extorts, by the grammar of a sentence: a verb of demanding or paying, a sum, and a word of extortion.

English, German, French, Spanish and Italian; sums in figures and in words. Runs after `claims` and adds only sums that
it did not find. Fines, lawsuits, insurance and rewards are no ransoms, nor is what is denied, possible or usual.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim, Modality
from scc.read.claims import publisher_holder
from scc.read.page import Notes, Page
from scc.read.scope import denied, fictional, ordered
from scc.read.sought import Sought

_FIGURE: Final = r"\d{1,3}(?:[.,\u00a0\u202f ’']\d{3}){1,4}|\d{1,9}(?:[.,]\d{1,3})?"
_WORD: Final = (
    r"half a|several|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|twenty-five|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred|one hundred|two hundred|three hundred|five hundred|a|"
    r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|zwanzig|dreißig|vierzig|fünfzig|hundert|eine|einer|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|quarante|cinquante|cent|"
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta|cuarenta|cincuenta|cien|due|tre|quattro|cinque|dieci|venti"
)
_SCALE: Final = r"million|billion|thousand|hundred|mn|m|k|Mio\.?|Mrd\.?|Millionen|Million|Tausend|tausend|millions|milliers|mille|millones|millón|mil|milioni|milione|mila"
_UNIT: Final = (
    r"bitcoins?|BTC|Bitcoins?|Monero|monero|XMR|ether(?:eum)?|US[ -]?[Dd]ollars?|dollars?|Dollars?|euros?|Euros?|pounds?|francs?|Franken|dólares|pesos|kronor|crowns|yen|zloty|"
    r"dollari|€|\$|£"
)
MONEY: Final = re.compile(
    rf"(?P<ahead>(?:US)?[$€£] ?(?:{_FIGURE})(?: ?(?:{_SCALE})\b)?)"
    rf"|(?<![\w$€£.,])(?P<after>(?:{_FIGURE}|\b(?:{_WORD}))(?:[ -](?:{_SCALE}))?(?: (?:de|d['’]|of|in|di))?(?: |(?<=['’])|(?=[€$£]))(?:{_UNIT})(?!\w))"
)
_DEMANDS: Final = re.compile(
    r"\b(?:demand(?:s|ed|ing)?|ask(?:s|ed|ing)?(?: [\w'’-]{1,20}){0,4} for|want(?:s|ed|ing)?|sought|seeking|insist(?:s|ed|ing)? on|extort(?:s|ed|ing)?|"
    r"(?:ver)?forder(?:n|t|te|ten)|gefordert|verlang(?:en|t|te|ten)|erpress(?:en|t|te|ten)|réclam(?:e|ent|ée?s?|ait|aient|èrent|ant)|geforderte[nrs]?|exig(?:e|ent|ée?s?|eait|eant|ió|ieron|en|ían?|id[oa]s?)|demand(?:é|ent|aient|ait)|"
    r"pid(?:ió|ieron|en|e)|reclam(?:ó|aron|an|aban?|a)|pedían?|price (?:of|for) (?:the|a|its|their) (?:key|decryptor|silence)|chie(?:sto|dono|de|sero)|preteso)(?!\w)",
    re.IGNORECASE,
)
_PAYS: Final = re.compile(
    r"\b(?:paid|payments? of|paying|pays|handed over|transferred|wired|parted with|zahl(?:te|ten)|bezahl(?:te|ten|t)|gezahlt|überwies(?:en)?|payé|versé|pag(?:ó|aron|ado|ato)|abonó)(?!\w)",
    re.IGNORECASE,
)
_WHO: Final = (
    r"gang|attackers?|hackers?|criminals?|extortionists?|blackmailers?|intruders?|extorters?|crew|cybercriminals?|thieves|Erpresser\w*|Täter\w*|Angreifer\w*|Hacker\w*|Kriminelle\w*|Bande|"
    r"pirates?|malfaiteurs|cybercriminels|attaquants?|rançonneurs|atacantes|ciberdelincuentes|delincuentes|criminales|extorsionadores|hackeri|criminali"
)
_EXTORTION: Final = Sought(
    rf"\b(?:ransom\w*|extort\w*|blackmail\w*|decrypt\w*|encrypt(?:s|ed|ing)|unlock\w*|locked|scrambled|Lösegeld\w*|verschlüssel\w*|entschlüssel\w*|rançon\w*|chiffr[éeè]\w*|déchiffr\w*|rescate|cifr(?:ó|ar|aron|ado|ados)|descifr\w*|"
    rf"riscatto|cifrat\w+|leak site|stolen (?:files|data|documents|records)|erbeutete\w*|(?:{_WHO}))(?!\w)",
    re.IGNORECASE,
    at="ransom extort blackmail decrypt encrypt unlock locked scrambled lösegeld verschlüssel entschlüssel rançon chiffr déchiffr rescate cifr descifr riscatto leak stolen erbeutete gang attack hacker criminal intruder crew cybercrimin thieves erpresser täter angreifer kriminelle bande pirate malfaiteurs attaquant atacantes ciberdelincuentes delincuentes extorsionadores",
)
_FOR_KEY: Final = re.compile(
    rf"\bransom\b|\bto (?:the|its|their|a) (?:\w{{1,16}} ){{0,2}}(?:{_WHO})\b|\bfor (?:the|a|its|their) (?:\w{{1,16}} )?(?:decryption|key|keys|decrypt[eo]r|deletion|silence|return)\b"
    rf"|\bLösegeld\w*|\bden (?:{_WHO})\b|\brançon\b|\baux (?:{_WHO})\b|\brescate\b|\ba los (?:{_WHO})\b|\briscatto\b|\bai (?:{_WHO})\b",
    re.IGNORECASE,
)
_OTHER_MONEY: Final = re.compile(
    r"\b(?:fin(?:e|es|ed)\b|penalt(?:y|ies)|damages|lawsuits?|su(?:es|ed|ing)\b|settle[ds]?\b|settlement|class action|insur(?:er|ers|ance)|premiums?|investors?|funding|budget|grants?|rewards?|bount(?:y|ies)|"
    r"compensation|court|judge|prosecutors?|plaintiffs?|tax|subsid(?:y|ies)|on average|typically|usually|often|Bußgeld|Klage|Versicherung|amende|assurance|multa|indemnización|seguro)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|never|no|nobody|nothing|neither|without|denie[sd]|could|may|might|would|will|should|if|whether|suppose|imagine|kein\w*|nicht|nie|niemand|aucun\w*|jamais|pas|ningún|ninguna|nunca|nadie|nessun\w*)\b[^.,;:!?\n]{0,60}$|n[’']t\b[^.,;:!?\n]{0,60}$",
    re.IGNORECASE,
)
_UNREAL: Final = re.compile(
    r"\b(?:exercise|tabletop|drill|scenario|template|simulat\w+|fictional|fictitious|imaginary|rumou?r\w*|invented|made[ -]up|untrue|is false|are false|was false|falso|faux|erfunden|novel|thriller|film)\b",
    re.IGNORECASE,
)
_MONEYED: Final = (
    "bitcoin", "btc", "monero", "xmr", "ether", "dollar", "euro", "pound", "franc", "franken", "dólar", "peso", "kronor",
    "crown", "yen", "zloty", "€", "$", "£",
)  # fmt: skip
"""Of these, in lower case, every sum has one; looked for first, because that is cheap."""
_NEAR: Final = 110
"""Characters between the verb and the sum."""


def note_ransoms(page: Page, notes: Notes) -> None:
    """Note each sum that a sentence says was demanded or paid, at most four."""
    if not any(each in page.low for each in _MONEYED):
        return
    meant = dict.fromkeys(page.sentence_number(each.start()) for each in page.find(_EXTORTION))
    if not meant:
        return
    known = {
        each.fact.value
        for each in notes.of(Claim)
        if isinstance(each.fact, Claim) and each.fact.question == "ransom"
    }
    holder = publisher_holder(page.document)
    modality: Modality = "asserted" if holder in ("authority", "cert", "victim", "research") else "reported"
    for number in meant:
        start, end = page.sentences[number]
        if len(known) >= 4 or end - start > 1000:
            continue
        sentence = page.text[start:end]
        if _OTHER_MONEY.search(sentence) or _UNREAL.search(sentence):
            continue
        money = _extorted(page, sentence, start)
        if not money or any(money in each or each in money for each in known):
            continue
        known.add(money)
        notes(Claim("ransom", money, modality, holder), start, end, "stated", 0.75, "grammar:ransom")


def _extorted(page: Page, sentence: str, start: int) -> str:
    """The sum that the sentence says was demanded or paid, "" when there is none."""
    verbs = [(each, True) for each in _DEMANDS.finditer(sentence)]
    if _FOR_KEY.search(sentence):
        verbs += [(each, False) for each in _PAYS.finditer(sentence)]
    for verb, _ in verbs:
        at = start + verb.start()
        if _NOT.search(sentence[max(0, verb.start() - 70) : verb.start()]) or denied(page, at):
            continue
        if ordered(page, at) or fictional(page, at) or page.section(at) == "reference":
            continue
        for money in MONEY.finditer(sentence, max(0, verb.start() - 40), verb.end() + _NEAR):
            if money.start() > verb.end() or money.end() < verb.start():
                return " ".join(money[0].split())
    return ""
