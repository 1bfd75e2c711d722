# SPDX-License-Identifier: Apache-2.0
"""Whether the clause in front of a bracketed id tells that attackers or their programs do what the id stands for.

The clause ends at semicolons and colons, so what an earlier one denies does not reach it. It tells of an act when an attacker,
a program of his, "it" or "they" is the subject of a finite verb in the indicative, the last before the id, and nothing
denies, advises, supposes or stages it. Judges the form of the sentence alone.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.scope import denied, fictional

MOST: Final = 240
"""Characters in front of an id that are looked at."""
_VERBS: Final = (
    "abuse access acquire activate add allocate append archive arrive attach brute-force build bypass call capture change check clear clone collect compile "
    "compress conceal connect contact copy crack crawl create decode decrypt delete deliver deploy disable disguise download drop dump elevate embed employ encode encrypt "
    "enumerate erase establish exfiltrate execute exploit extract fetch find force forge gain gather generate grab harvest hide hijack hook impersonate import infect inject "
    "install intercept invoke kill launch leverage list load log look maintain map masquerade modify monitor move obfuscate obtain open overwrite pack patch persist phish "
    "pivot place plant poison pretend probe propagate proxy pull push query read record register relay release rely remove rename replace request retrieve "
    "reuse rewrite sabotage save scan schedule scrape search sell send set side-load sideload sign sniff spawn spoof spread spray stage start steal stop store substitute "
    "suspend swap take tamper target terminate trace traverse trick tunnel turn unhook unpack upload use wait wipe write run go get make keep begin come "
    "leave put inflate flood blind jam resolve rotate beacon tap attempt try"
)


def _third(verb: str) -> str:
    """ "tries", "accesses", "sends"."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")


