# SPDX-License-Identifier: Apache-2.0
"""The body of its article that a page itself declares: schema.org's articleBody, in JSON-LD or in microdata.

A label of whole texts for pages whose labels are only segments. It is the publisher's: leads and captions are mostly not
in it, boxes inside the article sometimes are. Reads nothing of the product's.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

_SCRIPT: Final = re.compile(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", re.DOTALL)
_LEAST: Final = 300
"""Characters of a body: a shorter one is a teaser."""


def declared_body(page: str) -> str:
    """The declared body of a page given as HTML, as text; "" for none or for several."""
    return _in_json(page) or _in_microdata(page)


def _in_json(page: str) -> str:
    for script in _SCRIPT.findall(page):
        try:
            queue: list[Any] = [json.loads(script.strip(), strict=False)]
        except ValueError:
            continue
        while queue:
            each = queue.pop()
            if isinstance(each, list):
                queue += each
            elif isinstance(each, dict):
                body = each.get("articleBody")
                if isinstance(body, str) and len(body) > _LEAST:
                    return html.unescape(re.sub(r"<[^>]+>", " ", html.unescape(body)))
                queue += [value for value in each.values() if isinstance(value, dict | list)]
    return ""


def _in_microdata(page: str) -> str:
    from lxml import etree
    from lxml import html as markup

    parser = markup.HTMLParser(encoding="utf-8", remove_comments=True)
    tree = markup.document_fromstring(page.encode(), parser=parser)
    etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)
    found = [each for each in tree.iter() if (each.get("itemprop") or "").lower() == "articlebody"]
    text = " ".join(found[0].itertext()) if len(found) == 1 else ""
    return text if len(" ".join(text.split())) > _LEAST else ""
