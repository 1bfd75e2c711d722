# SPDX-License-Identifier: Apache-2.0
"""Fetching the official downloads from a server on this machine: whole or not at all."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import shutil
import socket
import stat
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from scc import content, knowledge
from scc.collect.http import Door, Limits
from scc.knowledge import update
from scc.knowledge.build import archives, build, cwe, sigma
from scc.knowledge.build.release import cluster_id, cluster_name, from_stix, read
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.downloads import Publisher, publishers
from scc.knowledge.fetch import NONE
from scc.knowledge.pack import EdgeGroup, Pack
from scc.model.errors import CollectError, SccError

CWE = "cwe/cwe-4.19.1.json.gz"
SIGMA = "sigma/sigma-index.json.gz"
ENTERPRISE = "attack/enterprise-attack-18.1.stix20.json.gz"
KEV = "kev/known_exploited_vulnerabilities.json.gz"


@pytest.fixture(scope="session")
def served() -> ModuleType:
    """The module that serves the small downloads."""
    spec = importlib.util.spec_from_file_location("publishers", Path(__file__).parent / "publishers.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Run:
    """A data folder, the server, and updates through the real door."""

    def __init__(self, server: Any, shipped: Path, folder: Path) -> None:
        self.server, self.shipped, self.data = server, shipped, folder / "data"
        self.places = publishers(content.open(server.overlay(folder / "overlay")))
        self.clock: Callable[[], float] = lambda: 0.0

    def update(self, daily: bool = False, keep: Path | None = None) -> update.Report:
        places = [each for each in self.places if each.daily or not daily]
        with Door(Limits(seconds=20, pause=0, private=True)) as door:
            return update.update_with(
                lambda url, largest: door.get(url, largest=largest).data,
                self.data, self.shipped, places, "2026-11-24", self.clock, keep,
            )  # fmt: skip

    def refuses(self, match: str) -> SccError:
        """An update that must fail with that message and leave everything as it was."""
        before = self.state()
        with pytest.raises(SccError, match=match) as found:
            self.update()
        assert self.state() == before
        said = found.value.diagnostics()
        assert "\n" not in said and found.value.todo, said
        return found.value

    def state(self) -> list[tuple[str, bytes]]:
        return [
            (path.relative_to(self.data).as_posix(), path.read_bytes() if path.is_file() else b"")
            for path in sorted(self.data.rglob("*"))
        ]

    def pack(self) -> Pack:
        return Pack(update.current(self.data) or self.shipped)


@pytest.fixture
def run(served: ModuleType, httpserver: HTTPServer, small_folder: Path, tmp_path: Path) -> Iterator[Run]:
    yield Run(served.Publishers(httpserver), small_folder, tmp_path)


def test_the_whole_pack_is_built_from_what_publishers_offer(run: Run, small_folder: Path) -> None:
    report = run.update()
    old, new = Pack(small_folder), run.pack()
    assert report.pack == new.manifest.pack != old.manifest.pack
    assert new.names() == old.names()
    found = {each.name: each.version for each in new.manifest.datasets}
    assert found["MITRE ATT&CK enterprise (STIX)"] == "19.2"
    assert found["MITRE CWE"] == "4.20"
    assert "MITRE ATT&CK via MISP galaxy" not in found
    made = knowledge.Knowledge(new, content.open())
    technique = made.technique("T1562")
    assert technique is not None and technique.version == "19.2" and technique.status == "live"
    weakness = made.weakness("CWE-287")
    assert weakness is not None and weakness.owasp2021 == ("A07:2021",) and weakness.parents == ("CWE-284",)
    node = made.node("nist-csf-2.0", "PR.AC-01")
    assert node is not None and node.status == "revoked"
    assert [each.id for each in made.sigma("T1685")] == [
        each.id for each in knowledge.Knowledge(old, content.open()).sigma("T1685")
    ]


def test_tables_that_nobody_offers_and_retired_ids_are_kept(run: Run, small_folder: Path) -> None:
    run.update()
    old, new = Pack(small_folder), run.pack()
    for section in (
        "edges-iso",
        "edges-hipaa",
        "edges-csf",
        "edges-cwe-prior",
        "edges-d3fend",
        "nodes-owasp-llm-2025",
    ):
        assert old.section(section) == new.section(section) or section in ("edges-cwe-prior",), section
    prior = {pair for each in new.read("edges-cwe-prior", tuple[EdgeGroup, ...]) for pair in each.pairs}
    assert prior == {("CWE-611", "T1574")}, "drawn anew from the KEV catalogue and CTID's mapping"
    made = knowledge.Knowledge(new, content.open())
    assert made.resolve("attack", "T1393").status == "deprecated", "retired before the STIX at hand"
    assert made.resolve("attack", "T1562.001").status == "revoked"
    assert made.resolve("nist-800-53r5", "AC-13").current == ("AC-2",)
    datasets = {each.name: each for each in new.manifest.datasets}
    assert "edges-derived" in datasets["NIST SP 800-66r2"].sections


def test_each_file_says_how_it_was_checked(run: Run) -> None:
    report = run.update()
    checked = {each.file: each.checked for each in report.sources}
    assert len(checked) == sum(len(each.files) for each in run.places)
    assert {name for name, how in checked.items() if how == NONE} == {
        "cwe/cwec_latest.xml.zip", "kev/known_exploited_vulnerabilities.json",
    }  # fmt: skip
    (archive,) = (how for name, how in checked.items() if name.startswith("sigma/"))
    assert archive == "git blob ids of 2 rules"
    assert checked["attack/enterprise-attack/enterprise-attack.json"] == "git blob id"


def test_the_same_downloads_again_change_nothing(run: Run) -> None:
    first = run.update()
    again = run.update()
    assert again.pack == again.previous == first.pack
    assert (again.added, again.changed, again.revoked) == ((), (), ())


def test_a_year_later_the_report_names_ids_by_what_became_of_them(
    run: Run, served: ModuleType, httpserver: HTTPServer, tmp_path: Path
) -> None:
    run.update()
    contents = served.downloads.files()
    galaxy = json.loads(contents["misp-galaxy/mitre-attack-pattern.json.gz"])
    for each in galaxy["values"]:
        if each["meta"]["external_id"] == "T1574":
            each["revoked"] = True
            each["related"] = [{"dest-uuid": "uuid-T1685", "type": "revoked-by"}]
    galaxy["values"].append(served.downloads._value("T1078", "Valid Accounts"))
    contents["misp-galaxy/mitre-attack-pattern.json.gz"] = json.dumps(galaxy).encode()
    kev = json.loads(contents[KEV])
    kev["vulnerabilities"].append({"cveID": "CVE-2026-0001", "dateAdded": "2026-08-20"})
    contents[KEV] = json.dumps({**kev, "count": 2}).encode()
    httpserver.clear()
    later = Run(served.Publishers(httpserver, contents), run.shipped, tmp_path / "later")
    later.data = run.data
    report = later.update()
    assert report.revoked == ("attack:T1574",)
    assert report.added == ("attack:T1078",)
    assert report.changed == (), "a newer version of a dataset alone is no change of its ids"
    assert report.kev_added == ("CVE-2026-0001",)
    made = knowledge.Knowledge(later.pack(), content.open())
    assert made.resolve("attack", "T1574").current == ("T1685",)
    assert update.rollback(run.data, run.shipped) == report.previous


def test_daily_lists_alone(run: Run, small_folder: Path) -> None:
    report = run.update(daily=True)
    assert {each.file.partition("/")[0] for each in report.sources} == {
        "misp-warninglists", "misp-taxonomies", "ssvc", "kev",
    }  # fmt: skip
    old, new = Pack(small_folder), run.pack()
    for name in ("techniques", "weaknesses", "sigma", "edges-ctid"):
        assert old.section(name) == new.section(name)
    assert not any("attack-stix-data" in each for each in run.server.asked)


def test_what_was_fetched_can_be_kept_and_used_offline(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    online = run.update(keep=kept)
    assert (kept / "cwe" / "cwec_latest.xml.zip").is_file()
    offline = update.update_from(kept, tmp_path / "elsewhere", run.shipped)
    assert offline.pack == online.pack
    with pytest.raises(SccError, match="not an empty folder"):
        run.update(keep=kept)
    (kept / "attack" / "mobile-attack" / "mobile-attack.json").write_bytes(b"{}")
    with pytest.raises(SccError, match="digest differs"):
        update.update_from(kept, tmp_path / "third", run.shipped)
    assert update.current(tmp_path / "third") is None


def _slip(name: str = "../../evil.yml", mode: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, "title: x")
    return out.getvalue()


PAGE = b"<!DOCTYPE html><html><body>Please sign in</body></html>"
POISON: dict[str, tuple[str, bytes | Response, str]] = {
    "a page in place of the archive": (CWE, PAGE, "answered with a web page"),
    "a page in place of JSON": (KEV, b"\n  <html>" + PAGE, "answered with a web page"),
    "an altered file": (ENTERPRISE, b'{"objects": []}', "does not have the checksum"),
    "half of JSON": (KEV, b'{"catalogVersion": "1", "vulnerabilities": [{"cveID": "CVE-20', "is not whole JSON"),
    "JSON of another kind": (KEV, b"[]", "does not state its version"),
    "fewer rows than it says": (
        KEV, b'{"catalogVersion": "1", "dateReleased": "2026-01-01", "count": 900, "vulnerabilities": []}',
        "not hold as many rows",
    ),
    "nothing": (CWE, b"", "came empty"),
    "no archive": (CWE, b"PK\x03\x04 nonsense", "no whole zip archive"),
    "a name that leads out": (SIGMA, _slip(), "leads out of its folder"),
    "an absolute name": (CWE, _slip("/etc/cwe.xml"), "leads out of its folder"),
    "a drive": (CWE, _slip("C:\\cwe.xml"), "leads out of its folder"),
    "a link": (CWE, _slip("cwe.xml", stat.S_IFLNK | 0o777), "holds a link"),
    "an archive without the rules": (SIGMA, _slip("sigma/tests/a.yml"), "0 of the 2 rules"),
    "an altered rule": (SIGMA, _slip("sigma/rules/a.yml"), "rules/a.yml does not have the checksum"),
    "an error": (ENTERPRISE, Response(b"", 503), "answered 503"),
    "not there any more": (ENTERPRISE, Response(b"", 404), "answered 404"),
}  # fmt: skip


@pytest.mark.parametrize("name", POISON)
def test_a_poisoned_answer_changes_nothing_and_is_told_in_one_line(
    run: Run, name: str, small_folder: Path, downloads: ModuleType, tmp_path: Path
) -> None:
    update.update_from(downloads.write(tmp_path / "before"), run.data, small_folder)
    role, body, match = POISON[name]
    run.server.answers[run.server.path(role)] = body
    run.refuses(match)


def test_half_an_archive_changes_nothing(run: Run) -> None:
    path = run.server.path(CWE)
    whole = run.server.answers[path]
    run.server.answers[path] = whole[: len(whole) // 2]
    run.refuses("no whole zip archive")


def test_an_archive_that_unpacks_without_end_is_refused(
    run: Run, served: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MEMBER_MOST", 1_000_000)
    bomb = served.zipped({"cwe.xml": b" " * 5_000_000})
    assert len(bomb) < 10_000
    run.server.answers[run.server.path(CWE)] = bomb
    run.refuses("unpacks to more than 1 MB")


def test_many_small_members_are_refused(
    run: Run, served: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MEMBERS_MOST", 10)
    run.server.answers[run.server.path(CWE)] = served.zipped({f"{number}.xml": b"" for number in range(11)})
    run.refuses("more than 10 members")


def test_a_header_that_lies_about_the_size_does_not_help(run: Run, served: ModuleType) -> None:
    data = bytearray(served.zipped({"cwe.xml": b" " * 100_000}))
    place = data.index(b"PK\x01\x02") + 24  # uncompressed size in the central directory
    data[place : place + 4] = (10).to_bytes(4, "little")
    run.server.answers[run.server.path(CWE)] = bytes(data)
    run.refuses("no whole zip archive|states no CWE version")


@pytest.mark.parametrize(
    ("answer", "match"),
    [(b'{"tree": [], "truncated": true}', "only a part"), (b'{"tree": []}', "not in its publisher's list"),
     (b"{", "does not answer with JSON"), (b'{"message": "Not Found"}', "no list of files"), (PAGE, "does not answer with JSON")],
)  # fmt: skip
def test_a_list_of_files_that_cannot_be_used(run: Run, answer: bytes, match: str) -> None:
    run.server.answers[run.server.listing("attack")] = answer
    run.refuses(match)


@pytest.mark.parametrize("answer", [b"[]", b'{"object": {"sha": "main"}}', b'{"object": {"sha": "../../x"}}'])
def test_a_reference_that_names_no_commit(run: Run, answer: bytes) -> None:
    run.server.answers[run.server.head("atlas")] = answer
    run.refuses("names no commit")


def test_too_many_requests_are_told_as_such(run: Run) -> None:
    run.server.answers[run.server.head("atlas")] = Response(b"{}", 403, {"x-ratelimit-remaining": "0"})
    assert run.refuses("answered 403").todo == "Try again later."


def test_more_bytes_than_a_file_may_have_are_not_read(run: Run, served: ModuleType) -> None:
    path = run.server.path("ssvc/cisa_bod_26_04_1_0_0.csv")
    run.server.answers[path] = b"x" * 3_000_000
    found = run.refuses("sends more than 1 MB")
    assert isinstance(found, CollectError), "the door stops, not the memory"


def test_fetching_has_an_end(run: Run) -> None:
    ticks = iter(range(0, 10_000_000, 200))
    run.clock = lambda: float(next(ticks))
    run.refuses("took more than 30 minutes")
    assert len(run.server.asked) < 10


def test_a_server_that_breaks_off_changes_nothing(run: Run) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        connection.close()

    thread = threading.Thread(target=answer)
    thread.start()
    port = listener.getsockname()[1]
    (kev,) = (each for each in run.places if each.id == "kev")
    run.places = (msgspec.structs.replace(kev, base=f"http://127.0.0.1:{port}/"),)
    run.refuses("was not fetched: peer closed connection")
    thread.join()
    listener.close()


def test_a_section_that_lost_most_of_its_rows_is_refused(run: Run, served: ModuleType) -> None:
    run.update()
    kev = json.loads(run.server.answers[run.server.path(KEV)])
    run.server.answers[run.server.path(KEV)] = json.dumps({**kev, "count": 0, "vulnerabilities": []}).encode()
    run.refuses("less than half")


def test_the_list_gives_the_builders_all_that_they_ask_for(run: Run) -> None:
    """Every file that a build reads is fetched, except the tables that no publisher offers."""
    roles = [file.role for place in run.places for file in place.files]
    assert len(roles) == len(set(roles))
    run.update()
    upstream = [each for place in content.open().records("downloads", Publisher) for each in place.files]
    assert {each.role for each in upstream} == set(roles)
    for place in content.open().records("downloads", Publisher):
        assert place.licence and place.base.startswith("https://") and place.base.endswith("/")
        assert (place.check == "none") == (not place.head and not place.listing)


@pytest.fixture(scope="module")
def real(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mirror of the official downloads at hand."""
    return data / "upstream"


