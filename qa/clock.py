"""The steps of an answer: how long each takes, and a span of LlamaIndex's instrumentation for it.

Whatever listens to that instrumentation sees the steps, and within them what LlamaIndex does itself
(a call of a language model, say). A span carries its name and its times, and nothing of what was
asked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from inspect import BoundArguments, Signature
from time import perf_counter
from typing import TypeVar
from uuid import uuid4

from llama_index_instrumentation import get_dispatcher
from llama_index_instrumentation.dispatcher import active_instrument_tags
from llama_index_instrumentation.span import active_span_id

Item = TypeVar("Item")

#: The span of a whole question.
QUESTION = "question"
#: What understanding, searching and the rest is timed as.
STEPS = ("understand", "search", "evidence", "write", "compare", "verify")

_DISPATCHER = get_dispatcher("citedesk")
_NO_ARGUMENTS = BoundArguments(Signature(), OrderedDict())


class Clock:
    """Milliseconds that each step took."""

    def __init__(self) -> None:
        self._start = perf_counter()
        self._taken: dict[str, float] = {}
        self._within = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times a step; one that is done several times adds up, and the time of a step within
        another is its own alone."""
        self._taken.setdefault(name, 0.0)  # in the order in which steps begin
        outer, self._within = self._within, 0.0
        start = perf_counter()
        try:
            with span(name):
                yield
        finally:
            took = perf_counter() - start
            self._taken[name] += (took - self._within) * 1000
            self._within = outer + took

    def taken(self) -> dict[str, float]:
        """Every step, and all of it so far."""
        return {**self._taken, "total": (perf_counter() - self._start) * 1000}


@contextmanager
def span(name: str) -> Iterator[None]:
    """Tells LlamaIndex's instrumentation of what begins here, and how it ends."""
    identifier = f"{name}-{uuid4()}"  # what listens takes the part before the dash for its name
    parent, tags = active_span_id.get(), active_instrument_tags.get()
    inside = active_span_id.set(identifier)
    _DISPATCHER.span_enter(identifier, _NO_ARGUMENTS, parent_id=parent, tags=tags)
    try:
        yield
    except BaseException as error:
        _DISPATCHER.span_drop(identifier, _NO_ARGUMENTS, err=error)
        raise
    else:
        _DISPATCHER.span_exit(identifier, _NO_ARGUMENTS)
    finally:
        active_span_id.reset(inside)


def in_one_context(items: Generator[Item, None, None]) -> Iterator[Item]:
    """The same items, all made within one context (PEP 567), whoever asks for the next.

    A server takes each item of a stream on another thread, whose context is not that in which a
    span was begun; and what is done with an item is no part of the span that it came from.
    """
    context = copy_context()
    try:
        while True:
            try:
                item = context.run(next, items)
            except StopIteration:
                return
            yield item
    finally:
        context.run(items.close)
