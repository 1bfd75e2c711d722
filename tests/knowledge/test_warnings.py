# SPDX-License-Identifier: Apache-2.0
"""Warning lists: five kinds of matching, each only for the attribute types that a list names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scc import knowledge
from scc.knowledge import Knowledge


@pytest.mark.parametrize(
    ("type_", "value", "lists"),
    [
        ("domain", "docs.google.com", ("google",)),
        ("domain", "mail.google.ad", ("google",)),
        ("domain", "google.ad", ("google",)),
        ("domain", "notgoogle.ad", ()),
        ("domain", "www.example.com", ("tranco10k",)),
        ("domain", "example.com.evil.org", ()),
        ("domain", "zip", ("tlds",)),
        ("domain", "evil.zip", ()),
        ("url", "https://user@www.EXAMPLE.com:8443/path?q=1", ("tranco10k",)),
        ("url", "http://evil.org/www.example.com", ()),
        ("url", "http://app.any.run/tasks/1", ("automated-malware-analysis",)),
        ("ipv4", "10.255.0.1", ("rfc1918",)),
        ("ipv4", "11.0.0.1", ()),
        ("ipv4", "9.9.9.9", ("public-dns-v4",)),
        ("cidr", "10.1.0.0/16", ("rfc1918",)),
        ("cidr", "0.0.0.0/0", ()),
        ("ipv6", "2001:db8::1", ("rfc3849",)),
        ("url", "http://10.0.0.7:8080/x", ("rfc1918",)),
        ("email", "Security@victim.example", ("common-contact-emails",)),
        ("email", "bob@victim.example", ()),
        ("md5", "D41D8CD98F00B204E9800998ECF8427E", ("empty-hashes",)),
        ("sha256", "d41d8cd98f00b204e9800998ecf8427e", ()),
        ("filename", "example.com", ()),
    ],
)
def test_match(small: Knowledge, type_: str, value: str, lists: tuple[str, ...]) -> None:
    assert small.warning(type_, value) == lists


@given(
    st.sampled_from(["ipv4", "ipv6", "cidr", "domain", "url", "email", "md5", "sha256", "mutex", ""]),
    st.one_of(
        st.text(max_size=60),
        st.ip_addresses().map(str),
        st.from_regex(r"https?://[^\s]{1,30}", fullmatch=True),
    ),
)
def test_any_value_gets_an_answer(type_: str, value: str) -> None:
    found = knowledge.open().warning(type_, value)
    assert found == tuple(sorted(set(found)))


def test_a_very_long_value_is_cut_not_scanned(small: Knowledge) -> None:
    assert small.warning("email", "security@" + "a." * 500_000) in ((), ("common-contact-emails",))
    assert small.warning("url", "http://" + "[" * 1_000_000) == ()
