# SPDX-License-Identifier: Apache-2.0
"""What attackers put out or say that they took: theirs to claim; threats, researchers and servers are not meant."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim

TITLE = "Ransomware gang claims data breach at Contoso Care"


def taken(text: str) -> list[tuple[str, str, str]]:
    return [
        (each.value, each.modality, each.holder)
        for each in facts(Claim, text, title=TITLE, by="press")
        if each.question == "data-taken"
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The gang has published an archive of 310,000 files.", "an archive of 310,000 files"),
        ("On Friday the group leaked 40 GB.", "40 GB"),
        ("The attackers posted samples of the files on their site.", "samples"),
        ("The hackers put up a database dump.", "a database dump"),
        ("The crew says that it has taken about 2 TB of documents.", "about 2 TB of documents"),
        ("An archive of 12 GB was later posted on a forum.", "An archive of 12 GB"),
        ("An anonymous user shared a link to a 125GB torrent.", "a 125GB torrent"),
        ("The intruders came at night. They leaked 9 GB of emails.", "9 GB of emails"),
        ("Die Gruppe hat 40 GB Daten veröffentlicht.", "40 GB Daten"),
        ("Les pirates ont publié 40 Go de données.", "40 Go de données"),
        ("Los atacantes publicaron 40 GB de datos.", "40 GB de datos"),
    ],
)
def test_leak_is_the_attackers_claim(text: str, value: str) -> None:
    assert taken(text) == [(value, "reported", "attacker")]


@pytest.mark.parametrize(
    "text",
    [
        "The gang threatens to publish 40 GB of data.",
        "The gang will leak an archive unless it is paid.",
        "The group has not published any samples.",
        "Researchers published samples of the ransomware.",
        "The attackers uploaded an archive to the file server.",
        "The gang released a decryptor.",
        "Contoso Care published an archive of its notices.",
        "The backup holds 40 GB of data.",
        "Die Gruppe droht, 40 GB Daten zu veröffentlichen.",
    ],
)
def test_threat_research_or_upload_is_no_leak(text: str) -> None:
    assert taken(text) == []


def test_in_a_text_on_something_else_nothing_is_taken() -> None:
    text = "The group published an archive of samples. It holds talks on gardening."
    assert [
        each for each in facts(Claim, text, title="Gardening club") if each.question == "data-taken"
    ] == []
