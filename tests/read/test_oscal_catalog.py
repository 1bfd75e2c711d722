# SPDX-License-Identifier: Apache-2.0
"""Own controls out of OSCAL: catalogues, profiles that select, what they correspond to, and what is refused.

The documents are held against NIST's models as compliance-trestle has them, so that they are what others write.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trestle.oscal.catalog import Catalog
from trestle.oscal.profile import Profile

from scc.brief.frameworks import correspondences, with_ours
from scc.model.briefing import Briefing, FrameworkRow
from scc.model.errors import SettingsError
from scc.model.organisation import Organisation, OwnControl
from scc.read.records.oscal_catalog import controls
from scc.settings import organisation
from scc.share.clearance import world

CONTRACT = Path(__file__).parents[1] / "contract" / "maximal.json"

META = {
    "title": "House rules",
    "last-modified": "2026-01-01T00:00:00Z",
    "version": "3",
    "oscal-version": "1.1.2",
}
CATALOG: dict[str, Any] = {
    "uuid": "11111111-2222-4333-8444-555555555555",
    "metadata": META,
    "groups": [
        {
            "id": "it", "title": "Information technology",
            "controls": [
                {
                    "id": "it-07", "title": "Joiners, movers,  leavers",
                    "props": [{"name": "label", "value": "IT-07"}, {"name": "cis-v8", "value": "5.3"}],
                    "links": [
                        {"rel": "related", "href": "#ac-2"},
                        {"rel": "related", "href": "iso-27001-2022:A.5.18"},
                        {"rel": "reference", "href": "#ac-3"},
                    ],
                    "controls": [{"id": "it-07.1", "title": "Leavers on the same day"}],
                },
                {"id": "it-08", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]},
            ],
        },
        {
            "title": "Places",
            "groups": [{"id": "net", "title": "Network", "controls": [{"id": "net-1", "title": "Segments"}]}],
        },
    ],
    "controls": [{"id": "sc-7", "title": "Our boundary"}],
}  # fmt: skip
PROFILE: dict[str, Any] = {
    "uuid": "11111111-2222-4333-8444-666666666666",
    "metadata": {**META, "title": "What we kept"},
    "imports": [
        {"href": "#99999999-2222-4333-8444-666666666666", "include-controls": [{"with-ids": ["it-07", "net-1"]}]}
    ],
    "modify": {
        "alters": [
            {"control-id": "net-1", "adds": [{"props": [{"name": "nist-csf-2.0", "value": "PR.IR-01"}]}]}
        ]
    },
    "back-matter": {
        "resources": [{"uuid": "99999999-2222-4333-8444-666666666666", "rlinks": [{"href": "rules/house.json"}]}]
    },
}  # fmt: skip


def packed(**documents: Any) -> dict[str, bytes]:
    return {
        f"{name}.json": json.dumps({"profile" if "imports" in each else "catalog": each}).encode()
        for name, each in documents.items()
    }


def ids(found: tuple[OwnControl, ...]) -> list[str]:
    return [each.id for each in found]


def test_the_documents_are_oscal() -> None:
    assert Catalog.parse_obj(CATALOG).metadata.title == "House rules"
    assert Profile.parse_obj(PROFILE).imports


def test_a_catalogue() -> None:
    found = controls(packed(house=CATALOG))
    assert ids(found) == ["sc-7", "IT-07", "it-07.1", "net-1"]
    named = {each.id: each for each in found}
    assert named["IT-07"] == OwnControl(
        "IT-07", "Joiners, movers, leavers", "House rules", "Information technology",
        ("ac-2", "iso-27001-2022:A.5.18", "cis-v8:5.3"),
    )  # fmt: skip
    assert (named["it-07.1"].parent, named["net-1"].parent, named["sc-7"].parent) == ("IT-07", "Network", "")


def test_a_profile_selects_and_adds() -> None:
    found = controls(packed(house=CATALOG, kept=PROFILE))
    assert ids(found) == ["IT-07", "net-1"]
    assert found[1].related == ("nist-csf-2.0:PR.IR-01",)


@pytest.mark.parametrize(
    ("import_", "expected"),
    [
        ({"include-all": {}}, {"IT-07", "it-07.1", "net-1", "sc-7"}),
        ({"include-all": {}, "exclude-controls": [{"with-ids": ["it-07"]}]}, {"it-07.1", "net-1", "sc-7"}),
        ({"include-controls": [{"with-ids": ["it-07"], "with-child-controls": "yes"}]}, {"IT-07", "it-07.1"}),
        ({"include-controls": [{"with-ids": ["it-07"]}, {"with-ids": ["sc-7"]}]}, {"IT-07", "sc-7"}),
    ],
)
def test_ways_of_selecting(import_: dict[str, Any], expected: set[str]) -> None:
    profile = {**PROFILE, "imports": [{"href": "house.json", **import_}]}
    assert set(ids(controls(packed(house=CATALOG, kept=profile)))) == expected


def test_a_profile_of_a_catalogue_elsewhere_keeps_the_ids() -> None:
    profile = {
        **PROFILE,
        "imports": [{"href": "https://example.org/NIST.json", "include-controls": [{"with-ids": ["ac-2", "ac-2.3"]}]}],
    }  # fmt: skip
    found = controls(packed(kept=profile))
    assert [(each.id, each.catalog, correspondences(each)) for each in found] == [
        ("ac-2", "What we kept", (("nist-800-53r5", "ac-2"),)),
        ("ac-2.3", "What we kept", (("nist-800-53r5", "ac-2(3)"),)),
    ]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a.json": b"{"}, "is not JSON"),
        ({"a.json": b"[]"}, "no OSCAL catalogue"),
        (packed(kept={**PROFILE, "imports": [{"href": "no.json", "include-all": {}}]}), "not among the files"),
        (packed(house=CATALOG, kept={**PROFILE, "imports": [
            {"href": "house.json", "include-controls": [{"matching": [{"pattern": "it-*"}]}]}]}), "by pattern"),
        (packed(house=CATALOG, kept={**PROFILE, "imports": [
            {"href": "house.json", "include-controls": [{"with-ids": ["it-99"]}]}]}), "selects it-99"),
        (packed(kept=PROFILE, more={**PROFILE, "imports": [{"href": "kept.json", "include-all": {}}]}), "profile kept.json"),
    ],
)  # fmt: skip
def test_what_is_refused(files: dict[str, bytes], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        controls(files)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "title", "groups", "controls", "props", "links", "name", "value", "metadata", "imports",
                         "href", "with-ids", "include-controls", "modify", "alters", "adds"]), inner, max_size=5
    ),
    max_leaves=25,
)  # fmt: skip


@given(_JSON)
def test_any_json(value: Any) -> None:
    for kind in ("catalog", "profile"):
        try:
            found = controls({"a.json": json.dumps({kind: value}).encode()})
        except ValueError:
            continue
        assert all(each.id and "\n" not in each.id + each.title for each in found)


def test_deep_nesting_ends() -> None:
    deep = b'{"catalog":' + b'{"groups":[' * 100_000 + b"]}" * 100_000 + b"}"
    with pytest.raises(ValueError, match="not JSON"):
        controls({"a.json": deep})


def test_in_the_profile_of_the_organisation(tmp_path: Path) -> None:
    (tmp_path / "house.json").write_bytes(packed(house=CATALOG)["house.json"])
    file = tmp_path / "org.toml"
    file.write_text(
        'name = "X"\ncontrol_catalogs = ["house.json"]\n[[controls]]\nid = "A1"\nrelated = ["cis-v8:1.1"]\n',
        "utf-8",
    )
    assert ids(organisation(file).controls)[0] == "A1" and len(organisation(file).controls) == 5
    for name, told in (("none.json", "cannot be read"), ("org.toml", "not JSON")):
        file.write_text(f'name = "X"\ncontrol_catalogs = ["{name}"]\n', "utf-8")
        with pytest.raises(SettingsError, match=told):
            organisation(file)


def test_beside_the_official_control() -> None:
    own = controls(packed(house=CATALOG))
    table = {
        "nist-800-53r5": (
            FrameworkRow("AC-2", "Account Management", "w"),
            FrameworkRow("AC-3", "Access", "w"),
        ),
        "cis-v8": (FrameworkRow("5.3", "Disable dormant accounts", "w"),),
        "iso-27001-2022": (FrameworkRow("A.5.18", "Access rights", "w"),),
    }
    shown = with_ours(table, Organisation(controls=own))
    named = ("IT-07 Joiners, movers, leavers",)
    assert [row.ours for rows in shown.values() for row in rows] == [named, (), named, named]
    assert (
        shown["nist-800-53r5"][0].label == "Account Management (our control IT-07 Joiners, movers, leavers)"
    )
    assert with_ours(table, Organisation()) == table
    many = Organisation(controls=tuple(OwnControl(f"C{each}", related=("cis-v8:5.3",)) for each in range(5)))
    assert with_ours(table, many)["cis-v8"][0].ours == ("C0", "C1", "C2", "and 2 more")


def test_no_word_of_it_to_others() -> None:
    shown = msgspec.json.decode(CONTRACT.read_bytes(), type=Briefing)
    assert b"IT-12 List of servers" in msgspec.json.encode(shown)
    assert b"IT-12" not in msgspec.json.encode(world(shown))
