# SPDX-License-Identifier: Apache-2.0
"""What an account that a text names is: an attacker's, a victim's, built in, or anybody's.

Most accounts in reports are those of people who found, reported or wrote something. One is observed only if the words
right before it give it to the attacker, if the attacker is said to have made it, if it published what is malicious, or
if it stands in a list of indicators. Unclear ones are references.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import IndicatorRole
from scc.read.indicators.account_patterns import Account
from scc.read.page import Page

_HOSTILE: Final = (
    r"(?:attackers?|threat[- ]actors?|adversar(?:y|ies)|intruders?|hackers?|(?:cyber)?criminals?|fraudsters?|scammers?|malicious|malware|rogue|fraudulent|"
    r"ransomware|backdoor|botnet|worm|trojan|implants?|beacons?|web ?shells?|stealer|loader|operators?|affiliates?|actors?|gang|perpetrators?|extortionists?|spammers?|C2|exfiltration|phishing)"
)
_OF_ATTACKER: Final = re.compile(
    rf"\b{_HOSTILE}(?:['’]s?)?(?:[- ](?:controlled|owned|operated|created|registered|managed|run))?(?:, (?:who|which|known|using|operating|active|also)\b)?(?: [\w'’-]{{1,20}}){{0,5}} ?\Z",
    re.IGNORECASE,
)
"""The attacker, then nothing but a few words until the account."""
_MADE: Final = re.compile(
    r"\b(?:creat(?:e|es|ed|ing)|add(?:s|ed|ing)?|establish(?:es|ed|ing)?|set(?:s|ting)? up|register(?:s|ed|ing)?|provision(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_BY_ATTACKER: Final = re.compile(rf"\bby (?:[\w'’-]{{1,20}} ){{0,5}}{_HOSTILE}\b", re.IGNORECASE)
_ATTACKER: Final = re.compile(rf"\b{_HOSTILE}\b", re.IGNORECASE)
_PRONOUN: Final = re.compile(
    r"[\W\d]{0,4}(?:(?:Then|Next|Finally|Afterwards?|Later),? )?(?:They|It|(?:The|This) (?:group|actors?|scripts?|binary|sample|batch file|command|installer|tool|payload|file|program|code))\b(?: \w+){0,6} ?(?:creat|add|establish|set|regist)",
)
"""A sentence that goes on about the one of the sentence before."""
_OURS: Final = re.compile(
    r"\b(?:we|I|our|us|researchers?|analysts?|investigators?|police|agents?|undercover|decoy|honeypots?|sandbox|customers?|admins?|administrators?|users?|should|must|could|may|might)\b[^.;\n]{0,30}\b(?:creat|add|establish|set|regist)",
    re.IGNORECASE,
)
_PRAISE: Final = re.compile(
    r"\b(?:thank\w*|credit\w*|report(?:ed|s|er|ing)?|discover\w*|identif\w+|spotted|found|flagged|disclos\w+|notic\w+|research\w*|according|told|sa(?:id|ys)|wrote|writes|tweet\w*|"
    r"follow|contact (?:us|me)|reach (?:me|us|out)|our|maintained by|acknowledg\w*|analysts?|journalist|shared by|courtesy|hat tip|moderators?|screenshot|source|image|photo|author of (?:this|the) (?:post|article|report)|"
    r"warned|points? out|pointed|confirmed|responded|fixed|merged|vendor|official)\b",
    re.IGNORECASE,
)
_TAKEN: Final = re.compile(
    r"\b(?:compromis(?:ed|ing|es)|hijack(?:ed|ing|s)|stolen|stole|tak(?:e|en|ing)[- ]?over(?: of)?|took over|breached|legitimate|phished|employee(?:['’]?s)?|leaked|belong(?:s|ed|ing) to|existing|cracked|valid|harvested|"
    r"abus(?:ed|ing)|brute[- ]?forc(?:ed|ing)|guessed|targeted)(?! (?:data|files?|information|credentials|passwords|funds|money|documents|images?)\b)(?: [\w'’-]{1,20}){0,6} ?\Z"
    r"|\bvictims?(?:['’]s?)?(?: \w{1,20})? ?\Z",
    re.IGNORECASE,
)
"""Said of an account right before it: that it was somebody's before the attacker had it."""
_LOST: Final = re.compile(
    r"\b(?:compromis\w+|hijack\w+|stole\w*|takeover|taken over|took over|phished|leaked)\b", re.IGNORECASE
)
_MISTAKEN: Final = re.compile(
    r"\b(?:impersonat\w+|spoof\w+|pretend\w*|posing as|pos(?:es|ed) as|fake of|mimic\w*)\b", re.IGNORECASE
)
_PUBLISHED: Final = re.compile(
    r"\b(?:publish|upload|push|release|creat|own)(?:ed|es|s|ing)?\b", re.IGNORECASE
)
_BAD_WORK: Final = re.compile(
    r"\b(?:malicious|malware|typosquat\w*|trojani[sz]ed|backdoored|rogue|infostealer|stealer) ", re.IGNORECASE
)
_TAKEOVER: Final = re.compile(
    r"\b(?:maintainers?|developers?|accounts?|tokens?|credentials?|package|project)\b[^.\n]{0,60}\b(?:compromised|hijacked|taken over|stolen|phished|leaked)\b|\baccount takeover\b"
)
"""Said anywhere in a text: then who published was perhaps its victim."""
_CONTACT: Final = re.compile(
    r"\b(?:ransom notes?|ransoms?|negotiat\w+|extort\w*|decrypt\w*|(?:victims?|affected companies) (?:are|were|is|was|must|should|can)|contact (?:them|the (?:attackers?|operators?|group|gang|actors?)))\b",
    re.IGNORECASE,
)
_SENT: Final = re.compile(
    r"\b(?:exfiltrat|send|sent|upload|forward|post|leak)\w{0,4}\b[^.;\n]{0,80}\b(?:to|via|through|over|on) (?:(?:an?|the|its|their|another|this) )?(?:[\w-]{1,20} )?\Z",
    re.IGNORECASE,
)
"""Where the malware delivers what it took."""
_CONTACT_PLACES: Final = frozenset({"tox", "session", "xmpp", "telegram", "discord"})
_RIGHTS: Final = frozenset({"aws-key", "aws-account", "azure-application", "azure-tenant", "oauth-client"})
_LOCAL: Final = frozenset({"windows-local", "windows-domain", "unix", "system"})
BUILT_IN: Final = frozenset(
    "administrator administrators admin admins system root guest guests user users username default defaultaccount defaultuser0 wdagutilityaccount krbtgt "
    "local localservice localsystem networkservice everyone anonymous nobody daemon bin sys www-data nginx apache mysql postgres sa oracle ubuntu ec2-user debian pi test "
    "owner everybody sshd nt authority trustedinstaller healthmailbox iusr iwam asp.net aspnet public me you example name account support service services operator actor "
    "github gitlab npm pypi microsoft google telegram discord".split()
)
"""Accounts that every system has, and words that stand for any account: nothing to search for."""
_FIRST_PARTY: Final = frozenset(
    {
        "04b07795-8ddb-461a-bbee-02f9e1bf7b46", "1950a258-227b-4e31-a9cf-717495945fc2", "1b730954-1685-4b74-9bfd-dac224a7b894",
        "29d9ed98-a469-4536-ade2-f981bc1d605e", "d3590ed6-52b3-4102-aeff-aad2292ab01c", "00000002-0000-0000-c000-000000000000",
        "00000003-0000-0000-c000-000000000000", "00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0ff1-ce00-000000000000",
        "797f4846-ba00-4fd7-ba43-dac1f8f63013", "872cd9fa-d31f-45e0-9eab-6e460a02d1f1", "aebc6443-996d-45c2-90f0-388ff96faa56",
        "1fec8e78-bce4-4aaf-ab1b-5451cc387264", "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "9bc3ab49-b65d-410a-85ad-de819febfddc",
    }
)  # fmt: skip
"""Application ids of Microsoft's own clients, the same in every tenant."""


