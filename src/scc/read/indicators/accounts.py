# SPDX-License-Identifier: Apache-2.0
"""Accounts of a page as indicators: each with its place, role and what to do. An account is sought, never blocked.

Names come from `account_patterns`, roles from `account_roles`; the page of an account that was defanged on purpose
has the role of its address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scc.model.accounts import ACCOUNTS
from scc.model.facts import Indicator, IndicatorRole
from scc.read.indicators.account_patterns import Account, profile
from scc.read.indicators.account_roles import account_role
from scc.read.indicators.refang import Refanged
from scc.read.indicators.roles import Roles, is_defanged
from scc.read.page import Page


class Placed(NamedTuple):
    """An account indicator and where the stored text has it."""

    fact: Indicator
    start: int
    end: int
    why: str


def placed(
    page: Page, refanged: Refanged, found: Iterable[Account], roles: Roles, packages: frozenset[str]
) -> Iterator[Placed]:
    """Every account that the text names, some twice; `packages` are the names of those observed."""
    for each in found:
        start, end = refanged.back(each.start), refanged.back(each.end)
        role, why = _role(page, each, start, end, roles, packages)
        yield Placed(indicator(each.place, each.value, role), start, end, why)


def of_address(address: str, start: int, end: int, role: IndicatorRole, why: str) -> Placed | None:
    """The account whose page an address of the stored text is, with the role of the address; None for no such page."""
    page_of = profile(address)
    if page_of is None:
        return None
    return Placed(indicator(*page_of, role), start, end, why)


def indicator(place: str, value: str, role: IndicatorRole) -> Indicator:
    """The fact for an account."""
    action = "detect" if role == "observed" else "none"
    return Indicator("account", value, role, action, note=ACCOUNTS[place])  # type: ignore[arg-type]


def _role(
    page: Page, each: Account, start: int, end: int, roles: Roles, packages: frozenset[str]
) -> tuple[IndicatorRole, str]:
    aside = roles.set_aside(start, end)
    if aside:
        return ("reference", aside)
    broken = each.place == "xmpp" and is_defanged(page.text[start:end])
    return account_role(
        page,
        each,
        start,
        advised=roles.advised(start),
        listed=broken or roles.listed(start),
        malware=roles.malware,
        packages=packages,
    )
