# SPDX-License-Identifier: Apache-2.0
"""The product of an advisory that names it only as its publisher: a project's own page that speaks of "the project", "this
release" or "affected versions: 8.17.0 to and including 8.19.0".

Runs after `products`, and only where that found nothing: for a page of a vendor on a flaw of its own, whose publisher is
called like what it makes. A house of many products is none, and a name that the text does not print is not guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.model.facts import Identifier, Product
from scc.read.flaws.product_names import houses
from scc.read.flaws.scores import flaws_of
from scc.read.page import Notes, Page

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_ROUND: Final = re.compile(
    r"^(?:the|project) | (?:project|team|developers|maintainers|security team|security)$", re.IGNORECASE
)
"""Words around the name of what is made, in the name of who makes it."""
_FIRM: Final = re.compile(
    r"\b(?:inc|corp|corporation|gmbh|ag|ltd|llc|limited|foundation|group|labs|systems|networks|technologies|university|institute)\b\.?",
    re.IGNORECASE,
)
_ITS_OWN: Final = re.compile(
    r"\b(?:(?:the|this|our) (?:project|library|tool|program|server|client|daemon|utility|package)|this (?:release|version)|our (?:software|product|code)|(?:affected|vulnerable|fixed|patched|not affected) (?:versions?|releases?))\b",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\b(?:the|this) [`\w/-]{2,40} (?:crate|package|module|plugin|plug-in|extension|gem|action|add-on|connector)\b",
    re.IGNORECASE,
)
"""A part with a name of its own: then the flaw is in that."""
_V: Final = r"v?\d{1,4}(?:\.\d{1,6}){1,4}(?:[a-z]\d{0,3}|-?(?:rc|beta|alpha|p)\d{0,3})?"
_AFFECTED: Final = re.compile(
    rf"(?<![Nn]ot )(?<![Nn]on-)\b(?:affected|vulnerable)[ \t](?:versions?|releases?)[ \t]?(?:[:|]|are|is)[ \t|*]{{0,4}}(?:[A-Za-z][\w+.-]{{1,30}}[ \t])?(?P<versions>(?:all[ \t]versions[ \t])?(?:from[ \t])?{_V}[ \t]?(?:to[ \t]and[ \t]including|up[ \t]to(?:[ \t]and[ \t]including)?|through|to|until|-|–)[ \t]?{_V}|(?:<=?|≤|before|prior[ \t]to|up[ \t]to(?:[ \t]and[ \t]including)?)[ \t]?{_V}|{_V}[ \t]and[ \t](?:earlier|older|below|prior)|{_V}(?:(?:,|[ \t]and)[ \t]{_V}){{0,6}}(?=[ \t]*(?:\.?\n|\.?\Z)))",
    re.IGNORECASE,
)
_FIXED: Final = re.compile(
    rf"\b(?:not|non)[ \t-](?:affected|vulnerable)[ \t](?:versions?|releases?)[^\n]{{0,60}}?>=[ \t]?(?P<from>{_V})\b"
    rf"|\b(?:fixed|patched)(?:[ \t-](?:in|versions?|releases?)){{1,2}}[ \t]?[:|][ \t|*]{{0,4}}(?:[A-Za-z][\w+.-]{{1,30}}[ \t])?(?P<fixed>{_V})\b",
    re.IGNORECASE,
)


def note_own_product(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note the publisher's product as affected, with the versions that the page gives, when no other product is noted."""
    if page.document.publisher_kind != "vendor" or not flaws_of(page) or notes.of(Product):
        return
    name = _ROUND.sub("", _ROUND.sub("", " ".join(page.document.publisher.split())))
    if len(name) < 3 or len(name.split()) > 3 or _FIRM.search(name) or name.lower() in houses(knowledge):
        return
    main = {
        each.fact.value
        for each in notes.of(Identifier)
        if isinstance(each.fact, Identifier) and each.fact.scheme == "cve" and each.fact.relation == "main"
    }
    if len(main) != 1:
        return
    start = re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w-])", page.text, re.IGNORECASE)
    versions, fixed = _AFFECTED.search(page.text), _FIXED.search(page.text)
    if start is None or not (versions or fixed or _ITS_OWN.search(page.text)) or _OTHER.search(page.text):
        return
    fact = Product(
        name,
        versions=" ".join(versions["versions"].split()) if versions else "",
        fixed=(fixed["fixed"] or fixed["from"]) if fixed else "",
        vulnerability=next(iter(main)),
        status="affected",
    )
    place = versions or fixed or start
    notes(fact, place.start(), place.end(), "stated", 0.75, "grammar:own-product")
