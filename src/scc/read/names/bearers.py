# SPDX-License-Identifier: Apache-2.0
"""Other bearers of a name: flights, rooms, courses and parts of that number, figures of books and plays; and whether a sentence
speaks of attacks at all, which a name that is also a person's, a place's or a firm's needs.

Knows kinds of things and words of the trade, no bearers. `people` has persons and firms told by a title or a form.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

_NUMBERED_THING: Final = re.compile(
    # What has a number of such a shape.
    r"\b(?:flights?|Flug|vol|vuelo|trains?|Zug|tren|bus|Bus|line|Linie|route|seat|row|gate|rooms?|Raum|Saal|salle|sala|aula|hall|lecture|tutorials?|seminar|courses?|Kurs|cours|curso|class|module|unit|lesson|exam|exhibit|stand|booth|locker|shelf|bay|rack|aisle|track|platform|pier|berth|"
    r"models?|Modell|modèle|modelo|series|parts?|Teil|pièce|pieza|spare|item|article|Artikel|lots?|batch|order|invoice|form|ticket|bond|ticker|share|fund|valve|pump|relay|resistor|chip|screw|bolt|filter|cartridge|toner|paint|colou?r|shade|asteroid|comet|star|galaxy|road|highway|motorway|exit|junction|suite|apartment|flat|parcel|box|crate|container|tractor|engine|aircraft|plane|helicopter|ship|boat|buoy)"
    r"(?: (?:no\.?|number|Nr\.?|n°|núm\.?|code|named|called))? [“\"‘'«„(]?$",
    re.IGNORECASE,
)
_TRAVEL: Final = re.compile(
    r"\b(?:flights?|airlines?|airport|took off|take-off|boarding|boarded|passengers?|runway|hours late|Finnair|Flughafen|aéroport|aeropuerto)\b",
    re.IGNORECASE,
)
_ADDRESS_AFTER: Final = re.compile(
    r",? (?:\d{1,5}|[A-Z]\w+) (?:[A-Z]\w+ ){0,2}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Court|Way|Square)\b|, (?:floor|building|block|entrance)\b"
)
_DESIGNATION: Final = re.compile(r"(?P<letters>[A-Za-z]{2,5})(?P<joint>[ -]?)\d{1,4}")
_FIGURE: Final = Sought(
    r"\b(?:scenes?|episodes?|seasons?|sequels?|remakes?|trailers?|finale|reruns?|chapters?|villains?|posters?) (?:from|of|in) (?:the )?[“\"‘'«„]?(?-i:[A-Z])"
    r"|\b(?:Gospel|Bible|biblical|Scripture|parable|Testament|mytholog\w+|Homer|Shakespeare|Ovid|(?-i:opera)|oratorio|ballet|musical|sitcom|cartoon|anime|manga|board game|card game|comic|Bibel|Evangelium|évangile|biblia|evangelio|sermon|parish|chapel)\b",
    re.IGNORECASE,
    near="anime ballet bibel bible biblia biblical cartoon chapel chapter comic episode evangelio evangelium finale game gospel homer manga musical mytholog opera oratorio ovid parable parish poster remake rerun scene scripture season sequel sermon shakespeare sitcom testament trailer villain évangile",
)
"""Stories and their figures."""
_SOMETHING: Final = (
    # What is neither a gang nor a program.
    r"(?:rapper|singer|band|choir|DJ|musician|guitarist|drummer|pianist|smith|blacksmith|king|queen|prince(?:ss)?|knight|hero|heroine|god(?:dess)?|giant|demon|dragon|saint|prophet|apostle|monk|nun|horse|mare|stallion|pony|dog|puppy|cat|kitten|parrot|cow|bull|goat|donkey|rabbit|hamster|tortoise|insect|beetle|moth|fly|wasp|bee|spider|snake|lizard|bird|fish|shark|plant|flower|rose|tulip|orchid|tree|apple|potato|tomato|cheese|wine|beer|"
    r"ship|ferry|yacht|boat|tug|trawler|frigate|submarine|rope|tent|boot|shoe|kite|bicycle|motorbike|scooter|car|van|truck|tractor|locomotive|tram|village|hamlet|town|city|district|suburb|river|lake|island|mountain|peak|glacier|valley|volcano|crater|moon|planet|asteroid|comet|star|constellation|storm|hurricane|typhoon|cyclone|"
    r"restaurant|caf[eé]|bar|pub|bakery|brewery|winery|hotel|hostel|farm|garage|shop|cinema|theatre|theater|museum|gallery|school|kindergarten|club|team|player|striker|goalkeeper|coach|athlete|boxer|cyclist|skier|swimmer|painter|poet|novelist|actress|comedian|dancer|chef|baker|farmer|fisherman|carpenter|teacher|student|pensioner|gardener|"
    r"novel|book|poem|song|album|opera|ballet|film|movie|sitcom|comic|cartoon|painting|sculpture|statue|perfume|lipstick|lotion|shampoo|soap|detergent|paint|typeface|font|dance|cocktail|dessert|cake|sauce|spice|recipe|toy|doll|puzzle|board game|mineral|metal|element|isotope|gemstone|tyre|tire|maker of|manufacturer of|"
    r"Sänger(?:in)?|Schmied|Pferd|Hund|Katze|Schiff|Fähre|Dorf|Stadt|Fluss|Insel|Berg|Bäcker(?:ei)?|Brauerei|Gasthof|Roman|Lied|Oper|Käfer|chanteu(?:r|se)|cheval|chien|chat|navire|bateau|rivière|île|montagne|chanson|cantante|caballo|perro|gato|barco|pueblo|ciudad|río|isla|canción|novela)"
)
_IS_SOMETHING: Final = re.compile(
    rf"[”\"'’»]?(?:,| \(| –| —)? ?(?:(?:(?:is|was|ist|war|est|était|es|era) )|(?<=[,(–—] )|(?<=,))(?:an?|the|one of the|our|his|her|ein|eine|der|die|das|un|une|le|la|el|una) (?:(?!of |from |in |for |by )[\w'’-]{{1,24}} ){{0,3}}?{_SOMETHING}s?\b(?! (?:of attack|family|actor|hack|group|gang|code))(?=[,.;:!)]| (?:of|from|in|on|at|by|with|for|who|that|which|named|called|and|made|since|near|where)\b|\Z)",
    re.IGNORECASE,
)
_SOMETHING_CALLED: Final = re.compile(
    rf"\b(?:(?:our|my|his|her|their|the|an?|one|unser|mein|der|die|das|mon|notre|le|la|mi|nuestro|el|un|une|una|ein|eine) (?:[\w-]{{2,14}} )?(?:race)?)(?!school|team|player|club|student|planet|star|storm|author|coach){_SOMETHING}(?:,? (?:named|called|namens|nommée?|llamad[oa]))?,? [“\"‘'«„]?$",
    re.IGNORECASE,
)
_OF_A_STORY: Final = Sought(
    r"\b(?:game|film|movie|novel|book|series|show|comic|play|cartoon|opera)['’]s (?:[\w-]{2,14} ){1,3}(?:(?:is|was|are) )?(?:called|named|known as) [“\"‘'«„]?$",
    re.IGNORECASE,
    near="called known named",
)
_PLACE_AFTER: Final = re.compile(
    r" (?:station|street|square|lane|bridge|church|chapel|school|festival|cup|derby|airport|harbour|harbor|valley|road|beach|bay|castle|park|stadium|junction|ferry|marathon|choir|orchestra|quartet|Bahnhof|Straße|Kirche|gare|rue|estación|calle)\b"
)
_CODE_IS: Final = re.compile(
    r"\b(?:code|number|reference|ticket|flight|form|model|room|seat|gate|extension|postcode|licence plate|number plate|registration)(?: (?:for|of|to|from) [^.;:!?\n]{2,30})? (?:is|was|reads|:) $",
    re.IGNORECASE,
)
_NAMES_OF: Final = re.compile(
    r"(?:[”\"'’»]?(?:,| and| or| und| et| y) [“\"‘'«„]?[A-Z][\w-]{1,20}){0,4}[”\"'’»]? (?:is|are|was|were|sind|ist|sont|est|son|es) (?:also |here |simply |only )?(?:the names?|what (?:we|they|he|she) calls?|die Namen?|les? noms?|el nombre|los nombres|nicknames?|pet names?) (?:of|for|von|der|des|du|de)\b(?! (?:the |an? )?(?:\w+ )?(?:group|gang|malware|ransomware|trojan|botnet|worm|actor|crew|operation|tool|campaign|backdoor|family))"
)
_REAL: Final = re.compile(
    r"\b(?:attack(?:s|ed|ers?)|malware|ransom\w*|breach\w*|hackers|hacking|phish\w*|exploit\w*|encrypt\w*|backdoor\w*|compromis\w+|infect\w+|stole|stolen|CVE-)\b",
    re.IGNORECASE,
)
TRADE: Final = re.compile(
    r"(?:\b|(?<=-))(?:cyber\w*|attack\w*|hack\w*|malware|malicious\w*|ransom\w*|extort\w*|phish\w*|spear-?phish\w*|exploit\w*|breach\w*|botnets?|bots?|trojan\w*|backdoor\w*|implants?|payloads?|loaders?|droppers?|stealers?|infostealers?|wipers?|worms?|rootkits?|spyware|rats?|keylog\w*|beacon\w*|shellcode|C2|C&C|command[- ]and[- ]control|"
    r"victims?|encrypt\w*|decrypt\w*|exfiltrat\w*|stole|stolen|steal\w*|theft|leak\w*|affiliates?|espionage|spy\w*|spies|intru\w+|compromis\w*|infect\w*|vulnerab\w*|zero-days?|credentials?|passwords?|threats?|gangs?|operators?|campaigns?|lures?|servers?|samples?|hash\w*|adversar\w*|criminals?|cybercrime|darknet|dark web|sanction\w*|indict\w*|attribut\w*|"
    r"flaws?|holes?|variants?|infections?|actors?|researchers?|investigat\w+|evidence|police|courts?|groups?|share code|hit|hits|publish\w*|posted|data|records|patients?|outages?|blackouts?|substations?|power grids?|tools?|toolset|tooling|deploy\w*|macros?|DLLs?|PowerShell|lateral\w*|persistence|reconnaissance|mailbox\w*|networks?|domain controllers?|disk|drives?|files|"
    r"CVE-\d{4}|T1\d{3}|TTPs?|IOCs?|IoCs?|Angr(?:iff\w*|eifer\w*)|Angreif\w*|Schadsoftware|Schadprogramm\w*|Erpress\w*|verschlüssel\w*|Täter\w*|Sicherheitslücke\w*|Lücke\w*|Hacker\w*|Spionage\w*|Netzwerk\w*|Netz\w*|Rechner\w*|erbeut\w*|gestohlen\w*|"
    r"attaqu\w*|pirat\w*|rançon\w*|maliciel\w*|malveillan\w*|hameçonnage|chiffr\w*|espionn\w*|vulnérab\w*|faille\w*|victimes?|serveurs?|réseau\w*|vol(?:é|ée|és|ées)\b|ataque\w*|atac\w*|atacante\w*|maliciosa?\w*|cifr\w*|rescate|robad\w+|robó|espionaje|vulnerab\w*|víctimas?|servidor\w*|red(?:es)?|banda|ciber\w*|attacc\w*|vittim\w*|riscatto)\b",
    re.IGNORECASE,
)
"""Words of which one stands in nearly every sentence on an attack, and few stand in others."""
_LEAST_ELSEWHERE: Final = 3
"""Words of the trade that a text needs in all when the sentence of a name and its neighbours have none."""


def another_bears_it(page: Page, start: int, end: int) -> bool:
    """Whether a sentence gives a name or number to a thing, a flight or a figure of a story."""
    text = page.text
    first, last = page.sentence(start)
    back = max(first, start - 60)
    before, after = text[back:start], text[end : min(last, end + 80)]
    coded = _DESIGNATION.fullmatch(text, start, end)
    if coded is not None:
        whole = text[first:last]
        if _NUMBERED_THING.search(before) or _CODE_IS.search(before) or _ADDRESS_AFTER.match(after):
            return True
        if coded["joint"] and coded["letters"].istitle() and coded["letters"] == "Apt":
            return True
        return _TRAVEL.search(whole) is not None and TRADE.search(whole) is None
    whole = text[first:last]
    given = _IS_SOMETHING.match(after) or _NAMES_OF.match(after) or _PLACE_AFTER.match(after)
    if (given or _SOMETHING_CALLED.search(before) or page.inside(_OF_A_STORY, back, start)) and _REAL.search(
        whole
    ) is None:
        return True
    return page.inside(_FIGURE, first, last) is not None and _REAL.search(whole) is None


def attested(page: Page, start: int) -> bool:
    """Whether the sentence of a name, or one beside it, or the text by and large, speaks of attacks."""
    number = page.sentence_number(start)
    for each in (number, number - 1, number + 1):
        if 0 <= each < len(page.sentences):
            begin, end = page.sentences[each]
            if TRADE.search(page.text, max(begin, start - 600), min(end, start + 600)) is not None:
                return True
    found = 0
    for _ in TRADE.finditer(page.text, 0, 20_000):
        found += 1
        if found >= _LEAST_ELSEWHERE:
            return True
    return False
