# SPDX-License-Identifier: Apache-2.0
"""The page docs/clocks.md: every reporting clock and every act of the content, as the content has it."""

from __future__ import annotations

from pathlib import Path

from scc import content, knowledge
from scc.assess.clocks import Clock, length

FILE = Path("docs/clocks.md")

HEAD = """\
# Reporting clocks and the standing of acts

Written by `make generated` from `src/scc/content/rubrics/clocks.yaml` and `src/scc/content/acts.csv`; edit those. It is
no legal advice: it says which duties a profile makes possible, so that nobody has to look for them at night.

## How a clock behaves

- News starts no clock of yours. An item shows a clock as **would start if** when your profile names what the law
  binds, the item is of a type for which it matters, and it is not settled that the item does not concern you.
- A person starts it: `scc decide clock ITEM CLOCK --start TIME --by WHO --reason WHY`. It is then **running**, after its
  end **passed**, and with `--stop TIME` **met**.
- Hours run through nights, weekends, holidays and changes of the clocks. Days and months are calendar ones; a date on
  a weekend or holiday stays there. Business days leave out weekends and United States federal holidays.
- A limit is never shown later than the law's. Where it counts days and binds people in several zones, the days end in
  the westernmost one. Rules that lengthen a period (Regulation (EEC, Euratom) 1182/71 in European law, the relief for
  weekends in DORA's reports) are not applied.
- What is proposed, adopted or not yet applied is shown as that, without a date. A clock whose limit nobody read in the
  law's words ("not read" below) is never shown in a briefing.
- A clock that follows another one ("once started") is shown only when a person started it.
"""


def text() -> str:
    """The whole page; the same bytes for the same content."""
    clocks = content.open().records("rubrics/clocks", Clock)
    lines = [HEAD, f"## The {len(clocks)} clocks", ""]
    lines += [
        "| Clock | Law | Who is bound | What starts it | Limit | Standing |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(clock) for clock in clocks]
    lines += ["", "### Notes", ""]
    lines += [f"- `{clock.id}`: {_cell(clock.note)}" for clock in clocks if clock.note]
    acts = knowledge.open().acts()
    lines += ["", f"## The {len(acts)} acts", ""]
    lines += ["A story about an act that has ended is a historical note: it names what ended it and asks for nothing. An act", "that the table lacks is taken to stand; its standing was not checked.", ""]  # fmt: skip
    lines += ["| Act | Title | Status | Since | By | Source |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [
        f"| {act.id} | {_cell(act.title)} | {act.status} | {act.since} | {act.by or '-'} | [text]({act.url}) |"
        for act in acts
    ]
    return "\n".join(lines) + "\n"


def _row(clock: Clock) -> str:
    standing = f"{clock.legal} on {clock.as_of}"
    if clock.since:
        standing += f", applies since {clock.since}"
    standing += f"; {_cell(clock.basis)}" if clock.verified else f"; **not read**: {_cell(clock.basis)}"
    limit = "-" if clock.unit == "none" else length(clock)
    started = clock.trigger if clock.kinds else f"{clock.trigger} (once started)"
    law = f"[{_cell(clock.regulation)}, {_cell(clock.article)}]({clock.source})"
    return f"| `{clock.id}`<br>{_cell(clock.duty)} | {law} | {_cell(clock.bound)} | {_cell(started)} | {limit} | {standing} |"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
