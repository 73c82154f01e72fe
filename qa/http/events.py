"""Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from typing import Any, TypeVar

from anyio import CancelScope
from anyio.to_thread import run_sync
from fastapi.sse import format_sse_event
from starlette.concurrency import iterate_in_threadpool
from starlette.responses import StreamingResponse

Item = TypeVar("Item")

#: OpenAPI's description of one event (OpenAPI 3.2, 4.14.4).
EVENT_SCHEMA = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "required": ["data"],
}


def event(data: Any, name: str | None = None) -> bytes:
    """One event with JSON data."""
    return format_sse_event(data_str=json.dumps(data, ensure_ascii=False), event=name)


def shown(*events: bytes) -> str:
    """Events as they are on the wire, for an example."""
    return b"".join(events).decode()


def begun(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, the first already fetched.

    A question that cannot be answered at all fails here, where it still has a status of its own.
    """
    first = next(items)
    return _resumed(first, items)


def _resumed(first: Item, items: Iterator[Item]) -> Iterator[Item]:
    yield first
    yield from items


def event_stream(
    events: Iterator[bytes], problem: Callable[[Exception], bytes]
) -> StreamingResponse:
    """The events as a response; an error among them becomes a last event, made by `problem`."""
    return StreamingResponse(
        _closed_at_the_end(_until_error(events, problem)),
        media_type="text/event-stream",
        # Nginx holds a response back to fill its buffers unless it is told not to.
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


async def _closed_at_the_end(events: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
    """The same, each made on a thread; closed also where the client leaves.

    Left to be collected, generators within generators are closed in any order and on any thread.
    """
    try:
        async for item in iterate_in_threadpool(events):
            yield item
    finally:
        with CancelScope(shield=True):
            await run_sync(events.close)


def _until_error(
    events: Iterator[bytes], problem: Callable[[Exception], bytes]
) -> Generator[bytes, None, None]:
    try:
        yield from events
    # The status line is long sent, so no handler of the app can answer any more: this is the
    # stream's counterpart of the app's handler for unexpected errors, and logs as it does.
    except Exception as error:
        yield problem(error)
