"""The figures at /metrics: what moves them, and that the documentation lists them all."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from corpus import Article
from index_store.errors import IndexStoreError
from index_store.index import ArticleIndex
from qa import serving
from qa.access.admission import Access
from qa.access.roles import Role
from qa.answer import Answer
from qa.answerer import Answerer
from qa.clock import STEPS
from qa.fakes import article
from qa.http import create_app
from qa.http.counting import CountingAnswerer
from qa.http.fakes import ARTICLES, FakeAnswerer

Make = Callable[..., TestClient]
Archive = Callable[[Iterable[Article]], ArticleIndex]

RUNNING = Path(__file__).parents[3] / "docs" / "running.md"


def value(text: str, name: str, **labels: str) -> float | None:
    """One sample; None where there is none."""
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
    return None


def test_the_figures_are_those_of_the_documentation(client: TestClient) -> None:
    client.get("/healthz")
    served = {
        # A counter is known by the name that a query has to use.
        f"{family.name}_total" if family.type == "counter" else family.name: family.type
        for family in text_string_to_metric_families(client.get("/metrics").text)
        if not family.name.endswith("_created")
    }
    rows = re.findall(
        r"^\| `((?:citedesk|process)_\w+)` \| (\w+) \|", RUNNING.read_text(encoding="utf-8"), re.M
    )
    assert dict(rows) == served


def test_each_step_of_an_answer_is_in_the_histogram(archive: Archive, make_client: Make) -> None:
    text = "The ferry to Sandholm stops in March, the harbour board said."
    client = make_client(Answerer(archive([article(text)])))
    before = client.get("/metrics").text
    answer = client.post("/v1/ask", json={"question": "When does the ferry to Sandholm stop?"})
    after = client.get("/metrics").text
    for step in STEPS:
        assert value(before, "citedesk_step_seconds_count", step=step) == 0
        assert value(after, "citedesk_step_seconds_count", step=step) == 1
        taken = value(after, "citedesk_step_seconds_sum", step=step)
        assert taken == pytest.approx(answer.json()["timings_ms"][step] / 1000, abs=1e-4)


def test_sentences_are_counted_by_verdict(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "Valmorin library"}).json()
    assert answer["statements"]
    text = client.get("/metrics").text
    assert value(text, "citedesk_statements_total", verdict="verbatim") == len(answer["statements"])
    assert value(text, "citedesk_statements_total", verdict="partial") == 0


class Chat:
    """An entry point of a chat that asks one question as soon as it is mounted."""

    def load(self) -> Callable[..., FastAPI]:
        def mount(app: FastAPI, answerer: CountingAnswerer, *_: Any, **__: Any) -> FastAPI:
            assert list(answerer.stream("When does the ferry stop?"))
            return app

        return mount


def test_questions_from_the_chat_count_too(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "entry_points", lambda group: [Chat()])
    index = archive([article("The ferry stops in March.")])
    text = TestClient(serving.build_app(Answerer(index), tmp_path)).get("/metrics").text
    assert value(text, "citedesk_answers_total", outcome="answered") == 1


class Slow(FakeAnswerer):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__(ARTICLES)
        self.go_on = Event()

    def ask(self, *args: Any, **kwargs: Any) -> Answer:
        self.go_on.wait(timeout=30)
        return super().ask(*args, **kwargs)


def test_questions_in_flight_and_requests_in_line_are_seen_while_they_are(
    serve: Callable[[FastAPI], str], tmp_path: Path
) -> None:
    answerer: Any = Slow()
    address = serve(create_app(answerer, feedback_log=tmp_path / "feedback.jsonl"))
    asked = {"question": "Valmorin"}
    with ThreadPoolExecutor(42) as pool, httpx.Client(base_url=address, timeout=60) as client:
        answers = [
            pool.submit(httpx.post, f"{address}/v1/ask", json=asked, timeout=60) for _ in range(42)
        ]
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                text = client.get("/metrics").text
                if value(text, "citedesk_requests_waiting") == 2:
                    break
        finally:
            answerer.go_on.set()
        assert value(text, "citedesk_requests_waiting") == 2  # the server has forty threads
        assert value(text, "citedesk_questions_in_flight") == 40
        assert {answer.result().status_code for answer in answers} == {200}
        text = client.get("/metrics").text
    assert value(text, "citedesk_requests_waiting") == 0
    assert value(text, "citedesk_questions_in_flight") == 0


def test_who_is_turned_away_is_counted_by_why(make_client: Make, tmp_path: Path) -> None:
    access = Access(tmp_path)
    admin = {"Authorization": f"Bearer {access.keys.create('ops', Role.ADMIN)}"}
    reader = {"Authorization": f"Bearer {access.keys.create('cms', Role.READER)}"}
    client = make_client(FakeAnswerer(ARTICLES), access=access, rate=1.0)
    client.post("/v1/ask", json={"question": "Valmorin"})
    client.get("/metrics", headers=reader)
    for _ in range(2):
        client.post("/v1/ask", json={"question": "Valmorin"}, headers=reader)
    text = client.get("/metrics", headers=admin).text
    for reason in ("unauthenticated", "forbidden", "rate_limited"):
        assert value(text, "citedesk_rejected_requests_total", reason=reason) == 1
    told = {"method": "POST", "route": "/v1/ask", "status": "200"}
    assert value(text, "citedesk_http_requests_total", **told) == 1


def test_the_index_and_the_build_are_described(client: TestClient) -> None:
    text = client.get("/metrics").text
    assert value(text, "citedesk_indexed_articles") == len(ARTICLES)
    assert value(text, "citedesk_indexed_passages") == len(ARTICLES)
    built = {"embedding_model": "none", "language_model": "", "version": "0.1.0"}
    assert value(text, "citedesk_build_info", **built) == 1


def test_figures_are_given_while_the_index_cannot_be_read(make_client: Make) -> None:
    answerer = FakeAnswerer(ARTICLES)

    def gone() -> Any:
        raise IndexStoreError("the Chroma server does not answer")

    answerer.index.summary = gone  # type: ignore[method-assign]
    text = make_client(answerer).get("/metrics").text
    articles = value(text, "citedesk_indexed_articles")
    assert articles is not None
    assert math.isnan(articles)
    assert value(text, "citedesk_answers_total", outcome="answered") == 0
