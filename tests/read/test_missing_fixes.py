# SPDX-License-Identifier: Apache-2.0
"""That there is no fix, as sentences say it; and what only sounds like it."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim

TITLE = "Vulnerability in Fabrikam Gateway (CVE-2026-4401)"


def no_fix(text: str, by: str = "vendor", title: str = TITLE) -> list[tuple[str, str, str]]:
    return [
        (each.subject, each.modality, each.holder)
        for each in facts(Claim, text, title=title, by=by)
        if each.question == "patch-available" and each.value == "no"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "At this time there is no fixed release for the appliance.",
        "There are currently no patched versions.",
        "There's still no official patch.",
        "No hotfix has yet been published.",
        "No firmware update will be made available for these routers.",
        "The hole stays open, with no fix available.",
        "Patches for the older branch have not been released.",
        "A fixed version isn't available yet.",
        "Fabrikam has not yet shipped a fix.",
        "Fabrikam has yet to issue a patch.",
        "Fabrikam has no plans to fix the flaw.",
        "The maker does not intend to publish an update.",
        "The bug will never be fixed.",
        "The model has reached its end of life and receives no further updates.",
        "The device no longer gets any security updates.",
        "Fixed version: none",
        "Patch status: not available",
        "Patched\n\nno patched versions",
        "Für das Gerät gibt es bislang keinen Patch.",
        "Ein Update ist noch nicht verfügbar.",
        "Die Lücke wird nicht mehr behoben.",
        "Aucune mise à jour n'est prévue pour ce modèle.",
        "Le correctif n'est pas encore disponible.",
        "La faille ne sera pas corrigée.",
        "Todavía no hay ningún parche para el equipo.",
        "La actualización no está disponible.",
        "El fallo no será corregido.",
    ],
)
def test_no_fix_is_told(text: str) -> None:
    assert no_fix(text) == [("CVE-2026-4401", "asserted", "vendor")]


@pytest.mark.parametrize(
    "text",
    [
        "If no patch is available, take the gateway off the network.",
        "Where there is no fixed release, disable the portal.",
        "No fix is needed in the hosted service.",
        "There is no update required by customers.",
        "The update is not available in all regions yet.",
        "There was no patch available when the flaw was disclosed; since June there is.",
        "A fix is available.",
        "Is there no patch?",
        "It is not true that there is no patch.",
        "Devices that have not been patched within a week are scanned.",
        "Falls es keinen Patch gibt, ist das Gerät zu trennen.",
        "Aucune mise à jour n'est nécessaire.",
        "Si no hay parche, desconecte el equipo.",
    ],
)
def test_condition_past_or_needless_fix_is_no_claim(text: str) -> None:
    assert no_fix(text) == []


def test_without_a_flaw_a_missing_update_is_a_matter_of_support() -> None:
    assert no_fix("The phone receives no further updates.", title="Old phones of Fabrikam") == []


def test_the_press_only_reports_it() -> None:
    assert no_fix("Fabrikam has yet to issue a patch.", by="press") == [
        ("CVE-2026-4401", "reported", "press")
    ]


def test_of_two_flaws_the_one_in_the_sentence_is_meant() -> None:
    text = "CVE-2026-4402 is closed in 3.1. There is no fixed version for CVE-2026-4401 at present."
    assert [subject for subject, _, _ in no_fix(text)] == ["CVE-2026-4401"]
