"""POST /v1/ask: a question, answered at once or sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from qa.answer import Answer, Statement, as_json, statement_json
from qa.http.counting import CountingAnswerer
from qa.http.events import EVENT_SCHEMA, begun, event, event_stream, shown
from qa.http.examples import ANSWER, REFUSAL, STATEMENT, problem_example
from qa.http.problems import ASKING, MODEL_UNAVAILABLE, problem_json
from qa.http.responses import AnswerOut, links, problem_responses
from qa.http.schemas import AskBody

_DOCUMENTED = {
    "links": links("/citations/0"),
    "description": (
        "The answer. With `stream`, server-sent events whose data is JSON:\n"
        "- `statement`: one sentence with its citations' numbers, as soon as it is verified; none "
        "in a refusal\n"
        "- `answer`: the whole, as without `stream`; always the last of a stream that succeeds\n"
        "- `problem`: problem details; the last of a stream that fails on the way"
    ),
    "content": {
        "application/json": {
            "examples": {
                "answered": {"summary": "An answer", "value": ANSWER},
                "refused": {"summary": "The archive does not say", "value": REFUSAL},
            }
        },
        "text/event-stream": {
            "schema": EVENT_SCHEMA,
            "examples": {
                "answered": {
                    "summary": "A stream",
                    "value": shown(event(STATEMENT, "statement"), event(ANSWER, "answer")),
                },
                "failed": {
                    "summary": "A stream that fails on the way",
                    "value": shown(
                        event(STATEMENT, "statement"),
                        event(problem_example(MODEL_UNAVAILABLE), "problem"),
                    ),
                },
            },
        },
    },
}


def ask_router(answerer: CountingAnswerer) -> APIRouter:
    router = APIRouter(tags=["answers"])

    @router.post(
        "/v1/ask",
        response_model=AnswerOut,
        responses={200: _DOCUMENTED, **problem_responses(*ASKING)},
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
