# SPDX-License-Identifier: Apache-2.0
"""A prediction raises nothing above standard priority and lowers nothing, whatever it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc.model.facts import Claim, Cvss, Epss, Identifier, Indicator, Kev, Product, Ssvc, Topic
from scc.model.organisation import Organisation, OwnProduct

CVE = "CVE-2026-50751"
FLAW = (
    Identifier("cve", CVE, "main"),
    Product("Quantum Gateway", "Check Point", vulnerability=CVE, status="affected"),
    Topic("vulnerability", 9.0),
)
WORST = (
    Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "3.1", 10.0, "predicted", CVE, True),
    Ssvc(CVE, "active", "yes", "total", "predicted", predicted=True),
)
LEAST = (
    Cvss("CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L", "3.1", 1.6, "predicted", CVE, True),
    Ssvc(CVE, "none", "no", "partial", "predicted", predicted=True),
)
STATED: dict[str, tuple[Any, ...]] = {
    "nothing else": (),
    "a low score": (Cvss("", "3.1", 3.1, "NVD", CVE),),
    "a high score": (Cvss("", "3.1", 9.8, "NVD", CVE),),
    "likely": (Cvss("", "3.1", 9.8, "NVD", CVE), Epss(CVE, 0.4, 0.97, "2026-06-14")),
    "a proof of concept": (Claim("proof-of-concept", "yes", "reported", subject=CVE),),
    "exploited": (Claim("exploited", "yes", "asserted", "vendor", "Check Point", subject=CVE),),
    "listed": (Kev(CVE, "Check Point", "Quantum Gateway", "2026-06-09", "2026-06-30"),),
    "a package": (Indicator("package", "pkg:npm/example-stream", "observed"), Topic("supply-chain", 9.0)),
}
READERS = {
    "nobody": Organisation(),
    "exposed": Organisation(name="E", products=(OwnProduct("Quantum Gateway", "Check Point", exposed=True),)),
    "inside": Organisation(name="E", products=(OwnProduct("Quantum Gateway", "Check Point", exposed=False),)),
    "others": Organisation(name="E", products=(OwnProduct("Windows", "Microsoft"),)),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("said", STATED)
def test_a_prediction_changes_no_judgement(
    judge: Callable[..., Any], tell: Callable[..., Any], said: str, reader: str
) -> None:
    def judged(*predicted: Any) -> tuple[Any, ...]:
        found = judge(tell(*FLAW, *STATED[said], *predicted), organisation=READERS[reader])
        return (
            found.type,
            found.severity,
            found.priority,
            [each.rule for each in found.priority_reasons],
            found.do_by,
            [(each.rule, each.text) for each in found.severity_reasons],
            found.outcomes,
            found.cvss,
        )

    without = judged()
    assert judged(*WORST) == without
    assert judged(*LEAST) == without


@pytest.mark.parametrize("reader", READERS)
def test_the_worst_prediction_alone_stays_at_standard(
    judge: Callable[..., Any], tell: Callable[..., Any], reader: str
) -> None:
    found = judge(tell(*FLAW, *WORST), organisation=READERS[reader])
    assert found.priority in ("standard", "deferred")
