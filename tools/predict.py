# SPDX-License-Identifier: Apache-2.0
"""Writes predictions in the format of the scorer, with the product's code and shipped weights and nothing else.

python tools/predict.py TASK DATA.jsonl OUT.jsonl [--withhold]

Tasks: attack-sentence, attack-report, cve-attack, cve-cwe, cve-cvss, cve-ssvc, ioc, entities-doc, entities-span,
main-text, feeds, cvss-vectors. `--withhold` (cve-attack): do not look the flaw up in the published mapping.
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import scc.content
import scc.knowledge
from scc.model.document import Document
from scc.model.facts import Actor, Identifier, Indicator, Malware, Technique
from scc.model.provenance import Span
from scc.model.sentences import sentences
from scc.read.flaws.identifiers import CVE
from scc.read.indicators.patterns import candidates
from scc.read.indicators.refang import Refanged
from scc.read.lexicon import search
from scc.read.models.prediction import predict_cvss, predict_ssvc, predict_weaknesses
from scc.read.names.names import note_names
from scc.read.page import Notes, Page
from scc.read.phrases import Words
from scc.read.techniques.technique_model import TechniqueModel, merged, technique_model
from scc.read.techniques.techniques import note_techniques

Row = dict[str, Any]
CONTENT = scc.content.open()
KNOWLEDGE = scc.knowledge.open()


def page_of(text: str) -> tuple[Page, Notes]:
    """A text prepared for reading, with its phrases found."""
    document = Document("doc-0000000000000000", "article", "text", "", text, "", "T3", "TLP:CLEAR")
    page = Page(document)
    search(page, KNOWLEDGE, CONTENT)
    return page, Notes(document)


def stated(text: str, model: TechniqueModel | None = None) -> set[str]:
    """Techniques that a text names, as the model's labels where it has them: labelled data keep ids of their time."""
    page, notes = page_of(text)
    note_techniques(page, notes, KNOWLEDGE)
    found = set()
    for each in notes.of(Technique):
        if isinstance(each.fact, Technique) and each.fact.domain != "atlas":
            id_ = each.fact.stated_id or each.fact.id
            found.add(model.label(id_) if model else id_)
    return found


def unmodelled(named: Iterable[str], labels: Iterable[str]) -> set[str]:
    """Of the techniques a sentence names, those that are no label: of the others the model decides, since a
    row of a table that maps ids is no sentence that shows one."""
    have = {each.partition(".")[0] for each in labels}
    return {each for each in named if each.partition(".")[0] not in have}


def reached(labels: Sequence[str], probabilities: Any, threshold: float) -> set[str]:
    return {label for label, each in zip(labels, probabilities, strict=True) if each >= threshold}


def attack_sentences(rows: Sequence[Row]) -> list[Row]:
    """Of the sentences of one document in their order."""
    model = technique_model(CONTENT)
    if model is None:
        return [{"labels": sorted(stated(row["text"]))} for row in rows]
    found = []
    texts = [row["text"] for row in rows]
    for row, scores, alone in zip(rows, model.probabilities(texts), model.alone(texts), strict=True):
        labels = reached(model.labels, scores, model.head.thresholds[0])
        labels |= unmodelled(stated(row["text"], model), model.labels)
        order = sorted(range(len(scores)), key=lambda column: (-float(scores[column]), -float(alone[column])))
        ranked = [*sorted(labels), *(model.labels[column] for column in order[:12])]
        found.append({"labels": sorted(labels), "ranked": list(dict.fromkeys(ranked))})
    return found


def attack_report(row: Row) -> Row:
    text = row["text"]
    model = technique_model(CONTENT)
    labels = stated(text, model)
    pieces = [text[start:end] for start, end in sentences(text)]
    if model is not None and pieces:
        labels |= reached(model.labels, merged(model.probabilities(pieces)), model.head.thresholds[1])
    return {"labels": sorted(labels)}


