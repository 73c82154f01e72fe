"""What the view that runs question sets asks of the server."""

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from fastapi.testclient import TestClient

from corpus import Article
from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from qa.answerer import Answerer
from qa.evaluation.evaluations import Evaluations, open_evaluations
from qa.http import create_app, evaluating
from qa.http.evaluating import evaluating_router

pytestmark = pytest.mark.enable_socket

SET = (
    b'{"id": "a", "question": "Who resigned as mayor of Sandholm?", "answers": ["Ada Quill"]}\n'
    b'{"id": "b", "question": "Who resigned as mayor of Sandholm on 3 May?", "answers": ["Bo"]}\n'
)


def answerer(*texts: str) -> Answerer:
    index = memory_index()
    articles = [Article(id=f"{place:016x}", title="News", text=text, source=f"{place}.md",
                        language="en") for place, text in enumerate(texts)]  # fmt: skip
    index.sync(FoundArticle(article, f"/{article.id}") for article in articles)
    return Answerer(index)


@pytest.fixture
def evaluations(tmp_path: Path) -> Iterator[Evaluations]:
    asked = answerer("Ada Quill resigned as mayor of Sandholm on 3 May.")
    made = open_evaluations(tmp_path, asked, lambda folder: answerer())
    yield made
    made.runner.close()


@pytest.fixture
def client(evaluations: Evaluations, tmp_path: Path) -> TestClient:
    asked = answerer()
    app = create_app(asked, feedback_log=tmp_path / "feedback.jsonl")
    app.include_router(evaluating_router(evaluations))
    return TestClient(app)


def finished(client: TestClient, **wanted: object) -> str:
    """Runs a set; the path of the run."""
    assert client.post("/evaluate/start", json=wanted).status_code == 204
    for _ in range(1000):
        told = client.get("/evaluate/progress")
        if told.headers["X-Phase"] == "done":
            return told.headers["X-Run"]
        assert told.headers["X-Phase"] not in ("failed", "stopped"), told.text
        sleep(0.01)
    raise AssertionError("it does not end")


def test_a_set_is_uploaded_run_and_its_report_given_out(client: TestClient) -> None:
    assert client.put("/evaluate/sets/mayor.jsonl", content=SET).text == "mayor.jsonl"
    assert "mayor.jsonl" in client.get("/evaluate/setup").text
    run = finished(client, set="mayor.jsonl")
    assert "50%" in client.get(f"/evaluate/result/{run}").text
    report = client.get(f"/evaluate/runs/{run}/report.json")
    assert report.json()["questions"] == 2
    assert "attachment" in report.headers["Content-Disposition"]


def test_a_report_reaches_neither_the_page_nor_the_api(client: TestClient) -> None:
    client.put("/evaluate/sets/mayor.jsonl", content=SET)
    first = finished(client, set="mayor.jsonl")
    run = finished(client, set="mayor.jsonl", against=first.split("/")[1])
    for query in ("", "?against="):
        page = client.get(f"/evaluate/runs/{run}/report.html{query}")
        assert page.status_code == 200
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("sandbox allow-scripts; default-src 'none'")
        assert "connect-src" not in policy


def test_a_set_that_brings_its_articles_is_run_on_them_alone(client: TestClient) -> None:
    text = "The ferry to Sandholm was sold in June."
    gold = {"id": "1", "question": "When was the ferry sold?",
            "answers": [{"text": "June", "answer_start": text.index("June")}]}  # fmt: skip
    squad = {"version": "1.1", "data": [{"title": "Ferry", "paragraphs": [
        {"context": text, "qas": [gold]}]}]}  # fmt: skip
    import json

    client.put("/evaluate/sets/ferry.json", content=json.dumps(squad))
    run = finished(client, set="ferry.json")
    report = client.get(f"/evaluate/runs/{run}/report.json").json()
    assert report["desk"] == "the articles of the set"
    assert report["outcomes"][0]["answer"]["searched"]["articles"] == 1


def test_what_is_wrong_with_a_set_is_a_part_of_the_page(client: TestClient) -> None:
    reply = client.put("/evaluate/sets/bad.jsonl", content=SET + b"{", params={"language": "fr"})
    assert reply.status_code == 200
    assert "Impossible de lancer" in reply.text
    assert "line 3 is not JSON" in reply.text
    assert "/tmp" not in reply.text


def test_a_set_that_is_not_there_is_no_run(client: TestClient, evaluations: Evaluations) -> None:
    reply = client.post("/evaluate/start", json={"set": "../../etc/passwd"})
    assert "there is no set" in reply.text
    assert evaluations.runner.progress is None


def test_an_upload_has_its_limit(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "MOST_BYTES", 100)
    assert "too large" in client.put("/evaluate/sets/big.jsonl", content=SET).text


def test_a_form_of_another_site_begins_nothing(
    client: TestClient, evaluations: Evaluations
) -> None:
    client.put("/evaluate/sets/mayor.jsonl", content=SET)
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        headers = {"Content-Type": kind}
        reply = client.post("/evaluate/start", content='{"set": "mayor.jsonl"}', headers=headers)
        assert reply.status_code == 422
    assert evaluations.runner.progress is None


@pytest.mark.parametrize("file", ["run.json", "..%2f..%2fset", "unfinished.jsonl"])
def test_only_the_files_of_a_report_are_given_out(client: TestClient, file: str) -> None:
    client.put("/evaluate/sets/mayor.jsonl", content=SET)
    run = finished(client, set="mayor.jsonl")
    assert client.get(f"/evaluate/runs/{run}/{file}").status_code == 404


def test_stopping_names_the_run_that_is_meant(client: TestClient, evaluations: Evaluations) -> None:
    client.put("/evaluate/sets/mayor.jsonl", content=SET)
    run = finished(client, set="mayor.jsonl")
    for name in (run.split("/")[1], "another"):
        reply = client.post("/evaluate/stop", json={"set": "mayor.jsonl", "run": name})
        assert reply.status_code == 204
    told = evaluations.runner.progress
    assert told is not None
    assert told.phase == "done"
