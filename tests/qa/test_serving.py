"""The server's address: what is said where it cannot be had, or where others can reach it."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from qa import serving
from qa.access.admission import Access, Mode
from qa.access.file import FILE
from qa.access.proxies import Proxies, parse_networks
from qa.access.roles import Role
from qa.errors import CannotServe
from qa.settings import Settings, Switch


def test_a_taken_port_is_said_before_anything_slow_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=rf"127\.0\.0\.1:{port} .*--port"):
            serving._listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "alone"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False)]
)
def test_it_is_known_whether_others_can_reach_the_address(host: str, alone: bool) -> None:
    with serving._listen(host, 0) as listening:
        assert serving._is_loopback(listening) is alone


def access(home: Path, mode: Mode = Mode.AUTO, proxies: Proxies = Proxies()) -> Access:
    return Access(home, mode, proxies)


def test_beyond_this_machine_nothing_is_served_while_nobody_could_come_in(tmp_path: Path) -> None:
    for mode in (Mode.AUTO, Mode.ON):
        with pytest.raises(CannotServe, match="citedesk key create NAME"):
            serving._close(access(tmp_path, mode), "0.0.0.0")
    made = access(tmp_path)
    made.keys.create("cms", Role.READER)
    made.keys.revoke("cms")
    with pytest.raises(CannotServe, match="citedesk key create NAME"):
        serving._close(made, "0.0.0.0")


def test_beyond_this_machine_nothing_is_served_with_access_off(tmp_path: Path) -> None:
    off = access(tmp_path, Mode.OFF)
    off.keys.create("cms", Role.READER)
    with pytest.raises(CannotServe, match="CITEDESK_ACCESS=off"):
        serving._close(off, "0.0.0.0")


def test_with_a_key_a_user_or_a_proxy_access_is_required_for_good(tmp_path: Path) -> None:
    by_key = access(tmp_path / "key")
    by_key.keys.create("cms", Role.READER)
    by_user = access(tmp_path / "user")
    by_user.users.add("ada", Role.READER, "ferry board march")
    by_proxy = access(
        tmp_path / "proxy", proxies=Proxies(parse_networks("10.0.0.1"), "X-Forwarded-User")
    )
    for opened in (by_key, by_user, by_proxy):
        serving._close(opened, "0.0.0.0")
    (tmp_path / "key" / FILE).unlink()
    assert all(opened.is_required() for opened in (by_key, by_user, by_proxy))


def test_the_refusal_comes_before_anything_is_opened(tmp_path: Path) -> None:
    nothing: Any = None
    with pytest.raises(CannotServe, match=r"serve on 127\.0\.0\.1"):
        serving.serve(nothing, Settings(home=tmp_path), "0.0.0.0", 0, (), nothing)


@pytest.mark.parametrize(
    ("stated", "alone", "allowed"),
    [(None, True, True), (None, False, False), (Switch.ON, False, True), (Switch.OFF, True, False)],
)
def test_sets_are_run_for_this_machine_alone_unless_it_is_said_otherwise(
    stated: Switch | None, alone: bool, allowed: bool
) -> None:
    assert serving._may_evaluate(stated, alone) is allowed
