# SPDX-License-Identifier: Apache-2.0
"""Whether a name is a person's or a firm's: by the title or calling before it, or a first name before and a person's part behind.

"Professor Lazarus", "der Autor Conti", "Carla Conti, who chairs the board", "Conti & Sons". Knows no persons and tells nothing about them.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

_TITLED: Final = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Dr|Prof|Professor(?:in)?|Sir|Lord|Lady|Dame|Judge|Justice|Senator|Sen|Rep|Congress(?:wo)?man|Minister|President|Chancellor|Mayor|Captain|"
    r"Colonel|General|Sergeant|Officer|Detective|Inspector|Attorney|Frau|Herr|Madame|Monsieur|Mme|Señora?|Sra?|Don|Doña|Signora?|Dottor(?:essa)?|Maître)\.? (?:[A-Z][\w'’-]{1,20} ){0,2}$"
)
_CALLING: Final = re.compile(
    # A calling of which no gang is one ("the threat actor Conti" is a gang).
    r"(?<![\w-])(?<!ware )(?<!virus )(?<!botnet )(?<!exploit )(?<!trojan )(?i:author|writer|novelist|poet|painter|sculptor|singer|pianist|composer|violinist|coach|striker|goalkeeper|midfielder|cyclist|mayor|minister|senator|councillor|deputy|professor|teacher|headmaster|lecturer|baker|butcher|farmer|fisherman|chef|"
    r"historian|economist|philosopher|bishop|priest|pastor|lawyer|judge|actress|comedian|gardener|pensioner|veterinarian|surgeon|photographer|(?:tennis|football|chess|hockey|basketball|golf|rugby|cricket|volleyball|handball) (?:player|star|champion)|"
    r"(?:Autor|Schriftsteller|Dichter|Maler|Sänger|Komponist|Trainer|Stürmer|Torwart|Bürgermeister|Minister|Stadtrat|Landrat|Lehrer|Bäcker|Metzger|Landwirt|Bauer|Koch|Historiker|Ökonom|Bischof|Pfarrer|Anwalt|Richter|Schauspieler|Pianist|Fotograf|Gärtner)(?:in)?|"
    r"auteure?|écrivaine?|romancière?|poète|peintre|chanteu(?:r|se)|pianiste|compositeur|entraîneur|attaquant|maire|ministre|sénat(?:eur|rice)|professeure?|boulanger|cuisinier|historien(?:ne)?|évêque|avocate?|juge|comédien(?:ne)?|"
    r"autora?|escritora?|novelista|poeta|pintora?|cantante|compositora?|entrenadora?|delantero|portero|alcalde(?:sa)?|ministr[oa]|senadora?|profesora?|panadero|cociner[oa]|historiadora?|obispo|abogad[oa]|jueza?|actriz|sindaco|scrittore|pittore|allenatore) (?:[A-Z][\w'’-]{1,20} )?$"
)
_FIRM_AFTER: Final = re.compile(
    r" (?:(?:Hermanos|Frères|Fratelli|Söhne)\b|(?:&|and|und|e|y|et|och|en) (?:Sons?|Brothers|Daughters?|Co\b|Company|Partners?|Söhne|Sohn|Töchter|Partner|Hijos|Hermanos|Fils|Filles|Frères|Cie|Figli|Fratelli|Zonen|Söner)|Bros\b|Brothers\b|Ltd\b|Limited\b|LLC\b|LLP\b|Inc\b|GmbH\b|AG\b|KG\b|S\.?[AL]\.?(?=[ ,;.]|\Z)|S\.?r\.?l\b|SARL\b|B\.?V\b|Street\b|Avenue\b)"
    r"|['’]s (?:\w{2,12} )?(?:bakery|restaurant|garage|hotel|farm|café|kitchen|novel|book|album|song|concert|exhibition|paintings?|poems?)\b"
    r"| (?:is|was|ist|war|est|es) (?:an?|the|eine?|der|une?|le|la|el) (?:[\w-]{2,15} )?(?:village|town|river|island|mountain|title|bakery|restaurant|song|album|novel|horse|dog|cat|ship|ferry|Dorf|Stadt|Fluss|Insel|Roman|Lied|ville|rivière|île|chanson|pueblo|ciudad|río|isla|canción)\b"
)
_FIRM_BEFORE: Final = re.compile(
    r"(?<![\w-])(?:(?:Firma|Bäckerei|Spedition|Metzgerei|Gärtnerei|Kanzlei|Brauerei|Druckerei|Weingut|Familie)|(?:empresa|panadería|bodega|familia|constructora|boulangerie|entreprise|société|famille|brasserie|ditta|azienda|famiglia)|(?:le restaurant|el restaurante|le cabinet)|(?:bakery|restaurant|family|company|firm|shop|brewery|winery|hotel|haulier|ship|ferry|horse|dog|cat|song|album|river|village|town|island) (?:called|named)|(?:village|town|city|island|port) of) [“\"‘«]?$"
)
_SELF_NAMED: Final = Sought(
    # A harmless person's own by-name: "a hobbyist who calls himself …".
    r"\b(?:an?|the|one|another|un|une|ein(?:em|en|er|e)?|una) (?:[\w-]{2,20} ){0,3}?(?:hobbyist|researcher|student|blogger|streamer|podcaster|bug hunter|bounty hunter|enthusiast|engineer|tester|gamer|amateur|tinkerer|collector|artist|musician|rapper|DJ|aficionad[oa]|investigadora?|estudiante|chercheu(?:r|se)|étudiante?|passionnée?)s?(?: from [A-Z]\w{1,15})?"
    r"(?:,? (?:who|that) (?:calls (?:himself|herself|themselves|themself)|goes by|signs as|posts as|is known as)|,? (?:calling (?:himself|herself)|known(?: online)? as|nicknamed|going by)|,? qu[ei] (?:se (?:hace llamar|llama)|se fait appeler|se nomme))(?: (?:the (?:name|handle|nickname|alias)(?: of)?|only|online|by the name of))? [“\"‘'«]?$"
    r"|\b(?:Bastler|Forscher|Student|Schüler|Sammler|Musiker|Künstler|Ingenieur|Tüftler)(?:in)?,? (?:der|die) sich (?:selbst )?[“\"‘'„]?$",
    re.IGNORECASE,
    near="calls goes signs posts known calling nicknamed going se sich",
)
_FIRST: Final = re.compile(r"(?<![\w-])(?P<first>[A-Z][a-zà-ÿ]{2,12})(?: [A-Z]\.)? $")
_PERSONAL: Final = re.compile(
    r",? (?:\(\d{2}\)|who\b|said\b|says\b|told\b|wrote\b|explain(?:s|ed)\b|added\b|adds\b|argue[sd]\b)"
    r"|, (?:\d{2},|(?:the |an? |its |our |their |his |her |former |deputy |chief |senior |vice )*(?:head|chief|director|president|chair\w*|professor|officer|manager|analyst|researcher|engineer|"
    r"spokes\w+|lawyer|founder|co-founder|minister|mayor|consultant|editor|reporter|CEO|CISO|CTO)\b)"
)
_NO_FIRST_NAME: Final = frozenset(
    "The This That These When While After Before With From Since Although Both Only Like Also Even Group Gang Operation Ransomware Malware Trojan Botnet Backdoor Stealer "
    "Loader Worm Wiper Actor Hackers Russian Chinese Iranian North Korean Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)


def is_person(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], one word with a capital, is a person's surname here."""
    name = text[start:end]
    if not (name.isalpha() and name.istitle()):
        return False
    before = text[max(0, start - 70) : start]
    if _TITLED.search(before) or _CALLING.search(before):
        return True
    first = _FIRST.search(before)
    return (
        first is not None
        and first["first"] not in _NO_FIRST_NAME
        and _PERSONAL.match(text, end, end + 120) is not None
    )


def is_somebody(page: Page, start: int, end: int) -> bool:
    """Whether text[start:end], a word with a capital, is a firm's name or what a harmless person calls himself here."""
    text = page.text
    if not text[start : start + 1].isupper():
        return False
    before = text[max(0, start - 110) : start]
    if page.inside(_SELF_NAMED, max(0, start - 110), start) is not None:
        return True
    name = text[start:end]
    if not (name.isalpha() and name.istitle()):
        return False
    return _FIRM_AFTER.match(text, end, end + 60) is not None or _FIRM_BEFORE.search(before) is not None
