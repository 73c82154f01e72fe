"""POST /v1/ask, whole and streamed."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index_store.models import Filters
from qa.errors import ModelUnavailable
from qa.history import Turn
from qa.http.fakes import ARTICLES, HOSTILE, FakeAnswerer
from qa.http.responses import AnswerOut

Make = Callable[..., TestClient]

QUESTION = "When did the Valmorin library close?"


def events(body: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, data), read as a browser would."""
    found = []
    for block in body.removesuffix("\n\n").split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def without_chance(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in ("id", "timings_ms")}


def test_every_citation_of_an_answer_is_the_stored_text_at_its_offsets(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert [statement["citations"] for statement in answer["statements"]] == [[1], [2]]
    for citation in answer["citations"]:
        article = client.get(f"/v1/articles/{citation['article']['id']}").json()
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize("question", [QUESTION, "Is there a zebra?", "Any hostility?"])
def test_the_documented_form_holds_all_that_an_answer_has(
    client: TestClient, question: str
) -> None:
    answer = client.post("/v1/ask", json={"question": question}).json()
    assert AnswerOut.model_validate(answer).model_dump(mode="json", by_alias=True) == answer


@pytest.mark.parametrize("question", [QUESTION, "Is there a zebra?", "Any hostility?"])
def test_the_last_event_of_a_stream_is_the_answer_given_whole(
    client: TestClient, question: str
) -> None:
    whole = client.post("/v1/ask", json={"question": question}).json()
    response = client.post("/v1/ask", json={"question": question, "stream": True})
    *statements, (last, answer) = events(response.text)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert last == "answer"
    assert without_chance(answer) == without_chance(whole)
    assert statements == [("statement", statement) for statement in whole["statements"]]


def test_a_refusal_shows_the_nearest_passages(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "Is there a zebra?"}).json()
    assert answer["refused"]
    assert answer["statements"] == []
    assert len(answer["nearest"]) == 2


def test_history_filters_and_language_reach_the_engine(
    client: TestClient, answerer: FakeAnswerer
) -> None:
    client.post(
        "/v1/ask",
        json={
            "question": QUESTION,
            "history": [{"role": "user", "content": "Before"}],
            "filters": {
                "publishers": ["The Example Gazette"],
                "languages": ["en"],
                "from": "2024-01-01",
                "to": "2024-12-31",
            },
            "language": "fr",
        },
    )
    filters = Filters(("The Example Gazette",), ("en",), "2024-01-01", "2024-12-31")
    assert answerer.heard == [(QUESTION, (Turn("user", "Before"),), filters, "fr")]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_an_edited_question_and_a_day_reach_the_engine(client: TestClient, stream: bool) -> None:
    asked = {
        "question": QUESTION,
        "standalone_question": "Who closed the library?",
        "as_of": "2024-12-31",
        "stream": stream,
    }
    response = client.post("/v1/ask", json=asked)
    answer = events(response.text)[-1][1] if stream else response.json()
    assert answer["standalone_question"] == "Who closed the library?"
    assert answer["searched"]["as_of"] == "2024-12-31"


@pytest.mark.parametrize("day", ["2024-02-30", "last week", ""])
def test_a_day_as_of_which_to_answer_is_one_of_the_calendar(client: TestClient, day: str) -> None:
    response = client.post("/v1/ask", json={"question": QUESTION, "as_of": day})
    assert response.status_code == 422
    assert "as_of" in response.json()["detail"]


def test_a_day_as_of_which_to_answer_can_be_yesterday(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": QUESTION, "as_of": "Hier"})
    yesterday = date.today() - timedelta(1)
    assert response.json()["searched"]["as_of"] == yesterday.isoformat()


def test_hostile_text_arrives_as_it_is_stored(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "Any hostility?"})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.json()["citations"][0]["article"]["title"] == HOSTILE


def test_a_stream_that_breaks_ends_with_a_problem(make_client: Make) -> None:
    failure = ModelUnavailable("the model at http://localhost:11434 does not answer")
    client = make_client(FakeAnswerer(ARTICLES, failure))
    response = client.post("/v1/ask", json={"question": QUESTION, "stream": True})
    (first, _), (last, problem) = events(response.text)
    assert (first, last) == ("statement", "problem")
    assert problem["status"] == 503
    assert problem["detail"] == str(failure)


def test_a_stream_that_breaks_unexpectedly_tells_the_client_nothing_of_the_inside(
    make_client: Make, caplog: pytest.LogCaptureFixture
) -> None:
    client = make_client(FakeAnswerer(ARTICLES, ValueError("password is hunter2")))
    response = client.post("/v1/ask", json={"question": QUESTION, "stream": True})
    _, (last, problem) = events(response.text)
    assert (last, problem["status"]) == ("problem", 500)
    assert "hunter2" not in response.text
    assert problem["request_id"] == response.headers["x-request-id"]
    assert "hunter2" in caplog.text
    assert problem["request_id"] in caplog.text


@pytest.mark.parametrize(
    ("articles", "question", "status"),
    [(ARTICLES, " ", 422), (ARTICLES, "x" * 2001, 422), ((), QUESTION, 409)],
    ids=["empty", "too long", "empty index"],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_question_that_cannot_be_answered_has_its_own_status_even_when_streamed(
    make_client: Make, articles: Any, question: str, status: int, stream: bool
) -> None:
    client = make_client(FakeAnswerer(articles))
    response = client.post("/v1/ask", json={"question": question, "stream": stream})
    assert response.status_code == response.json()["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
