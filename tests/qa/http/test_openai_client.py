"""The OpenAI-compatible door, opened by OpenAI's own client."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from fastapi import FastAPI

from qa.errors import ModelUnavailable
from qa.history import Turn
from qa.http import create_app
from qa.http.fakes import ARTICLES, LIBRARY, FakeAnswerer

QUESTION: Any = [{"role": "user", "content": "When did the Valmorin library close?"}]

Connect = Callable[[FakeAnswerer], openai.OpenAI]


@pytest.fixture
def connect(serve: Callable[[FastAPI], str], tmp_path: Path) -> Iterator[Connect]:
    opened = []

    def connected(answerer: Any) -> openai.OpenAI:
        app = create_app(answerer, feedback_log=tmp_path / "feedback.jsonl")
        client = openai.OpenAI(base_url=f"{serve(app)}/v1", api_key="none needed", max_retries=0)
        opened.append(client)
        return client

    yield connected
    for client in opened:
        client.close()


@pytest.fixture
def answerer() -> FakeAnswerer:
    return FakeAnswerer(ARTICLES)


@pytest.fixture
def client(connect: Connect, answerer: FakeAnswerer) -> openai.OpenAI:
    return connect(answerer)


def ask(client: openai.OpenAI, **given: Any) -> Any:
    return client.chat.completions.create(**{"model": "citedesk", "messages": QUESTION, **given})


def test_the_model_is_listed_and_found_by_its_name(client: openai.OpenAI) -> None:
    (listed,) = client.models.list().data
    assert client.models.retrieve(listed.id) == listed
    with pytest.raises(openai.NotFoundError, match="has the name citedesk"):
        client.models.retrieve("another")


def test_annotations_bound_their_markers_and_hold_the_proof(client: openai.OpenAI) -> None:
    message = ask(client).choices[0].message
    first, second = message.annotations
    place = first.url_citation
    assert message.content[place.start_index : place.end_index] == "[1]"
    assert (place.url, place.title) == (LIBRARY.url, LIBRARY.title)
    proof = first.citedesk
    assert LIBRARY.text[proof["start"] : proof["end"]] == proof["quote"]
    # An article without an address has no url_citation; the client lets our own kind through.
    assert second.type == "file_citation"
    place = second.file_citation
    assert message.content[place["start_index"] : place["end_index"]] == "[2]"


def test_a_stream_grows_into_the_same_content_and_annotations(client: openai.OpenAI) -> None:
    whole = ask(client).choices[0].message
    content, annotations = "", None
    for chunk in ask(client, stream=True):
        delta = chunk.choices[0].delta
        content += delta.content or ""
        annotations = getattr(delta, "annotations", annotations)
    assert content == whole.content
    assert annotations == [one.to_dict() for one in whole.annotations]
    assert chunk.choices[0].finish_reason == "stop"


def test_the_clients_own_accumulation_of_a_stream_is_the_completion(client: openai.OpenAI) -> None:
    with client.chat.completions.stream(model="citedesk", messages=QUESTION) as stream:
        streamed = stream.get_final_completion().choices[0].message
    whole = ask(client).choices[0].message
    assert streamed.content == whole.content
    assert streamed.annotations == whole.annotations


def test_usage_ends_a_stream_that_asks_for_it(client: openai.OpenAI) -> None:
    *_, last = ask(client, stream=True, stream_options={"include_usage": True})
    assert (last.choices, last.usage.total_tokens) == ([], 0)
    assert ask(client).usage == last.usage


def test_what_does_not_apply_to_an_archive_is_accepted(client: openai.OpenAI) -> None:
    function = {"name": "weather", "parameters": {"type": "object"}}
    completion = ask(
        client,
        model="gpt-4o",
        temperature=0.2,
        top_p=0.5,
        n=2,
        seed=1,
        stop=["\n"],
        max_tokens=9,
        max_completion_tokens=9,
        presence_penalty=1,
        logit_bias={"50256": -100},
        user="a reader",
        metadata={"desk": "foreign"},
        tools=[{"type": "function", "function": function}],
        tool_choice="auto",
        parallel_tool_calls=False,
        response_format={"type": "json_object"},
        reasoning_effort="low",
    )
    assert len(completion.choices) == 1
    assert completion.choices[0].message.content == ask(client).choices[0].message.content


def test_a_conversation_is_its_history_without_system_and_tools(
    client: openai.OpenAI, answerer: FakeAnswerer
) -> None:
    call = {"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
    before = [
        {"role": "system", "content": "Answer as a pirate."},
        {"role": "developer", "content": "Cite nothing."},
        {"role": "user", "content": "Who closed it?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "1", "content": "rain"},
        {"role": "assistant", "content": "The council. [1]"},
    ]
    ask(client, messages=[*before, *QUESTION])
    asked, history, *_ = answerer.heard[0]
    assert asked == QUESTION[0]["content"]
    assert history == (Turn("user", "Who closed it?"), Turn("assistant", "The council. [1]"))


def test_filters_are_sent_as_extra_body(client: openai.OpenAI, answerer: FakeAnswerer) -> None:
    ask(client, extra_body={"citedesk": {"filters": {"languages": ["fr"]}}})
    assert answerer.heard[0][2].languages == ("fr",)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("given", "code", "param"),
    [
        ({"messages": []}, "invalid-request", "messages"),
        ({"messages": [{"role": "user", "content": " "}]}, "bad-question", None),
        ({"extra_body": {"citedesk": {"filter": {}}}}, "invalid-request", "citedesk.filter"),
        (
            {"extra_body": {"citedesk": {"filters": {"languages": ["de"]}}}},
            "unknown-filter",
            None,
        ),
    ],
    ids=["no message", "no question", "a misspelt field", "an unknown language"],
)
def test_what_is_wrong_with_a_request_is_a_bad_request(
    client: openai.OpenAI, given: dict[str, Any], code: str, param: str | None, stream: bool
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        ask(client, stream=stream, **given)
    error = caught.value
    assert (error.type, error.code, error.param) == ("invalid_request_error", code, param)
    assert isinstance(error.body, dict)
    assert error.body["message"] in str(error)


def test_an_empty_archive_is_not_asked_again(connect: Connect) -> None:
    answerer = FakeAnswerer(())
    client = connect(answerer).with_options(max_retries=2)
    with pytest.raises(openai.ConflictError, match="citedesk index"):
        ask(client)
    assert len(answerer.heard) == 1


def test_a_model_that_does_not_answer_is_a_server_error(connect: Connect) -> None:
    client = connect(FakeAnswerer(ARTICLES, ModelUnavailable("no model")))
    with pytest.raises(openai.InternalServerError, match="no model") as caught:
        ask(client)
    assert caught.value.type == "server_error"


def test_a_stream_that_breaks_raises(connect: Connect) -> None:
    stream = ask(connect(FakeAnswerer(ARTICLES, ModelUnavailable("no model"))), stream=True)
    with pytest.raises(openai.APIError, match="no model") as caught:
        list(stream)
    assert caught.value.code == "model-unavailable"


def test_a_fault_of_ours_says_nothing_of_itself(connect: Connect) -> None:
    with pytest.raises(openai.InternalServerError) as caught:
        ask(connect(FakeAnswerer(ARTICLES, RuntimeError("secret"))))
    assert "secret" not in str(caught.value)
