"""Adding articles in the page: files that are sent, and how far their indexing is.

The paths are the page's own and no part of the API. Whatever changes something takes JSON or PUT,
which a page of another site cannot send without being allowed to (Fetch standard, CORS-safelisted
requests).
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from qa.errors import UploadRefused
from qa.http.body_limit import announced_length
from qa.phrases import phrase
from qa.uploads.inbox import check_size
from qa.uploads.uploader import Uploader
from qa.web import upload_run


class Nothing(BaseModel):
    """A body without a field, which is JSON nevertheless."""

    model_config = ConfigDict(extra="forbid")


def uploading_router(uploader: Uploader) -> APIRouter:
    """The routes under /upload."""
    router = APIRouter(prefix="/upload", include_in_schema=False)

    @router.put("/files/{name}")
    async def receive(name: str, request: Request, language: str = "en") -> Response:
        """Keeps a file until it is indexed; replies with the name that it has now (201).

        Where the sender has something to put right, the reply says what; it is no error of the
        page's own (200).
        """
        try:
            return PlainTextResponse(await _received(uploader, name, request), 201)
        except UploadRefused as refused:
            return PlainTextResponse(phrase(language, refused.key, **refused.values))
        except ClientDisconnect:  # nobody is there to be told; what came of the file is gone
            return Response(status_code=400)

    @router.post("/index")
    def index(nothing: Nothing) -> Response:
        """Begins to index what was received, or lets the run that is under way go on with it."""
        uploader.start()
        return Response(status_code=204)

    @router.get("/progress")
    def progress(language: str = "en") -> Response:
        """How far the run is, as a part of the page; headers say where it is, and how far."""
        told = uploader.progress
        headers = {"X-Phase": str(told.phase), "X-Part": f"{told.part:.3f}"} if told else {}
        return HTMLResponse(upload_run.progress(told, language), headers=headers)

    return router


async def _received(uploader: Uploader, name: str, request: Request) -> str:
    check_size(announced_length(request.headers))
    with uploader.inbox.receiving(name) as arriving:
        async for part in request.stream():
            await run_in_threadpool(arriving.write, part)
        return await run_in_threadpool(arriving.keep)
