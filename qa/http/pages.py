"""What a browser loads: the widget's script and the page that documents the API.

Nothing here makes a browser ask another host; the framework's own page at /docs would.
"""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from qa.http.problems import KINDS
from qa.http.widget import widget_script

_DOCS_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
td, th { text-align: left; padding: .3rem 1rem .3rem 0; vertical-align: top }
:target { background: #fe89 } @media (prefers-color-scheme: dark) { html { color-scheme: dark } }
"""


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


def docs_page(openapi: dict[str, Any]) -> str:
    """The documentation as one plain page."""
    routes = "".join(
        _row(f"<code>{method.upper()} {escape(path)}</code>", operation.get("description", ""))
        for path, operations in openapi["paths"].items()
        for method, operation in operations.items()
    )
    problems = "".join(
        _row(f"<code>{kind.name}</code>", f"{kind.status}: {kind.title}", kind.name)
        for kind in KINDS
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>citedesk API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        f"<h1>citedesk API</h1><p>{escape(openapi['info']['description'])}</p>"
        f'<p>Fields, limits and examples: <a href="openapi.json">openapi.json</a> (OpenAPI '
        f"{openapi['openapi']}), which any OpenAPI viewer opens.</p>"
        f"<h2>Routes</h2><table>{routes}</table>"
        f"<h2>Problems</h2><p>Errors are <code>application/problem+json</code> (RFC 9457); their "
        f"<code>type</code> points here.</p><table>{problems}</table></html>"
    )


def _row(head: str, text: str, anchor: str = "") -> str:
    identifier = f' id="{anchor}"' if anchor else ""
    return f"<tr{identifier}><th>{head}</th><td>{escape(text)}</td></tr>"
