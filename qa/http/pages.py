"""What a browser loads: the widget's script and the page that documents the API.

Nothing here makes a browser ask another host; the framework's own page at /docs would.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from qa.http.docs_page import docs_page
from qa.http.widget import widget_script

_DOCS_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def pages_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/widget.js")
    def widget(request: Request) -> Response:
        """The widget with its phrases in it, so that one request is all it needs."""
        script, tag = widget_script()
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(script, media_type="text/javascript", headers=headers)

    @router.get("/docs")
    def docs(request: Request) -> Response:
        """All routes and all kinds of problems."""
        page = docs_page(request.app.openapi())
        return HTMLResponse(page, headers={"Content-Security-Policy": _DOCS_POLICY})

    return router
