# SPDX-License-Identifier: Apache-2.0
"""Names that a text holds to compare, to quote as a word, for an example, or as the label of a program.

"The worst outbreak since WannaCry"; "a second Stuxnet"; "a Mirai-style botnet"; "the string “Emotet”"; "e.g. Lazarus" in a form; a YARA
rule called MAL_PlugX; "what the scanner took for Emotet turned out to be an invoice". Judges form only.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

_BACK: Final = 160
_QUOTE: Final = r"[“\"‘'«„]?"
_COMPARED: Final = Sought(
    r"\b(?:(?:reminiscent of|reminds? (?:\w+ ){1,3}of|resembl(?:es?|ed|ing)|akin to|liken(?:s|ed|ing)? (?:\w+ ){0,3}to|compar(?:es?|ed|ing|able|isons?) (?:[\w-]{1,14} ){0,3}?(?:to|with)|in the (?:style|manner|vein|mould|mold|spirit|footsteps) of|model(?:l)?ed (?:on|after)|inspired by|an? homage to|as (?!soon |long |far |well |much |many )[a-z]{3,14}(?: \w{2,12})? as|(?:think of|something|nothing|(?:an?|another|some) [a-z-]{3,16}(?: [a-z-]{3,16})?) like|"
    r"not since|(?:worst|biggest|largest|first|fastest|costliest|worse|only) (?:[\w-]{2,16} ){0,3}?since|ever since|(?:in|since) the (?:days|times?|age|era|year) of|(?:lessons|memory|memories|anniversary|days|legacy) (?:of|from)|(?:weeks|months|years|decades?|century) (?:after|before|since)|(?:more|less) [\w-]{3,16} than|(?:worse|bigger|larger|smaller|faster|slower|older|younger|cheaper|better) than|dwarf(?:s|ed|ing)?|"
    r"ähnlich wie|erinner\w{1,3} (?:\w+ )?an|ähnel\w{1,3}|vergleichbar mit|vergleich\w{0,3} mit|seit|nach dem Vorbild von|schlimmer als|comparables? à|semblables? à|rappel(?:le|lent|ait)(?: celles? de| celui de)?|inspirée?s? (?:de|par)|à la manière de|depuis|pire que|(?:parecid[oa]|similar|comparable|semejante)s? a(?:l)?|recuerda[n]? a|inspirad[oa]s? en|desde|peor que|simile a|ricorda) "
    r"(?:that of |those of |the (?:one|ones|case|days) of |the (?:infamous |notorious |famous |old |original )?|the |famous |infamous )?"
    rf"|\b(?:an?|the|another|some|no|ein(?:e[nsm]?)?|un|une|una|el|la|le|das|der) (?:second|third|new kind of|next|modern(?:-day)?|latter-day|zweite[snr]?|neue[snr]?|nächste[snr]?|second[e]?|nouve(?:au|lle|l)|prochaine?|segund[oa]|nuev[oa]|próxim[oa]) |\banother |\b(?:an?|the|some) (?:sort|kind|equivalent|answer) (?:of|to) (?:an? |the )?){_QUOTE}$",
    re.IGNORECASE,
    near="age akin anniversary another answer as century compar days decade depuis desde dwarf equivalent era erinner footsteps homage inspir kind latter legacy lessons like manière manner memor model modern mold months mould neue next nouve nuev nächste parecid peor pire prochain próxim rappel recuerda remind reminiscent resembl ricorda schlimmer second segund seit semblable semejante similar simile since sort spirit style than third time vein vergleich vorbild weeks year zweite ähnel ähnlich",
)
_OWN: Final = re.compile(
    # "The next LockBit victim", "another Emotet campaign" speak of the real one.
    r"['’]?s?[ \n](?!(?:for|in|on|of|at|by|to|as|from|with|is|was|has|had|will|would|could|and|or|but|that|which|who|when|if|after|before|this|it|they|there|für|in|auf|ist|war|wird|pour|dans|est|en|es|fue|de)\b)[a-z][\w-]{2,20}\b|['’]s\b|[ -](?:[A-Z]|v?\d)",
)
_LIKE: Final = re.compile(
    r"[”\"'’»]?(?:[-‐‑](?:like|style|styled|esque|inspired|class|type|era|sized|ish|ähnlich\w{0,2}|artig\w{0,2})| (?:lookalikes?|look-?alikes?|wannabes?|copy-?cats?|imitat(?:ions?|ors?))|['’]s? (?:\w+ )?(?:cousins?|siblings?|(?:little|older|big|younger) (?:brother|sister)|rivals?|predecessors?|ancestors?|heirs?|namesakes?|contemporar(?:y|ies))| (?:moments?|scenarios?|hysteria|panic|analog(?:y|ies)|comparisons?|parallels?|references?|jokes?|t-?shirts?|mugs?|posters?|movies?|films?|books?|novels?|documentar(?:y|ies)|era|years|days|calendars?|shirts?|logos?|stickers?|toys?|costumes?|tattoos?|figurines?|plush\w*|keyrings?|caps|socks|fans?|merchandise)| (?:in|of|from) (?:19|20)\d\d,? (?:taught|showed|made|reminded|is still|remains|changed|started|was the))\b",
    re.IGNORECASE,
)
_NEAREST: Final = Sought(
    r"\b(?:(?:nearest|closest) (?:neighbou?rs?|match(?:es)?|relatives?|famil(?:y|ies))\b[^.;!?\n]{0,80}|(?:(?:similarity|resemblance) (?:to|with)|lookalikes?)\b[^.;,!?\n]{0,60})$",
    re.IGNORECASE,
    near="closest lookalike nearest resemblance similarity",
)
_AS_WORD: Final = Sought(
    # The word, not what it stands for.
    r"\b(?:the |a |an |das |le |la |el )?(?:words?|strings?|terms?|keywords?|tags?|labels?|hashtags?|acronym|abbreviation|substring|comment|username|user name|nickname|password|passphrase|mascot|wallpaper|sticker|variable|Wort|Zeichenkette|Begriff|Stichwort|mot|chaîne|terme|palabra|cadena|término|parola|stringa) (?:(?:named|called|reading|saying|of|like|such as|is|was|reads|lautet) )?"
    rf"{_QUOTE}$|\b(?:shirts?|mugs?|signs?|posters?|banners?|stickers?|headlines?|slides?|buttons?|badges?|tattoos?|placards?) (?:that |which )?(?:reads?|says?|said|saying|reading|showing|bearing)\b[^.;!?\n]{{0,40}}$",
    re.IGNORECASE,
    near="abbreviation acronym bearing begriff cadena chaîne comment hashtag keyword label mascot mot name nickname palabra parola passphrase password read said say showing stichwort sticker string substring tag term término username variable wallpaper word wort zeichenkette",
)
_STANDS_FOR: Final = re.compile(
    r"[”\"'’»]{0,2} (?:(?:here |only |just |merely |simply )*stands? (?:here |only |just |merely )*(?:for (?:an?y|some|your|whichever|whatever)|in for)|(?:is|are|was|serves?|acts?) (?:only |just |merely |simply )?(?:as )?(?:an? |our )?(?:placeholder|example|sample|dummy|stand-in|illustration|made-up|invented))\b",
    re.IGNORECASE,
)
_TEMPLATE: Final = Sought(
    r"(?:^|\n)[*# ]{0,4}(?:Test|Example|Sample|Dummy|Template|Question|Quiz|Frage|Pregunta|Beispiel|Exemple|Ejemplo)(?: \w{2,12})? ?:|\b(?:pick one|choose one|multiple[- ]choice|tick the box|none of (?:these|the above))\b|\b(?:sample|specimen|mock|dummy) (?:[\w-]{2,12} )?(?:reports?|records?|alerts?|logs?|entr(?:y|ies)|incidents?|data(?:set)?|cases?|scenarios?|attacks?)\b|\b(?:made-up|fictional|fictitious|invented|imaginary) (?:[\w-]{2,12} )?(?:reports?|records?|incidents?|data|cases?|compan(?:y|ies)|firms?|dairy|bank|hospital|scenarios?|victims?|attacks?|stor(?:y|ies))\b|\bfor (?:training|demo(?:nstration)?|test(?:ing)?|teaching|display) purposes\b|\b(?:type|enter|search for|key in) (?:an?|the) (?:name|word|term|group|family) (?:such as|like)\b|\b(?:placeholders?|fill(?:ed)? in|to show the format|(?:for|by way of) illustration|illustrative|dummy (?:values?|data|entr\w+)|(?:sample|example) (?:values?|rows?|entr(?:y|ies)|data|output|reports?|alerts?|records?|queries|query)|any (?:actor|malware|tool|group|name) of your choice|swap the name|made[- ]up (?:values?|names?|data)|test data|Platzhalter\w{0,2}|Beispiel(?:wert|daten|eintrag|zeile)\w{0,2}|zur Illustration|à titre d['’](?:exemple|illustration)|valeurs? fictives?|données? fictives?|espaces? réservés?|marcador(?:es)? de posición|a modo de ejemplo|valor(?:es)? de (?:ejemplo|muestra)|datos (?:ficticios|de (?:ejemplo|prueba)))\b",
    re.IGNORECASE,
    near="beispiel box choice choose datos donnée dummy ejemplo espace example exemple fictional fictitious fill format frage illustration illustrative imaginary invented like made marcador mock none pick placeholder platzhalter pregunta purposes question quiz sample specimen such swap template test valeur valor",
)
"""Words of forms and examples."""
_HOLE: Final = Sought(
    r"(?-i:<(?:ACTOR|GROUP|THREAT|TTP|TECHNIQUE|MALWARE|FAMILY|TOOL|CVE|IOC|VALUE)[A-Z_ ]{0,20}>)|\{\{ ?[a-z_]{2,20} ?\}\}",
    re.IGNORECASE,
    marks="<{",
)
"""What a form leaves to be filled in."""
_TAKEN_FOR: Final = Sought(
    r"\b(?:report|flag|detect|label|classif|identif|tag|misidentif|mis-?tak|mist(?:oo|ak)|dismiss|describ|list|record|t(?:oo|ak)|pass|gemelde|erkann|eingestuf|hielt|halten|signal|identifi|class|detect|clasific|fil|believ|thought|held|assum|rumou?r|said)\w{0,6}\b[^.;:!?\n]{0,40}\b(?:as|for|under|to be|als|für|comme|como|por) (?:the (?:work|handiwork|doing) of (?:the )?|the |an? |belonging to (?:the )?)?"
    rf"{_QUOTE}$",
    re.IGNORECASE,
    near="assum believ clasific class describ detect dismiss eingestuf erkann fil flag gemelde halten held hielt identif label list mis pass record report rumo said signal tag tak thought too",
)
_WAS_OTHER: Final = re.compile(
    r"\b(?:turn(?:s|ed) out|prov(?:es|ed)|(?:is|was|are|were) (?:in (?:fact|truth|reality)|actually|really|merely|only|nothing but|just)|(?:entpuppt|erwies|erweist|stellte)\w{0,2} sich|s['’]est (?:avéré|révélé)\w{0,2}|(?:était|est) en (?:fait|réalité)|result(?:ó|a|aron) (?:ser)?|(?:era|es) en realidad|(?:labels?|names?|verdicts?|tags?|attributions?|classifications?) (?:was|were|is|has been|have been|had been) (?:later |since |then )?(?:dropped|withdrawn|changed|corrected|wrong|revised))\b"
    r"|\b(?:was|is|were|are) (?:an? )?(?:harmless|benign|clean|legitimate|innocent|mistaken|wrong|false|in error)\b",
    re.IGNORECASE,
)
_FALSE_ALARM: Final = Sought(
    r"\b(?:(?<!not )an?|(?<!prone )(?:is|was|were|are|as|been|be|proved|out|to be)(?: all| both| in fact| only| just)?|ein(?:en)?|une?) (?:false (?:positives?|alarms?|alerts?|detections?)|Fehlalarm\w{0,2}|falscher Alarm|faux positifs?|fausses? alertes?|falsos? positivos?|falsas? alarmas?|falso positivo|falso allarme)\b",
    re.IGNORECASE,
    near="falsa falscher false falso fausse faux fehlalarm",
)
_DECRYPTOR: Final = Sought(
    r"\b(?:is|was|are|were|being) (?:only |just |merely |really |in fact )?(?:an? |the )?(?:free |official |public )?(?:decrypt(?:o|e)rs?|vaccines?|removers?|cleaners?|disinfect\w+|removal tools?|detection rules?|signatures?|simulators?|emulators?) (?:for|of|against) (?:it|that|them)\b",
    re.IGNORECASE,
    near="cleaner decrypt disinfect emulator removal remover rule signature simulator vaccine",
)


_SCANNED: Final = Sought(
    r"\b(?:anti-?virus|scanner|sandbox|VirusTotal|Defender|EDR|detector|engine|sensor|alert|alarm|verdict|heuristics?|label|Virenscanner|antivirus)\b[^.;:!?\n]{0,30}\b(?:shout|sa(?:y|id)|scream|call|cri|warn|report|claim|insist|announc|show|read|meld|sag|di(?:t|jo|ce))\w{0,4}\b[^.;!?\n]{0,30}$",
    re.IGNORECASE,
    near="alarm alert anti defender detector edr engine heuristic label sandbox scanner sensor verdict virenscanner virustotal",
)
_CONTRAST: Final = re.compile(
    r"[”\"'’»!]{0,3}(?: [\w-]{2,14}){0,4}(?:[,;:]| –| —) ?(?:but|yet|though|although|(?:and )?(?:it|this|that) (?:was|is)|in (?:fact|truth)|really|aber|doch|mais|pero)\b",
    re.IGNORECASE,
)


_TOPIC: Final = Sought(
    # What is written, shown or prepared about a name.
    r"\b(?:documentar(?:y|ies)|thes[ei]s|dissertations?|books?|novels?|films?|movies?|podcasts?|talks?|lectures?|papers?|essays?|posters?|exhibits?|exhibitions?|plays?|museum|histor(?:y|ies)|quiz(?:zes)?|Vortrag|Buch|Film|Dokumentation|livre|conférence|documentaire|libro|charla|documental) (?:[a-z]{3,10} ){0,1}(?:on|about|of|über|zu|sur|sobre) (?:the )?"
    rf"{_QUOTE}$"
    r"|\b(?:read|see) (?:also )?(?:our|the|this) (?:\w+ )?(?:report|article|analysis|post|blog|profile|interview) (?:on|about|of) (?:the )?$|(?:^|\n|[.;] )(?:Related|See also|Read more|More|Background|Archive|Previously|Siehe auch|Lire aussi|Ver también) ?: [^.;!?\n]{0,60}$"
    r"|\b(?:playbooks?|(?:contingency |response |emergency )?plans?|budgets?|clauses?|polic(?:y|ies)|drills?|vaccines?|remed(?:y|ies)|Notfallplan) (?:for|against|gegen) (?:[a-z]{2,12} ){0,3}$|\b(?:defen[cs]es?|protection|insurance|immun\w+|safeguards?|shield|Schutz|défense|protección|defensa) (?:against|vor|gegen|contre|contra) (?:[a-z]{2,12} ){0,3}$",
    re.IGNORECASE,
    near="against archive background book buch budget charla clause conférence contra contre dissertation documentaire documental documentaries documentary dokumentation drill essay exhibit film gegen histories history lecture libro lire livre more movie museum notfallplan novel paper plan play podcast policies policy poster previously quiz read related remedies remedy see siehe talk también thes vaccine vor",
)
_FAKED: Final = Sought(
    rf"\b(?:fake|mock|forged|dummy|pretend|sham|bogus|gefälschte[nrs]?|fausse?|fals[oa]) {_QUOTE}$",
    re.IGNORECASE,
    near="bogus dummy fake fals fauss forged gefälschte mock pretend sham",
)


def likened(page: Page, start: int, end: int) -> bool:
    """Whether a name only serves to compare, stands for itself as a word, or is a label put on something else."""
    text = page.text
    first, last = page.sentence(start)
    if _labelled(text, start, end):
        return True
    back, ahead = max(first, start - _BACK), min(last, end + 200)
    after = text[end:ahead]
    if (
        _LIKE.match(after)
        or _STANDS_FOR.match(after)
        or page.inside(_AS_WORD, back, start)
        or page.inside(_FAKED, back, start)
        or page.inside(_TOPIC, back, start)
        or page.inside(_NEAREST, back, start)
    ):
        return True
    if page.inside(_COMPARED, back, start) is not None and _OWN.match(after) is None:
        return True
    if page.inside(_SCANNED, back, start) is not None and _CONTRAST.match(after) is not None:
        return True
    if page.inside(_TAKEN_FOR, back, start) is not None and _WAS_OTHER.search(after) is not None:
        return True
    if any(page.inside(each, first, last) is not None for each in (_TEMPLATE, _HOLE, _FALSE_ALARM)):
        return True
    return page.inside(_DECRYPTOR, end, ahead) is not None


def _labelled(text: str, start: int, end: int) -> bool:
    """Whether a name is a piece of an identifier: "MAL_PlugX_2019", "carbanak_decode"; “_Emotet_” is only slanted."""
    left = text[start - 1 : start] == "_" and text[max(0, start - 2) : start - 1].isalnum()
    right = text[end : end + 1] == "_" and text[end + 1 : end + 2].isalnum()
    return left or right