def _running(verb: str) -> str:
    """ "stealing", "running", "using"."""
    if verb in (
        "run",
        "set",
        "put",
        "get",
        "stop",
        "drop",
        "map",
        "log",
        "grab",
        "scan",
        "plant",
        "spam",
        "swap",
        "trap",
        "wrap",
        "begin",
        "tap",
        "unhook",
    ):
        return verb + (verb[-1] if verb not in ("plant", "unhook") else "") + "ing"
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def _past(verb: str) -> str:
    """Regular pasts; the irregular ones stand in `_IRREGULAR`."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    if verb in ("stop", "drop", "map", "log", "grab", "scan", "swap", "tap"):
        return verb + verb[-1] + "ed"
    return verb + ("d" if verb.endswith("e") else "ed")


_IRREGULAR: Final = (
    "took sent stole hid wrote ran went got made kept began came left put set built read spread sold broke"
)
_ALL: Final = _VERBS.split()
_ING: Final = "|".join(sorted({_running(each) for each in _ALL}))
_SINGLE: Final = "|".join(sorted({_third(each) for each in _ALL}))
_PLURAL: Final = "|".join(sorted(_ALL))
_PASTS: Final = "|".join(sorted({_past(each) for each in _ALL} | set(_IRREGULAR.split())))
_PARTICIPLES: Final = "|".join(
    sorted(
        {_past(each) for each in _ALL}
        | set("taken sent stolen hidden written run put set found built read spread".split())
    )
)
_ADVERB: Final = r"(?:(?:[a-z]{2,14}ly|also|then|now|next|first|just|often|even|still|always|later|soon|thus|again|silently|each|both|all|in turn|at once|instead) )?"
_ONE: Final = (
    r"(?:malware|ransomware|spyware|trojan|backdoor|worm|virus|wiper|loader|dropper|downloader|stealer|infostealer|keylogger|miner|rootkit|bootkit|botnet|bot|RAT|"
    r"implant|payload|beacon|shellcode|web ?shell|sample|binary|executable|DLL|script|macro|LNK|shortcut|installer|module|plugin|stage|attachment|lure|"
    r"attacker|intruder|adversary|actor|hacker|operator|affiliate|group|gang|crew|campaign|intrusion|attack|"
    r"(?:malicious|rogue|trojani[sz]ed|poisoned|infected|fake|booby-trapped|weaponi[sz]ed|backdoored) (?:[\w-]{2,16} ){0,2}?(?:package|file|document|app|application|extension|library|program|code|update|archive|image|page|site|job|workflow|dependency|driver)|"
    r"file [\w.-]{3,60}\.\w{2,4})"
)
_MANY: Final = (
    r"(?:payloads|samples|binaries|scripts|macros|attackers|intruders|adversaries|actors|hackers|operators|affiliates|criminals|groups|gangs|spies|infections|intrusions|"
    r"attacks|loaders|implants|beacons|trojans|worms|backdoors|bots|droppers|stealers|lures|attachments|variants|"
    r"(?:malicious|rogue|trojani[sz]ed|poisoned|infected|fake|weaponi[sz]ed) (?:[\w-]{2,16} ){0,2}?(?:packages|files|documents|apps|extensions|libraries|updates|emails|mails|messages))"
)
_TAIL: Final = r"(?: \([^()\n]{1,110}\))?(?:, (?:which|who) [^,;:!?\n()]{1,60},|,? (?:which|that|who))?(?:,? (?:dubbed|called|named|known as|tracked as|from|of|behind|in|on|at|with|under|inside|for) [^;:!?\n()]{1,60}?)?,? "
"""What may stand between a subject and its verb: a bracket, a relative, a phrase."""
_JOINED: Final = r"(?:(?:is|has|contains|lacks|needs|does|comes|consists|carries|skips|ignores|leaves|cannot) [^;:!?\n()]{1,60}?,? (?:and|but) )?"
"""Another verb in front of the one of the act."""
_ACT: Final = re.compile(
    rf"(?:\b(?:{_ONE}|[Ii]t|[Tt]his one|[Hh]e|[Ss]he)\b{_TAIL}{_JOINED}{_ADVERB}(?:(?P<one>{_SINGLE}|{_PASTS})|(?:is|was|has been|keeps|began|started) {_ADVERB}(?P<ing>{_ING}))"
    rf"|\b(?:{_MANY}|[Tt]hey|[Bb]oth|[Aa]ll of them)\b{_TAIL}{_ADVERB}(?:(?P<many>{_PLURAL}|{_PASTS})|(?:are|were|have been|keep|began) {_ADVERB}(?P<run>{_ING})))(?![\w'’-]| by\b)",
    re.IGNORECASE,
)
"""Subject and finite verb of an act."""
_ENTERED: Final = re.compile(
    rf"\b(?:attacks?|infections?|intrusions?|compromises?|breach(?:es)?|outbreaks?|campaigns?|waves?|cases?|entry|access|{_ONE})\b[^;:!?\n()]{{0,60}}\b(?:trace(?:s|d)? back to|go(?:es)? back to|went back to|c(?:a|o)me(?:s)? (?:in )?(?:from|by|through|via)|arriv(?:e|es|ed) (?:by|via|through|as|on)|start(?:s|ed)? with|beg(?:in|ins|an) with|"
    rf"spread(?:s)? (?:via|by|through|over)|happen(?:s|ed)? through|rel(?:y|ies|ied) on|stem(?:s|med)? from|(?:is|are|was|were|has been|have been) {_ADVERB}(?:{_PARTICIPLES}) (?:by|via|through|with|from|over|on))\b",
    re.IGNORECASE,
)
"""How somebody or something came in."""
_AND: Final = re.compile(rf"(?:,|\band|\bbut) (?:(?:and|but) )?{_ADVERB}(?:{_SINGLE}|{_PASTS})\b")
"""A coordinated verb that what denies the one before it does not deny: "contains no keylogger and takes …"."""
_EMBEDDED: Final = re.compile(
    r"\b(?:no|not|nothing|nobody|never|little|without|lack of|scant|any) (?:[\w'’-]{1,16} ){0,4}?(?:evidence|proof|signs?|indications?|confirm\w*|suggest\w*|believe\w*|show\w*|prove\w*|support\w*|saw|seen|found|true|clear|known|certain|mean)\b|"
    r"\b(?:den(?:y|ies|ied)|doubt(?:s|ed|ful)?|dismiss\w*|reject\w*|refut\w*|rul(?:e|es|ed) out|disput\w*|wrong(?:ly)?|incorrect\w*|mistaken\w*|false(?:ly)?|whether|unclear|unknown|question\w*|ask(?:s|ed))\b",
    re.IGNORECASE,
)
"""What takes back a whole statement that follows it."""
_NEGATED: Final = re.compile(
    r"\b(?:not(?! (?:only|just|merely))|never|no(?! doubt| fewer| less)|none|nothing|nobody|neither|nor|without|cannot|hardly|barely|no longer|fail(?:s|ed)? to|instead of|rather than|refrain\w*|avoid\w*|stop(?:s|ped)? short)\b|n['’]t\b",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(
    r"\b(?:could|may|might|would|should|shall|must|will|can|if|unless|suppos\w+|imagin\w+|hypothetical\w*|theoretical\w*|possib(?:le|ly)|potential(?:ly)?|perhaps|maybe|allow(?:s|ed|ing)?|enabl\w+|"
    r"for example|e\.g|such as|assum\w+|in case|once an?|whenever|when an?|typical(?:ly)?|usually|commonly|capable|able to|designed to|intended to|plans?|planned)\b",
    re.IGNORECASE,
)
_COUNSEL: Final = re.compile(
    r"\b(?:detect(?:s|ed|ing|ions?)?|alert\w*|rules?|hunt\w*|mitigat\w*|defend\w*|prevent\w*|protect\w*|audit\w*|coverage|covers?|covered|recommend\w*|consider|ensure|treat|watch for|look out|block(?:s|ed|ing)?|sigma|yara|map(?:s|ped|ping)? to|"
    r"scores?|scored|tests?|tested|published|catalogue\w*|matrix|heat ?map|dashboards?|(?:the|our|this|an?|these|following) quer(?:y|ies)|analytics?|relevant|landscape|training|courses?|quiz|lab|controls?|requires?)\b",
    re.IGNORECASE,
)
_STAGED: Final = re.compile(
    r"\b(?:red[- ]?team\w*|purple[- ]?team\w*|pen(?:etration)?[- ]?test\w*|exercises?|table-?top|drill|simulat\w*|emulat\w*|rehears\w*|re-?enact\w*|demonstrat\w*|demo|proof[- ]of[- ]concept|PoC|fiction\w*|novel|thriller|film|movie|"
    r"video game|play(?:er|book)s?|students?|trainees?|workshop|we wrote|our own|scenario|syllabus|curriculum|honeypot rules?)\b",
    re.IGNORECASE,
)
"""Played, taught or measured instead of done: said anywhere in the sentence."""
_HONEST: Final = re.compile(
    r"\b(?:scanner|scanning|sandbox|detector|sensors?|analysts?|engineers?|researchers?|vendors?|customers?|defenders?|administrators?|police|investigators?|you|we|our|users?|hunters?|responders?|engine|antivirus|EDR|reports?|articles?|analysis|tables?|pages?)\b",
    re.IGNORECASE,
)
"""Who acts between a subject and its verb is another subject."""
_ID: Final = r"T\d{4}(?:[./]\d{3})?"
_CORRECTED: Final = re.compile(
    rf"\b(?:for|instead of|in place of|not) {_ID},? (?:please )?(?:read|but|it should (?:say|read|be)|write|use) (?P<a>{_ID})(?![\d.]\d)"
    rf"|\b{_ID} (?:should|ought to|must) (?:have )?(?:read|be|been|say|said) (?P<b>{_ID})(?![\d.]\d)"
    rf"|\bread (?P<c>{_ID}) (?:instead of|for|in place of|where)\b|\b(?P<d>{_ID}),? (?:and )?not {_ID}(?![\d.]\d)",
    re.IGNORECASE,
)
"""A correction: one id instead of another."""


_NOTHING: Final = re.compile(
    r"[\W\d]{0,4}(?:and |but |so far,? |in the end,? )?(?:no(?! (?:doubt|longer|less|fewer|matter|sooner|wonder|surprise|question|one|later)\b)|none of|neither|not one|not a single)\b"
    r"(?: (?!(?:that|who|which|and|but|noticed|saw|stopped|prevented|blocked|caught|detected|knew|kept|until|before|while|as|when)\b)[\w'’./-]{1,40}){1,14}\Z",
    re.IGNORECASE,
)
"""A clause whose subject is nothing: "no payload was dropped"."""


def none_did(page: Page, offset: int) -> bool:
    """Whether the clause in front of a bracketed id says that nobody and nothing did it."""
    if page.text[max(0, offset - 1) : offset] not in ("(", "["):
        return False
    clause = page.text[max(page.sentence(offset)[0], offset - 1 - MOST) : offset - 1].rstrip()
    return _NOTHING.match(clause, max(clause.rfind("; "), clause.rfind(": ")) + 1) is not None


_NOBODY_TRIED: Final = re.compile(
    r"\b(?:nobody|no one|nothing|none of (?:them|the \w+)|niemand|personne|nadie)\b (?:[\w'’-]{1,14} ){0,5}?(?:tr(?:ied|ies)|attempted|bothered|managed|sought|cared|had|did|has|versuch\w{1,3}|tent[ée]\w{0,2}|intent\w{1,3})\b[^;:!?\n]{0,90}$",
    re.IGNORECASE,
)
"""Who so much as tried it? Nobody."""
_ADVERTISED: Final = re.compile(
    r"\b(?:adverts?|advertis\w+|brochures?|ads?|promis\w{1,3}|boasts? of|touts?|touted|offers?|on sale|(?:seller|vendor|author|developer)s?['’]? (?:claims?|says?|boasts?)|sales pitch|price list|feature list)\b[^;:!?\n]{0,90}$",
    re.IGNORECASE,
)
_NO_SUCH: Final = re.compile(
    r"\b(?:no such|nothing of the (?:sort|kind)|(?:does|did|do) not|none of (?:it|this|that|which)|but (?:we|nobody) (?:found|saw))\b",
    re.IGNORECASE,
)
_GOAL: Final = re.compile(
    r"[)\]] (?:was|were|is|had been|would have been) (?:only |clearly |apparently )?(?:the|their|its|a) (?:goal|aim|plan|intention|purpose|next step|idea|dream|threat|ambition|last step|target|intended)\b",
    re.IGNORECASE,
)


_NOT_AFTER: Final = re.compile(
    r"[)\]] (?:was|were|has been|had been|have been|is|are)(?: not|n['’]t| never) (?:\w{2,12} )?(?:found|used|observed|seen|present|part|involved|needed|tried|attempted|there)\b(?! (?:by|until|before|for))",
    re.IGNORECASE,
)


def only_wished(page: Page, offset: int) -> bool:
    """Whether what an id stands for was only wished, advertised and not so, or tried by nobody."""
    first, last = page.sentence(offset)
    before = page.text[max(first, offset - MOST) : offset].rstrip("([")
    if _NOT_AFTER.search(page.text, offset, min(last, offset + 60)):
        return True
    if _NOBODY_TRIED.search(before) or _GOAL.search(page.text, offset, min(last, offset + 70)):
        return True
    return (
        _ADVERTISED.search(before) is not None
        and _NO_SUCH.search(page.text, offset, min(last, offset + 160)) is not None
    )


def told_done(page: Page, offset: int) -> bool:
    """Whether the id at `offset` stands in brackets behind an act told as done, or is what a correction puts right."""
    before = page.text[max(0, offset - 1) : offset]
    if before in ("(", "["):
        return _acted(page, offset - 1)
    return _put_right(page, offset)


def _acted(page: Page, end: int) -> bool:
    first, last = page.sentence(end)
    if page.text[max(first, last - 2) : last].rstrip().endswith("?"):
        return False
    sentence = page.text[max(first, end - 600) : min(last, end + 600)]
    if _STAGED.search(sentence) or fictional(page, end):
        return False
    clause = page.text[max(first, end - MOST) : end]
    clause = clause[max(clause.rfind("; "), clause.rfind(": ")) + 1 :]
    if _EMBEDDED.search(clause) or _SUPPOSED.search(clause) or _COUNSEL.search(clause):
        return False
    for each in (*_ACT.finditer(clause), *_ENTERED.finditer(clause)):
        tail = clause[each.start() :]
        if _HONEST.search(each[0]):
            continue
        joined = [found.start() for found in _AND.finditer(tail)]
        if joined and not _NEGATED.search(tail, joined[-1]):
            return True
        if not (_NEGATED.search(clause) or denied(page, end)):
            return True
    return False


def _put_right(page: Page, offset: int) -> bool:
    """Whether a correction gives the id in place of another one and a sentence beside it tells of the act."""
    first, last = page.sentence(offset)
    stop = min(last, offset + 60)
    found = _CORRECTED.search(page.text, max(first, offset - 60), stop)
    while found is not None and offset not in (found.start(name) for name in "abcd"):
        found = _CORRECTED.search(page.text, found.end(), stop)
    if found is None:
        return False
    number = page.sentence_number(offset)
    for beside in (number + 1, number - 1):
        if 0 <= beside < len(page.sentences):
            text = page.text[slice(*page.sentences[beside])][:MOST]
            if any(each.search(text) for each in (_EMBEDDED, _SUPPOSED, _COUNSEL, _STAGED)):
                continue
            act = _ACT.search(text)
            if act and not _NEGATED.search(text[: act.end()]) and not _HONEST.search(act[0]):
                return True
    return False
