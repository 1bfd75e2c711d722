# SPDX-License-Identifier: Apache-2.0
"""Words by which a page says that it is a round-up of unrelated news, or that its parts are chapters of one text.

A vendor's "security bulletin", a year in review and a threat report are none: one release and one report are one story,
and what a year brought is old. Ours, in the languages of the default sources.
"""

from __future__ import annotations

import re
from typing import Final

_NEWS: Final = r"(?:news|security|cyber(?:security|crime)?|threats?|threatsday|breach(?:es)?|ransomware|infosec|hacking|malware|privacy)"
_PERIOD: Final = r"(?:weekly|daily|fortnightly|biweekly|monthly|midweek|weekend)"
_ROUND: Final = r"(?:round-?up|recap|digest|wrap-?up|rundown)"
_WORDS: Final = r"(?:[\w&,'’-]{1,20}[ ]){0,2}"
_TITLE: Final = re.compile(
    rf"\bin[ ]other[ ](?:security[ ]|cyber[ ])?news\b|\b{_NEWS}[ ]{_WORDS}{_ROUND}\b|\b{_PERIOD}[ ]{_WORDS}(?:{_ROUND}|news|newsletter|bulletin|briefing|headlines)\b"
    rf"|\b{_ROUND}[ ](?:of[ ])?(?:the|this|last)?[ ]?(?:week|month|news)\b|\b(?:threatsday|news)[ ]bulletin\b"
    r"|\bweek[ ](?:in|of)[ ](?:the[ ])?(?:[\w-]{1,20}[ ])?(?:review|security|cyber\w{0,10}|ransomware|breach\w{0,4}|infosec|hacking|privacy|news|threats)\b"
    r"|\bmonth[ ]in[ ](?:review|security|cyber\w{0,10})\b|\b(?:this|last|past)[ ]week(?:['’]s)?[ ](?:in|security|cyber\w{0,10}|top|biggest)\b"
    r"|\b(?:news|stories|headlines)[ ](?:of|from|for)[ ](?:the|this|last)[ ](?:week|month)\b|\bstories[ ]you[ ](?:may[ ]have[ ]|might[ ]have[ ])?missed\b"
    r"|\bmetacurity\b|\bnews[ ]in[ ]brief\b|\bbriefs?[ ](?:of|for)[ ](?:the|this)[ ](?:week|month)\b|\bwhat[ ]we(?:['’]re|[ ]are|[ ]have)?[ ](?:read|reading|saw|noticed|learned)[ ](?:this|last)[ ](?:week|month)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:[ ]20\d\d)?[ ]in[ ](?:review|brief)\b"
    # An issue of a letter by its number.
    r"|\b(?:newsletter|letter|digest|dispatch|bulletin|memo)[ ](?:#|no\.?[ ]?|issue[ ])\d{1,4}\b|\b(?:week|weekly|links|reading)\b[^\n]{0,40}[(,–-][ ]?(?:issue|edition|no\.)[ ]\d{1,4}\b"
    # German
    r"|\b(?:sicherheits|cyber|it-?sicherheits)?-?(?:wochenrückblick|wochenüberblick|nachrichtenüberblick|kurzmeldungen|kurznachrichten)\b|\bkurz[ ]notiert\b"
    r"|\b(?:news|meldungen|nachrichten|themen)[ ]der[ ](?:vergangenen[ ]|letzten[ ])?woche\b|\brückblick[ ]auf[ ]die[ ]woche\b|\bdie[ ]woche[ ]in[ ]der\b"
    # French
    r"|\b(?:actu(?:alité)?s?|infos?|nouvelles)[ ](?:cyber[ ]|sécurité[ ])?de[ ]la[ ]semaine\b|\brevue[ ](?:de[ ]la[ ]semaine|du[ ]mois|de[ ]presse|d['’]actualité|hebdomadaire)\b|\b(?:récap\w{0,8}|résumé|bilan|bulletin|actus?)[ ](?:\w{1,12}[ ])?hebdo\w{0,8}\b"
    r"|\b(?:récap\w{0,8}|résumé|tour[ ]d['’]horizon)[ ]de[ ](?:la[ ]semaine|l['’]actualité)\b|\ben[ ]bref[ ]?:|:[ ]?en[ ]bref\b"
    # Spanish, Portuguese, Italian, Dutch
    r"|\b(?:resumen|repaso|boletín|recopilación|recopilatorio)[ ](?:semanal|diario|de[ ]noticias|de[ ]la[ ]semana)\b|\bnoticias[ ]de[ ]la[ ]semana\b|\ben[ ]otras[ ]noticias\b|\bsemana[ ]en[ ](?:ciber\w{0,10}|seguridad)\b"
    r"|\bresumo[ ](?:semanal|da[ ]semana)\b|\bnotícias[ ]da[ ]semana\b|\briepilogo[ ](?:settimanale|della[ ]settimana)\b|\b(?:notizie|news)[ ]della[ ]settimana\b|\brassegna[ ]stampa\b"
    r"|\bweekoverzicht\b|\bnieuws[ ]van[ ]de[ ](?:afgelopen[ ])?week\b",
    re.IGNORECASE,
)
_HINT: Final = re.compile(
    r"\b(?:week\w{0,6}|newsletter|bulletin|digest|round-?up|recap|briefing|headlines|stories|letter|dispatch|issue|month|review|briefs?|reading|woche\w{0,4}|semaine|semana\w{0,2}|settimana\w{0,4}|boletín|bref)\b",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    rf"\b{_ROUND}[ ]of[ ](?:[\w’'-]{{1,20}}[ ]){{0,6}}(?:stories|news|events|headlines|incidents)\b|\bhere(?:['’]s|[ ]is|[ ]are)[ ](?:[\w’'-]{{1,20}}[ ]){{0,8}}(?:stories|news|headlines)\b"
    r"|\bthis[ ]week['’]s[ ](?:top[ ]|biggest[ ]|security[ ]|cyber\w{0,10}[ ]){0,2}(?:stories|news|headlines)\b|\bother[ ](?:\w{1,20}[ ]){0,3}(?:stories|news)[ ](?:\w{1,20}[ ]){0,3}(?:slipped|missed|may|might)\b"
    r"|\bunter[ ]anderem[ ]in[ ]dieser[ ]woche\b|\bles[ ](?:principales[ ])?actualités[ ]de[ ]la[ ]semaine\b|\blas[ ](?:principales[ ])?noticias[ ]de[ ](?:la|esta)[ ]semana\b",
    re.IGNORECASE,
)
_LEAD_CHARACTERS: Final = 1500
_NOT: Final = re.compile(
    r"\b(?:patch[ -]?(?:tuesday|day)\b|patchday|year[ ]in[ ]review|(?:annual|quarterly|yearly)\b|Q[1-4][ ]20\d\d|threat[ ](?:report|landscape)|tips\b|jahresrückblick)",
    re.IGNORECASE,
)
"""In a title: a release, a report or advice, whatever else it says."""
CHAPTER: Final = re.compile(
    r"(?:(?:executive[ ])?summary|overview|background|introduction|impact|mitigations?|remediation|recommendations?|recommended[ ]actions?|workarounds?|solution|indicators?(?:[ ]of[ ]compromise)?|iocs?"
    r"|(?:technical[ ])?(?:details|analysis)|timeline|references?|resources|conclusions?|affected[ ](?:products?|versions?)|detection|attack[ ]chain|initial[ ]access|persistence|attribution|faq"
    r"|frequently[ ]asked[ ]questions|what[ ]happened|why[ ]it[ ]matters|what[ ]to[ ]do|what[ ]you[ ]should[ ]do|next[ ]steps|key[ ](?:takeaways|points|findings)|takeaways|final[ ]thoughts|closing(?:[ ]thoughts)?|about[ ](?:us|the[ ]author)"
    r"|zusammenfassung|hintergrund|auswirkungen|empfehlungen|maßnahmen|fazit|einleitung|betroffene[ ](?:produkte|versionen)|résumé|contexte|recommandations|conclusion|risques?|resumen|antecedentes|impacto|recomendaciones|conclusión)",
    re.IGNORECASE,
)
"""A whole heading that is a chapter of one text."""
BRIEFS: Final = re.compile(
    r"(?:(?:table of )?contents|in this (?:issue|edition)|inhalt(?:sverzeichnis)?|sommaire|índice|also noted|also worth noting|in brief|in one (?:breath|line)|one line each|short (?:notices|takes|items)|quick (?:hits|links)|links|odds and ends|elsewhere|and finally|kurz (?:notiert|gemeldet)|kurzmeldungen|außerdem|et aussi|en bref|brèves|breves|en breve|además|in breve)\b",
    re.IGNORECASE,
)
"""How a heading begins below which single lines are listed, or what the page holds."""
ASIDE: Final = re.compile(
    r"\b(?:webinars?|sponsor(?:s|ed|isé)?|partners?|partenaires?|calendar|training|jobs?|careers?|hiring|podcasts?|events|conferences|tools?|tip[ ]of[ ]the[ ]week|deals|veranstaltungen|termine|stellen\w{0,10}|werkzeuge|offres[ ]d['’]emploi|agenda|événements|outils|eventos|herramientas|empleo)\b",
    re.IGNORECASE,
)
"""In the heading of a group: what stands below it is not news, the group stays whole."""


def says_so(title: str, lead: str) -> bool:
    """Whether title and lead say that this is a round-up."""
    if _NOT.search(title[:400]):
        return False
    if _TITLE.search(title[:400]):
        return True
    return bool(_HINT.search(title[:400]) and _LEAD.search(lead[:_LEAD_CHARACTERS]))


def may_say_so(title: str) -> bool:
    """Whether it is worth to look further, given the title alone."""
    return bool(_TITLE.search(title) or _HINT.search(title))
