# SPDX-License-Identifier: Apache-2.0
"""Reading articles, warm, one core: to documents from Markdown and raw HTML, then to documents with all facts of their text,
records of a catalogue.

The rate is by wall clock, in brackets by seconds of CPU, which is what counts where other work runs beside it. The articles are made from a fixed text of ours, so that anybody can run it; with
SCC_DATA set, the pages of the evaluation set `main-text` are read as well.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measure import Row, call, cpu, own_peak

_SENTENCES = (
    "Attackers use a flaw in the gateway to read the memory of the device.",
    "The vendor has fixed it in version {n}.2 and asks its customers to install the update today.",
    "A customer found sessions that nobody had opened and reported them on Monday.",
    "The flaw is tracked as CVE-2026-{n:05d} and needs neither an account nor a click.",
    "Whoever has left the management port open to the internet should look at the logs first.",
    "Two more companies saw requests from 198.51.100.{m} to the page that shows the memory.",
)


def article(number: int, words: int = 1000) -> str:
    """A Markdown article of about so many words, each one different."""
    paragraphs: list[str] = []
    count = 0
    while count < words:
        text = " ".join(
            each.format(n=number * 7 % 90000 + 1000, m=(number + count) % 250) for each in _SENTENCES
        )
        paragraphs.append(text)
        count += len(text.split())
    head = f"---\ntitle: Gateway number {number} attacked\nurl: https://press.example/2026/{number}\ndate: 2026-03-05\n---\n\n"
    return (
        head
        + f"# Gateway number {number} attacked\n\n"
        + "\n\n".join(paragraphs)
        + "\n\n- Update.\n- Change passwords.\n"
    )


def page(number: int) -> str:
    """The same article as an HTML page with what stands around an article."""
    body = "".join(f"<p>{each}</p>" for each in article(number).split("---\n", 2)[2].split("\n\n"))
    links = "".join(
        f'<li><a href="/story/{index}">Another story number {index}</a></li>' for index in range(120)
    )
    return (
        f"<!doctype html><html lang='en'><head><title>Gateway {number}</title><link rel='canonical' href='https://press.example/{number}'>"
        f"<meta property='article:published_time' content='2026-03-05T10:00:00Z'><style>{'p{margin:0}' * 500}</style></head>"
        f"<body><nav><ul>{links}</ul></nav><main><article><h1>Gateway {number}</h1>{body}</article></main>"
        f"<aside><ul>{links}</ul></aside><footer>Privacy</footer><script>{'var a=1;' * 2000}</script></body></html>"
    )


def rows() -> list[Row]:
    """Rates against DESIGN's budget: 100 articles of 1,000 words a second from text, 30 from raw HTML."""
    from scc import content, knowledge, read
    from scc.model.document import Document, Raw, Source

    sources = content.open().records("sources", Source)

    def reading(raws: list[Raw]) -> int:
        found = 0
        for raw in raws:
            for part in read.split(raw):
                found += isinstance(read.document(part, sources), Document) if isinstance(part, Raw) else 0
        return found

    def row(work: str, raws: list[Raw], target: int, runs: int = 5) -> Row:
        return _rated(work, reading(raws), lambda: reading(raws), target, runs)

    found = [
        row(
            "reading: Markdown, 1,000 words each",
            [Raw(article(n).encode(), f"{n}.md") for n in range(100)],
            100,
        ),
        row(
            "reading: raw HTML, 1,000 words each",
            [Raw(page(n).encode(), f"{n}.html") for n in range(30)],
            30,
            3,
        ),
    ]
    pack, own = knowledge.open(), content.open()

    def facts(raws: list[Raw]) -> int:
        """From bytes to all observations: document and facts together."""
        count = 0
        for raw in raws:
            for part in read.split(raw):
                each = read.document(part, sources) if isinstance(part, Raw) else part
                count += len(read.observe(each, pack, own)) if isinstance(each, Document) else 0
        return count

    for work, raws, target in (
        (
            "reading: Markdown with all facts",
            [Raw(article(n).encode(), f"{n}.md") for n in range(200, 260)],
            100,
        ),
        (
            "reading: raw HTML with all facts",
            [Raw(page(n).encode(), f"{n}.html") for n in range(200, 230)],
            30,
        ),
    ):
        found.append(_rated(work, len(raws), partial(facts, raws), target, 3))
    found.append(Row("reading: memory so far", "< 300 MB", f"{own_peak():.0f} MB", own_peak() < 300))
    entries = [
        {"cveID": f"CVE-2026-{n:05d}", "vendorProject": "Example", "product": "Gateway", "vulnerabilityName": "A flaw", "dateAdded": "2026-03-05",
         "shortDescription": "A flaw in the gateway.", "requiredAction": "Update.", "dueDate": "2026-03-26", "knownRansomwareCampaignUse": "Unknown", "notes": "", "cwes": ["CWE-125"]}
        for n in range(1500)
    ]  # fmt: skip
    catalogue = json.dumps(
        {"catalogVersion": "2026.03.06", "dateReleased": "2026-03-06", "vulnerabilities": entries}
    )
    found.append(row("reading: KEV catalogue of 1,500 entries", [Raw(catalogue.encode(), "kev.json")], 0, 3))
    pages = Path(os.environ.get("SCC_DATA", "")) / "eval/main-text/data.jsonl"
    if os.environ.get("SCC_DATA") and pages.is_file():
        lines = [json.loads(line) for line in pages.read_text("utf-8").splitlines()]
        raws = [Raw(gzip.decompress(base64.b64decode(each["html_gz_b64"])), each["id"]) for each in lines]
        found.append(row(f"reading: {len(raws)} real pages (main-text set)", raws, 30, 1))
    return found


def _rated(work: str, count: int, function: Callable[[], object], target: int, runs: int) -> Row:
    """A rate; held against its target by CPU, since one core is meant."""
    rate, own = count / call(function, runs), count / cpu(function, runs)
    wanted = f"> {target} a second" if target else "-"
    return Row(work, wanted, f"{rate:.0f} a second ({own:.0f} by CPU)", own > target if target else None)
