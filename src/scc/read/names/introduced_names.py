# SPDX-License-Identifier: Apache-2.0
"""Names that a text itself introduces: "a worm called …", "ransomware gang …", designations such as "UNC1069".

Gives them with the kind that the words say; whether the pack knows the name and whether the text denies it is `names`'
question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

PLACES_MOST: Final = 60
"""Places of one name that are looked at: a text that repeats a name a thousand times says no more of it."""
PLACES_ALL: Final = 5000
"""Places of all names after which a name has only one."""
_DESIGNATION: Final = Sought(
    r"(?<![\w-])(?:UNC\d{3,5}|TA[1-9]\d{2,3}(?![\d.])|FIN\d{1,2}|APT-?C?-?\d{1,3}|Storm-\d{4}|DEV-\d{4}|UA[CT]-?\d{4}|TAG-\d{2,3}|CL-(?:STA|CRI|UNK)-\d{4}|STAC\d{4}|TGR-STA-\d{4}|REF\d{4}|G[TR]G-\d{4}|Void Manticore)(?![\w-])",
    at="unc# ta# fin# apt storm dev uac uat tag cl stac# tgr ref# gtg grg void",
)
_NAME: Final = r"[“\"'‘]?(?P<name>[A-Z][\w$+]*(?:[-.][A-Z0-9]\w*)?(?: [A-Z][\w$+]*){0,2})[”\"'’]?"
_HANDLE: Final = r"[“\"'‘]?(?P<handle>[A-Za-z][\w$-]{2,30}(?: [A-Z][\w$-]{1,30}){0,2})[”\"'’]?"
_NAMING: Final = r"(?:called|named|dubbed|tracked as|codenamed|code-named|known as|nicknamed|calling itself|referred to as|that (?:we|they|it) (?:follow|track|call)s?(?: as)?|which (?:it|they|we|researchers) (?:call|dub|track)s?(?: as)?)"
_NEW_MALWARE: Final = Sought(
    rf"\b(?:malware|ransomware|worm|backdoor|trojan|stealer|infostealer|botnet|loader|wiper|spyware|rootkit|implant|dropper|RAT|exploit kit|toolkit|framework|miner|variant|family|strain|payload)\b[^.;:\n]{{0,40}}?\b{_NAMING}(?: the)? {_NAME}",
    at="malware ransomware worm backdoor trojan stealer infostealer botnet loader wiper spyware rootkit implant dropper rat exploit toolkit framework miner variant family strain payload",
)
_CALLED: Final = Sought(
    rf"\b(?:[Rr]esearchers?|[Ww]e|[Aa]nalysts|[A-Z]\w+) (?:have |has )?(?:call|calls|called|named|dubbed|track|tracks|codenamed)(?: (?:it|the (?:malware|worm|ransomware|backdoor|campaign|botnet|trojan|stealer)))(?: as)? {_NAME}",
    near="call named dubbed track codenamed",
)
_NEW_ACTOR: Final = Sought(
    rf"\b(?:group|gang|actors?|collective|crew|operation|cluster|hackers?|seller|adversary|persona|cartel|hacktivists?)\b[^.;:\n]{{0,30}}?\b(?:{_NAMING}|(?:that |who )?go(?:es|ing) by(?: the (?:name|handle|alias|moniker|nickname))?(?: of)?|using the (?:handle|alias|name)|under the (?:handle|alias|name|moniker))(?: the)? {_HANDLE}",
    at="group gang actor collective crew operation cluster hacker seller adversary persona cartel hacktivist",
)
_OPERATION: Final = Sought(
    r"\b(?P<what>ransomware (?:operation|gang|group|crew)|extortion (?:gang|group)|hacking group|threat actors?|cybercrime group|the group|the seller|hacktivist group)s?,? (?P<name>[A-Z][\w$]*[A-Za-z\d](?:[A-Z]\w*)?)\b",
    at="ransomware extortion hacking threat cybercrime the hacktivist",
    near="operation gang group crew actor seller",
)
_ANOTHERS: Final = re.compile(
    r"\b(?:used|deployed|operated|run|attributed|linked|delivered|employed|leveraged|associated|favou?red) (?:by|to|with)\b"
)
"""Between the word for malware and the name: the name is of whose malware it is ("malware used by APT28 (also known as …")."""
_SHAPE: Final = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[A-Z]{2,}[a-z]+\w*|[A-Z][a-z]+\d+")
"""The look of a name that is no word: inner capitals or a number."""
_SUFFIXES: Final = frozenset(
    "ransomware malware botnet infostealer stealer backdoor trojan worm wiper spyware rootkit rat loader".split()
)
_STOP: Final = frozenset(
    "the a an this that it they we he she new windows linux android macos ios microsoft google apple github gitlab npm pypi docker kubernetes iot javascript typescript python powershell cisa fbi nsa us uk eu ai "
    "malware ransomware trojan backdoor botnet worm stealer loader rat group gang actor hacker hackers attackers researchers security cyber virustotal macbook iphone youtube linkedin facebook telegram whatsapp "
    "advanced openai chatgpt nodejs wordpress vmware esxi activex openssl mongodb mysql sharepoint onedrive bitcoin ethereum attack as is was not being one some any".split()
)


def introduced(page: Page) -> Iterator[tuple[str, str, int, int]]:
    """(kind, name, start, end) of names that the text itself introduces, of each name and kind so many places at most."""
    seen: Counter[tuple[str, str]] = Counter()
    for number, each in enumerate(_found(page)):
        seen[each[:2]] += 1
        if seen[each[:2]] <= (PLACES_MOST if number < PLACES_ALL else 1):
            yield each


def _found(page: Page) -> Iterator[tuple[str, str, int, int]]:
    text = page.text
    for each in page.find(_DESIGNATION):
        yield "actor", each[0], each.start(), each.end()
    low = page.low
    if any(
        word in low
        for word in (
            "called",
            "named",
            "dubbed",
            "tracked",
            "known as",
            "follow",
            "codenamed",
            "nicknamed",
            "researchers call",
            "we call",
        )
    ):
        for pattern, group, kind in (
            (_NEW_MALWARE, "name", "malware"),
            (_CALLED, "name", "malware"),
            (_NEW_ACTOR, "handle", "actor"),
        ):
            for each in page.find(pattern):
                name = each[group].strip()
                if kind == "malware" and _ANOTHERS.search(each[0]):
                    continue
                if _is_name(name, handle="go" in each[0] and group == "handle"):
                    actual = (
                        "ransomware"
                        if kind == "malware" and each[0].lower().startswith("ransomware")
                        else kind
                    )
                    yield actual, name, each.start(group), each.end(group)
    for each in page.find(_OPERATION):
        if _is_name(each["name"]):
            kind = "ransomware" if each["what"].startswith("ransomware") else "actor"
            yield kind, each["name"], each.start("name"), each.end("name")
    words = page.words
    for index, low in enumerate(words.lows):
        if low in _SUFFIXES and index and text[words.ends[index - 1] : words.starts[index]] == " ":
            start, end = words.starts[index - 1], words.ends[index - 1]
            before = text[start - 1 : start] if start else " "
            if before not in "-." and _SHAPE.fullmatch(text, start, end) and _is_name(text[start:end]):
                yield "ransomware" if low == "ransomware" else "malware", text[start:end], start, end


def _is_name(name: str, handle: bool = False) -> bool:
    if len(name) < 3 or name.split()[0].lower() in _STOP or re.fullmatch(r"CVE.*|[A-Z]{2,3}", name):
        return False
    return handle or name[0].isupper() or bool(re.search(r"\d", name))
