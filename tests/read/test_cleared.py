# SPDX-License-Identifier: Apache-2.0
"""Values that a text takes out of the attackers' hands: honest owners, lists without a hostile entry, pictures, examples."""

from __future__ import annotations

import hashlib

import pytest
from tests.read.reading import facts

from scc.model.facts import Indicator
from scc.read.indicators.cleared import example_address


def observed(text: str) -> set[str]:
    return {each.value for each in facts(Indicator, text) if each.role == "observed"}


@pytest.mark.parametrize(
    "text",
    [
        "None of the domains we were sent, kvasir[.]top and skadi[.]top, proved to be malicious.",
        "Neither of the two hosts, 91.240.119[.]7 and 91.240.119[.]9, was run by the attackers; the logs were read wrongly.",
        "Not one of these URLs, hxxp://tovel[.]biz/a or hxxp://tovel[.]biz/b, has been found to be harmful.",
        "None of those addresses in the firewall log, 91.240.119[.]7 and 91.240.119[.]9, is part of the campaign.",
        "Keine der Adressen, 91.240.119[.]7 und 91.240.119[.]9, war bösartig.",
        "Aucune des adresses, 91.240.119[.]7 et 91.240.119[.]9, n’est malveillante.",
        "Ninguna de las direcciones, 91.240.119[.]7 y 91.240.119[.]9, es maliciosa.",
        "The address 91.240.119[.]7 is not hostile; it answers for a bakery.",
        "The domain skadi[.]top does not belong to the attackers.",
        "The address 91.240.119[.]7 in Tuesday's table belongs to a researcher in Ghent.",
        "On closer look 91.240.119[.]7 and 91.240.119[.]9 both belong to our monitoring provider.",
        "We named 91.240.119[.]7, which turned out to be that of a security firm.",
        "Correction: skadi[.]top is in fact operated by the customer's own IT department.",
        "Correction : le domaine skadi[.]top cité lundi appartient à une chercheuse.",
        "Berichtigung: Die Adresse 91.240.119[.]7 gehört einem Forscher.",
        "Rectificación: la dirección 91.240.119[.]7 es la de un investigador.",
        "Rettifica: il dominio skadi[.]top appartiene a un ricercatore.",
        "Rectificatie: het adres 91.240.119[.]7 is van een onderzoeker.",
    ],
)
def test_honest(text: str) -> None:
    assert observed(text) == set()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("None of the scanners flagged 91.240.119[.]7, and it is the server of the attackers.", {"91.240.119.7"}),
        ("None of the servers was patched, and 91.240.119[.]7 is malicious.", {"91.240.119.7"}),
        ("None of the victims had blocked skadi[.]top, from which the malware is downloaded.", {"skadi.top"}),
        ("The C2 server 91.240.119[.]7 belongs to a hosting provider in Baku.", {"91.240.119.7"}),
        ("The implant talks to 91.240.119[.]7, a compromised server that belongs to a security firm.", {"91.240.119.7"}),
        ("The domain skadi[.]top belongs to the attackers.", {"skadi.top"}),
        ("Berichtigung: Die Adresse 91.240.119[.]7 gehört einem Forscher; die Angreifer nutzten 91.240.119[.]9.", {"91.240.119.9"}),
        ("The address 91.240.119[.]7 belongs to a researcher; the attackers' server is 91.240.119[.]9.", {"91.240.119.9"}),
    ],
)  # fmt: skip
def test_still_of_the_attackers(text: str, values: set[str]) -> None:
    assert observed(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "Image: hxxps://i.ibb[.]co/4fXk/login.png",
        "Photo by: hxxps://photos.tavle[.]net/a/31.jpg; the article goes on below.",
        "Screenshot of the leak site: hxxps://i.postimg[.]cc/9q/shot.png",
        "The group is new. Figure 3: hxxps://cdn.tavle[.]net/fig3.svg",
        "Bild: hxxps://bilder.tavle[.]net/7.jpg",
        "Capture d’écran : hxxps://img.tavle[.]net/7.png",
    ],
)
def test_pictures(text: str) -> None:
    assert observed(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Image: hxxps://i.ibb[.]co/4fXk/login.png hides the payload in its pixels.",
        "The loader fetches the image hxxps://i.ibb[.]co/4fXk/login.png and runs what it finds.",
        "Image: hxxps://img.tavle[.]net/7.exe",
        "Screenshot tool of the malware: hxxps://img.tavle[.]net/7.png",
        "The lure leads to a picture at hxxps://img.tavle[.]net/7.png on a C2 server.",
    ],
)
def test_more_than_pictures(text: str) -> None:
    assert len(observed(text)) == 1


@pytest.mark.parametrize(
    "address", ["1.2.3.4", "5.6.7.8", "4.3.2.1", "9.9.9.9", "11.22.33.44", "12.34.56.78"]
)
def test_examples_are_never_observed(address: str) -> None:
    assert example_address(address)
    broken = address.replace(".", "[.]", 1)
    assert observed(f"C2: {address}") == set()
    assert observed(f"The malware connects to {broken} and hxxp://{broken}/gate.php.") == set()


@pytest.mark.parametrize("address", ["1.2.3.5", "45.9.148.114", "91.91.91.91", "5.6.7", "1.2.3.x", "8.8.9.8"])
def test_no_examples(address: str) -> None:
    assert not example_address(address)


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sha512"])
def test_digests_of_nothing_are_never_observed(kind: str) -> None:
    digest = hashlib.new(kind, b"", usedforsecurity=False).hexdigest()
    assert observed(f"The malware has the digest {digest}.") == set()
    assert observed(f"Indicators of compromise\n\n- {digest}\n- {digest.upper()}\n") == set()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The form has: Actor: <NAME>; server: 91.240.119[.]7; date: <DATE>.", 0),
        ("Our template reads: the C2 is 91.240.119[.]7, the victim is [insert name].", 0),
        ("Questionnaire: malware ______ connects to 91.240.119[.]7", 0),
        ("The phishing form posts to hxxp://skadi[.]top/<VICTIM>/gate.php.", 1),
        ("The malware calls 91.240.119[.]7 with <ID> as its name.", 1),
    ],
)
def test_open_forms(text: str, count: int) -> None:
    assert len(observed(text)) == count
