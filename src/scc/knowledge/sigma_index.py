# SPDX-License-Identifier: Apache-2.0
"""Public Sigma rules by technique and by vulnerability: where they are, never what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scc.knowledge.types import SigmaEntry

if TYPE_CHECKING:
    from scc.knowledge.sigma_rules import RuleText

_CVE: Final = re.compile(r"CVE-[0-9]{4}-[0-9]{4,7}", re.IGNORECASE)
_NAMED: Final = re.compile(r"/rules-emerging-threats/[0-9]{4}/(?:Exploits|Malware|TA)/([^/]{2,80})/")


def flaws(rule: SigmaEntry) -> frozenset[str]:
    """The vulnerabilities that a rule is written for, by its title and its place in the repository."""
    return frozenset(each.upper() for each in _CVE.findall(f"{rule.title} {rule.url}"))


def threat(rule: SigmaEntry) -> str:
    """The malware, actor or exploit that a rule of SigmaHQ's emerging threats is written for, "" for others."""
    found = _NAMED.search(rule.url)
    return found[1] if found else ""


class SigmaIndex:
    """The rules of the pack, by what they are tagged with; `folder` may hold their text (`sigma_rules`)."""

    def __init__(self, rules: Iterable[SigmaEntry], folder: Path | None = None) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.id)
        self._folder = folder

    @cached_property
    def by_technique(self) -> dict[str, tuple[SigmaEntry, ...]]:
        """By ATT&CK id as the rule prints it."""
        return _grouped((technique, rule) for rule in self._rules for technique in rule.techniques)

    @cached_property
    def by_flaw(self) -> dict[str, tuple[SigmaEntry, ...]]:
        """By CVE id."""
        return _grouped((flaw, rule) for rule in self._rules for flaw in sorted(flaws(rule)))

    @cached_property
    def _texts(self) -> dict[str, RuleText]:
        from scc.knowledge.sigma_rules import installed

        return installed(self._folder) if self._folder is not None else {}

    @property
    def installed(self) -> bool:
        """Whether the user installed the rules of a SigmaHQ release."""
        return bool(self._texts)

    def text(self, id_: str) -> str:
        """A rule as its author wrote it, "" when it is not among the installed ones."""
        rule = self._texts.get(id_.lower())
        return rule.text if rule is not None else ""

    def tagged(self, techniques: Iterable[str]) -> tuple[SigmaEntry, ...]:
        """Rules tagged with one of the techniques, by rule id."""
        found = {rule.id: rule for each in techniques for rule in self.by_technique.get(each, ())}
        return tuple(found[id_] for id_ in sorted(found))


def _grouped(pairs: Iterable[tuple[str, SigmaEntry]]) -> dict[str, tuple[SigmaEntry, ...]]:
    found: dict[str, list[SigmaEntry]] = {}
    for key, rule in pairs:
        found.setdefault(key, []).append(rule)
    return {key: tuple(rules) for key, rules in found.items()}
