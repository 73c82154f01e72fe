"""Prose of a real answerer through every door that streams."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from qa.answer import Statement
from qa.answerer import Answerer
from qa.fakes import Broken, StubbornModel, article
from qa.web.session import Exchange, FilterForm, exchange_steps

COURT = "A court has ordered Library Genesis to pay 30 million dollars to four publishers."
LINDQVIST = "The injunction can be used on Monday, said Gareth Lindqvist of the publishers."
QUESTION = "How much must Library Genesis pay to the publishers?"

#: Written, written and broken off, replaced by a quote, given up for quotes.
REPLIES: dict[str, str | Broken] = {
    "written": f"{COURT} [1] {LINDQVIST} [1]",
    "broken-off": Broken(f"{COURT} [1] And then the", ValueError()),
    "replaced": f"{COURT} [1] Gareth Lindqvist said the “nonsense” injunction can be used [1].",
    "given-up": f"{COURT.replace('30', '31')} [1]",
}


def answerer(reply: str | Broken) -> Answerer:
    index = memory_index()
    found = article(f"{COURT} {LINDQVIST}"), article("The late ferry to Sandholm is gone.")
    index.sync(FoundArticle(one, f"/{one.id}") for one in found)
    return Answerer(index, StubbornModel(reply, piece=3))


def events(body: str) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in body.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_the_events_are_the_statements_of_the_whole(
    reply: str | Broken, make_client: Callable[..., TestClient]
) -> None:
    client = make_client(answerer(reply))
    body = client.post("/v1/ask", json={"question": QUESTION, "stream": True}).text
    *statements, whole = events(body)
    assert statements == whole["statements"]
    assert statements


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_the_chunks_are_the_content_of_the_whole(
    reply: str | Broken, make_client: Callable[..., TestClient]
) -> None:
    client = make_client(answerer(reply))
    asked = {"messages": [{"role": "user", "content": QUESTION}]}
    chunks = events(client.post("/v1/chat/completions", json={**asked, "stream": True}).text)
    said = "".join(one["choices"][0]["delta"].get("content", "") for one in chunks)
    whole = client.post("/v1/chat/completions", json=asked).json()["choices"][0]["message"]
    assert said == whole["content"] == chunks[-1]["citedesk"]["text"]
    for annotation in chunks[-1]["choices"][0]["delta"]["annotations"]:
        place = annotation[annotation["type"]]
        marker = said[place["start_index"] : place["end_index"]]
        assert marker == f"[{annotation['citedesk']['number']}]"


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_the_chat_grows_by_one_statement_and_another(reply: str | Broken) -> None:
    steps = list(exchange_steps(answerer(reply), QUESTION, (), FilterForm(), "en"))
    growing, whole = steps[:-1], steps[-1]
    assert [len(step.statements) for step in growing] == list(range(1, len(growing) + 1))
    assert whole.answer is not None
    assert whole.statements == whole.answer.statements


def test_the_chat_shows_a_statement_while_the_model_writes_on() -> None:
    steps = exchange_steps(answerer(REPLIES["written"]), QUESTION, (), FilterForm(), "en")
    first = next(steps)
    assert isinstance(first, Exchange)
    assert [one.text for one in first.statements] == [COURT]
    assert isinstance(first.statements[0], Statement)
    assert first.answer is None
