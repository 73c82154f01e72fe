"""Where nobody is asked who they are: what still keeps a stranger's page out.

An archive that is open listens on this machine alone. A page in the reader's browser can reach it
there all the same: under a name of its own that it makes point to 127.0.0.1 (DNS rebinding), where
the browser then lets it read, or blindly, by a form that is sent from page to page (CSRF).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.errors import NotAllowed, QaError, UnknownHost
from qa.http.access import is_own_page
from qa.http.problems import problem_json, problem_response

_SAFE = ("GET", "HEAD", "OPTIONS")
# RFC 9110, 7.2: a name or an address, an IPv6 one in brackets, and a port.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[^\[\]:/@]{1,253})(?::\d{0,5})?")


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """When the guard stands, and whom it lets by.

    Attributes:
        is_open: whether nobody is asked who they are.
        hosts: names that the server is reached under, beside those of this machine.
        origins: other sites whose pages may ask, named anew each time.
    """

    is_open: Callable[[], bool]
    hosts: Collection[str]
    origins: Callable[[], Collection[str]]

    def check(self, request: Request) -> None:
        """
        Raises:
            UnknownHost: it was sent to a name that is none of ours.
            NotAllowed: a page of another site sent what may do more than read.
        """
        stated = request.headers.getlist("host")
        if len(stated) != 1 or not is_ours(stated[0], self.hosts):
            raise UnknownHost(", ".join(stated))
        if request.method in _SAFE or is_own_page(request):
            return
        if request.headers.get("origin") not in self.origins():
            raise NotAllowed("Pages of this origin may not use this address.")


def is_ours(host: str, hosts: Collection[str]) -> bool:
    """Whether a Host header names this machine, or one of our names, with any port."""
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found[1].strip("[]").lower()
    return name == "localhost" or name in hosts or _is_loopback(name)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class OpenDoorGuard:
    """ASGI middleware, inside of the one that gives requests their ids."""

    def __init__(self, app: ASGIApp, door: OpenDoor) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._door.is_open():
            request = Request(scope)
            try:
                self._door.check(request)
            except QaError as error:
                response = problem_response(request, error, problem_json(request, error))
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)
