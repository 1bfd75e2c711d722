# SPDX-License-Identifier: Apache-2.0
"""Typed facts. An Observation is one of these in one document, with where it stands.

Facts hold only what the document or record says, in canonical form; judgement is `assess`'s.
Optional strings are "" when the document does not say.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from scc.model.provenance import Basis, Locator

Role = Literal["observed", "possible", "context"]
IndicatorRole = Literal["observed", "victim", "reference", "advice", "benign"]
IndicatorType = Literal[
    "ipv4", "ipv6", "cidr", "domain", "url", "email", "md5", "sha1", "sha256", "sha512", "ssdeep", "imphash",
    "ja3", "ja4", "filename", "filepath", "registry-key", "mutex", "cryptocurrency-address", "asn",
    "user-agent", "package", "android-package", "account", "port",
]  # fmt: skip
Question = Literal[
    "exploited",
    "proof-of-concept",
    "patch-available",
    "ransom",
    "number-affected",
    "attribution",
    "cause",
    "mandatory",
    "severity",
    "fixed-version",
    "occurred-on",
    "data-taken",
    "breached",
    "law-number",
    "retracted",
]
Modality = Literal["asserted", "reported", "denied", "possible", "no-evidence"]
Holder = Literal["authority", "cert", "vendor", "victim", "attacker", "research", "press", "unknown"]


class Fact(msgspec.Struct, frozen=True, tag_field="fact"):
    """Base of all facts."""


class Identifier(Fact, frozen=True, tag="identifier"):
    """A named thing: CVE, GHSA, CAPEC, ATLAS, vendor bulletin, order, law, directive, regulation."""

    scheme: Literal[
        "cve",
        "ghsa",
        "osv",
        "capec",
        "bulletin",
        "executive-order",
        "law",
        "directive",
        "regulation",
    ]
    value: str
    """Canonical, e.g. "CVE-2025-55182", "EO 14409", "BOD 22-01", "Regulation (EU) 2022/2554"."""
    relation: Literal["main", "related", "amends", "revokes", "mentions"] = "mentions"


class Weakness(Fact, frozen=True, tag="weakness"):
    id: str
    """"CWE-79"."""
    probability: float | None = None
    """Calibrated, only for inferred ones."""
    vulnerability: str = ""
    """The CVE it belongs to, when the record says so."""


class Technique(Fact, frozen=True, tag="technique"):
    id: str
    """The live id in the pack's ATT&CK (or ATLAS) version, after forward resolution."""
    stated_id: str = ""
    """The id as printed in the document, if one was."""
    role: Role = "context"
    domain: Literal["enterprise", "mobile", "ics", "atlas"] = "enterprise"
    probability: float | None = None


class Indicator(Fact, frozen=True, tag="indicator"):
    type: IndicatorType
    value: str
    """Refanged and normalised."""
    role: IndicatorRole
    action: Literal["detect", "block", "none"] = "none"
    first_seen: str = ""
    last_seen: str = ""
    valid_until: str = ""
    note: str = ""


class Product(Fact, frozen=True, tag="product"):
    product: str
    vendor: str = ""
    versions: str = ""
    """Affected versions as the source gives them, or `vers:` (VERS specification) where exact."""
    fixed: str = ""
    cpe: str = ""
    purl: str = ""
    vulnerability: str = ""
    status: Literal["affected", "not-affected", "fixed", "under-investigation", "mentioned"] = "mentioned"


class Actor(Fact, frozen=True, tag="actor"):
    name: str
    """Primary name in the pack, or as written when the pack does not know it."""
    id: str = ""
    """ATT&CK group id ("G0016") or MISP galaxy uuid, "" if the pack has none."""
    written: str = ""


class Malware(Fact, frozen=True, tag="malware"):
    name: str
    id: str = ""
    kind: Literal["malware", "tool", "ransomware"] = "malware"
    written: str = ""


class Sector(Fact, frozen=True, tag="sector"):
    name: str
    """A key of `content/names/sectors.csv`."""
    role: Literal["victim", "addressed", "mentioned"] = "mentioned"


class Country(Fact, frozen=True, tag="country"):
    code: str
    """ISO 3166-1 alpha-2."""
    role: Literal["victim", "origin", "addressed", "mentioned"] = "mentioned"


class NamedOrganisation(Fact, frozen=True, tag="organisation"):
    """An organisation that the document names in a role (a breached company, an ordering body)."""

    name: str
    role: Literal["victim", "vendor", "authority", "attacker", "researcher", "mentioned"] = "mentioned"


