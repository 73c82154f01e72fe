"""Which pages may speak to an endpoint that is not made for pages."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send


class ListedOrigins:
    """ASGI wrapper that refuses a request which a browser sends for a page of another origin.

    MCP demands it: a page could otherwise reach a server on its reader's own machine, under any
    name that it makes point there (DNS rebinding). Only a browser sends `Origin`, with each POST.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin")
        if origin is not None and origin not in self._origins:
            raise HTTPException(403, "Pages of this origin may not use this address.")
        await self._app(scope, receive, send)
