# SPDX-License-Identifier: Apache-2.0
"""Sigma rules as queries by the real pySigma; what it cannot say, what is hostile, and what is not installed."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scc.model.errors import UsageError
from scc.share import sigma

ID = "11111111-1111-4111-8111-111111111111"
HEAD = f"title: t\nid: {ID}\nlogsource: {{product: windows, category: process_creation}}\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def task(assets: Path) -> str:
    pytest.importorskip("sigma")
    return (assets / "sigma" / "scheduled_task.yml").read_text("utf-8")


@pytest.fixture
def web(assets: Path) -> str:
    pytest.importorskip("sigma")
    return (assets / "sigma" / "web_request.yml").read_text("utf-8")


def _one(text: str, to: str) -> sigma.Conversion:
    (found,) = sigma.convert([(ID, text)], to)
    assert found.id == ID and found.to == to
    assert bool(found.queries) != bool(found.reason) == bool(found.code)
    return found


@pytest.mark.parametrize(
    ("to", "pipeline", "parts"),
    [
        ("splunk", "splunk_windows", [r'Image="\*\\+schtasks\.exe"', r'CommandLine="\* /change \*"']),
        (
            "elastic",
            "ecs_windows",
            [r"process\.executable[.a-z]*:\*\\+schtasks", r"process\.command_line:\*"],
        ),
        ("sentinel", "sentinel_asim", [r"^imProcessCreate\n\| where ", r'endswith "\\+schtasks\.exe"']),
        ("secops", "secops_udm", ['metadata.event_type = "PROCESS_LAUNCH"', r"schtasks"]),
    ],
)
def test_a_rule_becomes_a_query_in_the_target_s_fields(
    task: str, to: str, pipeline: str, parts: list[str]
) -> None:
    found = _one(task, to)
    assert found.pipeline == pipeline and not found.note
    for part in parts:
        assert re.search(part, found.queries[0]), found.queries
    assert found == _one(task, to)


def test_a_log_without_a_mapping_keeps_its_names_and_says_so(web: str) -> None:
    found = _one(web, "splunk")
    assert '"cs-uri-query"="*$(*"' in found.queries[0]
    assert "Sigma's own" in found.note


def test_what_a_backend_cannot_say_has_its_reason(web: str) -> None:
    found = _one(web, "sentinel")
    assert (found.code, found.queries) == ("not-convertible", ())
    assert "cs-uri-query" in found.reason and "\n" not in found.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rule-not-sigma"),
        ("- a", "rule-not-sigma"),
        ("a: [", "rule-not-yaml"),
        ("a: &a [x]\nb: *a", "rule-explodes"),
        (HEAD + "detection:\n  s: {CommandLine: a}\n  condition: nowhere\n", "not-convertible"),
        (HEAD + "detection:\n  s: {CommandLine: a}\n  condition: 's and ((('\n", "not-convertible"),
        (HEAD + "detection:\n  s: {'CommandLine|nonsense': a}\n  condition: s\n", "not-convertible"),
        (HEAD + "detection:\n  s: {'CommandLine|re': '(['}\n  condition: s\n", "not-convertible"),
        (
            HEAD.replace("title: t", "title: {a: b}\nstatus: [1]\ndate: never\ntags: 5")
            + "detection:\n  s: {CommandLine: a}\n  condition: s\n",
            "not-convertible",
        ),
        (
            "title: c\ncorrelation: {type: event_count, rules: [x], timespan: 5m, condition: {gte: 3}}\n",
            "not-convertible",
        ),
        (
            HEAD
            + "detection:\n  s:\n    CommandLine|contains: ["
            + ", ".join(f"'{'y' * 60}{n}'" for n in range(3000))
            + "]\n  condition: s\n",
            "query-too-long",
        ),
    ],
)
@pytest.mark.parametrize("to", sigma.TARGETS)
def test_a_broken_or_hostile_rule_is_a_named_finding(text: str, code: str, to: str) -> None:
    pytest.importorskip("sigma")
    found = _one(text, to)
    assert (found.code, found.queries) == (code, ())
    assert len(found.reason) <= 2 * sigma.REASON_MOST + 60


def test_a_bad_rule_leaves_the_next(task: str) -> None:
    bad, good = sigma.convert([("bad", "- a"), ("good", task)], "splunk")
    assert bad.reason and good.queries


def test_nothing_is_fetched(task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    for to in sigma.TARGETS:
        assert _one(task, to).queries


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(UsageError, match="qradar"):
        sigma.convert([], "qradar")


@pytest.mark.parametrize("to", sigma.TARGETS)
def test_without_the_extra_the_message_names_it(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each == "sigma" or each.startswith("sigma.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sigma", None)
    with pytest.raises(UsageError) as raised:
        sigma.convert([], to)
    assert "pip install 'scc-briefings[sigma]'" in raised.value.diagnostics()


def test_pysigma_is_imported_only_to_convert() -> None:
    program = (
        "import sys, scc.share.sigma, scc.cli.sigma, scc.brief.sigma\n"
        "print(sorted(each for each in sys.modules if each.split('.')[0] in ('sigma', 'pyparsing')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert run.stdout.strip() == "[]"


@pytest.mark.corpus
def test_real_rules_convert_or_say_why(data: Path) -> None:
    """Every 25th rule of the release; no exception, and almost all for the two targets without fixed schemas."""
    import tarfile

    pytest.importorskip("sigma")
    with tarfile.open(next((data / "upstream" / "sigma").glob("sigma-rules-*.tar.gz"))) as packed:
        names = sorted(each.name for each in packed.getmembers() if each.name.endswith(".yml"))[::25]
        texts = [(name, packed.extractfile(name).read().decode()) for name in names]  # type: ignore[union-attr]
    least = {"splunk": 0.98, "elastic": 0.98, "sentinel": 0.35, "secops": 0.5}
    for to, share in least.items():
        found = sigma.convert(texts, to)
        assert all(each.queries or each.reason for each in found)
        assert sum(bool(each.queries) for each in found) / len(found) >= share, to
