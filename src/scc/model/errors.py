# SPDX-License-Identifier: Apache-2.0
"""The root error and the family each stage derives its own from.

Only broken contracts raise. A fact that is not known, an input that is skipped, a check that could
not be made are values (`Skipped`, `Unknown`), never exceptions. Faces (`cli`, `web`) are the only
places that turn an error into a message.
"""

from __future__ import annotations


class SccError(Exception):
    """Root of all errors of this project.

    `what` says what happened, in one sentence; `todo` says what the reader can do next. Both are
    shown to users as they are, so they carry no traceback and no untrusted markup.
    """

    code: str = "error"
    """Stable name of the error, used in JSON output and in the documentation."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo

    def diagnostics(self) -> str:
        """One or two sentences: what happened, what to do next."""
        return f"{self.what} {self.todo}".strip()


class UsageError(SccError):
    """The caller asked for something that cannot be done as asked (exit code 2)."""

    code = "usage"


class ContentError(SccError):
    """Our own data (`content/`) is broken: every fault with its file and line."""

    code = "content"

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        shown = "; ".join(faults[:10]) + (f"; and {len(faults) - 10} more" if len(faults) > 10 else "")
        super().__init__(
            f"{len(faults)} faults in content: {shown}.",
            "Correct the named files, then run `scc content check`.",
        )


class KnowledgeError(SccError):
    """The knowledge pack is missing, damaged or of another format version."""

    code = "knowledge"


class StoreError(SccError):
    """The database cannot be opened, written or understood."""

    code = "store"


class CollectError(SccError):
    """A source could not be fetched; the reason and whether a retry makes sense."""

    code = "collect"


class RenderError(SccError):
    """A briefing could not be turned into the wanted format."""

    code = "render"


class DeliverError(SccError):
    """Something could not be published or sent."""

    code = "deliver"


class SettingsError(SccError):
    """A settings or profile file has an unknown key or a value of the wrong type."""

    code = "settings"
