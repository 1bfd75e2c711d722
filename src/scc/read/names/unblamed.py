# SPDX-License-Identifier: Apache-2.0
"""Whether a sentence only weighs, refuses, drops or foists an attribution, or speaks of somebody who borrows a name.

"It is too early to blame Sandworm"; "the theory that … has been shelved"; "LockBit denies any part in it"; "APT41 was cleared"; "a pupil
signed his mails LockBit". `absent` has what was not there, `scope` what is withdrawn. Judges form only, no truth.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

_BACK: Final = 200
_AHEAD: Final = 240
_Q: Final = r"[“\"‘'«„]?"
_ATTRIBUTE: Final = r"(?:attribut|ascrib|assign|blam|nam|accus|link|t(?:ie|ying)|connect|pin|point|speculat|implicat|suspect|see the hand of|say (?:that|whether|if)|confirm|lay|put|credit|call|comment)"
_RELUCTANT: Final = Sought(
    # Who cannot or will not say it.
    rf"\b(?:rash|premature|too (?:early|soon|easy|simple)|hasty|unwise|unfair|irresponsible|wrong|(?:a|an) (?:mistake|error)|tempting|far-fetched|absurd|impossible|not possible|no reason|little reason|refus\w{{1,3}}|declin\w{{1,3}}|reluctant|hesitat\w{{1,3}}|unwilling|unable|not ready|not prepared|in no position|cannot|can['’]t|can not|could(?: not|n['’]t)|(?:would|will|do|does|did) not|(?:wo|do|does|did)n['’]t) (?:yet |even |publicly |so far )?(?:to )?{_ATTRIBUTE}\w{{0,4}}\b[^.;:!?\n]{{0,60}}$"
    rf"|\b(?:stop(?:s|ped|ping)? short|short|f(?:alls|ell) short|wary|shy) of {_ATTRIBUTE}\w{{0,4}}\b[^.;:!?\n]{{0,50}}$|\bso much for (?:the )?{_Q}$|\b(?:without|instead of|before|avoids?|avoided) {_ATTRIBUTE}ing\b[^.;:!?\n]{{0,40}}$"
    r"|\b(?:zu früh|verfrüht|voreilig|falsch|vorschnell)\b[^.;:!?\n]{0,60}$|\b(?:prématuré|trop tôt|prudent de ne pas|hâtif) [^.;:!?\n]{0,60}$|\b(?:prematuro|demasiado pronto|precipitado) [^.;:!?\n]{0,60}$",
    re.IGNORECASE,
    near="accus ascrib assign attribut blam call comment confirm connect credit demasiado falsch früh hand hâtif implicat lay link much nam pin point precipitado prematuro prudent prématuré put say speculat suspect tie trop tying verfrüht voreilig vorschnell",
)
_DOUBT: Final = Sought(
    r"(?<!no )(?<!without )(?<!beyond )\bdoubt(?:s|ed|ful)? (?:that|whether|if)\b[^.;:!?\n]{0,60}$"
    r"|\b(?:laugh|shrug|smil|sigh|winc|grinn|star)\w{0,4}\b[^.;:!?\n]{0,20}\b(?:asked|questioned|pressed) (?:about|on|whether|if)\b[^.;:!?\n]{0,40}$",
    re.IGNORECASE,
    near="asked doubt pressed questioned",
)
_CONTRADICTED: Final = re.compile(
    r",? (?:but )?[^.;,!?\n]{2,50} (?:did|does|do|has|had|was|were)(?: not|n['’]t)(?=[.;!]|\Z)", re.IGNORECASE
)
_GONE_BEFORE: Final = re.compile(
    r"[”\"'’»]? (?:had|has|was|were|is) (?:already |long |by then |since )*(?:been )?(?:disbanded|gone|defunct|dissolved|shut down|dead|dismantled|taken down|out of business|behind bars|in (?:jail|custody|prison))\b[^.;!?\n]{0,60}\b(?:before|when|by then|at the time|by the time)\b",
    re.IGNORECASE,
)
_THEORY: Final = Sought(
    r"\b(?:theor(?:y|ies)|hypothes[ei]s|idea|notion|suspicions?|suggestions?|rumou?rs?|speculation|talk|claims?|story|stories|reports?|tale|belief|assumption|attribution|finger|trail|lead|track|piste|thèse|hypothèse|rumeur|soupçons?|Verdacht|These|Vermutung|Gerücht\w{0,2}|Spur|teoría|hipótesis|sospechas?|pista|rumor)\b[^.;!?\n]{0,50}$",
    re.IGNORECASE,
    near="assumption attribution belief claim finger gerücht hipótesis hypothes hypothèse idea lead notion pist report rumeur rumo sospecha soupçon speculation spur stories story suggestion suspicion tale talk teoría theor these thèse track trail verdacht vermutung",
)
_GONE: Final = re.compile(
    r"[^.;!?\n]{0,90}?\b(?:(?:has|have|had|was|were|is|are) (?:since |now |quickly |soon |later |long )?(?:been )?(?:shelved|abandoned|dropped|discarded|discounted|dismissed|debunked|disproved|refuted|buried|laid to rest|put to rest|dead|wrong|false|baseless|unfounded|unsupported|exploded|scotched)|collapsed|(?:does|do|did) not hold|fell apart|falls apart|came to nothing|led nowhere|went cold|evaporated|hat sich (?:nicht|zerschlagen|erledigt|in Luft)|(?:wurde|ist|war) (?:verworfen|vom Tisch|falsch|widerlegt|fallen ?gelassen)|(?:a été|est|était) (?:abandonnée?|écartée?|démentie?|fausse|faux|infondée?)|(?:ha sido|fue|queda|quedó|es|era) (?:descartad[oa]|abandonad[oa]|desmentid[oa]|fals[oa]|infundad[oa]))\b",
    re.IGNORECASE,
)
_FREED: Final = re.compile(
    r"[”\"'’»]? (?:(?:was|were|has been|have been|had been|is|are) (?:since |now |later |quickly |soon |thereby )?(?:cleared|exonerated|acquitted|absolved|ruled out|eliminated|discounted|excluded|off the hook|out of the (?:question|frame|picture)|above suspicion|innocent|blameless|not guilty)|ha(?:d|s|ve) an alibi|(?:ist|war|wurde) (?:aus dem Schneider|entlastet|ausgeschlossen)|(?:est|a été) (?:mise? hors de cause|blanchie?|innocentée?|écartée?|exclue?)|(?:ha sido|fue|queda|quedó) (?:descartad[oa]|excluid[oa]|exculpad[oa]|exonerad[oa]))\b",
    re.IGNORECASE,
)
_OUT: Final = Sought(
    r"\brul(?:e|es|ed|ing) (?:the )?$|\bschlie(?:ßt|ßen) (?:die )?$|\bschloss(?:en)? $",
    re.IGNORECASE,
    near="rule ruling schließen schließt schloss",
)
_OUT_AFTER: Final = re.compile(r"[”\"'’»]?(?:['’]s \w+)?(?: [\w-]{2,16}){0,3} (?:out|aus)\b")
_DENIES: Final = re.compile(
    r"[”\"'’»]?(?: (?:itself|themselves|too|also|has|have|had|meanwhile|promptly)){0,2} (?:(?:denie[sd]|deny|denying|disclaim\w{0,3}|disavow\w{0,3}|disput\w{1,3}|reject\w{0,3}) (?:any |all |having |that (?:it|they) (?:was|were|had|has|did|is|attack|hit|hack)|it (?:was|did|is|had)|(?:the|this|every) (?:attack|hack|accusation|allegation|charge|link|connection|responsib|involve)|responsib|involve|being )|distanc\w{1,3} (?:itself|themselves) from|wants? nothing to do with|(?:says?|said|insist\w{0,3}|claim\w{0,3}|swears?|swore|maintain\w{0,3}) (?:that )?(?:it|they) (?:had nothing|(?:was|were|is|are|did|had|has)(?: not|n['’]t)|never))"
    r"|[”\"'’»]? (?:bestreitet|bestritt|dementiert\w{0,2}|leugnet\w{0,2}|weist|wies|nie |dément|démenti|niega|negó|desmiente|desmintió|rechaza|rechazó|nega|ha negado|a nié|a démenti)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = Sought(
    # The same in German and Spanish, where the verb stands apart or the object has an "a".
    r"\b(?:descart\w{1,4}|excluy\w{1,4}|exculp\w{1,4}|desvincul\w{1,4}) (?:a |al |la (?:participación|autoría|mano|implicación) de(?:l)? |el papel de )(?:grupo |la banda )?$|\b(?:dementier\w{0,3}|bestreite\w{0,2}|bestritt\w{0,2}|leugne\w{0,2}),? (?:[\w-]{2,16} ){0,6}$|\b(?:dément|démentent|nie|nient|niega|niegan|negó|desmintió|nega) (?:avoir|être|haber|ser|di aver|di esser)[^.;:!?\n]{0,60}$|\b(?:écart\w{1,3}|exclu\w{0,3}|disculp\w{1,3}|mettent? hors de cause|met hors de cause) (?:le groupe |la piste |la main de |le rôle de |toute (?:\w+ )?de )?$",
    re.IGNORECASE,
    near="bestreite bestritt dementier descart desmintió desvincul disculp dément exclu exculp hors leugne nega negó nie écart",
)
_NO_SIGN: Final = re.compile(
    r"[”\"'’»]? (?:(?:gibt|gab) es (?:\w{2,12} )?(?:kein\w{0,6}|kaum)\b|(?:fehlt|fehlte)\b[^.;!?\n]{0,30}\bjede Spur\b|fand(?:en)? sich (?:\w{2,12} )?(?:kein\w{0,4}|nichts)\b|(?:war|ist) keine (?:Spur|Rede)\b|(?:war|ist) (?:es )?(?:\w{2,12} )?nicht\b|nicht (?:beteiligt|verantwortlich|im Spiel|schuld|gemeint|gefunden|nachweisbar|dahinter|dabei)|(?:il n['’]y a|on n['’]a (?:trouvé|vu)|ne subsiste|n['’]existe) (?:\w{2,12} )?(?:aucun\w{0,2}|pas|nulle)\b|no (?:hay|hubo|quedó|queda) (?:\w{2,12} )?(?:rastro|prueba|indicio|huella|se)\b)",
    re.IGNORECASE,
)
_BORROWER: Final = Sought(
    r"\b(?:pupils?|schoolboys?|schoolgirls?|students?|teen(?:ager)?s?|\d{1,2}-year-olds?|prankster|jokers?|crooks?|fraudsters?|scammers?|con ?m[ae]n|ex-employee|employee|clerk|insider|hoaxer|neighbour|swindlers?|cheats?|lone|amateurs?|Schüler\w{0,3}|Jugendliche\w?|Betrüger\w{0,2}|Trickbetrüger\w{0,2}|élèves?|lycéens?|escrocs?|adolescents?|alumnos?|adolescentes?|estafador(?:es)?)\b[^.;!?\n]{0,70}\b(?:sign(?:s|ed|ing)?|pos(?:es|ed|ing) as|in the name of|under the name(?: of)?|call(?:s|ed|ing)? (?:himself|herself|themselves)|claim(?:s|ed|ing)? to (?:be|come from|belong)|pretend\w{0,3}|us(?:es|ed|ing) the name(?: of)?|borrow\w{0,3} the name(?: of)?|im Namen (?:von|der)|unterschrieb\w{0,2}|als|au nom d[eu]|signa(?:it|ient)?|en nombre de|firm(?:ó|aba|aron))(?: (?:[\w'’-]{1,14} ){0,3})?"
    rf" ?{_Q}$",
    re.IGNORECASE,
    near="als claim firmaba firmaron firmó herself himself name nom posed poses posing pretend sign themselves unterschrieb",
)
_POSING: Final = Sought(
    r"\b(?:claim(?:s|ed|ing)? to (?:come|be) from|purport\w{0,4} (?:to (?:come|be) )?(?:from|by)|suppos(?:ed|edly) (?:from|by|signed by)|allegedly from|in the name of)(?: the)? "
    rf"{_Q}$",
    re.IGNORECASE,
    near="allegedly claim name purport supposed",
)
_SCAM: Final = re.compile(
    r"\b(?:scams?|hoax(?:es)?|fakes?|bluff|empty threat|nothing (?:had been|was|has been|is) (?:stolen|taken|encrypted|missing)|no (?:data|files|intrusion|breach|theft)|frauds?|Betrug|Fälschung|arnaque|faux|estafa|fals[oa])\b",
    re.IGNORECASE,
)


_WEAK_LINK: Final = re.compile(
    r"[”\"'’»]? (?:theory|hypothesis|angle|rumou?r|attribution)\b(?![^.;!?\n]{0,60}\b(?:confirm|prove[dn]|holds?|solid|strong|firm|clear|certain|established)\w*)",
    re.IGNORECASE,
)
_DOUBTED_LINK: Final = Sought(
    r"\b(?:call|dismiss|doubt|question|mock|dispute|reject|belittle)\w{0,3} (?:the|any|an?|that|this) [“\"‘'«„]?$",
    re.IGNORECASE,
    near="belittle call dismiss dispute doubt mock question reject",
)
_LINK: Final = re.compile(r"[”\"'’»]? (?:link|connection|claim|trail|lead|story|version)\b", re.IGNORECASE)
_UNPROVEN: Final = re.compile(
    r"[^.;!?\n]{0,60}\b(?:remains?|is (?:still )?|stays?|bleibt|reste|sigue|queda) ?(?:unproven|unproved|unconfirmed|unverified|doubtful|speculat\w+|a (?:guess|theory|hypothesis)|(?:to be|yet to be) (?:seen|shown|proved|proven)|(?:pure|mere) (?:guesswork|speculation)|unbewiesen|unbestätigt|non prouvée?|à prouver|sin (?:probar|confirmar))\b",
    re.IGNORECASE,
)
_ACCUSED: Final = Sought(
    r"\b(?:saw the hand|suspect|accus|blam|attribut|nam|point|thought|believ|said|galt|galten|hielt|verdächtig|vermut|soupçonn|attribu|pens[éóa]|culp|atribu|señal|sospech)\w{0,5}\b[^.;!?\n]{0,60}$",
    re.IGNORECASE,
    near="accus atribu attribu believ blam culp galt hielt nam pens point said saw señal sospech soupçonn suspect thought verdächtig vermut",
)
_MISTAKENLY: Final = re.compile(
    r"[^.,!?\n]{0,60},? (?:wrongly|mistakenly|in error)(?=[.;!]|\Z)|[^.!?\n]{0,80}\b(?:then corrected|corrected (?:himself|herself|themselves|itself)|(?:took|takes) (?:it|that) back|changed (?:his|her|its|their) mind|à tort|zu Unrecht|fälschlich\w{0,8}|irrtümlich\w{0,2}|sehen das (?:\w+ )?anders|sieht das (?:\w+ )?anders|erróneamente|equivocadamente|por error|a torto)\b",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"(?:^|[.;:!?\n] ?)(?:Forget(?: about)?|Never mind|Leave aside|Leaving aside|Put aside|Set aside|Vergessen Sie|Oubliez|Olvíde(?:se|nse) de) (?:the )?[“\"‘'«„]?$",
)


def unblamed(page: Page, start: int, end: int) -> bool:
    """Whether a sentence names somebody without laying anything at his door."""
    text = page.text
    first, last = page.sentence(start)
    back = max(first, start - _BACK)
    before, after = text[back:start], text[end : min(last, end + _AHEAD)]
    if _FREED.match(after) or _DENIES.match(after) or _NO_SIGN.match(after):
        return True
    if any(page.inside(each, back, start) for each in (_RELUCTANT, _ELSEWHERE, _BORROWER)):
        return True
    if _ASIDE.search(before) or _WEAK_LINK.match(after) or _UNPROVEN.match(after):
        return True
    if page.inside(_DOUBT, back, start) or _GONE_BEFORE.match(after):
        return True
    if page.inside(_ACCUSED, back, start) is not None and _CONTRADICTED.match(after) is not None:
        return True
    if page.inside(_DOUBTED_LINK, back, start) and _LINK.match(after):
        return True
    if page.inside(_ACCUSED, back, start) is not None and _MISTAKENLY.match(after) is not None:
        return True
    if page.inside(_OUT, back, start) and _OUT_AFTER.match(after):
        return True
    if page.inside(_THEORY, back, start) is not None and _GONE.match(after) is not None:
        return True
    return page.inside(_POSING, back, start) is not None and _SCAM.search(after) is not None
