"""Whose word on users and addresses is taken."""

import pytest

from qa.access.proxies import Proxies, parse_networks

PROXIES = Proxies(parse_networks("10.0.0.0/8, ::1"), "X-Forwarded-User")


@pytest.mark.parametrize(
    ("peer", "named", "user"),
    [
        ("10.1.2.3", ["ada"], "ada"),
        ("::1", [" ada "], "ada"),
        ("192.0.2.1", ["ada"], None),
        ("10.1.2.3", ["root", "ada"], None),
        ("10.1.2.3", [""], None),
        ("10.1.2.3", [], None),
        ("", ["ada"], None),
        ("testclient", ["ada"], None),
    ],
)
def test_a_user_is_whom_a_trusted_proxy_names_once(
    peer: str, named: list[str], user: str | None
) -> None:
    assert PROXIES.user(peer, named) == user


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("10.0.0.1", ["203.0.113.9, 192.0.2.7"], "192.0.2.7"),
        ("10.0.0.1", ["203.0.113.9", "192.0.2.7, 10.0.0.2"], "192.0.2.7"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("192.0.2.1", ["203.0.113.9"], "192.0.2.1"),
    ],
    ids=["one", "a forged one before", "two proxies", "none", "no proxy of ours"],
)
def test_an_address_is_the_last_that_is_no_proxy_of_ours(
    peer: str, forwarded: list[str], client: str
) -> None:
    assert PROXIES.client(peer, forwarded) == client
