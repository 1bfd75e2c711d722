# SPDX-License-Identifier: Apache-2.0
"""What a sentence says of a flaw's use only to take it away: cases that nobody can show, boasts that the logs contradict, the
wording of a duty ("shall report an actively exploited vulnerability"); and words that look like a denial and are none.

Reads English, German, French and Spanish where a form says so. Says nothing of what did happen.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page

_CASE: Final = r"(?:cases?|instances?|examples?|incidents?|occasions?|intrusions?|attacks?|break-ins?|systems?|servers?|customers?|victims?|logs?|Fall|Fälle|cas|casos?)"
_UNSHOWN: Final = re.compile(
    # Nobody shows a case: "nobody can point to a single case in which …"; "the only case in which" is one.
    rf"(?:\b(?:nobody|no one|none of|neither|nor|not|never|cannot|unable|fail(?:s|ed)?|without|yet to|no (?:\w{{2,20}}[ ]){{1,2}}(?:can|could|has|have|was|is))\b|n[’']t\b)"
    rf"[^.;:!?\n]{{0,70}}?\b(?:a|an|any|one|single|even)[ ](?!only\b|the\b)(?:[\w-]{{2,16}}[ ]){{0,3}}?{_CASE}[ ](?:in which|where|when|of|on which|whose|that)\b[^.;:!?\n]{{0,60}}$"
    rf"|\b(?:no|not (?:a|one)|without (?:a|one))[ ](?:(?!only\b|doubt\b|longer\b)[\w-]{{2,16}}[ ]){{0,2}}?{_CASE}[ ](?:is known |has been found |are known |has come to light )?(?:in which|where|of)\b[^.;:!?\n]{{0,60}}$"
    r"|\b(?:niemand|kein\w{0,2})\b[^.;:!?\n]{0,50}\b(?:Fall|Fälle)\b[^.;:!?\n]{0,80}$|\b(?:aucun|personne)\b[^.;:!?\n]{0,50}\bcas\b[^.;:!?\n]{0,80}$|\b(?:ningún|nadie)\b[^.;:!?\n]{0,50}\bcasos?\b[^.;:!?\n]{0,80}$",
    re.IGNORECASE,
)
_BOASTS: Final = r"\b(?:boast|brag|claim|insist|assert|pretend|allege)(?:s|ed|ing)?\b(?P<said>[^.!?\n]{3,200}?)(?:[,;]| –| —)[ ]"
_FACTS: Final = r"(?:[\w'’-]{1,20}[ ]){0,4}?(?:logs?|evidence|forensics?|forensic[ ]\w+|investigat(?:ion|ors?)|analysis|records|traces|timestamps?|facts|police)[ ](?:[\w'’-]{1,20}[ ]){0,3}?"
_BELIED: Final = (
    # Somebody says it, and the facts of the same sentence say otherwise.
    re.compile(
        rf"{_BOASTS}(?:but|yet|though|although|while|whereas|however,?)[ ]{_FACTS}(?:shows?|proves?|tells?|says?|suggests?|contradicts?|speaks?|points?|found|finds?|refutes?|disproves?|indicates?|rules?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_BOASTS}(?:(?:which|a claim(?: that)?|something(?: that)?)[ ])?{_FACTS}(?:contradicts?|refutes?|disproves?|rules?[ ]out|speaks?[ ]against|(?:tells?|paints?)[ ](?:another|an?[ ]other|a[ ]different)|says?[ ]otherwise|shows?[ ]otherwise|suggests?[ ]otherwise|points?[ ]elsewhere)\b",
        re.IGNORECASE,
    ),
)
_STRUCK: Final = re.compile(
    # A flaw that was taken from a list of exploited ones again.
    r"\b(?:struck|stricken|removed|dropped|taken|deleted|withdrawn|pulled|delisted|erased)\b[^.;!?\n]{0,20}?\b(?:from|off|out of)\b[^.;!?\n]{0,60}?\b(?:list|catalog(?:ue)?|KEV|exploited)\b"
    r"|\b(?:aus|von) (?:der|dem)\b[^.;!?\n]{0,40}?(?:Liste|Katalog)\b[^.;!?\n]{0,40}?\b(?:gestrichen|entfernt|genommen|gelöscht)\b|\bretirée?s?\b[^.;!?\n]{0,20}?\b(?:du catalogue|de la liste)\b|\b(?:retirad|eliminad|borrad)[ao]s? (?:del catálogo|de la lista)\b",
    re.IGNORECASE,
)
_UNSAID: Final = re.compile(
    # Words that somebody quotes to take them back, and a statement that stood on an error.
    r"\b(?:statements?|claims?|reports?|assertions?|findings?|assessments?|conclusions?|notes?|posts?|story|articles?)\b[^.;!?\n]{0,30}? that\b[^.;!?\n]{3,160}?\b(?:rested|was based|were based|relied|stood|goes back|went back|was owed|was due)\b[^.;!?\n]{0,20}?\b(?:mis\w+|false|error|errors|faulty|wrong|mix-up|typo|nothing)\b"
    r"|\bwhat (?:[\w'’-]{1,16} ){1,4}?(?:calls?|called|describes?|described)(?: as)? [\"“«][^\"”»\n]{3,120}[\"”»] (?:was|is|were|are|turned out)\b"
    r"|[\"“«][^\"”»\n]{0,80}exploit[^\"”»\n]{0,80}[\"”»],? (?:(?:was|is|were|has been|now|wurde|a été|fue) ){0,2}(?:deleted|removed|withdrawn|struck|dropped|corrected|retracted|gestrichen|entfernt|supprimée?|eliminad[ao])(?!\w)",
    re.IGNORECASE,
)
_WITHDRAWN: Final = re.compile(
    r"\W{0,3}(?:the|that|this|its|their|der|die|das|la|le|el|l['’])[ ]?(?:[\w-]{2,16}[ ]){0,2}?(?:line|entry|note|notice|statement|remark|flag|label|claim|passage|sentence|wording|words|bulletin|warning|listing|marking|report|eintrag|hinweis|satz|vermerk|mention|phrase|entrada|frase|nota)[ ]"
    r"(?:has|have|had|was|were|is|are|wurde|ist|a|ha|fue)[ ](?:[\w]{2,14}[ ]){0,3}?(?:withdrawn|removed|deleted|retracted|corrected|taken (?:down|back|out)|struck|dropped|wrong|an (?:error|editor)|a (?:mistake|slip|misprint)|gestrichen|entfernt|zurückgezogen|gelöscht|korrigiert|retirée?|supprimée?|corrigée?|retirad[ao]|eliminad[ao]|corregid[ao])(?!\w)",
    re.IGNORECASE,
)
_NEGATED: Final = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|unexploited|only|safe|theoretical)\b|n[’']t\b", re.IGNORECASE
)
"""What is said is itself a denial: the facts behind it then confirm."""
_REPORTING: Final = re.compile(
    r"\b(?:(?:shall|must|ha(?:s|ve) to|will have to|needs? to|(?:obliged|required|bound|obligated)(?: by law)? to|(?:duty|obligation)s? (?:to|of)) (?:also |promptly |immediately )?(?:report|notify|disclose|inform|communicate|tell)|"
    r"(?:report|notification|disclosure)(?:ing)? (?:duty|duties|obligations?|requirements?) (?:for|on|of)|(?:duty|obligation|requirement)s? to (?:report|notify|disclose)|becomes? aware of)\b[^.;:!?\n]{0,90}$",
    re.IGNORECASE,
)
_KIND: Final = re.compile(
    r"(?:actively[ ])?exploited[ ](?:vulnerabilit(?:y|ies)|flaws?|weakness(?:es)?|bugs?)\b", re.IGNORECASE
)
_BINDING_ELSEWHERE: Final = re.compile(
    r"\b(?:müssen|muss|haben?|Meldepflicht|verpflichtet|doi(?:t|vent)|devr(?:a|ont)|obligation de|deben?|deberán?|obligación de)(?!\w)[^.;:!?\n]{0,120}$",
    re.IGNORECASE,
)
_KIND_ELSEWHERE: Final = re.compile(
    r"aktiv[ ]ausgenutzt\w{0,2}[ ](?:Schwachstelle|Lücke|Sicherheitslücke)n?\b|(?:activement[ ]exploitée?s?|exploitée?s?[ ]activement|explotad[ao]s?[ ]activamente)(?!\w)",
    re.IGNORECASE,
)
_TO_REPORT: Final = re.compile(
    r"\b(?:melden|gemeldet|Meldepflicht\w*|notifier|signaler|déclarer|notificar|comunicar|informar)\b",
    re.IGNORECASE,
)
_WHO_DOES: Final = re.compile(
    r"\b(?:attackers?|hackers?|adversar(?:y|ies)|actors?|anyone|anybody) (?:who|that) (?:successfully )?exploits?\b(?! (?:has|have|had|was|were))[^.;!?\n]{0,80}?\b(?:gains?|gets?|obtains?|becomes?|runs?|takes?|reads?|owns?|controls?|needs?|bypass(?:es)?)\b",
    re.IGNORECASE,
)
"""What a flaw gives to whoever exploits it."""
_FIGURATIVE: Final = re.compile(
    r"(?: (?:the|this|that|their|its|his|her|our|people[’']s|users[’']|victims[’']|public|human|a|an)){0,2}(?: [\w-]{2,16}){0,2}? (?:popularity|trust|fears?|curiosity|interests?|cris[ie]s|pandemic|situation|confusion|goodwill|urgency|emotions?|concerns?|chaos|demand|hype|news|holidays?|season|nature|psychology|war|conflict|elections?|brands?|reputation|anxiet(?:y|ies)|worries|uncertainty)\b",
    re.IGNORECASE,
)
"""Behind "exploit": what is used there is no flaw ("exploited the popularity of certain games")."""
_EXPLOITS: Final = re.compile(r"\b[Ee]xploit(?:s|ed|ing)?(?= )")
_AN_EXPLOIT: Final = re.compile(r"exploits? (?:for|code|of|against)\b", re.IGNORECASE)
_ARTICLE: Final = re.compile(
    r"\b(?:an?|the|their|its|his|working|public|new|several|two)[ ](?:[\w-]{2,16}[ ])?\Z"
)
"""Before the noun: "hackers published an exploit for it" tells of code, not of its use."""
NO_DENIAL: Final = re.compile(
    # A number put right, not an event denied: "60 servers, and not 600 as first stated, were broken into".
    r"(?:,?[ ](?:and|but))?,?[ ](?:not|rather than|instead of)[ ](?:the[ ]|some[ ]|about[ ]|all[ ])?(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a hundred|a dozen|dozens|hundreds|thousands)(?:[ ](?:of[ ])?(?!were\b|was\b|have\b|has\b|in\b)[a-z]{2,16}){0,2}?(?:[ ]as[ ](?:[a-z]{2,16}[ ]){0,2}[a-z]{2,16})?(?=,?[ ])",
    re.IGNORECASE,
)
_FIRM: Final = re.compile(r"\b[A-Z][\w&-]{1,24}[ ]Lab(?:s|oratories)?\b(?![ ](?:test|environment|setting))")
"""A firm that is called after its laboratory: "Black Lotus Labs"."""


def unshown(before: str) -> bool:
    """Whether the words of a sentence before a place say that nobody can show a case of it."""
    return _UNSHOWN.search(before) is not None


def figurative(text: str, at: int) -> bool:
    """Whether the word for exploiting in text[at:at + 60], if there is one, takes something as its object that is no flaw."""
    found = _EXPLOITS.search(text, at, at + 60)
    return found is not None and _FIGURATIVE.match(text, found.end(), found.end() + 70) is not None


def belied(sentence: str) -> bool:
    """Whether a sentence tells what somebody boasts of and what shows that it was not so."""
    found = next((each for form in _BELIED if (each := form.search(sentence))), None)
    return found is not None and _NEGATED.search(found["said"]) is None


def of_code(sentence: str, last: int) -> bool:
    """Whether "exploit" is a thing or a rule in a sentence, whose last word of exploiting stands at `last`: "hackers published an
    exploit for it", "attackers who exploit it gain root"."""
    if _WHO_DOES.search(sentence) is not None:
        return True
    return _AN_EXPLOIT.match(sentence, last) is not None and (
        _ARTICLE.search(sentence[max(0, last - 40) : last]) is not None
    )


