"""The guard at every door: who asks, whether they may, and whether not too often.

It is ASGI middleware, so that it holds for what is mounted on the app as well as for its routes.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.access.admission import Access, Shown
from qa.access.rate_limit import RateLimit
from qa.access.roles import ANYONE, STRANGER, Caller, Kind
from qa.errors import AccessDenied, NotAllowed, QaError, TooManyRequests
from qa.http.problems import problem_json, problem_response
from qa.http.route_roles import COOKIE, needed

_SAFE = ("GET", "HEAD", "OPTIONS")


def caller(scope: Scope) -> Caller:
    """Who sent the request, as the guard found."""
    found: Caller = scope["state"]["caller"]
    return found


def reader_name(request: Request | None) -> str:
    """The name of who has logged in; "" where nobody has, as where access is not required."""
    found: Caller = getattr(request.state, "caller", ANYONE) if request else ANYONE
    return found.name if found.kind is Kind.USER else ""


class AccessGuard:
    """ASGI middleware, inside of the one that gives requests their ids.

    Args:
        rate: how often each caller may ask.
    """

    def __init__(self, app: ASGIApp, access: Access, rate: RateLimit) -> None:
        self._app = app
        self._access = access
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":  # nothing here speaks so; the chat streams over HTTP
            await send({"type": "websocket.close", "code": 1008})
            return
        peer = _see_through_proxies(scope, self._access)
        request = Request(scope)
        try:
            scope["state"]["caller"] = self._admit(request, peer)
        except QaError as error:
            await _refusal(request, error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _admit(self, request: Request, peer: str) -> Caller:
        if not self._access.is_required():
            return ANYONE
        need = needed(request.method, request.scope["path"])
        if need.role is None:
            return STRANGER
        found = self._access.caller(_shown(request, self._access, peer))
        request.scope["state"]["caller"] = found  # the log names whoever is refused, too
        if found.kind is Kind.TICKET and not need.ticket:
            raise NotAllowed("A ticket is for asking and reading alone; this takes a key.")
        if not found.role.covers(need.role):
            raise NotAllowed(f"This takes the role {need.role}; yours is {found.role}.")
        if _counts(request) and (wait := self._rate.take(found.id)):
            raise TooManyRequests(wait)
        return found


def is_own_page(request: Request) -> bool:
    """Whether it was sent by one of our pages, or by no page at all.

    The browser's own word is taken before a comparison of addresses, which a proxy may have
    changed: https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def _shown(request: Request, access: Access, peer: str) -> Shown:
    headers = request.headers
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    named = headers.getlist(access.proxies.user_header) if access.proxies.user_header else []
    # A browser says the origin of a page that asks another; where it says none, the page is ours.
    own = f"{request.scope['scheme']}://{headers.get('host', '')}"
    return Shown(
        bearer=credentials.strip() if scheme.lower() == "bearer" else None,
        session=request.cookies.get(COOKIE),
        user=access.proxies.user(peer, named),
        origin=headers.get("origin", own),
        own=is_own_page(request),
        changes=request.method not in _SAFE,
    )


def _see_through_proxies(scope: Scope, access: Access) -> str:
    """Puts what a trusted proxy says of the client into the scope; returns who really called."""
    address, port = scope.get("client") or ("", 0)
    if access.proxies.trusts(address):
        headers = Headers(scope=scope)
        forwarded = headers.getlist("x-forwarded-for")
        scope["client"] = (access.proxies.client(address, forwarded), port)
        if headers.get("x-forwarded-proto") in ("http", "https"):
            scope["scheme"] = headers["x-forwarded-proto"]
    return str(address)


def _counts(request: Request) -> bool:
    """Whether it costs more than sending a file: a page of the chat loads a hundred of these."""
    return request.method not in _SAFE or request.scope["path"].startswith("/v1/")


def _refusal(request: Request, error: QaError) -> Response:
    if isinstance(error, AccessDenied) and _is_visit(request):
        return RedirectResponse(f"/login?next={quote(request.scope['path'])}", status_code=303)
    return problem_response(request, error, problem_json(request, error))


def _is_visit(request: Request) -> bool:
    """Whether somebody opens a page, and not a program an address."""
    return (
        request.method == "GET"
        and "text/html" in request.headers.get("accept", "")
        and "authorization" not in request.headers
    )
