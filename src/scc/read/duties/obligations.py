# SPDX-License-Identifier: Apache-2.0
"""Duties and bans without a term: "every bank has to keep a register" where a rule is spoken of, "staff are forbidden to …",
"the law obliges operators to …"; the same in German, French and Spanish.

Only those whom rules are made for are bound, and what merely ought to be ("companies must invest more") has no rule in its
sentence. Runs last and speaks only where a page has no duty yet, at most twice: a text of many duties gives them terms.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Duty
from scc.read.duties.owners import whom
from scc.read.duties.who_is_bound import BODY, RULE, binds_nobody
from scc.read.page import Notes, Page
from scc.read.scope import fictional, ordered
from scc.read.sought import Sought

_WHOM: Final = rf"(?P<who>(?:(?:[Ee]very|[Aa]ll|[Ee]ach|[Aa]ny|[Tt]he|[Nn]o|[Bb]oth|[Mm]ost|[Aa]n?|[Ss]ome [\d,.]{{1,12}}|(?:[Aa]bout |[Oo]ver )?\d[\d,.]{{0,12}}) )?(?:(?!by |of |in |to |for |with |from |on |now |every |all |each |than |as |that |which |who |and |or |says? |said )[\w-]{{2,18}} ){{0,3}}?(?i:{BODY})(?: (?:of|in|with|for|from|under|running|using|above|that|which|who) [^.;:!?\n]{{2,50}}?)?)"
_BAN: Final = re.compile(
    rf"\b{_WHOM},? (?:is|are|has been|have been) (?:hereby |now |therefore |strictly |also |henceforth )?(?:forbidden|prohibited|barred|banned|not (?:allowed|permitted))(?: by [^.;:!?\n]{{3,40}}?)? (?:to|from) (?P<does>[^.;:!?\n]{{4,200}})"
)
_MUST: Final = re.compile(
    rf"\b{_WHOM},? (?:now |henceforth |thus |therefore )?(?:must(?! (?:have|be (?:the|a|an|very|so|able|\w+ing))\b)|shall|ha(?:s|ve) to|ha(?:s|ve) (?:only |just |no more than )?[\w-]{{1,12}} (?:hours|days|weeks|months) to|(?:is|are|has been|have been) (?:now |henceforth |legally |hereby )?(?:obliged|obligated|required|bound|compelled|under (?:an? )?(?:legal )?(?:obligation|duty))(?: by [^.;:!?\n]{{3,40}}?)? to|may (?:no longer|not(?! (?:have|be|know|yet|even|need|want|like)\b)|only))(?:, [^,.;:!?\n]{{3,40}},)? (?P<does>[^.;:!?\n]{{4,200}})"
)
_LAW: Final = re.compile(
    r"\b(?:(?:[Tt]he|[Tt]his|[Aa]|[Ii]ts|[Nn]ew|[A-Z][\w-]+) )?(?:[\w-]{2,18} ){0,4}?(?:law|act|Act|regulation|Regulation|directive|Directive|order|decree|ordinance|rule|rules|rulebook|code|statute|licen[cs]e|notice|circular|court|judge|tribunal|ministry|commission|government|regulator|authority|supervisor|NIS2|DORA|GDPR|CRA) (?:now |also |thus )?"
    rf"(?P<verb>(?:has |have )?(?:obliged?s?|required?s?|compels?|compelled|binds|forces|commands|orders|ordered|forbids?|forbidden|prohibits?|prohibited|bars?|barred|bans?|banned)) {_WHOM} (?:to|from) (?P<does>[^.;:!?\n]{{4,200}})"
)
_FOR: Final = re.compile(
    rf"\b(?:mandatory|compulsory|obligatory|binding|(?P<wrong>offen[cs]e|unlawful|illegal|forbidden|prohibited|a crime)|an? (?:legal )?(?:duty|obligation|requirement)) (?:for|on|upon) {_WHOM}(?: to (?P<does>[^.;:!?\n]{{4,200}})|(?=[,.;]))"
)
_APPLIES: Final = re.compile(
    rf"\b(?:duty|obligation|requirement|ban|rule)\b(?P<does>[^.;:!?\n]{{0,70}}?)(?<!not) (?:now )?(?:binds|applies to|covers|extends to) {_WHOM}"
)
_THEY: Final = re.compile(
    rf"(?P<who>\b(?i:{BODY}))\b[^.!?\n]{{2,80}}?[:;,] (?:they|it|these) (?:must(?! (?:have|be able)\b)|shall|ha(?:s|ve) to|may (?:no longer|only)) (?P<does>[^.;:!?\n]{{4,200}})"
)
_BANNING: Final = Sought(
    r"\b(?:NIS2|DORA|GDPR|CRA|binds|obliges|requires|forbidden|prohibited|barred|banned|not (?:allowed|permitted)|obliged|obligated|obligation|duty|requirement|unlawful|illegal|crime)\b",
    at="nis2 dora gdpr cra binds obliges requires forbidden prohibited barred banned not obliged obligated obligation duty requirement unlawful illegal crime",
)
_NONE: Final = re.compile(
    rf"(?P<who>\b[Nn]o (?:[\w-]{{2,18}} ){{0,3}}?(?i:{BODY})(?: (?:of|in|with) [^.;:!?\n]{{2,40}}?)?) (?:may|shall|(?:is|are) (?:allowed|permitted) to) (?P<does>[^.;:!?\n]{{4,200}})"
)
_RULES: Final = Sought(
    rf"\b{RULE}\b",
    re.IGNORECASE,
    at="by law act regulation directive order decree ordinance statut article art section paragraph rule rulebook court injunction regulator supervis commission ministry authority licen legal binding mandatory compulsory obligatory penalt fine offen punish sanction dismiss prosecut grace transition from hence in into force take code charter contract permit circular memo notice instruction bulletin",
)
_UNDER: Final = re.compile(
    rf"\b(?:under|by|per|pursuant to|according to|says?|said|ordered|on pain of|subject to)\b[^.;:!?\n]{{0,30}}?\b{RULE}\b|\b{RULE} (?:says?|said|demands?|states?|stipulates?|requires?|orders?|ordered|adds?)\b|\bor (?:be|face|pay|lose|risk)\b",
    re.IGNORECASE,
)
"""A rule as the source of a duty, not as its object ("must obey the law")."""
_ELSEWHERE: Final = re.compile(
    # German
    r"\b(?P<de>(?:[Dd]ie |[Dd]er |[Dd]as |[Dd]en |[Dd]em |[Aa]lle |[Aa]llen |[Jj]ede[rs]? |[Ss]ämtliche )?(?:[a-zäöüß-]{3,20} ){0,2}(?:(?:[A-ZÄÖÜ][\wäöüß-]{1,20}?)?(?:[Bb]etreiber|[Bb]anken|[Bb]ank|[Bb]ehörden?|[Uu]nternehmen|[Ee]inrichtungen|[Hh]ersteller|[Aa]nbieter|[Kk]rankenhäuser|[Kk]liniken|[Bb]eschäftigten?|[Mm]itarbeiter\w{0,5}|[Vv]ersicherer|[Vv]ersorger|[Hh]ändler|[Ss]tellen|[Gg]emeinden|[Kk]ommunen|[Dd]ienstleister|[Ff]irmen|[Ii]mporteure))"
    r" (?:ist es (?:untersagt|verboten)|(?:ist|sind) (?:gesetzlich |nunmehr |künftig |damit |nun )?(?:verpflichtet|angewiesen|gehalten)|müssen|muss|dürfen (?:nicht|kein\w{0,2}|nicht mehr|nur)|darf (?:nicht|kein\w{0,2}|nur)|haben(?= [^.;:!?\n]{3,140}(?: zu \w|\wzu\w)))[^.;:!?\n]{4,160})"
    # French
    r"|\b(?P<fr>(?:[Ll]es |[Tt]out |[Tt]oute |[Tt]ous les |[Tt]outes les |[Cc]haque |[Ll]['’]|[Ll]e |[Ll]a )(?:[\wéèêàç'’-]{2,16} ){0,2}?(?:opérateurs?|banques?|administrations?|entreprises?|entités|fabricants?|fournisseurs?|hôpita(?:l|ux)|établissements?|exploitants?|employés|agents|salariés|assureurs?|collectivités|communes|importateurs?|distributeurs?|prestataires?|ministères?|organismes?)"
    r"(?: [\wéèêàç'’-]{2,20}){0,4}? (?:(?:est|sont) (?:désormais |légalement )?(?:tenue?s?(?:, [^,.;:!?\n]{3,40},)? (?:de|d['’])|obligée?s? (?:de|d['’]))|ont (?:désormais )?(?:l['’]obligation|interdiction) (?:de|d['’])|doi(?:t|vent)|devr(?:a|ont)|ne (?:peu(?:t|vent)|doi(?:t|vent)) (?:plus|pas))[^.;:!?\n]{4,160})"
    # Spanish
    r"|\b(?P<es>(?:[Ll]os |[Ll]as |[Tt]od[oa]s? (?:l[oa]s )?|[Cc]ada |[Ee]l |[Ll]a )(?:[\wáéíóúñ-]{2,16} ){0,2}?(?:operador(?:es)?|bancos?|administraci(?:ón|ones)|empresas?|entidad(?:es)?|fabricantes?|proveedor(?:es)?|hospital(?:es)?|organismos?|empleados?|funcionarios|aseguradoras?|ayuntamientos?|importador(?:es)?|distribuidor(?:es)?|ministerios?|instituciones)"
    r"(?: [\wáéíóúñ-]{2,20}){0,4}? (?:(?:está|están|queda|quedan) (?:legalmente )?obligad[oa]s? a|debe(?:n|rá|rán)?|tiene[n]? (?:que|la obligación de|prohibido)|tendrá[n]? que|no (?:puede|pueden|podrá|podrán))(?!\w)[^.;:!?\n]{4,160})"
)
_BANNED_ELSEWHERE: Final = re.compile(
    r"\b(?:(?:ist|wird|bleibt) (?:den |der |dem |allen )?(?P<de>[A-ZÄÖÜ][\wäöüß-]{3,30}) (?:untersagt|verboten)|(?i:il est) (?:désormais |formellement )?interdit (?:aux|à la|à l['’]|au|à tout|à toute) (?P<fr>[\wéèêàç-]{3,24})|(?i:queda|está) (?:terminantemente )?prohibido (?:a los|a las|a la|al|a todo) (?P<es>[\wáéíóúñ-]{3,24}))[^.;:!?\n]{4,160}"
)
_LAWS_ELSEWHERE: Final = re.compile(
    # A rule or an authority that orders; in German also the verb before its subject.
    r"\b(?:Gesetz|Verordnung|Richtlinie|Aufsicht|Behörde|Gericht|Bescheid|Anordnung|Erlass|BSI|Bundesamt|Ministerium)\b[^.;:!?\n]{0,30}?\b(?:untersagt|verbietet|verpflichtet|zwingt|gebietet) (?:der |den |dem |die |das |alle |allen )?(?P<de>(?:(?:[A-ZÄÖÜ][\wäöüß-]{1,20}?)?(?:[Bb]etreiber|[Bb]anken|[Bb]ank|[Bb]ehörden?|[Uu]nternehmen|[Ee]inrichtungen|[Hh]ersteller|[Aa]nbieter|[Kk]rankenhäuser|[Kk]liniken?|[Bb]eschäftigten?|[Mm]itarbeiter\w{0,5}|[Vv]ersicherer|[Vv]ersorger|[Hh]ändler|[Ss]tellen|[Gg]emeinden|[Kk]ommunen|[Dd]ienstleister|[Ff]irmen|[Ii]mporteure)n?))\b(?!\w)(?! (?:nicht|kein))[^.;:!?\n]{4,160}"
    r"|\b(?:müssen|dürfen nur|dürfen nicht|sind) (?:die |alle |sämtliche )?(?P<inverted>(?:(?:[A-ZÄÖÜ][\wäöüß-]{1,20}?)?(?:[Bb]etreiber|[Bb]anken|[Bb]ank|[Bb]ehörden?|[Uu]nternehmen|[Ee]inrichtungen|[Hh]ersteller|[Aa]nbieter|[Kk]rankenhäuser|[Kk]liniken?|[Bb]eschäftigten?|[Mm]itarbeiter\w{0,5}|[Vv]ersicherer|[Vv]ersorger|[Hh]ändler|[Ss]tellen|[Gg]emeinden|[Kk]ommunen|[Dd]ienstleister|[Ff]irmen|[Ii]mporteure)n?))\b[^.;:!?\n]{6,160}"
    r"|\b(?:loi|directive|règlement|décret|arrêté|autorité|régulateur|juge|tribunal|ordonnance|circulaire)\b[^.;:!?\n]{0,30}? (?:oblige|contraint|interdit|impose|ordonne|enjoint) (?:à |à l['’]|à la |au |aux |les |le |la |l['’]|tous les |toutes les |chaque |tout |toute )(?P<fr>(?:opérateurs?|banques?|administrations?|entreprises?|entités|fabricants?|fournisseurs?|hôpita(?:l|ux)|établissements?|exploitants?|employés|agents|salariés|assureurs?|collectivités|communes|importateurs?|distributeurs?|prestataires?|ministères?|organismes?))\b[^.;:!?\n]{0,30}? (?:à|de|d['’]) ?[^.;:!?\n]{4,160}"
    r"|\b(?:ley|directiva|reglamento|decreto|orden|autoridad|regulador|juez|tribunal|circular)\b[^.;:!?\n]{0,30}? (?:obliga|prohíbe|exige|impone|ordena) (?:a )?(?:los |las |la |el |al |todos los |todas las |cada )?(?P<es>(?:operador(?:es)?|bancos?|administraci(?:ón|ones)|empresas?|entidad(?:es)?|fabricantes?|proveedor(?:es)?|hospital(?:es)?|organismos?|empleados?|funcionarios|aseguradoras?|ayuntamientos?|importador(?:es)?|distribuidor(?:es)?|ministerios?|instituciones))(?!\w)[^.;:!?\n]{4,160}"
)
_RULES_ELSEWHERE: Final = Sought(
    r"\b(?:Gesetz\w*|gesetzlich|Richtlinie|Verordnung|Bescheid|Anordnung|Weisung|Vorschrift\w*|Pflicht|Paragra\w+|Artikel \d+|Art\. \d+|Behörde|Aufsicht\w*|BSI|Bußgeld\w*|Dienstanweisung|untersagt|verpflichtet|ab sofort|künftig|nach dem [A-Z]\w+gesetz|"
    r"loi|directive|règlement|décret|arrêté|ordonnance|article \d+|autorité|régulateur|amende|sanction\w*|obligation|tenue?s? d\w|interdit|désormais|en vigueur|circulaire|"
    r"ley|directiva|reglamento|decreto|real decreto|orden|artículo \d+|autoridad|regulador|multa|sanci\w+|obligad\w+|prohibid\w|en vigor|circular|a partir de)\b",
    re.IGNORECASE,
    at="gesetz richtlinie verordnung bescheid anordnung weisung vorschrift pflicht paragra artikel art behörde aufsicht bsi bußgeld dienstanweisung untersagt verpflichtet ab künftig nach loi directive règlement décret arrêté ordonnance article autorité régulateur amende sanction obligation tenu interdit désormais en circulaire ley directiva reglamento decreto real orden artículo autoridad regulador multa sanci obligad prohibid circular a",
)
_NOT_SO: Final = re.compile(
    r"\b(?:rules? of thumb|for (?:the|an) (?:attack|exploit|flaw|bug|trick)[^.;:!?\n]{0,20} to (?:work|succeed)|would|could|might|should|if|unless|whether|proposed|proposal|proposes?|draft|bill|plans? to|planned|intends?|wants?|consider(?:s|ing)|rescind\w*|repeal\w*|revok\w*|withdrawn|withdrew|struck down|no longer (?:ha|need|requir|oblig|forbid|bound)|not (?:obliged|required|bound|forbidden|prohibited|mandatory|compulsory|obligatory)|"
    r"nobody|neither|nor|voluntar\w+|expired|overturned|annulled|suspended|den(?:y|ies|ied)|myth|wrong|false|untrue|argues?|believes?|thinks?|experts|in my opinion|we think|recommend\w*|advis\w+|urge\w*|suggest\w*|lobby\w*|calls? for|"
    r"Entwurf|würde\w{0,2}|sollte\w{0,2}|könnte\w{0,2}|wenn|falls|geplant\w*|aufgehoben|zurückgezogen|freiwillig\w*|nicht (?:verpflichtet|mehr)|soll künftig|müssten|empfiehlt|rät|"
    r"projet|proposition|pourrai\w+|devrai\w+|serai\w*|si|abrogée?|annulée?|volontaire\w*|ne (?:sont|est) (?:pas|plus) tenue?s?|recommand\w+|conseill\w+|"
    r"proyecto|propuesta|anteproyecto|podrían?|deberían?|derogad[oa]|anulad[oa]|voluntari\w+|no (?:está|están) obligad\w+|recomiend\w+|aconsej\w+)\b|\?$",
    re.IGNORECASE,
)
_OBJECT: Final = re.compile(
    r"\b(?:by|of|for|from|with|to|in|(?<!from now )on|than|as|between|through|via|against|at)(?: (?:the|all|its|their|an?|each|every))? $",
    re.IGNORECASE,
)
"""Before a body that is not itself the subject: "certificates issued by authorities are not allowed"."""
_SOUGHT: Final = Sought(
    r"\b(?:must|shall|ha(?:s|ve) to|obliged?s?|obligated|required?s?|bound|binds|compels?|compelled|forces|commands|orders|obligation|duty|may (?:not|no longer|only)|forbidden|prohibited|barred|banned|not (?:allowed|permitted)|forbids?|prohibits?|bars?|bans?|mandatory|compulsory|obligatory|[Nn]o(?= [a-z])|"
    r"verpflichtet|angewiesen|gehalten|müssen|muss|dürfen|darf|untersagt|verboten|tenue?s?|obligée?s?|doi(?:t|vent)|devr(?:a|ont)|interdi(?:t|ction)|ne peu(?:t|vent)|ont l|haben|untersagt|verbietet|zwingt|gebietet|sind|oblige|contraint|interdit|impose|ordonne|enjoint|obliga|prohíbe|exige|impone|ordena|offen[cs]e|unlawful|illegal|crime|applies|covers|extends|has|have|obligad[oa]s?|deben?|deberán?|tiene[n]?|prohibido|podrán?|pueden?)(?!\w)",
    at="must shall ha sind verbietet zwingt gebietet contraint impos ordonne enjoint prohíbe exig impon ordena offence offense unlawful illegal crime applies covers extends oblig requir bound binds compel forces commands orders duty may forbid prohibi bar ban not mandatory compulsory no verpflichtet angewiesen gehalten müssen muss dürfen darf untersagt verboten tenu doi devr interdi ne ont deb tiene podr puede",
)
_MOST: Final = 2


def note_obligations(page: Page, notes: Notes) -> None:
    """Note, at most two, duties without a term on a page that has none with one."""
    ruled = any(next(page.find(each), None) for each in (_RULES, _BANNING, _RULES_ELSEWHERE))
    if notes.of(Duty) or not (ruled or "§" in page.text):
        return
    left = _MOST
    for number in dict.fromkeys(page.sentence_number(each.start()) for each in page.find(_SOUGHT)):
        start, end = page.sentences[number] if number >= 0 else (0, 0)
        if left <= 0:
            return
        if not 30 < end - start <= 500:
            continue
        sentence = page.text[start:end]
        told = _told(sentence)
        if told is None or _NOT_SO.search(sentence) or binds_nobody(sentence):
            continue
        if ordered(page, start) or fictional(page, start) or page.section(start) == "reference":
            continue
        left -= 1
        owner, duty = told
        notes(
            Duty(owner=owner, duty=duty, binding="mandatory", binds=whom(owner)), start, end, "stated", 0.6, "duty:obligation",
        )  # fmt: skip


def _ruled_elsewhere(sentence: str) -> bool:
    return "§" in sentence or _RULES_ELSEWHERE.pattern.search(sentence) is not None


def _told(sentence: str) -> tuple[str, str] | None:
    """(owner, duty) of a sentence that states a duty or a ban under some rule."""
    if not (
        _RULES.pattern.search(sentence) or _ruled_elsewhere(sentence) or _BANNING.pattern.search(sentence)
    ):
        return None
    for form in (_BAN, _LAW, _FOR, _NONE, _MUST, _APPLIES, _THEY):
        found = form.search(sentence)
        if found is None:
            continue
        if form in (_BAN, _MUST) and _OBJECT.search(sentence[: found.start("who")]):
            continue
        if form is not _NONE and re.match(r"[Nn]o ", found["who"]):
            continue
        rest = sentence.replace(found["does"], " ") if found["does"] else sentence
        bare = form in (_MUST, _NONE, _THEY) and not (_RULES.pattern.search(rest) or _UNDER.search(sentence))
        if bare and not re.search(
            r"\b(?:obliged|obligated|legally|under (?:an? )?(?:legal )?(?:obligation|duty))\b", found[0]
        ):
            continue
        barred = form in (_BAN, _NONE) or re.search(
            r"\b(?:may (?:not|no longer)|forbid|forbidden|prohibited|barred|banned|offen[cs]e|unlawful|illegal|a crime|forbids|prohibits?|bars?|bans?)\b|^[Nn]o\b",
            found[0],
        )
        does = " ".join((found["does"] or sentence).split()[:38]).strip(" ,")
        return _tidy(found["who"]), f"not {does}" if barred else does
    if not _ruled_elsewhere(sentence):
        return None
    found = (
        _ELSEWHERE.search(sentence) or _BANNED_ELSEWHERE.search(sentence) or _LAWS_ELSEWHERE.search(sentence)
    )
    if found is None:
        return None
    said = next(each for each in found.groups() if each)
    who = re.split(
        r" (?:ist|sind|müssen|muss|dürfen|darf|haben|est|sont|ont|doi(?:t|vent)|devr(?:a|ont)|ne|está|están|queda|quedan|debe\w*|tiene\w*|tendrán?|no)\b",
        said,
    )[0]
    return _tidy(who), " ".join(found[0].split()[:40]).strip(" ,")


def _tidy(who: str) -> str:
    bare = re.sub(
        r"^(?:the|every|all|each|any|no|both|most|die|der|das|den|dem|alle[nrs]?|jede[rs]?|sämtliche|les|tous les|toutes les|toute?|chaque|le|la|l['’]|los|las|tod[oa]s? (?:l[oa]s )?|cada|el)(?: |(?<=['’]))",
        "", who.strip(), flags=re.IGNORECASE,
    )  # fmt: skip
    return bare[:1].upper() + bare[1:]
