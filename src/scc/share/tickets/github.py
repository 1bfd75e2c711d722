# SPDX-License-Identifier: Apache-2.0
"""GitHub: the body of "Create an issue" of the REST API (title, body, labels), version 2022-11-28."""

from __future__ import annotations

from typing import Final

from scc.model.briefing import Briefing
from scc.share.interface import Context, NotApplicable
from scc.share.tickets.markdown import body
from scc.share.tickets.text import cut, document, request, ticket

TITLE_MOST: Final = 256
BODY_MOST: Final = 65_536


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """One issue with a task list."""
    found = ticket(briefing, context)
    if isinstance(found, NotApplicable):
        return found
    return document(
        "GitHub REST API 2022-11-28",
        {"owner": "account or organisation", "repo": "repository; a private one"},
        request(
            "/repos/{owner}/{repo}/issues",
            {
                "title": cut(f"{found.item} {found.title}", TITLE_MOST),
                "body": body(found, BODY_MOST),
                "labels": list(found.labels),
            },
        ),
    )
