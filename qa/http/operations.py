"""For whoever runs the server: is it up, is it ready, what has it done."""

from __future__ import annotations

from contextlib import suppress

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response

from index_store.errors import IndexStoreError
from index_store.index import ArticleIndex
from qa.http.examples import METRICS, READY, UP
from qa.http.metrics import Metrics
from qa.http.problems import INDEX_UNAVAILABLE
from qa.http.responses import StatusOut, documented, problem_responses

#: The id of no article: looking it up asks the store, and reads nothing from it.
_PROBE = "0" * 16


def operations_router(index: ArticleIndex, metrics: Metrics) -> APIRouter:
    router = APIRouter(tags=["operations"])
    metrics.watch_queue(_waiting)
    # Not in the line that questions wait in: it is when that is long that figures are wanted.
    apart = CapacityLimiter(1)

    @router.get(
        "/healthz",
        response_model=StatusOut,
        responses={200: documented(UP, "it is up"), **problem_responses()},
    )
    def healthz() -> Response:
        """The process is up."""
        return JSONResponse({"status": "up"})

    @router.get(
        "/readyz",
        response_model=StatusOut,
        responses={
            200: documented(READY, "it can answer"),
            **problem_responses(INDEX_UNAVAILABLE),
        },
    )
    def readyz() -> Response:
        """The index is open and answers; an IndexStoreError becomes a 503."""
        index.article(_PROBE)
        return JSONResponse({"status": "ready"})

    @router.get(
        "/metrics",
        response_class=Response,
        responses={
            200: {"description": "the figures", "content": _PROMETHEUS},
            **problem_responses(),
        },
    )
    async def metrics_text() -> Response:
        """Counts since this process started, in the Prometheus text format."""
        # /readyz says what is wrong with the index; all the other figures stand without it.
        with suppress(IndexStoreError):
            await to_thread.run_sync(metrics.measure_index, index, limiter=apart)
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return router


def _waiting() -> int:
    """Requests in line for a thread; known on the server's event loop alone."""
    return to_thread.current_default_thread_limiter().statistics().tasks_waiting


_PROMETHEUS = {"text/plain": {"schema": {"type": "string"}, "example": METRICS}}
