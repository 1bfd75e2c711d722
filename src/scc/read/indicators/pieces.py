# SPDX-License-Identifier: Apache-2.0
"""Values that are pieces of longer ones: names cut at a blank, parameters of a request, the network of a host of the same row.

Looks at a bounded piece of text before and behind a place. What the whole would be is not guessed: a piece is no indicator.
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import Final

from scc.read.page import Page

_DOCUMENT: Final = re.compile(
    r"\.(?:docx?|docm|pdf|rtf|txt|xlsx?|xlsm|pptx?|rar|zip|7z|lnk|iso)\Z|\.[A-Za-z]{2,5}\.[A-Za-z0-9]{2,4}\Z",
    re.IGNORECASE,
)
"""Endings of what people give titles, and of what is made to look like that."""
_TITLED: Final = re.compile(r"(?<=[\w,;)”\"'’] )(?P<word>[A-Z][\w’'-]{1,20}) \Z")
_NO_TITLE: Final = frozenset(
    "file files document documents archive archives the this that these a an its their his her in and or to from with by as on at of for is was note notes name named called lure decoy "
    "payload script image text word excel office powerpoint windows microsoft adobe pdf rar zip lnk iso html rtf dll vbs vba js ps1 powershell javascript python java batch shell macro "
    "figure fig table attachment attached malicious ransom encrypted email mail trojan malware loader rat backdoor sample".split()
)
"""Words in front of a name that are no part of it."""
_TITLES_LEAST: Final = 2
_TITLES_MOST: Final = 50
_DASHED: Final = re.compile(r"\w - (?:[^\n.:;|]{1,40} - ){1,4}\Z")
_SHOUTED: Final = re.compile(r"(?<!\w)(?!(?:HTML|README)\b)[A-Z]{4,20},? \Z")
_NOTE: Final = re.compile(r"[A-Z_]{4,30}(?:-\d{1,3})?\.(?:txt|html?|hta|pdf|docx?|xlsx?)\Z")
"""Two words in capitals: the name of a note that ransomware leaves, or of a document."""
_NUMBERED: Final = re.compile(r"# ?\Z|[A-Z][a-z]{2,20} (?:and|of|for|&) \Z")
"""In front of a document with a capital or a figure: "RFQ # 88556524.pdf", "Technical and Commercial.pdf"."""
_LAST_WORD: Final = re.compile(
    r"(?:Tool|Panel|Software|Cracked|Crack|Updates?|Updater|Installer|Setup|Manager|Helper|Launcher|Player|Reader|Viewer|Generator|Checker|Keygen|Pro|Plus|Free)\.exe\Z"
)
"""Words that follow the name of a program in the name of its file."""
_CAPITAL: Final = re.compile(
    r"[\w.,;:)\\] (?!(?:File|Executable|The|Malicious|Trojan|Named|Called|Dropper|Payload|Binary|Figure)\b)[A-Z][\w’'-]{1,20} \Z|[\\/][A-Z][\w’'-]{1,20} \Z"
)
_FOREIGN: Final = re.compile(r"[^\W\d_a-zA-Z]{2,30} \Z")
_REST: Final = re.compile(r"[ \n][\w.()-]{1,30}\\")
_BUNDLE: Final = re.compile(r"(?: [\w-]{1,20}){1,4}\.app/")
_HOLE: Final = re.compile(r"\[(?:0-9|a-z|A-Z|\\[dw])|X{6}|\[[A-Z ]{2,20}\Z")
_ADDRESS: Final = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d/])")
_DOT: Final = re.compile(r" ?[\[({]\.[\])}]?| ?\.[\])}]")


def in_request(text: str, start: int, end: int) -> bool:
    """Whether a name is a parameter of a request or the value of one: "?next_file=a.cfg&x=1"."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return before in ("?", "&") or (before == "=" and after == "&")


def cut_name(text: str, name: str, start: int) -> bool:
    """Whether a file name is the tail of one with blanks.

    So it is behind two titles with dashes, behind a word of the same foreign letters in a Latin text, and, if it is a document,
    where the same capitalised word stands in front of it every time, at least twice.
    """
    before = text[max(0, start - 100) : start]
    if not before.endswith(" "):
        return False
    if _DOCUMENT.search(name) and _DASHED.search(before):
        return True
    if (_NOTE.match(name) and _SHOUTED.search(before)) or (
        _LAST_WORD.match(name) and _CAPITAL.search(before)
    ):
        return True
    if name[0].isupper() or name[0].isdigit():
        if name.endswith((".pdf", ".doc", ".docx", ".xls", ".xlsx")) and _NUMBERED.search(before):
            return True
    if name[0].isalpha() and not name[0].isascii() and _FOREIGN.search(before):
        around = text[max(0, start - 300) : start + 300]
        latin = sum(1 for each in around if each.isascii() and each.isalpha())
        return latin * 2 > sum(1 for each in around if each.isalpha())
    if not _DOCUMENT.search(name):
        return False
    titled = _TITLED.search(before)
    if titled is None or titled["word"].lower() in _NO_TITLE:
        return False
    word = f"{titled['word']} "
    place, count = text.find(name), 0
    while place >= 0 and count < _TITLES_MOST:
        if text[max(0, place - len(word)) : place] != word:
            return False
        count += 1
        place = text.find(name, place + 1)
    return count >= _TITLES_LEAST


def cut_path(text: str, path: str, end: int) -> bool:
    """Whether a path without an ending goes on behind a blank: "%programfiles%\\process hacker\\"."""
    rest = _BUNDLE if path.startswith("/") else _REST
    return "." not in re.split(r"[\\/]", path)[-1] and rest.match(text, end, end + 60) is not None


def is_pattern(value: str) -> bool:
    """Whether an address or a path has a hole: a class of a regular expression, the template of a temporary name, an open bracket."""
    return _HOLE.search(value) is not None


def network_of_row(page: Page, network: str, start: int, end: int) -> bool:
    """Whether the row of a table names the network in which an address of the same row lies: its provider's, not the attacker's."""
    begin, last = page.line(start)
    begin = max(page.line(begin - 1)[0] if begin else 0, begin - 300)  # a cell may hold two lines
    line = f"{page.text[begin:start]} {page.text[end:last]}"
    if "|" not in line and "\t" not in line:
        return False
    whole = ip_network(network, strict=False)
    own = network.partition("/")[0]
    for each in _ADDRESS.findall(_DOT.sub(".", line)):
        try:
            if each != own and ip_address(each) in whole:
                return True
        except ValueError:
            continue
    return False
