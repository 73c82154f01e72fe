"""Every error of the API as problem details (RFC 9457), from the exception to the response.

A problem's `type` points into the page at /docs, which lists all kinds. What the client gets is
one plain sentence; the traceback of an unexpected error goes to the log, under the request's id.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from index_store.errors import IndexStoreError
from qa.errors import (
    AccessDenied,
    AccessUnavailable,
    BadFilter,
    BadQuestion,
    EmptyIndex,
    ModelUnavailable,
    NotAllowed,
    Overloaded,
    QaError,
    TooManyRequests,
    UnknownHost,
)
from qa.http.context import HEADERS, request_id
from qa.http.validation import field_errors, sentence

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: what is the same each time it occurs."""

    name: str
    status: int
    title: str


BAD_QUESTION = Kind("bad-question", 422, "The question cannot be asked as it is")
UNKNOWN_FILTER = Kind("unknown-filter", 422, "A filter names what the archive does not have")
INVALID_REQUEST = Kind("invalid-request", 422, "The request is not as documented")
EMPTY_INDEX = Kind("empty-index", 409, "Nothing has been indexed yet")
BAD_REQUEST = Kind("bad-request", 400, "The request cannot be read")
UNAUTHENTICATED = Kind("unauthenticated", 401, "This needs a key, a ticket or a log-in")
FORBIDDEN = Kind("forbidden", 403, "This is not open to you")
TOO_MANY_REQUESTS = Kind("too-many-requests", 429, "You are asking too often")
NOT_FOUND = Kind("not-found", 404, "There is nothing here")
METHOD_NOT_ALLOWED = Kind("method-not-allowed", 405, "This address takes another method")
TOO_LARGE = Kind("too-large", 413, "The request is too large")
UNKNOWN_HOST = Kind("unknown-host", 421, "This server has another name")
MODEL_UNAVAILABLE = Kind("model-unavailable", 503, "The language model does not answer")
OVERLOADED = Kind("overloaded", 503, "Too many questions are being answered")
INDEX_UNAVAILABLE = Kind("index-unavailable", 503, "The index does not answer")
FEEDBACK_NOT_STORED = Kind("feedback-not-stored", 503, "The feedback could not be stored")
ACCESS_UNAVAILABLE = Kind("access-unavailable", 503, "Keys and users cannot be read")
INTERNAL_ERROR = Kind("internal-error", 500, "Something went wrong here")

KINDS = (
    BAD_REQUEST,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    EMPTY_INDEX,
    TOO_LARGE,
    UNKNOWN_HOST,
    BAD_QUESTION,
    UNKNOWN_FILTER,
    INVALID_REQUEST,
    TOO_MANY_REQUESTS,
    INTERNAL_ERROR,
    ACCESS_UNAVAILABLE,
    FEEDBACK_NOT_STORED,
    INDEX_UNAVAILABLE,
    MODEL_UNAVAILABLE,
    OVERLOADED,
)
#: What a question may come to.
ASKING = (
    BAD_REQUEST,
    EMPTY_INDEX,
    TOO_LARGE,
    BAD_QUESTION,
    UNKNOWN_FILTER,
    INVALID_REQUEST,
    INDEX_UNAVAILABLE,
    MODEL_UNAVAILABLE,
    OVERLOADED,
)
#: What the guards at every door may say.
GUARD = (UNAUTHENTICATED, FORBIDDEN, UNKNOWN_HOST, TOO_MANY_REQUESTS, ACCESS_UNAVAILABLE)
_BY_STATUS = {kind.status: kind for kind in (BAD_REQUEST, NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE)}
# The first that fits is taken, so the narrower class stands before its base.
_BY_ERROR: tuple[tuple[type[Exception], Kind], ...] = (
    (BadFilter, UNKNOWN_FILTER),
    (BadQuestion, BAD_QUESTION),
    (EmptyIndex, EMPTY_INDEX),
    (ModelUnavailable, MODEL_UNAVAILABLE),
    (IndexStoreError, INDEX_UNAVAILABLE),
    (AccessDenied, UNAUTHENTICATED),
    (NotAllowed, FORBIDDEN),
    (UnknownHost, UNKNOWN_HOST),
    (TooManyRequests, TOO_MANY_REQUESTS),
    (Overloaded, OVERLOADED),
)


