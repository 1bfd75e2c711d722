# SPDX-License-Identifier: Apache-2.0
"""Inputs into the store, then from bytes to documents with observations, a batch a transaction.

Decides nothing on stories. A crash loses at most the batch in work, which is read again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scc import correlate, read
from scc.collect.interface import Unreadable
from scc.engine.news import identifiers, not_news, product_key
from scc.engine.options import Options
from scc.model.document import Document, Raw
from scc.model.errors import SccError
from scc.model.facts import Observation
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.text.release_parts import FORMAT as RELEASE_PART
from scc.store.database import Store
from scc.store.documents import NewDocument
from scc.store.leases import ATTEMPTS
from scc.store.raws import RawRow, raw_id

LOG = logging.getLogger(__name__)
HELD_BYTES = 16_000_000
"""Bytes of new inputs held in memory before they are written."""


def admit(store: Store, raws: Iterable[Raw | Unreadable], options: Options) -> list[str]:
    """Store every input that is not known yet. Gives the ids of all, in order, known ones too."""
    ids: list[str] = []
    held: list[tuple[str, Raw]] = []
    size = 0
    for raw in raws:
        if isinstance(raw, Unreadable):
            row = RawRow(
                id=digest("unreadable", raw.path, raw.rule)[:32], path=raw.path, outcome=raw.outcome,
                rule=raw.rule, reason=raw.reason,
            )  # fmt: skip
            store.raws.put([row])
            ids.append(row.id)
            continue
        ids.append(raw_id(raw))
        held.append((ids[-1], raw))
        size += len(raw.data)
        if size > HELD_BYTES or len(held) >= 256:
            _flush(store, held, options)
            held, size = [], 0
            options.progress("collect", len(ids), 0)
    _flush(store, held, options)
    options.progress("collect", len(ids), len(ids))
    return list(dict.fromkeys(ids))


def _flush(store: Store, held: list[tuple[str, Raw]], options: Options) -> None:
    if held:
        with store.transaction():
            store.raws.admit(held)
        options.reach("admitted")


def read_all(store: Store, options: Options, total: int) -> list[str]:
    """Read every stored input that waits for it. Gives the program's own failures, in words."""
    faults: list[str] = []
    done = 0
    while claimed := store.raws.claim(options.batch):
        options.reach("claimed")
        with store.transaction():
            batch = Batch(store, options)
            for row, raw in claimed:
                if row.attempt > ATTEMPTS:
                    store.raws.decide(
                        row.id, "quarantined", "crashes",
                        "Reading it ended the program several times. Please report it with the file.",
                    )  # fmt: skip
                    continue
                faults.extend(batch.take(row, raw))
            options.reach("reading")
            batch.write()
        options.reach("read")
        store.extend("run")
        done += len(claimed)
        options.progress("read", done, max(total, done))
    return faults


def observe_stale(store: Store, options: Options) -> None:
    """Observe again what was observed with another pack, content or version."""
    done = 0
    while ids := store.documents.stale(options.reading, 100):
        with store.transaction():
            for document, _ in store.documents.get(ids):
                observations = read.observe(document, options.knowledge, options.content)
                store.documents.observe_again(_new(document, observations, options))
            for row in store.documents.known(ids).values():
                if row.story:
                    store.stories.touch(row.story)
        store.extend("run")
        done += len(ids)
        options.progress("observe", done, 0)
        options.reach("observed")


