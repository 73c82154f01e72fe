"""Each request is one line of the log, with its id, and with nothing that is private."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.access.admission import Access
from qa.access.roles import Role
from qa.http.counting import CountingAnswerer
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.http.metrics import Metrics
from qa.logs import JsonLines
from qa.request_id import REQUEST_ID

Make = Callable[..., TestClient]

QUESTION = "Was the Valmorin library closed by Perpetua Quill?"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """What was added to each line of the request log."""
    return [
        {name: getattr(record, name) for name in ("method", "route", "status", "caller")}
        for record in caplog.records
        if record.name == "qa.http.request_log"
    ]


@pytest.fixture(autouse=True)
def _at_info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="qa")


def test_a_request_is_logged_by_its_route_and_not_by_what_it_asks(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/v1/articles/0123456789abcdef?for=Quill")
    client.post("/v1/ask", json={"question": QUESTION, "stream": True})
    client.request("SPELL", "/v1/ask")
    client.get("/nothing/of/Quill")
    assert lines(caplog) == [
        {"method": "GET", "route": "/v1/articles/{article_id}", "status": 404, "caller": ""},
        {"method": "POST", "route": "/v1/ask", "status": 200, "caller": ""},
        {"method": "other", "route": "other", "status": 405, "caller": ""},
        {"method": "GET", "route": "other", "status": 404, "caller": ""},
    ]
    assert "Quill" not in written(caplog)


def written(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(JsonLines().format(record) for record in caplog.records)


@pytest.fixture
def printed() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Gives the lines of the log as they are printed, in the request's own context."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines())
    logging.getLogger("qa").addHandler(handler)
    yield lambda: [json.loads(line) for line in lines.getvalue().splitlines()]
    logging.getLogger("qa").removeHandler(handler)


Printed = Callable[[], list[dict[str, Any]]]


@pytest.mark.parametrize("stream", [False, True])
def test_lines_of_a_request_carry_its_id(
    stream: bool, client: TestClient, printed: Printed
) -> None:
    asked = {"question": QUESTION, "stream": stream}
    client.post("/v1/ask", json=asked, headers={"X-Request-ID": "r-17"})
    told = [(line["message"], line["request_id"]) for line in printed()]
    assert told == [("answer", "r-17"), ("request", "r-17")]


def test_each_question_of_the_chat_has_an_id_of_its_own(printed: Printed) -> None:
    answerer: Any = FakeAnswerer(ARTICLES)
    chat = CountingAnswerer(answerer, Metrics()).with_own_ids()
    before = REQUEST_ID.set("of the request that opened the page")
    try:
        for _ in range(2):
            assert list(chat.stream(QUESTION))
    finally:
        REQUEST_ID.reset(before)
    first, second = (line["request_id"] for line in printed())
    assert first != second
    assert "opened" not in f"{first}{second}"


@pytest.mark.parametrize("tells", [False, True])
def test_what_was_asked_is_logged_only_where_it_is_allowed(
    tells: bool, make_client: Make, caplog: pytest.LogCaptureFixture
) -> None:
    client = make_client(FakeAnswerer(ARTICLES), tells_questions=tells)
    for stream in (False, True):
        client.post("/v1/ask", json={"question": QUESTION, "stream": stream})
    client.post("/v1/search", json={"query": QUESTION})
    client.post(
        "/v1/chat/completions", json={"messages": [{"role": "user", "content": QUESTION}]}
    )  # fmt: skip
    assert written(caplog).count("Perpetua Quill") == (3 if tells else 0)


def test_an_unexpected_error_is_logged_with_the_id_and_counts_as_500(
    make_client: Make, caplog: pytest.LogCaptureFixture
) -> None:
    answerer = FakeAnswerer(ARTICLES)
    answerer.ask = lambda *_: 1 / 0  # type: ignore[assignment,method-assign]
    client = make_client(answerer)
    response = client.post("/v1/ask", json={"question": QUESTION})
    assert response.status_code == 500
    assert lines(caplog) == [{"method": "POST", "route": "/v1/ask", "status": 500, "caller": ""}]
    assert f"request {response.headers['X-Request-ID']} failed" in written(caplog)
    assert "Quill" not in written(caplog)


def test_a_caller_is_named_and_keys_tickets_and_log_ins_are_not_shown(
    make_client: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    access = Access(tmp_path)
    secret = access.keys.create("cms", Role.READER, ("https://cms.example.org",))
    client = make_client(FakeAnswerer(ARTICLES), access=access)
    ours, wrong = {"Authorization": f"Bearer {secret}"}, {"Authorization": "Bearer cdk_no-such-key"}
    asked = {"question": "Valmorin library"}
    given = client.post("/v1/tickets", json={"origin": "https://cms.example.org"}, headers=ours)
    ticket = given.json()["ticket"]
    page = {"Authorization": f"Bearer {ticket}", "Origin": "https://cms.example.org"}
    for headers in (ours, page, wrong):
        client.post("/v1/ask", json=asked, headers=headers)
    client.get("/metrics", headers=ours)
    told = [(line["route"], line["status"], line["caller"]) for line in lines(caplog)]
    assert [status for _, status, _ in told] == [201, 200, 200, 401, 403]
    key = access.keys.all()[0].id
    assert told[1][2] == key
    assert told[3:] == [("other", 401, ""), ("other", 403, key)]
    for private in (secret, ticket, "no-such-key"):
        assert private not in written(caplog)
