# SPDX-License-Identifier: Apache-2.0
"""A run that is killed anywhere and repeated gives exactly what an undisturbed one gives."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import scc.store
from scc.store.query import Query

CHILD = Path(__file__).parent / "child.py"
SOURCE = Path(__file__).parents[2] / "src"


def child(db: Path, folder: Path, point: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CHILD), str(db), str(folder), str(point)],
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip


def state(db: Path) -> dict[str, object]:
    """Everything a user can see of the database."""
    with scc.store.open(db) as store:
        from sqlalchemy import select

        from scc.store import tables

        raws = sorted(
            tuple(row)
            for row in store.rows(
                select(tables.RAWS.c.id, tables.RAWS.c.outcome, tables.RAWS.c.document, tables.RAWS.c.stage)
            )
        )
        return {
            "raws": raws,
            "briefings": [msgspec.json.encode(store.items.briefing(each.id)) for each in store.items.rows()],
            "documents": store.documents.count(),
            "stories": store.stories.count(),
            "indexed": store.search(Query("event", 1000)).ids,
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("in")
    for number in range(24):
        (place / f"{number:02}.txt").write_text(
            f"title: Report {number}\ndate: 2026-06-{1 + number % 9:02}\nevent: E{number % 7}\n"
            f"cve: CVE-2026-00{number % 5:02}\nurl: https://press.example/{number}\n"
        )
    entries = "".join(
        f"=== e{number}\ntitle: Short {number}\ndate: 2026-06-0{1 + number % 9}\nevent: E{number}\n"
        f"url: https://press.example/{number}\n"
        for number in range(20, 30)
    )
    (place / "feed.txt").write_text(entries)
    (place / "kev.txt").write_text(
        "".join(f"=== k{n}\nkind: record\ncve: CVE-2026-00{n:02}\n" for n in range(9))
    )
    return place


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> tuple[int, dict[str, object]]:
    db = tmp_path_factory.mktemp("db") / "whole.db"
    ended = child(db, folder, 0)
    assert ended.returncode == 0, ended.stderr
    return int(ended.stdout), state(db)


def killed_then_repeated(db: Path, folder: Path, point: int) -> dict[str, object]:
    ended = child(db, folder, point)
    assert ended.returncode == 137, ended.stderr
    again = child(db, folder, 0)
    assert again.returncode == 0, again.stderr
    return state(db)


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_a_seeded_point(
    seed: int, tmp_path: Path, folder: Path, undisturbed: tuple[int, dict[str, object]]
) -> None:
    points, whole = undisturbed
    assert points > 30 and len(whole["briefings"]) > 8  # type: ignore[arg-type]
    point = sorted(random.Random(2026).sample(range(1, points + 1), 6))[seed]
    assert killed_then_repeated(tmp_path / "t.db", folder, point) == whole


@pytest.mark.slow
@pytest.mark.parametrize("share", range(50))
def test_killed_at_fifty_points(
    share: int, tmp_path: Path, folder: Path, undisturbed: tuple[int, dict[str, object]]
) -> None:
    points, whole = undisturbed
    assert killed_then_repeated(tmp_path / "t.db", folder, 1 + share * points // 50) == whole
