"""What blocks is left at its deadline, and closed."""

import threading
from collections.abc import Generator
from time import perf_counter, sleep

import pytest

from qa.prose.deadline import Deadline, within


def test_what_is_left_shrinks_to_nothing() -> None:
    deadline = Deadline.after(0.05)
    assert 0 < deadline.left() <= 0.05
    sleep(0.06)
    assert deadline.left() == 0.0


def test_items_come_in_order() -> None:
    items = (number for number in range(100))
    assert list(within(Deadline.after(5), items)) == list(range(100))


def test_an_error_is_raised_where_the_items_are_waited_for() -> None:
    def items() -> Generator[int, None, None]:
        yield 1
        raise KeyError("mine")

    coming = within(Deadline.after(5), items())
    assert next(coming) == 1
    with pytest.raises(KeyError, match="mine"):
        next(coming)


def test_what_blocks_is_left_at_the_deadline_and_closed_with_its_next_item() -> None:
    released, closed = threading.Event(), threading.Event()

    def items() -> Generator[int, None, None]:
        try:
            yield 1
            released.wait(10)
            yield 2
        finally:
            closed.set()

    started = perf_counter()
    coming = within(Deadline.after(0.1), items())
    assert next(coming) == 1
    with pytest.raises(TimeoutError):
        next(coming)
    assert perf_counter() - started < 2
    assert not closed.is_set()
    released.set()
    assert closed.wait(5)


def test_what_had_come_before_the_deadline_is_still_given_out() -> None:
    coming = within(Deadline.after(0.1), (number for number in range(3)))
    assert next(coming) == 0
    sleep(0.2)
    assert list(coming) == [1, 2]


def test_items_that_nobody_waits_for_any_more_are_closed() -> None:
    closed = threading.Event()

    def items() -> Generator[int, None, None]:
        try:
            yield from range(10_000_000)
        finally:
            closed.set()

    coming = within(Deadline.after(5), items())
    next(coming)
    del coming
    assert closed.wait(5)
