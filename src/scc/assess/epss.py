# SPDX-License-Identifier: Apache-2.0
"""What an EPSS score may be used for: an order among what nobody reports as exploited, and a jump between two days.

EPSS is the probability of exploitation activity in the next 30 days (FIRST). It never lowers what is in KEV and is
never multiplied with CVSS. A jump is told beside the priority, which follows its own rules.
"""

from __future__ import annotations

import datetime
from typing import Final

from scc.assess.evidence import Facts
from scc.assess.rules import Rules
from scc.model.assessment import Reason, Scored
from scc.model.facts import Epss

LINE: Final = 0.10
LEAST: Final = 0.10
DAYS: Final = 7


def jump(before: Epss, after: Epss) -> bool:
    """Whether a score crossed .10 upward and rose by at least .10 within 7 days, by one model version.

    Unknown dates or model versions are no jump: what cannot be compared is not compared.
    """
    if before.vulnerability != after.vulnerability or not before.model or before.model != after.model:
        return False
    try:
        days = (
            datetime.date.fromisoformat(after.date[:10]) - datetime.date.fromisoformat(before.date[:10])
        ).days
    except ValueError:
        return False
    rise = round(after.score - before.score, 6)
    return 0 < days <= DAYS and before.score < LINE <= after.score and rise >= LEAST


def jumps(facts: Facts, flaws: tuple[Scored, ...], rules: Rules) -> tuple[Reason, ...]:
    """A reason for each flaw whose newest score is a jump from one of the days before; in the order of `flaws`."""
    found = []
    for flaw in flaws:
        scores = [
            (each, fact) for each, fact in facts.of(Epss) if fact.vulnerability == flaw.id and fact.date
        ]
        scores.sort(key=lambda pair: (pair[1].date, pair[0].id))
        for place, before in scores[:-1]:
            newest, after = scores[-1]
            if jump(before, after):
                found.append(
                    rules.reason(
                        "epss-jump", [place.id, newest.id], cve=flaw.id, before=f"{before.score:g}",
                        after=f"{after.score:g}", first=before.date[:10], last=after.date[:10], model=after.model,
                    )
                )  # fmt: skip
                break
    return tuple(found)


def order(flaws: tuple[Scored, ...]) -> tuple[Scored, ...]:
    """Exploited flaws first in the order given, then the others by EPSS, those without one last, then by id."""
    exploited = [each for each in flaws if each.exploited or each.kev is not None]
    others = [each for each in flaws if not (each.exploited or each.kev is not None)]
    others.sort(key=lambda each: (each.epss is None, -(each.epss.score if each.epss else 0.0), each.id))
    return (*exploited, *others)
