"""Of what the chat's framework offers, only what our page uses, for pages of ours, in their size.

Gradio mounts some fifty routes beside those of the page: it takes any file of any size into a
folder of its own and gives it out again, fetches addresses, edits the app. None of these is ours to
defend, so they are closed, also to whoever is logged in; what a newer version adds is closed, too.
And to whatever origin asks it says that this one may read, with its reader's log-in, unless it is
asked under the name of this machine (6.31); which sites may read is `qa.http.origins` to say.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.http.body_limit import within
from qa.http.problems import NOT_FOUND, ProblemError, problem_json, problem_response

_PREFIX = "/gradio_api"
_USED = re.compile(
    r"/gradio_api/(?:queue/(?:join|data)|cancel|reset|heartbeat/[\w-]{1,64}|component_server"
    r"|startup-events|app_id|theme\.css)/?"
)
#: Bytes; a conversation of fifty long answers, as a browser keeps it, has two million.
MOST = 8 * 1024 * 1024

_CORS = "access-control-"


class PagePaths:
    """ASGI middleware around what is mounted at "/", inside of the one that says who may read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith(_PREFIX):
            if not _USED.fullmatch(scope["path"]):
                request = Request(scope)
                error = ProblemError(NOT_FOUND, "The page does not use this address.")
                response = problem_response(request, error, problem_json(request, error))
                await response(scope, receive, send)
                return
            receive = within(MOST, scope, receive)

        async def send_for_ours(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in {name for name in headers if name.startswith(_CORS)}:
                    del headers[name]
            await send(message)

        await self._app(scope, receive, send_for_ours)