class ProblemError(Exception):
    """A route cannot do what it was asked; `detail` is one sentence for the client."""

    def __init__(self, kind: Kind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


#: What a route may raise; anything else is a fault of ours.
EXPECTED: tuple[type[Exception], ...] = (
    ProblemError,
    RequestValidationError,
    HTTPException,
    QaError,
    IndexStoreError,
)


def install_problems(app: FastAPI) -> None:
    """Answer every exception that leaves a route of this app with problem details."""
    for error in (*EXPECTED, Exception):
        app.add_exception_handler(error, _respond)
    app.add_exception_handler(ClientDisconnect, _nobody)


def problem_json(request: Request, error: Exception) -> dict[str, Any]:
    """The problem details of an error; an unexpected one is logged here, with its traceback."""
    if isinstance(error, RequestValidationError):
        errors = field_errors(error.errors())
        return _body(request, INVALID_REQUEST, sentence(errors), errors=errors)
    if isinstance(error, HTTPException):
        return _http_body(request, error)
    if isinstance(error, ProblemError):
        return _body(request, error.kind, error.detail)
    if isinstance(error, AccessUnavailable):
        log.error("%s", error)  # whoever is not known yet is not told where the file is
        return _body(request, ACCESS_UNAVAILABLE, "The server's log says why.")
    for expected, kind in _BY_ERROR:
        if isinstance(error, expected):
            return _body(request, kind, str(error))
    log.error("request %s failed", request_id(request.scope), exc_info=error)
    detail = "The error is in the server's log under the id of this request."
    return _body(request, INTERNAL_ERROR, detail)


async def _nobody(request: Request, error: Exception) -> Response:
    """For the log alone: the client has left. The status is what web servers write there."""
    return Response(status_code=499)


async def _respond(request: Request, error: Exception) -> Response:
    return problem_response(request, error, problem_json(request, error))


def problem_response(request: Request, error: Exception, body: dict[str, Any]) -> Response:
    """The response with the problem details of an error."""
    headers = _headers(error)
    return JSONResponse(
        body,
        status_code=body["status"],
        # An unexpected error is answered outside the middleware that adds these to the others.
        headers={**headers, **HEADERS, "X-Request-ID": request_id(request.scope)},
        media_type="application/problem+json",
    )


def _headers(error: Exception) -> Mapping[str, str]:
    if isinstance(error, AccessDenied):
        return {"WWW-Authenticate": 'Bearer realm="citedesk"'}  # RFC 9110, 15.5.2
    if isinstance(error, TooManyRequests | Overloaded):
        return {"Retry-After": str(error.wait)}
    return getattr(error, "headers", None) or {}


def _http_body(request: Request, error: HTTPException) -> dict[str, Any]:
    kind = _BY_STATUS.get(error.status_code)
    detail = str(error.detail)
    if kind is None:
        title = HTTPStatus(error.status_code).phrase
        return _body(request, Kind("", error.status_code, title), detail)
    if detail == HTTPStatus(error.status_code).phrase:  # that says no more than the title
        detail = f"{request.method} {_path(request)[:200]} is no request of this API; see /docs."
    return _body(request, kind, detail)


def _body(request: Request, kind: Kind, detail: str, **more: Any) -> dict[str, Any]:
    return {
        "type": f"/docs#{kind.name}" if kind.name else "about:blank",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": _path(request),
        "request_id": request_id(request.scope),
        **more,
    }


def _path(request: Request) -> str:
    """Not `request.url.path`, which would parse the Host header, and fail on a malformed one."""
    return quote(request.scope["path"])