def account_role(
    page: Page,
    each: Account,
    start: int,
    *,
    advised: bool,
    listed: bool,
    malware: bool,
    packages: frozenset[str] = frozenset(),
) -> tuple[IndicatorRole, str]:
    """(role, why) of the account at `start` of the page; `listed`: in a list or table of indicators.

    `malware`: the text is about malware. `advised`: its sentence or section instructs the reader. `packages`: names of
    the packages that the text gives as malicious.
    """
    if each.value.lower() in BUILT_IN or each.value.lower() in _FIRST_PARTY or each.value.endswith("EXAMPLE"):
        return ("benign", "built-in")
    begin, last = page.sentence(start)
    first = max(begin, start - 200)
    sentence = page.text[begin:last]
    lead = page.text[first:start]
    praised = _PRAISE.search(sentence) is not None
    attacked = malware or _ATTACKER.search(sentence) is not None
    asked = (
        each.place in _CONTACT_PLACES and attacked and not praised and _CONTACT.search(sentence) is not None
    )
    if advised and not listed and not asked:
        return ("reference", "advice")
    before = _without_frame(lead, each)
    made = each.noun == "net user" or (
        each.place in _LOCAL | _RIGHTS and _made(page, sentence, lead, malware)
    )
    if not made and _TAKEN.search(before):
        return ("victim", "taken")
    if _MISTAKEN.search(before[-90:]):
        return ("reference", "plain")
    if listed and not praised:
        return ("observed", "listed")
    if made:
        return ("observed", "made")
    owner = _OF_ATTACKER.search(before)
    if owner and not _PRAISE.search(owner[0]):
        return ("observed", "of the attacker")
    if asked:
        return ("observed", "contact")
    if praised:
        return ("reference", "plain")
    if each.place in _CONTACT_PLACES and _ATTACKER.search(sentence) and _SENT.search(before):
        return ("observed", "delivery")
    if (
        each.place in ("npm", "pypi", "nuget", "rubygems", "docker-hub", "github", "gitlab")
        and each.noun not in ("maintainer", "organization", "organisation", "")
        and _PUBLISHED.search(sentence)
        and (_BAD_WORK.search(sentence) or _names(sentence, packages))
        and not _LOST.search(sentence)
        and not _TAKEOVER.search(page.low)
    ):
        return ("observed", "published")
    return ("reference", "plain")


def _without_frame(lead: str, each: Account) -> str:
    """The words before the frame of an account ("the attacker's Telegram channel @x": "the attacker's ")."""
    at = each.start - each.frame
    return lead[: max(0, len(lead) - at)] if at < len(lead) else ""


def _made(page: Page, sentence: str, lead: str, malware: bool) -> bool:
    """Whether the attacker, or what he runs, is said to have made the account."""
    if _OURS.search(sentence) and not _BY_ATTACKER.search(sentence):
        return False
    if not _MADE.search(sentence):
        return False
    if _BY_ATTACKER.search(sentence):
        return True
    verb = _MADE.search(lead)
    if not verb:
        return False
    return _ATTACKER.search(lead[: verb.end()]) is not None or (
        malware and _PRONOUN.match(sentence) is not None
    )


def _names(sentence: str, packages: frozenset[str]) -> bool:
    return bool(packages) and not packages.isdisjoint(re.findall(r"[\w.@/-]{2,80}", sentence))