class Batch:
    """The inputs of one transaction on their way to documents."""

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options
        self._new: dict[str, NewDocument] = {}
        self._entries: list[RawRow] = []

    def take(self, row: RawRow, raw: Raw) -> list[str]:
        """Read one input and, if it is a container, its entries. Gives failures of the program."""
        try:
            parts = read.split(raw)
        except SccError:
            raise  # content, pack or store are broken: no fault of this input
        except Exception as error:
            return [self._failed(row, error)]
        if len(parts) == 1 and (isinstance(parts[0], Skipped) or not parts[0].entry):
            try:
                result = self._read(parts[0])
            except SccError:
                raise
            except Exception as error:
                return [self._failed(row, error)]
            if isinstance(result, Skipped):
                self._store.raws.decide(row.id, result.outcome, result.rule, result.reason)
            else:
                self._store.raws.decide(
                    row.id, result.outcome, result.rule, result.reason, result.document.id
                )
            return []
        faults: list[str] = []
        for number, part in enumerate(parts):
            faults.extend(self._entry(row, number, part))
        self._store.raws.decide(row.id, "context", "container", f"Holds {len(parts)} entries.")
        return faults

    def _entry(self, row: RawRow, number: int, part: Raw | Skipped) -> list[str]:
        key = part.entry if isinstance(part, Raw) else ""
        entry = RawRow(
            id=digest("entry", row.id, str(number), key)[:32], path=row.path, url=row.url, entry=key,
            parent=part.parent if isinstance(part, Raw) else "", container=row.id,
            size=len(part.data) if isinstance(part, Raw) else 0,
        )  # fmt: skip
        faults: list[str] = []
        try:
            result = self._read(part)
        except SccError:
            raise
        except Exception as error:
            reason = _fault(f"{row.path or row.url} entry {key}", error)
            faults.append(reason)
            result = Skipped("quarantined", reason, "program-fault")
        document = "" if isinstance(result, Skipped) else result.document.id
        self._entries.append(
            RawRow(
                id=entry.id, path=entry.path, url=entry.url, entry=key, parent=entry.parent,
                container=row.id, size=entry.size, document=document, outcome=result.outcome,
                rule=result.rule, reason=result.reason,
            )
        )  # fmt: skip
        return faults

    def _read(self, part: Raw | Skipped) -> Skipped | NewDocument:
        if isinstance(part, Skipped):
            return part
        document = read.document(part, self._options.sources, self._options.tlp)
        if isinstance(document, Skipped):
            return document
        if document.id in self._new:
            return self._new[document.id]
        observations = read.observe(document, self._options.knowledge, self._options.content)
        new = _new(document, observations, self._options)
        self._new[document.id] = new
        return new

    def _failed(self, row: RawRow, error: Exception) -> str:
        reason = _fault(row.path or row.url, error)
        self._store.raws.decide(row.id, "quarantined", "program-fault", reason)
        return reason

    def write(self) -> None:
        """Store what was read; a document that is known keeps its state and gives its outcome on."""
        known = self._store.documents.known(list(self._new))
        fresh = [each for id_, each in self._new.items() if id_ not in known]
        self._store.documents.add(fresh)
        self._store.raws.put(self._entries)
        self._store.raws.outcome_of_documents(
            [(each.id, each.outcome, each.rule, each.reason) for each in known.values() if each.outcome]
        )
        ids: set[str] = set()
        for each in fresh:
            if each.document.kind == "record":
                ids.update(each.identifiers)
        for story in self._store.documents.stories_on(sorted(ids)):
            self._store.stories.touch(story)


def _new(document: Document, observations: Sequence[Observation], options: Options) -> NewDocument:
    outcome, rule, reason = "", "", ""
    ids = identifiers(document, observations)
    if document.kind == "record":
        if not options.records and not (set(ids) & own_products(options)):
            outcome = "record"
    elif (verdict := not_news(document, observations, suppliers(options))) is not None:
        outcome, (rule, reason) = "not-news", verdict
    # A part of a release is placed by its identifier alone (`own_items`).
    aside = (document.kind == "record" and outcome != "") or document.format == RELEASE_PART
    keys = () if aside else correlate.keys(document, tuple(observations))
    frozen = b"" if aside else correlate.freeze(correlate.features(document, tuple(observations)))
    return NewDocument(
        document=document, observations=tuple(observations),
        keys=tuple(sorted({key_text(each) for each in keys})), identifiers=ids, inputs=options.reading,
        stage="placed" if outcome else "read", outcome=outcome, rule=rule, reason=reason,
        features=frozen,
    )  # fmt: skip


def release(store: Store, ids: Sequence[str], options: Options) -> None:
    """Records that were only kept are to be placed now: their keys are noted, their stage is read."""
    asked = replace(options, records=True)
    for document, observations in store.documents.get(ids):
        store.documents.observe_again(_new(document, observations, asked))
        store.documents.wait(document.id)


def suppliers(options: Options) -> tuple[str, ...]:
    """Names of the vendors and products in the reader's profile."""
    every = options.organisation.products
    return tuple(dict.fromkeys(name for each in every for name in (each.vendor, each.product) if name))


def own_products(options: Options) -> set[str]:
    """Keys of the products in the reader's profile."""
    keys = {product_key(each.product, each.vendor) for each in options.organisation.products}
    return keys - {""}


def key_text(key: object) -> str:
    """A correlation key as the text it is stored and looked up by."""
    text = getattr(key, "text", None)
    return text if isinstance(text, str) else str(key)


def _fault(where: str, error: Exception) -> str:
    LOG.debug("failed on %s", where, exc_info=error)
    return f"The program failed on {where}: {type(error).__name__}: {str(error)[:200]}"
