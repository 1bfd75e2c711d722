# SPDX-License-Identifier: Apache-2.0
"""What names of products and versions look like in a text, and whose products they are.

Pieces of the patterns of `products`, `fixed_versions` and `told_products`; finds nothing by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scc.read.phrases import WORD, Phrases, Words

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_PIECE: Final = r"(?:[A-Z][\w+#-]{0,60}(?:\.(?:js|NET|io|py))?|[a-z]{1,8}[A-Z][\w-]{0,60}|\d{1,4}(?![.\d]))"
PRODUCT: Final = rf"(?P<product>(?:[A-Z][\w+#-]{{0,60}}(?:\.(?:js|NET|io|py))?|[a-z]{{1,8}}[A-Z][\w-]{{0,60}}|@[\w.-]{{1,40}}/[\w.-]{{1,60}})(?:[ \n](?:for[ \n]|of[ \n])?{_PIECE}){{0,5}})"
VERSION: Final = r"[vV]?\d{1,6}(?:\.(?:\d{1,8}|x|X)){0,5}(?:[-.+]?(?:rc|beta|alpha|p|hf|build|sp|r|u|SP|GA|LTS|b)\.?\d{0,4}|[ ](?:HF|SP|SU|CU)\d{1,3})?(?!\.{0,20}\w)"
BUILD: Final = r"[A-Z][A-Za-z]{1,10}\d{1,4}[A-Za-z\d]{0,6}-\d{4,12}(?:-[A-Z]{1,4})?(?!\w)"
"""A version that is a build's name: "ESXi70U1c-17325551"."""
MANY: Final = rf"{VERSION}(?:(?:, and |, or |, | and | or |/){VERSION}){{0,9}}"
NAMED_VERSION: Final = r"(?:versions?|releases?|builds?|firmware|v\.?)"
NOT_PRODUCT: Final = frozenset(
    "the a an only nur seul seule sólo every this that these those its their our it he she we they in on for of and or by with from at as is was cve cvss cwe versions version update updates patch patches security advisory advisories researchers attackers "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "cisa nist nvd fbi nsa mitre us u.s uk eu known exploited vulnerabilities catalog catalogue kev internet web remote code execution sql xss csrf api apis http https tcp udp rce dos vpn new earlier affected fixed critical high medium low "
    "ikev1 ikev2 ipsec ssl tls ssh smtp dns ldap kerberos ntlm oauth saml bgp snmp mqtt modbus users customers organizations everyone admins administrators all any both please note however while when if for because according additionally also figure table step section chapter page iso pci example guidance supplemental fips ndcpp".split()
)


@lru_cache(maxsize=4)
def _vendors(knowledge: Knowledge) -> Phrases[str]:
    """Names of the vendors of the KEV catalogue."""
    names = sorted({each.vendor for each in knowledge.kevs() if 2 < len(each.vendor) < 40})
    return Phrases((name, name) for name in names if WORD.findall(name))


@lru_cache(maxsize=4)
def houses(knowledge: Knowledge) -> frozenset[str]:
    """Vendors of many products: their bare name is no product."""
    products: dict[str, set[str]] = {}
    for each in knowledge.kevs():
        products.setdefault(each.vendor.lower(), set()).add(each.product)
    return frozenset(name for name, found in products.items() if len(found) >= 8)


def product_name(product: str) -> str:
    """A product's name without words around it, "" when nothing is left or it is none."""
    words = product.split()
    while words and (words[0].lower().strip(".,") in NOT_PRODUCT or words[0].isdigit()):
        words = words[1:]
    while words and (
        words[-1].lower().strip(".,") in NOT_PRODUCT or words[-1].lower() in ("for", "of", "and")
    ):
        words = words[:-1]
    name = " ".join(words)
    if (
        len(name) < 3
        or not re.search(r"[A-Za-z]{2}", name)
        or len(name) > 70
        or re.match(r"(?:CVE|CWE|GHSA)-", name)
    ):
        return ""
    return name


def vendor_of(product: str, knowledge: Knowledge) -> tuple[str, str]:
    """(vendor, product): the vendor when the name begins with one that KEV knows."""
    text_words = Words(product)
    best = ""
    for hit in _vendors(knowledge).find(text_words):
        if hit.first == 0 and hit.last < len(text_words) and len(hit.value) > len(best):
            best = hit.value
    if not best:
        return "", product
    return best, product[len(best) :].strip() or product
