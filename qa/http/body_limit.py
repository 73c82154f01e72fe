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

_LIMITED = ("/v1", "/login", "/logout")


class BodyLimit:
    """ASGI middleware for our own paths; what else is mounted on the app may take uploads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_LIMITED):
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        received = int(announced) if announced.isdecimal() and int(announced) > MAX_BODY else 0

        async def receive_within_limit() -> Message:
            nonlocal received
            if received <= MAX_BODY:  # what is announced as too large is not even fetched
                message = await receive()
                received += len(message.get("body", b""))
                if received <= MAX_BODY:
                    return message
            raise HTTPException(413, f"A request may have at most {MAX_BODY:,} bytes.")

        await self._app(scope, receive_within_limit, send)
