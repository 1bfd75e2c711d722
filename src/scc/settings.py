# SPDX-License-Identifier: Apache-2.0
"""The one reader of TOML and of the environment: settings and the organisation's profile.

Settings come from defaults, then the settings file, then `SCC_SECTION__KEY` in the environment; the
command line is in front of all. An unknown key is an error that names the file and the key's path.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.model.errors import SettingsError
from scc.model.organisation import Organisation, OwnControl, OwnProduct

PREFIX: Final = "SCC_"


class StoreSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[store]"""

    url: str = ""
    """File or postgresql:// address of the database. Default: scc.db in the user's data folder."""
    wait: float = 10.0
    """Seconds to wait for another run on the same database."""


class BriefSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[brief]"""

    out: str = "briefings"
    """Folder for the briefings, one folder an item."""
    format: str = "html,pdf,md,json"
    """Formats, separated by commas."""
    profile: str = ""
    """The organisation's profile (org.toml)."""
    tlp: str = "TLP:AMBER"
    """Label of inputs that carry none and whose publisher is unknown."""
    content: str = ""
    """Folder with content of your own, laid over the shipped one."""


class CollectSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[collect]"""

    timeout: float = 60.0
    """Seconds that one fetch may take in all."""
    largest: int = 50
    """Megabytes that one answer may have, unpacked."""
    pause: float = 1.0
    """Seconds between two fetches from one host."""
    agent: str = ""
    """What the program calls itself; empty: its name and version."""
    private: bool = False
    """Allow addresses inside the own network (a mirror in the house)."""


class NotifySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[notify]"""

    channels: str = ""
    """File with the channels that `scc notify` serves (docs/notifications.md)."""


class FaultSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[fault]"""

    point: int = 0
    """For tests: end the process at the nth point at which a crash must do no harm. 0: never."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All sections."""

    store: StoreSettings = StoreSettings()
    brief: BriefSettings = BriefSettings()
    collect: CollectSettings = CollectSettings()
    notify: NotifySettings = NotifySettings()
    fault: FaultSettings = FaultSettings()

    @property
    def database(self) -> str:
        """Where the database is: the setting, else scc.db in the platform's user data folder."""
        return self.store.url or str(data_folder() / "scc.db")


def data_folder() -> Path:
    """The platform's folder for this user's data of this program."""
    from platformdirs import user_data_path

    return user_data_path("scc-briefings", appauthor=False)


def config_file() -> Path:
    """Where the settings file is looked for when none is named."""
    named = os.environ.get("SCC_SETTINGS")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("scc-briefings", appauthor=False) / "settings.toml"


def load(path: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force. Raises SettingsError with the file and the path of the key."""
    file = path or config_file()
    values: dict[str, Any] = {}
    if path is not None or file.is_file():
        values = _toml(file)
        _convert(values, Settings, str(file))
    found = _environment(os.environ if environment is None else environment)
    for section, keys in found.items():
        values.setdefault(section, {}).update(keys)
    settings: Settings = _convert(
        values, Settings, "The environment (SCC_…)" if found else str(file), strict=False
    )
    return settings


def organisation(path: Path) -> Organisation:
    """The profile, with the products of its SBOM files and the controls of its catalogues. Raises SettingsError."""
    values = _toml(path)
    profile: Organisation = _convert(values, Organisation, str(path))
    if not profile.name:
        raise SettingsError(f"{path}: `name` is missing.", 'Add a line like name = "Example Ltd".')
    products = list(profile.products)
    for name in profile.sboms:
        products.extend(_sbom(path.parent / name))
    controls = (*profile.controls, *_controls(path, profile.control_catalogs))
    return msgspec.structs.replace(profile, products=tuple(products), controls=controls)


def _controls(path: Path, names: tuple[str, ...]) -> tuple[OwnControl, ...]:
    """The controls of OSCAL files that a profile at `path` names."""
    from scc.read.records.oscal_catalog import controls

    try:
        files = {name: (path.parent / name).read_bytes() for name in names}
    except OSError as error:
        raise SettingsError(
            f"The catalogue {error.filename} cannot be read: {error.strerror}.", "Check `control_catalogs`."
        ) from error
    try:
        return controls(files)
    except ValueError as error:
        raise SettingsError(f"{path}: {error}.", "Check `control_catalogs` in the profile.") from error


def _sbom(path: Path) -> list[OwnProduct]:
    from scc.collect.sbom import components

    try:
        found = components(path.read_bytes())
    except OSError as error:
        raise SettingsError(f"The SBOM {path} cannot be read: {error.strerror}.", "Check `sboms`.") from error
    if found is None:
        raise SettingsError(f"{path} is neither CycloneDX nor SPDX in JSON.", "Check `sboms` in the profile.")
    return found


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"There is no file {path}.", "`scc init` writes a commented profile.") from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", "Check its rights.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}.", "Correct it at that place.") from error


def _convert(values: dict[str, Any], type_: Any, where: str, *, strict: bool = True) -> Any:
    try:
        return msgspec.convert(values, type_, strict=strict)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}.", "See docs/configuration.md for the keys.") from error


def _environment(environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in sorted(environment):
        if name.startswith(PREFIX) and "__" in name:
            section, _, key = name.removeprefix(PREFIX).lower().partition("__")
            found.setdefault(section, {})[key] = environment[name]
    return found
