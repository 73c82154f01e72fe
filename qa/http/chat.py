"""The OpenAI-compatible door: POST /v1/chat/completions and GET /v1/models.

Follows https://platform.openai.com/docs/api-reference/chat. Citations are in
`message.annotations`: `url_citation` where the article has an address, else `file_citation`, each
with a `citedesk` object that holds the proof. A field of the API that does not apply to an
archive (`temperature`, `tools` …) is accepted and ignored, as clients send them unasked.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import JSONResponse, Response

from qa.answer import Answer, Citation, Statement, as_json, citation_json
from qa.history import Turn
from qa.http.chat_schemas import MODEL, ChatBody, CompletionOut, ModelOut, ModelsOut
from qa.http.counting import CountingAnswerer
from qa.http.events import EVENT_SCHEMA, begun, event, event_stream, shown
from qa.http.examples import ANSWERED
from qa.http.openai_errors import OpenAIRoute, as_openai_kind, error_json
from qa.http.problems import ASKING, NOT_FOUND, ProblemError, problem_json
from qa.http.responses import documented, problem_responses

_MODEL_JSON = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
_MODELS_JSON = {"object": "list", "data": [_MODEL_JSON]}
#: For examples, which stay the same.
_THEN = 1_710_403_200


def chat_router(answerer: CountingAnswerer) -> APIRouter:
    router = APIRouter(tags=["OpenAI-compatible"], route_class=OpenAIRoute)

    @router.get(
        "/v1/models",
        response_model=ModelsOut,
        responses={200: documented(_MODELS_JSON, "the models"), **problem_responses()},
    )
    def list_models() -> Response:
        """The one model there is: the archive."""
        return JSONResponse(_MODELS_JSON)

    @router.get(
        "/v1/models/{model_id}",
        response_model=ModelOut,
        responses={200: documented(_MODEL_JSON, "the model"), **problem_responses(NOT_FOUND)},
    )
    def get_model(model_id: Annotated[str, Path(examples=[MODEL])]) -> Response:
        """The same model by its name, which is citedesk."""
        if model_id != MODEL:
            raise ProblemError(NOT_FOUND, f"The one model there is has the name {MODEL}.")
        return JSONResponse(_MODEL_JSON)

    @router.post(
        "/v1/chat/completions",
        response_model=CompletionOut,
        responses={200: _documented(), **problem_responses(*map(as_openai_kind, ASKING))},
    )
    def create_chat_completion(body: ChatBody, request: Request) -> Response:
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
            _chunks(begun(answerer.stream(*asked)), body.counts_tokens()),
            problem=lambda error: event({"error": error_json(problem_json(request, error))}),
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
        "usage": _usage_json(answer),
        "citedesk": as_json(answer),
    }


def _documented() -> dict[str, Any]:
    """The OpenAPI description of a completion, and of one that is streamed."""
    chunks = _chunks(iter((*ANSWERED.statements, ANSWERED)), with_usage=False)
    streamed = re.sub(r'"created": \d+', f'"created": {_THEN}', shown(*chunks))
    streamed = re.sub(r"chatcmpl-\w+", f"chatcmpl-{ANSWERED.id}", streamed)
    return {
        "description": (
            "The completion. With `stream`, server-sent events without names:\n"
            "- chunks of the content, a sentence each, as soon as it is verified\n"
            "- a chunk with the annotations, the `finish_reason`, and the whole answer under "
            "`citedesk`\n"
            "- with `stream_options.include_usage`, a chunk with the `usage`\n"
            "- `[DONE]`; where it fails on the way, an `error` instead"
        ),
        "content": {
            "application/json": {"example": {**completion_json(ANSWERED), "created": _THEN}},
            "text/event-stream": {"schema": EVENT_SCHEMA, "example": streamed},
        },
    }


def _history(body: ChatBody) -> tuple[Turn, ...]:
    return tuple(
        Turn("user" if message.role == "user" else "assistant", message.text())
        for message in body.messages[:-1]
        # A turn that only calls a tool says nothing.
        if message.role in ("user", "assistant") and message.text()
    )


def _usage_json(answer: Answer) -> dict[str, int]:
    """Tokens of the language model; none where the archive is quoted."""
    read, written = (
        (answer.usage.prompt_tokens, answer.usage.reply_tokens) if answer.usage else (0, 0)
    )
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
    }


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


def _chunks(items: Iterator[Statement | Answer], with_usage: bool) -> Iterator[bytes]:
    """The pieces of the content as they come; the annotations with the last.

    Args:
        with_usage: another one follows, without a choice, as `stream_options` demands it.
    """
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
        if with_usage:
            usage = {"choices": [], "usage": _usage_json(item)}
            yield event({**_envelope(identifier, "chat.completion.chunk"), **usage})
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
