"""One line of the log for each request, and its count: never what was asked, nor by which key."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.access.roles import ANYONE, Caller

#: A client may send any word for a method, and each would be a series of its own.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
#: What no route took, or what was turned away before it came to one.
_OTHER = "other"

log = logging.getLogger(__name__)


class RequestLog:
    """ASGI middleware, just inside of the one that gives requests their ids.

    Args:
        count: is told each request's method, route and status.
    """

    def __init__(self, app: ASGIApp, count: Callable[[str, str, int], None]) -> None:
        self._app = app
        self._count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = perf_counter(), 500  # which is what an error without an answer becomes

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._note(scope, status, perf_counter() - start)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else _OTHER
        route = _template(scope)
        self._count(method, route, status)
        caller: Caller = scope["state"].get("caller", ANYONE)
        told = {"method": method, "route": route, "status": status}
        log.info(
            "request",
            extra={**told, "milliseconds": round(seconds * 1000, 1), "caller": caller.id},
        )


def _template(scope: Scope) -> str:
    """The route's path with the names of its parameters; a path itself can be anything."""
    return getattr(scope.get("route"), "path", "") or _OTHER
