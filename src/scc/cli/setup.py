# SPDX-License-Identifier: Apache-2.0
"""`scc init` and `scc doctor`: the profile to fill in, and whether everything is in place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from scc.cli import exits
from scc.cli.session import content, db_option, echo_json, json_option, pack
from scc.cli.session import settings as load_settings
from scc.cli.session import sources as load_sources
from scc.model.errors import SccError, UsageError

TEMPLATE = """\
# Profile of your organisation. Give it to `scc brief --profile org.toml`.
# Every line that starts with # shows a key you may use; an unknown key is an error. All keys stand in
# docs/configuration.md. What you leave out is treated as not known, never as "no".

name = "{name}"

# What you do and where: keys of content/names/sectors.csv, ISO 3166 country codes.
# sectors = ["health"]
# countries = ["DE"]
# size = 40

# Which duties may bind you. regulated: health, payment, personal-eu, personal-us, financial, defense, energy.
# federal = false
# public_company_us = false
# manufacturer = false
# regulated = ["personal-eu"]

# Frameworks to show, keys of content/frameworks.csv; empty: what fits the subject.
# frameworks = ["nist-csf-2.0", "cis-v8"]

# SBOM files (CycloneDX or SPDX in JSON), relative to this file, and whether the list of products is complete.
# sboms = ["server.cdx.json"]
# products_complete = false

# Controls of your own: OSCAL catalogues and profiles in JSON, relative to this file. What they map to is printed beside it.
# control_catalogs = ["our-controls.json"]

# uses_ai = true
# has_ot = false

# SSVC: mission_critical is minimal, support or essential; well_being is minimal, material or irreversible.
# mission_critical = "support"
# well_being = "minimal"

# What you have and lack: keys of content/vocabularies/tooling.csv; platforms of content/vocabularies/platforms.csv.
# tooling = ["edr"]
# lacking = ["siem"]
# platforms = ["windows", "linux"]

# Person-hours a day for security work: what does not fit is put off, and said so.
capacity_hours = 6.0

# Whom to phone. Names or functions, printed as given.
[roles]
lead = "Security lead"
it = "IT operations"
management = "Management"
legal = "Legal counsel"
communications = "Communications"
privacy = "Data protection officer"

# One block a product.
# [[products]]
# vendor = "Example"
# product = "Gateway"
# version = "1.2"
# exposed = true
# crown_jewel = false
"""


@click.command("init")
@click.argument("file", type=click.Path(path_type=Path), default=Path("org.toml"))
@click.option("--name", default="My organisation", show_default=True, help="Name of your organisation.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init(file: Path, name: str, force: bool) -> int:
    """Write a commented profile of your organisation to FILE (org.toml)."""
    from scc.cli.output import replace
    from scc.settings import organisation

    if file.exists() and not force:
        raise UsageError(f"{file} exists.", "Choose another name, or replace it with --force.")
    quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    replace(file, TEMPLATE.replace("{name}", quoted).encode())
    organisation(file)
    click.echo(f"{file}: fill it in, then run `scc brief PATH --profile {file}`.", err=True)
    return exits.OK


@click.command("doctor")
@db_option
@json_option
@click.pass_context
def doctor(context: click.Context, db: str | None, as_json: bool) -> int:
    """Check the installation, the settings, the content, the pack and the database."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("python", lambda: sys.version.split()[0]),
        ("settings", lambda: _settings(context)),
        ("content", lambda: _content(context)),
        ("knowledge pack", _knowledge),
        ("database", lambda: _database(context, db)),
        ("pdf", _pdf),
    ]
    results: list[dict[str, str]] = []
    for name, check in checks:
        try:
            results.append({"check": name, "state": "ok", "note": check()})
        except SccError as error:
            results.append({"check": name, "state": "fault", "note": error.diagnostics()})
        except (ImportError, OSError) as error:
            results.append({"check": name, "state": "fault", "note": f"{type(error).__name__}: {error}"})
    if as_json:
        echo_json(results)
    else:
        from scc.cli.output import table

        table(
            ("CHECK", "STATE", "NOTE"),
            [(each["check"], each["state"], each["note"]) for each in results],
            120,
        )
    return exits.OK if all(each["state"] == "ok" for each in results) else exits.PARTLY


def _settings(context: click.Context) -> str:
    from scc.settings import config_file

    load_settings(context)
    named = context.find_root().obj
    file = Path(named) if named else config_file()
    return str(file) if file.is_file() else f"defaults ({file} is not there)"


def _content(context: click.Context) -> str:
    overlay = load_settings(context).brief.content
    found = content(overlay or None)
    return f"{len(load_sources(found))} sources" + (f", overlay {overlay}" if overlay else "")


def _knowledge() -> str:
    known = pack()
    return f"{known.pack_id[:12]}, {len(known.datasets)} data sets, KEV as of {known.kev_date}"


def _database(context: click.Context, db: str | None) -> str:
    import scc.store

    target = db or load_settings(context).database
    if "://" not in target and not Path(target).exists():
        return f"{target} is not there yet; `scc brief` makes it"
    with scc.store.open(target, create=False) as store:
        return f"{store.shown}: {store.documents.count()} documents, {store.items.count()} items"


def _pdf() -> str:
    import typst

    return f"typst {getattr(typst, '__version__', 'present')}"
