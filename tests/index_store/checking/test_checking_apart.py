"""A process that reads what is damaged may end as it likes: the one that asked goes on."""

from __future__ import annotations

import os
import signal

import pytest

from index_store.checking.apart import Failed, apart
from index_store.errors import StoreUnavailable


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    raise StoreUnavailable(f"{number} is not there")


def fail(number: int) -> int:
    raise KeyError(f"number {number}")


def crash(number: int) -> int:
    os.kill(os.getpid(), signal.SIGSEGV)
    return number


def leave(number: int) -> int:
    os._exit(number)


def test_what_is_returned_comes_back() -> None:
    assert apart(double, 21) == 42


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (refuse, "3 is not there"),
        (fail, "KeyError: 'number 3'"),
        (crash, "reading it ends the process (signal 11)"),
        (leave, "exit code 3"),
    ],
)
def test_why_there_is_no_result_is_one_line(
    work: object, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert apart(work, 3) == Failed(reason)  # type: ignore[arg-type]
    assert capfd.readouterr().err == ""
