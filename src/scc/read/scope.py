# SPDX-License-Identifier: Apache-2.0
"""Whether a place of a sentence stands under a denial, a question, a rehearsal, or in an order to the reader's software.

Looks back within the clause only: a comma, colon or full stop ends the reach of a "not"; right behind a name it looks for
what takes it back. Judges no truth, only form.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

REACH: Final = 110
"""Characters before a place that can deny it."""
_DENIED: Final = re.compile(
    # "Never before had …" and "were it not for …" speak of what was there.
    r"\b(?:(?<!were it )(?<!it were )not(?! (?:only|just|merely|until|once but))|never(?! (?:before|recovered|forgot))|neither|nor|(?:is|are|was|were|did|do|does|has|have|had)n[’']t|instead of|rather than|"
    r"unlike|rul(?:e|es|ed|ing) out|discount(?:s|ed)|no evidence (?:of|that|for)|no (?:link|connection|tie)s? (?:to|with|between))\b[^.,;:!?\n]{0,45}$"
    r"|\bno (?:signs?|indications?|traces?|use|sight|mention)(?: what(?:so)?ever| at all)? (?:of|that)\b[^.,;:!?\n]{0,75}$"
    # "At no point did they use …"; who at no point noticed it had it.
    r"|\b(?:did|do|does|made do|got by|managed|worked) (?:entirely )?without\b[^.,;:!?\n]{0,30}$"
    r"|\b(?:at no (?:point|time|stage|moment)|under no circumstances|in no (?:case|way)|on no occasion|by no means|not once(?! but)|nowhere)\b(?:(?! (?:notic|reali[sz]|learn|suspect|stop|block|prevent|spot))[^.,;:!?\n]){0,60}$"
    # "No evidence links … to"; "no log entry points to".
    r"|\bno (?!longer|doubt|less|question|surprise|wonder|coincidence|matter|sooner|fewer|more|other)(?:(?!and|but|that|which|while|when|was|were|is|are)[\w-]{2,20} ){1,5}?"
    r"(?:link(?:s|ed|ing)?|t(?:ies?|ied|ying)|connect(?:s|ed|ing)?|points?|point(?:ed|ing)|implicat\w{1,4}|suggest\w{0,3}|support\w{0,3}|shows?|showed|indicat\w{1,4}|attribut\w{1,4}|prov\w{1,4}|leads?|led|blam\w{1,3})\b[^.;:,!?\n]{0,45}$",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"\b(?:whether|asked if|wondered if|unclear if)\b[^.,;:!?\n]{0,45}$", re.IGNORECASE
)
_REHEARSED: Final = re.compile(
    r"\b(?:simulat|emulat|mimick|imitat|role-?play)\w*\b[^.,;:!?\n]{0,45}$|"
    r"\b(?:red team|purple team|penetration test(?:ers?)?|table-?top exercise)\b[^.;!?\n]{0,45}$",
    re.IGNORECASE,
)
_DOUBTED: Final = re.compile(
    # Nobody shows it: "nothing in the logs supports the theory that …"; "nobody knew that …" says the contrary.
    r"\b(?:nothing|nobody|no one|none)\b[^.;:,!?\n]{0,50}\b(?:support|suggest|indicat|point|prov|confirm|read|link|tie|connect|attribut|believ|bear)\w*\b[^.;:,!?\n]{0,80}$"
    r"|\b(?:nothing|little) (?:in common|to do) with\b[^.;:,!?\n]{0,45}$"
    # Somebody puts it away: "dismissed as fantasy a report that …".
    r"|\b(?:dismiss|reject|den(?:y|ie)|refut|debunk|disput)\w*\b[^.;!?\n]{0,60}\b(?:that|claims?|story|stories|reports?|rumou?rs?|suggestions?|theory)\b[^.;!?\n]{0,50}$"
    r"|\bsupposedly\b[^.;:,!?\n]{0,45}$",
    re.IGNORECASE,
)
_DENIED_THAT: Final = re.compile(
    # A verb of denying with its "that", or with the thing denied; the actor may stand far behind it.
    r"\b(?:descart\w{1,5}|desm(?:ient|int)\w{1,6}|nieg[ao]n?|neg(?:ó|aron)|rechaz\w{1,4}|démen(?:t|tent|ti|tit)|écart(?:e|ent|é)|exclu(?:t|ent)?|réfut\w{1,4}|contest(?:e|ent|é)|"
    r"smentisc\w{1,3}|esclud\w{1,3}|nega(?:no)?|ontken\w{0,3}) (?:\w{1,12}ment )?(?:que|qu['’]|che|dat|toda?|cualquier|tout|toute|qualsiasi|l['’]|la|le|el|una?|une)[^.;!?\n]{0,80}$"
    r"|\b(?:schließ(?:t|en)|schloss(?:en)?)\b[^.;!?\n]{0,30}\baus, dass\b[^.;!?\n]{0,80}$|\b(?:bestreite\w{0,2}|bestritt\w{0,2}|dementier\w{1,3}|leugne\w{0,2}), dass\b[^.;!?\n]{0,80}$",
    re.IGNORECASE,
)
"""The same with verbs of denying in Spanish, French, Italian, Dutch and German."""
_NO_MATTER: Final = re.compile(
    # Thanks for, or a loan from, what somebody else wrote on another matter.
    r"\b(?:structure|format|layout|template|style|idea|title|wording|inspir\w{1,6}|modell?ed|borrow\w{0,4}|credit|thanks|hat tip|kudos|nod)\b[^.;!?\n]{0,70}\b(?:report|paper|post|article|talk|analysis|write-?up|study|book|podcast)s? (?:on|about)\b[^.;,!?\n]{0,30}$",
    re.IGNORECASE,
)
_FICTION: Final = Sought(
    r"\b(?:in|of) (?:the|his|her|a|this|their|my|its) (?:[\w'’-]{1,20} ){0,2}?(?:thriller|novel|film|movie|tv series|television series|video game|comic|short story|screenplay|crime story|stage play|audio drama|fairy tale)\b"
    r"|\b(?:characters?|villains?|hero(?:es|ine)?|plot|author|actors? playing \w+) (?:in|of) (?:the|a|an|this|that|his|her) (?:[\w'’-]{1,20} ){0,2}?(?:series|play|story|book|thriller|novel|film|movie|game)\b"
    r"|\b(?:thriller|novel|film|movie|video game|comic|screenplay)['’]s\b|\b(?:fictional|fictitious|imaginary) (?:[\w'’-]{1,20} )?(?:attack|story|group|gang|hackers?|scenario|incident|case|company|crew|actor|threat|adversary)\b"
    r"|\b(?:in dem|im|in einem) (?:Thriller|Roman|Film|Krimi)\b|\bdans (?:le|un|ce) (?:thriller|roman|film)\b|\ben (?:la|una|el|esta) (?:novela|película)\b",
    re.IGNORECASE,
    near="thriller novel film movie tv television video comic short screenplay crime stage audio fairy series play story book game fictional fictitious imaginary roman krimi novela película",
)
"""Words of stories; what they tell did not happen."""
_TELLING: Final = re.compile(
    r"\b(?:reports?|claims?|stor(?:y|ies)|rumou?rs?|allegations?|suggestions?|assertions?|posts?|articles?|headlines?|tweets?)\b[^.;!?\n]{0,70}$",
    re.IGNORECASE,
)
_UNTRUE: Final = Sought(
    r"[“\"‘' ](?:entirely |wholly |completely |simply |purely |totally |utterly |plainly |all |just )?(?:made[ -]up|invented|fabricated|false|untrue|baseless|unfounded|nonsense|rubbish|fiction|wrong|a lie|lies|pure fantasy|without foundation|a fabrication|fabrications|a hoax|fake)(?=[”\"'’)]{0,2}(?:[.,;:!?\n]|\Z| by\b| and\b))",
    re.IGNORECASE,
    near="made invented fabricated false untrue baseless unfounded nonsense rubbish fiction wrong lie pure without fabrication hoax fake",
)
_NOT_THAT: Final = Sought(
    r"\b(?:nothing (?:whatever )?to do with|no (?:link|connection|relation|tie)s? (?:to|with)|unrelated to|not (?:linked|connected|related|tied) to|not the work of) (?:that|this|the|said) (?:group|gang|actor|crew|team|outfit|collective|malware|family|tool|one)\b",
    re.IGNORECASE,
    near="nothing no unrelated not",
)
"""A denial that points back at the name before it."""
_DENIED_ELSEWHERE: Final = re.compile(
    r"\b(?:nicht(?! nur)|kein(?:e|en|er|em)?)\b[^.,;:!?\n]{0,60}$"
    r"|\b(?:n['’](?:est|était|ont|a|avait)|ne (?:sont|serait|s['’]agit)) (?:pas|aucun\w*|nullement|rien)\b[^.,;:!?\n]{0,60}$|\bsans (?:lien|rapport) avec\b[^.,;:!?\n]{0,45}$"
    r"|\bno (?:es|son|fue|era|fueron|se trat\w+|hay|hubo|guarda)\b[^.,;:!?\n]{0,60}$|\b(?:ningún|ninguna(?! duda)|sin relación con)\b[^.,;:!?\n]{0,45}$"
    r"|\b(?:keineswegs|niemals|(?<!noch )nie(?! zuvor)|nunca(?! antes)|jamás|(?:ne|n['’]\w{1,8}) (?:\w{1,8} )?jamais|jamais [^.,;:!?\n]{1,30} n(?:e|['’]\w{1,8})|non \w{2,12} mai)\b[^.,;:!?\n]{0,60}$"
    r"|\b(?:aucune?|nessuna?) (?:preuve|indice|élément|trace|lien|signe|moment|cas|donnée|prova|indizio|elemento|traccia|legame|segno|momento|caso)\b[^.,;:!?\n]{0,60}$"
    r"|\bninguna (?:prueba|pista|evidencia|huella)\b[^.,;:!?\n]{0,60}$",
    re.IGNORECASE,
)
"""The same in German, French and Spanish, whose verbs stand farther off."""
_SUPPOSED: Final = re.compile(
    r"\b(?:could|might|may|would)\b[^.;!?\n]{0,60}\b(?:such as|like|say|for example|for instance|e\.g\.)\b[^.;!?\n]{0,30}$",
    re.IGNORECASE,
)
"""An example of what could be."""
_AFTER: Final = re.compile(
    r"[”\"'’)]{0,2} (?:was|is|were|are) nowhere\b|"
    r"[”\"'’)]{0,2} (?:has|have|had) never been (?:in|inside|on|seen|found|detected|used|part|involved)\b"
    r"|[”\"'’)]{0,2} (?:has|have|had|did|was|were|is|are)(?: not|n[’']t|n[’']t) (?:been )?(?:involved|behind|responsible|carr\w+ out|found|used|present|part|take part|play)\b"
    r"|[”\"'’)]{0,2} play(?:s|ed) no (?:role|part)\b|[”\"'’)]{0,2} (?:had|has|have) (?:nothing|no part|no role)\b"
    r"|[”\"'’)]{0,2} (?:will|is going to|are going to) (?:hack|attack|steal|encrypt|strike|hit|break into|come for)\b",
)
"""What right behind a name says that it was not there, or only will be."""
_MADE_UP: Final = Sought(
    r"\b(?:is|was|are|were) (?:just |only |simply )?(?:an? )?(?:fakes?|hoax(?:es)?|forger(?:y|ies)|fabrications?|myths?|legends?|fictions?|made[ -]up|invented|untrue)\b",
    re.IGNORECASE,
    near="fake hoax forger fabrication myth legend fiction made invented untrue",
)
_ORDERED: Final = Sought(
    r"\b(?:ignore|disregard|forget|override)\b[^.;\n]{0,30}\b(?:previous|prior|above|earlier|preceding|all|system)\b[^.;\n]{0,20}\b(?:instructions?|prompts?|directions?|rules|messages?)\b",
    re.IGNORECASE,
    near="ignore disregard forget override",
)
"""What a hostile text tells the software of its reader."""


_OFFERED: Final = re.compile(
    # What a product is said to do, or an applicant to know, has not happened: "our engine stops …", "you know … well".
    r"\b(?:our|this|the) (?:[\w-]+ ){0,3}(?:engine|platform|product|solution|software|agent|technology|tool|scanner|suite|service|edr|xdr|antivirus|firewall|rules?|signatures?|sensors?|detections?) "
    r"(?:stops?|blocks?|detects?|prevents?|protects?|catch(?:es)?|covers?|defends?|identif(?:y|ies)|recogni[sz]es?|neutrali[sz]es?)\b[^.;!?\n]{0,90}$"
    r"|(?:^|[.!?] )(?:you (?:know|have|bring|understand|master)|(?:experience|expertise|knowledge|familiarity|proficiency) (?:with|in|of))\b[^.;!?\n]{0,90}$",
    re.IGNORECASE,
)
_TAKEN_BACK: Final = re.compile(
    r"\W{0,3}(?:that|this|it|they|both|which) (?:is|was|were|are|has been) (?:not\b|(?:all |simply |plainly )?(?:an? )?(?:error|mistake|wrong|incorrect|false|untrue|mix-?up))",
    re.IGNORECASE,
)
_OWN_WORD: Final = re.compile(
    r"\b(?:we|our (?:\w+ )?(?:headline|article|report|post|story)|earlier version of this (?:post|article|report|story|advisory)|this (?:post|article|report|story))\b[^.;!?\n]{0,60}\b(?:report|list|nam|said|wrote|stat|claim|call|identif|attribut|includ|describ|gave|put)\w*",
    re.IGNORECASE,
)
_FORMS: Final = (
    _DENIED,
    _ASKED,
    _REHEARSED,
    _DOUBTED,
    _DENIED_THAT,
    _NO_MATTER,
    _DENIED_ELSEWHERE,
    _SUPPOSED,
    _OFFERED,
)


_WATCH: Final = r"(?:block|monitor|watch|hunt|alert|treat|restrict|limit|forbid|ban|disable|deny|prohibit|audit|look|log|flag|uninstall|allowlist|blocklist|investigate|scan|search|consider blocking|review|remove)"
_COUNSEL: Final = re.compile(
    rf"\b(?:should|ought to|must|recommend\w{{0,3}}|advis\w{{1,3}}|urge[sd]?|please|consider|encourage[sd]?)\b[^.;:!?\n]{{0,60}}\b{_WATCH}(?:ing)?\b[^.;:!?\n]{{0,80}}$"
    r"|\b(?:detection|sigma|yara|snort|suricata|hunting|correlation)[ ](?:rules?|signatures?|quer(?:y|ies)|content|logic) (?:for|covering|on|against)\b[^.;:!?\n]{0,60}$"
    rf"|(?:^|[.:;!?][ ]|\n[ ]?(?:[-*•][ ]|\d{{1,2}}[.)][ ])?){_WATCH}\b[^.;:!?\n]{{0,80}}$",
    re.IGNORECASE,
)
_COUNSEL_AFTER: Final = re.compile(
    r"[^.;:!?\n]{0,50}\bshould (?:always |never |not |only )?(?:raise|trigger|alert|ring|be (?:treated|blocked|monitored|considered|investigated|restricted|allowed|logged|audited|disabled|removed|flagged|reviewed|reported|forbidden|limited))\b",
    re.IGNORECASE,
)
_WAS_USED: Final = re.compile(
    r"\b(?:attackers?|actors?|intruders?|gang|group|criminals|operators|affiliates|adversar(?:y|ies)|hackers?|they)\b[^.;!?\n]{0,40}\b(?:us(?:e|es|ed|ing)|install\w{0,3}|deploy\w{0,3}|abus\w{1,3}|dropp\w{1,3}|rel(?:y|ies|ied)|left|brought|ran|favou?r\w{0,3})\b"
    r"|\b(?:used|installed|deployed|abused|dropped|left|favou?red|run) by\b|\b(?:seen|found|observed|used) in (?:this|these|the|recent|several|that) (?:\w{1,16} )?(?:attacks?|intrusions?|campaigns?|incidents?)\b",
    re.IGNORECASE,
)
_CUE: Final = Sought(
    r"\b(?:not|never|neither|nor|no|none|nothing|little|nobody|instead|rather|unlike|rul(?:e|es|ed|ing)|discount(?:s|ed)|aus, dass|whether|asked|wondered|unclear|red|purple|penetration|table-?top|supposedly|"
    r"could|might|may|would|you|reports?|paper|post|article|talk|analysis|write-?up|study|book|podcast|experience|expertise|knowledge|familiarity|proficiency|ningún|ninguna|sin|sans|ne|nicht|nowhere|without|nie|niemals|nunca|jamás|jamais|aucune?|nessuna?|non)\b"
    r"|\bnieg|\bneg|\b(?:stop|block|detect|prevent|protect|catche|cover|defend|identifie|recogni[sz]e|neutrali[sz]e)s?\b",
    re.IGNORECASE,
    near="analysis article asked aucun aus block book catche could cover defend detect discounted discounts experience expertise familiarity identifie instead jamais jamás knowledge little may might ne nicht nie ninguna ningún no nunca paper penetration podcast post prevent proficiency protect purple rather recogni red report rule ruling sans sin stop study supposedly table talk unclear unlike whether without wondered would write you",
)
_CUE_WITHIN: Final = (
    "n’", "n'", "kein", "simulat", "emulat", "mimick", "imitat", "role-play", "roleplay", "dismiss", "reject", "deny", "denie", "refut", "debunk", "disput",
    "descart", "desm", "rechaz", "démen", "écart", "exclu", "réfut", "contest", "smentisc", "esclud", "ontken", "bestre", "bestri", "dementier", "leugne",
)  # fmt: skip
"""Words, and beginnings within words, of which every form has one; most clauses have none and are done."""


def denied(page: Page, offset: int) -> bool:
    """Whether the clause before a place denies, asks or rehearses what stands there."""
    start, _ = page.sentence(offset)
    back = max(start, offset - REACH)
    low = page.low[back:offset]
    if not any(map(low.__contains__, _CUE_WITHIN)) and page.inside(_CUE, back, offset) is None:
        return False
    before = page.text[back:offset]
    for turn in (" but ", " sondern ", " sino "):
        # "Not the one but the other".
        before = before[before.rfind(turn) + 1 :] if turn in before else before
    return any(each.search(before) is not None for each in _FORMS)


def denied_after(page: Page, start: int, end: int) -> bool:
    """Whether what follows a name denies it, puts it off to the future or calls the whole thing made up."""
    begin, stop = page.sentence(start)
    if _AFTER.match(page.text, end, stop) or page.search(_MADE_UP, end, stop):
        return True
    if page.search(_NOT_THAT, end, min(stop, end + 300)):
        return True
    return (
        page.search(_UNTRUE, end, stop) is not None
        and _TELLING.search(page.text, max(begin, start - REACH), start) is not None
    )


def fictional(page: Page, offset: int) -> bool:
    """Whether the sentence of a place tells of a story: "in the thriller", "a fictional attack"."""
    return page.may(_FICTION) and page.inside(_FICTION, *page.sentence(offset)) is not None


def advised(page: Page, start: int, end: int) -> bool:
    """Whether a name of a program stands in advice to the reader only: "treat any use of … as suspicious", "block …".

    Not where the same sentence says that somebody used it.
    """
    first, last = page.sentence(start)
    before = page.text[max(first, start - 160) : start]
    if _COUNSEL.search(before) is None and _COUNSEL_AFTER.match(page.text, end, last) is None:
        return False
    return not was_used(page.text, end, last) and _WAS_USED.search(before) is None


def was_used(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] says that attackers used something."""
    return _WAS_USED.search(text, start, end) is not None


def taken_back(page: Page, offset: int) -> bool:
    """Whether a source corrects here what it had said: "we reported that …" with "That was an error" behind it."""
    number = page.sentence_number(offset)
    if number < 0 or number + 1 >= len(page.sentences):
        return False
    start, end = page.sentences[number + 1]
    if _TAKEN_BACK.match(page.text, start, min(end, start + 200)) is None:
        return False
    return _OWN_WORD.search(page.sentence_text(offset)) is not None


def ordered(page: Page, offset: int) -> bool:
    """Whether the sentence of a place gives orders to whatever software reads it."""
    return page.may(_ORDERED) and page.inside(_ORDERED, *page.sentence(offset)) is not None
