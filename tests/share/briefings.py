# SPDX-License-Identifier: Apache-2.0
"""Briefings to export: the two of the contract, one with observed values of every type, and spoiled ones."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from scc import knowledge
from scc.model.briefing import Briefing
from scc.share import Context

CONTRACT = Path(__file__).parents[1] / "contract"
OBSERVED = {
    "ipv4": "203.0.113.7", "ipv6": "2001:db8::7", "cidr": "198.51.100.0/24", "domain": "login.example",
    "url": "https://login.example/a?b='c'", "email": "pay@login.example", "md5": "0" * 31 + "a",
    "sha1": "b" * 40, "sha256": "C" * 64, "sha512": "d" * 128, "ssdeep": "3:AbC+/d:EfG", "imphash": "e" * 32,
    "ja3": "f" * 32, "ja4": "t13d1516h2_8daaf6152771_b186095e22b6", "filename": "it's.exe",
    "filepath": "C:\\Users\\Public\\run.exe", "registry-key": "HKLM\\Software\\Run", "mutex": "Global\\m1",
    "cryptocurrency-address": "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "asn": "AS64496", "user-agent": "curl/8.0 'x'",
    "package": "pkg:npm/%40scope/name@1.2.3", "android-package": "com.example.app", "account": "evil-user",
    "port": "4444",
}  # fmt: skip
"""A value of each indicator type, from the ranges for documentation where there are such."""
FREE = frozenset(
    "text title name value note publisher url path versions fixed vendor product why risk owner done_when undo "
    "line question command preferred quote indicators_note cvss_note sources_note disclaimer where shows purpose "
    "origin kev ssvc vector better duty generator references compensating business_effect".split()
)
"""Keys whose strings come from outside or are free text; the others are vocabulary, ids or dates."""
NASTY = (
    "", " ", "\x00", "\ud800", "'", '"', "\\", "\\'", "\n", "\r\n", "\u2028", "\u202eabc", "=1+1", "@SUM(A1)", "<script>",
    "]]>", "' OR '1'='1", "[ipv4-addr:value = '1.2.3.4']", 'misp-galaxy:x="y"', "CVE-2025-55182", "javascript:alert(1)",
    "http://[::1", "https://a.example/\x7f", "pkg:", "pkg:npm/", "999.1.1.1", "../../etc/passwd", "\U0001f4a9" * 9,
)  # fmt: skip


def plain(name: str) -> dict[str, Any]:
    """A briefing of the contract as plain values."""
    return json.loads((CONTRACT / f"{name}.json").read_text("utf-8"))


def observed() -> dict[str, Any]:
    """The full briefing with an observed value of every type, a possible technique and known names."""
    found = plain("maximal")
    found["indicators"] = [
        {
            "type": type_, "value": value, "role": "observed", "action": "detect", "citations": [25],
            "valid_until": "2026-12-31" if type_ == "ipv4" else "", "note": "seen in an attack",
        }
        for type_, value in OBSERVED.items()
    ] + found["indicators"]  # fmt: skip
    possible = {**found["techniques"][0], "id": "T1078", "name": "Valid Accounts", "role": "possible"}
    found["techniques"] = [*found["techniques"], possible]
    found["actors"] = [{"name": "APT29", "id": "G0016", "citations": [25]}]
    found["malware"] = [*found["malware"], {"name": "Cobalt Strike", "id": "S0154", "citations": [25]}]
    return found


def briefing(values: dict[str, Any]) -> Briefing:
    """The values as a briefing, lone surrogates included, which a decoder would refuse."""
    return _mapped(msgspec.convert(_mapped(values, _HIDDEN), Briefing), _SHOWN)


_HIDDEN = {code: 0xF0000 + code for code in range(0xD800, 0xE000)}
_SHOWN = {stand: code for code, stand in _HIDDEN.items()}


def _mapped(value: Any, table: dict[int, int]) -> Any:
    """A copy with the characters of all strings exchanged."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {key: _mapped(inner, table) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_mapped(inner, table) for inner in value)
    if isinstance(value, msgspec.Struct):
        fields = {key: _mapped(getattr(value, key), table) for key in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    return value


def spoiled(values: Any, texts: Iterable[str], key: str = "") -> Any:
    """A copy with every free string replaced by one of the texts, in turn."""
    supply = texts if isinstance(texts, itertools.cycle) else itertools.cycle(texts)
    if isinstance(values, dict):
        return {name: spoiled(inner, supply, name) for name, inner in values.items()}
    if isinstance(values, list):
        return [spoiled(inner, supply, key) for inner in values]
    return next(supply) if isinstance(values, str) and key in FREE else values


def nasty() -> st.SearchStrategy[list[str]]:
    """Texts as an attacker may put them into a source."""
    any_text = st.text(st.characters(exclude_categories=()), max_size=40)
    return st.lists(st.one_of(st.sampled_from(NASTY), any_text), min_size=1, max_size=9)


def context(**known: Any) -> Context:
    """The shipped pack, with what else an exporter may know."""
    return Context(knowledge.open(), **known)
