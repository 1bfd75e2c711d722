# SPDX-License-Identifier: Apache-2.0
"""What the two office formats share: archives with fixed time stamps, so that same briefing is same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_STAMP: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def sealed(archive: bytes, iso: str) -> bytes:
    """The archive with its entries in order of name after the type list, dated 1980, and `iso` as its dates.

    `iso` is the briefing's time; what is not `YYYY-MM-DDTHH:MM:SSZ` becomes 1970-01-01T00:00:00Z.
    """
    stamp = iso if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", iso) else "1970-01-01T00:00:00Z"
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w") as made:
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>" + stamp.encode("ascii") + rb"\g<3>", data)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, data)
    return target.getvalue()
