"""POST /v1/tickets: a newsroom's server gets what its pages may ask with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from qa.access.admission import Access
from qa.access.roles import Kind
from qa.errors import NotAllowed
from qa.http.access import caller
from qa.http.responses import TicketOut, problem_responses
from qa.http.schemas import TicketBody


def tickets_router(access: Access, origins: Collection[str]) -> APIRouter:
    """
    Args:
        origins: for whose pages any key may have tickets.
    """
    router = APIRouter(tags=["access"])

    @router.post(
        "/v1/tickets",
        status_code=201,
        response_model=TicketOut,
        responses=problem_responses(400, 413, 422),
    )
    def ticket(body: TicketBody, request: Request) -> Response:
        """A ticket for pages of one origin, good for some minutes and for reading alone.

        It is had with a key, so that a page cannot renew its own; it ends with the key.
        """
        holder = caller(request.scope)
        if holder.kind is not Kind.KEY:
            raise NotAllowed("A ticket is had with an API key alone, where access is required.")
        key = access.keys.of_id(holder.id)
        if body.origin not in {*key.origins, *origins}:
            raise NotAllowed(
                f"This key is not for pages of {body.origin}; name it with --origin when the key "
                f"is made, or in CITEDESK_ORIGINS."
            )
        text, issued = access.tickets.issue(key, body.origin, body.minutes)
        expires = datetime.fromtimestamp(issued.expires, UTC).isoformat()
        return JSONResponse(
            {"ticket": text, "origin": issued.origin, "expires": expires},
            status_code=201,
            headers={"Cache-Control": "no-store"},
        )

    return router
