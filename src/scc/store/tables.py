# SPDX-License-Identifier: Apache-2.0
"""The tables. Bodies are zlib-compressed JSON; what is searched or joined on has a column of its own.

`stage`, `attempt`, `lease_owner` and `lease_until` on the work rows (raws, documents, stories) are the
truth about what remains to be done; no queue is.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA: Final = MetaData()

SEQUENCE = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; SQLite gives rowids only to INTEGER."""


def _work() -> list[Column[object]]:
    return [
        Column("stage", Text, nullable=False),
        Column("attempt", Integer, nullable=False, server_default="0"),
        Column("lease_owner", Text, nullable=False, server_default=""),
        Column("lease_until", Float, nullable=False, server_default="0"),
    ]


RAWS: Final = Table(
    "raws",
    METADATA,
    Column("seq", SEQUENCE, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False, server_default=""),
    Column("url", Text, nullable=False, server_default=""),
    Column("entry", Text, nullable=False, server_default=""),
    Column("parent", Text, nullable=False, server_default=""),
    Column("container", Text, nullable=False, server_default=""),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("body", LargeBinary, nullable=True),
    Column("document", Text, nullable=False, server_default=""),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("rule", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    *_work(),
)
"""One row an input or an entry of one. `body` holds the Raw until it is read, then NULL.
`container` is the raw id of the container an entry came from."""
Index("raws_stage", RAWS.c.stage, RAWS.c.seq)
Index("raws_document", RAWS.c.document)
Index("raws_container", RAWS.c.container)

DOCUMENTS: Final = Table(
    "documents",
    METADATA,
    Column("seq", SEQUENCE, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("story", Text, nullable=False, server_default=""),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("rule", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("inputs", Text, nullable=False, server_default=""),
    Column("body", LargeBinary, nullable=False),
    Column("observations", LargeBinary, nullable=False),
    *_work(),
)
"""`inputs` is the digest of what the observations were made with (pack, content, version)."""
Index("documents_stage", DOCUMENTS.c.stage, DOCUMENTS.c.date, DOCUMENTS.c.id)
Index("documents_inputs", DOCUMENTS.c.inputs)
Index("documents_url", DOCUMENTS.c.url)
Index("documents_story", DOCUMENTS.c.story)

KEYS: Final = Table(
    "keys",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("document", SEQUENCE, ForeignKey("documents.seq"), primary_key=True),
    sqlite_with_rowid=False,
)
"""What may tie a document to a story (`correlate.keys`)."""
Index("keys_document", KEYS.c.document)

FEATURES: Final = Table(
    "features",
    METADATA,
    Column("document", SEQUENCE, ForeignKey("documents.seq"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""What of a document is compared (`correlate.freeze`), so that a candidate's text need not be read again."""

IDENTIFIERS: Final = Table(
    "identifiers",
    METADATA,
    Column("value", Text, primary_key=True),
    Column("document", SEQUENCE, ForeignKey("documents.seq"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Which records speak of an id ("CVE-…") or of a product ("product:…"), for enrichment."""
Index("identifiers_document", IDENTIFIERS.c.document)

STORIES: Final = Table(
    "stories",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("item", Text, nullable=False, server_default=""),
    Column("type", Text, nullable=False, server_default=""),
    Column("date", Text, nullable=False, server_default=""),
    Column("first", Text, nullable=False, server_default=""),
    Column("inputs", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("tlp", Text, nullable=False, server_default=""),
    Column("release", Integer, nullable=False, server_default="0"),
    Column("flaws", Integer, nullable=False, server_default="0"),
    *_work(),
)
"""`inputs` is the digest of what the last briefing was made of. `first` is the id of the earliest
document. `title`, `tlp`, `release` and `flaws` (how many) are of the last assessment, for the links between items.
A merged story keeps its row with stage "merged"."""
Index("stories_stage", STORIES.c.stage, STORIES.c.date, STORIES.c.first)

FLAWS: Final = Table(
    "flaws",
    METADATA,
    Column("flaw", Text, primary_key=True),
    Column("story", Text, primary_key=True),
    Column("exploited", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)
"""The vulnerabilities that an assessed story is about, and whether it holds them for exploited."""
Index("flaws_story", FLAWS.c.story)

ITEMS: Final = Table(
    "items",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("story", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="new"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("merged_into", Text, nullable=False, server_default=""),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
)
Index("items_number", ITEMS.c.year, ITEMS.c.number, unique=True)
Index("items_story", ITEMS.c.story)

REVISIONS: Final = Table(
    "revisions",
    METADATA,
    Column("item", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("generated", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("briefing", LargeBinary, nullable=False),
)

PROPOSALS: Final = Table(
    "proposals",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("story", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)
"""Joins and merges that the evidence suggests and does not force: for a person."""

DECISIONS: Final = Table(
    "decisions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("time", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("decisions_target", DECISIONS.c.target)

NOTICES: Final = Table(
    "notices",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("time", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""What was sent to whom."""
Index("notices_item", NOTICES.c.item)

SOURCE_STATE: Final = Table(
    "source_state",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""Conditional GET state and the last result, a source."""

LOCKS: Final = Table(
    "locks",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("until", Float, nullable=False),
)

VERSION: Final = Table("alembic_version", METADATA, Column("version_num", String(32), primary_key=True))
