# SPDX-License-Identifier: Apache-2.0
"""What a database can say when it fails, in words a user can act on. Hides no programming error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scc.model.errors import StoreError

_SAYS: tuple[tuple[str, str, str], ...] = (
    ("database or disk is full", "The disk that holds the database {0} is full.",
     "Free some space and run the command again; finished work is kept."),
    ("no space left", "The disk that holds the database {0} is full.",
     "Free some space and run the command again; finished work is kept."),
    ("database is locked", "Another process is writing to the database {0}.",
     "Wait until it has ended, or use another file with --db."),
    ("file is not a database", "{0} is not an SCC database.",
     "Give another file with --db; this one was not changed."),
    ("malformed", "The database {0} is damaged.",
     "Restore it from a backup, or move it away and run the command again to build a new one."),
    ("attempt to write a readonly", "The database {0} cannot be written.",
     "Check the rights of the file and its folder, or use another file with --db."),
    ("unable to open database", "The database {0} cannot be opened.",
     "Check that its folder exists and can be written, or use another file with --db."),
    ("disk i/o error", "The disk that holds the database {0} reported an error.",
     "Check the disk and the free space; finished work is kept."),
    ("connection refused", "The database server of {0} does not answer.",
     "Check that it runs and that the address is right."),
    ("could not translate host", "The database server of {0} was not found.", "Check the address."),
    ("authentication failed", "The database server of {0} refused the user or password.",
     "Check the address given with --db or SCC_STORE__URL."),
)  # fmt: skip


@contextmanager
def explained(shown: str) -> Iterator[None]:
    """Turn the database's own failures inside the block into StoreError; `shown` names the database."""
    from sqlalchemy.exc import DatabaseError, InterfaceError, NoSuchModuleError

    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        said = str(error.orig or error).lower()
        for mark, what, todo in _SAYS:
            if mark in said:
                raise StoreError(what.format(shown), todo) from error
        raise StoreError(
            f"The database {shown} failed: {str(error.orig or error).splitlines()[0][:200]}.",
            "Run `scc doctor`; finished work is kept.",
        ) from error
    except NoSuchModuleError as error:
        raise StoreError(
            f"{shown} names a kind of database that is not supported.",
            "Use a file name or a postgresql:// address.",
        ) from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise StoreError(
            "The PostgreSQL driver is not installed.",
            'Install it with `pip install "scc-briefings[postgres]"`.',
        ) from error
