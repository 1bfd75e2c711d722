# SPDX-License-Identifier: Apache-2.0
"""The list of formats, the JSON form, addresses and characters."""

from __future__ import annotations

import json
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scc import render
from scc.model.briefing import Briefing, FrameworkRow
from scc.render.characters import visible
from scc.render.labels import framework, minutes, moment
from scc.render.links import defanged, safe


@pytest.mark.parametrize("name", sorted(render.FORMATS))
def test_each_format_writes_the_same_bytes_twice(name: str, maximal: Briefing, minimal: Briefing) -> None:
    form = render.FORMATS[name]
    assert form.extension.startswith(".") and "/" in form.media_type
    for briefing in (maximal, minimal):
        written = form.write(briefing)
        assert isinstance(written, bytes) and len(written) > 500
        assert form.write(briefing) == written


def test_importing_the_package_imports_no_heavy_library() -> None:
    script = (
        "import sys, scc.render\n"
        "print([m for m in ('jinja2', 'typst', 'docx', 'openpyxl', 'lxml', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_json_sorts_dictionaries_and_reads_back(maximal: Briefing) -> None:
    row = FrameworkRow(id="1", title="t", why="w")
    turned = replace(maximal, frameworks={"z": (row,), "a": (row,)})
    data = render.json(turned)
    assert data == render.json(replace(maximal, frameworks={"a": (row,), "z": (row,)}))
    assert list(json.loads(data)["frameworks"]) == ["a", "z"]
    assert data.endswith(b"}\n") and b'\n  "schema": "scc-briefing-1.0"' in data
    assert msgspec.json.decode(data, type=Briefing) == turned


def test_json_replaces_lone_surrogates_only(maximal: Briefing) -> None:
    data = render.json(replace(maximal, title="a\ud800b \u202e 漢"))
    assert json.loads(data)["title"] == "a\ufffdb \u202e 漢"


@given(st.text())
def test_visible_text_has_nothing_that_is_obeyed(text: str) -> None:
    shown = visible(text)
    assert not any(ord(each) < 32 and each not in "\n\t" for each in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    shown.encode("utf-8")


@given(st.text(max_size=40))
def test_safe_addresses_are_web_addresses(text: str) -> None:
    assert safe(text) == "" or safe(text).lower().startswith(("http://", "https://"))
    assert safe("javascript:" + text) == ""


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("ipv4", "192.0.2.7", "192[.]0[.]2[.]7"),
        ("ipv6", "2001:db8::1", "2001[:]db8::1"),
        ("domain", "evil.example", "evil[.]example"),
        ("url", "https://evil.example/a.b?c=d", "hxxps://evil[.]example/a.b?c=d"),
        ("url", "evil.example/a", "evil[.]example/a"),
        ("email", "a@evil.example", "a[@]evil[.]example"),
        ("sha256", "ab" * 32, "ab" * 32),
        ("filename", "run.exe", "run.exe"),
    ],
)
def test_defanged(kind: str, value: str, shown: str) -> None:
    assert defanged(kind, value) == shown


def _waits_for_the_clock() -> None:
    """Archive entries are dated to two seconds: later bytes would differ if the clock were used."""
    import time

    time.sleep(2.1)


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_office_files_do_not_carry_the_clock(name: str, minimal: Briefing) -> None:
    first = render.FORMATS[name].write(minimal)
    _waits_for_the_clock()
    assert render.FORMATS[name].write(minimal) == first


def test_labels() -> None:
    assert [minutes(15), minutes(60), minutes(90)] == ["15 min", "1 h", "1 h 30 min"]
    assert moment("2026-06-26T06:33:00Z") == "2026-06-26 06:33 UTC"
    assert moment("2026-06-26") == "2026-06-26"
    assert framework("no-such-key") == "no-such-key"
    assert framework("nist-800-53r5").startswith("NIST SP 800-53")
