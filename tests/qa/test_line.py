"""The line of questions: nobody is lost in it, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from qa.errors import Overloaded
from qa.line import Line


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(32) as threads:
        yield threads


class Busy:
    """Questions that stay in their places until they are let go."""

    def __init__(self, line: Line, pool: ThreadPoolExecutor) -> None:
        self._line = line
        self._pool = pool
        self.done = threading.Event()
        self.inside = threading.Semaphore(0)

    def ask(self) -> Future[None]:
        return self._pool.submit(self._ask)

    def _ask(self) -> None:
        with self._line.place():
            self.inside.release()
            assert self.done.wait(30)

    def fill(self, places: int) -> list[Future[None]]:
        asked = [self.ask() for _ in range(places)]
        for _ in asked:
            assert self.inside.acquire(timeout=30)
        return asked


def until_waiting(line: Line, count: int) -> None:
    give_up = monotonic() + 30
    while line.waiting != count:
        assert monotonic() < give_up
        sleep(0.001)


def test_so_many_are_answered_at_once_and_the_others_in_their_turn(
    pool: ThreadPoolExecutor,
) -> None:
    line = Line(at_once=2, longest=5)
    busy = Busy(line, pool)
    asked = [*busy.fill(2), *(busy.ask() for _ in range(5))]
    until_waiting(line, 5)
    assert not busy.inside.acquire(blocking=False)
    busy.done.set()
    for one in asked:
        one.result(30)
    assert line.waiting == 0


def test_who_finds_the_line_full_is_told_at_once_when_to_come_again(
    pool: ThreadPoolExecutor,
) -> None:
    line = Line(at_once=1, longest=1)
    busy = Busy(line, pool)
    asked = [*busy.fill(1), busy.ask()]
    until_waiting(line, 1)
    with pytest.raises(Overloaded) as refused, line.place():
        pass
    assert refused.value.wait >= 1
    busy.done.set()
    for one in asked:
        one.result(30)
    with line.place():  # and then finds it open
        pass


def test_nobody_waits_longer_than_the_line_is_patient(pool: ThreadPoolExecutor) -> None:
    line = Line(at_once=1, longest=4, patience=0.05)
    busy = Busy(line, pool)
    (first,) = busy.fill(1)
    with pytest.raises(Overloaded), line.place():
        pass
    assert line.waiting == 0
    busy.done.set()
    first.result(30)


def test_a_question_that_fails_gives_its_place_back() -> None:
    line = Line(at_once=1, longest=0)
    for _ in range(3):
        with pytest.raises(ValueError, match="failed"), line.place():
            raise ValueError("failed")
    with line.place():
        pass


def test_the_wait_grows_with_the_line_and_with_what_questions_take(
    pool: ThreadPoolExecutor,
) -> None:
    line = Line(at_once=1, longest=8)
    with line.place():
        sleep(0.4)
    busy = Busy(line, pool)
    asked = [*busy.fill(1), *(busy.ask() for _ in range(8))]
    until_waiting(line, 8)
    with pytest.raises(Overloaded) as refused, line.place():
        pass
    assert refused.value.wait in (4, 5)  # eight questions of some 0.4 s
    busy.done.set()
    for one in asked:
        one.result(30)


def test_a_crowd_is_let_through_a_few_at_a_time(pool: ThreadPoolExecutor) -> None:
    line = Line(at_once=3, longest=100)
    inside, most, lock = 0, 0, threading.Lock()

    def ask(_: int) -> None:
        nonlocal inside, most
        with line.place():
            with lock:
                inside += 1
                most = max(most, inside)
            sleep(0.001)
            with lock:
                inside -= 1

    list(pool.map(ask, range(300)))
    assert (inside, most) == (0, 3)
