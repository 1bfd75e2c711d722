# SPDX-License-Identifier: Apache-2.0
"""Writes docs/data.md: the public sets that the scripts are run on, so that an outsider can run them again.

python tools/data_list.py --data DIR

DIR holds `upstream/MANIFEST.json` (framework downloads), `corpus/MANIFEST.json` (articles, advisories, feeds) and
`eval/` (labelled data). Lists address, version, licence and SHA-256; copies nothing of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "docs" / "data.md"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _cell(text: object) -> str:
    return " ".join(str(text or "").split()).replace("|", "\\|")


def _row(*cells: object) -> str:
    return "| " + " | ".join(_cell(each) for each in cells) + " |"


def upstream(folder: Path) -> list[str]:
    """One row a download: file, version, licence, address, digest."""
    entries: list[dict[str, Any]] = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))[
        "files"
    ]
    lines = ["| file | version | licence | address | sha256 |", "|---|---|---|---|---|"]
    for each in sorted(entries, key=lambda entry: str(entry["file"])):
        path = folder / each["file"]
        digest = each.get("sha256") or (_sha256(path) if path.is_file() else "")
        address = each.get("official_url") or each.get("source")
        lines.append(
            _row(each["file"], each.get("version") or each.get("date"), each.get("license"), address, digest)
        )
    return lines


def corpus(folder: Path) -> list[str]:
    """One row a publishing repository: how many files, licence, first and last commit seen, one digest of all."""
    entries: list[dict[str, Any]] = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))[
        "entries"
    ]
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for each in entries:
        groups[str(each.get("source_repo", "")), str(each.get("licence", ""))].append(each)
    lines = [
        "| source | files | licence | commits | sha256 of the files' sorted digests |",
        "|---|---|---|---|---|",
    ]
    for (source, licence), members in sorted(groups.items()):
        commits = sorted({str(each.get("commit", ""))[:12] for each in members} - {""})
        shown = ", ".join(commits[:3]) + (f" and {len(commits) - 3} more" if len(commits) > 3 else "")
        digests = sorted(str(each.get("sha256", "")) for each in members)
        whole = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        lines.append(_row(source, len(members), licence, shown, whole))
    return lines


def labelled(folder: Path) -> list[str]:
    """One row a file of labelled data: lines and digest; origins stand in its README."""
    lines = ["| file | records | sha256 |", "|---|---|---|"]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".jsonl", ".json", ".py"):
            records = path.read_bytes().count(b"\n") if path.suffix == ".jsonl" else ""
            lines.append(_row(path.relative_to(folder).as_posix(), records, _sha256(path)))
    return lines


def main() -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    lines = [
        "# Data for development and measurement",
        "",
        "Written by `tools/data_list.py --data DIR`. None of these files is in the repository; scripts and tests take",
        "the folder as an argument (`--data DIR`) or from `SCC_DATA`. What SCC ships of them are facts (ids, names,",
        "relations, numbers), listed with version and licence in [NOTICE](../NOTICE).",
        "",
        "## Framework downloads (`upstream/`)",
        "",
        *upstream(data / "upstream"),
        "",
        "## Articles, advisories, feeds and records (`corpus/`)",
        "",
        *corpus(data / "corpus"),
        "",
        "## Labelled data (`eval/`)",
        "",
        *labelled(data / "eval"),
        "",
    ]
    TARGET.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
