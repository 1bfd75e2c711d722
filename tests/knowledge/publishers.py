# SPDX-License-Identifier: Apache-2.0
"""The small downloads in the forms in which their publishers offer them, served on this machine.

The addresses are those of the shipped list with other hosts, so its paths and placeholders are tried too.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import re
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import quoteattr

import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from scc import content
from scc.knowledge.downloads import Publisher

COMMIT = "0123456789abcdef0123456789abcdef01234567"
HOSTS = ("api.github.com", "raw.githubusercontent.com", "github.com", "cwe.mitre.org", "www.cisa.gov")


def _downloads() -> ModuleType:
    spec = importlib.util.spec_from_file_location("downloads", Path(__file__).parent / "downloads.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


downloads = _downloads()


def collection(bundle: dict[str, Any], version: str = "19.2") -> bytes:
    """A STIX bundle as MITRE publishes it: with the object that names its version."""
    stated = {"type": "x-mitre-collection", "id": "x-mitre-collection--1", "x_mitre_version": version}
    return json.dumps({**bundle, "objects": [stated, *bundle["objects"]]}).encode()


def enterprise(found: dict[str, bytes]) -> dict[str, Any]:
    """The enterprise bundle with what the small downloads tell by MISP clusters alone."""
    bundle = json.loads(found["attack/enterprise-attack-18.1.stix20.json.gz"])
    types = {"attack-pattern": "attack-pattern", "course-of-action": "course-of-action", "intrusion-set": "intrusion-set",
             "malware": "malware", "tool": "tool", "detection-strategy": "x-mitre-detection-strategy"}  # fmt: skip
    by_uuid: dict[str, str] = {}
    rows = []
    for name, type_ in types.items():
        for each in json.loads(found[f"misp-galaxy/mitre-{name}.json.gz"])["values"]:
            id_ = each["meta"]["external_id"]
            if not id_.startswith("TA"):
                by_uuid[each["uuid"]] = f"{type_}--{id_}"
                rows.append((type_, id_, each))
    known = {each["id"] for each in bundle["objects"]}
    for type_, id_, each in rows:
        phases = {
            one.rpartition(":")[2] for one in each["meta"].get("kill_chain", ()) if not one.startswith("pre-")
        }
        if id_ == "T1393":
            continue  # retired before: MITRE's bundle does not hold it
        made = downloads._stix(
            type_, id_, each["value"].rpartition(" - ")[0], revoked=bool(each.get("revoked")),
            kill_chain_phases=[{"kill_chain_name": "mitre-attack", "phase_name": one} for one in sorted(phases)],
            x_mitre_platforms=each["meta"].get("mitre_platforms", []), aliases=each["meta"].get("synonyms", []),
        )  # fmt: skip
        if type_ == "x-mitre-detection-strategy":
            made["x_mitre_analytic_refs"] = ["x-mitre-analytic--AN1000"]
        if made["id"] not in known:
            bundle["objects"].append(made)
        for one in each.get("related", ()):
            if one["dest-uuid"] in by_uuid and one["type"] != "composed-of":
                bundle["objects"].append(
                    downloads._relation(one["type"], made["id"], by_uuid[one["dest-uuid"]])
                )
    return bundle


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def cwe_xml(catalogue: dict[str, Any], version: str = "4.20") -> bytes:
    """The catalogue in the form of cwec_latest.xml (schema cwe_schema_v7)."""
    rows = []
    for each in catalogue["Weaknesses"]:
        related = "".join(
            f'<Related_Weakness Nature="{one["Nature"]}" CWE_ID="{one["CweID"]}" View_ID="{one["ViewID"]}"/>'
            for one in each.get("RelatedWeaknesses", ())
        )
        patterns = "".join(
            f'<Related_Attack_Pattern CAPEC_ID="{one}"/>' for one in each.get("RelatedAttackPatterns", ())
        )
        usage = each.get("MappingNotes", {}).get("Usage", "Allowed")
        rows.append(
            f'<Weakness ID="{each["ID"]}" Name={quoteattr(each["Name"])} Status="{each.get("Status", "Draft")}" '
            f'Abstraction="{each.get("Abstraction", "Base")}"><Description>{downloads.TEXT}</Description>'
            f"<Related_Weaknesses>{related}</Related_Weaknesses>"
            f"<Related_Attack_Patterns>{patterns}</Related_Attack_Patterns>"
            f"<Mapping_Notes><Usage>{usage}</Usage></Mapping_Notes></Weakness>"
        )
    ranks = "".join(
        f'<Category ID="{1353 + place}" Name="OWASP Top Ten {year} Category {rank["id"]} - {rank["title"]}" Status="Draft">'
        f"<Relationships>{''.join(_member(each, '1344') for each in rank['cwes'])}</Relationships></Category>"
        for place, (year, rank) in enumerate(
            (year, rank) for year, ranks in downloads.OWASP.items() for rank in ranks
        )
    )
    views = "".join(
        f'<View ID="{each["ID"]}" Name="View" Status="Draft"><Members>'
        f"{''.join(_member(one['CweID'], one['ViewID']) for one in each['Members'])}</Members></View>"
        for each in catalogue["Views"]
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Weakness_Catalog Name="CWE" Version="{version}" '
        f'xmlns="http://cwe.mitre.org/cwe-7"><Weaknesses>{"".join(rows)}</Weaknesses>'
        f"<Categories>{ranks}</Categories><Views>{views}</Views></Weakness_Catalog>"
    ).encode()


def _member(weakness: object, view: str) -> str:
    return f'<Has_Member CWE_ID="{weakness}" View_ID="{view}"/>'


def _oscal(groups: list[dict[str, Any]], version: str) -> bytes:
    return json.dumps({"catalog": {"metadata": {"version": version}, "groups": groups}}).encode()


CSF = [{"id": "PR", "class": "function", "title": "Protect", "controls": [
    {"id": "PR.AA", "class": "category", "title": "Identity Management, Authentication, and Access Control", "controls": [
        {"id": "PR.AA-01", "title": "PR.AA-01", "parts": [{"name": "example", "prose": downloads.TEXT}]}]},
    {"id": "PR.AC", "class": "category", "title": "Access Control", "controls": [
        {"id": "PR.AC-01", "title": "PR.AC-01", "parts": [{"name": "statement", "prose": downloads.TEXT}]}]},
]}]  # fmt: skip
SP171 = [{"id": "SP_800_171_03.05", "class": "family", "title": "Identification", "controls": [
    {"id": "SP_800_171_03.05.03", "title": "Multi-Factor Authentication"}]}]  # fmt: skip


def rule(each: dict[str, Any]) -> bytes:
    """A Sigma rule of a row of the index."""
    tags = [f"attack.{one.lower()}" for one in each["techniques"]]
    body = {**{key: each[key] for key in ("id", "title", "status", "level", "logsource")}, "tags": tags,
            "author": each.get("author", ""), "description": downloads.TEXT,
            "detection": {"selection": {"EventID": 1}, "condition": "selection"}}  # fmt: skip
    return yaml.safe_dump(body, sort_keys=False).encode()


def published(contents: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """What each publisher offers, by the role that it has for the builders."""
    found = dict(contents or downloads.files())
    bundles = {"enterprise": "enterprise-attack-18.1.stix20", "mobile": "mobile-attack-18.1.stix20", "ics": "ics-attack-18.1.stix21"}  # fmt: skip
    found["attack/enterprise-attack-18.1.stix20.json.gz"] = json.dumps(enterprise(found)).encode()
    for name in bundles.values():
        key = f"attack/{name}.json.gz"
        found[key] = collection(json.loads(found[key]))
    catalogue = json.loads(found["cwe/cwe-4.19.1.json.gz"])
    found["cwe/cwe-4.19.1.json.gz"] = zipped({"cwec_v4.20.xml": cwe_xml(catalogue)})
    for key in list(found):
        if key.startswith("nist/") and found[key].startswith(b"{"):
            document = json.loads(found[key])
            next(iter(document.values()))["metadata"] = {"version": "5.2.0"}
            found[key] = json.dumps(document).encode()
    found["nist/NIST_CSF_v2.0_catalog.xml.gz"] = _oscal(CSF, "1.2.0")
    found["nist/NIST_SP800-171_rev3_catalog.xml.gz"] = _oscal(SP171, "1.1.0")
    rules = {each["path"]: rule(each) for each in json.loads(found["sigma/sigma-index.json.gz"])}
    found["sigma/sigma-index.json.gz"] = zipped(
        {f"sigma-{COMMIT}/{path}": body for path, body in rules.items()}
        | {f"sigma-{COMMIT}/tests/other.yml": b"a: 1", f"sigma-{COMMIT}/README.md": b"# Sigma"}
    )
    for key in list(found):
        if key.startswith("misp-taxonomies/"):
            found[key] = json.dumps({"version": 3, **json.loads(found[key])}).encode()
    found["ctid/cri_profile-v2.1_attack-16.1-enterprise.json.gz"] = json.dumps(
        downloads._mapping(
            "cri", "2.1", ("PR.AA-01.01", "T1562", "mitigates"), ("EX.DD-04", "T1562", "mitigates")
        )
    ).encode()
    return found


def blob(data: bytes) -> str:
    """git hash-object, computed apart from the code under test."""
    state = hashlib.sha1()
    state.update(f"blob {len(data)}".encode() + b"\x00")
    state.update(data)
    return state.hexdigest()


class Publishers:
    """A server on this machine that stands for all publishers; `answers` may be changed by a test."""

    def __init__(self, server: HTTPServer, contents: dict[str, bytes] | None = None) -> None:
        self.server = server
        self.places = content.open().records("downloads", Publisher)
        self.offered = published(contents)
        self.answers: dict[str, bytes | Response] = {}
        self.asked: list[str] = []
        for place in self.places:
            self._offer(place)
        server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    def _offer(self, place: Publisher) -> None:
        rows = []
        for file in place.files:
            data = self.offered[file.role]
            path = file.path.replace("{commit}", COMMIT)
            self.answers[_path(place.base.replace("{commit}", COMMIT) + path)] = data
            rows.append({"path": path, "type": "blob", "sha": blob(data), "size": len(data)})
            if place.check == "archive":
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    rows += [
                        {"path": name.partition("/")[2], "type": "blob", "sha": blob(archive.read(name))}
                        for name in archive.namelist()
                    ]
        if place.head:
            head = {"ref": "refs/heads/main", "object": {"type": "commit", "sha": COMMIT}}
            self.answers[_path(place.head)] = json.dumps(head).encode()
        if place.listing:
            tree = (
                rows if "/contents/" in place.listing else {"sha": COMMIT, "tree": rows, "truncated": False}
            )
            self.answers[_path(place.listing.replace("{commit}", COMMIT))] = json.dumps(tree).encode()

    def path(self, role: str) -> str:
        """The path on this server of the file with a role."""
        for place in self.places:
            for file in place.files:
                if file.role == role:
                    return _path((place.base + file.path).replace("{commit}", COMMIT))
        raise KeyError(role)

    def listing(self, place: str) -> str:
        """The path on this server of a publisher's list of files."""
        (found,) = (each for each in self.places if each.id == place)
        return _path(found.listing.replace("{commit}", COMMIT))

    def head(self, place: str) -> str:
        (found,) = (each for each in self.places if each.id == place)
        return _path(found.head)

    def _answer(self, request: Request) -> Response:
        path = request.full_path.rstrip("?")
        self.asked.append(path)
        found = self.answers.get(path)
        if found is None:
            return Response(b"404: Not Found", 404)
        return found if isinstance(found, Response) else Response(found, 200)

    def overlay(self, folder: Path) -> Path:
        """A folder of content with the list pointing at this server."""
        text = (Path(content.__file__).parent / "downloads" / "official.yaml").read_text()
        for host in HOSTS:
            text = text.replace(f"https://{host}/", f"http://127.0.0.1:{self.server.port}/{host}/")
        assert "https://" not in "".join(line for line in text.splitlines(True) if not line.startswith("#"))
        (folder / "downloads").mkdir(parents=True)
        (folder / "downloads" / "official.yaml").write_text(text)
        return folder


def _path(url: str) -> str:
    return "/" + url.removeprefix("https://")
