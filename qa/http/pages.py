"""What a browser loads: the widget's script and the page that documents the API.

Nothing here makes a browser ask another host; the framework's own page at /docs would.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from qa.http.docs_page import docs_page
from qa.phrases import INTERFACE_LANGUAGES, phrases

#: The line of widget.js that the phrases take the place of.
PHRASES_MARK = "const PHRASES = {};"

_SECTIONS = ("widget.", "answer.")
_DOCS_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


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


@cache
def widget_script() -> tuple[str, str]:
    """The script as it is served, and its entity tag."""
    source = files("qa.web").joinpath("widget.js").read_text(encoding="utf-8")
    words = {language: _widget_phrases(language) for language in INTERFACE_LANGUAGES}
    # JSON in ASCII is a JavaScript literal with nothing in it that could end the script.
    script = source.replace(PHRASES_MARK, f"const PHRASES = {json.dumps(words)};")
    return script, f'"{hashlib.sha256(script.encode()).hexdigest()[:32]}"'


def _widget_phrases(language: str) -> dict[str, str]:
    return {key: text for key, text in phrases(language).items() if key.startswith(_SECTIONS)}
