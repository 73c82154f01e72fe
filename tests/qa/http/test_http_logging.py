"""Whatever door a question comes in by, its answer is logged once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from qa.answerer import Answerer
from qa.audit.log import FILE, AuditLog
from qa.audit.logged import LoggedAnswers, read_entry
from qa.fakes import article
from qa.web.session import FilterForm, exchange_steps

QUESTION = "When does the ferry to Sandholm stop?"
HISTORY = [
    {"role": "user", "content": "Which board runs the harbour?"},
    {"role": "assistant", "content": "That of Sandholm."},
]


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    index = memory_index()
    text = "The ferry to Sandholm stops in March, the harbour board said."
    index.sync([FoundArticle(article(text), "/ferry.txt")])
    return Answerer(index, log=AuditLog(tmp_path / FILE))


def by_ask(client: TestClient) -> dict[str, Any]:
    body = {"question": QUESTION, "history": HISTORY, "filters": {"languages": ["en"]}}
    return dict(client.post("/v1/ask", json=body).json())


def by_stream(client: TestClient) -> dict[str, Any]:
    body = {"question": QUESTION, "history": HISTORY, "filters": {"languages": ["en"]}}
    events = client.post("/v1/ask", json={**body, "stream": True}).text.split("\n\n")
    (last,) = [event for event in events if event.startswith("event: answer")]
    return dict(json.loads(last.partition("data: ")[2]))


def by_completions(client: TestClient) -> dict[str, Any]:
    body = {
        "messages": [*HISTORY, {"role": "user", "content": QUESTION}],
        "citedesk": {"filters": {"languages": ["en"]}},
    }
    return dict(client.post("/v1/chat/completions", json=body).json()["citedesk"])


@pytest.mark.parametrize("door", [by_ask, by_stream, by_completions])
def test_an_answer_over_http_is_logged_as_it_was_given(
    door: Callable[[TestClient], dict[str, Any]],
    answerer: Answerer,
    make_client: Callable[..., TestClient],
    tmp_path: Path,
) -> None:
    given = door(make_client(answerer))
    (link,) = LoggedAnswers(tmp_path / FILE).oldest_first()
    entry = read_entry(link)
    assert entry["answer"] == given
    assert (entry["question"], entry["history"]) == (QUESTION, HISTORY)
    assert entry["filters"]["languages"] == ["en"]


def test_an_answer_in_the_chat_is_logged(answerer: Answerer, tmp_path: Path) -> None:
    *_, last = exchange_steps(answerer, QUESTION, (), FilterForm(), "en")
    assert last.answer is not None
    (link,) = LoggedAnswers(tmp_path / FILE).oldest_first()
    assert read_entry(link)["answer"]["id"] == last.answer.id


def test_an_answer_that_cannot_be_logged_is_given_all_the_same(
    answerer: Answerer, make_client: Callable[..., TestClient], tmp_path: Path
) -> None:
    (tmp_path / FILE).mkdir()
    response = make_client(answerer).post("/v1/ask", json={"question": QUESTION})
    assert response.status_code == 200
    assert response.json()["refused"] is False
