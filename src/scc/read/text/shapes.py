# SPDX-License-Identifier: Apache-2.0
"""Which format a parsed JSON object is of, by the keys that its specification requires."""

from __future__ import annotations

import re
from typing import Any, Final

_STIX_ID: Final = re.compile(r"[a-z][a-z0-9-]{2,60}--[0-9a-fA-F-]{36}")
_EVENT: Final = frozenset(
    {
        "EventID",
        "@timestamp",
        "eventName",
        "Records",
        "EventTime",
        "TimeCreated",
        "eventTime",
        "_SOURCE_REALTIME_TIMESTAMP",
    }
)


def of_value(value: Any) -> str:
    """The format's name; "json" for an object of none that is understood."""
    if not isinstance(value, dict):
        return "json"
    keys = value.keys()
    for test in (_flaws, _advisories, _intelligence, _lists, _others):
        found = test(value, keys)
        if found:
            return found
    return "json"


def _flaws(value: dict[str, Any], keys: Any) -> str:
    if value.get("dataType") == "CVE_RECORD" or {"cveMetadata", "containers"} <= keys:
        return "cve5"
    many = isinstance(value.get("vulnerabilities"), list)
    if many and ("catalogVersion" in keys or "dateReleased" in keys):
        return "kev"
    if value.get("format") == "NVD_CVE" or (many and "resultsPerPage" in keys):
        return "nvd"
    if {"id", "sourceIdentifier", "vulnStatus"} <= keys:
        return "nvd"
    if {"cveID", "dateAdded", "vendorProject"} <= keys:
        return "kev"
    if _is_nvd_like(value):
        return "nvd-other"
    return ""


def _is_nvd_like(value: dict[str, Any]) -> bool:
    """Whether most keys are CVE ids: a table of flaws in somebody's own form."""
    names = list(value)[:50]
    return bool(names) and sum(1 for key in names if re.fullmatch(r"CVE-\d{4}-\d{4,}", str(key))) * 2 > len(
        names
    )


def _advisories(value: dict[str, Any], keys: Any) -> str:
    document = value.get("document")
    if isinstance(document, dict) and (
        "csaf_version" in document or {"category", "tracking"} <= document.keys()
    ):
        return "csaf"
    if keys & {"aggregator_version", "metadata_version"} or ("canonical_url" in keys and "publisher" in keys):
        return "csaf-meta"
    feed = value.get("feed")
    if isinstance(feed, dict) and ("entry" in feed or "link" in feed):
        return "csaf-meta"
    if len(keys) == 1 and keys & {"categories", "service"}:
        return "csaf-meta"
    if {"affected_systems", "cves"} <= keys:
        return "certfr"
    if "ghsaId" in keys:
        return "ghsa"
    if (
        isinstance(value.get("id"), str)
        and "modified" in keys
        and keys & {"affected", "details", "summary", "aliases"}
    ):
        return "osv"
    if isinstance(value.get("id"), str) and {"affected", "schema_version"} <= keys:
        return "osv"
    return ""


def _intelligence(value: dict[str, Any], keys: Any) -> str:
    if value.get("type") == "bundle" or ("spec_version" in keys and isinstance(value.get("objects"), list)):
        return "stix"
    if isinstance(value.get("type"), str) and _STIX_ID.fullmatch(str(value.get("id", ""))):
        return "stix"
    if isinstance(value.get("Event"), dict):
        return "misp"
    response = value.get("response")
    if isinstance(response, list) and any(
        isinstance(each, dict) and "Event" in each for each in response[:3]
    ):
        return "misp"
    if {"Attribute", "info", "uuid"} <= keys:
        return "misp"
    return ""


def _lists(value: dict[str, Any], keys: Any) -> str:
    if str(value.get("version", "")).startswith(("https://jsonfeed.org/", "http://jsonfeed.org/")):
        return "jsonfeed"
    if value.get("bomFormat") == "CycloneDX" or keys & {"spdxVersion", "SPDXID", "bomFormat"}:
        return "sbom"
    if (
        "$schema" in keys
        and keys & {"properties", "definitions", "$defs", "oneOf", "anyOf"}
        and "$id" not in value.get("properties", {})
    ):
        return "schema"
    if keys & {"lockfileVersion", "dependencies", "devDependencies", "packages"} and keys & {
        "name",
        "version",
        "lockfileVersion",
    }:
        return "manifest"
    return ""


def _others(value: dict[str, Any], keys: Any) -> str:
    if keys & _EVENT:
        return "event-log"
    entries = value.get("entries")
    if (
        isinstance(entries, list)
        and entries
        and all(isinstance(each, dict) and {"path", "sha256"} <= each.keys() for each in entries[:20])
    ):
        return "collection"
    return ""
