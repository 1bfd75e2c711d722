# SPDX-License-Identifier: Apache-2.0
"""What a run is told. Nothing here is read from the environment or a clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from scc import __version__
from scc.model.document import Source
from scc.model.ids import digest
from scc.model.organisation import Organisation
from scc.model.tlp import Tlp

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); total 0 means: not known."""


def _silent(stage: str, done: int, total: int) -> None:
    pass


def _go_on(point: str) -> None:
    pass


@dataclass(frozen=True)
class Options:
    """Everything a run depends on besides the store and the inputs."""

    now: str
    """The clock, ISO 8601 UTC."""
    knowledge: Knowledge
    content: Content
    sources: Sequence[Source] = ()
    organisation: Organisation = field(default_factory=Organisation)
    tlp: Tlp | None = None
    """For inputs without any label."""
    records: bool = False
    """Records become items of their own."""
    reach: Callable[[str], None] = _go_on
    """Called at every point where a crash must do no harm; fault tests end the process in it."""
    progress: Progress = _silent
    wait: float = 10.0
    """Seconds to wait for another run on the same database."""
    on_wait: Callable[[str], None] | None = None
    batch: int = 32
    """Inputs read in one transaction."""

    @cached_property
    def reading(self) -> str:
        """Digest of what observations depend on."""
        return digest("reading", __version__, self.knowledge.pack_id, self.content.digest())

    @cached_property
    def judging(self) -> str:
        """Digest of what a briefing depends on besides its story: the clock counts by the day."""
        profile = msgspec.json.encode(self.organisation, order="deterministic")
        return digest("judging", self.reading, profile, self.now[:10])
