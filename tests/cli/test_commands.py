# SPDX-License-Identifier: Apache-2.0
"""The command line: exit codes, plain messages, documentation that matches."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from scc.cli import exits
from scc.cli.describe import commands, commands_page, configuration_page
from scc.cli.main import COMMANDS, main
from scc.model.errors import SettingsError, UsageError
from scc.settings import Settings, load, organisation

ROOT = Path(__file__).parents[2]


def scc(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scc", *arguments], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )  # fmt: skip


def test_generated_pages_are_up_to_date() -> None:
    assert (ROOT / "docs/cli.md").read_text() == commands_page()
    assert (ROOT / "docs/configuration.md").read_text() == configuration_page()


@pytest.mark.parametrize("name,command", list(commands()))
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    page = (ROOT / "docs/cli.md").read_text()
    part = page.split(f"## `{name}`\n", 1)[1].split("\n## ", 1)[0]
    assert command.help
    for each in command.params:
        if isinstance(each, click.Option):
            assert each.help, f"{name} {each.opts} has no help"
            assert any(f"`{opt}" in part for opt in each.opts)


def test_every_setting_is_documented() -> None:
    import msgspec

    page = (ROOT / "docs/configuration.md").read_text()
    for section in msgspec.structs.fields(Settings):
        for field in msgspec.structs.fields(section.type):
            assert f"`SCC_{section.name.upper()}__{field.name.upper()}`" in page


def test_help_lists_every_command_and_loads_none() -> None:
    code = (
        "import sys; from scc.cli.main import main; main(['--help']); "
        "print([each for each in ('sqlalchemy', 'rich', 'typst', 'trafilatura', 'httpx2', 'yaml') if each in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert all(f"  {name} " in said.stdout for name in COMMANDS)
    assert said.stdout.splitlines()[-1] == "[]"


def test_an_address_needs_fetch() -> None:
    ended = scc("brief", "https://press.example/a")
    assert ended.returncode == exits.USAGE and "--fetch" in ended.stderr and ended.stdout == ""


@pytest.mark.parametrize(
    "arguments,code,said",
    [
        (["brief"], exits.USAGE, "Missing argument"),
        (["nonsense"], exits.USAGE, "No such command"),
        (["brief", "x", "--now", "yesterday"], exits.USAGE, "is not a date"),
        (["brief", "x", "--format", "gif"], exits.USAGE, "not known"),
        (["items", "--db", "{tmp}/none.db"], exits.STORE, "no database"),
        (["items", "--db", "{tmp}"], exits.STORE, "is a folder"),
        (["--settings", "{tmp}/none.toml", "items"], exits.SETTINGS, "There is no file"),
        (["init", "{tmp}/there.toml"], exits.USAGE, "exists"),
    ],
)
def test_failing_plainly(
    arguments: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there.toml").write_text("")
    ended = main([each.replace("{tmp}", str(tmp_path)) for each in arguments])
    captured = capsys.readouterr()
    assert ended == code and said in captured.err and "Traceback" not in captured.err


@pytest.mark.parametrize(
    "error,code,said",
    [
        (KeyboardInterrupt(), exits.INTERRUPTED, "Interrupted"),
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), exits.OUTPUT, "disk is full (/x/y)"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), exits.OUTPUT, "No right"),
        (MemoryError(), exits.FAULT, "not enough memory"),
        (RecursionError(), exits.FAULT, "nested too deeply"),
        (ZeroDivisionError("division by zero"), exits.FAULT, "fault of the program"),
    ],
)
def test_no_traceback_reaches_a_user(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(**_: Any) -> None:
        raise error

    monkeypatch.setattr("scc.cli.main.cli.main", fail)
    assert main([]) == code
    captured = capsys.readouterr()
    assert said in captured.err and "Traceback" not in captured.err


def test_a_reader_that_goes_away_is_no_fault() -> None:
    ended = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m scc --help | true; echo ${{PIPESTATUS[0]}}"],
        capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert ended.stdout.strip() in ("0", str(exits.PIPE)) and "Traceback" not in ended.stderr


def test_init_writes_a_profile_that_loads(tmp_path: Path) -> None:
    file = tmp_path / "org.toml"
    assert main(["init", str(file), "--name", 'A "quoted" name']) == exits.OK
    assert organisation(file).name == 'A "quoted" name'
    commented = file.read_text().replace("\n# ", "\n")
    keys = [line.split(" = ")[0] for line in commented.splitlines() if " = " in line and line[0].islower()]
    assert {"sectors", "countries", "regulated", "frameworks", "tooling", "vendor", "exposed"} <= set(keys)


def test_settings_come_from_file_then_environment(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text('[brief]\nout = "there"\ntlp = "TLP:RED"\n[collect]\npause = 3.0\n')
    found = load(file, {"SCC_BRIEF__OUT": "elsewhere", "SCC_COLLECT__LARGEST": "7", "SCC_DATA": "x"})
    assert (found.brief.out, found.brief.tlp, found.collect.pause, found.collect.largest) == (
        "elsewhere", "TLP:RED", 3.0, 7,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text,said",
    [("[brief]\nouts = 1\n", r"brief"), ("[brief]\nout = 1\n", r"\$\.brief\.out"), ("[", "not TOML")],
)
def test_an_unknown_or_wrong_key_is_named_with_file_and_path(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "s.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=said) as caught:
        load(file, {})
    assert str(file) in caught.value.what


def test_a_profile_takes_products_from_its_sbom(tmp_path: Path) -> None:
    (tmp_path / "a.cdx.json").write_text(
        '{"bomFormat": "CycloneDX", "components": [{"name": "openssl", "version": "3.0.7"}]}'
    )
    (tmp_path / "org.toml").write_text(
        'name = "Example"\nsboms = ["a.cdx.json"]\n[[products]]\nproduct = "gateway"\n'
    )
    assert [each.product for each in organisation(tmp_path / "org.toml").products] == ["gateway", "openssl"]
    (tmp_path / "bad.toml").write_text('name = "Example"\nsector = []\n')
    with pytest.raises(SettingsError, match="unknown field `sector`"):
        organisation(tmp_path / "bad.toml")


def test_files_are_replaced_whole_and_never_through_a_link(tmp_path: Path) -> None:
    from scc.cli.output import replace, safe

    victim = tmp_path / "victim"
    victim.write_text("keep")
    (tmp_path / "out").symlink_to(victim)
    replace(tmp_path / "out", b"new")
    assert victim.read_text() == "keep" and (tmp_path / "out").read_text() == "new"
    assert not (tmp_path / "out").is_symlink() and sorted(each.name for each in tmp_path.iterdir()) == [
        "out",
        "victim",
    ]
    assert safe("a\x1b[31mb\u202ec") == "a [31mb c"


def test_output_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    from scc.cli.output import check_writable

    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="not a folder"):
        check_writable(tmp_path / "file")
