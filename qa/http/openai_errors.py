"""Problems in the form that OpenAI's own clients raise from, beside our own.

Follows https://platform.openai.com/docs/guides/error-codes: what is wrong with a request has
status 400, and an object `error` says what.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from qa.http.problems import EXPECTED, Kind, problem_json, problem_response


class OpenAIRoute(APIRoute):
    """A route whose problems hold an `error`, too; unexpected errors leave it as they are."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except EXPECTED as error:
                problem = _as_openai(problem_json(request, error))
                # Without it the client asks again after any 409, and nothing will have changed.
                again = str(problem["status"] == HTTPStatus.SERVICE_UNAVAILABLE).lower()
                response = problem_response(request, error, problem)
                response.headers["X-Should-Retry"] = again
                return response

        return handled


def error_json(problem: dict[str, Any]) -> dict[str, Any]:
    """OpenAI's `error` for a problem: `code` is the name of its kind, `param` the first field."""
    is_ours = problem["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR
    return {
        "message": problem["detail"],
        "type": "server_error" if is_ours else "invalid_request_error",
        "param": next((one["field"] for one in problem.get("errors", ())), None),
        "code": problem["type"].removeprefix("/docs#"),
    }


def as_openai_kind(kind: Kind) -> Kind:
    """The kind with the status that it has here."""
    return replace(kind, status=_status(kind.status))


def _as_openai(problem: dict[str, Any]) -> dict[str, Any]:
    return {**problem, "status": _status(problem["status"]), "error": error_json(problem)}


def _status(ours: int) -> int:
    if ours == HTTPStatus.UNPROCESSABLE_ENTITY:
        return int(HTTPStatus.BAD_REQUEST)
    return ours