@pytest.mark.corpus
def test_the_official_xml_of_cwe_is_read_as_the_json_is(real: Path) -> None:
    """CWE 4.14 in the form of the download: every weakness it shares with 4.19.1 has the same id and, where
    neither its name nor its parents changed since, the same facts."""
    old = cwe.catalogue(gzip.decompress((real / "cwe" / "cwec_v4.14.xml.gz").read_bytes()), "cwec_v4.14.xml")
    new = cwe.catalogue(
        gzip.decompress((real / "cwe" / "cwe-4.19.1.json.gz").read_bytes()), "cwe-4.19.1.json"
    )
    before = {each["ID"]: each for each in old["Weaknesses"]}
    after = {each["ID"]: each for each in new["Weaknesses"]}
    assert len(before) == 963 and set(before) <= set(after)
    same = [id_ for id_ in before if before[id_]["Name"] == after[id_]["Name"]]
    assert len(same) > 0.9 * len(before)
    alike = [
        id_ for id_ in same
        if {one["CweID"] for one in before[id_]["RelatedWeaknesses"] if one["Nature"] == "ChildOf" and one["ViewID"] == "1000"}
        == {one["CweID"] for one in after[id_].get("RelatedWeaknesses", ()) if one["Nature"] == "ChildOf" and one["ViewID"] == "1000"}
    ]  # fmt: skip
    assert len(alike) > 0.95 * len(same)
    assert (
        before["287"]["MappingNotes"] == {"Usage": "Discouraged"}
        and "22" in before["287"]["RelatedAttackPatterns"]
    )
    assert cwe.lists(old)["2021"] == cwe.lists(new)["2021"]


