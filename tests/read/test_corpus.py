# SPDX-License-Identifier: Apache-2.0
"""The development corpus: the outcome written down for each folder, and facts of its manifest."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

import scc.content as content
from scc.model.document import Document, Raw, Source
from scc.model.provenance import Skipped
from scc.read import canonical_url, document, split
from scc.read.records import observations
from scc.read.text.decode import clean, tidy

pytestmark = pytest.mark.corpus
EXPECTED = yaml.safe_load((Path(__file__).parents[1] / "corpus_expected.yaml").read_text("utf-8"))["folders"]


class Read:
    """What became of one file."""

    def __init__(self, path: str, data: bytes, sources: tuple[Source, ...]) -> None:
        self.path = path
        parts = split(Raw(data=data, path=path))
        self.container = not (len(parts) == 1 and (isinstance(parts[0], Skipped) or not parts[0].entry))
        self.results = [each if isinstance(each, Skipped) else document(each, sources) for each in parts]

    def outcomes(self) -> set[str]:
        """news, record, context or quarantined, of each entry."""
        return {
            each.outcome if isinstance(each, Skipped) else "record" if each.kind == "record" else "news"
            for each in self.results
        }


@pytest.fixture(scope="module")
def corpus(data: Path) -> list[Read]:
    root = data / "corpus"
    if not root.is_dir():
        pytest.skip("SCC_DATA holds no corpus")
    sources = content.open().records("sources", Source)
    return [
        Read(path.relative_to(root).as_posix(), path.read_bytes(), sources)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]


def test_every_file_ends_as_written_down(corpus: list[Read]) -> None:
    wrong: list[str] = []
    for each in corpus:
        folder, _, name = each.path.rpartition("/")
        expected = EXPECTED.get(folder)
        if expected is None:
            wrong.append(f"{folder}: no outcome written down")
            continue
        expected = expected.get("except", {}).get(name, expected)
        container = expected["outcome"] == "container"
        wanted = expected.get("entries", expected["outcome"])
        if each.container != container or each.outcomes() != {wanted}:
            wrong.append(
                f"{each.path}: {'container of ' if each.container else ''}{each.outcomes()}, not {wanted}"
            )
    assert not wrong, "\n".join(wrong[:40])


def test_every_folder_written_down_exists(corpus: list[Read]) -> None:
    there = {each.path.rpartition("/")[0] for each in corpus}
    assert set(EXPECTED) == there


def documents(corpus: list[Read]) -> list[Document]:
    return [found for each in corpus for found in each.results if isinstance(found, Document)]


def test_texts_are_stable_and_clean(corpus: list[Read]) -> None:
    for each in documents(corpus):
        assert each.text == tidy(clean(each.text)[0]), each.path
        assert "<script" not in each.text.lower() or "`" in each.text or each.format != "html", each.path


def test_titles_addresses_and_dates_agree_with_the_manifest(corpus: list[Read], data: Path) -> None:
    """The manifest was written apart from this program; differences are counted, not hidden."""
    entries: dict[str, Any] = {
        each["path"]: each for each in json.loads((data / "corpus/MANIFEST.json").read_bytes())["entries"]
    }
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong: list[str] = []

    def count(name: str, right: bool, path: str, found: str, wanted: str) -> None:
        counts[name][0] += right
        counts[name][1] += 1
        if not right:
            wrong.append(f"{name} {path}: {found!r}, manifest {wanted!r}")

    def folded(text: str) -> str:
        return "".join(character for character in text.casefold() if character.isalnum())

    for each in corpus:
        entry = entries.get(each.path)
        found = each.results[0]
        if entry is None or each.container or not isinstance(found, Document) or found.kind != "article":
            continue
        # Cut or folded titles and collection dates stand in for unknown ones there: they are passed over.
        if entry.get("title") and entry["title"] != entry["title"].lower():
            count(
                "title", folded(found.title) == folded(entry["title"]), each.path, found.title, entry["title"]
            )
        if entry.get("url") and found.url and not entry.get("url_note"):
            wanted = canonical_url(entry["url"])
            count("url", found.url == wanted, each.path, found.url, wanted)
        if entry.get("published") and found.published and not entry.get("published_note"):
            wanted = entry["published"].replace("/", "-")
            size = min(len(wanted), len(found.published), 10)
            count("date", found.published[:size] == wanted[:size], each.path, found.published, wanted)
    shares = {name: right / of for name, (right, of) in counts.items()}
    assert shares["title"] >= 0.95 and shares["url"] >= 0.98 and shares["date"] >= 0.93, (
        dict(counts),
        wrong[:60],
    )


def test_reading_twice_gives_the_same(corpus: list[Read], data: Path) -> None:
    sources = content.open().records("sources", Source)
    for each in corpus[::9]:
        again = Read(each.path, (data / "corpus" / each.path).read_bytes(), sources)
        assert again.results == each.results, each.path


def test_every_record_has_facts(corpus: list[Read]) -> None:
    bare = [
        f"{each.path} {each.entry}"
        for each in documents(corpus)
        if each.kind == "record" and each.format != "epss" and not observations(each)
    ]
    assert not bare


def test_kev_and_cve_counts(corpus: list[Read]) -> None:
    by_path = {each.path: each for each in corpus}
    assert len(by_path["kev/known_exploited_vulnerabilities-2026.08.21.json"].results) == 1674
    assert len(by_path["cve5/records.jsonl.gz"].results) == 2600
    csv, json_ = (
        by_path[f"kev/official-2025-08/known_exploited_vulnerabilities.{kind}"] for kind in ("csv", "json")
    )
    assert [each.entry for each in csv.results] == [each.entry for each in json_.results]  # type: ignore[union-attr]
