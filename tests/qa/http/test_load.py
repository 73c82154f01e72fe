"""More questions than can be answered, clients that leave, a server that is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from qa.answer import Answer, Statement
from qa.http import create_app
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.line import Line
from qa.serving import GRACE, _server
from tests.qa.http.test_http_problems import problem
from tests.qa.http.test_metrics import value

Serve = Callable[[FastAPI], str]

ASKED = {"question": "Valmorin library"}


class Gated(FakeAnswerer):
    """Answers when it is let; tells when it begins, and when nobody listens any more."""

    def __init__(self) -> None:
        super().__init__(ARTICLES)
        self.begun = threading.Semaphore(0)
        self.gate = threading.Event()
        self.closed = threading.Event()

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[Statement | Answer]:
        self.begun.release()
        try:
            for item in super().stream(*args, **kwargs):
                while not self.gate.wait(0.01):
                    if isinstance(item, Statement):
                        yield item
                yield item
        finally:
            self.closed.set()


@pytest.fixture
def gated() -> Iterator[Any]:
    answerer = Gated()
    yield answerer
    answerer.gate.set()


def app(answerer: Any, tmp_path: Path, line: Line) -> FastAPI:
    return create_app(answerer, feedback_log=tmp_path / "feedback.jsonl", line=line)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", ASKED),
        ("/v1/ask", {**ASKED, "stream": True}),
        ("/v1/search", {"query": "Valmorin"}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "Valmorin library"}]}),
    ],
)
def test_whoever_finds_the_line_full_is_told_when_to_come_again(
    serve: Serve, gated: Any, tmp_path: Path, path: str, body: dict[str, Any]
) -> None:
    line = Line(at_once=1, longest=1)
    address = serve(app(gated, tmp_path, line))
    with ThreadPoolExecutor(2) as pool, httpx.Client(base_url=address, timeout=60) as client:
        answers = [pool.submit(client.post, "/v1/ask", json=ASKED) for _ in range(2)]
        gated.begun.acquire()
        while line.waiting < 1:
            time.sleep(0.001)
        refused = client.post(path, json=body)
        found = problem(refused, 503)
        assert found["type"] == "/docs#overloaded"
        assert int(refused.headers["Retry-After"]) >= 1
        assert client.get("/readyz").status_code == 200  # it is busy, not broken
        gated.gate.set()
        assert [answer.result().status_code for answer in answers] == [200, 200]
        assert client.post(path, json=body).status_code == 200
        text = client.get("/metrics").text
    if path != "/v1/search":
        assert value(text, "citedesk_answers_total", outcome="overloaded") == 1


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/chat/completions"])
def test_nobody_works_for_a_client_that_has_left(
    serve: Serve, gated: Any, tmp_path: Path, path: str, stream: bool
) -> None:
    address = serve(app(gated, tmp_path, Line(at_once=1, longest=0)))
    messages = [{"role": "user", "content": ASKED["question"]}]
    body = {"stream": stream, **(ASKED if path == "/v1/ask" else {"messages": messages})}
    with httpx.Client(base_url=address, timeout=30) as client:
        if stream:
            with client.stream("POST", path, json=body) as response:
                next(response.iter_lines())
        else:
            with pytest.raises(httpx.ReadTimeout):
                client.post(path, json=body, timeout=0.3)
        assert gated.closed.wait(10)
        gated.gate.set()
        assert client.post("/v1/ask", json=ASKED).status_code == 200  # its place is free again
        text = client.get("/metrics").text
    assert value(text, "citedesk_answers_total", outcome="abandoned") == 1


def test_a_server_that_is_stopped_finishes_what_it_has_begun(gated: Any, tmp_path: Path) -> None:
    server = _server(app(gated, tmp_path, Line(at_once=2, longest=2)))
    server.config.port = 0
    assert server.config.timeout_graceful_shutdown == GRACE
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(httpx.post, f"{address}/v1/ask", json=ASKED, timeout=30)
        gated.begun.acquire()
        server.should_exit = True
        assert is_closed(address, server)
        gated.gate.set()
        assert answer.result().json()["refused"] is False
    thread.join(GRACE)
    assert not thread.is_alive()


def is_closed(address: str, server: uvicorn.Server) -> bool:
    """Whether it soon takes nothing new."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/healthz", timeout=1)
        except httpx.TransportError:
            return True
        time.sleep(0.02)
    return False
