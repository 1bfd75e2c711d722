# SPDX-License-Identifier: Apache-2.0
"""All mandatory tests of CSAF 2.0 (OASIS Standard, section 6.1) on one document.

The document must be valid by the JSON Schema of CSAF 2.0 first, which is not looked at here. Two tests need
lists: names of weaknesses come from the knowledge pack, two-letter languages and regions from ISO 639-1 and
the form of the rest from RFC 5646 (a three-letter language is not looked up). The optional and informative
tests (6.2, 6.3) are not made.
"""

from __future__ import annotations

from scc.knowledge import Knowledge
from scc.share.csaf import check_document, check_products, check_scores, check_tracking
from scc.share.csaf.documents import Failure, Part


def check(document: Part, knowledge: Knowledge) -> list[Failure]:
    """What fails, in the order of the standard; empty for a valid document.

    Raises KeyError, TypeError or ValueError when the document is not valid by the schema.
    """
    found = [
        *check_products.failures(document),
        *check_scores.failures(document, knowledge),
        *check_tracking.failures(document),
        *check_document.failures(document),
    ]
    return sorted(found, key=lambda each: ([int(part) for part in each.test.split(".")], each.path))
