# SPDX-License-Identifier: Apache-2.0
"""`scc sources`: list, add and test sources."""

from __future__ import annotations

import re
from pathlib import Path

import click

from scc.cli import exits
from scc.cli.session import content, echo_json, json_option
from scc.cli.session import settings as load_settings
from scc.cli.session import sources as load_sources
from scc.model.errors import CollectError, UsageError


@click.group("sources")
def group() -> None:
    """List, add and test sources."""


@group.command("list")
@click.option("--content", "overlay", metavar="DIR", help="Content of your own, laid over the shipped one.")
@json_option
@click.pass_context
def list_(context: click.Context, overlay: str | None, as_json: bool) -> int:
    """List the configured sources."""
    from scc.cli.output import table

    found = load_sources(content(overlay or load_settings(context).brief.content or None))
    if as_json:
        echo_json(found)
        return exits.OK
    table(
        ("ID", "TIER", "KIND", "LANG", "TLP", "ON", "PUBLISHER"),
        [
            (
                each.id,
                each.tier,
                each.kind,
                each.language,
                each.tlp,
                "yes" if each.enabled else "no",
                each.publisher,
            )
            for each in found
        ],
    )
    return exits.OK


@group.command("add")
@click.argument("url")
@click.option("--id", "id_", required=True, help="Stable key, kebab-case.")
@click.option("--publisher", required=True, help="Who publishes it.")
@click.option(
    "--kind", default="rss", show_default=True, help="rss, atom, jsonfeed, kev, epss, cve, csaf, ..."
)
@click.option("--tier", default="T3", show_default=True, type=click.Choice(["T1", "T2", "T3"]), help="Tier.")
@click.option("--language", default="en", show_default=True, help="BCP 47 language.")
@click.option("--tlp", default="TLP:CLEAR", show_default=True, help="Label of its documents.")
@click.option("--content", "overlay", metavar="DIR", help="Your content folder, where the source is written.")
@click.pass_context
def add(
    context: click.Context, url: str, id_: str, publisher: str, kind: str, tier: str, language: str,
    tlp: str, overlay: str | None,
) -> int:  # fmt: skip
    """Write a source into your content folder. Fetches nothing."""
    from typing import get_args
    from urllib.parse import urlsplit

    import yaml

    from scc.cli.output import replace
    from scc.model.document import SourceKind
    from scc.model.tlp import parse

    folder = overlay or load_settings(context).brief.content
    host = urlsplit(url).hostname
    if not folder:
        raise UsageError("No content folder is named.", "Add --content DIR or set brief.content.")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_):
        raise UsageError(f"--id {id_!r} is not kebab-case.", "Write small letters, digits and hyphens.")
    if urlsplit(url).scheme not in ("http", "https") or not host:
        raise UsageError(f"{url} is not an http or https address.", "Check the address.")
    if kind not in get_args(SourceKind):
        raise UsageError(f"--kind {kind!r} is not known.", f"Use one of {', '.join(get_args(SourceKind))}.")
    if parse(tlp) is None:
        raise UsageError(f"--tlp {tlp!r} is no TLP label.", "Use TLP:CLEAR, TLP:GREEN or TLP:AMBER.")
    target = Path(folder) / "sources" / f"{id_}.yaml"
    if target.exists():
        raise UsageError(f"{target} exists.", "Edit the file, or choose another --id.")
    target.parent.mkdir(parents=True, exist_ok=True)
    entry = {
        "id": id_, "publisher": publisher, "url": url, "kind": kind, "tier": tier, "language": language,
        "domains": [host.removeprefix("www.")], "tlp": parse(tlp),
    }  # fmt: skip
    replace(target, yaml.safe_dump(entry, sort_keys=False, allow_unicode=True).encode())
    load_sources(content(str(folder)))
    click.echo(str(target))
    return exits.OK


@group.command("test")
@click.argument("names", nargs=-1, metavar="[SOURCE...]")
@click.option("--content", "overlay", metavar="DIR", help="Content of your own, laid over the shipped one.")
@json_option
@click.pass_context
def test(context: click.Context, names: tuple[str, ...], overlay: str | None, as_json: bool) -> int:
    """Fetch sources (all, or those named) and say what they give. Opens connections, stores nothing."""
    from scc import read
    from scc.cli.collect import _wanted, door
    from scc.cli.output import table
    from scc.collect.interface import Memory
    from scc.collect.poll import poller
    from scc.model.provenance import Skipped

    settings = load_settings(context)
    known = load_sources(content(overlay or settings.brief.content or None))
    results: dict[str, str] = {}
    with door(settings) as opened:
        for source in _wanted(known, names):
            try:
                entries = [
                    part for raw in poller(source.kind)(source, Memory(), opened) for part in read.split(raw)
                ]
                good = [each for each in entries if not isinstance(each, Skipped)]
                results[source.id] = (
                    f"ok: {len(good)} entries" if good else "fetched, and holds nothing readable"
                )
            except CollectError as error:
                results[source.id] = error.diagnostics()
    if as_json:
        echo_json(results)
    else:
        table(("SOURCE", "RESULT"), sorted(results.items()))
    return exits.OK if all(each.startswith("ok") for each in results.values()) else exits.PARTLY
