"""The HTTP API as one FastAPI app, on which the chat can then be mounted at "/"."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from qa.access.admission import Access, Mode
from qa.access.rate_limit import RateLimit
from qa.answerer import Answerer
from qa.desk import Desk
from qa.http.access import AccessGuard
from qa.http.archive import archive_router
from qa.http.asking import ask_router
from qa.http.body_limit import BodyLimit
from qa.http.chat import chat_router
from qa.http.context import RequestContext
from qa.http.counting import CountingAnswerer
from qa.http.embed import embed_router
from qa.http.feedback import FeedbackLog, feedback_router
from qa.http.login import login_router
from qa.http.metrics import Metrics
from qa.http.open_door import OpenDoor, OpenDoorGuard
from qa.http.openapi import TAGS, operation_id, put_right
from qa.http.operations import operations_router
from qa.http.origins import NamedOrigins, NamedOriginsAlone
from qa.http.page_paths import PagePaths
from qa.http.pages import pages_router
from qa.http.problems import install_problems
from qa.http.request_log import RequestLog
from qa.http.tickets import tickets_router
from qa.line import Line
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.mcp.server import HttpEndpoint

_DESCRIPTION = (
    "Answers a journalist's question from a newsroom's own articles. Every sentence of an answer "
    "has its source: a citation's quote is the article's stored text from start to end, counted "
    "in Unicode code points."
)
#: For all that waits in no line: files, articles, probes.
_OTHER_THREADS = 20
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_OUR_PATHS = (
    "/v1",
    "/v1/{rest:path}",
    "/mcp",
    "/healthz",
    "/readyz",
    "/metrics",
    "/widget.js",
    "/embed",
    "/embed.js",
    "/docs",
    "/openapi.json",
    "/login",
    "/logout",
)


def create_app(
    answerer: Answerer,
    *,
    feedback_log: Path,
    allowed_origins: Sequence[str] = (),
    access: Access | None = None,
    rate: float = Settings().rate,
    tells_questions: bool = False,
    line: Line | None = None,
    hosts: Collection[str] | None = None,
) -> FastAPI:
    """The app with all routes of the API.

    Args:
        feedback_log: file that ratings are appended to; made with the first one.
        allowed_origins: other sites whose pages may ask, `https://cms.example.org`; a browser
            lets no other site read an answer. Those that keys name come on top of these.
        access: who may do what; without it, anyone may do everything.
        rate: requests a minute that each caller may send.
        tells_questions: whether the log and the traces are told what was asked.
        line: that questions and searches wait in, at every door.
        hosts: names that it is asked under beside those of this machine, where nobody is asked who
            they are; None for any.

    Raises:
        ValueError: an allowed origin is a wildcard, which would open the archive to every page.
    """
    # Its SDK takes 0.6 s to import.
    from qa.mcp.server import HttpEndpoint

    metrics = Metrics()
    metrics.built_of(version("citedesk"), answerer.index.embedding_model, answerer.language_model)
    line = line or Line(Settings().at_once, Settings().waiting)
    metrics.watch_queue(lambda: line.waiting)
    counting = CountingAnswerer(answerer, metrics, line, tells_questions)
    desk = Desk(counting, answerer.index, metrics.searches.inc, line.place)
    mcp = HttpEndpoint(desk)
    app = FastAPI(
        lifespan=partial(_lifespan, mcp, line),
        title="citedesk",
        description=_DESCRIPTION,
        version="1",
        openapi_tags=TAGS,
        generate_unique_id_function=operation_id,
        docs_url=None,
        redoc_url=None,
        # An OTLP variable of the machine would otherwise make the framework send what it sees.
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    access = access or Access(feedback_log.parent, Mode.OFF)
    _check_origins(allowed_origins)

    def origins() -> frozenset[str]:
        return access.keys.origins().union(allowed_origins)

    door = OpenDoor(lambda: not access.is_required(), hosts, origins) if hosts is not None else None
    _guard(app, access, origins, RateLimit(rate), metrics, door)
    app.state.chat_answerer = counting.with_own_ids()
    install_problems(app)
    routers = (
        ask_router(counting),
        archive_router(desk),
        chat_router(counting),
        feedback_router(FeedbackLog(feedback_log), metrics),
        operations_router(answerer.index, metrics),
        tickets_router(access, allowed_origins),
        login_router(access),
        pages_router(),
        embed_router(origins),
    )
    for router in routers:
        app.include_router(router)
    app.router.routes.append(
        Route(
            "/mcp",
            NamedOriginsAlone(mcp, origins),
            methods=["POST"],
            include_in_schema=False,
        )
    )
    _claim_paths(app)
    put_right(app, routers)
    return app


@asynccontextmanager
async def _lifespan(mcp: HttpEndpoint, line: Line, app: FastAPI) -> AsyncIterator[None]:
    # Whoever waits in line waits on a thread; the framework's own 40 would be a line before it.
    threads = to_thread.current_default_thread_limiter()
    threads.total_tokens = max(threads.total_tokens, line.most + _OTHER_THREADS)
    async with mcp.lifespan(app):
        yield


def _check_origins(origins: Sequence[str]) -> None:
    if any("*" in origin for origin in origins):
        raise ValueError(
            f"allowed origins must be named one by one, https://cms.example.org; found {origins}"
        )


def _guard(
    app: FastAPI,
    access: Access,
    origins: Callable[[], Collection[str]],
    rate: RateLimit,
    metrics: Metrics,
    door: OpenDoor | None,
) -> None:
    """What a request passes before its route, the last that is added first."""
    app.add_middleware(PagePaths)
    app.add_middleware(BodyLimit)
    app.add_middleware(AccessGuard, access=access, rate=rate)
    app.add_middleware(NamedOrigins, named=origins)  # a page must be able to read a refusal
    if door is not None:
        app.add_middleware(OpenDoorGuard, door=door)
    app.add_middleware(RequestLog, count=metrics.requested)
    app.add_middleware(RequestContext)


def _claim_paths(app: FastAPI) -> None:
    """Keeps our paths ours, whatever the method: what is mounted at "/" takes all the others."""
    unrouted = _Unrouted(tuple(app.routes))
    for path in _OUR_PATHS:
        app.router.routes.append(Route(path, unrouted, include_in_schema=False))


class _Unrouted:
    """Says what is wrong with a request to one of our paths that no route took."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed = [method for method in _METHODS if self._takes({**scope, "method": method})]
        if allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
        raise HTTPException(404)

    def _takes(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is Match.FULL for route in self._routes)
