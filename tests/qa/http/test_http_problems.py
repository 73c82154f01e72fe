"""Every error is problem details, whatever made it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.models import Article
from index_store.errors import StoreUnavailable
from qa.errors import BrokenCitation, EmptyIndex, ModelUnavailable
from qa.http.body_limit import MAX_BODY
from qa.http.fakes import ARTICLES, FakeAnswerer, FakeIndex
from qa.http.problems import KINDS

Make = Callable[..., TestClient]

JSON = {"Content-Type": "application/json"}
ASK = "/v1/ask"


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["status"] == status
    assert body["request_id"] == response.headers["x-request-id"]
    assert body["type"].removeprefix("/docs#") in {kind.name for kind in KINDS}
    return body


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "question is missing."),
        ({"question": 1}, "question must be text."),
        ({"question": "q", "limit": 1}, "limit is not a field of this request."),
        ({"question": "q", "stream": "yes"}, "stream must be true or false."),
        ({"question": "q", "history": "before"}, "history must be a list."),
        (
            {"question": "q", "history": [{"role": "system", "content": "x"}]},
            "history[0].role must be one of: 'user' or 'assistant'.",
        ),
        (
            {"question": "q", "history": [{"role": "user", "content": "x"}] * 51},
            "history must have at most 50 entries.",
        ),
        (
            {"question": "q", "filters": {"publisher": "x"}},
            "filters.publisher is not a field of this request.",
        ),
        (
            {"question": "q", "filters": {"from": "2024-02-30"}},
            "filters.from is not a day of the calendar, written YYYY-MM-DD.",
        ),
        (
            {"question": "q", "filters": {"from": "2024-02-02", "to": "2024-02-01"}},
            'filters has a "from" that is later than its "to".',
        ),
        (
            {"question": "q", "language": "English"},
            "language is not the code of a language: two small letters such as en, fr or it.",
        ),
    ],
)
def test_a_field_that_is_wrong_is_named_in_plain_words(
    client: TestClient, body: Any, detail: str
) -> None:
    assert problem(client.post(ASK, json=body), 422)["detail"] == detail


@pytest.mark.parametrize(
    ("filters", "detail"),
    [
        (
            {"publishers": ["The Example Gazete"]},
            "publisher 'The Example Gazete': the archive has none of this name; the nearest: "
            "'The Example Gazette'",
        ),
        (
            {"languages": ["de"]},
            "language 'de': the archive has none of this name; it has: 'en', 'fr'",
        ),
    ],
)
@pytest.mark.parametrize("path", ["/v1/search", ASK, "/v1/chat/completions"])
def test_a_filter_that_the_archive_has_nothing_of_is_a_problem_with_what_it_has(
    client: TestClient, path: str, filters: Any, detail: str
) -> None:
    said = {"query": "library"} if path == "/v1/search" else {"question": "Who?"}
    messages = [{"role": "user", "content": "Who?"}]
    body = {**said, "filters": filters}
    if path == "/v1/chat/completions":
        body = {"messages": messages, "citedesk": {"filters": filters}}
    # OpenAI's clients know 400 for whatever is wrong with a request.
    status = 400 if path == "/v1/chat/completions" else 422
    found = problem(client.post(path, json=body), status)
    assert (found["type"], found["detail"]) == ("/docs#unknown-filter", detail)


@pytest.mark.parametrize("limit", [0, 101, 1.5, "5", True])
def test_a_search_limit_is_a_whole_number_from_1_to_100(client: TestClient, limit: Any) -> None:
    response = client.post("/v1/search", json={"query": "library", "limit": limit})
    assert problem(response, 422)["errors"][0]["field"] == "limit"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 422),
        (b"[" * 100_000, 400),
        (b'{"question": "\xff"}', 400),
        (rb'{"question": "\ud800"}', 422),
        (rb'{"question": "q", "\ud800": 1}', 422),
        (rb'{"question": "q", "history": [{"role": "user", "content": "\udfff"}]}', 422),
        (b"[]", 422),
        (b"", 422),
    ],
    ids=[
        "cut", "deep", "not UTF-8", "half a pair", "half a pair as name",
        "half a pair in history", "list", "nothing",
    ],
)  # fmt: skip
def test_a_body_that_is_not_a_json_object_is_refused(
    client: TestClient, content: bytes, status: int
) -> None:
    problem(client.post(ASK, content=content, headers=JSON), status)


def test_a_refused_value_is_not_echoed(client: TestClient) -> None:
    response = client.post(ASK, json={"question": ["<script>"], "x" * 5000: 1})
    problem(response, 422)
    assert "<script>" not in response.text
    assert len(response.content) < 1000


def test_a_form_of_another_site_cannot_post(client: TestClient) -> None:
    """A page may send text/plain anywhere without asking first."""
    body = '{"answer_id": "1", "rating": "up"}'
    response = client.post("/v1/feedback", content=body, headers={"Content-Type": "text/plain"})
    problem(response, 422)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused(client: TestClient, chunked: bool) -> None:
    body = b'{"question": "' + b"x" * MAX_BODY + b'"}'
    content = iter((body[:1000], body[1000:])) if chunked else body
    problem(client.post(ASK, content=content, headers=JSON), 413)


def test_a_body_of_the_limit_is_read(client: TestClient) -> None:
    frame = b'{"question": "", "history": [{"role": "user", "content": "%s"}]}'
    body = frame % (b"x" * (MAX_BODY - len(frame) + 2))
    assert len(body) == MAX_BODY
    assert (
        problem(client.post(ASK, content=body, headers=JSON), 422)["type"] == "/docs#bad-question"
    )


@pytest.mark.parametrize("mounted", [False, True], ids=["alone", "under a chat"])
def test_our_paths_stay_ours_when_something_is_mounted_on_the_root(
    make_client: Make, mounted: bool
) -> None:
    client = make_client(FakeAnswerer(ARTICLES))
    assert isinstance(client.app, FastAPI)
    if mounted:
        client.app.mount("/", FastAPI())
    assert problem(client.get("/v1/nowhere"), 404)["instance"] == "/v1/nowhere"
    problem(client.get("/v1"), 404)
    for method, path, allowed in (
        ("GET", ASK, "POST"),
        ("DELETE", "/v1/articles/x", "GET"),
        ("POST", "/healthz", "GET"),
        ("PUT", "/widget.js", "GET"),
        ("OPTIONS", ASK, "POST"),
    ):
        response = client.request(method, path)
        problem(response, 405)
        assert response.headers["allow"] == allowed
    assert client.post("/v1/search", json={"query": "library"}).status_code == 200


class BrokenAnswerer(FakeAnswerer):
    def __init__(self, error: Exception) -> None:
        super().__init__(ARTICLES)
        self._error = error

    def stream(self, *asked: Any) -> Any:
        raise self._error


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (EmptyIndex("nothing is indexed"), 409, "empty-index"),
        (ModelUnavailable("no model"), 503, "model-unavailable"),
        (StoreUnavailable("no Chroma"), 503, "index-unavailable"),
    ],
)
@pytest.mark.parametrize("path", [ASK, "/v1/chat/completions"])
def test_an_error_of_the_engine_is_one_line_for_the_client(
    make_client: Make, error: Exception, status: int, kind: str, path: str
) -> None:
    client = make_client(BrokenAnswerer(error))
    messages = [{"role": "user", "content": "q"}]
    body = {"question": "q"} if path == ASK else {"messages": messages}
    found = problem(client.post(path, json=body), status)
    assert (found["type"], found["detail"]) == (f"/docs#{kind}", str(error))


@pytest.mark.parametrize("error", [KeyError("hunter2"), BrokenCitation("quote hunter2")])
def test_an_unexpected_error_is_logged_under_the_request_id_and_not_shown(
    make_client: Make, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    client = make_client(BrokenAnswerer(error))
    response = client.post(ASK, json={"question": "q"}, headers={"X-Request-ID": "desk-7"})
    assert problem(response, 500)["request_id"] == "desk-7"
    assert "hunter2" not in response.text
    assert "Traceback" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "request desk-7 failed" in caplog.text
    assert "hunter2" in caplog.text


@pytest.mark.parametrize("given", ["a b", "x" * 65, "<script>", "é", ""])
def test_a_request_id_that_could_do_harm_is_replaced(client: TestClient, given: str) -> None:
    response = client.get("/healthz", headers={b"X-Request-ID": given.encode()})
    assert re.fullmatch("[0-9a-f]{16}", response.headers["x-request-id"])


def test_a_malformed_host_header_breaks_no_error(client: TestClient) -> None:
    problem(client.get("/v1/nowhere", headers={"Host": "[::"}), 404)


class ClosedIndex(FakeIndex):
    def article(self, article_id: str) -> Article | None:
        raise StoreUnavailable("Chroma at http://127.0.0.1:8000 does not answer")


def test_a_server_whose_index_does_not_answer_is_up_but_not_ready(
    make_client: Make,
) -> None:
    answerer = FakeAnswerer(ARTICLES)
    answerer.index = ClosedIndex(ARTICLES)
    client = make_client(answerer)
    assert client.get("/healthz").status_code == 200
    problem(client.get("/readyz"), 503)
