"""A limit on what a client may send to the API.

The framework's own limit answers in plain text, not with problem details. This one raises inside
the route, where every error becomes a problem.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Bytes; a question with fifty long turns of history takes a tenth of it.
MAX_BODY = 1024 * 1024

_DIGITS = 18
_LIMITED = ("/v1", "/login", "/logout", "/evaluate/", "/upload/index")
#: Takes a set of questions, and counts itself.
_COUNTED = "/evaluate/sets/"


class BodyLimit:
    """ASGI middleware for our own paths; files that are sent have limits of their own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path.startswith(_LIMITED) and not path.startswith(_COUNTED):
            receive = within(MAX_BODY, scope, receive)
        await self._app(scope, receive, send)


def announced_length(headers: Headers) -> int:
    """Bytes that a request says its body has; 0 where it does not say, or nothing sensible."""
    stated = headers.get("content-length", "")
    # A number of 5,000 digits is one that Python refuses to read.
    return int(stated[:_DIGITS]) if stated.isdecimal() else 0


def within(most: int, scope: Scope, receive: Receive) -> Receive:
    """Receives a body of so many bytes at most; of a longer one raises `HTTPException` 413."""
    announced = announced_length(Headers(scope=scope))
    received = announced if announced > most else 0

    async def receive_within_limit() -> Message:
        nonlocal received
        if received <= most:  # what is announced as too large is not even fetched
            message = await receive()
            received += len(message.get("body", b""))
            if received <= most:
                return message
        raise HTTPException(413, f"A request may have at most {most:,} bytes.")

    return receive_within_limit
