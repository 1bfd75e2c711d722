# SPDX-License-Identifier: Apache-2.0
"""The role of an indicator: observed, victim, reference link, advice to the reader, benign infrastructure.

An indicator is observed only if something says so: it is defanged, stands in a section or table of indicators, or
its sentence speaks of attackers. Links of the publisher, commands recommended to the reader and values of warning
lists never are. A text that says that it has no indicators has none.
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from scc.model.facts import IndicatorRole, Malware
from scc.read.indicators.addresses import Candidate, registered
from scc.read.indicators.artifact_roles import IMPERATIVE, artifact_role, is_detection, no_name
from scc.read.indicators.cleared import cleared, example_address, example_host, honest_host, pictured
from scc.read.indicators.pieces import is_pattern, network_of_row
from scc.read.indicators.words import (
    benign_beside,
    clause,
    is_secret,
    is_service,
    is_version,
    listed_under,
    made_up,
    mislisted,
    of_attack,
    read_on,
    reported_under,
    run_together,
    sample_row,
    sender,
    stand_in,
)
from scc.read.page import Notes, Page
from scc.read.scope import taken_back

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

NETWORK: Final = frozenset({"ipv4", "ipv6", "cidr", "domain", "url", "email"})
_HASHES: Final = frozenset({"md5", "sha1", "sha256", "sha512", "ssdeep", "imphash", "ja3", "ja4"})
_HOST: Final = frozenset({"filename", "filepath", "registry-key", "mutex", "user-agent"})
_GOVERNMENT: Final = re.compile(r"\.(?:gov|mil|gob|gouv|govt)(?:\.[a-z]{2})?\Z")
"""Hosts of authorities: attackers get at them, they do not own them."""
_PUBLIC: Final = frozenset(
    "crates.io docs.rs pypi.org pypi.io npmjs.com npmjs.org rubygems.org nuget.org packagist.org github.com gitlab.com bitbucket.org sourceforge.net docker.com "
    "telegram.org discord.com virustotal.com archive.org wikipedia.org".split()
)
"""Registries, code hosts and archives: what is bad on them has a path."""

_OWN_CONTENT: Final = frozenset(("whats-my-ip", "microsoft-office365"))
"""Warning lists of hosts on which only their owner publishes."""
_SHARED: Final = "lots-project"
"""The warning list of services that carry files and pages of anybody."""


class Cues(NamedTuple):
    by_sentence: dict[int, set[str]]
    none: bool


class Roles:
    """What decides roles on one page."""

    def __init__(self, page: Page, notes: Notes, cues: Cues, knowledge: Knowledge) -> None:
        self._page = page
        self._cues = cues
        self._knowledge = knowledge
        self.malware = bool(notes.of(Malware)) or "malware" in page.low or "malicious" in page.low
        self._own = registered(host_in(page.document.url)) if page.document.url else ""
        self._links = (
            {registered(host_in(each)) for each in page.document.links[:400]}
            if page.document.links
            else set()
        )

    def role(self, each: Candidate, start: int, end: int, defanged: bool) -> tuple[IndicatorRole, str] | None:
        """(role, why) of a candidate, None if it is no indicator at all (a version, a piece of prose)."""
        page = self._page
        if each.type in ("ipv4", "cidr") and not defanged and is_version(page, start, end):
            return None
        if each.type in ("filename", "filepath") and no_name(page.text, each, start, end):
            return None
        if each.type in ("domain", "url") and run_together(page.text[start:end]):
            return None
        if each.type == "domain" and is_detection(each.value):
            return None
        if each.type in ("url", "filepath") and is_pattern(each.value):
            return None
        if each.type == "domain" and not defanged and len(registered(each.value).partition(".")[0]) == 1:
            return None  # a column of a query, a member of a variable
        section = page.section(start)
        number = page.sentence_number(start)
        said = self._cues.by_sentence.get(number, set())
        sentence = page.sentence_text(start)
        aside = self.set_aside(start, end)
        if aside:
            values = aside != "none-stated" and each.type in NETWORK | _HASHES
            return ("benign" if values else "reference", aside)
        harmless = self._harmless(each, defanged)
        if harmless:
            return harmless
        if each.type == "filename" and self._listed_benign("domain", each.value.lower()):
            return ("benign", "service")
        if each.type == "domain" and is_service(page.text, start, end):
            return ("benign", "service")
        if each.type == "cidr" and network_of_row(page, each.value, start, end):
            return ("reference", "network")
        if each.type in ("domain", "url"):
            honest = honest_host(page, start, end, "/" in each.value.rpartition("://")[2].rstrip("/"))
            if honest:
                return ("victim" if honest == "target" else "benign", honest)
        if each.type in _HASHES and is_secret(page.text, start, end):
            return ("reference", "secret")
        if section == "reference" and not defanged:
            return ("reference", "section")
        if each.type == "url" and not of_attack(each.value) and pictured(page, start, end):
            return ("reference", "picture")
        if "benign" in said and not defanged:
            return ("benign", "wording")
        traces = reported_under(page, start)
        listed = traces or (
            section == "iocs" and (self._in_list(start) or "observed" in said or each.type in _HASHES)
        )
        listed = listed or (each.type in _HASHES | {"filename"} and self.malware and sample_row(page, start))
        if each.type in _HOST or each.type == "package":
            return artifact_role(page, each, start, end, said, listed=listed, traces=traces)
        if defanged and each.type == "email" and sender(page, start):
            forged = _GOVERNMENT.search(
                each.value
            )  # whoever writes in the name of an authority is not the authority
            return ("victim", "government") if forged else ("observed", "sender")
        if (
            each.type in ("domain", "url", "email")
            and not defanged
            and not listed
            and _GOVERNMENT.search(host_in(each.value))
        ):
            return ("reference", "government")
        if defanged or listed:
            if "benign" in said and not listed and (benign_beside(page, start) or "observed" not in said):
                return ("benign", "wording")
            if not defanged and each.type == "url" and self._for_reading(each.value, start):
                return ("reference", "reading")
            if "victim" in said and not listed and "observed" not in said and each.type != "url":
                return ("victim", "wording")
            return ("observed", "defanged" if defanged else "listed")
        if "advice" in said or section == "advice" or IMPERATIVE.match(sentence):
            return ("advice" if each.type not in ("url", "domain") else "reference", "advice")
        if each.type in ("url", "domain"):
            return self._plain_address(each, said, start)
        if each.type in _HASHES:
            plain = re.search(
                r"\b(?:commit|checksum|verify|signature|fixed|patched|clean|digest|pinned|git)\b",
                clause(page, start, end),
                re.IGNORECASE,
            )
            told = "observed" in said or listed_under(page, start)
            return ("observed", "sentence") if told and not plain else ("reference", "hash")
        if each.type in ("asn", "cryptocurrency-address"):
            return (
                ("observed", "sentence")
                if said & {"observed"} and each.type != "asn"
                else ("reference", "plain")
            )
        if "victim" in said and "observed" not in said:
            return ("victim", "wording")
        return ("observed", "sentence") if self._strong(sentence) else ("reference", "plain")

    def set_aside(self, start: int, end: int) -> str:
        """Why nothing at a place counts, "" if nothing speaks against it."""
        if self._cues.none:
            return "none-stated"
        if stand_in(self._page, start) or taken_back(self._page, start):
            return "stand-in"
        if mislisted(self._page, start, end):
            return "mislisted"
        return "cleared" if cleared(self._page, start, end) else ""

    def advised(self, start: int) -> bool:
        """Whether a place is in an instruction to the reader or a section of them."""
        said = self._cues.by_sentence.get(self._page.sentence_number(start), set())
        instructs = IMPERATIVE.match(self._page.sentence_text(start)) is not None
        return instructs or "advice" in said or self._page.section(start) == "advice"

    def listed(self, start: int) -> bool:
        """Whether a place is an entry of a list or table of indicators."""
        return self._page.section(start) == "iocs" and self._in_list(start)

    def _for_reading(self, url: str, start: int) -> bool:
        """Whether a whole link in a section of indicators leads to something about them: documentation, an analysis."""
        host = host_in(url)
        name = registered(host)
        known = name in _PUBLIC or any(self._listed_benign("domain", each) for each in (host, name))
        return known and (not of_attack(url) or read_on(self._page, start))

    def _harmless(self, each: Candidate, defanged: bool) -> tuple[IndicatorRole, str] | None:
        if example_address(each.value if each.type == "ipv4" else host_in(each.value)):
            return ("benign", "example")
        if each.type in ("ipv4", "ipv6"):
            address = ip_address(each.value)
            if not address.is_global or address.is_multicast:
                return ("benign", "reserved")
        if each.type == "cidr" and not ip_network(each.value, strict=False).is_global:
            return ("benign", "reserved")
        if each.type == "url" and _is_local(host_in(each.value)):
            return ("benign", "reserved")
        if each.type in ("domain", "url", "email"):
            host = host_in(each.value) if each.type != "email" else each.value.rpartition("@")[2]
            name = registered(host) or host
            if name and name == self._own:
                return ("reference", "publisher")
            if example_host(host) or re.search(
                r"(?:^|\.)(?:example|test|invalid|localhost)$|(?:^|\.)example\.(?:com|org|net)$", host
            ):
                return ("benign", "example")
            if each.type == "domain" and name in _PUBLIC:
                return ("benign", "registry")
            if each.type == "url" and self._carries_nothing(host):
                return ("benign", "warning-list")
            if each.type == "domain" and self._listed_benign("domain", host):
                # A customer's name on a content network, broken on purpose, is the customer's.
                if not (defanged and host.count(".") - name.count(".") >= 2):
                    return ("benign", "warning-list")
            if (
                each.type == "email"
                and self._listed_benign("domain", host)
                and not re.search(r"gmail|proton|tuta|outlook|hotmail|yahoo|mail", host)
            ):
                return ("reference", "warning-list")
            return None
        if each.type in _HASHES and made_up(each.value):
            return ("benign", "stand-in")
        if each.type in ("ipv4", "ipv6", "md5", "sha1", "sha256", "sha512") and self._listed_benign(
            each.type, each.value
        ):
            return ("benign", "warning-list")
        return None

    def _listed_benign(self, kind: str, value: str) -> bool:
        return bool(self._knowledge.warning(kind, value))

    def _carries_nothing(self, host: str) -> bool:
        """Whether a host answers what an address is or signs people in: nobody else's files lie there."""
        lists = set(self._knowledge.warning("domain", host))
        return bool(lists & _OWN_CONTENT) and _SHARED not in lists

    def _in_list(self, start: int) -> bool:
        """Whether a place is an entry of a list or table, not running text."""
        line_start, line_end = self._page.line(start)
        line = self._page.text[line_start:line_end].strip()
        return len(line.split()) <= 14 or "|" in line or "\t" in line

    def _plain_address(self, each: Candidate, said: set[str], start: int) -> tuple[IndicatorRole, str]:
        """An address that is not defanged: a link, unless its sentence names it as an attacker's."""
        host = host_in(each.value)
        name = registered(host) or host
        known = (
            name in self._links or self._listed_benign("domain", host) or self._listed_benign("domain", name)
        )
        if (
            "observed" in said
            and not known
            and "advice" not in said
            and self._strong(self._page.sentence_text(start))
        ):
            return ("observed", "sentence")
        return ("reference", "plain")

    def _strong(self, sentence: str) -> bool:
        return _STRONG.search(sentence) is not None


_STRONG: Final = re.compile(
    r"\b(?:C2|C&C|command[- ]and[- ]control|malicious|attackers?['’]?s? (?:IP|server|infrastructure|domain)|exfiltrat\w+ (?:to|data to)|beacon\w* to|attacks? (?:from|originat\w+)|originat\w+ from|scann\w+ (?:from|by)|exploit\w* (?:from|attempts)|payloads? (?:from|hosted)|downloaded from|phishing (?:site|page|domain|kit)|botnet|threat actors?['’]? infrastructure)\b",
    re.IGNORECASE,
)


def _is_local(host: str) -> bool:
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return host == "localhost"


def host_in(address: str) -> str:
    """The host of an address with or without a scheme, in lower case, "" if there is none."""
    try:
        return (urlsplit(address if "://" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return ""


def is_defanged(written: str) -> bool:
    """Whether a value is written so that nobody follows it by accident."""
    return (
        any(mark in written for mark in ("[", "(.", "{.", "(dot", "{dot", "\\."))
        or written[:3].lower() in ("hxx", "h**", "htx", "h__")
        or " dot " in written.lower()
    )