class Date(Fact, frozen=True, tag="date"):
    date: str
    """ISO 8601, as precise as the source: "2026", "2026-06", "2026-06-02"."""
    role: Literal[
        "published",
        "occurred",
        "disclosed",
        "patched",
        "exploited",
        "effective",
        "signed",
        "due",
        "other",
    ]


class Duty(Fact, frozen=True, tag="duty"):
    """Who must do what by when (DESIGN: duties and deadlines)."""

    owner: str
    """As the text names it, e.g. "Secretary of War"."""
    duty: str
    """What is to be done, in the source's words cut to one clause of at most 40 words."""
    date: str = ""
    """Absolute ISO date, computed when the text gives a period from a known date."""
    period: str = ""
    """The period as printed, e.g. "Within 30 days of the date of this order"."""
    clause: str = ""
    """Section, e.g. "2(a)"."""
    binding: Literal["mandatory", "voluntary", "unknown"] = "unknown"
    binds: Literal["federal", "private", "both", "member-states", "manufacturers", "unknown"] = "unknown"


class Claim(Fact, frozen=True, tag="claim"):
    """What somebody says on a question on which sources may differ."""

    question: Question
    value: str
    """Canonical answer: "yes"/"no" for yes-no questions, a number, a name, a version, a date."""
    modality: Modality = "reported"
    holder: Holder = "unknown"
    holder_name: str = ""
    about_self: bool = False
    """The holder speaks about itself (victim or vendor on its own breach or fault)."""
    subject: str = ""
    """What the claim is about: a CVE id, an organisation, an order; "" for the document's event."""


class Cvss(Fact, frozen=True, tag="cvss"):
    vector: str
    """"" when only a score is printed."""
    version: Literal["2.0", "3.0", "3.1", "4.0", ""]
    score: float
    origin: str
    """Who scored: the CNA's short name, "NVD", "CISA-ADP", a vendor, or "text"."""
    vulnerability: str = ""
    predicted: bool = False

    @property
    def scorer(self) -> str:
        """Who scored as it is printed, "" when only a text gives the score. A contact address stands for the organisation
        behind it (NVD names its sources so): "secalert@redhat.com" is "redhat.com"."""
        return "" if self.origin == "text" else self.origin.rpartition("@")[2]


class Epss(Fact, frozen=True, tag="epss"):
    vulnerability: str
    score: float
    percentile: float
    date: str = ""
    model: str = ""
    """Model version, "" when the file names none."""


class Ssvc(Fact, frozen=True, tag="ssvc"):
    vulnerability: str
    exploitation: Literal["none", "poc", "active", ""]
    automatable: Literal["yes", "no", ""]
    technical_impact: Literal["partial", "total", ""]
    origin: str = "CISA-ADP"
    date: str = ""
    predicted: bool = False


class Kev(Fact, frozen=True, tag="kev"):
    vulnerability: str
    vendor: str
    product: str
    date_added: str
    due_date: str = ""
    ransomware: Literal["Known", "Unknown", ""] = ""
    forensic_triage: str = ""
    catalog_date: str = ""


class Noise(Fact, frozen=True, tag="noise"):
    """A rule of `content/rubrics/noise.yaml` says that the document is not security news."""

    rule: str


class Topic(Fact, frozen=True, tag="topic"):
    """What the document is about, by cue words or model: evidence for the item's type and facets."""

    key: str
    """An ItemType or a facet, e.g. "breach", "ransomware", "ics"."""
    weight: float


AnyFact = (
    Identifier | Weakness | Technique | Indicator | Product | Actor | Malware | Sector | Country
    | NamedOrganisation | Date | Duty | Claim | Cvss | Epss | Ssvc | Kev | Noise | Topic
)  # fmt: skip


WIDE: Final = "wide:"
"""Beginning of the rule of claims put together from single words (`read/told_words.py`): they take part in disagreement
between documents, and nothing is judged, planned or told from one alone."""


class Observation(msgspec.Struct, frozen=True):
    """One typed fact in one document."""

    id: str
    """`obs-` and 16 hex digits over (document id, fact, locator): stable between runs."""
    document: str
    fact: AnyFact
    locator: Locator
    basis: Basis
    confidence: float
    """0..1; 1.0 for what a record states."""
    rule: str = ""
    """Which rule, gazetteer or model produced it, e.g. "pattern:cve", "model:techniques-1"."""

    @property
    def wide(self) -> bool:
        """Whether it is a claim that counts only where documents disagree."""
        return self.rule.startswith(WIDE)
