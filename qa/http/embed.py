"""GET /embed: the widget as a page of its own, for a frame in another site's page.

The other site's page loads no script of ours; what is asked and inserted it is told by messages,
which go to the origin that it has named and to no other.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection
from html import escape
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from qa.access.origins import frame_ancestors
from qa.phrases import INTERFACE_LANGUAGES, phrase

_STYLE = "body { margin: 0 }"
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; "
    f"style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
    f"{{}}"
)
_SCHEMES = {"light": "light", "dark": "dark"}


def embed_router(origins: Callable[[], Collection[str]]) -> APIRouter:
    """
    Args:
        origins: the other sites that may show the page in a frame, asked for with each request.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/embed")
    def embed(language: str = "en", origin: str = "", theme: str = "") -> Response:
        """The widget, for pages of our own site or of an origin that is declared."""
        spoken = language if language in INTERFACE_LANGUAGES else "en"
        if origin and origin not in origins():
            page = _page(spoken, "", f"<p>{escape(phrase(spoken, 'widget.error_denied'))}</p>")
            return HTMLResponse(
                page, 403, {"Content-Security-Policy": _POLICY.format("frame-ancestors 'none'")}
            )
        page = _page(spoken, _SCHEMES.get(theme, "light dark"), _desk(spoken, origin))
        policy = _POLICY.format(frame_ancestors([origin] if origin else []))
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})

    @router.get("/embed.js")
    def script() -> Response:
        """What carries events out of the frame and tickets into it."""
        text = (files("qa.web") / "embed.js").read_text(encoding="utf-8")
        return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    return router


def _desk(language: str, origin: str) -> str:
    return (
        f'<cite-desk language="{language}" insertable data-origin="{escape(origin)}">'
        '</cite-desk><script src="widget.js"></script><script src="embed.js"></script>'
    )


def _page(language: str, scheme: str, body: str) -> str:
    title = escape(phrase(language, "widget.label"))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f'<meta name="color-scheme" content="{scheme}"><style>{_STYLE}</style>'
        f"<main>{body}</main></html>"
    )
