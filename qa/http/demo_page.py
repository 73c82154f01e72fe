"""GET /demo: the widget beside an article editor, as a newsroom's own tool would have it.

Only `citedesk demo` serves it. The page is such a tool's: it knows the widget by its public
attributes, events and methods alone, and its policy allows no inline script or style.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from importlib.resources import files
from string import Template

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from qa.phrases import INTERFACE_LANGUAGES, phrases

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_KINDS = {"editor.css": "text/css", "editor.js": "text/javascript"}


def demo_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/demo")
    def page(language: str = "en") -> Response:
        """The editor with a draft in it, in one of our languages."""
        spoken = language if language in INTERFACE_LANGUAGES else "en"
        return HTMLResponse(editor(spoken), headers={"Content-Security-Policy": _POLICY})

    for name, kind in _KINDS.items():
        router.add_api_route(f"/demo/{name}", _asset(name, kind))
    return router


def editor(language: str) -> str:
    """The page of the editor."""
    words = {
        key.partition(".")[2]: escape(text)
        for key, text in phrases(language).items()
        if key.startswith("demo.")
    }
    links = "".join(
        f'<a href="?language={code}" lang="{code}" hreflang="{code}"'
        f"{' aria-current=true' if code == language else ''}>{code.upper()}</a>"
        for code in INTERFACE_LANGUAGES
    )
    return Template(_read("editor.html")).substitute(words, code=language, links=links)


def _asset(name: str, kind: str) -> Callable[[], Response]:
    def asset() -> Response:
        return Response(_read(name), media_type=kind, headers={"Cache-Control": "no-cache"})

    return asset


def _read(name: str) -> str:
    return (files("qa.web") / "demo" / name).read_text(encoding="utf-8")