def cve_attack(row: Row, withhold: bool) -> Row:
    """The published mapping of the flaw unless withheld; else what follows from how it is reached."""
    if not withhold:
        found = {each.dst.partition(":")[2] for each in KNOWLEDGE.edges("cve", row["cve"], "attack")}
        if found:
            return {"labels": sorted(found)}
    predicted = predict_cvss(row["text"], CONTENT)
    labels = {"T1059"}
    if predicted is not None:
        metrics = dict(part.split(":") for part in predicted.cvss.vector.split("/")[1:])
        if metrics["AV"] == "N" and metrics["UI"] == "N":
            labels.add("T1190")
        elif metrics["UI"] == "R":
            labels |= {"T1203", "T1204.002"}
        if metrics["AV"] == "L":
            labels.add("T1068")
    return {"labels": sorted(labels)}


def cve_cwe(row: Row) -> Row:
    ranked = [each.id for each in predict_weaknesses(row["text"], None, CONTENT, 10)]
    return {"cwe": ranked[0] if ranked else "", "ranked": ranked}


def cve_cvss(row: Row) -> Row:
    found = predict_cvss(row["text"], CONTENT)
    return {"vector": found.cvss.vector if found else ""}


def cve_ssvc(row: Row) -> Row:
    found = predict_ssvc(row["text"], CONTENT)
    return {"automatable": found.automatable, "technical_impact": found.technical_impact} if found else {}


def ioc(row: Row) -> Row:
    found: dict[str, list[str]] = {}
    for each in candidates(Words(Refanged(row["text"]).text)):
        found.setdefault(each.type, []).append(each.value)
    for each in CVE.finditer(row["text"]):
        found.setdefault("cve", []).append(f"CVE-{each[1]}-{each[2]}")
    return {"iocs": {kind: sorted(set(values)) for kind, values in sorted(found.items())}}


def entities_doc(row: Row) -> Row:
    page, notes = page_of(row["text"])
    note_names(page, notes)
    found = []
    for each in notes.observations():
        fact = each.fact
        if isinstance(fact, Actor | Malware):
            kind = "group" if isinstance(fact, Actor) else "tool" if fact.kind == "tool" else "malware"
            id_ = fact.id if fact.id[:1] in ("G", "S") and fact.id[1:].isdigit() else None
            found.append({"mention": fact.written, "type": kind, "id": id_})
    return {"entities": found}


def entities_span(row: Row) -> Row:
    """Observations of the joined tokens, put back on the tokens."""
    from scc import read

    tokens: list[str] = row["tokens"]
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    document = Document(
        "doc-0000000000000000", "article", "text", "", " ".join(tokens), "", "T3", "TLP:CLEAR"
    )
    spans = set()
    for each in read.observe(document, KNOWLEDGE, CONTENT):
        fact, place = each.fact, each.locator
        if not isinstance(place, Span):
            continue
        kind = ""
        if isinstance(fact, Actor):
            kind = "actor"
        elif isinstance(fact, Malware):
            kind = "tool" if fact.kind == "tool" else "malware"
        elif isinstance(fact, Identifier) and fact.scheme == "cve":
            kind = "vulnerability"
        elif isinstance(fact, Indicator):
            kind = "indicator"
        inside = [
            number
            for number, start in enumerate(starts)
            if start < place.end and start + len(tokens[number]) > place.start
        ]
        if kind and inside:
            spans.add((inside[0], inside[-1] + 1, kind))
    return {"spans": sorted(spans)}


def main_text(row: Row) -> Row:
    from scc.read.text.html import read_page

    return {
        "text": read_page(
            gzip.decompress(base64.b64decode(row["html_gz_b64"])).decode("utf-8", "replace")
        ).text
    }


ALIASES = {
    "guid": "id", "description": "summary", "tagline": "subtitle", "issued": "published", "issued_parsed": "published_parsed", "modified": "updated",
    "modified_parsed": "updated_parsed", "date": "updated", "date_parsed": "updated_parsed", "copyright": "rights", "copyright_detail": "rights_detail",
    "tagline_detail": "subtitle_detail", "description_detail": "summary_detail", "url": "href", "channel": "feed", "items": "entries",
}  # fmt: skip
"""feedparser answers to these older names too; JSON has to spell them out."""


