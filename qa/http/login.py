"""Logging in to the chat and out of it: one page, two forms, one cookie."""

from __future__ import annotations

import math
from ipaddress import IPv6Address, ip_address
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from qa.access.admission import Access
from qa.access.rate_limit import RateLimit
from qa.access.users import SESSION
from qa.errors import NotAllowed
from qa.http.access import is_own_page
from qa.http.login_page import POLICY, LoginPage
from qa.http.route_roles import COOKIE
from qa.phrases import INTERFACE_LANGUAGES
from qa.web.wording import preferred_language

#: Failed log-ins from one address: so many at once, then one more every ninety seconds.
FAILURES = 10
_PER_MINUTE = 60 / 90
#: Log-ins checked at the same time; each takes 32 MB for a fifth of a second.
_AT_ONCE = 2


def login_router(access: Access) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    failures = RateLimit(_PER_MINUTE, burst=FAILURES)
    checking = CapacityLimiter(_AT_ONCE)

    @router.get("/login")
    def login_page(request: Request) -> Response:
        user = access.users.of_session(request.cookies.get(COOKIE, ""))
        asked = request.query_params
        language = _language(request, asked.get("language"))
        name = user.name if user else None
        return _respond(LoginPage(language, _own_path(asked.get("next")), name))

    @router.post("/login")
    async def log_in(request: Request) -> Response:
        form = await _form(request)
        address = _counted_address(request)
        language, name = _language(request, form.get("language")), form.get("name", "")
        page = LoginPage(language, _own_path(form.get("next")), name=name)
        # Taken before the password is looked at, so that many at once are not let by.
        if wait := failures.take(address):
            response = _respond(page.saying("too_often", minutes=math.ceil(wait / 60)), status=429)
            response.headers["Retry-After"] = str(wait)
            return response
        typed = name, form.get("password", "")
        token = await to_thread.run_sync(access.users.log_in, *typed, limiter=checking)
        if token is None:
            return _respond(page.saying("wrong"), status=401)
        failures.give_back(address)
        return _with_cookie(request, RedirectResponse(page.next, status_code=303), token)

    @router.post("/logout")
    async def log_out(request: Request) -> Response:
        form = await _form(request)
        await to_thread.run_sync(access.users.log_out, request.cookies.get(COOKIE, ""))
        language = _language(request, form.get("language"))
        response = RedirectResponse(f"/login?language={language}", status_code=303)
        response.delete_cookie(COOKIE)
        return response

    return router


def _respond(page: LoginPage, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(page.html(), status_code=status, headers=headers)


def _with_cookie(request: Request, response: Response, token: str) -> Response:
    secure = request.scope["scheme"] == "https"
    response.set_cookie(
        COOKIE, token, max_age=SESSION, httponly=True, samesite="lax", secure=secure
    )
    return response


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that one of our own pages sent.

    Raises:
        NotAllowed: another site's page sent it, to log its reader in as somebody else.
        HTTPException: it is no form.
    """
    if not is_own_page(request):
        raise NotAllowed("This form was sent by a page of another site.")
    sent = (await request.body()).decode(errors="replace")
    try:
        fields = parse_qs(sent, keep_blank_values=True, max_num_fields=10)
    except ValueError:
        raise HTTPException(400, "Expected the fields of the form at /login.") from None
    return {name: values[0] for name, values in fields.items()}


def _own_path(path: str | None) -> str:
    """A path of ours, never an address: a link to the log-in must not lead elsewhere behind it."""
    if path and path.isprintable() and path.startswith("/") and path[1:2] not in ("/", "\\"):
        return path
    return "/"


def _language(request: Request, chosen: str | None) -> str:
    if chosen in INTERFACE_LANGUAGES:
        return str(chosen)
    return preferred_language(request.headers.get("accept-language"))


def _counted_address(request: Request) -> str:
    """An address, or of IPv6 the network: a household has as many addresses as it likes."""
    peer = request.client.host if request.client else ""
    try:
        address = ip_address(peer)
    except ValueError:  # a socket file has none
        return peer
    if isinstance(address, IPv6Address):
        return address.exploded[:19]
    return str(address)
