# SPDX-License-Identifier: Apache-2.0
"""Ports that a text says an attacker's program or server uses: "the implant listens on TCP port 4444".

A port alone is a weak trace: it is sought, never blocked, and those that everybody's traffic uses are noted as benign. A
port of the flaw, one that is scanned for or one that the reader should close is no indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.model.facts import Indicator, IndicatorRole, Malware
from scc.model.provenance import Span
from scc.read.indicators.accounts import Placed
from scc.read.indicators.roles import Roles
from scc.read.page import Notes, Page
from scc.read.sought import Sought

_NUMBER: Final = r"\d{2,5}(?:/(?:tcp|udp))?(?![\d%]|[.:-]\d)"
_PORT: Final = Sought(
    rf"\bports?[ ](?:numbers?[ ])?(?:(?:TCP|UDP)[ /])?(?P<numbers>{_NUMBER}(?:(?:, (?:and |or )?| and | or |/){_NUMBER}){{0,8}})"
    rf"|\b(?:TCP|UDP)[ /](?P<bare>\d{{2,5}})(?![\d%]|[.:-]\d)",
    re.IGNORECASE,
    at="port tcp udp",
)
_DIGITS: Final = re.compile(r"\d{2,5}")
_PROTOCOL: Final = re.compile(r"\b(TCP|UDP)\b", re.IGNORECASE)
_OWNER: Final = re.compile(
    r"\b(?:implants?|back ?doors?|malware|trojans?|RATs?|bots?|botnets?|beacons?|loaders?|stealers?|worms?|(?:web|reverse|bind) ?shells?|C2|C&C|command[ -]and[ -]control|"
    r"attackers?|threat actors?|intruders?|adversar(?:y|ies)|operators?|ransomware|payloads?|downloaders?|droppers?|miners?|rootkits?|samples?|spyware|webshells?)\b",
    re.IGNORECASE,
)
_USES: Final = re.compile(
    r"\b(?:listen\w{0,3}|bind(?:s|ing)?|bound|open(?:s|ed|ing)? (?:an? |the )?(?:[\w-]{1,20} ){0,3}?(?:listen\w{0,3}|socket|port|connection|tunnel|session)|connect(?:s|ed|ing|ion|ions)?|communicat\w{1,4}|beacon\w{0,3}|tunnel\w{0,4}|"
    r"call(?:s|ed|ing)? (?:home|back)|phon(?:es|ed|ing) home|exfiltrat\w{1,4}|forward(?:s|ed|ing)?|reach(?:es|ed|ing)? out|talk(?:s|ed|ing)? to|C2|C&C|command[ -]and[ -]control|shells?|traffic|contact(?:s|ed|ing)?|receiv(?:es|ed|ing)|"
    r"download(?:s|ed|ing)?|served|hosted|expos(?:es|ed|ing) (?:an? |its )?(?:shell|proxy|panel))\b",
    re.IGNORECASE,
)
_NOT_THEIRS: Final = re.compile(
    r"\b(?:vulnerab\w{2,7}|scann?(?:s|ed|ing)?|probes?|probing|sweeps?|brute|internet-facing|default|listening service|service listening|patch\w{0,3}|advisory|management|legitimate|honeypots?|"
    r"never|not|neither|nor|can|could|may|might|would|if|unless|should|must|block\w{0,3}|restrict\w{0,3}|clos(?:e|es|ed|ing)|filter\w{0,3}|firewall\w{0,2}|disabl\w{1,3}|deny|allow\w{0,3}|permit\w{0,3}|monitor\w{0,3}|reachable)\b|n[’']t\b",
    re.IGNORECASE,
)
_COMMON: Final = frozenset([20, 21, 22, 23, 25, 53, 80, 88, 110, 123, 135, 137, 138, 139, 143, 161, 389, 443, 445, 465, 514, 587, 636, 853, 993, 995, 3389, 5985, 5986])  # fmt: skip
"""Ports of services that every network has (IANA, Service Name and Transport Protocol Port Number Registry)."""
MOST: Final = 20


def ports(page: Page, notes: Notes, roles: Roles) -> Iterator[Placed]:
    """Every port of an attacker's program that a sentence tells, with the protocol in its note; at most twenty."""
    count = 0
    named = {
        page.sentence_number(each.locator.start)
        for each in notes.of(Malware)
        if isinstance(each.locator, Span)
    }
    for each in page.find(_PORT):
        begin, end = page.sentence(each.start())
        sentence = page.text[begin:end]
        owned = page.sentence_number(each.start()) in named or _OWNER.search(sentence)
        if count >= MOST or not (owned and _USES.search(sentence)):
            continue
        if _NOT_THEIRS.search(_clause(page.text, begin, each.start(), end)):
            continue
        aside = roles.set_aside(each.start(), each.end()) or ("advice" if roles.advised(each.start()) else "")
        group = "numbers" if each["numbers"] else "bare"
        protocol = _PROTOCOL.search(page.text, max(begin, each.start() - 6), min(end, each.end() + 4))
        for number in _DIGITS.finditer(page.text, *each.span(group)):
            value = int(number[0])
            if not 0 < value < 65536 or number[0].startswith("0"):
                continue
            count += 1
            role: IndicatorRole = "reference" if aside else "benign" if value in _COMMON else "observed"
            fact = Indicator(
                "port",
                str(value),
                role,
                "detect" if role == "observed" else "none",
                note=protocol[1].upper() if protocol else "",
            )
            yield Placed(
                fact, number.start(), number.end(), aside or ("common" if role == "benign" else "sentence")
            )


def _clause(text: str, begin: int, at: int, end: int) -> str:
    """The piece of the sentence between the nearest semicolons or commas with a conjunction."""
    first = max((text.rfind(mark, begin, at) for mark in ("; ", ", but ", ", while ", ", and ")), default=-1)
    stops = [
        found for mark in ("; ", ", but ", ", while ", ", and ") if (found := text.find(mark, at, end)) >= 0
    ]
    return text[max(begin, first) : min(stops, default=end)]
