# SPDX-License-Identifier: Apache-2.0
"""`scc taxii`: serve the items to TAXII clients, and make tokens for them."""

from __future__ import annotations

from pathlib import Path

import click

from scc.cli import exits
from scc.cli.session import db_option, label, open_store, pack
from scc.model.errors import UsageError

tokens_option = click.option(
    "--tokens",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Clients, their clearance and digests of their tokens (JSON).",
)


@click.group("taxii")
def group() -> None:
    """A TAXII 2.1 server over the items (docs/taxii.md)."""


@group.command("serve")
@tokens_option
@click.option("--public", is_flag=True, help="Let anybody without a token see what is TLP:CLEAR.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0: any free one."
)
@click.option(
    "--cert", type=click.Path(path_type=Path), metavar="FILE", help="Certificate chain (PEM) for TLS."
)
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Its private key (PEM).")
@db_option
@click.pass_context
def serve(
    context: click.Context, tokens: Path | None, public: bool, host: str, port: int, cert: Path | None,
    key: Path | None, db: str | None,
) -> int:  # fmt: skip
    """Serve the items, read-only, until Ctrl-C.

    Each client sees the collections up to its clearance. Other addresses than this machine's own need a
    certificate.
    """
    from scc.web.taxii import DISCOVERY, Taxii
    from scc.web.taxii_index import Library
    from scc.web.taxii_serve import Server, tls
    from scc.web.taxii_tokens import read

    if tokens is None and not public:
        raise UsageError("Nobody could ask.", "Give --tokens FILE, or --public for what is TLP:CLEAR.")
    if (cert is None) != (key is None):
        raise UsageError("--cert and --key belong together.", "Give both or none.")
    clients = read(tokens) if tokens else ()
    library = Library(lambda: open_store(context, db), pack())
    secure = tls(cert, key) if cert and key else None
    with Server(Taxii(library, clients, public=public), host, port, secure) as server:
        found = library.collections()
        count = sum(len(each.entries) for each in found.values())
        shown = f"[{host}]" if ":" in host else host
        where = f"{'https' if secure else 'http'}://{shown}:{server.server_port}{DISCOVERY}"
        click.echo(f"{count} objects in {len(found)} collections at {where}", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
    return exits.OK


@group.command("token")
@click.argument("name")
@click.option(
    "--clearance", metavar="TLP", required=True, help="The most restricted label the client may see."
)
@click.option(
    "--tokens",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="The file to write the digest to; it is made when it is not there.",
)
def token(name: str, clearance: str, tokens: Path) -> int:
    """Make a token for client NAME and print it, this once.

    A client that is there already gets a new token, and the old one is worth nothing. A server that runs
    reads the file when it starts.
    """
    from scc.web.taxii_tokens import add

    found = label(clearance, "--clearance")
    assert found is not None  # the option is required, and a wrong label raises
    click.echo(add(tokens, name, found))
    return exits.OK
