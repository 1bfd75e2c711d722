# SPDX-License-Identifier: Apache-2.0
"""Money that somebody extorts, by the grammar of a sentence: a verb of demanding or paying, a sum, and a word of extortion.

English, German, French, Spanish and Italian; sums in figures and in words. Where no sum is named, what was done stands for
it: "paid", "not paid" or "demanded". Runs after `claims` and adds only what that did not find. Fines, lawsuits, insurance and rewards are no ransoms, nor is what is denied, possible or usual.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Actor, Claim, Malware
from scc.read.claims.extortions import CRIMINAL_ASKS, FORMS, PAYEE, SIGNS, SIGNS_BEGIN
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.scope import denied, fictional, ordered
from scc.read.sought import Sought, found_from

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
    r"pid(?:ió|ieron|en|e)|reclam(?:ó|aron|an|aban?|a)|pedían?|price (?:of|for) (?:(?:the|a|its|their) )?(?:key|decryptor|silence)|chie(?:sto|dono|de|sero)|preteso)(?!\w)",
    re.IGNORECASE,
)
_PAYS: Final = re.compile(
    r"\b(?:paid|sent|sends?|sending|wiring|transferring|handing over|giving|got|received|collected|pocketed|took|cost|forwarded|coughed up|shelled out|forked out|payments? of|paying|pays|handed over|transferred|wired|parted with|zahl(?:te|ten)|bezahl(?:te|ten|t)|gezahlt|überwies(?:en)?|payé|versé|pag(?:ó|aron|ado|ato)|abonó)(?!\w)",
    re.IGNORECASE,
)
_WHO: Final = (
    r"gang|attackers?|hackers?|criminals?|extortionists?|blackmailers?|intruders?|extorters?|crew|cybercriminals?|thieves|Erpresser\w*|Täter\w*|Angreifer\w*|Hacker\w*|Kriminelle\w*|Bande|"
    r"pirates?|malfaiteurs|cybercriminels|attaquants?|rançonneurs|atacantes|ciberdelincuentes|delincuentes|criminales|extorsionadores|hackeri|criminali"
)
_EXTORTION: Final = Sought(
    rf"\b(?:ransom\w*|extort\w*|blackmail\w*|decrypt\w*|encrypt(?:s|ed|ing)|unlock\w*|locked|scrambled|Lösegeld\w*|verschlüssel\w*|entschlüssel\w*|rançon\w*|chiffr[éeè]\w*|déchiffr\w*|rescate|cifr(?:ó|ar|aron|ado|ados)|descifr\w*|"
    rf"riscatto|cifrat\w+|leak site|haggl\w+|ultimatum|(?:gave|caved) in|stolen (?:files|data|documents|records)|erbeutete\w*|(?:{_WHO}))(?!\w)",
    re.IGNORECASE,
    at="ransom extort blackmail decrypt encrypt unlock locked scrambled lösegeld verschlüssel entschlüssel rançon chiffr déchiffr rescate cifr descifr riscatto leak haggl ultimatum gave caved stolen erbeutete gang attack hacker criminal intruder crew cybercrimin thieves erpresser täter angreifer kriminelle bande pirate malfaiteurs attaquant atacantes ciberdelincuentes delincuentes extorsionadores",
)
_FOR_KEY: Final = re.compile(
    rf"\bransom\b|\bto (?:the|its|their|a) (?:\w{{1,16}} ){{0,2}}(?:{_WHO})\b|\b(?:the|a) (?:decryption )?(?:key|keys|decrypt[eo]r) (?:then |duly |soon |promptly )?(?:arrived|came|followed|worked|was (?:sent|delivered|handed))\b|\b(?:get|getting|have|had|win|buy) (?:its|their|the|his|her|all) (?:[\w-]{{1,16}} ){{0,4}}back\b|\b(?:gave|given|caved) in\b|\b(?:paid|paying|sent|sending|gave|giving|wired|wiring|handed|handing|transferred) (?:the |its |their |a )?(?:\w{{2,16}} )?(?:{_WHO})\b(?!['’])|\bfor (?:the|a|its|their) (?:\w{{1,16}} )?(?:decryption|key|keys|decrypt[eo]r|deletion|silence|return)\b"
    rf"|\bLösegeld\w*|\bden (?:{_WHO})\b|\brançon\b|\baux (?:{_WHO})\b|\brescate\b|\ba los (?:{_WHO})\b|\briscatto\b|\bai (?:{_WHO})\b",
    re.IGNORECASE,
)
_TELLERS: Final = re.compile(
    r"\b(?:court|judge|prosecutors?|insurers?|insurance|jury|trial)\b", re.IGNORECASE
)
"""Who may impose or pay money, or may only tell of it."""
_OTHER_MONEY: Final = re.compile(
    r"\b(?:fin(?:e|es|ed)\b|penalt(?:y|ies)|damages|lawsuits?|su(?:es|ed|ing)\b|settle[ds]?\b|settlement|class action|premiums?|investors?|funding|budget|grants?|rewards?|bount(?:y|ies)|"
    r"compensation|wages|salar(?:y|ies)|pay rise|plaintiffs?|tax|subsid(?:y|ies)|on average|typically|usually|often|Bußgeld|Klage|Versicherung|amende|assurance|multa|indemnización|seguro)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|never|no|nobody|nothing|neither|without(?= \w{0,12}[.,;:!?\n ]{0,2}\w{0,8} ?$)|denie[sd]|could|may|might|would|will|should|if|whether|suppose|imagine|kein\w*|nicht|nie|niemand|aucun\w*|jamais|pas|ningún|ninguna|nunca|nadie|nessun\w*)\b[^.,;:!?\n]{0,60}$|n[’']t\b[^.,;:!?\n]{0,60}$",
    re.IGNORECASE,
)
_UNSUMMED: Final = (
    (
        "not paid",
        re.compile(
            r"\bransom\b[^.;!?\n]{0,90}?\b(?:declined|refused|refuses|declines) to pay\b|\b(?:declined|refused|refuses|declines) to (?:pay|meet|give in to)\b[^.;!?\n]{0,40}?\bransom\b|\b(?:(?:did not|didn[’']t|has not) pa(?:y|id)|never paid) (?:the|a|any) ransom\b|\bransom (?:was|has been|had been) (?:not|never) paid\b|"
            r"\bweiger\w{2,4} sich\b[^.;!?\n]{0,30}\bLösegeld\b[^.;!?\n]{0,12}\bzu (?:be)?zahlen\b|\b(?:kein|das) Lösegeld\b[^.;!?\n]{0,30}?\b(?:nicht gezahlt|gezahlt habe|gezahlt worden)\b|\bLösegeld\w*\b[^.;!?\n]{0,40}?\bnicht (?:gezahlt|bezahlt|nachgekommen)\b|\b(?:refusé|refuse) de (?:payer|verser) (?:la|une|toute) rançon\b|\bn['’]a pas (?:payé|versé) (?:la|de) rançon\b|"
            r"\b(?:se negó|se ha negado|negó) a pagar (?:el|un|ningún) rescate\b|\bno (?:pagó|ha pagado|pagaron) (?:el|ningún) rescate\b",
            re.IGNORECASE,
        ),
    ),
    (
        "paid",
        re.compile(
            r"\b(?:paid|admit\w{0,3} paying|confirm\w{0,3} paying) (?:a|the|their|its|that) (?:[\w-]{2,16} ){0,2}ransom\b(?! note| demand| letter)|\bransom (?:was|has been|had been) paid\b|\b(?:zahlte|zahlten|bezahlte|bezahlten|hat|haben|habe) (?:ein |das |schließlich )?Lösegeld(?! nicht| ge[fs])(?= gezahlt| bezahlt|[ .,;]|$)|"
            r"\bLösegeld (?:wurde|worden) (?:be|ge)zahlt\b|\b(?:a|ont) (?:payé|versé) (?:la|une) rançon\b|\brançon (?:a été|fut) (?:payée|versée)\b|\b(?:pagó|pagaron|ha pagado|han pagado) (?:el|un) rescate\b|\brescate fue pagado\b",
            re.IGNORECASE,
        ),
    ),
    (
        "demanded",
        re.compile(
            r"\b(?:receiv(?:ed|ing)|got|sent|left|issued|made|acknowledg\w{1,3}|found|followed by) (?:a|the|an?other|several|their|its|\w{3,14}['’]s) (?:[\w-]{2,16} ){0,2}ransom (?:demand|note|letter)s?\b|\bransom (?:is|was|has been|had been|is being) (?:demanded|asked for|sought)\b|\b(?:demanded|demands|demanding|asked for|is demanding) (?:a |the )?(?:[\w-]{2,16} )?ransom\b(?! note)|"
            r"\bLösegeld\b[^.;,!?\n]{0,30}?\b(?:gefordert|verlangt|erpresst)\b|\b(?:fordert|fordern|forderte|forderten|verlangt|verlangte|verlangen|verlangten)(?: [\wäöüß-]{2,20}){0,4}? Lösegeld\b|\bLösegeldforderung (?:erhalten|eingegangen|hinterlassen|vor(?:liegt)?)\b|\berhielt\w{0,2} (?:eine|die) Lösegeldforderung\b|"
            r"\b(?:réclam|demand|exig)(?:e|ent|é|ée|ait|aient) (?:une|la) rançon\b|\brançon (?:est|a été|était) (?:réclamée|demandée|exigée)\b|\breçu une demande de rançon\b|"
            r"\b(?:exig|pid|reclam)(?:e|en|a|an|ió|ieron|ó|aron|ía|ían) (?:un|el) rescate\b|\brecibió una (?:petición|exigencia|demanda) de rescate\b",
            re.IGNORECASE,
        ),
    ),
)
"""What was done about a ransom whose sum a sentence does not name, the surest first."""
_RANSOM: Final = ("ransom", "lösegeld", "rançon", "rescate")
_RANSOM_WORD: Final = re.compile("|".join(_RANSOM))
_HEARSAY: Final = re.compile(
    r"\b(?:victims|many|most|some|companies|firms|businesses|that|which|organi[sz]ations|they|who|usually|often|typically|generally|to)(?: (?:\w{2,12}ly|then|also|have|who))?[ ]$",
    re.IGNORECASE,
)
"""Who does it in general: "victims paid the ransom" names no case."""
_NOT_TRUE: Final = re.compile(
    r"\b(?:inventions?|fabricat\w+|nonsense|hoax(?:es)?|pranks?|jok(?:e|es|ed|ing)|kidnap\w*|abduct\w*|hostages?|not true|fictions?|a lie|lies|baseless|unfounded|no truth|unconfirmed|den(?:y|ies|ied)|disput\w+|rumou?rs?|refut\w+|"
    r"(?:is|are|was|were) (?:wrong|mistaken|incorrect)|Unsinn|falsch|bestreite\w*|dementier\w*|démen\w+|faux|desmient\w*|desmint\w*|mentira|if|whether|ob|si)\b",
    re.IGNORECASE,
)
_IN_GENERAL: Final = re.compile(
    r"(?:demands?|demanding|asks?|receiving|asked for) (?:a |the )?(?:[\w-]{2,16} )?ransom\b|exige |pide |réclament |exigent ",
    re.IGNORECASE,
)
"""What such a gang always does, in the present tense."""
_NO_RANSOM: Final = re.compile(
    r"\b(?:no|without an?y?|any|neither|nor|never|kein\w{0,2}|aucune|sans|sin|ningún|ninguna)\b[^.,;:!?\n]{0,40}$",
    re.IGNORECASE,
)
_NEITHER: Final = re.compile(
    r"\b(?:weder|noch|nicht|kein\w{0,2}|neither|nor|not|never|ni|pas|aucune?|jamais|nunca|ningún|ninguna|no)\b",
    re.IGNORECASE,
)
"""Inside what tells that something was demanded or paid: it was not."""
_MAYBE: Final = re.compile(
    r"\b(?:could|may|might|would|will|can|should|könnten?|würden?|pourrai\w+|podría\w?)\b", re.IGNORECASE
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
_NAMES_MOST: Final = 40
_NEAR: Final = 110
"""Characters between the verb and the sum."""


def _other_money(sentence: str) -> bool:
    """Whether a sentence is on money that nobody extorts."""
    return _OTHER_MONEY.search(sentence) is not None or (
        _TELLERS.search(sentence) is not None
        and CRIMINAL_ASKS.search(sentence) is None
        and PAYEE.search(sentence) is None
    )


def note_ransoms(page: Page, notes: Notes) -> None:
    """Note each sum that a sentence says was demanded or paid, at most four, else what was done about a ransom."""
    _note_sums(page, notes)
    if any(each in page.low for each in _RANSOM):
        _note_unsummed(page, notes, _RANSOM_WORD, _RANSOM, _UNSUMMED)
    _note_unsummed(page, notes, SIGNS, SIGNS_BEGIN, FORMS)


def _note_sums(page: Page, notes: Notes) -> None:
    if not any(map(page.low.__contains__, _MONEYED)):
        return
    gangs = gang_names(notes)
    meant = dict.fromkeys(page.sentence_number(each.start()) for each in page.find(_EXTORTION))
    if gangs is not None:
        meant |= dict.fromkeys(page.sentence_number(each.start()) for each in gangs.finditer(page.text))
    meant.pop(-1, None)
    if not meant:
        return
    known = {claim.value for _, claim in notes.claims("ransom")}
    holder = publisher_holder(page.document)
    modality = first_hand("ransom", holder)
    for number in meant:
        start, end = page.sentences[number]
        if len(known) >= 4 or end - start > 1000:
            continue
        if not any(page.low.find(each, start, end) >= 0 for each in _MONEYED):
            continue
        sentence = _masked(page.text[start:end], gangs)
        if _other_money(sentence) or _UNREAL.search(sentence):
            continue
        money = _extorted(page, sentence, start, gangs)
        if not money or any(money in each or each in money for each in known):
            continue
        known.add(money)
        notes(Claim("ransom", money, modality, holder), start, end, "stated", 0.75, "grammar:ransom")


def gang_names(notes: Notes) -> re.Pattern[str] | None:
    """The names of groups and malware (a gang often bears the name of its own) that a page was found to name: an extortionist where a sentence speaks of extortion."""
    names = {
        each.fact.written or each.fact.name
        for kind in (Actor, Malware)
        for each in notes.of(kind)
        if isinstance(each.fact, Actor) or (isinstance(each.fact, Malware) and each.fact.kind != "tool")
    }
    longest = sorted((re.escape(each) for each in names if len(each) > 2), key=len, reverse=True)[
        :_NAMES_MOST
    ]
    return re.compile(rf"\b(?:{'|'.join(longest)})\b") if longest else None


def _masked(sentence: str, gangs: re.Pattern[str] | None) -> str:
    """The sentence with every gang's name as "gang"."""
    return sentence if gangs is None else gangs.sub("gang", sentence)


