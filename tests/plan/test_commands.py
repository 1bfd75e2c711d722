# SPDX-License-Identifier: Apache-2.0
"""Every command of the library: parsed by its dialect's parser, refused when maimed, run where it may be."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import scc.content
from scc.plan import bind, commands
from scc.plan.check import check
from scc.plan.commands import ProgramRow
from scc.plan.content import ActionContent, CommandContent
from scc.plan.vocabulary import library

CONTENT = scc.content.open()
PROGRAMS = {row.program: row for row in CONTENT.table("vocabularies/commands", ProgramRow)}
HOSTILE = "a'b $(c)"


def _parsers() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "command_parsers", Path(__file__).parent / "command_parsers.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PARSERS = _parsers()


def _every() -> list[tuple[ActionContent, CommandContent]]:
    found = []
    for action in library(CONTENT).actions:
        evidence = [CommandContent(e.command, e.dialect, "capture") for e in action.evidence if e.command]
        found += [(action, each) for each in (*action.commands, *action.compensating.commands, *evidence)]
    return found


EVERY = _every()


def _filled(command: CommandContent, value: str = HOSTILE) -> str:
    return bind.HOLE.sub(lambda hole: bind.quote(value, command.dialect), command.text)


def _of(*dialects: str) -> list[str]:
    return sorted({_filled(command) for _, command in EVERY if command.dialect in dialects})


def test_every_dialect_that_is_used_has_a_test_of_its_own_or_is_named_here() -> None:
    """`cmd` has no parser outside Windows, `text` is typed at a device: our own grammar alone reads them."""
    used = {command.dialect for _, command in EVERY}
    assert used <= {*PARSERS.POSIX, "powershell", "sql", "osquery", "kql", "cmd", "text"}


def test_posix_commands_pass_shellcheck(tmp_path: Path) -> None:
    texts = _of(*PARSERS.POSIX)
    assert len(texts) > 50
    found = PARSERS.shellcheck(texts, tmp_path)
    assert {text: faults for text, faults in found.items() if faults} == {}


def test_powershell_commands_have_no_error_node() -> None:
    texts = _of("powershell")
    assert len(texts) > 30
    assert {text: PARSERS.powershell(text) for text in texts if PARSERS.powershell(text)} == {}


def test_aws_calls_fit_the_service_models() -> None:
    pytest.importorskip("botocore")
    texts = _of("aws")
    assert len(texts) > 5
    assert {text: PARSERS.aws(text) for text in texts if PARSERS.aws(text)} == {}


@pytest.mark.parametrize("text", _of("sql", "osquery"))
def test_queries_parse(text: str) -> None:
    assert commands.faults(text, "sql", PROGRAMS) == []


# Mutations: a command that lost a quote or an argument must not pass.


def _without_a_quote(text: str) -> list[str]:
    return [text[:at] + text[at + 1 :] for at, char in enumerate(text) if char in "'\""]


def _without_an_argument(command: CommandContent) -> list[str]:
    """The template with each parameter dropped, and with each value of an option that needs one dropped."""
    found = [
        command.text[: hole.start()] + command.text[hole.end() :] for hole in bind.HOLE.finditer(command.text)
    ]
    if command.dialect in ("sql", "osquery", "kql", "text"):
        return found
    # A value is one word, or words joined by commas; the separator behind it stays.
    word = r"(?:'[^']*'|\"[^\"]*\"|[^\s'\",;])+"
    words = list(re.finditer(rf"{word}(?:,\s*{word})*", command.text))
    valued: set[str] = set()
    for option, value in pairwise(words):
        if option.group() in PROGRAMS:
            valued = set(PROGRAMS[option.group()].valued.split()) - {"-exec"}
        elif option.group() in valued:
            found.append((command.text[: value.start()] + command.text[value.end() :]).strip())
    return found


def _refused(text: str, command: CommandContent, other: dict[str, list[str]]) -> bool:
    """By our grammar, which runs in `scc content check`, or by the dialect's parser."""
    changed = CommandContent(text, command.dialect, command.purpose)
    filled = _filled(changed)
    if commands.faults(filled, command.dialect, PROGRAMS) or commands.uneven(text, command.dialect):
        return True
    if command.dialect == "powershell":
        return bool(PARSERS.powershell(filled))
    if command.dialect == "aws" and PARSERS.aws(filled):
        return True
    return bool(other.get(filled))


@pytest.mark.parametrize("kind", ["quote", "argument"])
def test_a_maimed_command_is_refused(kind: str, tmp_path: Path) -> None:
    mutants: list[tuple[str, CommandContent]] = []
    for _, command in EVERY:
        if command.dialect == "text":
            continue
        texts = _without_a_quote(command.text) if kind == "quote" else _without_an_argument(command)
        mutants += [(text, command) for text in texts]
    assert len(mutants) > 100
    left = [(text, command) for text, command in mutants if not _refused(text, command, {})]
    shell = [_filled(CommandContent(t, c.dialect, "")) for t, c in left if c.dialect in PARSERS.POSIX]
    said = PARSERS.shellcheck(sorted(set(shell)), tmp_path)
    assert [text for text, command in left if not _refused(text, command, said)] == []


