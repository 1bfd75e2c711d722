# SPDX-License-Identifier: Apache-2.0
"""docs/growth.md out of what `growth.py` measured. Computes no figure that is not a quantile of samples."""

from __future__ import annotations

from growth_measure import Samples, Value, median, quantile

TARGET = 0.2
"""DESIGN: flat within this from 10^3 to 10^6."""
LIMIT = 100.0
"""DESIGN: p95 of search and item page, ms."""
ADDING = {
    "ordinary placed": "ordinary document",
    "hot placed": "hot document",
    "stored": "stored and indexed",
    "run on an article": "whole run on an article",
    "run on nothing": "whole run on nothing",
}
FIGURES = {
    "candidates": "candidates scored",
    "statements": "statements",
    "rows": "rows read",
    "steps": "steps of SQLite, thousands",
    "cpu": "processor ms",
    "ms": "ms by the clock",
}


def spread(values: list[Value], name: str) -> str:
    """Median (10 % to 90 %)."""
    found = [each[name] for each in values]
    return f"{median(values, name):.1f} ({quantile(found, 0.1):.1f} to {quantile(found, 0.9):.1f})"


def p95(values: list[Value], name: str) -> float:
    """What 95 of 100 stay below."""
    return quantile([each[name] for each in values], 0.95)


def adding(sizes: dict[int, Samples], figures: list[str]) -> list[str]:
    """The table of what adding costs, a row a size and kind."""
    lines = [
        f"| archive | work | {' | '.join(FIGURES[each] for each in figures)} |",
        f"|---|---|{'---|' * len(figures)}",
    ]
    for kind, said in ADDING.items():
        for size, samples in sizes.items():
            cells = [
                spread(samples[kind], each) if each in ("cpu", "ms") else f"{median(samples[kind], each):.0f}"
                for each in figures
            ]
            lines.append(f"| {size:,} | {said} | {' | '.join(cells)} |")
    return lines


def changes(sizes: dict[int, Samples], figures: list[str]) -> list[str]:
    """How the figures change from the smallest archive, and from where the windows are full, to the largest."""
    last = max(sizes)
    starts = [each for each in (min(sizes), 10_000) if each in sizes and each < last]
    lines = [
        f"| to {last:,} documents, from | {' | '.join(f'{FIGURES[each]}, {start:,}' for start in starts for each in figures)} |",
        f"|---|{'---|' * len(figures) * len(starts)}",
    ]
    for kind, said in ADDING.items():
        cells = []
        for start in starts:
            for each in figures:
                before, after = median(sizes[start][kind], each), median(sizes[last][kind], each)
                change = after / before - 1 if before else float(after > 0)
                small = abs(after - before) <= 1 and each not in ("cpu", "ms")
                cells.append(f"{change:+.0%}{'' if change <= TARGET or small else ' **above**'}")
        lines.append(f"| {said} | {' | '.join(cells)} |")
    return lines


def searching(sizes: dict[int, Samples]) -> list[str]:
    """Search by kind: 50 and 95 of 100, and the first answer of a database that is not in memory."""
    kinds = [each for each in sizes[min(sizes)] if each.startswith("search: ")]
    warm = " | ".join(f"{size:,}" for size in sizes)
    chilled = any(f"cold {kinds[0]}" in samples for samples in sizes.values())
    last = max(sizes)
    cold_head = f" | cold, {last:,}: median, most by the clock" if chilled else ""
    lines = [
        "| search | processor ms, p50 / p95, archive of " + warm.replace(" | ", " | … ") + f" | by the clock, p95, {last:,}{cold_head} |",
        f"|---|{'---|' * len(sizes)}---|{'---|' if chilled else ''}",
    ]  # fmt: skip
    for kind in kinds:
        cells = [f"{median(s[kind], 'cpu'):.1f} / {p95(s[kind], 'cpu'):.1f}" for s in sizes.values()]
        cells.append(f"{p95(sizes[last][kind], 'ms'):.0f}")
        if chilled:
            cold = sizes[last][f"cold {kind}"]
            cells.append(f"{median(cold, 'ms'):.0f}, {max(each['ms'] for each in cold):.0f}")
        lines.append(f"| {kind.removeprefix('search: ')} | {' | '.join(cells)} |")
    every = {size: [each for kind in kinds for each in samples[kind]] for size, samples in sizes.items()}
    cells = [f"{median(each, 'cpu'):.1f} / {p95(each, 'cpu'):.1f}" for each in every.values()]
    cells.append(f"{p95(every[last], 'ms'):.0f}")
    if chilled:
        cold = [each for kind in kinds for each in sizes[last][f"cold {kind}"]]
        cells.append(f"{median(cold, 'ms'):.0f}, {max(each['ms'] for each in cold):.0f}")
    lines.append(f"| **all of them** | {' | '.join(cells)} |")
    return lines


