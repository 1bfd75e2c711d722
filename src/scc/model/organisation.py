# SPDX-License-Identifier: Apache-2.0
"""The reader's profile: what `org.toml` may say. Unknown keys are an error with a path."""

from __future__ import annotations

from typing import Literal

import msgspec


class OwnProduct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    product: str
    vendor: str = ""
    version: str = ""
    purl: str = ""
    cpe: str = ""
    exposed: bool | None = None
    """Reachable from the internet; None: not known."""
    crown_jewel: bool = False


class OwnControl(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A control of the reader's own framework."""

    id: str
    title: str = ""
    catalog: str = ""
    """Name of the framework it is of."""
    parent: str = ""
    """The control or the group it stands under."""
    related: tuple[str, ...] = ()
    """What it corresponds to: "KEY:ID" with a key of `content/frameworks.csv`, or an id of NIST SP 800-53 alone."""


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to phone. Names or functions, printed as given."""

    lead: str = "Security lead"
    it: str = "IT operations"
    management: str = "Management"
    legal: str = "Legal counsel"
    communications: str = "Communications"
    privacy: str = "Data protection officer"


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = ""
    """"" means: no profile was given."""
    sectors: tuple[str, ...] = ()
    """Keys of `content/names/sectors.csv`."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2."""
    size: int | None = None
    """Employees."""
    federal: bool = False
    """A US federal civilian executive branch agency: BODs bind it."""
    public_company_us: bool = False
    regulated: tuple[
        Literal["health", "payment", "personal-eu", "personal-us", "financial", "defense", "energy"],
        ...,
    ] = ()
    manufacturer: bool = False
    """Places products with digital elements on the EU market."""
    frameworks: tuple[str, ...] = ()
    """Keys of `content/frameworks.csv` to show; empty: the default set for the subject."""
    products: tuple[OwnProduct, ...] = ()
    products_complete: bool = False
    """The product list covers everything in use: only then can "no" follow from no match."""
    sboms: tuple[str, ...] = ()
    """Paths of CycloneDX or SPDX files, relative to the profile."""
    controls: tuple[OwnControl, ...] = ()
    """Controls of your own, beside those of `control_catalogs`."""
    control_catalogs: tuple[str, ...] = ()
    """Paths of OSCAL catalogues and profiles in JSON with controls of your own, relative to the profile."""
    uses_ai: bool | None = None
    has_ot: bool | None = None
    mission_critical: Literal["minimal", "support", "essential", ""] = ""
    """SSVC mission prevalence, "" when not decided."""
    well_being: Literal["minimal", "material", "irreversible", ""] = ""
    tooling: tuple[str, ...] = ()
    """What is there: keys of `content/vocabularies/tooling.csv` (siem, edr, grc, ...)."""
    lacking: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    capacity_hours: float = 6.0
    """Person-hours a day for security work."""
    roles: Roles = msgspec.field(default_factory=Roles)

    @property
    def given(self) -> bool:
        """Whether the reader gave a profile at all."""
        return bool(self.name)
