# SPDX-License-Identifier: Apache-2.0
"""Counts in how many documents each hashed stem occurs, for the frozen term weights of `correlate`.

    python tools/term_weights.py --data DIR [--out src/scc/content/models/terms.json]

Carries bucket numbers and counts only, no vocabulary. Identical input gives identical bytes; the digest of the
input is printed. Log files and excerpts of records are not counted.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import msgspec

from scc import read
from scc.correlate.terms import bucket, stems
from scc.model.document import Document, Raw

LEAST = 2
"""Buckets met in fewer documents are left out: they weigh as much as unknown ones."""


def main() -> int:
    """Write the table; 0 on success."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/scc/content/models/terms.json"))
    given = parser.parse_args()
    counts: dict[int, int] = {}
    total = 0
    state = hashlib.sha256()
    for path in sorted(given.data.rglob("*")):
        if not path.is_file() or "logs" in path.relative_to(given.data).parts:
            continue
        data = path.read_bytes()
        state.update(hashlib.sha256(data).digest())
        for raw in read.split(Raw(data, path=path.relative_to(given.data).as_posix()))[:4000]:
            found = read.document(raw, ()) if isinstance(raw, Raw) else raw
            if isinstance(found, Document) and found.kind == "article":
                total += 1
                for place in {bucket(each) for each in stems(f"{found.title}\n{found.text}")}:
                    counts[place] = counts.get(place, 0) + 1
    body = {
        "documents": total,
        "counts": [[at, count] for at, count in sorted(counts.items()) if count >= LEAST],
    }
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(msgspec.json.encode(body) + b"\n")
    print(f"{total} documents, {len(body['counts'])} buckets, input sha256 {state.hexdigest()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