def feeds(row: Row) -> Row:
    from scc.read.text.feeds import parse_feed

    found = plain(
        {
            key: value
            for key, value in parse_feed(base64.b64decode(row["raw_b64"])).items()
            if key != "bozo_exception"
        }
    )
    return found if isinstance(found, dict) else {}


def plain(value: Any) -> Any:
    """A parsed feed in values of JSON, with the older names that feedparser answers to."""
    if isinstance(value, dict):
        found = {str(key): plain(each) for key, each in value.items()}
        return (
            _aliased(found)
            if "title" in found
            or "links" in found
            or "entries" in found
            or "summary" in found
            or "updated" in found
            else found
        )
    if isinstance(value, list | tuple | time.struct_time | set):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _aliased(found: Row) -> Row:
    """A feed or entry with the names that feedparser answers to without having them."""
    for alias, name in ALIASES.items():
        if alias.startswith("description") and name not in found:
            name = name.replace("summary", "subtitle")
        if alias not in found and name in found:
            found[alias] = found[name]
    links = [each for each in found.get("links") or [] if isinstance(each, dict)]
    if links:
        found.setdefault(
            "enclosures",
            [
                {key: each[key] for key in each if key != "rel"}
                for each in links
                if each.get("rel") == "enclosure"
            ],
        )
        licences = [each.get("href") for each in links if each.get("rel") == "license"]
        if licences:
            found.setdefault("license", licences[0])
    if found.get("tags"):
        found.setdefault("category", found["tags"][0].get("term"))
        found.setdefault("categories", [[each.get("scheme"), each.get("term")] for each in found["tags"]])
    return found


def cvss_vectors(row: Row) -> Row:
    import cvss

    vector = row["vector"]
    try:
        if vector.startswith("CVSS:4"):
            return {"scores": [float(cvss.CVSS4(vector).base_score)]}
        kind = cvss.CVSS3 if vector.startswith("CVSS:3") else cvss.CVSS2
        return {"scores": [None if each is None else float(each) for each in kind(vector).scores()]}
    except cvss.CVSSError:
        return {"scores": []}


TASKS: dict[str, Callable[[Row], Row]] = {
    "attack-sentence": lambda row: attack_sentences([row])[0],
    "attack-report": attack_report,
    "cve-cwe": cve_cwe,
    "cve-cvss": cve_cvss,
    "cve-ssvc": cve_ssvc,
    "ioc": ioc,
    "entities-doc": entities_doc,
    "entities-span": entities_span,
    "main-text": main_text,
    "feeds": feeds,
    "cvss-vectors": cvss_vectors,
}


def predict(task: str, row: Row, withhold: bool = False) -> Row:
    """The prediction for one row, with its id and the milliseconds it took."""
    begun = time.perf_counter()
    found = cve_attack(row, withhold) if task == "cve-attack" else TASKS[task](row)
    return {"id": row["id"], **found, "ms": round((time.perf_counter() - begun) * 1000, 3)}


def predictions(task: str, rows: Iterable[Row], withhold: bool) -> Iterator[Row]:
    """Predictions of a file. Sentences of a document are read together, as the product reads them."""
    if task != "attack-sentence":
        yield from (predict(task, row, withhold) for row in rows)
        return
    documents: dict[str, list[Row]] = {}
    for row in rows:
        documents.setdefault(row.get("doc", row["id"]), []).append(row)
    for part in documents.values():
        together = sorted(part, key=lambda row: row.get("n", 0))
        begun = time.perf_counter()
        found = attack_sentences(together)
        each_ms = round((time.perf_counter() - begun) * 1000 / len(together), 3)
        for row, answer in zip(together, found, strict=True):
            yield {"id": row["id"], **answer, "ms": each_ms}


def main() -> int:
    """Read, predict, write; 0 on success, 2 on wrong use."""
    given = [each for each in sys.argv[1:] if not each.startswith("--")]
    if len(given) != 3 or given[0] not in {*TASKS, "cve-attack"}:
        print(__doc__, file=sys.stderr)
        return 2
    task, source, target = given[0], Path(given[1]), Path(given[2])
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        rows = (json.loads(line) for line in lines if line.strip())
        for found in predictions(task, rows, "--withhold" in sys.argv[1:]):
            out.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
