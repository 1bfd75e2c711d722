# SPDX-License-Identifier: Apache-2.0
"""The connection, transactions, schema version and the run lock; the repositories hang on it.

A Store is used by one thread. Writes happen inside `transaction()`, which takes SQLite's write lock at
once, so that two writers wait for one another instead of failing in the middle.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.sql.base import Executable

from scc.model.errors import StoreError
from scc.store import search, tables
from scc.store.decisions import Decisions
from scc.store.documents import Documents
from scc.store.failures import explained
from scc.store.items import Items
from scc.store.notices import Notices
from scc.store.query import Found, Query
from scc.store.raws import Raws
from scc.store.sources import Sources
from scc.store.stories import Stories

HEAD: Final = "0005"
"""The schema version this code writes: the newest file in `migrations/versions`."""
BUSY_SECONDS: Final = 5.0
LOCK_SECONDS: Final = 120.0


class Store:
    """An open database. Use as a context manager, or call `close`."""

    def __init__(self, engine: Engine, shown: str) -> None:
        self.shown = shown
        self._engine = engine
        self._connection: Connection | None = None
        self._inside = False
        self.raws = Raws(self)
        self.documents = Documents(self)
        self.stories = Stories(self)
        self.items = Items(self)
        self.decisions = Decisions(self)
        self.sources = Sources(self)
        self.notices = Notices(self)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    def close(self) -> None:
        """Give the connection back. Nothing uncommitted survives."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[None]:
        """Everything inside happens or nothing does. Nested use joins the outer one. Raises StoreError."""
        if self._inside:
            yield
            return
        with explained(self.shown):
            if self._connection is None:
                self._connection = self._engine.connect()
            self._connection.info["write"] = write
            with self._connection.begin():
                self._inside = True
                try:
                    yield
                finally:
                    self._inside = False

    def rows(self, statement: Executable, values: Mapping[str, object] | None = None) -> list[Any]:
        """The rows of a query, all of them."""
        with self.transaction(write=False):
            assert self._connection is not None
            return list(self._connection.execute(statement, dict(values or {})).fetchall())

    def change(self, statement: Executable, values: Sequence[Mapping[str, object]] | None = None) -> int:
        """Run a statement, once or for each mapping; gives the number of rows touched (-1: not known)."""
        if values is not None and not values:
            return 0
        with self.transaction():
            assert self._connection is not None
            result = self._connection.execute(statement, [dict(each) for each in values] if values else None)
            return int(getattr(result, "rowcount", -1))

    def search(self, query: Query) -> Found:
        """A page of the documents that hold all words, see `query.Found`. Raises UsageError."""
        return search.find(self, query)

    @contextmanager
    def lock(self, name: str, wait: float, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
        """Hold a named lock; others wait up to `wait` seconds, then StoreError.

        A lock of a process of this machine that is gone is taken over at once, another one when its time
        is up (LOCK_SECONDS after the last `extend`).
        """
        owner = f"{socket.gethostname()}:{os.getpid()}:{id(self):x}"
        limit = time.monotonic() + wait
        told = False
        while not self._take(name, owner):
            if time.monotonic() >= limit:
                raise StoreError(
                    f"Another run is working on the database {self.shown}.",
                    "Wait until it has ended and run the command again, or use another file with --db.",
                )
            if on_wait and not told:
                on_wait("Waiting for another run on this database to end.")
                told = True
            time.sleep(0.25)
        try:
            yield
        finally:
            self.change(
                delete(tables.LOCKS).where(tables.LOCKS.c.name == name, tables.LOCKS.c.owner == owner)
            )

    def extend(self, name: str) -> None:
        """Say that the holder of the lock still works."""
        self.change(
            update(tables.LOCKS).where(tables.LOCKS.c.name == name).values(until=time.time() + LOCK_SECONDS)
        )

    def _take(self, name: str, owner: str) -> bool:
        locks = tables.LOCKS
        with self.transaction():
            held = self.rows(select(locks.c.owner, locks.c.until).where(locks.c.name == name))
            if held and not _gone(held[0].owner) and held[0].until > time.time():
                return False
            self.change(delete(locks).where(locks.c.name == name))
            self.change(insert(locks).values(name=name, owner=owner, until=time.time() + LOCK_SECONDS))
            return True


def _gone(owner: str) -> bool:
    """Whether the owner was a process of this machine that no longer runs."""
    host, pid, _ = owner.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def open_store(target: str, *, create: bool) -> Store:
    """See `scc.store.open`."""
    if "://" in target:
        engine, shown = _server(target)
    else:
        engine, shown = _file(Path(target), create), target
    store = Store(engine, shown)
    try:
        with explained(shown):
            _prepare(store, engine)
    except BaseException:
        store.close()
        raise
    return store


def _server(target: str) -> tuple[Engine, str]:
    url = make_url(target)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    with explained(url.render_as_string(hide_password=True)):
        return create_engine(url, pool_pre_ping=True), url.render_as_string(hide_password=True)


def _file(path: Path, create: bool) -> Engine:
    if not path.exists() and not create:
        raise StoreError(
            f"There is no database at {path}.", "Run `scc brief PATH` first, or name another one with --db."
        )
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database.", "Give a file name with --db.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder of the database, {path.parent}, cannot be made: {error.strerror}.",
            "Use another file with --db.",
        ) from error
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are ours, see _begin
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-32000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get("write", True) else "BEGIN")

    return engine


def _prepare(store: Store, engine: Engine) -> None:
    """Make the schema in an empty database, migrate an older one, refuse a newer or a foreign one."""
    from sqlalchemy import inspect

    with store.transaction():
        assert store._connection is not None
        names = set(inspect(store._connection).get_table_names())
        if tables.VERSION.name not in names:
            if names and store.dialect == "sqlite":
                raise StoreError(
                    f"{store.shown} is a database of another program.", "Give another file with --db."
                )
            tables.METADATA.create_all(store._connection)
            search.create(store)
            store.change(insert(tables.VERSION).values(version_num=HEAD))
            return
        found = store.rows(select(tables.VERSION.c.version_num))
    version = str(found[0][0]) if found else ""
    if version == HEAD:
        return
    if version > HEAD or not version:
        raise StoreError(
            f"{store.shown} was written by a newer version of SCC (schema {version or 'unknown'}, "
            f"this one knows {HEAD}).",
            "Update SCC, or use another file with --db.",
        )
    from scc.store.migrate import upgrade

    upgrade(engine, store.shown)
