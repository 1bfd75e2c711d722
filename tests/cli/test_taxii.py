# SPDX-License-Identifier: Apache-2.0
"""`scc taxii`: a token made, the server started as a process, asked over HTTP, stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.web.library import add

from scc.cli import exits
from scc.cli.main import main
from scc.web.taxii import ROOT, TAXII

ARGUMENTS = [sys.executable, "-m", "scc", "taxii", "serve", "--port", "0"]


def asked(address: str, token: str) -> list[str]:
    """Titles of the collections."""
    request = urllib.request.Request(f"{address}{ROOT}collections/", headers={"Accept": TAXII})
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=20) as response:
        return [each["title"] for each in json.load(response).get("collections", ())]


def test_a_token_opens_the_server_up_to_its_clearance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, tokens = tmp_path / "scc.db", tmp_path / "tokens.json"
    add(database, "TLP:CLEAR")
    add(database, "TLP:GREEN", number=2)
    add(database, "TLP:RED", number=3)
    assert main(["taxii", "token", "misp", "--clearance", "green", "--tokens", str(tokens)]) == exits.OK
    token = capsys.readouterr().out.strip()
    assert len(token) >= 43
    process = subprocess.Popen(
        [*ARGUMENTS, "--tokens", str(tokens), "--db", str(database)], stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"in 3 collections at (http://127\.0\.0\.1:[0-9]+)/taxii2/", line)
        assert found, line
        assert asked(found[1], token) == ["TLP:CLEAR", "TLP:GREEN"]
        with pytest.raises(urllib.error.HTTPError, match="401"):
            asked(found[1], "")
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == exits.OK
        process.stderr.close()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--public"),
        (["--public", "--host", "0.0.0.0"], "in clear"),
        (["--public", "--cert", "x.pem"], "belong together"),
        (["--public", "--cert", "x.pem", "--key", "y.pem"], "cannot be used"),
        (["--tokens", "absent.json"], "no file absent.json"),
    ],
)
def test_what_it_does_not_do(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "scc.db"
    add(database, "TLP:CLEAR")
    assert main(["taxii", "serve", *arguments, "--db", str(database), "--port", "0"]) == exits.USAGE
    assert says in capsys.readouterr().err


def test_a_name_or_label_that_is_none(tmp_path: Path) -> None:
    tokens = str(tmp_path / "tokens.json")
    assert main(["taxii", "token", "a b", "--clearance", "red", "--tokens", tokens]) == exits.USAGE
    assert main(["taxii", "token", "a", "--clearance", "pink", "--tokens", tokens]) == exits.USAGE
    assert not Path(tokens).exists()