@pytest.mark.corpus
def test_the_lists_of_owasp_drawn_from_cwe_are_those_of_the_mirror(real: Path) -> None:
    found = cwe.lists(
        cwe.catalogue(gzip.decompress((real / "cwe" / "cwe-4.19.1.json.gz").read_bytes()), "cwe")
    )
    listed = json.loads((real / "owasp" / "owasp-top10-cwe.json").read_text())
    assert found.keys() == listed.keys()
    for year, ranks in listed.items():
        assert [(each["id"], each["title"], sorted(each["cwes"])) for each in ranks] == [
            (each["id"], each["title"], each["cwes"]) for each in found[year]
        ]


@pytest.mark.corpus
def test_the_index_of_sigma_drawn_from_the_rules_is_that_of_the_mirror(
    real: Path, served: ModuleType
) -> None:
    with tarfile.open(real / "sigma" / "sigma-rules-2026-08-05.tar.gz") as archive:
        rules = {
            f"sigma-x/{each.name}": stream.read()
            for each in archive.getmembers()
            if each.isfile() and (stream := archive.extractfile(each)) is not None
        }
    found = {each["id"]: each for each in sigma.index(served.zipped(rules), "sigma.zip")}
    listed = {
        each["id"]: each
        for each in json.loads(gzip.decompress((real / "sigma" / "sigma-index.json.gz").read_bytes()))
    }
    assert found.keys() == listed.keys() and len(listed) > 3700
    for id_, each in listed.items():
        for key in ("title", "status", "path"):
            assert found[id_][key] == each[key], id_
        assert sorted(found[id_]["techniques"]) == sorted(each["techniques"]), id_
        assert (found[id_]["level"] or None) == (each.get("level") or None)
        parts = ("product", "category", "service")
        assert [found[id_]["logsource"].get(key) for key in parts] == [
            each["logsource"].get(key) for key in parts
        ]


