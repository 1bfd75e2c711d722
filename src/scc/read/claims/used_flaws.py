# SPDX-License-Identifier: Apache-2.0
"""Whether a sentence says that a flaw was used in attacks, put together from its parts: a word of use, what confirms it,
what denies it, what makes it a mere possibility. English, German, French and Spanish.

Wider than `claims` and `told_exploits` and less sure; so it only speaks where those found nothing on the flaw, always as
a report (never as an assertion, which alone raises a priority), and never on a sentence with two negations. Reads the
sentences that name a flaw, and those right behind one that call it "the flaw" where the text has one flaw only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from scc.model.facts import Actor, Claim, Malware, Modality
from scc.model.provenance import Span
from scc.read.claims.belied import belied, settled, taken_off, unshown
from scc.read.claims.flaw_deeds import ONLY_TOLD, cell, deeds
from scc.read.claims.subjects import cves_in
from scc.read.claims.told_exploits import NOT_SO, REHEARSED
from scc.read.flaws.scores import flaws_of
from scc.read.holders import publisher_holder
from scc.read.page import Notes, Page
from scc.read.scope import ordered, taken_back

_AGENT: Final = (
    r"(?:attackers?|actors?|intruders?|hackers?|criminals?|crews?|gangs?|groups?|operators?|affiliates|botnets?|spies|extortionists|adversar(?:y|ies)|someone|somebody|unknown part(?:y|ies)|"
    r"angreifer|täter|hacker|kriminelle|gruppen?|attaquants?|pirates|cybercriminels|groupe|atacantes|delincuentes|grupo|ciberdelincuentes|malware|ransomware|variant|worm)"
)
_USE: Final = re.compile(
    # What is done to a flaw and means harm by itself.
    r"\b(?P<strong>exploit(?:ed|ing)|exploitation|abus(?:ed|ing|e of)|misus(?:ed|ing|e of)|weaponi[sz](?:ed|ing|ation)|tak(?:en|ing|ess?) advantage|took advantage|attacks? (?:leveraging|exploiting|using|abusing|via|with|through|over)(?= [^.;]{0,40}cve-)|attacks (?:on|against)|"
    r"ausgenutzt|ausnutz\w{2,4}|ausnützen|missbraucht|missbrauch|angriffe? (?:auf|über|mit|unter|gegen)|exploitée?s?|exploitation|utilisée?s? (?:contre|dans|pour|par)|attaques? (?:visant|via|utilisant|contre|par|exploitant)|employée?s?|"
    r"explotad[ao]s?|explotación|explotand\w|aprovechad[ao]s?|aprovechan|utilizad[ao]s? (?:contra|en|por|para)|ataques? (?:que|contra|con|mediante))(?!\w)"
    # Use of a thing that says whose: "used as a zero-day", "used against ministries".
    r"|\b(?P<used>(?:used|using|uses|wielded|deployed|turned|chained|employed|genutzt|benutzt|verwendet) (?:\w{1,12} ){0,2}?(?:as a (?:zero-day|weapon)|against|in (?:attacks?|intrusions?|the wild|campaigns?|ransomware)|to (?:break|enter|get|gain|steal|plant|drop|install|deploy|take|run|compromise)|by (?:the )?(?:\w{1,14} ){0,2}"
    + _AGENT
    + r"|als zero-day|gegen|um )|in freier wildbahn|in the wild|known exploited vulnerabilit|zero-day attacks?|dans la nature|connues comme exploitées)\b",
)
_ENTRY: Final = re.compile(
    r"\b(?:intru\w+|break-?ins?|broke|broken|got|came|come|enter\w*|gained|compromis\w+|breach\w*|attack\w*|hack\w*|infect\w+|ran code|code ran|spread\w*|fell|stole\w*|stolen|lift\w*|plant\w+|drop\w+|encrypt\w+|hit|hijack\w*|"
    r"eingedrungen|eindringen|drang\w*|angegriffen|kompromittiert\w*|gestohlen|introduit\w*|pénétr\w+|attaqu\w+|compromis\w*|infect\w+|accedi\w+|atac\w+|comprometi\w+|infiltr\w+)\b"
    r"[^.;]{0,90}?\b(?:by way of|through|via|with the help of|by means of|thanks to|using|with|exploiting|over|über|mittels|mithilfe|durch|grâce à|par|au moyen de|à travers|a través de|mediante|gracias a|por medio de)[ ](?:[\w'’-]{1,20}[ ]){0,4}\(?(?=cve-)"
    r"|cve-\d{4}-\d{4,7}\)?,?[^.;]{0,60}?[ ](?:let|gave|handed|opened|allowed|helped|enabled)[ ](?:[\w'’-]{1,20}[ ]){0,4}?"
    + _AGENT
    + r"\b"
    r"|\b(?:flaw|bug|hole|vulnerability|faille|vulnérabilité|lücke|schwachstelle|vulnerabilidad|fallo|falla) (?:used|employed|employée|utilisée|utilizad[ao]|empleada),? (?=cve-)"
    r"|\bcve-\d{4}-\d{4,7}\)?,?[ ](?:[\w'’-]{1,20}[ ]){0,5}?(?:under (?:active |heavy |mass |constant )?attack|(?:figures?|featured?|seen|spotted|observed|caught|play(?:s|ed) an? (?:\w{1,12} )?(?:part|role)|turn(?:s|ed) up|involved) in (?:[\w-]{1,16} ){0,3}(?:attacks?|intrusions?|incidents?|campaigns?|breaches|break-ins)|claimed (?:its|a) (?:first )?victims?)\b"
    r"|\b(?:incidents?|intrusions?|breach(?:es)?|attacks?|cases?|break-ins?|compromises?) (?:involving|that (?:began|started) with|linked to|tied to|traced to|starting with|based on|(?:which )?used)[ ](?:[\w'’-]{1,20}[ ]){0,3}\(?(?=cve-)"
    r"|\b(?:attacks?|incidents?|cases?|intrusions?|break-ins?) in which[ ](?:[\w'’-]{1,20}[ ]){0,3}\(?cve-\d{4}-\d{4,7}\)?[ ](?:was|is|has been|had been)[ ](?:\w{1,12}[ ])?(?:used|exploited|abused|involved)\b"
    r"|\b(?:going|went|go) after[ ](?:[\w'’-]{1,20}[ ]){0,3}\(?(?=cve-)|\b(?:put|puts|placed|added|adds|listed|entered|includ(?:es|ed))\b[^.;]{0,90}?\b(?:kev\b|known exploited|exploited (?:vulnerabilities|flaws|bugs|holes|weaknesses))"
    r"|\bculprit\b[^.;]{0,30}(?=cve-)|\b"
    + _AGENT
    + r"[ ](?:[\w'’-]{1,20}[ ]){0,4}?(?:love|like|favour|favor|rely on|are using|is using|have used|has used|used|chained|employed|turned to)\b",
)
"""An intrusion and a flaw as its way, or an actor and what it does with the flaw."""
_REAL: Final = re.compile(
    r"\b(?:is|are|was|were|been|being|has|have|had|since|active(?:ly)?|confirm\w*|observ\w+|seen|detected|ongoing|under way|underway|began|begun|started|wave|widespread|mass|recorded|caught|victims?|cases?|"
    r"wird|werden|wurden?|worden|hat|haben|ist|sind|seit|bestätigt\w*|beobachte\w*|est|sont|a été|ont été|avait|étaient|depuis|confirm\w+|constaté\w*|es|está|están|ha|han|fue|fueron|desde|siendo|constancia|added|listed|broke|got|used|chained|love)\b"
)
_POSSIBLE: Final = re.compile(
    r"\b(?:imagin\w+|suppos\w+|pretend\w*|chances?|probabilit\w+|odds|scenario|tomorrow|novel|film|stell\w{1,2} sich|angenommen|imagin\w+|supong\w+|could|may|might|would|can|cannot|should|must|shall|if|whether|unless|expect\w*|forecast\w*|predict\w*|(?:un)?likely|improbable|conceivabl\w+|imaginabl\w+|perhaps|maybe|(?:whoever|any(?:one|body) who|those who)\b|likelihood|probabl\w+|potential\w*|risk of|risks?|theoretical\w*|in theory|prevent\w*|avoid\w*|mitigat\w+|"
    r"before (?:it|they|attackers|anyone|somebody|someone|you)|your|(?<!had )(?<!has )(?<!have )lets? (?:any|an attacker|remote|attackers)|allows?|enabl(?:es|ing)|permits?|capable|feasible|possible|imminent|soon|will|matter of time|wonder\w*|asked(?! for)|suspect\w*|presum\w+|rumou?r\w*|gossip|hearsay|(?:blocked|stopped|prevented|kept|barred|foiled|thwarted) (?:from|out|away)|similar to|reminiscent of|akin to|resembl\w+|(?:bugs|flaws|holes|vulnerabilities) like(?= cve-)|similar (?:bugs|flaws|holes|vulnerabilities)|us(?:ed|ing) the (?:name|term|number|example|case)|(?:our|their|two|three|hired|the) (?:own )?(?:pen(?:etration)?[ -]?)?testers?|unconfirmed|boast\w*|brag\w*|claim(?:s|ed|ing)? (?:to|that|having)|allegedly|(?:attempts?|efforts?) to (?:verify|show|prove|confirm|establish|link|tie|connect)|led nowhere|"
    r"könnten?|dürften?|kann|können|möglich\w*|würden?|wenn|falls|ob|soll\w{0,3}|droh\w+|pourrai(?:t|ent)|peu(?:t|vent)|permett?\w*|susceptible|risque|si|doi(?:t|vent)|podrían?|pueden?|permite\w*|posible\w*|riesgo|debe\w*|prueba de concepto|preuve de concept)\b|\?"
)
_NO: Final = re.compile(
    r"\b(?:not(?! only| just| merely| until| (?:been |yet )?(?:updated|patched|upgraded|applied|installed|followed))|never|no(?! longer in doubt| doubt| secret)|none|nobody|nothing|neither|nor|without|hardly|unused|unexploited|"
    r"nicht(?! nur)|kein\w{0,2}|nie|niemals|niemand|ohne(?! namen| zweifel)|weder|aucune?|jamais|personne|rien|ni|sans(?! nom| doute)|pas|ningun\w|ningún|nunca|nadie|jamás|sin(?! nombre| duda)|tampoco)\b|n[’']t\b|\bno (?:se|ha|han|hay|fue|hubo)\b"
)
_WRONG: Final = re.compile(
    r"\b(?:wrong|false|untrue|incorrect|myth|mistaken|den(?:y|ies|ied)|disput\w+|reject\w*|refut\w+|contradict\w*|dismiss\w*|contrary|falsch|unwahr|dement\w+|bestreite\w*|weisen|démen\w+|faux|desmient\w*|falso|rechaz\w+)\b"
)
_KNOWING: Final = re.compile(
    r"\b(?:evidence|indications?|signs?|traces?|reports?|reported|aware|known?|knowledge|seen|observed|recorded|telemetry|detected|hinweise?|anzeichen|kenntnis|bekannt|beobachtet|"
    r"indices?|traces?|constaté\w*|connaissance|signal\w*|indicios?|constancia|evidencias?|pruebas|observ\w+)\b"
)
_REFUTED: Final = re.compile(
    r"\b(?:reports?|claims?|stor(?:y|ies)|rumou?rs?|headlines?|assertions?|meldungen|berichte|informations|informaciones)\b[^.;]{0,60}?\b(?:exploit|attack|abus|us(?:e|ed|ing)|hack|angriff|ausnutz|ausgenutzt|attaqu|ataqu|explot)[^.;]{0,80}?\b(?:is|are|was|were|sind|ist|sont|son)[ ](?:\w{1,12}[ ])?(?:false|wrong|untrue|unfounded|incorrect|baseless|not true|mistaken|falsch|unwahr|faux|fausses|falsas?)\b"
    r"|\b(?:ruled? out|rules out|play(?:s|ed) no (?:part|role)|left alone by|remains? (?:purely |entirely )?theoretical|unexploited|no truth (?:in|to))\b"
)
"""A plain no in other words than a negated verb."""
_YET: Final = re.compile(
    r"\b(?:has|have|are|is) yet to (?:be (?:\w{1,16}ly )?(?:exploited|abused|misused|weaponi[sz]ed|used|leveraged|seen in)|see (?:\w{1,16} ){0,3}?(?:exploitation|abuse|attacks?)|turn up in (?:an? )?attacks?)\b"
)
"""Not so far: absence of evidence, with a verb that has no "not"."""
_OURS: Final = re.compile(
    r"\b(?:us|our|ours|we were|at the (?:company|bank|ministry|hospital)|here|bei uns|unser\w*|chez nous|nos|notre|nuestr\w+|customers?)\b"
)
_FLAW: Final = re.compile(
    r"\b(?:(?:the|this|that) (?:[\w-]+ ){0,3}(?:flaw|bug|hole|vulnerability|issue|weakness|defect|zero-day)(?! of\b| in (?:an?|the|its|their)\b)|die (?:lücke|schwachstelle)|(?:la|cette) (?:faille|vulnérabilité)|(?:la|esta) (?:vulnerabilidad|falla)|el fallo)\b"
)
_AND_DID: Final = re.compile(
    r"\bcould (?=[^.;:!?]{2,120}\b(?:and|which|as)\b[^.;:!?]{0,40}\bdid\b(?! not)| and did\b)"
)
"""A possibility that was made use of: "could read them, and read them they did"."""
_CLAUSE: Final = re.compile(
    r"; |: |, (?:but|while|whereas|although|though|yet|not|as (?=an? |the )|because|aber|doch|mais|pero|which|who|so)\b|(?<=[a-z]), (?=of cve-)| — | – "
)
_MONTH: Final = re.compile(r"(?<=\d )May\b|\bMay(?= \d)|(?<=\b(?:of|in) )May\b")
_ROW: Final = re.compile(
    r"(?<=\d)(?: (?:in|of|on) [\w.-]{2,20}(?: [\w.-]{2,20})?)?,?(?: and| und| et| y| or| with|,) cve-\d{4}-\d{4,7}"
)
"""Flaws that stand in a row are spoken of as one."""
_NEAR: Final = 110
"""Characters before a word of use that can deny it."""
MOST: Final = 6
CVE_ID: Final = re.compile(r"cve-\d{4}-\d{4,7}")
_NAMES_MOST: Final = 40


def note_used_flaws(page: Page, notes: Notes) -> None:
    """Note, at most six, what sentences say of the use of a flaw on which nothing certain is noted yet."""
    if "cve-" not in page.low:
        return
    noted = [(each, claim) for each, claim in notes.claims("exploited") if claim.modality != "possible"]
    known = {claim.subject for _, claim in noted}
    if "" in known:
        return
    # That nobody knew of a use is no answer to a sentence that tells of one.
    unaware = {
        claim.subject: each.locator.start
        for each, claim in noted
        if claim.modality == "no-evidence" and isinstance(each.locator, Span)
    }
    holder = publisher_holder(page.document)
    doers = _doers(notes)
    for start, end, flaw in _sentences(page):
        if (flaw in known and flaw not in unaware) or len(known) >= MOST:
            continue
        plain = page.text[start:end]
        told = None if belied(plain) else _told(_masked(settled(plain), doers))
        if (
            not told
            or page.section(start) in ("reference", "advice")
            or ordered(page, start)
            or taken_back(page, start)
        ):
            continue
        value, modality = told
        if value == "yes" and taken_off(plain):
            continue
        same = flaw in unaware and page.sentence(start)[0] == page.sentence(unaware[flaw])[0]
        if flaw in unaware and (value == "no" or (same and not _CLAUSE.search(plain))):
            continue
        unaware.pop(flaw, None)
        known.add(flaw)
        notes(
            Claim("exploited", value, modality, holder, subject=flaw),
            start,
            end,
            "stated",
            0.6,
            "grammar:used-flaw",
        )


def _doers(notes: Notes) -> re.Pattern[str] | None:
    """The names of groups and malware that the page was found to name."""
    names = {
        each.fact.written or each.fact.name
        for kind in (Actor, Malware)
        for each in notes.of(kind)
        if isinstance(each.fact, Actor | Malware)
    }
    longest = sorted((re.escape(each) for each in names if len(each) > 2), key=len, reverse=True)[
        :_NAMES_MOST
    ]
    return re.compile(rf"\b(?:{'|'.join(longest)})\b") if longest else None


def _masked(sentence: str, doers: re.Pattern[str] | None) -> str:
    """The sentence in lower case, its groups by one word; a flaw that it calls "this flaw" by a number."""
    sentence = _MONTH.sub("month", sentence)
    low = _ROW.sub("", (doers.sub("attackers", sentence) if doers is not None else sentence).lower())
    return low if "cve-" in low else _FLAW.sub("cve-0000-0000", low)


def _sentences(page: Page) -> Iterator[tuple[int, int, str]]:
    """(start, end, flaw) of the sentences to read: with one flaw, or right behind one and about "the flaw"; of a sentence with
    several, the clauses that have one each."""
    only = next(iter(flaws_of(page))) if len(flaws_of(page)) == 1 else ""
    near = -9
    for number, (start, end) in enumerate(page.sentences):
        if end - start > 700:
            continue
        inside = cves_in(page, start, end) if "cve-" in page.low[start:end] else []
        if inside:
            near = number
        if len(inside) == 1:
            yield start, end, inside[0]
        elif len(inside) > 1:
            stops = [start, *(each.end() for each in _CLAUSE.finditer(page.text, start, end)), end]
            for first, last in pairwise(stops):
                alone = cves_in(page, first, last)
                if len(alone) == 1 or len(set(CVE_ID.findall(_ROW.sub("", page.low[first:last])))) == 1:
                    yield from ((first, last, each) for each in alone)
        elif (
            only and not inside and (number - near == 1 or number == 0) and _FLAW.search(page.low, start, end)
        ):
            yield start, end, only


def _told(sentence: str) -> tuple[str, Modality] | None:
    """("yes", "reported"), ("no", "denied"), ("no", "no-evidence"), or None where the sentence says neither."""
    if (plain := _REFUTED.search(sentence)) and not _POSSIBLE.search(sentence.replace("ruled out", "")):
        alone = not (_NO.search(sentence[: plain.start()]) or REHEARSED.search(sentence))
        return ("no", "denied") if alone else None
    if NOT_SO.search(sentence):
        return None
    sentence = _AND_DID.sub("", sentence)
    if _YET.search(sentence) and not _POSSIBLE.search(sentence):
        return "no", "no-evidence"
    if said := cell(sentence):
        return ("yes", "reported") if said == "yes" else ("no", "no-evidence")
    starts = [0, *(each.end() for each in _CLAUSE.finditer(sentence)), len(sentence)]
    every = [
        (
            max(each for each in starts[:-1] if each <= hit.start()),
            min(each for each in starts[1:] if each >= hit.end()),
            hit,
        )
        for hit in (*_USE.finditer(sentence), *_ENTRY.finditer(sentence), *_deeds(sentence, starts))
    ]
    # What the clause says that names the flaw counts before what others say.
    for first, last, hit in sorted(every, key=lambda each: "cve-" not in sentence[each[0] : each[1]]):
        clause = sentence[first:last]
        if _YET.search(clause):
            return "no", "no-evidence"
        if _POSSIBLE.search(clause) or REHEARSED.search(clause):
            continue
        # "Boxes without Secure Boot": a thing that is lacking, not the deed.
        done = hit.end() - first
        denials = [
            each
            for each in (*_NO.finditer(clause), *_WRONG.finditer(clause))
            if not (each.start() >= done and each[0] in ("without", "ohne", "sans", "sin"))
        ]
        if not denials:
            if hit.re is not _USE or _REAL.search(clause):
                return "yes", "reported"
            continue
        at, until = hit.start() - first, hit.end() - first
        if unshown(clause[:at]):
            return "no", "no-evidence"
        before = [each for each in denials if at - _NEAR <= each.start() < at]
        near = before or [each for each in denials if at <= each.start() <= until + 60]
        if len(near) != 1 or near[0].re is _WRONG:
            continue
        if _KNOWING.search(clause):
            return "no", "no-evidence"
        if not _OURS.search(clause):
            return "no", "denied"
    return None


def _deeds(sentence: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Deeds told in the clauses that hedge nothing."""
    for first, last in pairwise(starts):
        if "cve-" not in sentence[first:last] or ONLY_TOLD.search(sentence, first, last):
            continue
        if not _POSSIBLE.search(sentence, first, last):
            yield from deeds(sentence, first, last)
