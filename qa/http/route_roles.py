"""Which route needs which role: the one table, which the guard obeys and OpenAPI shows.

A test holds it to the routes that there are. A path of the API that has no row needs an admin, so
that a row which is forgotten closes a route and does not open it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from starlette.routing import compile_path

from qa.access.roles import Role
from qa.http.problems import GUARD
from qa.http.responses import add_problems

#: The cookie of a log-in.
COOKIE = "citedesk_session"


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes.

    Attributes:
        role: at least this one; None for everybody.
        ticket: whether a page's ticket will do, too.
    """

    role: Role | None
    ticket: bool = False


EVERYBODY = Need(None)
PAGE = Need(Role.READER, ticket=True)
READER = Need(Role.READER)
EDITOR = Need(Role.EDITOR)
ADMIN = Need(Role.ADMIN)

ROUTES: dict[tuple[str, str], Need] = {
    ("POST", "/v1/ask"): PAGE,
    ("POST", "/v1/search"): PAGE,
    ("GET", "/v1/articles/{article_id}"): PAGE,
    ("GET", "/v1/passages/{passage_id}"): PAGE,
    ("POST", "/v1/feedback"): PAGE,
    ("POST", "/v1/chat/completions"): READER,
    ("GET", "/v1/models"): READER,
    ("GET", "/v1/models/{model_id}"): READER,
    ("POST", "/mcp"): READER,
    ("POST", "/v1/tickets"): READER,
    ("GET", "/metrics"): ADMIN,
    ("GET", "/healthz"): EVERYBODY,
    ("GET", "/readyz"): EVERYBODY,
    ("GET", "/widget.js"): EVERYBODY,
    ("GET", "/embed"): EVERYBODY,  # the page alone; what it asks takes a ticket or a log-in
    ("GET", "/embed.js"): EVERYBODY,
    ("GET", "/docs"): EVERYBODY,
    ("GET", "/openapi.json"): EVERYBODY,
    ("GET", "/login"): EVERYBODY,
    ("POST", "/login"): EVERYBODY,
    ("POST", "/logout"): EVERYBODY,
    ("GET", "/evaluate/setup"): EDITOR,
    ("GET", "/evaluate/progress"): EDITOR,
    ("GET", "/evaluate/result/{name}/{run}"): EDITOR,
    ("POST", "/evaluate/start"): EDITOR,
    ("POST", "/evaluate/go-on"): EDITOR,
    ("POST", "/evaluate/stop"): EDITOR,
    ("PUT", "/evaluate/sets/{name}"): EDITOR,
    ("GET", "/evaluate/runs/{name}/{run}/report.html"): EDITOR,
    ("GET", "/evaluate/runs/{name}/{run}/{file}"): EDITOR,
    ("PUT", "/upload/files/{name}"): EDITOR,
    ("POST", "/upload/index"): EDITOR,
    ("GET", "/upload/progress"): EDITOR,
}
#: What is in no row: of the API, and of the chat that is mounted on it.
_OTHER_API = ADMIN
_OTHER = READER

_API = re.compile(r"/v1(/|$)")
_COMPILED = [(method, compile_path(path)[0], need) for (method, path), need in ROUTES.items()]

_SCHEMES = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "cdk_…",
        "description": "An API key, made with `citedesk key create`. It belongs on a server.",
    },
    "ticket": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "cdt_…",
        "description": "A ticket from POST /v1/tickets, for pages of one origin.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "A log-in at /login.",
    },
}


def needed(method: str, path: str) -> Need:
    """What a request takes, routed as the framework does."""
    method = "GET" if method == "HEAD" else method
    for routed, pattern, need in _COMPILED:
        if routed == method and pattern.match(path):
            return need
    return _OTHER_API if _API.match(path) else _OTHER


def describe_access(openapi: dict[str, Any]) -> None:
    """Adds to the description of the API what each operation takes."""
    openapi.setdefault("components", {})["securitySchemes"] = _SCHEMES
    for path, operations in openapi["paths"].items():
        for method, operation in operations.items():
            need = needed(method.upper(), path)
            if need.role is None:
                operation["security"] = []
                continue
            ways = ("key", "session", "ticket") if need.ticket else ("key", "session")
            # OpenAPI 3.1 lets these list the roles that are needed.
            operation["security"] = [{way: [str(need.role)]} for way in ways]
            add_problems(operation["responses"], *GUARD)
