# SPDX-License-Identifier: Apache-2.0
"""`scc lint`: hold a briefing (ours or anybody's) against its sources and the pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from scc.cli import exits
from scc.cli.session import content, db_option, echo_json, json_option, open_store, pack
from scc.cli.session import settings as load_settings
from scc.cli.session import sources as load_sources
from scc.model.briefing import Briefing
from scc.model.errors import UsageError

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge
    from scc.model.document import Document
    from scc.model.facts import Observation


@click.command("lint")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--sources", "given", multiple=True, metavar="PATH", help="File or folder with sources; repeatable."
)
@db_option
@json_option
@click.pass_context
def command(context: click.Context, file: Path, given: tuple[str, ...], db: str | None, as_json: bool) -> int:
    """Check a Briefing (JSON) or a briefing in plain text. Ends with 1 when there are findings.

    Sources come from --sources, from the paths that the briefing names, or from --db. A check whose
    source is not at hand is reported as not checkable.
    """
    from scc import brief

    known = pack()
    found = content(load_settings(context).brief.content or None)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"There is no file {file}.", "Check the path.") from None
    briefing = _parse(data)
    sources = observed(given, known, found)
    if briefing is None:
        parts = observed((str(file),), known, found)
        if not parts:
            raise UsageError(f"{file} is neither a Briefing nor readable text.", "Give a JSON or text file.")
        findings = brief.lint_text(parts[0][0], parts[0][1], sources, known)
    else:
        have = {document.id for document, _ in sources}
        paths = [each.path for each in briefing.sources if each.path and each.document not in have]
        sources += observed(tuple(each for each in paths if Path(each).is_file()), known, found)
        if db is not None:
            with open_store(context, db) as store:
                wanted = {each.document for each in briefing.sources}
                wanted |= {each.document for each in briefing.citations if each.document}
                sources += store.documents.get(sorted(wanted - {document.id for document, _ in sources}))
        findings = brief.lint_briefing(briefing, sources, known)
    if as_json:
        echo_json(findings)
    else:
        from scc.cli.output import safe

        for each in findings:
            click.echo(safe(line(each)))
        click.echo(f"{len(findings)} findings.", err=True)
    return exits.PARTLY if any(each.state == "contradicted" for each in findings) else exits.OK


def line(finding: object) -> str:
    """A finding as one line."""
    values = msgspec.structs.asdict(finding) if isinstance(finding, msgspec.Struct) else vars(finding)
    code = values.pop("code", "")
    return f"{code}: " + "; ".join(str(each) for each in values.values() if each)


def _parse(data: bytes) -> Briefing | None:
    if data.lstrip()[:1] != b"{":
        return None
    try:
        return msgspec.json.decode(data, type=Briefing)
    except msgspec.ValidationError as error:
        raise UsageError(f"The file is JSON and no Briefing: {error}.", "See docs/schema/.") from error
    except msgspec.DecodeError:
        return None


def observed(
    paths: tuple[str, ...], knowledge: Knowledge, found: Content
) -> list[tuple[Document, tuple[Observation, ...]]]:
    """The documents of files and folders with their observations; what is no document is left out."""
    from scc import read
    from scc.collect.files import walk
    from scc.model.document import Raw
    from scc.model.provenance import Skipped

    known = load_sources(found)
    result = {}
    for raw in walk(paths):
        for part in read.split(raw) if isinstance(raw, Raw) else []:
            if isinstance(part, Skipped):
                continue
            document = read.document(part, known)
            if not isinstance(document, Skipped):
                result[document.id] = (document, read.observe(document, knowledge, found))
    return list(result.values())
