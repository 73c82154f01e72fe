"""POST /v1/ask: a question, answered at once or sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from qa.answer import Answer, Statement, as_json, statement_json
from qa.http.events import EVENT_SCHEMA, begun, event, event_stream
from qa.http.metrics import CountingAnswerer
from qa.http.problems import problem_json
from qa.http.responses import AnswerOut, problem_responses
from qa.http.schemas import AskBody

_STREAM_DOCUMENTED = {
    "description": "The answer; with `stream`, an event for each verified `statement`, then one "
    "`answer` with the whole, or `problem` where it fails on the way.",
    "content": {
        "text/event-stream": {
            "schema": EVENT_SCHEMA,
            "example": 'event: statement\ndata: {"text": "…", "citations": [1], '
            '"verdict": "verbatim", "lead": ""}\n\nevent: answer\ndata: {"id": "…", …}\n\n',
        }
    },
}


def ask_router(answerer: CountingAnswerer) -> APIRouter:
    router = APIRouter(tags=["answers"])

    @router.post(
        "/v1/ask",
        response_model=AnswerOut,
        responses={200: _STREAM_DOCUMENTED, **problem_responses(400, 409, 413, 422, 503)},
    )
    def ask(body: AskBody, request: Request) -> Response:
        """Answers a question from the archive, every sentence with its source, or refuses."""
        asked = (
            body.question,
            body.turns(),
            body.filters.filters(),
            body.language,
            body.standalone_question,
            body.as_of,
        )
        if not body.stream:
            return JSONResponse(as_json(answerer.ask(*asked)))
        return event_stream(
            _events(begun(answerer.stream(*asked))),
            problem=lambda error: event(problem_json(request, error), "problem"),
        )

    return router


def _events(items: Iterator[Statement | Answer]) -> Iterator[bytes]:
    for item in items:
        if isinstance(item, Answer):
            yield event(as_json(item), "answer")
        else:
            yield event(statement_json(item), "statement")
