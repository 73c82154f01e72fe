"""A client that leaves before it is answered: nobody goes on working for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TypeVar

from anyio import create_task_group
from anyio.to_thread import run_sync
from fastapi import Request
from starlette.requests import ClientDisconnect

from qa.answer import Answer, Statement

Result = TypeVar("Result")


async def unless_left(request: Request, work: Callable[[threading.Event], Result]) -> Result:
    """The result of some work on a thread of its own.

    Args:
        work: given an event that is set once the client has left; what it raises, this raises.
    """
    left = threading.Event()

    async def watch() -> None:
        # The body has been read: all that can still come is that the client goes.
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.set()

    raised: Exception | None = None
    async with create_task_group() as tasks:
        tasks.start_soon(watch)
        try:
            result = await run_sync(work, left)
        except Exception as error:  # as itself, and not as a group of one
            raised = error
        tasks.cancel_scope.cancel()
    if raised is not None:
        raise raised
    return result


def whole(items: Iterator[Statement | Answer], left: threading.Event) -> Answer:
    """The answer at the end of a stream.

    Raises:
        ClientDisconnect: the client left on the way; the stream is closed.
    """
    with closing(items):  # type: ignore[type-var]  # a generator, though it is typed by what it gives
        for item in items:
            if left.is_set() and not isinstance(item, Answer):
                raise ClientDisconnect
    assert isinstance(item, Answer)  # with which a stream ends
    return item
