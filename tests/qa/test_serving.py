"""The server's address: what is said where it cannot be had, or where others can reach it."""

from __future__ import annotations

import socket

import pytest

from qa import serving
from qa.errors import CannotServe
from qa.settings import Switch


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


@pytest.mark.parametrize(
    ("stated", "alone", "allowed"),
    [(None, True, True), (None, False, False), (Switch.ON, False, True), (Switch.OFF, True, False)],
)
def test_sets_are_run_for_this_machine_alone_unless_it_is_said_otherwise(
    stated: Switch | None, alone: bool, allowed: bool
) -> None:
    assert serving._may_evaluate(stated, alone) is allowed
