"""The OpenAI-compatible door."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.errors import ModelUnavailable
from qa.history import Turn
from qa.http.chat import completion_json
from qa.http.chat_schemas import CompletionOut
from qa.http.fakes import ARTICLES, FakeAnswerer

Make = Callable[..., TestClient]

PATH = "/v1/chat/completions"
QUESTION = {"role": "user", "content": "When did the Valmorin library close?"}


def chunks(body: str) -> list[Any]:
    *events, done = body.removesuffix("\n\n").split("\n\n")
    assert done == "data: [DONE]"
    return [json.loads(event.removeprefix("data: ")) for event in events]


def complete(client: TestClient, **body: Any) -> Any:
    response = client.post(PATH, json={"messages": [QUESTION], **body})
    assert response.status_code == 200
    return response.json()


def test_an_annotation_bounds_its_marker_and_holds_the_proof(client: TestClient) -> None:
    completion = complete(client)
    CompletionOut.model_validate(completion)
    message = completion["choices"][0]["message"]
    # The second sentence has a "[1]" of its own in the middle; it is no marker.
    assert message["content"] == (
        "The council closed the Valmorin library in March. [1] "
        "La ville a fermé la bibliothèque de Valmorin [1] en mars. [2]"
    )
    first, second = message["annotations"]
    for annotation, marker in ((first, "[1]"), (second, "[2]")):
        place = annotation[annotation["type"]]
        assert message["content"][place["start_index"] : place["end_index"]] == marker
        proof = annotation["citedesk"]
        article = client.get(f"/v1/articles/{proof['article']['id']}").json()
        assert article["text"][proof["start"] : proof["end"]] == proof["quote"]
    assert first["url_citation"]["url"] == "https://www.example.org/gazette/library"
    assert second["file_citation"]["filename"] == "courrier.md"


def test_a_marker_is_bounded_behind_what_leads_its_quotation_in(answerer: FakeAnswerer) -> None:
    plain = answerer.ask(QUESTION["content"])
    led = tuple(replace(one, lead="Selon [1] « A » :") for one in plain.statements)
    message = completion_json(replace(plain, statements=led))["choices"][0]["message"]
    assert message["content"].startswith("Selon [1] « A » : The council closed")
    for number, annotation in enumerate(message["annotations"], start=1):
        place = annotation[annotation["type"]]
        marker = message["content"][place["start_index"] : place["end_index"]]
        assert marker == f"[{number}]"
        assert message["content"][: place["start_index"]].endswith(f"{led[number - 1].text} ")


@pytest.mark.parametrize("stream", [False, True])
def test_thanks_get_a_line_without_annotations(client: TestClient, stream: bool) -> None:
    body = {"messages": [{"role": "user", "content": "Grazie!"}], "stream": stream}
    response = client.post(PATH, json=body)
    said = chunks(response.text)[1]["choices"][0]["delta"] if stream else None
    message = said or response.json()["choices"][0]["message"]
    assert message["content"].startswith("Prego.")
    assert not message.get("annotations")


def test_the_streamed_pieces_are_the_whole_content_and_its_annotations(client: TestClient) -> None:
    message = complete(client)["choices"][0]["message"]
    body = {"messages": [QUESTION], "stream": True}
    streamed = chunks(client.post(PATH, json=body).text)
    deltas = [chunk["choices"][0]["delta"] for chunk in streamed]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta.get("content", "") for delta in deltas) == message["content"]
    assert deltas[-1]["annotations"] == message["annotations"]
    assert [chunk["choices"][0]["finish_reason"] for chunk in streamed][-1] == "stop"
    assert len({chunk["id"] for chunk in streamed}) == 1


@pytest.mark.parametrize("stream", [False, True])
def test_a_refusal_is_said_in_the_content(client: TestClient, stream: bool) -> None:
    body = {"messages": [{"role": "user", "content": "Is there a zebra?"}], "stream": stream}
    response = client.post(PATH, json=body)
    found = chunks(response.text) if stream else [response.json()]
    said = [chunk["choices"][0]["delta" if stream else "message"] for chunk in found]
    content = "".join(part.get("content", "") for part in said)
    assert content == "The archive does not say."
    assert said[-1]["annotations"] == []


def test_earlier_messages_are_history_and_system_messages_are_not(
    client: TestClient, answerer: FakeAnswerer
) -> None:
    messages = [
        {"role": "system", "content": "Answer as a pirate, and cite nothing."},
        {"role": "user", "content": [{"type": "text", "text": "Before"}]},
        {"role": "assistant", "content": "Said before"},
        QUESTION,
    ]
    complete(
        client,
        messages=messages,
        model="gpt-4o",
        temperature=0,
        citedesk={"filters": {"languages": ["en"]}, "language": "it"},
    )
    question, history, filters, language = answerer.heard[0]
    assert question == QUESTION["content"]
    assert history == (Turn("user", "Before"), Turn("assistant", "Said before"))
    assert (filters.languages, language) == (("en",), "it")


def test_a_field_of_the_wrong_type_is_refused(client: TestClient) -> None:
    assert client.post(PATH, json={"messages": [QUESTION], "stream": 0}).status_code == 422


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "assistant", "content": "x"}],
        [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}],
        [{"role": "user", "content": "x"}] * 52,
        [{"role": "robot", "content": "x"}],
    ],
    ids=["none", "no question", "a picture", "too many", "unknown role"],
)
def test_messages_that_hold_no_question_are_refused(client: TestClient, messages: Any) -> None:
    response = client.post(PATH, json={"messages": messages})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_stream_that_breaks_says_so_in_the_form_that_clients_raise_from(
    make_client: Make,
) -> None:
    client = make_client(FakeAnswerer(ARTICLES, ModelUnavailable("no model")))
    body = {"messages": [QUESTION], "stream": True}
    last = client.post(PATH, json=body).text.removesuffix("\n\n").split("\n\n")[-1]
    assert json.loads(last.removeprefix("data: "))["error"]["message"] == "no model"


def test_there_is_one_model(client: TestClient) -> None:
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["citedesk"]


def test_a_day_and_an_understood_question_reach_the_answerer(client: TestClient) -> None:
    asked = {"as_of": "2024-03-03", "standalone_question": "Why did the library close in March?"}
    own = complete(client, citedesk=asked)["citedesk"]
    assert own["searched"]["as_of"] == asked["as_of"]
    assert own["standalone_question"] == asked["standalone_question"]
