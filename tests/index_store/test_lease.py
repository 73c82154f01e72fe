"""One writer at a time on a store that several machines share."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index_store.chroma_marks import ChromaMarks
from index_store.errors import IndexBusy, StoreUnavailable
from index_store.lease import Lease, Mark, Marks, _Watch
from index_store.lock import WriteLock
from tests.index_store.conftest import empty_server

SHORT = 0.3


def test_nothing_is_concluded_from_a_store_that_stood_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its writer, who could not say that he lives, is watched anew."""
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    watch = _Watch(patience=30, beat=2)
    marks = {"one": Mark("somebody", 1)}
    assert watch.living(marks)
    now = 50.0
    assert watch.living(marks)
    for now in range(52, 80, 2):  # noqa: B007  # read by the clock
        assert watch.living(marks)
    now = 81.0
    assert not watch.living(marks)
    assert watch.dead == ["one"]


class MemoryMarks:
    """Marks in a dictionary, whose store can go away."""

    def __init__(self) -> None:
        self.there: dict[str, Mark] = {}
        self.is_gone = False

    def all(self) -> dict[str, Mark]:
        if self.is_gone:
            raise StoreUnavailable("gone")
        return dict(self.there)

    def make(self, name: str, mark: Mark) -> None:
        assert name not in self.there
        self.there[name] = mark

    def change(self, name: str, mark: Mark) -> bool:
        self.all()
        if name not in self.there:
            return False
        self.there[name] = mark
        return True

    def drop(self, names: Iterable[str]) -> None:
        self.all()
        for name in names:
            self.there.pop(name, None)


@pytest.fixture(params=["memory", pytest.param("server", marks=pytest.mark.enable_socket)])
def marks(request: pytest.FixtureRequest) -> Iterator[Marks]:
    if request.param == "memory":
        yield MemoryMarks()
        return
    store = empty_server(request.getfixturevalue("chroma_server"))
    yield ChromaMarks(store._client, store.where)


def lease(marks: Marks, patience: float = SHORT) -> Lease:
    return Lease(marks, "http://chroma", patience, beat=patience / 6)


def test_who_writes_leaves_a_mark_and_takes_it_away(marks: Marks) -> None:
    with lease(marks):
        (mark,) = marks.all().values()
        assert "process" in mark.holder
    assert marks.all() == {}


def test_a_second_writer_is_told_who_writes(marks: Marks) -> None:
    with lease(marks), pytest.raises(IndexBusy, match="is indexing into this store") as caught:
        lease(marks).__enter__()
    assert "http://chroma" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert marks.all() == {}


def test_who_does_not_wait_is_told_at_once_and_takes_nobody_for_dead(marks: Marks) -> None:
    patient = Lease(marks, "http://chroma", patience=60.0)
    marks.make("other", Mark("laptop, process 7", 3))
    began = time.monotonic()
    with pytest.raises(IndexBusy, match="laptop, process 7"):
        patient.without_waiting().__enter__()
    assert time.monotonic() - began < 5
    marks.drop(["other"])
    with patient.without_waiting():
        assert len(marks.all()) == 1
    assert marks.all() == {}


def test_writers_that_come_together_take_turns(marks: Marks) -> None:
    inside = most = done = 0
    counting = threading.Lock()

    def write() -> None:
        nonlocal inside, most, done
        with lease(marks, patience=5.0):
            with counting:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with counting:
                inside -= 1
                done += 1

    threads = [threading.Thread(target=write) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (most, done) == (1, 5)


def test_the_mark_of_a_dead_writer_is_taken_away(marks: Marks) -> None:
    marks.make("dead", Mark("laptop, process 7", 3))
    with lease(marks):
        assert "dead" not in marks.all()


def test_a_writer_that_was_taken_for_dead_writes_no_more(marks: Marks) -> None:
    stalled = lease(marks)
    with stalled:
        stalled.confirm()
        marks.drop(list(marks.all()))
        with lease(marks), pytest.raises(IndexBusy, match="it goes on where it was"):
            stalled.confirm()
    assert marks.all() == {}


def test_nobody_who_does_not_write_needs_a_mark(marks: Marks) -> None:
    lease(marks).confirm()
    assert marks.all() == {}


def test_a_store_that_goes_away_and_returns_leaves_the_turn_where_it_was() -> None:
    marks = MemoryMarks()
    held = lease(marks)
    with held:
        marks.is_gone = True
        time.sleep(SHORT)
        with pytest.raises(StoreUnavailable):
            held.confirm()
        marks.is_gone = False
        before = dict(marks.there)
        time.sleep(SHORT)
        held.confirm()
        assert marks.there != before, "it says again that it lives"
    marks.there.clear()


def test_a_store_that_is_gone_at_the_end_hides_no_error() -> None:
    marks = MemoryMarks()

    def fail() -> None:
        with lease(marks):
            marks.is_gone = True
            raise KeyError

    with pytest.raises(KeyError):
        fail()


def test_a_home_is_free_again_where_another_machine_writes(tmp_path: Path) -> None:
    marks = MemoryMarks()
    path = tmp_path / "lock"
    with lease(marks), pytest.raises(IndexBusy, match="this store"):
        WriteLock(path, beyond=lease(marks)).__enter__()
    with WriteLock(path, patience=0.0, beyond=lease(marks)):
        assert len(marks.there) == 1
    assert marks.there == {}


def test_following_the_store_needs_the_lock_of_the_home_alone(tmp_path: Path) -> None:
    marks = MemoryMarks()
    with WriteLock(tmp_path / "lock", beyond=lease(marks)).of_this_home_alone():
        assert marks.there == {}
