# SPDX-License-Identifier: Apache-2.0
"""Stories to items and revisions: assess, number in one transaction, plan, compose, keep what differs.

The pure stages judge; here is only when they run and what is kept. A story whose inputs have the digest
of its last briefing is not touched.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from msgspec.structs import replace

from scc import assess, brief, correlate, plan
from scc.engine.links import linked_digest, links, note
from scc.engine.news import identifiers
from scc.engine.options import Options
from scc.engine.own_items import own_items
from scc.model.assessment import Assessment
from scc.model.errors import SccError
from scc.model.ids import digest
from scc.model.story import Story
from scc.store.database import Store
from scc.store.documents import Observed
from scc.store.leases import ATTEMPTS

LOG = logging.getLogger(__name__)
ROUNDS = 8
"""Rounds of assessing in one run: two are the rule, the others are a bound."""
HELD = 400
"""Assessed stories kept in memory between numbering and briefing; more are assessed again."""


@dataclass(frozen=True)
class Judged:
    """A story with its enrichment and assessment."""

    story: Story
    records: tuple[Observed, ...]
    assessment: Assessment
    inputs: str


def judge(store: Store, id_: str, options: Options) -> Judged | None:
    """Load a story with the records that speak of its ids and assess it; None when it is empty."""
    members = store.documents.get(store.documents.of_story(id_))
    if not members:
        return None
    decisions = store.decisions.all()
    story = correlate.story(members, decisions, options.knowledge)
    wanted = sorted({value for document, seen in members for value in identifiers(document, seen)})
    own = {document.id for document, _ in members}
    records = tuple(
        store.documents.get(each for each in store.documents.speaking_of(wanted) if each not in own)
    )
    assessment = assess.assess(
        story, records, options.organisation, decisions, options.knowledge, options.content, options.now
    )
    return Judged(story, records, assessment, _inputs(store, id_, options))


def _inputs(store: Store, id_: str, options: Options) -> str:
    """Digest of everything the briefing of a story depends on."""
    members = store.documents.of_story(id_)
    records = store.documents.speaking_of(store.documents.identifiers_of(members))
    rulings = [each.id for each in store.decisions.all()]
    return digest("story", options.judging, *members, "|", *records, "|", *rulings)


class Briefer:
    """Takes the changed stories of a run to revisions."""

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options
        self._judged: dict[str, Judged] = {}
        self._releases: set[str] = set()
        self.faults: list[str] = []
        self.written: dict[str, int] = {}
        """Items that got a new revision, with its number."""

    def assess_all(self) -> None:
        """Every changed story gets its type, or goes back to briefed when nothing differs."""
        done = 0
        for _ in range(ROUNDS):
            # Assessing a story may give a flaw of it a story of its own, or have linked ones looked at again.
            changed = self._store.stories.changed()
            for start in range(0, len(changed), 20):
                with self._store.transaction():
                    for id_ in changed[start : start + 20]:
                        self._assess(id_)
                    self._options.reach("assessing")
                self._options.reach("assessed")
                self._store.extend("run")
                self._options.progress("assess", done + min(start + 20, len(changed)), done + len(changed))
            done += len(changed)
            self._own_items()
            if not changed:
                break

    def _own_items(self) -> None:
        """Flaws of the releases just assessed to items of their own, when every story of the round is assessed."""
        with self._store.transaction():
            for id_ in sorted(self._releases):
                judged = self._judged.get(id_) or judge(self._store, id_, self._options)
                if judged is not None:
                    own_items(self._store, id_, judged, self._options)
        self._releases.clear()

    def _assess(self, id_: str) -> None:
        self._judged.pop(id_, None)
        row = self._store.stories.get(id_)
        assert row is not None
        if row.stage != "changed":
            return  # another story's assessment took it away
        if row.item and row.inputs:
            inputs = _inputs(self._store, id_, self._options)
            linked = links(self._store, id_, foreseen=True) if row.flaws else ()
            if row.inputs == linked_digest(inputs, linked):
                self._store.stories.settle(id_, "briefed")
                return
        try:
            judged = judge(self._store, id_, self._options)
        except SccError:
            raise  # content, pack or store are broken: no fault of this story
        except Exception as error:
            self._fail(id_, error)
            return
        if judged is None:
            self._store.stories.settle(id_, "empty")
            self._store.stories.forget(id_)
            return
        first = judged.story.documents[0]
        note(self._store, id_, judged, row.flaws)
        self._store.stories.typed(id_, judged.assessment.type, first.date, first.id)
        if correlate.is_release(judged.story, judged.assessment.vulnerabilities):
            self._releases.add(id_)
        if len(self._judged) < HELD:
            self._judged[id_] = judged

    def number_all(self) -> None:
        """Give every assessed story without an item its number, all in one transaction."""
        year = int(self._options.now[:4])
        with self._store.transaction():
            rows = self._store.stories.unnumbered()
            self._store.items.number([(each.id, each.type) for each in rows], year)
            self._options.reach("numbering")
        self._options.reach("numbered")

    def brief_all(self) -> None:
        """Plan and compose every assessed story; keep a revision where the content differs."""
        total = self._store.stories.typed_count()
        done = 0
        while ids := self._store.stories.claim(20):
            self._options.reach("leased")
            with self._store.transaction():
                for id_ in ids:
                    self._brief(id_)
                self._options.reach("briefing")
            self._options.reach("briefed")
            self._store.extend("run")
            done += len(ids)
            self._options.progress("brief", done, total)

    def _brief(self, id_: str) -> None:
        row = self._store.stories.get(id_)
        assert row is not None
        if row.attempt > ATTEMPTS:
            self._fail(id_, RuntimeError("making its briefing ended the program several times"))
            return
        try:
            self._revise(id_, row.item)
        except SccError:
            raise
        except Exception as error:
            self._fail(id_, error)

    def _revise(self, id_: str, item_id: str) -> None:
        options = self._options
        judged = self._judged.pop(id_, None) or judge(self._store, id_, options)
        item = self._store.items.get(item_id)
        assert judged is not None and item is not None
        previous = self._store.items.briefing(item_id)
        linked = links(self._store, id_) if judged.assessment.vulnerabilities else ()
        action_plan = plan.plan(
            judged.story, judged.assessment, options.organisation, options.knowledge, options.content,
            self._store.decisions.all(),
        )  # fmt: skip
        briefing = brief.compose(
            replace(item, story=judged.story.id, revision=(previous.revision if previous else 0) + 1),
            judged.story, judged.assessment, action_plan, previous, options.organisation,
            options.knowledge, options.content, options.now, records=judged.records, links=linked,
        )  # fmt: skip
        mark = brief.material(briefing)
        if previous is None or mark != self._store.items.digest(item_id):
            self._store.items.revise(briefing, mark)
            self.written[item_id] = briefing.revision
        self._outcomes(id_)
        self._store.stories.briefed(id_, linked_digest(judged.inputs, linked))

    def _outcomes(self, id_: str) -> None:
        """The first document of a story made the item, the others joined it; said once, it stays."""
        rows = self._store.documents.known(self._store.documents.of_story(id_))
        ordered = sorted(rows.values(), key=lambda each: (each.date or "9999", each.id))
        carriers = [each for each in ordered if each.outcome == "item"] or ordered[:1]
        for each in ordered:
            outcome = "item" if each.id == carriers[0].id else "joined"
            if each.outcome != outcome:
                self._store.documents.settle(each.id, outcome)
            self._store.raws.outcome_of_documents([(each.id, outcome, "", "")])

    def _fail(self, id_: str, error: Exception) -> None:
        LOG.debug("failed on %s", id_, exc_info=error)
        reason = f"The program failed on the story {id_}: {type(error).__name__}: {str(error)[:200]}"
        self.faults.append(reason)
        for document in self._store.documents.of_story(id_):
            self._store.documents.settle(document, "quarantined", "program-fault", reason)
            self._store.raws.outcome_of_documents([(document, "quarantined", "program-fault", reason)])
        self._store.stories.settle(id_, "failed")
