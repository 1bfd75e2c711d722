# SPDX-License-Identifier: Apache-2.0
"""Predictions stand in for what a record or an advisory leaves out, labelled, and nowhere else."""

from __future__ import annotations

from typing import Any

import msgspec
from tests.read.reading import observed

import scc.content
import scc.knowledge
from scc import read
from scc.model.document import Document, Raw
from scc.model.facts import Cvss, Ssvc, Weakness
from scc.model.provenance import Pointer

SAID = (
    "A SQL injection vulnerability in the login form of Example Shop before 2.1 allows remote unauthenticated attackers "
    "to execute arbitrary SQL commands via the user parameter."
)


def _record(**cna: Any) -> Document:
    record = {
        "dataType": "CVE_RECORD",
        "dataVersion": "5.1",
        "cveMetadata": {
            "cveId": "CVE-2026-10001",
            "state": "PUBLISHED",
            "datePublished": "2026-06-01T00:00:00Z",
        },
        "containers": {"cna": {"descriptions": [{"lang": "en", "value": SAID}], **cna}},
    }
    (raw,) = read.split(Raw(msgspec.json.encode(record), path="CVE-2026-10001.json"))
    assert isinstance(raw, Raw)
    document = read.document(raw, ())
    assert isinstance(document, Document)
    return document


def _inferred(document: Document) -> list[Any]:
    found = read.observe(document, scc.knowledge.open(), scc.content.open())
    return [each for each in found if each.basis == "inferred"]


def test_a_record_without_score_and_weakness_gets_both_predicted_at_its_description() -> None:
    found = _inferred(_record())
    assert {type(each.fact) for each in found} == {Cvss, Ssvc, Weakness}
    assert {each.locator for each in found} == {Pointer("/containers/cna/descriptions/0/value")}
    weaknesses = [each.fact for each in found if isinstance(each.fact, Weakness)]
    assert weaknesses[0].id == "CWE-89"
    assert len(weaknesses) <= 5
    assert all(each.probability is not None for each in weaknesses)
    assert all(each.fact.predicted for each in found if not isinstance(each.fact, Weakness))


def test_what_a_record_states_is_not_predicted() -> None:
    stated = {
        "problemTypes": [
            {"descriptions": [{"lang": "en", "type": "CWE", "cweId": "CWE-20", "description": "CWE-20"}]}
        ],
        "metrics": [
            {
                "cvssV3_1": {
                    "version": "3.1",
                    "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N",
                    "baseScore": 5.3,
                    "baseSeverity": "MEDIUM",
                }
            }
        ],
    }
    assert {type(each.fact) for each in _inferred(_record(**stated))} == {Ssvc}


def test_an_advisory_page_without_them_is_read_too() -> None:
    page = {
        "title": "[example-shop] SQL injection",
        "url": "https://github.com/advisories/GHSA-5cxw-w2xg-2m8h",
    }
    text = f"{SAID} See https://github.com/advisories/GHSA-5cxw-w2xg-2m8h for more."
    found = [
        each
        for each in observed(text, **page)
        if each.basis == "inferred" and isinstance(each.fact, Weakness)
    ]
    assert found and found[0].fact.vulnerability == "GHSA-5cxw-w2xg-2m8h"


def test_news_is_not() -> None:
    found = observed(
        f"{SAID} It is CVE-2026-10001.", title="Flaw in Example Shop", url="https://news.example.com/1"
    )
    assert not [
        each for each in found if isinstance(each.fact, Cvss | Ssvc | Weakness) and each.basis == "inferred"
    ]
