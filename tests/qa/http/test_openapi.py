"""The API's description: complete, true of its own examples, the same from release to release."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from qa.http.docs_page import docs_page
from qa.http.examples import ANSWERED
from qa.http.problems import KINDS, METHOD_NOT_ALLOWED
from qa.http.responses import AnswerOut, ArticleWithText, SearchOut

OPERATIONS = {
    "ask": "POST /v1/ask",
    "search": "POST /v1/search",
    "get_article": "GET /v1/articles/{article_id}",
    "get_passage": "GET /v1/passages/{passage_id}",
    "list_models": "GET /v1/models",
    "get_model": "GET /v1/models/{model_id}",
    "create_chat_completion": "POST /v1/chat/completions",
    "send_feedback": "POST /v1/feedback",
    "issue_ticket": "POST /v1/tickets",
    "healthz": "GET /healthz",
    "readyz": "GET /readyz",
    "metrics_text": "GET /metrics",
}


@pytest.fixture
def described(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def operations(described: Any) -> Iterator[tuple[str, Any]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def examples(content: Any) -> list[Any]:
    given = [example["value"] for example in content.get("examples", {}).values()]
    return given + [content[key] for key in ("example",) if key in content]


def validator(described: Any, schema: Any) -> Any:
    whole = {**schema, "components": described["components"]}
    return jsonschema.Draft202012Validator(whole)


def test_operation_ids_are_stable(described: Any) -> None:
    found = {operation["operationId"]: place for place, operation in operations(described)}
    assert found.items() >= OPERATIONS.items()


def test_every_operation_has_one_described_tag(described: Any) -> None:
    tags = {tag["name"] for tag in described["tags"] if tag["description"]}
    assert all(set(operation["tags"]) <= tags for _, operation in operations(described))
    assert tags == {tag for _, operation in operations(described) for tag in operation["tags"]}


def test_every_request_and_response_has_an_example_of_its_own_schema(described: Any) -> None:
    seen = 0
    for place, operation in operations(described):
        bodies = operation.get("requestBody", {}).get("content", {})
        responses = [response["content"] for response in operation["responses"].values()]
        for contents in (*([bodies] if bodies else []), *responses):
            for media, content in contents.items():
                given = examples(content)
                if contents is bodies:
                    name = content["schema"]["$ref"].rpartition("/")[2]
                    given = described["components"]["schemas"][name]["examples"]
                assert given, f"{place}: {media}"
                if media.endswith("json"):
                    for example in given:
                        validator(described, content["schema"]).validate(example)
                        seen += 1
        for parameter in operation.get("parameters", ()):
            assert parameter["schema"]["examples"], place
    assert seen > 40


def test_every_kind_of_problem_is_documented_where_it_occurs(described: Any) -> None:
    named = {
        name
        for _, operation in operations(described)
        for response in operation["responses"].values()
        for name in response["content"].get("application/problem+json", {}).get("examples", ())
    }
    # A method that an address does not take is no operation of the description.
    assert named == {kind.name for kind in KINDS} - {METHOD_NOT_ALLOWED.name}
    page = docs_page(described)
    assert all(f'<tr id="{kind.name}">' in page for kind in KINDS)


def test_the_examples_of_streams_are_streams(described: Any) -> None:
    for path, last in (("/v1/ask", "event: answer"), ("/v1/chat/completions", "data: [DONE]")):
        content = described["paths"][path]["post"]["responses"]["200"]["content"]
        stream = examples(content["text/event-stream"])[0]
        *events, end = stream.split("\n\n")
        assert end == ""
        assert events[-1].startswith(last)
        for event in events:
            (data,) = [line[6:] for line in event.splitlines() if line.startswith("data: ")]
            assert data == "[DONE]" or json.loads(data)


def test_the_example_of_an_answer_is_proven() -> None:
    (citation,) = ANSWERED.citations
    assert citation.article.text[citation.start : citation.end] == citation.quote


def test_the_page_shows_each_operation_with_its_examples(described: Any) -> None:
    page = docs_page(described)
    for name, place in OPERATIONS.items():
        assert f'<h3 id="{name}"><code>{place}</code></h3>' in page
    for words in ("event: statement", "Valmorin closes its library", "chat.completion.chunk"):
        assert words in page


@pytest.mark.parametrize("model", [AnswerOut, SearchOut, ArticleWithText])
def test_a_response_admits_no_field_that_is_not_described(model: Any) -> None:
    assert model.model_json_schema()["additionalProperties"] is False
