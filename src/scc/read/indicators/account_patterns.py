# SPDX-License-Identifier: Apache-2.0
"""Shapes of accounts that a text names: handles, users of a system, ids of messengers and of clouds.

A word is a name only in a frame that says so ("the GitHub user x", "an account named x", "@x on Telegram",
"net user x … /add") or if its own form proves it (checksum of a Tox id, prefix of an access key). What the account
means is `account_roles`' question. Secrets are never read: of a key only its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from scc.read.indicators.addresses import Candidate
from scc.read.phrases import Words, asked

_NAME: Final = r"@?[A-Za-z0-9_][\w.$+-]{2,38}"
_OPEN: Final = "“\"‘'`"
_CLOSE: Final = "”\"’'`"
_NOUN: Final = "|".join(
    f"{first}{rest}"
    for word in (
        "user ?names?", "user accounts?", "accounts?", "users?", "handles?", "profiles?", "alias(?:es)?", "nicknames?",
        "monikers?", "personas?", "publishers?", "uploaders?", "maintainers?", "authors?", "administrators?", "admins?",
        "channels?", "bots?", "groups?", "logins?", "contacts?", "organi[sz]ations?",
    )
    for first, rest in ((word[0], word[1:]), (word[0].upper(), word[1:]))
)  # fmt: skip
_NOUNS: Final = asked(
    "user account handle profile alias nickname moniker persona publisher uploader maintainer author admin channel bot group login contact organi"
)
"""Beginnings of these nouns."""
_FRAME: Final = re.compile(
    rf"(?P<noun>{_NOUN})(?: (?:[Nn]ame|ID|[Ii]d|[Hh]andle|[Aa]ddress)s?)?"
    r"(?P<named>,? (?:(?:is|was|were|are) )?(?:named|called|known as|under the (?:user ?)?name(?: of)?|with the (?:user ?)?name(?: of)?|by the name of|going by|goes by))?"
    rf"(?: ?: ?| \| | \(| )(?P<open>[{_OPEN}]?)(?P<name>{_NAME})(?P<close>[{_CLOSE}]?)"
)
_NEXT: Final = re.compile(
    rf"(?:,|,? (?:and|or|as well as)) (?P<open>[{_OPEN}]?)(?P<name>{_NAME})(?P<close>[{_CLOSE}]?)"
)
"""Another name of the same frame."""
_PLATFORMS: Final = {
    "telegram": "telegram", "twitter": "twitter", "x": "twitter", "facebook": "facebook", "instagram": "instagram",
    "linkedin": "linkedin", "youtube": "youtube", "reddit": "reddit", "discord": "discord", "skype": "skype",
    "github": "github", "gitlab": "gitlab", "npm": "npm", "pypi": "pypi", "nuget": "nuget", "rubygems": "rubygems",
    "docker hub": "docker-hub", "dockerhub": "docker-hub", "forum": "forum", "breachforums": "forum",
    "raidforums": "forum", "xss": "forum", "ramp": "forum",
}  # fmt: skip
_SERVICE: Final = (
    r"(?:Telegram|Twitter|X|Facebook|Instagram|LinkedIn|YouTube|Reddit|Discord|Skype|GitHub|GitLab|npm|PyPI|"
    r"NuGet|RubyGems|Docker ?Hub|[Ff]orum|BreachForums|RaidForums|XSS|RAMP)"
)
_BEFORE: Final = re.compile(rf"(?<![\w.])(?P<service>{_SERVICE})(?:['’]s)? (?:\w{{2,12}} )?\Z")
_ON: Final = re.compile(
    rf"(?:@|[{_OPEN}]@?)(?P<name>[A-Za-z0-9_][\w.$+-]{{2,38}})[{_CLOSE}]? (?:on|via|over) (?:the )?(?P<service>{_SERVICE})(?![\w.])"
)
_AT: Final = re.compile(
    rf"(?<![\w.])(?P<service>{_SERVICE})(?: (?:at|via|as|handle|account|user|contact))?[ :|(]{{1,3}}(?P<name>@[A-Za-z0-9_]{{3,32}})(?![\w.@])"
)
_NET_USER: Final = re.compile(
    r"\bnet1?(?:\.exe)? user [\"']?(?P<name>[A-Za-z0-9_][\w.$-]{1,30})[\"']? [^\n]{0,80}?/add\b",
    re.IGNORECASE,
)
_XMPP: Final = re.compile(
    r"(?:\bxmpp:|\b(?:jabber|xmpp|jid)\b(?: (?:id|address|account|contact|handle|user))?(?: (?:is|was|at|under))?[ :=|(]{1,3})[“\"‘'`<]?\Z",
    re.IGNORECASE,
)
_XMPP_HOST: Final = re.compile(
    r"(?:^|[.-])(?:jabber|xmpp|jabb)\b|^(?:exploit\.im|thesecure\.biz|5222\.de|jabb\.im)$"
)
"""Hosts that give addresses of XMPP and no mail."""
_TOX: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{76}(?![0-9A-Za-z])")
_SESSION: Final = re.compile(
    r"\bSession\b(?: (?:messenger|app))?(?: (?:ID|id|contact))?[^\w\n]{1,4}(05[0-9a-f]{64})(?![0-9A-Za-z])"
)
_DISCORD_ID: Final = re.compile(
    r"\bDiscord (?:user |account )?ID[:=| (]{1,3}(\d{17,20})(?!\d)", re.IGNORECASE
)
_ACCESS_KEY: Final = re.compile(r"(?<![A-Za-z0-9/+=])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9/+=])")
_AWS_ACCOUNT: Final = re.compile(r"\bAWS account(?: (?:ID|number))?[: #(]{1,3}(\d{12})(?!\d)", re.IGNORECASE)
_GUID: Final = re.compile(
    r"\b(?P<kind>application|app|(?:oauth )?client|tenant|directory)(?: \((?:client|tenant|application)\))? ?id(?:entifier)?s?[\"'”]?(?: of| is| was)?[\"'“‘`:=| (]{1,4}"
    r"(?P<name>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\w-])",
    re.IGNORECASE,
)
_GUID_MIDDLE: Final = re.compile(r"-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-")
_GOOGLE_CLIENT: Final = re.compile(r"(?<![\w-])\d{6,16}-[a-z0-9]{32}\.apps\.googleusercontent\.com(?![\w.-])")
_PROFILES: Final = (
    ("telegram", re.compile(r"(?:t|telegram)\.me/(?:s/)?(?P<name>[A-Za-z]\w{4,31})/?\Z")),
    ("twitter", re.compile(r"(?:x|twitter)\.com/(?P<name>\w{2,15})/?\Z")),
    ("github", re.compile(r"github\.com/(?P<name>[A-Za-z0-9-]{2,39})/?\Z")),
    ("gitlab", re.compile(r"gitlab\.com/(?P<name>[\w.-]{2,39})/?\Z")),
    ("npm", re.compile(r"npmjs\.com/~(?P<name>[\w.-]{2,39})/?\Z")),
    ("pypi", re.compile(r"pypi\.org/user/(?P<name>[\w.-]{2,39})/?\Z")),
    ("docker-hub", re.compile(r"hub\.docker\.com/u/(?P<name>[\w-]{2,39})/?\Z")),
    ("facebook", re.compile(r"facebook\.com/(?P<name>[\w.]{4,50})/?\Z")),
    ("youtube", re.compile(r"youtube\.com/@(?P<name>[\w.-]{3,39})/?\Z")),
)
_NO_PROFILE: Final = frozenset(
    "joinchat share home search hashtag intent login signup features about topics explore settings i proxy addstickers".split()
)
_PLAIN: Final = frozenset(
    "a an the and or but of in on at by to for from with without as is are was were be been being has have had can could may might will would should must "
    "this that these those it its their his her your our my who whom which what when where while if then than after before during under over between into "
    "not no names name named called id ids password passwords email emails address addresses takeover takeovers creation login logins logs management control "
    "access data details information credentials group groups type types settings security lockout manager discovery interaction interface agent agents input "
    "execution experience mode space accounts users account user system systems service services used using created new also such".split()
)
"""Words that follow a noun for an account and are no name of one."""
_ODD: Final = re.compile(r"[\d_$]")
_CAMEL: Final = re.compile(r"[a-z][A-Z]")
"""What ordinary words lack."""
_ENDS: Final = re.compile(
    r"\.(?:exe|dll|ps1|bat|js|py|sh|zip|txt|html?|php|png|jpe?g|md|json|com|org|net|io|ru|me)\Z",
    re.IGNORECASE,
)


class Account(NamedTuple):
    """A candidate: where it is an account (a key of `model.accounts.ACCOUNTS`), its name, place and frame."""

    place: str
    value: str
    start: int
    end: int
    frame: int
    """Offset at which the words begin that make it an account."""
    noun: str
    """The noun of the frame in lower case; "" where the form itself proves the account."""


def accounts(words: Words, found: Iterable[Candidate]) -> Iterator[Account]:
    """Every account that a refanged text names, by its words; `found` are its other candidates. Some are given twice."""
    text = words.text
    yield from _framed(words)
    if any(
        service in text
        for service in ("elegram", "witter", "iscord", "ithub", "itHub", "npm", "PyPI", " on X")
    ):
        for pattern in (_ON, _AT):
            for each in pattern.finditer(text):
                if not text[max(0, each.start() - 1) : each.start()].isalnum() and _is_name(each["name"]):
                    yield _account(_PLATFORMS[each["service"].lower()], each, each.start(), "handle")
    if "/add" in text:
        for each in _NET_USER.finditer(text):
            yield _account("windows-local", each, each.start(), "net user")
    yield from _messengers(text)
    yield from _clouds(text)
    for one in found:
        if one.type == "email" and (
            _XMPP.search(text, max(0, one.start - 40), one.start)
            or _XMPP_HOST.search(one.value.rpartition("@")[2])
        ):
            yield Account("xmpp", one.value, one.start, one.end, one.start, "")


def profile(address: str) -> tuple[str, str] | None:
    """(place, name) of the account whose page a web address is, None for any other address."""
    host_on = re.sub(r"^(?:https?://)?(?:www\.|m\.)?", "", address.partition("?")[0], count=1)
    for place, pattern in _PROFILES:
        fits = pattern.match(host_on)
        if fits and fits["name"].lower() not in _NO_PROFILE:
            return place, fits["name"]
    return None


def _framed(words: Words) -> Iterator[Account]:
    text, at = words.text, 0
    for start in words.beginning(_NOUNS):
        if start < at or (each := _FRAME.match(text, start)) is None:
            continue
        noun = each["noun"].lower().rstrip("s")
        before = _BEFORE.search(text, max(0, each.start() - 32), each.start())
        place = _PLATFORMS[before["service"].lower()] if before else _of_system(text, each.start(), noun)
        labelled = bool(each["named"]) or text[each.start("name") - 2 : each.start("name")] in (": ", "| ")
        if not place or not _told(each, bool(each["named"]), bool(before) or labelled):
            at = each.end("noun")  # "administrator account named x": the next noun may be the one
            continue
        frame = before.start() if before else each.start()
        yield _account(place, each, frame, noun)
        at = each.end()
        while (more := _NEXT.match(text, at)) and _told(more, False, bool(before)):
            yield _account(place, more, frame, noun)
            at = more.end()


def _told(each: re.Match[str], named: bool, camel: bool) -> bool:
    """Whether the word of a frame is a name: quoted, of a form that words lack, or introduced as one.

    `camel`: whether a capital inside is such a form; headings that lost their spaces have it too.
    """
    name = each["name"].rstrip(".-")
    if not _is_name(name):
        return False
    if (each["open"] and each["close"]) or name.startswith("@"):
        return True
    odd = _ODD.search(name) is not None or (camel and _CAMEL.search(name) is not None)
    return odd or (named and name.islower())


def _is_name(name: str) -> bool:
    bare = name.lstrip("@").rstrip(".-")
    return (
        len(bare) > 2
        and bare.lower() not in _PLAIN
        and any(mark.isalpha() for mark in bare)
        and not _ENDS.search(bare)
        and not re.fullmatch(
            r"T\d{4}(?:\.\d{3})?|(?:CVE|CWE|GHSA)-.{3,20}|[0-9a-fA-F]{32,64}|UNC\d+|APT-?\d+|TA\d+|FIN\d+",
            bare,
        )
    )


def _of_system(text: str, at: int, noun: str) -> str:
    """The system that an account is of, by the words around it, "" if the noun is one of services only."""
    if not re.fullmatch(r"(?:user ?name|user account|account|user|administrator|admin|login)", noun):
        return "forum" if noun in ("handle", "alia", "alias", "nickname", "moniker", "persona") else ""
    around = text[max(0, at - 90, text.rfind("\n", max(0, at - 90), at) + 1) : at + 90].partition("\n")[0]
    if re.search(r"\b(?:Linux|Unix|useradd|/etc/passwd|SSH|sudo)\b", around):
        return "unix"
    if re.search(r"\b[Dd]omain (?:admin\w*|user|account)|\bActive Directory\b", around):
        return "windows-domain"
    if re.search(
        r"\bWindows\b|\bRDP\b|\b[Ll]ocal (?:admin\w*|user|account)|\bnet user\b|Remote Desktop", around
    ):
        return "windows-local"
    return "system"


def _account(place: str, each: re.Match[str], frame: int, noun: str) -> Account:
    written = each["name"].rstrip(".-+")
    value = written.lstrip("@")
    start = each.start("name") + len(written) - len(value)
    return Account(place, value, start, start + len(value), frame, noun)


def _messengers(text: str) -> Iterator[Account]:
    if "ox" in text or "OX" in text:
        for each in _TOX.finditer(text):
            if is_tox(each[0]):
                yield Account("tox", each[0], each.start(), each.end(), each.start(), "")
    if "Session" in text:
        for each in _SESSION.finditer(text):
            yield Account("session", each[1], each.start(1), each.end(1), each.start(), "")
    if "iscord" in text:
        for each in _DISCORD_ID.finditer(text):
            yield Account("discord", each[1], each.start(1), each.end(1), each.start(), "id")


def is_tox(value: str) -> bool:
    """Whether the checksum of a Tox id holds: its last two bytes are the exclusive or of the pairs before them."""
    raw = bytes.fromhex(value)
    check = [0, 0]
    for number, byte in enumerate(raw):
        check[number % 2] ^= byte
    return check == [0, 0]


def _clouds(text: str) -> Iterator[Account]:
    if "AKIA" in text or "ASIA" in text:
        for each in _ACCESS_KEY.finditer(text):
            yield Account("aws-key", each[0], each.start(), each.end(), each.start(), "key")
    if "AWS" in text:
        for each in _AWS_ACCOUNT.finditer(text):
            yield Account("aws-account", each[1], each.start(1), each.end(1), each.start(), "id")
    for each in _GUID.finditer(text) if _GUID_MIDDLE.search(text) else ():
        kind = each["kind"].lower()
        place = (
            "azure-tenant"
            if kind in ("tenant", "directory")
            else "oauth-client"
            if kind == "oauth client"
            else "azure-application"
        )
        yield Account(place, each["name"], each.start("name"), each.end("name"), each.start(), "id")
    if ".apps.googleusercontent.com" in text:
        for each in _GOOGLE_CLIENT.finditer(text):
            yield Account("oauth-client", each[0], each.start(), each.end(), each.start(), "id")
