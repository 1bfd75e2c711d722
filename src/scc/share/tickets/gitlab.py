# SPDX-License-Identifier: Apache-2.0
"""GitLab: the body of "New issue" of the REST API v4; confidential, because it tells of our own systems."""

from __future__ import annotations

from typing import Final

from scc.model.briefing import Briefing
from scc.share.interface import Context, NotApplicable
from scc.share.tickets.markdown import body
from scc.share.tickets.text import cut, day, document, request, ticket

TITLE_MOST: Final = 255
DESCRIPTION_MOST: Final = 1_048_576 // 4
"""The limit is one megabyte; a character has at most four octets."""


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """One confidential issue with a task list."""
    found = ticket(briefing, context)
    if isinstance(found, NotApplicable):
        return found
    return document(
        "GitLab REST API v4",
        {"id": "number or URL-encoded path of the project"},
        request(
            "/api/v4/projects/{id}/issues",
            {
                "title": cut(f"{found.item} {found.title}", TITLE_MOST),
                "description": body(found, DESCRIPTION_MOST),
                "labels": ",".join(found.labels),
                "confidential": True,
                **({"due_date": day(found.due)} if found.due else {}),
            },
        ),
    )
