# SPDX-License-Identifier: Apache-2.0
"""An outage that was no breach is told as an outage; a breach that is denied stays a breach."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Topic


def heaviest(title: str, text: str) -> str:
    found = {each.key: each.weight for each in facts(Topic, text, title=title)}
    return max(found, key=lambda each: found[each]) if found else ""


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Contoso outage leaves shops without tills", "Services were unavailable all day. There was no unauthorised access and no data breach, Contoso said."),
        ("Contoso: no personal data was stolen after outage", "A power failure took services offline. Nothing indicates a data breach."),
        ("Contoso says outage was not a cyberattack", "The outage hit payments. The bank rules out unauthorized access to customer data."),
        ("Downtime at Contoso", "The service outage came without a security breach: no customer data was touched."),
    ],
)  # fmt: skip
def test_outage(title: str, text: str) -> None:
    assert heaviest(title, text) == "disruption"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Contoso confirms data breach", "Hackers stole customer data. No passwords were taken, and there was no outage."),
        ("Contoso denies data breach", "The seller offers customer data. Contoso says that there was no breach of its systems."),
        ("Data breach at Contoso after outage", "Hackers leaked personal data of all customers. The outage lasted a day; no card numbers were stolen."),
    ],
)  # fmt: skip
def test_breach(title: str, text: str) -> None:
    assert heaviest(title, text) == "breach"
