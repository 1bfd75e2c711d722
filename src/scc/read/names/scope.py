# SPDX-License-Identifier: Apache-2.0
"""Names that a text holds without saying that anybody or anything of that name was there.

An attribution that its source withdraws, what would have happened had somebody acted, who only boasts of belonging to a
gang, a program that the reader is told to use. `scope` has what is denied or asked, `people` who only is called so.
Judges form only, no truth.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.listed_out import listed_out
from scc.read.names.absent import absent
from scc.read.names.bearers import another_bears_it
from scc.read.names.honest import honest_use, in_honest_hands
from scc.read.names.known_names import Alias
from scc.read.names.likened import likened
from scc.read.names.people import is_person, is_somebody
from scc.read.names.unblamed import unblamed
from scc.read.page import Page
from scc.read.scope import advised, denied, denied_after, fictional, ordered, was_used
from scc.read.sought import Sought
from scc.read.text.furniture import is_furniture

_QUOTED_HEAD: Final = re.compile(r"[“\"‘][A-Z]\w{2,12} $")
_HEAD: Final = re.compile(r"\b[A-Z]\w{2,12} $")
_BEFORE: Final = 160
"""Characters before a name that are looked at."""
_SAID: Final = r"(?:attribution|assessment|claim|conclusion|accusation|allegation|statement|finding|suggestion|link|naming|identification|Zuordnung|Zuschreibung|Behauptung|Einschätzung|atribución|afirmación|acusación|affirmation|accusation|attribuzione|affermazione)s?"
_WITHDRAWN: Final = Sought(
    rf"\b(?:withdr[ae]w\w{{0,3}}|retract\w{{0,3}}|revok\w{{1,3}}|rescind\w{{0,3}}|recant\w{{0,3}}|correct(?:s|ed|ing)|t(?:ak(?:e|es|ing)|ook|aken) back|walk(?:s|ed|ing)? back|abandon\w{{0,3}}|no longer (?:stands?|standing) by|ziehen|zieht|nehmen|nimmt|nahm|retir\w{{1,5}}|revien\w{{1,3}} sur|ritir\w{{1,5}})\b[^.;!?\n]{{0,30}}\b{_SAID}\b(?:(?! (?:and|but|while|after)\b)[^.,;:!?\n]){{0,40}}$"
    r"|\bno longer (?:\w{2,12} ){0,2}?(?:attribut|ascrib|believ|think|assess|consider|blam|suspect)\w{0,4}\b[^.;,!?\n]{0,50}$"
    r"|\b(?:wrong|mistaken|premature|an error|a mistake) to (?:name|blame|link|attribut|accus|identif|suspect)\w{0,3}\b[^.;,!?\n]{0,50}$|\bapologi[sz]\w{1,3} for (?:having )?(?:wrongly )?(?:nam|blam|link|attribut|accus|identif)\w{1,4}\b[^.;,!?\n]{0,40}$"
    r"|\b(?:wrongly|mistakenly|erroneously|falsely) (?:nam|blam|link|attribut|accus|identif|list)\w{1,4}\b[^.;,!?\n]{0,50}$",
    re.IGNORECASE,
    near="withdr retract revok rescind recant correct tak took walk abandon longer ziehen zieht nehmen nimmt nahm retir revien ritir wrong mistaken premature error mistake apologi erroneously falsely",
)
_NAMED: Final = Sought(
    r"\b(?:nam|blam|link|attribut|accus|identif|list)\w{1,4} (?:[\w-]{1,12} ){0,3}$",
    re.IGNORECASE,
    near="accus attribut blam identif link list nam",
)
_IN_ERROR: Final = re.compile(r"[^.;,!?\n]{0,40} (?:in error|by mistake|wrongly|mistakenly|erroneously)\b")
_SAID_BEFORE: Final = Sought(
    # "The claim of …" is the gang's own.
    rf"\b{_SAID} (?:[\w-]{{2,15}} ){{0,3}}?(?:to|that|naming|about|with|zu|an|à|a|al)(?: the)? $",
    re.IGNORECASE,
    near="attribution assessment claim conclusion accusation allegation statement finding suggestion link naming identification zuordnung zuschreibung behauptung einschätzung atribución afirmación acusación affirmation attribuzione affermazione",
)
_WITHDRAWN_AFTER: Final = re.compile(
    r"[^.;!?\n]{0,60}\b(?:(?:has|have|had|was|were|is|are) (?:\w{2,12} )?(?:been )?(?:withdrawn|retracted|revoked|rescinded|abandoned|taken back|walked back|corrected|mistaken|premature|wrong|an error|a mistake)|(?:could|can)(?: not|n[’']t|not) (?:yet )?be (?:confirmed|shown|proven|proved|established|substantiated|verified)|wurde (?:zurückgezogen|zurückgenommen)|(?:zurück|zurückgezogen|zurückgenommen)(?=[.,;!?]|\Z)|(?:a été|est) (?:retirée?|abandonnée?)|(?:ha sido|fue|se ha) retirad[ao])",
    re.IGNORECASE,
)
_PROOF: Final = Sought(
    r"\b(?:evidence|proof|indications?|traces?|data) (?:link|ty|connect|implicat|point|attribut|show)ing (?:\w{2,12} ){0,4}$",
    re.IGNORECASE,
    near="evidence proof indication trace data",
)
_LACKING: Final = re.compile(
    r"[^.;!?\n]{0,60}\b(?:(?:does|do|did)(?: not|n[’']t) exist|(?:is|are|was|were) (?:still |entirely )?(?:lacking|missing|absent)|(?:has|have|had|was|were)(?: not| never|n[’']t) (?:yet )?(?:been )?(?:found|shown|published|presented|surfaced|turned up))\b",
    re.IGNORECASE,
)
_RETURN: Final = re.compile(r"\b(?:zurück|zurückgezogen|zurückgenommen)\b", re.IGNORECASE)
_RETURNS: Final = re.compile(r"\b(?:ziehen|zieht|nehmen|nimmt|nahm)\b", re.IGNORECASE)

_USED: Final = r"(?:deployed|used|employed|launched|unleashed|installed|dropped|run|executed|released|planted|loaded|brought in|chosen|picked|delivered|spread|wielded|turned to|reached for|attacked|struck|hit|targeted|come for|gone after|turned on|breached|hacked|encrypted|got in)"
_ANY: Final = r"(?:(?!not|never|n[’']t|known|noticed|seen)[\w'’-]{1,20} )"
_HAD: Final = re.compile(
    # "Had the operators deployed …, half the region would": what nobody did. With "not" it was done.
    rf"(?:(?:^|[.;!?:\n—–] ?)Had|[,;:—–] had(?= (?:the|they|he|she|its?|his|their|those|these|any|[A-Z]))) {_ANY}{{1,6}}?{_USED} {_ANY}{{0,5}}$"
    rf"|\b(?:[Ii]f|[Ss]uppose|[Ii]magine) {_ANY}{{1,5}}?had {_ANY}{{0,4}}?{_USED} {_ANY}{{0,5}}$"
)
_HAD_SELF: Final = re.compile(
    r"(?:^|[.;!?:\n—–] ?)(?:Had|(?:If|Suppose|Imagine)) (?:the )?(?:[\w'’-]{1,16} ){0,2}$"
)
_HAD_SELF_AFTER: Final = re.compile(
    rf"(?:['’]s)?(?: (?:gang|group|crew|operators|affiliates|ransomware|malware|worm|hackers))?(?: had)?(?: been)? {_USED}\b(?![^.;!?\n]{{0,60}}\b(?:again|too|also|longer|more|earlier|sooner|later)\b)",
)
_IMAGINED: Final = re.compile(
    r"(?:^|[.;!?:\n] ?)(?:Suppose|Imagine|What if|Picture|Let us (?:assume|imagine|suppose)|Assume|Angenommen|Stellen Sie sich vor|Was,? wenn|Supposons|Imaginons|Imaginez|Et si|Imaginemos|Supongamos|¿?Y si|In the worst case|At worst|Im schlimmsten Fall)\b[^.;!?\n]{0,60}$"
)
_FOR_EXAMPLE: Final = re.compile(r"\b(?:such as|like) (?:the )?$")
_WOULD_DO: Final = re.compile(r" (?:would|could|might)\b")
_WOULD: Final = re.compile(
    r"\b(?:would|could|might)(?: \w{1,12})?\b|\b(?:wäre|wären|hätte|hätten|würde|würden|könnte|aurait|auraient|serait|seraient|habría|habrían|hubiera|sería)\b"
)
_WERE: Final = re.compile(
    r"(?:^|[.;!?:,\n—–] ?)(?:[Ww]ere|[Ss]hould|[Ii]f) (?:the )?(?:[\w'’-]{1,16} ){0,2}$"
)
_WERE_AFTER: Final = re.compile(
    r"(?:['’]s)?(?: (?:gang|group|crew|operators|affiliates|ransomware|malware|worm|hackers))?(?: ever)? (?:(?:were|was|be|are) )?"
    r"(?:to (?!blame|date|this)\w{2,}|(?:ever )?(?:attack|strike|hit|target|come|turn|choose|pick|decide|spread to|reach|break in|get in)\b)(?![^.;!?\n]{0,60}\b(?:again|return|once more|back)\b)",
)
_WENN: Final = re.compile(
    # The same in German, French and Spanish, whose verbs show that it did not happen.
    r"(?:^|[.;!?:\n] ?)(?:Hätten?|Wären?) (?:(?!nicht)[\w'’-]{1,20} ){0,6}$|(?:^|[.;!?:\n] ?)Sollten? (?:(?:die|der|das) (?:[\w-]{1,20} )?)?$|(?:^|[.;!?:\n] ?)(?:Wenn|Falls) (?:(?!nicht)[\w'’-]{1,20} ){0,6}$"
    r"|(?:^|[.;!?:\n] ?)Si (?:[\w'’-]{1,20} ){1,5}?(?:avai(?:t|ent)|hubiera[ns]?|hubiese[ns]?) (?:[\w'’-]{1,20} ){0,5}$|(?:^|[.;!?:\n] ?)De haber (?:[\w'’-]{1,20} ){1,5}$|(?:^|[.;!?:\n] ?)Si (?:le groupe |el grupo |la banda )?$",
)
_WENN_AFTER: Final = re.compile(
    r"(?:(?!\bnicht\b)[^.;,!?\n]){0,60}(?:, (?:so |dann )?(?:wär|hätt|würd|könnt)\w+|, [^.;!?\n]{0,60}\b(?:aurai(?:t|ent)|serai(?:t|ent)|habría[ns]?|hubiera[ns]?|sería[ns]?)\b)"
    r"|(?: uns| unser\w*| die| das| den)?[^.;,!?\n]{0,50}(?:angreifen|treffen|zuschlagen|angriffe|zuschlüge|wenden),"
    r"| (?:venait à|s['’]en prenait à|attaquait|frappait|llegara a|atacara|atacase|se volviera)\b",
)
_KNEW: Final = re.compile(
    r"\b(?:bemerk|entdeck|erkann|gestoppt|aufgehalten|gewusst|gesehen|gefunden|bezahlt|blockiert|détect|remarqu|découvert|stopp|arrêt|bloqu|pay|vu\b|su\b|detect|notad|sabid|visto|deten|pagad|descubiert)",
    re.IGNORECASE,
)
"""What one can only do with what is there."""
_IF: Final = re.compile(
    r"\b(?:Had|had|If|if|Suppose|Imagine|Were|were|Should|should|Hätten?|Wären?|Sollten?|Wenn|Falls|Si|De haber)\b"
)

_BELONGS: Final = re.compile(
    r"\b(?:(?:belong(?:s|ed|ing)?|gehör\w{1,3}|appart(?:ient|enir|enait)|perten\w{2,6}) (?:to|zu[rm]?|à|au|a|al)\b|members? of|part of|(?:act|work|speak|post)(?:s|ed|ing)? (?:for|on behalf of|in the name of)|affiliated (?:to|with)|(?:Mitglied|Teil) (?:von|der)|(?:membres?|miembros?) d[eu]|(?:is|was|be|were|are|calls? (?:itself|himself|herself|themselves)|posing as|poses as|posed as|introduced (?:itself|himself|themselves) as|signed(?: \w+)? as))\b(?: the| der| la| le| el)?(?: (?:group|gang|Gruppe|groupe|grupo))? [“\"‘']?$",
    re.IGNORECASE,
)
_SAYS_SO: Final = re.compile(
    r"\b(?:claim\w{0,3}|t[oe]ll?[ds]?|said|says?|saying|boast\w{0,3}|insist\w{0,3}|assert\w{0,3}|call(?:s|ed)? (?:itself|himself|herself|themselves)|introduc\w{1,3}|pos(?:e|es|ed|ing) as|sign(?:s|ed)|behaupt\w{1,3}|sagt\w{0,2}|erklärt\w{0,2}|prétend\w{0,5}|affirm\w{1,4}|dit|afirm\w{1,4}|asegur\w{1,4}|dijo|dice)\b",
    re.IGNORECASE,
)
_POSES: Final = Sought(
    r"\b(?:pos(?:es?|ed|ing) as|pretend\w{0,3} to be|impersonat\w{1,3}|masquerad\w{1,3} as|gab(?:en)? sich als|gibt sich als|geben sich als|se fai(?:t|sait|saient) passer pour|se hac(?:en?|ían?) pasar por)(?: (?:the|an?|members? of|affiliates? of|group|gang|hackers? (?:from|of)|Mitglied|membres? de|miembros? de)){0,4} [“\"‘']?$",
    re.IGNORECASE,
    near="pos pretend impersonat masquerad gab gibt geben se",
)
"""Who poses as a gang is another."""
_IMPOSTOR: Final = re.compile(
    r"(?<!no )(?<!not a )(?<!not an )(?<!kein )(?<!keine )(?<!pas un )(?<!no es un )\b(?:impost(?:o|eu)rs?|copy-?cats?|imitat(?:ors?|eurs?)|imitador(?:es)?|Nachahmer\w{0,2}|Trittbrettfahrer\w{0,2}|Hochstapler\w{0,2}|wannabes?|hoax|bluff|trick|pretenders?|lone (?:teenager|actor|hacker|person|amateur)|Einzeltäter\w{0,2})\b"
    r"|\b(?:is|was|are|were) (?:not|never) (?:a |one of its |among its )?(?:members?|part|affiliates?)\b|\b(?:borrow(?:s|ed|ing)|only us(?:es|ed|ing)) (?:the|its|their) name\b",
    re.IGNORECASE,
)
_NO_TIES: Final = re.compile(
    r"\b(?:without|no|keine|ohne|sans|aucun|sin|ningún) (?:known |real |actual |proven |any |apparent )?(?:ties?|links?|connections?|Verbindung(?:en)?|liens?|vínculos?|relación) (?:to|with|zu[rm]?|mit|avec|à|au|con|al?) "
    r"(?:(?:the|that|this|der|dieser|dem|le|la|el|ce|cette|esta|este) )?(?:real |actual )?(?P<what>group|gang|crew|collective|cartel|it|them|Gruppe|Bande|groupe|grupo|banda|[A-Z][\w$]+)\b",
)
_GANGS: Final = frozenset("group gang crew collective cartel it them Gruppe Bande groupe grupo banda".split())

_COUNSEL: Final = re.compile(
    # Advice to use something; not to attackers, and "use of" is no order.
    r"(?:^|[.:;!?] |\n ?(?:[-*•] |\d{1,2}[.)] )?|\b(?:please|bitte) )(?:please |then |first |next,? )?(?:use|run|download|install|start|try|open|launch|execute|collect|capture|save|dump|scan|check|compare|inspect|analy[sz]e|acquire|verify|map|test|learn)\b(?! of\b)[^.;:!?\n]{0,90}$"
    r"|\b(?:should|must|ought to|recommend\w{0,3}|advis\w{1,3}|suggest\w{0,3}|encourag\w{1,3}|remember to|make sure to|be sure to|we like to|you (?:can|could|may|might)|defenders (?:can|could|may)|administrators (?:can|could|may)|teams? (?:can|could|may))\b[^.;:!?\n]{0,40}?\b(?:us(?:e|ing)|run(?:ning)?|download|install|start|try|tak(?:e|ing)|mak(?:e|ing)|collect|captur\w{1,3}|sav(?:e|ing)|dump|scan|check|inspect|analy[sz]\w{1,3}|acquir\w{1,3}|verif\w{1,4}|map|test)\b[^.;:!?\n]{0,80}$"
    r"|\b(?:suggest|recommend|empfehlen|recommandons|recomendamos) (?:the (?:free )?tools? |tools? (?:such as|like) |the use of )?$"
    r"|\b(?:course(?! of)|workshop|tutorial|webinar|seminar|lessons?|textbook|Kurs|Lehrgang|cours|curso|taller)\b[^.;:,!?\n]{0,30}\b(?:teach\w{0,3}|covers?|explains?|introduces?|on|about|lehrt|zeigt|enseigne|enseña|explica)\b[^.;:!?\n]{0,50}$"
    r"|\b(?:sollten?|müssen|empfehlen|empfiehlt|devraient|doivent|devez|recommand\w{1,4}|deben|debería[ns]?|conviene|recom(?:end|iend)\w{1,4})\b[^.;:!?\n]{0,100}$",
    re.IGNORECASE,
)
_COUNSELLED: Final = re.compile(
    r"\b(?:attackers?|actors?|intruders?|gang|group|criminals|operators|affiliates?|adversar(?:y|ies)|hackers?|threat|they|malware|ransomware|worm|backdoor|trojan|implant|loader|payload|Angreifer|Täter|attaquants?|pirates|atacantes|playbook|manual|instruct\w*|leaked|note)\b|\bT\d{4}\b",
    re.IGNORECASE,
)


def unsaid(page: Page, start: int, end: int) -> bool:
    """A name that the text denies, asks about, rehearses or was told to name is not named by it, nor is a person, nor
    what stands in a line of the page (links to other articles)."""
    return (
        denied(page, start)
        or denied_after(page, start, end)
        or ordered(page, start)
        or fictional(page, start)
        or _unreal(page, start, end)
        or absent(page, start, end)
        or unblamed(page, start, end)
        or likened(page, start, end)
        or listed_out(page, start, end)
        or another_bears_it(page, start, end)
        or is_person(page.text, start, end)
        or is_somebody(page, start, end)
        or _nickname(page.text, start, end)
        or is_furniture(page.text[slice(*page.line(start))])
    )


def advice(page: Page, alias: Alias, start: int, end: int) -> bool:
    """Whether a program stands in advice to the reader only: to block it, or, what also honest people use, to use it; or is
    theirs already."""
    if alias.kind == "actor":
        return False
    return advised(page, start, end) or (
        honest_use(alias.kind, alias.name)
        and (_recommended(page, start, end) or in_honest_hands(page, start, end))
    )


def _unreal(page: Page, start: int, end: int) -> bool:
    """Whether the sentence withdraws a name, only supposes it, or tells of somebody who boasts of it."""
    first, last = page.sentence(start)
    back = max(first, start - _BEFORE)
    before = page.text[back:start]
    return (
        _withdrawn(page, back, start, end, last)
        or _supposed(page.text, before, end, last)
        or _boasted(page, back, start, end)
    )


def _withdrawn(page: Page, back: int, start: int, end: int, last: int) -> bool:
    text = page.text
    found = page.inside(_WITHDRAWN, back, start)
    if found is not None:
        # German parts the verb: "wir ziehen die Zuordnung zu … zurück".
        return _RETURNS.match(found[0]) is None or _RETURN.search(text, end, last) is not None
    if page.inside(_NAMED, back, start) is not None and _IN_ERROR.match(text, end, last) is not None:
        return True
    if page.inside(_PROOF, back, start) is not None and _LACKING.match(text, end, last) is not None:
        return True
    said = page.inside(_SAID_BEFORE, back, start) is not None
    return said and _WITHDRAWN_AFTER.match(text, end, last) is not None


def _supposed(text: str, before: str, end: int, last: int) -> bool:
    if _IMAGINED.search(before) or (_FOR_EXAMPLE.search(before) and _WOULD_DO.match(text, end)):
        return True
    if _IF.search(before) is None:
        return False
    if _WENN.search(before) and (found := _WENN_AFTER.match(text, end, last)) is not None:
        return _KNEW.search(before) is None and _KNEW.search(found[0]) is None
    if _WOULD.search(text, end, last) is None:
        return False
    return (
        _HAD.search(before) is not None
        or (_HAD_SELF.search(before) is not None and _HAD_SELF_AFTER.match(text, end, last) is not None)
        or (_WERE.search(before) is not None and _WERE_AFTER.match(text, end, last) is not None)
    )


def _boasted(page: Page, back: int, start: int, end: int) -> bool:
    """Who says that he belongs to a gang, which this sentence or the next does not believe."""
    if page.inside(_POSES, back, start) is not None:
        return True
    before = page.text[back:start]
    if _BELONGS.search(before) is None or _SAYS_SO.search(before) is None:
        return False
    number = page.sentence_number(start)
    last = page.sentences[min(number + 1, len(page.sentences) - 1)][1] if number >= 0 else end
    behind = page.text[end : min(last, end + 300)]
    if _IMPOSTOR.search(behind) is not None:
        return True
    ties = _NO_TIES.search(behind)
    return ties is not None and (ties["what"] in _GANGS or page.text.startswith(ties["what"], start))


def _recommended(page: Page, start: int, end: int) -> bool:
    """Whether a program's name stands in advice to the reader to use it: "save a memory image with …", "use … to find".

    Not where the same sentence speaks of attackers or says that somebody used it.
    """
    first, last = page.sentence(start)
    before = page.text[max(first, start - _BEFORE) : start]
    before = before[before.rfind(", as ") + 1 :] if ", as " in before else before  # the reason of an advice
    if _COUNSEL.search(before) is None or _COUNSELLED.search(before) is not None:
        return False
    return not was_used(page.text, end, last)


def _nickname(text: str, start: int, end: int) -> bool:
    """Whether a name ends a longer one that the text puts in quotation marks, here or elsewhere: “Fancy Lazarus” is not
    Lazarus."""
    if text[end : end + 1] in ("”", '"', "’"):
        return _QUOTED_HEAD.search(text, max(0, start - 30), start) is not None
    head = _HEAD.search(text, max(0, start - 20), start)
    return head is not None and any(
        f"{opening}{head[0]}{text[start:end]}{closing}" in text for opening, closing in ("“”", '""', "‘’")
    )
