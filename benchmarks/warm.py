# SPDX-License-Identifier: Apache-2.0
"""Reading from text, loading the pack, planning an item, typesetting: on the examples, warm, one core."""

from __future__ import annotations

import tempfile
from pathlib import Path

from measure import ROOT, Row, call


def rows() -> list[Row]:
    """A row for each budget that the examples allow to measure."""
    import scc.store
    from scc import content, knowledge, plan, read, render
    from scc.collect.files import walk
    from scc.engine import Options, run
    from scc.engine.briefing import judge
    from scc.model.document import Document, Raw, Source

    found: list[Row] = []
    own = content.open()
    sources = own.records("sources", Source)
    size = sum(
        each.stat().st_size for each in (Path(content.__file__).parent / "pack").rglob("*") if each.is_file()
    )
    found.append(Row("pack: size", "< 8 MB", f"{size / 1048576:.1f} MB", size < 8 * 1048576))
    pack = knowledge.open()
    raws = [each for each in walk([ROOT / "examples"]) if isinstance(each, Raw)]

    def reading() -> int:
        words = 0
        for raw in raws:
            for part in read.split(raw):
                document = read.document(part, sources) if isinstance(part, Raw) else None
                if isinstance(document, Document):
                    read.observe(document, pack, own)
                    words += len(document.text.split())
        return words

    words = reading()
    seconds = call(reading)
    rate = words / 1000 / seconds
    found.append(Row("reading text, 1,000 words each", "> 100 a second", f"{rate:.0f} a second", rate > 100))
    options = Options(now="2026-06-10T00:00:00Z", knowledge=pack, content=own, sources=sources)
    with tempfile.TemporaryDirectory() as folder, scc.store.open(f"{folder}/t.db") as store:
        run(store, raws, options)
        item = store.items.rows()[0]
        tracked = store.items.get(item.id)
        briefing = store.items.briefing(item.id)
        story = next(each for each in _stories(store) if each)
        judged = judge(store, story, options)
    assert judged is not None and tracked is not None and briefing is not None
    planning = call(lambda: plan.plan(judged.story, judged.assessment, options.organisation, pack, own), 21)
    found.append(Row("planning an item", "< 10 ms", f"{planning * 1000:.1f} ms", planning < 0.01))
    setting = call(lambda: render.FORMATS["pdf"].write(briefing))
    found.append(Row("PDF of a briefing", "< 150 ms", f"{setting * 1000:.0f} ms", setting < 0.15))
    return found


def _stories(store: object) -> list[str]:
    from sqlalchemy import select

    from scc.store.database import Store
    from scc.store.tables import STORIES

    assert isinstance(store, Store)
    return [str(row[0]) for row in store.rows(select(STORIES.c.id).where(STORIES.c.stage == "briefed"))]
