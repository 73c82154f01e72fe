"""A time limit for what blocks: a language model may hang, or drip for ever."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment that all steps of one task share.

    Attributes:
        at: seconds of the monotonic clock.
    """

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """So many seconds from now."""
        return cls(monotonic() + seconds)

    def left(self) -> float:
        """Seconds until then, never less than 0."""
        return max(0.0, self.at - monotonic())


@dataclass(frozen=True, slots=True)
class _End:
    """What comes behind the last item, with the error that ended them, if one did."""

    error: Exception | None = None


def within(deadline: Deadline, items: Generator[T, None, None]) -> Iterator[T]:
    """The items of a generator that blocks, as they come, and its own error where it raises one.

    A thread of its own fetches them, since a read that blocks cannot be ended from outside. Where
    nobody waits for them any more, it closes the generator after the next item.

    Raises:
        TimeoutError: the deadline has passed.
    """
    arrived: SimpleQueue[T | _End] = SimpleQueue()
    abandoned = Event()
    # A daemon, so that a server that never ends its reply does not keep the program from ending.
    # In the context of whoever asks: the call of a model belongs to the trace of its question.
    fetch = partial(copy_context().run, _fetch, items, arrived, abandoned, deadline)
    Thread(target=fetch, daemon=True).start()
    try:
        while not isinstance(item := _next(arrived, deadline), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        abandoned.set()


def _next(arrived: SimpleQueue[T | _End], deadline: Deadline) -> T | _End:
    try:
        return arrived.get(timeout=deadline.left())
    except Empty:
        raise TimeoutError from None


def _fetch(
    items: Generator[T, None, None],
    arrived: SimpleQueue[T | _End],
    abandoned: Event,
    deadline: Deadline,
) -> None:
    try:
        with closing(items):
            for item in items:
                arrived.put(item)
                if abandoned.is_set():
                    return
                if not deadline.left():
                    raise TimeoutError
    # Whatever it is, it is raised where the items are waited for.
    except Exception as error:
        arrived.put(_End(error))
    else:
        arrived.put(_End())
