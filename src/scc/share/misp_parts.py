# SPDX-License-Identifier: Apache-2.0
"""The parts of a MISP event: attributes, objects and their references, in the form that a feed carries.

That form has every key PyMISP writes (`MISPEvent.to_feed`): numbers as text, booleans as booleans. Object
templates are named by UUID and version as in misp-objects; their descriptions here are our own. Values are
trimmed as PyMISP does, empty ones give no attribute. Source: MISP core format (draft-dulaunoy-misp-core-format).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, Final

from scc.model.accounts import place_of
from scc.model.briefing import IndicatorShown
from scc.share.identity import day, named
from scc.share.stix_patterns import pattern

Part = dict[str, Any]
_TYPES: Final = {
    "ipv4": ("ip-dst", "Network activity"), "ipv6": ("ip-dst", "Network activity"),
    "cidr": ("ip-dst", "Network activity"), "domain": ("domain", "Network activity"),
    "url": ("url", "Network activity"), "email": ("email", "Payload delivery"),
    "md5": ("md5", "Payload delivery"), "sha1": ("sha1", "Payload delivery"),
    "sha256": ("sha256", "Payload delivery"), "sha512": ("sha512", "Payload delivery"),
    "ssdeep": ("ssdeep", "Payload delivery"), "imphash": ("imphash", "Payload delivery"),
    "filename": ("filename", "Payload delivery"), "filepath": ("filename", "Payload delivery"),
    "registry-key": ("regkey", "Persistence mechanism"), "mutex": ("mutex", "Artifacts dropped"),
    "user-agent": ("user-agent", "Network activity"), "port": ("port", "Network activity"),
    "asn": ("AS", "Network activity"), "package": ("other", "Payload delivery"), "account": ("other", "Attribution"),
    "ja3": ("ja3-fingerprint-md5", "Network activity"), "ja4": ("other", "Network activity"),
    "cryptocurrency-address": ("btc", "Financial fraud"),
    "android-package": ("mobile-application-id", "Payload delivery"),
}  # fmt: skip
"""Type and category of MISP by indicator type. A type that MISP lacks is `other`, named in the comment."""
_ACCOUNTS: Final = {
    "github": ("github-username", "Social network"), "twitter": ("twitter-id", "Social network"),
    "xmpp": ("jabber-id", "Social network"), "azure-application": ("azure-application-id", "Payload delivery"),
    **dict.fromkeys(("windows-local", "windows-domain", "unix", "system"), ("other", "Persistence mechanism")),
}  # fmt: skip
"""Type and category of an account by its place; the others are `other`."""
_SHAPES: Final = {
    "ja3": re.compile(r"[0-9a-fA-F]{32}"),
    "ja4": re.compile(r"[a-z0-9]{2,12}(?:_[a-z0-9]{1,64}){1,3}"),
    "cryptocurrency-address": re.compile(r"[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71}"),
    "android-package": re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}(?:\.[A-Za-z][A-Za-z0-9_]{0,99}){1,9}"),
}
"""Shapes of the types that STIX has no pattern for; a currency other than Bitcoin is kept as `other`."""
TEMPLATES: Final = {
    "report": ("70a68471-df22-4e3f-aa1a-5a3be19f82df", "8", "misc", "The item and its sources."),
    "vulnerability": (
        "81650945-f186-437b-8945-9f31715d32da",
        "12",
        "vulnerability",
        "A known vulnerability.",
    ),
    "weakness": ("b8713fc0-d7a2-4b27-a182-38ed47966802", "1", "vulnerability", "A weakness of the CWE list."),
    "attack-pattern": ("35928348-56be-4d7f-9752-a80927936351", "1", "vulnerability", "A technique seen."),
    "software": ("b1b5dc0e-73fe-443c-8d9d-0e208de3951e", "1", "misc", "An affected product."),
    "course-of-action": ("3d1c2c06-68a9-4394-8c8d-258d115f796f", "1", "misc", "An action of the plan."),
}
"""UUID, version, meta-category of the templates in MISP/misp-objects, and what we say of them."""


class Parts:
    """Makes the parts of one event, named after the item."""

    def __init__(self, item: str, now: datetime.datetime, withdrawn: bool) -> None:
        self.item = item
        self.now = now
        self.withdrawn = withdrawn
        self.timestamp = str(int(now.timestamp()))

    def attribute(
        self, key: Iterable[str], type_: str, category: str, value: str, *, comment: str = "", ids: bool = False,
        correlate: bool = True,
    ) -> Part | None:  # fmt: skip
        """An attribute; None when its value is empty. Nothing of a withdrawn item is for detection."""
        value = trimmed(value)
        if not value:
            return None
        made: Part = {
            "category": category, "comment": comment, "disable_correlation": not correlate, "timestamp": self.timestamp,
            "to_ids": ids and not self.withdrawn, "type": type_, "uuid": named("misp", self.item, "attribute", *key),
            "value": value,
        }  # fmt: skip
        return {**made, "deleted": True} if self.withdrawn else made

    def indicator(self, each: IndicatorShown) -> Part | None:
        """A value with its role; for detection only when observed, of a type to detect, and not expired."""
        type_, category = (
            _account(each) if each.type == "account" else _TYPES.get(each.type, ("other", "Other"))
        )
        observed = each.role == "observed"
        value, detect = each.value, observed
        if not _fits(each):
            type_, category, detect = "other", "Other", False
        elif type_ in ("other", "AS", "port", "user-agent") or category == "Social network":
            detect = False
        if type_ == "AS":
            value = value.upper().removeprefix("AS")
        if each.type == "url" and each.role == "reference" and type_ == "url":
            type_, category = "link", "External analysis"
        end = day(each.valid_until)
        said = [
            f"{each.type}, {each.role}" if type_ == "other" else each.role,
            each.note,
            f"valid until {each.valid_until}" if end else "",
        ]
        return self.attribute(
            ("indicator", each.type, each.value), type_, category, value,
            comment="; ".join(one for one in said if one), ids=detect and (end is None or end > self.now),
            correlate=each.role in ("observed", "victim"),
        )  # fmt: skip

    def object(
        self,
        template: str,
        key: str,
        values: Iterable[tuple[str, str, str, str]],
        references: Iterable[tuple[str, str]] = (),
    ) -> Part | None:
        """An object of (relation, type, category, value); None when it would hold nothing.

        `references` are (relationship, UUID of another object).
        """
        uuid = named("misp", self.item, template, key)
        attributes = []
        for number, (relation, type_, category, value) in enumerate(values):
            # Events on the same flaw belong together; all else of an object says nothing about another event.
            part = self.attribute(
                (template, key, relation, str(number)), type_, category, value,
                correlate=type_ == "vulnerability",
            )  # fmt: skip
            if part is not None:
                attributes.append({**part, "object_relation": relation})
        if not attributes:
            return None
        template_uuid, version, meta, text = TEMPLATES[template]
        made: Part = {
            "comment": "", "description": text, "meta-category": meta, "name": template, "template_uuid": template_uuid,
            "template_version": version, "timestamp": self.timestamp, "uuid": uuid,
            **({"deleted": True} if self.withdrawn else {}),
        }  # fmt: skip
        linked = [self._reference(uuid, kind, other) for kind, other in references]
        if linked:
            made["ObjectReference"] = linked
        return {**made, "Attribute": attributes}

    def _reference(self, source: str, kind: str, target: str) -> Part:
        return {
            "comment": "", "object_uuid": source, "referenced_uuid": target, "relationship_type": kind,
            "timestamp": self.timestamp, "uuid": named("misp", self.item, "reference", source, kind, target),
        }  # fmt: skip


def _account(each: IndicatorShown) -> tuple[str, str]:
    place = place_of(each.note)
    if each.role == "victim" and place in ("windows-local", "windows-domain", "unix", "system"):
        return "target-user", "Targeting data"
    return _ACCOUNTS.get(place, ("other", "Social network" if place else _TYPES["account"][1]))


def _fits(each: IndicatorShown) -> bool:
    """Whether a value is what its type says."""
    shape = _SHAPES.get(each.type)
    return bool(shape.fullmatch(each.value)) if shape else bool(pattern(each.type, each.value))


def trimmed(value: str) -> str:
    """A value as PyMISP keeps it; what is empty then cannot be sent."""
    return value.strip().strip("\x00").strip()


def tag(name: str) -> Part:
    """A tag as feeds carry it; MISP knows the colours of published taxonomies itself."""
    return {"colour": "#ffffff", "local": False, "name": name, "relationship_type": ""}