def showing(sizes: dict[int, Samples]) -> list[str]:
    """Item pages and lists."""
    names = {
        "item read": "an item read (what `scc show` asks the store)",
        "item page": "an item's page in HTML, read and rendered",
        "cold item page": "the same, nothing of the database in memory",
        "list: the last 50 items": "list of the last 50 items",
        "list: number of documents": "number of documents (`scc doctor`)",
        "list: number of items": "number of items (`scc doctor`)",
    }
    last = max(sizes)
    lines = [
        "| page | processor ms, p50 / p95, archive of "
        + " | … ".join(f"{size:,}" for size in sizes)
        + f" | by the clock, p50 / p95, {last:,} |",
        f"|---|{'---|' * len(sizes)}---|",
    ]
    for name, said in names.items():
        if not all(name in samples for samples in sizes.values()):
            continue
        cells = [f"{median(s[name], 'cpu'):.1f} / {p95(s[name], 'cpu'):.1f}" for s in sizes.values()]
        cells.append(f"{median(sizes[last][name], 'ms'):.0f} / {p95(sizes[last][name], 'ms'):.0f}")
        lines.append(f"| {said} | {' | '.join(cells)} |")
    return lines


def filling(noted: dict[str, Value]) -> list[str]:
    """How the archives came to be."""
    lines = [
        "| archive | items | filling, processor ms a document | by the clock | MB on disk | peak memory of a round, MB |",
        "|---|---|---|---|---|---|",
    ]
    for size in sorted(noted, key=int):
        r = noted[size]
        lines.append(
            f"| {int(size):,} | {r['items']:,.0f} | {r['cpu']:.2f}{'*' if 'apart' in r else ''} | {r['ms']:.2f} | {r.get('file', 0):,.0f} | {r.get('memory', 0):.0f} |"
        )
    if any("apart" in r for r in noted.values()):
        lines += ["", "\\* The search index was filled by a process of its own; the figure is the sum."]
    return lines


def verdicts(sizes: dict[int, Samples]) -> list[str]:
    """The budget's lines."""
    last = max(sizes)
    samples = sizes[last]
    every = [each for kind, values in samples.items() if kind.startswith("search: ") for each in values]
    worst = max(
        (kind for kind in samples if kind.startswith("search: ")), key=lambda kind: p95(samples[kind], "cpu")
    )
    lines = []
    for said, values in (
        ("search, all kinds", every),
        (f"search, the dearest kind ({worst.removeprefix('search: ')})", samples[worst]),
        ("item page", samples["item page"]),
    ):
        busy, clock = p95(values, "cpu"), p95(values, "ms")
        lines.append(
            f"- {said}, p95 at {last:,}: {busy:.1f} ms of the processor{_over(busy)}, {clock:.0f} ms by the clock{_over(clock)} "
            f"(budget {LIMIT:.0f}); {len(values)} samples"
        )
    return lines


def _over(value: float) -> str:
    return "" if value < LIMIT else " **above**"
