# SPDX-License-Identifier: Apache-2.0
"""Official titles from a user's licensed copy (CIS, ISO, AICPA), kept outside the pack.

The file is a CSV with the columns framework, id, title. It lies as `titles.csv` beside the user's pack
folder, never inside it, so that an update of the pack leaves it alone and nothing of it is shipped.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from scc.model.errors import KnowledgeError

NAME: Final = "titles.csv"
_FILE_MOST: Final = 5_000_000
_TITLE_MOST: Final = 400


def parse(data: bytes) -> dict[str, dict[str, str]]:
    """Titles by framework and id. Raises KnowledgeError with the line of the first fault."""
    if len(data) > _FILE_MOST:
        raise KnowledgeError(f"The file of titles has more than {_FILE_MOST} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise KnowledgeError(f"The file of titles is not UTF-8: {fault.reason}.") from fault
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    if header != ["framework", "id", "title"]:
        raise KnowledgeError("The first line of the file of titles must be: framework,id,title.")
    found: dict[str, dict[str, str]] = {}
    for row in reader:
        if not row:
            continue
        if len(row) != 3 or not all(cell.strip() for cell in row) or len(row[2]) > _TITLE_MOST:
            raise KnowledgeError(
                f"Line {reader.line_num} of the file of titles must have three filled cells."
            )
        framework, id_, title = (" ".join(cell.split()) for cell in row)
        found.setdefault(framework, {})[id_] = title
    return found


def licensed(folder: Path) -> dict[str, dict[str, str]]:
    """The titles in a folder (the one that holds the user's packs); empty if there are none."""
    path = folder / NAME
    return parse(path.read_bytes()) if path.is_file() else {}


def install(file: Path, data_folder: Path) -> int:
    """Check a file of titles and copy it beside the user's pack; returns how many titles it has.

    Raises KnowledgeError if it cannot be read or is malformed; then nothing changes.
    """
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise KnowledgeError(f"{file} cannot be read: {fault.strerror or fault}.") from fault
    count = sum(len(each) for each in parse(data).values())
    data_folder.mkdir(parents=True, exist_ok=True)
    part = data_folder / f"{NAME}.part"
    part.write_bytes(data)
    part.replace(data_folder / NAME)
    return count
