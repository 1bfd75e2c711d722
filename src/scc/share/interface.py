# SPDX-License-Identifier: Apache-2.0
"""The seam of this package: what an export is, and the registry of them.

An exporter is a module with `write(briefing: Briefing, context: Context) -> bytes | NotApplicable`: pure,
deterministic, no clock and no network; the time of everything it writes is `briefing.generated`, or that of a
later decision that withdrew it. It is imported when it is first used. Which parts of a briefing may leave to whom is decided before it, in
`clearance`.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import MappingProxyType
from typing import Final

import msgspec

from scc.knowledge import Knowledge
from scc.model.act import Gap, Review
from scc.model.briefing import Briefing
from scc.model.decision import Decision


class NotApplicable(msgspec.Struct, frozen=True):
    """A format has nothing to say for this item; a result, not a failure."""

    reason: str
    """For people, e.g. "no gap is open"."""


class Records(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people recorded about an item; the form of the file given with `--records`."""

    gaps: tuple[Gap, ...] = ()
    reviews: tuple[Review, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """All that an exporter may know beside the briefing."""

    knowledge: Knowledge
    records: Records = Records()
    created: str = ""
    """`generated` of revision 1 (ISO 8601 UTC); empty when the briefing is revision 1."""


class Export(msgspec.Struct, frozen=True):
    """One format for machines."""

    name: str
    """As given on the command line, e.g. "stix"."""
    media_type: str
    extension: str
    """With the dot; may have two parts, e.g. ".stix.json"."""
    module: str
    """The module that has `write`."""
    text: str
    """What it carries, in a few words."""
    many: bool = False
    """Whether one file may hold several items: the module has `write_many` too."""

    def write(self, briefing: Briefing, context: Context) -> bytes | NotApplicable:
        """The briefing as bytes of this format, or why there is nothing to write."""
        written: bytes | NotApplicable = import_module(self.module).write(briefing, context)
        return written

    def write_many(self, cleared: Iterable[tuple[Briefing, Context]]) -> bytes | NotApplicable:
        """One file of several briefings; for formats with `many`."""
        written: bytes | NotApplicable = import_module(self.module).write_many(tuple(cleared))
        return written


_JSON: Final = "application/json"
_CSV: Final = "text/csv; charset=utf-8; header=present"
_MARKDOWN: Final = "text/markdown; charset=utf-8"

EXPORTS: Final = MappingProxyType(
    {
        each.name: each
        for each in (
            Export(
                "stix", "application/stix+json;version=2.1", ".stix.json", "scc.share.stix", "STIX 2.1 bundle"
            ),
            Export("misp", _JSON, ".misp.json", "scc.share.misp", "MISP event"),
            Export("csaf", _JSON, ".csaf.json", "scc.share.csaf.v20", "CSAF 2.0 advisory"),
            Export("csaf-2.1", _JSON, ".csaf21.json", "scc.share.csaf.v21", "CSAF 2.1 advisory"),
            Export(
                "csaf-vex", _JSON, ".csaf-vex.json", "scc.share.csaf.vex", "CSAF 2.0 VEX: are we affected"
            ),
            Export("openvex", _JSON, ".openvex.json", "scc.share.openvex", "OpenVEX: are we affected"),
            Export(
                "cyclonedx-vex",
                "application/vnd.cyclonedx+json;version=1.6",
                ".cdx.json",
                "scc.share.cyclonedx_vex",
                "CycloneDX 1.6 VEX: are we affected",
            ),
            Export(
                "oscal",
                _JSON,
                ".poam.json",
                "scc.share.oscal_poam",
                "OSCAL 1.2.1 POA&M of open gaps",
                many=True,
            ),
            Export(
                "oscal-ar",
                _JSON,
                ".results.json",
                "scc.share.oscal_results",
                "OSCAL 1.2.1 assessment results as recorded",
            ),
            Export("cacao", _JSON, ".cacao.json", "scc.share.cacao", "CACAO 2.0 playbook of the plan"),
            Export("navigator", _JSON, ".layer.json", "scc.share.navigator", "ATT&CK Navigator layers"),
            Export(
                "ics",
                "text/calendar; charset=utf-8",
                ".ics",
                "scc.share.calendar",
                "Dates with alarms (iCalendar)",
                many=True,
            ),
            Export("csv", _CSV, ".csv", "scc.share.register_csv", "Everything of an item, one row a fact"),
            Export(
                "gaps-md",
                _MARKDOWN,
                ".gaps.md",
                "scc.share.gaps_md",
                "Open control gaps (Markdown)",
                many=True,
            ),
            Export("gaps-csv", _CSV, ".gaps.csv", "scc.share.gaps_csv", "Open control gaps (CSV)", many=True),
            Export(
                "jsonfeed",
                "application/feed+json",
                ".feed.json",
                "scc.share.jsonfeed",
                "JSON Feed 1.1",
                many=True,
            ),
            Export("rss", "application/rss+xml", ".rss.xml", "scc.share.rss", "RSS 2.0 feed", many=True),
            Export("atom", "application/atom+xml", ".atom.xml", "scc.share.atom", "Atom feed", many=True),
            *(
                Export(
                    f"tickets-{key}",
                    _JSON,
                    f".{key}.json",
                    f"scc.share.tickets.{key}",
                    f"{name} with a checklist",
                )
                for key, name in (
                    ("github", "GitHub issue"),
                    ("gitlab", "GitLab issue"),
                    ("jira", "Jira issue"),
                    ("servicenow", "ServiceNow incident"),
                )
            ),
        )
    }
)
"""Formats by name, in the order in which they are offered."""