@pytest.mark.corpus
def test_tables_drawn_anew_are_those_of_the_mirror(real: Path, tmp_path: Path) -> None:
    """A mirror without the tables drawn from the CRI Profile and from KEV gives the same edges."""
    listing = json.loads((real / "MANIFEST.json").read_text())
    gone = (
        "derived/attack-csf2-via-cri.csv",
        "derived/cwe-attack-from-kev.csv",
        "owasp/owasp-top10-cwe.json",
    )
    shutil.copytree(real, tmp_path / "less", ignore=shutil.ignore_patterns("frameworks", "MANIFEST.json"))
    (tmp_path / "less").chmod(0o755)
    rows = [each for each in listing["files"] if each["file"] not in gone]
    (tmp_path / "less" / "MANIFEST.json").write_text(json.dumps({"files": rows}))
    build(tmp_path / "less", tmp_path / "a")
    build(real, tmp_path / "b")
    assert Pack(tmp_path / "a").manifest.pack == Pack(tmp_path / "b").manifest.pack


@pytest.mark.corpus
def test_attack_from_stix_alone_is_attack_18_1(real: Path) -> None:
    """Entries made from MITRE's STIX hold what the clusters (19.0) hold of the ids that both versions share."""
    source = Upstream(real)
    release = read(source)
    made = from_stix(release.bundles)
    galaxy = {cluster_id(each): each for each in release.clusters["attack-pattern"]}
    shared = [each for each in made["attack-pattern"] if cluster_id(each) in galaxy]
    assert len(shared) > 0.98 * len(made["attack-pattern"]) > 900
    same_name = sum(cluster_name(each) == cluster_name(galaxy[cluster_id(each)]) for each in shared)
    assert same_name > 0.97 * len(shared)
    assert all(each["uuid"] == galaxy[cluster_id(each)]["uuid"] for each in shared)
    uses = {
        each["uuid"]: {one["dest-uuid"] for one in each["related"] if one["type"] == "uses"}
        for each in made["intrusion-set"]
    }
    listed = {
        each["uuid"]: {one["dest-uuid"] for one in each.get("related", ()) if one["type"] == "uses"}
        for each in release.clusters["intrusion-set"]
    }
    both = [key for key in uses if key in listed]
    assert len(both) > 180
    kept = sum(len(uses[key] & listed[key]) for key in both) / sum(len(uses[key]) for key in both)
    assert kept > 0.85, kept


@pytest.mark.corpus
def test_an_update_from_the_mirror_is_reported_and_a_second_one_changes_nothing(
    real: Path, tmp_path: Path
) -> None:
    shipped = content.open().file("pack")
    report = update.update_from(real, tmp_path, shipped)
    assert (report.added, report.changed, report.revoked) == ((), (), ())
    assert report.kev_added == () and len(report.kev_gone) > 0, (
        "the mirror's KEV is older than the shipped one"
    )
    again = update.update_from(real, tmp_path, shipped)
    assert again.pack == again.previous == report.pack
