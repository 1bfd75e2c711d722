# SPDX-License-Identifier: Apache-2.0
"""Formats for people, warm: a briefing whose text differs in every run, so that nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator

from measure import ROOT, Row, call


def rows() -> list[Row]:
    """One row a format; the PDF on a briefing cut to six pages and on the maximal one of the contract."""
    import msgspec
    import pypdfium2
    from msgspec.structs import replace

    from scc import render
    from scc.model.briefing import Briefing

    data = (ROOT / "tests" / "contract" / "maximal.json").read_bytes()
    maximal = msgspec.json.decode(data, type=Briefing)
    six = replace(
        maximal,
        actions=maximal.actions[:2],
        citations=maximal.citations[:12],
        frameworks={},
        vulnerabilities=(),
        deadlines=(),
    )

    def fresh(briefing: Briefing) -> Iterator[Briefing]:
        number = 0
        while True:
            number += 1
            yield replace(
                briefing,
                title=f"{briefing.title} {number}",
                summary=tuple(replace(each, text=f"{each.text} {number}") for each in briefing.summary),
                analysis=tuple(replace(each, text=f"{each.text} {number}") for each in briefing.analysis),
                actions=tuple(replace(each, why=f"{each.why} {number}") for each in briefing.actions),
            )

    found = []
    for name, briefing, target in (
        ("pdf", six, 0.15),
        ("pdf", maximal, None),
        ("html", maximal, None),
        ("md", maximal, None),
    ):
        texts = fresh(briefing)
        seconds = call(lambda name=name, texts=texts: render.FORMATS[name].write(next(texts)), 15)
        pages = f", {len(pypdfium2.PdfDocument(render.pdf(briefing)))} pages" if name == "pdf" else ""
        found.append(
            Row(
                f"{name} of a briefing{pages}, new text",
                f"< {target * 1000:.0f} ms" if target else "-",
                f"{seconds * 1000:.0f} ms",
                seconds < target if target else None,
            )
        )
    return found
