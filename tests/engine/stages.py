# SPDX-License-Identifier: Apache-2.0
"""Small stages for tests of the engine alone.

A file's lines are `key: value`; `=== ` starts an entry of a container. Documents with the same `event`
are one story. The engine sees nothing but the seams, so it cannot tell these from the real ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from scc.model.briefing import Briefing, Changes, SourceShown
from scc.model.document import Document, Raw
from scc.model.facts import Identifier, Noise, Observation
from scc.model.ids import digest, short
from scc.model.provenance import Skipped, Span


class Join(msgspec.Struct, frozen=True):
    story: str


class Merge(msgspec.Struct, frozen=True):
    stories: tuple[str, ...]


class New(msgspec.Struct, frozen=True):
    pass


class Propose(msgspec.Struct, frozen=True):
    stories: tuple[str, ...]
    why: str = ""


class Candidate(msgspec.Struct, frozen=True):
    story: str
    features: object


class Judgement(msgspec.Struct, frozen=True):
    type: str
    vulnerabilities: tuple[object, ...] = ()


def split(raw: Raw) -> list[Raw | Skipped]:
    text = raw.data.decode("utf-8", "replace")
    if "\0" in text:
        return [Skipped("quarantined", "Binary.", "binary")]
    if not text.startswith("=== "):
        return [raw]
    parent = digest(raw.data)
    return [
        msgspec.structs.replace(raw, data=part.encode(), parent=parent, entry=part.splitlines()[0].strip())
        for part in text.split("=== ")[1:]
    ]


def fields(text: str) -> dict[str, str]:
    return {
        key.strip(): value.strip()
        for key, _, value in (line.partition(":") for line in text.splitlines() if ":" in line)
    }


def document(raw: Raw, sources: Sequence[object], tlp: str | None = None) -> Document | Skipped:
    text = raw.data.decode()
    if "boom" in text:
        raise ValueError("boom")
    found = fields(text)
    if "skip" in found:
        return Skipped("context", "Not news.", found["skip"])
    url = found.get("url", "")
    return Document(
        id=short("doc", url or f"{raw.path}#{raw.entry}", text), kind=found.get("kind", "article"),
        format="feed-entry" if raw.entry and "kind" not in found else "text", title=found.get("title", "?"),
        text=text, publisher="Example Wire", tier="T3", tlp=tlp or "TLP:CLEAR", url=url, path=raw.path,
        published=found.get("date", ""), entry=raw.entry,
    )  # type: ignore[arg-type] # fmt: skip


def observe(document: Document, knowledge: object, content: object) -> tuple[Observation, ...]:
    found = fields(document.text)
    facts: list[Any] = [Identifier("cve", value) for value in found.get("cve", "").split()]
    if "event" in found:
        facts.append(Identifier("bulletin", found["event"]))
    if "noise" in found:
        facts.append(Noise(found["noise"]))
    return tuple(
        Observation(short("obs", document.id, repr(each)), document.id, each, Span(0, 1), "stated", 1.0)
        for each in facts
    )


def keys(document: Document, observations: Sequence[Observation]) -> tuple[str, ...]:
    return tuple(each.fact.value for each in observations if getattr(each.fact, "scheme", "") == "bulletin")


def place(
    document: Document, observations: object, candidates: Sequence[Candidate], decisions: object
) -> object:
    stories = tuple(sorted({each.story for each in candidates}))
    if not stories:
        return New()
    return Join(stories[0]) if len(stories) == 1 else Merge(stories)


def story(
    members: Sequence[tuple[Document, tuple[Observation, ...]]], decisions: object, knowledge: object
) -> Any:
    from scc.model.story import Story

    documents = tuple(sorted((each for each, _ in members), key=lambda each: (each.date or "9999", each.id)))
    by_id = {document.id: observations for document, observations in members}
    return Story(
        id=f"story-{documents[0].id[4:]}", documents=documents, origins=(),
        observations=tuple(each for document in documents for each in by_id[document.id]),
    )  # fmt: skip


def assess(story: Any, records: Any, *_: object) -> Judgement:
    return Judgement("vulnerability" if "cve" in story.documents[0].text else "threat")


def plan(*_: object) -> str:
    return "plan"


def compose(
    item: Any, story: Any, assessment: Any, plan: Any, previous: Briefing | None, organisation: Any, knowledge: Any,
    content: Any, now: str, records: Any = (), links: Any = (),
) -> Briefing:  # fmt: skip
    return msgspec.structs.replace(
        MINIMAL, id=item.id, revision=item.revision, type=assessment.type, title=story.documents[0].title,
        generated=now, changes=compare(previous, item) if previous else None,
        sources=tuple(_source(each) for each in (*story.documents, *(found for found, _ in records))),
    )  # fmt: skip


def compare(previous: Briefing, item: Any) -> Changes:
    return Changes(revision=previous.revision, since=previous.generated, entries=())


def _source(document: Document) -> SourceShown:
    return SourceShown(
        tier=document.tier, publisher=document.publisher, title=document.title, url=document.url, path="",
        date=document.date, origin="o", document=document.id,
    )  # fmt: skip


MINIMAL = msgspec.json.decode(
    (Path(__file__).parents[1] / "contract" / "minimal.json").read_bytes(), type=Briefing
)
