# SPDX-License-Identifier: Apache-2.0
"""The vulnerabilities of a briefing in CSAF: identifiers, weaknesses, scores as published, states of products.

A briefing with several vulnerabilities does not say which product has which: then none of them gets a product.
A score is an object only where it belongs to a product and its vector gives its number; a note holds them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scc.model.briefing import Briefing, VulnerabilityShown
from scc.share.csaf.documents import Part
from scc.share.csaf.head import TEXT_LONGEST
from scc.share.csaf.products import Tree, line
from scc.share.csaf.scores import scored
from scc.share.identity import day
from scc.share.interface import Context
from scc.share.wording import listed as in_kev
from scc.share.wording import score, sentence

_CVE: Final = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_SYSTEM: Final = re.compile(r"[A-Z][A-Z0-9]{1,19}(?=-)")
_CWE_VERSION: Final = re.compile(r"[1-9][0-9]*\.(?:[0-9]|[1-9][0-9]+)(?:\.[0-9]+)?")


def listed(briefing: Briefing) -> list[VulnerabilityShown]:
    """Those that have an identifier, each once."""
    found: dict[str, VulnerabilityShown] = {}
    for each in briefing.vulnerabilities:
        if line(each.id):
            found.setdefault(line(each.id).upper(), each)
    return list(found.values())


def vulnerability(shown: VulnerabilityShown, briefing: Briefing, context: Context, version: str) -> Part:
    """An item of `/vulnerabilities` in version "2.0" or "2.1", without products."""
    name = line(shown.id)
    found: Part = {}
    if _CVE.fullmatch(name.upper()):
        found["cve"] = name.upper()
    else:
        system = _SYSTEM.match(name)
        found["ids"] = [{"system_name": system[0] if system else "Source", "text": name}]
    weaknesses = _weaknesses(shown, context)
    if weaknesses and version == "2.0":
        found["cwe"] = {"id": weaknesses[0]["id"], "name": weaknesses[0]["name"].strip()}
    elif kept := [each for each in weaknesses if each["version"] and each["name"] == each["name"].strip()]:
        # 2.1 wants the name as the list has it, and no white space at its ends: CWE-280 cannot be said
        found["cwes"] = kept
    title = line(briefing.title) or briefing.id
    found["notes"] = [
        {"category": "description", "text": line(f"{name} in: {title}"), "title": "Vulnerability"},
        *(
            [{"category": "details", "text": told, "title": "Published values"}]
            if (told := _values(shown))
            else []
        ),
    ]
    if shown.exploited:
        kev = line(sentence(in_kev(shown.kev)))
        text = f"Known to be exploited. {kev}." if kev else "Known to be exploited."
        found["threats"] = [{"category": "exploit_status", "details": text}]
    return found


def _weaknesses(shown: VulnerabilityShown, context: Context) -> list[Part]:
    """Weaknesses stated for it that CWE has, with the version of CWE."""
    version = next((each.version for each in context.knowledge.sources if each.name == "MITRE CWE"), "")
    found = []
    for id_ in dict.fromkeys(shown.weaknesses):
        known = context.knowledge.weakness(id_)
        if known is not None:
            kept = version if _CWE_VERSION.fullmatch(version) else ""
            found.append({"id": known.id, "name": known.name, "version": kept})
    return found


def _values(shown: VulnerabilityShown) -> str:
    lines = [score(each) for each in shown.cvss]
    if shown.epss:
        lines.append(
            f"EPSS: {shown.epss.score:.5f}, percentile {shown.epss.percentile:.5f}, {shown.epss.date}"
        )
    lines += [f"SSVC: {shown.ssvc}"] if shown.ssvc.strip() else []
    lines += [sentence(in_kev(shown.kev))] if shown.kev.strip() else []
    lines += [f"Weaknesses: {', '.join(shown.weaknesses)}"] if shown.weaknesses else []
    return "\n".join(line(each) for each in lines)[:TEXT_LONGEST]


def states(tree: Tree) -> tuple[Part, list[Part]]:
    """(product_status, remediations) for the only vulnerability of a briefing."""
    kinds = {"known_affected": "affected", "fixed": "fixed", "under_investigation": "named"}
    status = {state: ids for state, kind in kinds.items() if (ids := tree.of(kind))}
    fixes: dict[str, list[str]] = {}
    for each in tree.entries:
        if each.fixed:
            fixes.setdefault(each.fixed, []).append(each.id)
    remedies: list[Part] = [
        {"category": "vendor_fix", "details": line(f"Fixed versions: {fixed}"), "product_ids": ids}
        for fixed, ids in fixes.items()
    ]
    return status, remedies


def scores(shown: VulnerabilityShown, products: Sequence[str], version: str) -> list[Part]:
    """`scores` (2.0) or `metrics` (2.1): the first published of each version of CVSS, and EPSS."""
    found: dict[str, Part] = {}
    for each in shown.cvss:
        made = scored(each)
        if made is not None and not (version == "2.0" and made[0] == "cvss_v4"):
            found.setdefault(*made)
    if not products:
        return []
    if version == "2.0":
        return [{key: value, "products": list(products)} for key, value in found.items()]
    metrics: list[Part] = [
        {"content": {key: value}, "products": list(products)} for key, value in found.items()
    ]
    when = day(shown.epss.date) if shown.epss else None
    if shown.epss and when and 0 <= shown.epss.score <= 1 and 0 <= shown.epss.percentile <= 1:
        epss = {
            "percentile": f"{shown.epss.percentile:.5f}", "probability": f"{shown.epss.score:.5f}",
            "timestamp": f"{when:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0"),
        }  # fmt: skip
        metrics.append({"content": {"epss": epss}, "products": list(products)})
    return metrics
