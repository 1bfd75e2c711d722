# SPDX-License-Identifier: Apache-2.0
"""The read-only command that answers "do we have it?" on one host or checkout. Changes nothing, asks no network."""

from __future__ import annotations

import re
import shlex
from typing import Final

from scc.assess.evidence import Facts
from scc.assess.inventory import ecosystem, package
from scc.model.facts import Indicator, Product

_WORD: Final = re.compile(r"[a-z0-9][a-z0-9.+-]*")
_LOCKS: Final = {
    "npm": ("package-lock.json", "yarn.lock", "pnpm-lock.yaml"),
    "pypi": ("requirements*.txt", "poetry.lock", "uv.lock"),
    "maven": ("pom.xml", "build.gradle*"),
    "golang": ("go.sum",),
    "cargo": ("Cargo.lock",),
    "gem": ("Gemfile.lock",),
    "composer": ("composer.lock",),
    "nuget": ("packages.lock.json", "*.csproj"),
}
"""Package URL type to the files that name exact versions."""


def command_for(facts: Facts, subject: str) -> str:
    """A search of lock files for a package, else of the installed packages of a Debian host; "" when neither fits."""
    for name, kind in _packages(facts):
        files = _LOCKS.get(kind, _LOCKS["npm"] + _LOCKS["pypi"])
        includes = " ".join(f"--include={shlex.quote(each)}" for each in files)
        return f"grep -rlF {includes} -e {shlex.quote(name)} ."
    telling = max(_WORD.findall(subject.lower()), key=len, default="")
    if len(telling) <= 3:
        return ""
    return f"dpkg-query -W -f '${{Package}} ${{Version}}\\n' | grep -iF -e {shlex.quote(telling)}"


def _packages(facts: Facts) -> list[tuple[str, str]]:
    """(name, type) of the packages that the story is about."""
    found: list[tuple[str, str]] = []
    for _, fact in facts.of(Indicator, own=True):
        if fact.type == "package" and fact.role in ("observed", "victim"):
            kind = ecosystem(fact.value)
            name = package(fact.value).split("/", 1)[-1] if kind else fact.value
            found.append((name, kind))
    for _, product in facts.of(Product, own=True):
        if ecosystem(product.purl) in _LOCKS:
            found.append((product.product, ecosystem(product.purl)))
    return found
