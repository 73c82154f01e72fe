"""What every request gets: an id, and response headers that keep a browser strict."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.access.origins import frame_ancestors
from qa.request_id import REQUEST_ID, new_request_id

#: `same-origin` keeps from other sites which article a journalist came from. No page is shown in a
#: frame of another site, unless it has a policy of its own that says so.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": f"{frame_ancestors(())}; object-src 'none'",
}

# An id from outside ends up in logs and headers, so it is taken only when it can do no harm there.
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_id(scope: Scope) -> str:
    """The id of the request, which its response and its log lines carry."""
    identifier: str = scope["state"]["request_id"]
    return identifier


class RequestContext:
    """ASGI middleware; a plain one, since Starlette's base class would buffer streams."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identifier = _accepted(Headers(scope=scope).get("x-request-id"))
        scope.setdefault("state", {})["request_id"] = identifier
        # It stays: what fails on the way is logged outside of this, in the same context.
        REQUEST_ID.set(identifier)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = identifier
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _accepted(identifier: str | None) -> str:
    if identifier and _SANE_ID.fullmatch(identifier):
        return identifier
    return new_request_id()