def test_a_value_of_a_parameter_never_leaves_its_quotes() -> None:
    """Whatever is bound, the number of words and of pipeline members stays the same."""
    hostile = ("x'; rm -rf /; '", '$(id)`id`"', "a\nb|c&d", "--help", "-e", "%PATH%", "\\", "’; id; ‘", "$x")
    for _, command in EVERY:
        if command.dialect in PARSERS.POSIX and bind.HOLE.search(command.text):
            plain = [len(simple) for simple in commands.split(_filled(command, "plain"))]
            for value in hostile:
                assert [len(simple) for simple in commands.split(_filled(command, value))] == plain, value
        if command.dialect == "powershell" and bind.HOLE.search(command.text):
            for value in hostile:
                assert PARSERS.powershell(_filled(command, value)) == [], value


# What is said to be read-only reads only.

READING = {
    "aws": r"aws [a-z0-9-]+ (?:describe|get|list|lookup|search|filter|generate-credential-report|head)[a-z-]*\b",
    "az": r"az (?:[a-z-]+ )+(?:list|show|query)\b",
    "gcloud": r"gcloud (?:[a-z-]+ )+(?:list|describe|read|get-iam-policy)\b",
    "kubectl": r"kubectl (?:get|describe|logs|auth can-i|top|version|api-resources)\b",
}
READING_VERBS = {
    "Get",
    "Select",
    "Where",
    "ForEach",
    "Sort",
    "Export",
    "Search",
    "Test",
    "Group",
    "Measure",
    "ConvertTo",
}
ALTERING_WORDS = re.compile(
    r"(?<![\w.-])(?:rm|mv|cp|dd|chmod|chown|kill|pkill|killall|tee|truncate|shred|mkfs|mount|umount|iptables|"
    r"nft|reboot|shutdown|useradd|userdel|passwd|sed -i|-delete|restart|stop|disable|set|remove)(?![\w.-])"
)


def test_read_only_commands_hold_no_altering_verb() -> None:
    for action, command in EVERY:
        if command.alters:
            continue
        where = f"{action.id}: {command.text}"
        if command.dialect in READING:
            assert re.match(READING[command.dialect], command.text), where
        elif command.dialect == "powershell":
            used = {name.partition("-")[0] for name in PROGRAMS if "-" in name and name in command.text}
            assert used <= READING_VERBS, where
        elif command.dialect == "posix":
            bare = re.sub(r"'[^']*'|\"[^\"]*\"", "''", command.text)
            assert not ALTERING_WORDS.search(bare), where
            assert ">" not in bare, where
        elif command.dialect in ("sql", "osquery"):
            assert command.text.startswith("SELECT "), where


# Read-only commands are started in an empty home: a wrong option shows at once.

WRONG_USE = re.compile(
    r"invalid option|unrecognized (?:option|command)|unknown (?:option|predicate|command|flag|argument)|"
    r"missing argument|syntax error|unexpected|illegal option|requires an argument|^usage:|extra operand",
    re.IGNORECASE | re.MULTILINE,
)
LONG = 10.0
"""Seconds after which a command that is still reading is ended: it has accepted its options by then."""


def _startable() -> tuple[list[tuple[str, str]], list[str]]:
    """(commands that can be started here, those that are parsed only for want of their program)."""
    runs, parsed = [], []
    for action, command in EVERY:
        if command.alters or command.dialect not in PARSERS.POSIX:
            continue
        examples = {p.name: p.example or "example" for p in action.parameters}
        text = bind.HOLE.sub(lambda hole, e=examples: bind.quote(e[hole.group(1)], "posix"), command.text)
        used = {simple[0].text for simple in commands.split(text)}
        (runs if all(_works(name) for name in used) else parsed).append((text, ", ".join(sorted(used))))
    return sorted(set(runs)), sorted({name for _, name in parsed})


def _works(program: str) -> bool:
    return shutil.which(program, path="/usr/bin:/bin:/usr/sbin:/sbin") is not None


RUNS, PARSED_ONLY = _startable()


def test_programs_that_are_absent_are_listed(record_property: Callable[[str, object], None]) -> None:
    record_property("parsed only", "; ".join(PARSED_ONLY))
    assert {each for names in PARSED_ONLY for each in names.split(", ")} <= set(PROGRAMS)
    assert RUNS, "grep, find and cat are on every POSIX system"


@pytest.mark.skipif(os.name != "posix", reason="POSIX commands")
@pytest.mark.parametrize(("text", "programs"), RUNS, ids=[text[:60] for text, _ in RUNS])
def test_read_only_command_starts_in_an_empty_home(text: str, programs: str, tmp_path: Path) -> None:
    """No network: a namespace of its own where the system allows it, and proxies that nobody answers."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        "HOME": str(home), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "NO_COLOR": "1",
        "npm_config_fetch_retries": "0", "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
    }  # fmt: skip
    alone = ["unshare", "--user", "--map-root-user", "--net"] if _can_be_alone() else []
    try:
        run = subprocess.run(
            [*alone, "bash", "-c", text], cwd=home, env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=LONG, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as still:
        assert not WRONG_USE.search((still.stderr or b"").decode("utf-8", "replace")), programs
        return
    said = run.stderr.decode("utf-8", "replace")
    assert run.returncode not in (126, 127), said
    assert not WRONG_USE.search(said), said


def _can_be_alone() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "--user", "--map-root-user", "--net", "true"]
    return subprocess.run(tried, capture_output=True, timeout=10, check=False).returncode == 0


def test_a_blank_never_stands_in_an_altering_command() -> None:
    for action, command in EVERY:
        asked = {p.name for p in action.parameters if p.source == "ask"}
        if command.alters:
            assert not asked & set(bind.HOLE.findall(command.text)), (action.id, command.text)


def test_the_check_of_the_program_agrees() -> None:
    assert [fault for fault in check(CONTENT) if fault.code == "bad-command"] == []
