# SPDX-License-Identifier: Apache-2.0
"""CWE with its tree, mapping usage and the OWASP views; OWASP lists; CAPEC ids and links.

Ids, names and relations only. Deprecated weaknesses stay, flagged.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import Any, Final

from scc.knowledge.build import cwe
from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.types import Node, WeaknessNode

CAPEC: Final = "3.9"
_CWE: Final = "cwe/cwe-4.19.1.json.gz"
_OWASP_LISTS: Final = "owasp/owasp-top10-cwe.json"
_LLM: Final = "owasp/owasp-llm-top10-2025-md.tar.gz"
_RESEARCH: Final = "1000"
_OWASP: Final = {"2021": "owasp-2021", "2025": "owasp-2025"}


def build(upstream: Upstream, facts: Facts) -> None:
    """Fill weaknesses, OWASP nodes and the edges between CWE, OWASP, CAPEC and ATT&CK."""
    upstream.section = "weaknesses"
    version = upstream.edition(_CWE, "4.19.1")
    catalogue = cwe.catalogue(upstream.data(_CWE, "MITRE CWE", version), upstream.entry(_CWE).file)
    if upstream.has(_OWASP_LISTS):
        lists = upstream.json(_OWASP_LISTS, "OWASP Top 10", "2021 and 2025")
    else:
        upstream.cite(_CWE, "OWASP Top 10", "2021 and 2025")
        lists = cwe.lists(catalogue)
    weaknesses = {f"CWE-{each['ID']}": each for each in catalogue["Weaknesses"]}
    parents = {id_: _parents(each) for id_, each in weaknesses.items()}
    children: dict[str, list[str]] = {}
    for id_, above in parents.items():
        for each in above:
            children.setdefault(each, []).append(id_)
    ranks = {year: _members(lists[year]) for year in _OWASP}
    simplified = _view(catalogue, "1003")
    facts.rows(
        "weaknesses",
        [
            WeaknessNode(
                id=id_,
                name=str(each["Name"]),
                usage=each.get("MappingNotes", {}).get("Usage", ""),
                abstraction=str(each.get("Abstraction", "")),
                parents=parents[id_],
                children=tuple(sorted(children.get(id_, ()), key=_number)),
                owasp2021=tuple(ranks["2021"].get(id_, ())),
                owasp2025=tuple(ranks["2025"].get(id_, ())),
                capec=tuple(
                    sorted(
                        {f"CAPEC-{one}" for one in each.get("RelatedAttackPatterns", ())},
                        key=_number,
                    )
                ),
                view1003=id_ in simplified,
                status="deprecated" if each.get("Status") == "Deprecated" else "live",
            )
            for id_, each in sorted(weaknesses.items(), key=lambda pair: _number(pair[0]))
        ],
    )
    facts.edges(
        "cwe", src="cwe", dst="cwe", relation="child-of", strength="subset", dataset="MITRE CWE", version=version,
        pairs=[(id_, each) for id_, above in parents.items() for each in above],
    )  # fmt: skip
    for year, key in _OWASP.items():
        facts.nodes(Node(key, str(each["id"]), str(each["title"]), year) for each in lists[year])
        facts.edges(
            "owasp", src="cwe", dst=key, relation="member-of", strength="subset",
            dataset="MITRE CWE view 1344" if year == "2021" else "MITRE CWE view 1450", version=version,
            pairs=[(id_, each) for id_, found in ranks[year].items() for each in found],
        )  # fmt: skip
    if upstream.has(_LLM):
        _llm(upstream, facts)
    _patterns(upstream, facts, weaknesses, version)


def _number(id_: str) -> int:
    return int(id_.rpartition("-")[2])


def _parents(each: dict[str, Any]) -> tuple[str, ...]:
    above = {
        f"CWE-{one['CweID']}"
        for one in each.get("RelatedWeaknesses", ())
        if one["Nature"] == "ChildOf" and one["ViewID"] == _RESEARCH
    }
    return tuple(sorted(above, key=_number))


def _members(ranks: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rank in ranks:
        for each in rank["cwes"]:
            found.setdefault(f"CWE-{each}", []).append(str(rank["id"]))
    return found


def _view(catalogue: dict[str, Any], view: str) -> frozenset[str]:
    """Members of a view and, through ChildOf within it, their children."""
    found = {
        f"CWE-{one['CweID']}"
        for each in catalogue["Views"]
        if each["ID"] == view
        for one in each.get("Members", ())
    }
    for each in catalogue["Weaknesses"]:
        if any(
            one["ViewID"] == view and one["Nature"] == "ChildOf" for one in each.get("RelatedWeaknesses", ())
        ):
            found.add(f"CWE-{each['ID']}")
    return frozenset(found)


def _llm(upstream: Upstream, facts: Facts) -> None:
    """OWASP Top 10 for LLM applications 2025: the heading of each entry is its id and title."""
    data = upstream.data(_LLM, "OWASP Top 10 for LLM Applications", "2025")
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda each: each.name):
            stream = archive.extractfile(member)
            if stream is None or member.size > 1_000_000:
                continue
            heading = stream.readline().decode("utf-8").lstrip("\ufeff# ").strip()
            id_, _, title = heading.partition(" ")
            if id_.rstrip(":").startswith("LLM") and title:
                facts.nodes([Node("owasp-llm-2025", id_.rstrip(":"), title.strip(), "2025")])


def _patterns(upstream: Upstream, facts: Facts, weaknesses: dict[str, Any], edition: str) -> None:
    """CAPEC 3.9: patterns with their parents, CWE links (from CWE) and ATT&CK links (from CAPEC)."""
    objects = upstream.json("capec/capec-3.9.stix21.json.gz", "MITRE CAPEC", CAPEC)["objects"]
    patterns = {each["id"]: each for each in objects if each["type"] == "attack-pattern"}
    ids = {key: next(_references(each, "capec")) for key, each in patterns.items()}
    pairs: list[tuple[str, str]] = []
    for key, each in patterns.items():
        above = tuple(
            sorted((ids[one] for one in each.get("x_capec_child_of_refs", ()) if one in ids), key=_number)
        )
        retired = each.get("x_capec_status") in ("Deprecated", "Obsolete") or each.get("revoked")
        facts.nodes(
            [Node("capec", ids[key], str(each["name"]), CAPEC, "deprecated" if retired else "live", above)]
        )
        if not retired:
            pairs.extend((ids[key], _technique(one)) for one in _references(each, "ATTACK"))
    facts.edges(
        "capec", src="capec", dst="attack", relation="related-to", strength="intersects",
        dataset="MITRE CAPEC", version=CAPEC, pairs=pairs,
    )  # fmt: skip
    facts.edges(
        "capec", src="cwe", dst="capec", relation="follows-from", strength="intersects", dataset="MITRE CWE",
        version=edition,
        pairs=[
            (id_, f"CAPEC-{one}")
            for id_, each in weaknesses.items()
            for one in each.get("RelatedAttackPatterns", ())
        ],
    )  # fmt: skip


def _references(each: dict[str, Any], source: str) -> Iterator[str]:
    for one in each.get("external_references", ()):
        if one.get("source_name") == source and "external_id" in one:
            yield str(one["external_id"])


def _technique(id_: str) -> str:
    """CAPEC prints "T1574.010" or, in some entries, "1574.010"."""
    return id_ if id_.startswith("T") else f"T{id_}"
