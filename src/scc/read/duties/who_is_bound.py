# SPDX-License-Identifier: Apache-2.0
"""Whom rules bind, what rules are called, and what looks like a duty and binds nobody: an extortionist's ultimatum, a game.

Words only, in English, German, French and Spanish; `duties` and its neighbours put sentences together from them.
"""

from __future__ import annotations

import re
from typing import Final

BODY: Final = (
    r"(?:agenc(?:y|ies)|bod(?:y|ies)|authorit(?:y|ies)|banks?|insurers?|operators?|providers?|carriers?|utilit(?:y|ies)|hospitals?|clinics?|licen[sc]ees?|licen[cs]e holders?|registrars?|registr(?:y|ies)|exchanges?|entit(?:y|ies)|manufacturers?|"
    r"makers?|importers?|distributors?|retailers?|vendors?|suppliers?|contractors?|subcontractors?|employers?|employees|staff|civil servants|officials|compan(?:y|ies)|firms?|business(?:es)?|undertakings?|enterprises?|ministr(?:y|ies)|departments?|municipalit(?:y|ies)|councils?|"
    r"schools?|universit(?:y|ies)|airports?|airlines?|ports?|railways?|platforms?|developers?|processors?|controllers?|member states|institutions?|funds?|brokers?|dealers?|issuers?|registrants?|pharmac(?:y|ies)|laborator(?:y|ies)|owners?|tenants?|"
    r"broadcasters?|publishers?|payment (?:firms|services)|telecoms?|networks? operators?|data cent(?:re|er)s?|plants?|grid operators?|suppliers?|holders?|parties|members|organi[sz]ations?)"
)
"""Nouns of those whom rules are made for, in lower case."""
RULE: Final = (
    r"(?:by law|law|laws|act|regulations?|directives?|orders?|ordered|decrees?|ordinances?|statut\w+|article \d+|art\. \d+|section \d+|paragraph \d+|rules?(?! of thumb)|rulebook|court|courts|injunction|regulators?|supervis\w+|commission|ministry|authority|licen[cs]e|legally|legal|binding|"
    r"mandatory|compulsory|obligatory|penalt(?:y|ies)|fines?|fined|offen[cs]es?|punish\w*|sanctions?|dismiss\w*|prosecut\w+|grace period|transition(?:al)? period|from now on|henceforth|in(?:to)? force|takes? effect|code of conduct|charter|contract|permit|circular|memo|memorandum|notice|instruction|bulletin)"
)
"""Where a duty may come from, in lower case; what merely ought to be has none of these."""
_CRIMINAL: Final = (
    r"(?:gangs?|attackers?|hackers?|criminals?|crooks?|extortionists?|blackmailers?|intruders?|thieves|fraudsters?|scammers?|phishers?|callers?|crews?|ransom notes?|text files?|pop-?ups?|(?:a|the|its|their) notes?|swindlers?|"
    r"[Ee]rpresser\w*|[Tt]äter\w*|[Aa]ngreifer\w*|pirates?|escrocs?|rançonneurs|maîtres[ -]chanteurs|delincuentes|extorsionadores|atacantes|estafadores)"
)
_ULTIMATUM: Final = re.compile(
    rf"\b{_CRIMINAL}\b[^.;:!?\n]{{0,80}}?\b(?:gave|gives?|giving|set|sets|told|tells?|telling|order(?:s|ed|ing)?|demand(?:s|ed|ing)?|instruct(?:s|ed|ing)?|want(?:s|ed)?|ask(?:s|ed|ing)?|claim(?:s|ed|ing)?|say(?:s|ing)?|said|read(?:s|ing)?|threaten(?:s|ed|ing)?|"
    r"gab\w{0,2}|setz\w{1,4}|forder\w{1,4}|verlang\w{1,4}|droh\w{1,4}|exig\w{1,5}|réclam\w{1,5}|donn\w{1,5}|menac\w{1,5}|pid\w{1,5}|d(?:io|ieron|an)|amenaz\w{1,5})(?!\w)"
    r"|\b(?:pay|transfer|send)\b[^.;:!?\n]{0,40}\b(?:bitcoins?|monero|BTC|XMR)\b|\b(?:ransom|Lösegeld|rançon|rescate) (?:must|has to|is to|was to|is due|muss|doit|debe)\b|\bleak site\b|\bcountdown\b",
    re.IGNORECASE,
)
_PLAYED: Final = re.compile(
    r"\b(?:table-?top|board game|card game|war ?games?|role-?play|(?:the|a|this|our) game\b|novel|thriller|screenplay|satire|parody|Planspiel|jeu de rôle|juego de rol|novela)\b"
    r"|(?:^|[.:;!?] )(?:In|During|For|Im|In der|Dans|En|Durante) (?:the|an?|this|our|its|einer|der|un|l['’]|el|este) ?(?:[\w-]{2,16} ){0,2}(?:exercise|drill|scenario|simulation|Übung|exercice|simulacro|ejercicio)\b",
    re.IGNORECASE,
)


def binds_nobody(sentence: str) -> bool:
    """Whether what a sentence asks for is an extortionist's demand, or is asked in a game, an exercise or a story."""
    return _ULTIMATUM.search(sentence) is not None or _PLAYED.search(sentence) is not None
