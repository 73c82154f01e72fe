"""Which other sites' pages may read a response: those that are named, asked anew each time."""

from __future__ import annotations

from collections.abc import Callable, Collection

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.errors import AccessUnavailable


class NamedOrigins(CORSMiddleware):
    """CORS for origins that can change while the server runs; others get no header of it at all.

    Args:
        named: the origins that may ask now.
    """

    def __init__(self, app: ASGIApp, named: Callable[[], Collection[str]]) -> None:
        super().__init__(
            app,
            allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type", "X-Request-ID"),
            expose_headers=("X-Request-ID", "Retry-After"),
        )
        self._app = app
        self._named = named

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        if origin is None or not self.is_allowed_origin(origin):
            await self._app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    def is_allowed_origin(self, origin: str) -> bool:
        try:
            return origin in self._named()
        except AccessUnavailable:  # the guard within says so
            return False
