# SPDX-License-Identifier: Apache-2.0
"""Sigma rules as queries of Splunk, Elasticsearch, Microsoft Sentinel and Google SecOps, by pySigma.

Needs the extra `sigma`; imported only when a rule is converted. A rule that a backend cannot express is a
`Conversion` with its reason. Reads no files, fetches nothing, runs no query; whether a query fits a site's
field names is for the site to try, and the note of each conversion says where that is doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from scc.knowledge.sigma_rules import problem
from scc.model.errors import UsageError

TARGETS: Final = {
    "splunk": "Splunk (SPL)",
    "elastic": "Elasticsearch (Lucene, ECS fields)",
    "sentinel": "Microsoft Sentinel (KQL)",
    "secops": "Google SecOps (UDM search)",
}
INSTALL: Final = "pip install 'scc-briefings[sigma]'"
QUERY_MOST: Final = 100_000
"""Characters of a query; a longer one is no query that anybody can run."""
REASON_MOST: Final = 300


class Conversion(msgspec.Struct, frozen=True):
    """What became of one rule."""

    id: str
    to: str
    queries: tuple[str, ...] = ()
    pipeline: str = ""
    """The field mapping that was used, as pySigma names it; "" for Sigma's own field names."""
    note: str = ""
    code: str = ""
    """Why there is no query: a code of `sigma_rules.RuleFault`, not-convertible or query-too-long; "" if there is."""
    reason: str = ""


def convert(rules: Sequence[tuple[str, str]], to: str) -> tuple[Conversion, ...]:
    """Each (rule id, rule text) as queries for a key of TARGETS, in the order given.

    Raises UsageError for an unknown target or when pySigma is not installed.
    """
    if to not in TARGETS:
        raise UsageError(f"{to!r} is no target for Sigma rules.", f"Use one of {', '.join(TARGETS)}.")
    try:
        make = _MAKERS[to]()
    except ImportError as error:
        raise UsageError(
            f"Sigma rules cannot be converted: {error.name or 'pySigma'} is not installed.",
            f"Install the extra: {INSTALL}.",
        ) from error
    return tuple(_one(id_, text, to, make) for id_, text in rules)


_Attempt = tuple[str, Callable[[], Any]]
"""The name of a pipeline, and what makes a backend with it. A backend keeps state, so each rule has its own."""
_Attempts = Callable[[str], Sequence[_Attempt]]
"""By the product of a rule's log source: what is tried, in order."""


def _splunk() -> _Attempts:
    from sigma.backends.splunk import SplunkBackend
    from sigma.pipelines.splunk import splunk_windows_pipeline

    return lambda product: (
        (("splunk_windows", lambda: SplunkBackend(splunk_windows_pipeline())),)
        if product == "windows"
        else (("", lambda: SplunkBackend()),)
    )


def _elastic() -> _Attempts:
    from sigma.backends.elasticsearch import LuceneBackend
    from sigma.pipelines.elasticsearch.kubernetes import ecs_kubernetes
    from sigma.pipelines.elasticsearch.macos import ecs_macos_esf
    from sigma.pipelines.elasticsearch.windows import ecs_windows
    from sigma.pipelines.elasticsearch.zeek import ecs_zeek_beats

    pipelines: dict[str, Callable[[], Any]] = {
        "windows": ecs_windows, "macos": ecs_macos_esf, "kubernetes": ecs_kubernetes, "zeek": ecs_zeek_beats,
    }  # fmt: skip

    def attempts(product: str) -> Sequence[_Attempt]:
        found = pipelines.get(product)
        if found is None:
            return (("", lambda: LuceneBackend()),)
        return ((found.__name__, lambda: LuceneBackend(found())),)

    return attempts


def _sentinel() -> _Attempts:
    from sigma.backends.kusto import KustoBackend
    from sigma.pipelines.azuremonitor import azure_monitor_pipeline
    from sigma.pipelines.sentinelasim import sentinel_asim_pipeline

    # ASIM's normalised tables first; the raw tables of Azure Monitor know some fields that ASIM lacks.
    return lambda product: (
        ("sentinel_asim", lambda: KustoBackend(sentinel_asim_pipeline())),
        ("azure_monitor", lambda: KustoBackend(azure_monitor_pipeline())),
    )


def _secops() -> _Attempts:
    from sigma.backends.secops import SecOpsBackend
    from sigma.pipelines.secops import secops_udm_pipeline

    return lambda product: (("secops_udm", lambda: SecOpsBackend(secops_udm_pipeline())),)


_MAKERS: Final[dict[str, Callable[[], _Attempts]]] = {
    "splunk": _splunk, "elastic": _elastic, "sentinel": _sentinel, "secops": _secops,
}  # fmt: skip


def _one(id_: str, text: str, to: str, attempts: _Attempts) -> Conversion:
    wrong = problem(text)
    if wrong is not None:
        return Conversion(id_, to, code=wrong[0], reason=wrong[1])
    from sigma.collection import SigmaCollection

    reasons: list[str] = []
    for pipeline, backend in attempts(_product(text)):
        try:
            queries = tuple(str(each) for each in backend().convert(SigmaCollection.from_yaml(text)))
        except Exception as error:
            # A backend meets rules its authors never saw: whatever it raises is an answer about the rule.
            reasons.append(f"{pipeline + ': ' if pipeline else ''}{_said(error)}")
            continue
        if not queries or not all(each.strip() for each in queries):
            reasons.append(f"{pipeline + ': ' if pipeline else ''}no query came out")
            continue
        if sum(map(len, queries)) > QUERY_MOST:
            return Conversion(
                id_, to, code="query-too-long", reason=f"the query has more than {QUERY_MOST} characters"
            )
        note = "" if pipeline else "Field names are Sigma's own: put your log's names in their place."
        return Conversion(id_, to, queries, pipeline, note)
    return Conversion(id_, to, code="not-convertible", reason="; ".join(dict.fromkeys(reasons)))


def _product(text: str) -> str:
    """The product of the log source, "" if none is named; the text has passed `problem`."""
    import yaml

    first: dict[str, Any] = next(iter(yaml.safe_load_all(text)))
    source = first.get("logsource")
    return str(source.get("product") or "").lower() if isinstance(source, dict) else ""


def _said(error: Exception) -> str:
    """What a backend gives as its reason, on one line and without a place inside this machine."""
    words = " ".join(str(error).split()) or type(error).__name__
    # pySigma appends the place and a list of everything that would have been right.
    words = words.partition(" (while ")[0].partition(". ")[0]
    return words if len(words) <= REASON_MOST else words[: REASON_MOST - 1] + "…"
