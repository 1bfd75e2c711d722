# SPDX-License-Identifier: Apache-2.0
"""The sentences of `content/rubrics/sentences/`, filled with values; and how values are written.

Writes dates, lists and names the same way everywhere. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from scc.content import Content

_MONTHS = "January February March April May June July August September October November December".split()


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence with `{names}` to fill; cited by its id."""

    id: str
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    """The rule behind it, shown by `scc explain`."""
    text: str
    short: str = ""
    """The form for page 1; "" when it does not stand there."""


class Draft(msgspec.Struct, frozen=True):
    """A sentence before it is cited and placed."""

    rule: str
    text: str
    short: str = ""
    observations: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    weight: float = 0.0
    """How much a reader loses without it; orders the candidates of a section."""
    publisher: str = ""


class Phrases:
    """All sentences by id."""

    def __init__(self, content: Content) -> None:
        self._sentences = {each.id: each for each in content.records("rubrics/sentences", Sentence)}

    def draft(
        self,
        rule: str,
        /,
        *,
        observations: Sequence[str] = (),
        edges: Sequence[str] = (),
        weight: float = 0.0,
        by: str = "",
        **values: str,
    ) -> Draft:
        """Fill the sentence `rule`; raises KeyError when a value is missing (a fault of ours)."""
        sentence = self._sentences[rule]
        return Draft(
            rule=rule,
            text=_capital(sentence.text.format(**values)),
            short=_capital(sentence.short.format(**values)) if sentence.short else "",
            observations=tuple(dict.fromkeys(observations)),
            edges=tuple(edges),
            weight=weight,
            publisher=by,
        )


def day(date: str) -> str:
    """ "2026-06-02" as "2 June 2026", "2026-06" as "June 2026"; anything else as it is."""
    parts = date[:10].split("-")
    if not all(part.isdigit() for part in parts):
        return date
    if len(parts) == 3:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    if len(parts) == 2:
        return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return date


def listing(names: Sequence[str], limit: int = 5) -> str:
    """ "a, b and c"; more than `limit` end in "and others"."""
    unique = list(dict.fromkeys(names))
    if len(unique) > limit:
        unique = [*unique[:limit], "others"]
    if len(unique) < 2:
        return "".join(unique)
    return ", ".join(unique[:-1]) + " and " + unique[-1]


def number(value: float) -> str:
    """A score without needless digits: 10.0 stays "10.0", 0.02162 stays "0.02162"."""
    return f"{value:.1f}" if value >= 1 and round(value, 1) == value else f"{value:g}"


def when(date: str) -> str:
    """ "on 2 June 2026", "in June 2026", "in 2026"."""
    return ("on " if date.count("-") >= 2 else "in ") + day(date)


def _capital(text: str) -> str:
    """The first letter in upper case, but not that of a name which is written otherwise (ownCloud, cURL)."""
    first = text.split(" ", 1)[0]
    return text if any(each.isupper() for each in first[1:]) else text[:1].upper() + text[1:]
