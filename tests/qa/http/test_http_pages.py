"""What a browser loads, what an operator reads, and what no other site gets."""

import gzip
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index_store.models import Filters
from qa.http.counting import CountingAnswerer
from qa.http.docs_page import docs_page
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.http.metrics import Metrics
from qa.http.problems import KINDS
from qa.http.widget import PHRASES_MARK, SHARED, STYLE_MARK, widget_source
from qa.phrases import INTERFACE_LANGUAGES, phrases

Make = Callable[..., TestClient]


def served_phrases(script: str) -> dict[str, dict[str, str]]:
    line = re.search(r"^const PHRASES = (.*);$", script, re.M)
    assert line
    found: dict[str, dict[str, str]] = json.loads(line[1])
    return found


def test_the_widget_has_every_phrase_it_says_in_every_language(client: TestClient) -> None:
    script = client.get("/widget.js").text
    words = served_phrases(script)
    assert PHRASES_MARK not in script
    assert STYLE_MARK not in script
    assert words.keys() == set(INTERFACE_LANGUAGES)
    said = set(
        re.findall(r'"((?:widget|answer|chat)\.\w+)"', script.replace(json.dumps(words), ""))
    )
    assert len(said) > 20
    for language in INTERFACE_LANGUAGES:
        assert said <= words[language].keys()


def test_every_phrase_of_the_widget_is_said() -> None:
    script = widget_source()
    kinds = {f"widget.error_{kind.name.replace('-', '_')}" for kind in KINDS}
    own = {key for key in phrases("en") if key.startswith("widget.")}.union(SHARED)
    assert {key for key in own - kinds if f'"{key}"' not in script} == set()


def test_the_widget_is_small(client: TestClient) -> None:
    assert len(gzip.compress(client.get("/widget.js").content)) <= 25_000


def test_the_widget_never_turns_text_into_markup(client: TestClient) -> None:
    script = client.get("/widget.js").text
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_the_widget_is_sent_again_only_when_it_has_changed(client: TestClient) -> None:
    first = client.get("/widget.js")
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    tag = first.headers["etag"]
    again = client.get("/widget.js", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/widget.js", headers={"If-None-Match": '"old"'}).status_code == 200


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_documentation_lists_everything_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/docs")
    links = Links()
    links.feed(page.text)
    assert links.found == ["openapi.json"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page.text
    for kind in KINDS:
        assert f'id="{kind.name}"' in page.text


def test_the_documentation_shows_markup_as_text() -> None:
    example = {"description": "<u>", "content": {"application/json": {"example": "<s>"}}}
    operation = {
        "operationId": "x",
        "description": "<script>",
        "tags": ["<em>"],
        "responses": {"200": example},
    }
    described = {
        "openapi": "3.1.0",
        "info": {"description": "<i>"},
        "tags": [{"name": "<em>", "description": "<small>"}],
        "paths": {"/<b>": {"get": operation}},
        "components": {"schemas": {}},
    }
    page = docs_page(described)
    for tag in ("<script>", "<u>", "<s>", "<em>", "<small>"):
        assert tag not in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_the_openapi_description_has_the_contract_and_an_example_of_each_request(
    client: TestClient,
) -> None:
    openapi = client.get("/openapi.json").json()
    assert openapi["paths"].keys() >= {
        "/v1/ask",
        "/v1/search",
        "/v1/articles/{article_id}",
        "/v1/passages/{passage_id}",
        "/v1/feedback",
        "/v1/chat/completions",
        "/v1/models",
        "/healthz",
        "/readyz",
        "/metrics",
    }
    schemas = openapi["components"]["schemas"]
    for name in ("AskBody", "SearchBody", "FeedbackBody", "ChatBody"):
        assert schemas[name]["examples"]


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search", "/v1/feedback", "/v1/chat/completions"])
def test_the_examples_of_the_description_work(client: TestClient, path: str) -> None:
    openapi = client.get("/openapi.json").json()
    content = openapi["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    name = content["schema"]["$ref"].rpartition("/")[2]
    for example in openapi["components"]["schemas"][name]["examples"]:
        assert client.post(path, json=example).is_success


def test_metrics_count_answers_refusals_and_failures(make_client: Make) -> None:
    client = make_client(FakeAnswerer(ARTICLES))
    for question, stream in (
        ("Valmorin", False),
        ("Valmorin", True),
        ("Zebra", False),
        ("", False),
    ):
        client.post("/v1/ask", json={"question": question, "stream": stream})
    client.post("/v1/feedback", json={"answer_id": "1", "rating": "up"})
    client.post("/v1/search", json={"query": "Valmorin"})
    text = client.get("/metrics").text
    for line in (
        'citedesk_answers_total{outcome="answered"} 2.0',
        'citedesk_answers_total{outcome="refused"} 1.0',
        'citedesk_answers_total{outcome="failed"} 1.0',
        "citedesk_answer_seconds_count 4.0",
        'citedesk_feedback_total{rating="up"} 1.0',
        "citedesk_searches_total 1.0",
    ):
        assert line in text


def test_a_stream_that_the_client_leaves_is_counted_as_abandoned() -> None:
    metrics = Metrics()
    answerer: Any = FakeAnswerer(ARTICLES)
    stream = CountingAnswerer(answerer, metrics).stream("Valmorin", (), Filters(), None)
    next(stream)
    del stream  # as the server does when the connection is gone
    assert b'citedesk_answers_total{outcome="abandoned"} 1.0' in metrics.text()


def test_no_other_site_may_read_an_answer_by_default(client: TestClient) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    answer = client.post("/v1/ask", json={"question": "Valmorin"}, headers=headers)
    preflight = client.options(
        "/v1/ask", headers={**headers, "Access-Control-Request-Method": "POST"}
    )
    for response in (answer, preflight):
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_only_a_named_site_may_read_an_answer(make_client: Make) -> None:
    client = make_client(
        FakeAnswerer(ARTICLES), allowed_origins=("https://cms.example.org",)
    )  # fmt: skip
    allowed = "access-control-allow-origin"
    for origin, expected in (("https://cms.example.org", 1), ("https://elsewhere.example", 0)):
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert (allowed in client.options("/v1/ask", headers=headers).headers) == expected
        response = client.post("/v1/ask", json={"question": "Valmorin"}, headers=headers)
        assert response.headers.get(allowed) == (origin if expected else None)


def test_a_wildcard_is_no_site(make_client: Make) -> None:
    with pytest.raises(ValueError, match="named one by one"):
        make_client(FakeAnswerer(ARTICLES), allowed_origins=("*",))
