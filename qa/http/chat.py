"""The OpenAI-compatible door: POST /v1/chat/completions and GET /v1/models.

Follows https://platform.openai.com/docs/api-reference/chat. Citations are in
`message.annotations`: `url_citation` where the article has an address, else `file_citation`, each
with a `citedesk` object that holds the proof. A field of the API that does not apply to an
archive (`temperature`, `tools` …) is accepted and ignored, as clients send them unasked.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from qa.answer import Answer, Citation, Statement, as_json, citation_json
from qa.history import Turn
from qa.http.chat_schemas import MODEL, ChatBody, CompletionOut, ModelsOut
from qa.http.events import EVENT_SCHEMA, begun, event, event_stream
from qa.http.metrics import CountingAnswerer
from qa.http.problems import problem_json
from qa.http.responses import problem_responses


def chat_router(answerer: CountingAnswerer) -> APIRouter:
    router = APIRouter(tags=["OpenAI-compatible"])

    @router.get("/v1/models", response_model=ModelsOut)
    def models() -> Response:
        """The one model there is: the archive."""
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        return JSONResponse({"object": "list", "data": [model]})

    @router.post(
        "/v1/chat/completions",
        response_model=CompletionOut,
        responses={
            200: {"content": {"text/event-stream": {"schema": EVENT_SCHEMA}}},
            **problem_responses(400, 409, 413, 422, 503),
        },
    )
    def completions(body: ChatBody, request: Request) -> Response:
        """Answers the last message; those of user and assistant before it are its history."""
        asked = (
            body.question(),
            _history(body),
            body.citedesk.filters.filters(),
            body.citedesk.language,
            body.citedesk.standalone_question,
            body.citedesk.as_of,
        )
        if not body.stream:
            return JSONResponse(completion_json(answerer.ask(*asked)))
        return event_stream(
            _chunks(begun(answerer.stream(*asked))),
            problem=lambda error: event({"error": _openai_error(problem_json(request, error))}),
        )

    return router


def completion_json(answer: Answer) -> dict[str, Any]:
    """A whole answer as a chat completion; `citedesk` holds it in our own form too."""
    content, annotations = _rendered(answer)
    message = {
        "role": "assistant",
        "content": content,
        "refusal": None,
        "annotations": annotations,
    }
    return {
        **_envelope(answer.id, "chat.completion"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "citedesk": as_json(answer),
    }


def _history(body: ChatBody) -> tuple[Turn, ...]:
    return tuple(
        Turn("user" if message.role == "user" else "assistant", message.text())
        for message in body.messages[:-1]
        if message.role in ("user", "assistant")
    )


def _rendered(answer: Answer) -> tuple[str, list[dict[str, Any]]]:
    """The content and its annotations.

    Marker positions are counted while writing, never searched for: a quote may hold a "[1]".
    """
    if answer.refused:
        return answer.text, []
    content = ""
    annotations = []
    for statement in answer.statements:
        content += _opening(statement, after=content)
        for number in statement.citations:
            start = len(content)
            content += _marker(number)
            annotations.append(_annotation(answer.citation(number), start, len(content)))
    return content, annotations


def _opening(statement: Statement, after: str) -> str:
    """A statement up to its markers, as it follows what stands before it."""
    return f"{' ' if after else ''}{statement.led_in} "


def _marker(number: int) -> str:
    return f"[{number}]"


def _annotation(citation: Citation, start: int, end: int) -> dict[str, Any]:
    """`start` and `end` of the marker in the content, in Unicode code points."""
    article = citation.article
    place = {"start_index": start, "end_index": end, "title": article.title}
    kind, address = (
        ("url_citation", {"url": article.url})
        if article.url
        else ("file_citation", {"filename": article.source})
    )
    return {"type": kind, kind: {**place, **address}, "citedesk": citation_json(citation)}


def _chunks(items: Iterator[Statement | Answer]) -> Iterator[bytes]:
    """The pieces of the content as they come; the annotations with the last."""
    identifier = secrets.token_hex(8)
    yield _chunk(identifier, {"role": "assistant", "content": ""})
    streamed = ""
    for item in items:
        if isinstance(item, Statement):
            piece = _opening(item, after=streamed) + "".join(map(_marker, item.citations))
            yield _chunk(identifier, {"content": piece})
            streamed += piece
            continue
        content, annotations = _rendered(item)
        if not streamed:  # a refusal has no statements
            yield _chunk(identifier, {"content": content})
        last = _chunk_json(identifier, {"annotations": annotations}, finish="stop")
        yield event({**last, "citedesk": as_json(item)})
    yield b"data: [DONE]\n\n"


def _chunk(identifier: str, delta: dict[str, Any]) -> bytes:
    return event(_chunk_json(identifier, delta, finish=None))


def _chunk_json(identifier: str, delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {**_envelope(identifier, "chat.completion.chunk"), "choices": [choice]}


def _envelope(identifier: str, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{identifier}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _openai_error(problem: dict[str, Any]) -> dict[str, Any]:
    """The form that OpenAI's own clients raise from in mid-stream, with the problem's fields."""
    return {**problem, "message": problem["detail"], "code": problem["type"]}
