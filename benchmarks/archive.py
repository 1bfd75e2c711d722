# SPDX-License-Identifier: Apache-2.0
"""Adding a document as the archive grows: candidates, rows read and statements, 10^3 to 10^4 documents.

The budget goes to 10^6; this benchmark fills as far as SCC_BENCH_DOCUMENTS says (default 10000).
"""

from __future__ import annotations

import os
import random
import tempfile

from measure import Row, call

WORDS = [f"word{number}" for number in range(5000)]


def rows() -> list[Row]:
    """Rows: candidates a document, full-text search, at the sizes reached."""
    import scc.store
    from scc.model.document import Document
    from scc.store.documents import NewDocument
    from scc.store.query import Query

    most = int(os.environ.get("SCC_BENCH_DOCUMENTS", "10000"))
    chance = random.Random(7)
    found: list[Row] = []

    def make(number: int) -> NewDocument:
        text = " ".join(chance.choices(WORDS, k=200))
        document = Document(
            id=f"doc-{number:016x}", kind="article", format="text", title=f"Report {number}", text=text,
            publisher="Example Wire", tier="T3", tlp="TLP:CLEAR",
        )  # fmt: skip
        return NewDocument(document, (), (f"cve:{number // 5}", f"day:{number // 20}"), (), "x", "placed")

    with tempfile.TemporaryDirectory() as folder, scc.store.open(f"{folder}/t.db") as store:
        done = 0
        for size in (1000, most):
            while done < size:
                with store.transaction():
                    store.documents.add([make(number) for number in range(done, min(size, done + 500))])
                    for number in range(done, min(size, done + 500)):
                        store.documents.place(f"doc-{number:016x}", f"story-{number // 5}")
                done = min(size, done + 500)
            at = size - 10
            keys = [f"cve:{at // 5}", f"day:{at // 20}"]
            candidates = len(store.documents.sharing(keys, 40))
            lookup = call(lambda keys=keys: store.documents.sharing(keys, 40), 21)
            search = call(lambda: store.search(Query("word17 word4000")), 21)
            found.append(
                Row(
                    f"candidates of a document among {size}",
                    "flat",
                    f"{candidates}, {lookup * 1000:.2f} ms",
                    None,
                )
            )
            found.append(
                Row(f"full-text search among {size}", "< 100 ms", f"{search * 1000:.2f} ms", search < 0.1)
            )
    return found
