# SPDX-License-Identifier: Apache-2.0
"""Words right around an indicator that outweigh the cues of its sentence: what it is said to be, what a list is of.

Looks at a bounded piece of text before and behind a place. Decides no role: `indicators` does.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

_VERSION: Final = re.compile(
    r"\b(?:versions?|releases?|build|firmware|before|prior to|through|up to|earlier than|older than|later|update|upgrade|updated to|fixed in|patched in|patch|hotfix|v|ver|rev)\.?[\"':=]{0,2}[ \n]{0,2}[\"'“]?(?:[\d.]+(?:,| and| or| to| through)? ){0,6}$",
    re.IGNORECASE,
)
_AFTER_VERSION: Final = re.compile(
    r"^(?:[ \n](?:and|or)[ \n](?:earlier|later|below|prior|above|older|newer)|[ \n](?:fixes|addresses|patches|resolves)\b)"
)
_SERVICE: Final = re.compile(
    r"[”\"'`)]{0,2},? \(?(?:which is |is )?(?:an?|the|its) (?:[\w'’-]+ ){0,6}?(?:platform|service|provider|registry|repository|marketplace|shortener|search engine|CDN|website builder)\b"
)
_BAD: Final = re.compile(
    r"\b(?:phishing|malicious|fake|rogue|attacker|c2|bulletproof|malware|criminal|leak|scam|fraudulent|hacking|stealer)\b",
    re.IGNORECASE,
)
_BENIGN_NEAR: Final = re.compile(
    r"\b(?:Windows|system|native|built-in|Microsoft) (?:library|libraries|DLLs?|files?|binary|binaries|tools?|utility|executables?|components?|process)[ “\"'‘`(\[]{0,3}$"
    r"|\b(?:legit(?:imate)?|genuine|benign|official|trusted|real|clean|good)(?: [\w'’-]+){0,4}[ “\"'`(\[]{0,3}$",
    re.IGNORECASE,
)
_CLEARED: Final = re.compile(
    r"\b(?:false positives?|not malicious|sinkhol\w+|taken down|unaffected|known good)\b", re.IGNORECASE
)
"""Said of a value wherever in its sentence it stands."""
_MISLISTED: Final = Sought(
    r"\b(?:listed|included|flagged|named|added|published|reported|marked|given|blocked|put|appeared|classed|labell?ed|entered|printed|stood|got)\b[^.;!?\n]{0,50}\b(?:by mistake|in error|by accident|by error|mistakenly|erroneously|wrongly)\b"
    r"|\b(?:mistakenly|erroneously|wrongly|incorrectly|falsely|accidentally) (?:been )?(?:listed|included|flagged|named|added|published|reported|marked|blocked|classed|labell?ed)\b"
    r"|\bshould (?:not|never) have been (?:listed|included|flagged|named|added|published|reported|blocked|on)\b"
    r"|\b(?:removed|taken|struck|dropped|deleted|withdrawn) (?:off|from) (?:the|our|its|their|this|that) (?:[\w-]{1,16} )?(?:lists?|blocklist|feed|report|alert|bulletin|advisory|indicators|iocs?)\b"
    r"|\b(?:was|were|is|are|proved|turned out to be) (?:a )?(?:false alarm|harmless|innocent|cleared)\b|\bdelisted\b",
    re.IGNORECASE,
    near="mistake error accident mistakenly erroneously wrongly incorrectly falsely accidentally should removed taken struck dropped deleted withdrawn false harmless innocent cleared delisted",
)
"""Said of a value in its clause: that it was listed without reason."""
_SENDER: Final = re.compile(
    r"\b(?:e-?mails?|mails?|messages?|lures?|invoices?|letters?)\b(?: [\w'’-]{1,20}){0,6} (?:came|come|comes|coming|arrived?|sent|originat\w{1,4}|delivered|written) (?:\w{1,12} )?(?:from|by|out of)(?: the)?(?: (?:address|account|mailbox|sender))? [“\"'<(]{0,2}$"
    r"|\b(?:sender|from|return address|reply-to)(?: address)?(?: (?:was|is|being)|:) [“\"'<(]{0,2}$",
    re.IGNORECASE,
)
_FORGED: Final = re.compile(
    r"\b(?:spoof\w*|forged?|faked?|purport\w*|impersonat\w+|claim\w*)\b", re.IGNORECASE
)
_PARENT: Final = re.compile(
    r"(?:,? (?:and|or) [\w-]{1,40}\.[\w.-]{2,40}|, [\w-]{1,40}\.[\w.-]{2,40}){0,4} sub-?domains\b"
)
"""Behind a name under which anybody gets one."""
_READ_ON: Final = re.compile(
    r"\b(?:see|refer|read|documentation|documented|guide|guidance|article|blog|advisory|analysis|report|more information|details|instructions|described|learn|reference|source|via|credit)\b",
    re.IGNORECASE,
)
_SECRET: Final = re.compile(
    r"(?:tokens?|secrets?|passwords?|passwd|pass(?:word)?[_ -]?(?:hash|salt)|salt|(?:bot|campaign|victim|machine|client|tenant|app|group|user|hw)[_ -]?id|hwid|botnet|licen[cs]e|serial(?:[_ -]?number)?|api[_ -]?keys?|etag|nonce|uuid|guid|commit|rev|revision|ref|session|cookie|csrf)[\"']{0,2}\s{0,2}[=:(]\s{0,2}[\"'(]{0,2}$",
    re.IGNORECASE,
)
"""What a row of hexadecimal digits is assigned to that is no digest of a file."""
_KEY: Final = re.compile(
    r"\b(?:(?:NT|LM|NTLM|NTLMStrong)-?[Hh]ash|NTLM(?: hash)?|(?:AES|DES|RC4|XOR|\d{2,4}-bit)(?: [\w-]{1,20}){0,2} [Kk]eys?|[Kk]ey|IV|[Ss]alt|[Nn]once|[Ll]icen[cs]e|[Ss]erial(?: [Nn]umber)?|[Ii]nitiali[sz]ation [Vv]ector|[Pp]assword [Hh]ash|[Hh]ash \d{1,3})(?: (?:is|of|was))?[:=]?[ \t]{1,4}[\"'“‘`]?\Z"
    r"|(?:\A|\n)[ \t|*-]{0,4}(?:[Ss]erial(?: [Nn]umber)?|[Ll]icen[cs]e(?: [Kk]ey)?|[Ss]alt|[Nn]once|[Kk]ey|IV)[ \t*]{0,3}[:|]?[ \t]{0,3}\n?[ \t|]{0,4}\Z"
)
"""What a row of hexadecimal digits is when it opens something: a key, or the hash of a password."""
_LIKE: Final = re.compile(
    r"\b(?:services?|platforms?|providers?|sites|websites|apps|applications|forums|boards|marketplaces) (?:such as|like|including)(?: [\w.-]{2,40},?){0,8} (?:and |or )?\Z",
    re.IGNORECASE,
)
"""Services given as examples."""
_CARRIER: Final = re.compile(
    r"\b(?:image|picture|photo|video|file|code|text|document|paste)[- ]?(?:hosting|sharing|storage) (?:web ?sites?|sites?|services?|platforms?|providers?),? (?:called |named )?[“\"'‘]?\Z",
    re.IGNORECASE,
)
"""Right in front of a host: what anybody stores files on."""
_STAND_IN: Final = Sought(
    r"\b(?:placeholders?|stands? for|to be filled in|fill(?:ed)? in|dummy|sample value|replace (?:it|this|them)|lorem ipsum|your own|made[ -]up)\b",
    re.IGNORECASE,
    near="dummy fill lorem made own placeholder replace stand value",
)
_FORM: Final = Sought(
    r"\b(?i:form|template|questionnaire|blank)\b[^\n]{0,300}?(?<=[:\s])(?:<[A-Z][A-Z _/-]{1,30}>|\[(?i:insert|enter|your|name|date|fill)\b[^\]\n]{0,30}\]|_{4,})",
    near="blank form questionnaire template",
)
"""A form with its fields still open."""
_ANALYSIS: Final = re.compile(
    r"\.(?:exe|dll|ps1|bat|vbs|js|hta|sh|py|php|apk|jar|zip|rar|7z|iso|img|lnk|msi|scr|docm|xlsm|doc|xls|bin|elf)(?:$|[?&])|/raw/|/bot\d{5,}|/api/webhooks/|/releases/download/|/attachments/\d+/",
    re.IGNORECASE,
)
_LISTS: Final = re.compile(
    r"\b(?:malicious|indicators?|iocs?|existence of any|presence of|part of this (?:incident|campaign|attack)|compromised|used (?:by|in) the attack|attackers?|malware|observed)\b",
    re.IGNORECASE,
)
_SAMPLE: Final = re.compile(
    r"[\s|*]{0,8}(?:file ?name|sha-?(?:1|256|512)|md5|(?:file )?hash|imphash)(?: hash)?[*\s]{0,4}[|:]",
    re.IGNORECASE,
)
_CHECK: Final = re.compile(
    r"\b(?:checksums?|verify|release|download (?:page|link)s?|signatures?|installer|official)\b",
    re.IGNORECASE,
)
DEPENDS: Final = re.compile(
    r"\b(?:downstream|dependents?|depend(?:s|ing)? (?:on|upon)|impacting|used by)\b", re.IGNORECASE
)
"""Words of packages that a bad one reached."""
CHECKSUM: Final = re.compile(r"\b(?:checksums?|verify|signatures?|release notes)\b", re.IGNORECASE)
_ITEM: Final = re.compile(r"\s{0,12}(?:[-*•+]|\d{1,3}[.)]|\(?[a-z][.)])\s")
_REPORTED: Final = re.compile(
    r"\b(?:existence|presence|evidence) of any of the following\b|\b(?:any|one or more) of the following (?:indicators|iocs|artifacts|traces)\b",
    re.IGNORECASE,
)
"""A lead-in that asks whether traces are there: what follows are the traces, not steps to take."""
_GLUED: Final = re.compile(
    r"\[\.\](?:com|net|org|info|biz|edu|gov|ru|de|uk|io|top|xyz|pw|ws|cc|me|tv)[a-z0-9-]{1,60}(?:\[\.\]|\.)[\w.\[\]-]{0,200}\Z",
    re.IGNORECASE,
)
_BACK: Final = 900
_OWN_WORK: Final = re.compile(
    r"\b[Ww]e (?:have |had )?(?:split|dropped|renamed|moved|merged|refactor\w*|removed|added|ported|rewrote|rewritten|deprecated|wrote)\b"
    r"|\b(?:[Ww]e|I) (?:have |had |first |then |also ){0,2}(?:created|set up|built|configured|prepared|made)\b"
)


def is_version(page: Page, start: int, end: int) -> bool:
    """Whether four numbers are a version: by the words around them, their table row or the section."""
    text = page.text
    if _VERSION.search(text[max(0, start - 70) : start]) or _AFTER_VERSION.match(text[end : end + 20]):
        return True
    row = text[slice(*page.line(start))]
    tabled = "|" in row and re.search(r"\b(?:version|release|build|fixed|affected)\b", row, re.IGNORECASE)
    return bool(tabled) or page.section(start) == "affected"


def is_service(text: str, start: int, end: int) -> bool:
    """Whether what stands at a place is explained as a service that anybody uses."""
    if _LIKE.search(text, max(0, start - 160), start) and not _BAD.search(text, max(0, start - 160), start):
        return True
    if _CARRIER.search(text, max(0, start - 80), start) or _PARENT.match(text, end, end + 160):
        return True
    found = _SERVICE.match(text, end, end + 120)
    return found is not None and not _BAD.search(found[0])


def benign_beside(page: Page, start: int) -> bool:
    """Whether the word for legitimate use is said of this very value, not of another one of the sentence."""
    begin, end = page.sentence(start)
    if _CLEARED.search(page.text, begin, end):
        return True
    return _BENIGN_NEAR.search(page.text, max(begin, start - 60), start) is not None


def mislisted(page: Page, start: int, end: int) -> bool:
    """Whether the clause of a value says that it was listed by mistake."""
    if not page.may(_MISLISTED, *page.sentence(start)):
        return False
    return _MISLISTED.pattern.search(clause(page, start, end)) is not None


def sender(page: Page, start: int) -> bool:
    """Whether mail is said to have come from what stands at a place."""
    begin, _ = page.sentence(start)
    found = _SENDER.search(page.text, max(begin, start - 140), start)
    return found is not None and _FORGED.search(page.text, max(begin, found.start() - 20), start) is None


def read_on(page: Page, start: int) -> bool:
    """Whether a link is given for reading: "see the documentation: …"."""
    begin, _ = page.line(start)
    return _READ_ON.search(page.text, max(begin, start - 160), start) is not None


def of_attack(url: str) -> bool:
    """Whether an address on a shared service is one of a file, a bot or a hook, as attackers use them."""
    return _ANALYSIS.search(url) is not None


def stand_in(page: Page, start: int) -> bool:
    """Whether the sentence of a place says that its values stand for others."""
    first, last = page.sentence(start)
    return page.inside(_STAND_IN, first, last) is not None or page.inside(_FORM, first, last) is not None


def is_secret(text: str, start: int, end: int) -> bool:
    """Whether the digits at a place are a token, an id, a revision, a key, the hash of a password or part of a path."""
    if text[start - 1 : start] == "/" and text[end : end + 1] in ("/", "?"):
        return True
    return (
        _SECRET.search(text, max(0, start - 40), start) is not None
        or _KEY.search(text, max(0, start - 60), start) is not None
    )


def made_up(digest: str) -> bool:
    """Whether a digest is a stand-in: one or two different digits, or a short row of them again and again."""
    return len(set(digest)) < 3 or any(digest == digest[:size] * (len(digest) // size) for size in (4, 8, 16))


def own_work(sentence: str) -> bool:
    """Whether a sentence tells what its author did to files of his own."""
    return _OWN_WORK.search(sentence) is not None


def clause(page: Page, start: int, end: int) -> str:
    """The piece of the sentence between the nearest semicolons, or commas before "while" and "but"."""
    first, last = page.sentence(start)
    before = page.text[first:start]
    cut = max(before.rfind(";"), before.rfind(", while "), before.rfind(", but "), before.rfind(" whereas "))
    after = page.text[end:last]
    stops = [
        each
        for each in (after.find(";"), after.find(", while "), after.find(", but "), after.find(" whereas "))
        if each >= 0
    ]
    return before[cut + 1 :] + page.text[start:end] + after[: min(stops, default=len(after))]


def listed_under(page: Page, start: int) -> bool:
    """Whether a place is an item of a list whose lead-in, a line that ends in a colon, announces indicators."""
    return any(_LISTS.search(each) for each in _lead_ins(page, start))


def reported_under(page: Page, start: int) -> bool:
    """Whether a place is an item of a list of traces that are to be reported wherever they are."""
    return any(_REPORTED.search(each) for each in _lead_ins(page, start)[:1])


def _lead_ins(page: Page, start: int) -> list[str]:
    """The lines that announce the list of which a place is an item: the nearest one, which may be an item of another
    list, and the one before all items. Both end in a colon."""
    begin, end = page.line(start)
    if not _ITEM.match(page.text, begin, end):
        return []
    found: list[str] = []
    lines = page.text[max(0, begin - _BACK) : begin].split("\n")
    for line in reversed(lines[:-1] if lines and not lines[-1] else lines):
        bare = line.strip().rstrip("*_ ")
        outside = bare and not _ITEM.match(line)
        if bare.endswith(":") and (outside or not found):
            found.append(bare)
        if outside:
            break
    return found


def run_together(written: str) -> bool:
    """Whether two hosts of a table that lost its borders stand as one: after the end of the first the second goes on.

    Whoever breaks one dot of each host leaves the others whole; where all are broken nothing is known.
    """
    host = re.split(r"[/?#]", written.partition("://")[2] or written, maxsplit=1)[0]
    return (
        _GLUED.search(host) is not None and host.count("[.]") > 1 and re.search(r"\w\.\w", host) is not None
    )


def sample_row(page: Page, start: int) -> bool:
    """Whether a place is in the row of a table that describes a sample: "SHA256 | …", and nothing is checked there."""
    begin, end = page.line(start)
    if not _SAMPLE.match(page.text, begin, end):
        return False
    return _CHECK.search(page.text, max(0, begin - 300), end) is None