def _unmasked(sentence: str, gangs: re.Pattern[str] | None, at: int) -> int:
    """Where a place of the masked sentence stands in the sentence itself."""
    longer = 0
    for each in gangs.finditer(sentence) if gangs is not None else ():
        if each.start() - longer >= at:
            break
        longer += len(each[0]) - len("gang")
    return at + longer


def _note_unsummed(
    page: Page,
    notes: Notes,
    signs: re.Pattern[str],
    begin: tuple[str, ...],
    forms: tuple[tuple[str, re.Pattern[str]], ...],
) -> None:
    """Note, once a page, that a ransom was demanded, paid or not, where no sum is known; `signs`, which begin so, find the
    sentences."""
    if notes.claims("ransom"):
        return
    holder = publisher_holder(page.document)
    modality = first_hand("ransom", holder)
    gangs = gang_names(notes)
    for start, end in dict.fromkeys(
        page.sentence(each.start()) for each in found_from(signs, begin, page.low)
    ):
        plain = page.text[start:end]
        sentence = _masked(plain, gangs)
        if (
            end - start > 1000
            or _UNREAL.search(sentence)
            or _other_money(sentence)
            or (forms is _UNSUMMED and _NOT_TRUE.search(sentence))
            or sentence.rstrip().endswith("?")
        ):
            continue
        for value, form in forms:
            found = form.search(sentence)
            if found is None:
                continue
            at = start + _unmasked(plain, gangs, found.start())
            before = sentence[max(0, found.start() - 70) : found.start()]
            if (
                _NOT.search(before)
                or _NO_RANSOM.search(before)
                or _HEARSAY.search(before)
                or _IN_GENERAL.match(found[0])
                or _NOT_TRUE.search(sentence[: found.start()])
                or _NOT_TRUE.search(sentence, found.end())
                or (forms is FORMS and value != "not paid" and _MAYBE.search(found[0]))
                or (value != "not paid" and _NEITHER.search(found[0]))
            ):
                continue
            if (
                denied(page, at)
                or ordered(page, at)
                or fictional(page, at)
                or page.section(at) in ("reference", "advice")
            ):
                continue
            notes(Claim("ransom", value, modality, holder), start, end, "stated", 0.7, "grammar:ransom")
            return


def _extorted(page: Page, sentence: str, start: int, gangs: re.Pattern[str] | None) -> str:
    """The sum that the sentence says was demanded or paid, "" when there is none."""
    verbs = [(each, True) for each in _DEMANDS.finditer(sentence)]
    if _FOR_KEY.search(sentence):
        verbs += [(each, False) for each in _PAYS.finditer(sentence)]
    for verb, _ in verbs:
        at = start + _unmasked(page.sentence_text(start), gangs, verb.start())
        if _NOT.search(sentence[max(0, verb.start() - 70) : verb.start()]) or denied(page, at):
            continue
        if ordered(page, at) or fictional(page, at) or page.section(at) == "reference":
            continue
        for money in MONEY.finditer(sentence, max(0, verb.start() - 40), verb.end() + _NEAR):
            if money.start() > verb.end() or money.end() < verb.start():
                return " ".join(money[0].split())
    return ""