def taken_off(sentence: str) -> bool:
    """Whether a sentence takes back that something was exploited: struck from a list, words deleted, a statement on an error."""
    return _STRUCK.search(sentence) is not None or _UNSAID.search(sentence) is not None


def withdrawn_after(page: Page, offset: int) -> bool:
    """Whether the sentence behind that of a place says that its words were withdrawn: "The line has been removed"."""
    number = page.sentence_number(offset)
    if number < 0 or number + 1 >= len(page.sentences):
        return False
    start, end = page.sentences[number + 1]
    return _WITHDRAWN.match(page.text, start, min(end, start + 200)) is not None


def duty_wording(sentence: str, at: int) -> bool:
    """Whether "actively exploited" at a place of a sentence is a kind of flaw that somebody would have to report."""
    if "CVE-" in sentence:
        return False
    before = sentence[:at]
    if _KIND.match(sentence, at) is not None:
        return _REPORTING.search(before) is not None
    found = _KIND_ELSEWHERE.match(sentence, at)
    if found is None or _BINDING_ELSEWHERE.search(before) is None:
        return False
    return (
        _TO_REPORT.search(before) is not None
        or _TO_REPORT.search(sentence, found.end(), found.end() + 90) is not None
    )


def settled(sentence: str) -> str:
    """The sentence with what looks like a denial or a rehearsal and is none blanked out, of the same length."""
    plain = NO_DENIAL.sub(lambda each: " " * len(each[0]), sentence)
    return _FIRM.sub(lambda each: " " * len(each[0]), plain)
