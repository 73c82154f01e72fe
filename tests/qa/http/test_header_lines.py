"""Whatever a name holds, a response has the headers that it should have and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from qa.answerer import Answerer
from qa.evaluation.evaluations import open_evaluations
from qa.fakes import article
from qa.http import create_app
from qa.http.evaluating import evaluating_router
from tests.qa.http.test_http_evaluating import finished

NAMES = ["set\r\nX-Evil: 1.jsonl", 'set"; filename="evil.html.jsonl', "ensemble d’été;x=1.jsonl",
         "set\x00\x85\u2028.jsonl"]  # fmt: skip
INJECTED = "x\r\nX-Evil: 1\r\n\r\n<script>"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    index = memory_index()
    index.sync([FoundArticle(article("Ada Quill resigned as mayor on 3 May."), "/a")])
    evaluations = open_evaluations(tmp_path, Answerer(index), lambda folder: Answerer(index))
    app = create_app(Answerer(index), feedback_log=tmp_path / "feedback.jsonl")
    app.include_router(evaluating_router(evaluations))
    yield TestClient(app, raise_server_exceptions=False)
    evaluations.runner.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_name_makes_a_header_of_its_own(client: TestClient, name: str) -> None:
    body = b'{"question": "Who resigned?", "answers": ["Ada Quill"]}\n'
    kept = client.put(f"/evaluate/sets/{quote(name, safe='')}", content=body)
    assert "x-evil" not in kept.headers
    if kept.status_code != 201:
        return  # such a name is refused
    run = finished(client, set=kept.text)
    saved = client.get(f"/evaluate/runs/{run}/report.json")
    assert saved.status_code == 200
    assert "x-evil" not in saved.headers
    named = saved.headers["content-disposition"]
    assert named.startswith("attachment; filename")
    assert named.count(";") == 1
    assert named.isprintable()
    assert named.isascii()


@pytest.mark.parametrize(
    "path",
    ["/embed?origin={}", "/embed?language={}", "/login?next={}", "/login?language={}", "/{}",
     "/v1/articles/{}", "/v1/passages/{}", "/evaluate/result/{}/{}", "/evaluate/runs/{}/{}/{}"],
)  # fmt: skip
def test_no_address_makes_a_header_of_its_own(client: TestClient, path: str) -> None:
    answered = client.get(path.replace("{}", quote(INJECTED, safe="")), follow_redirects=False)
    assert "x-evil" not in answered.headers
    assert "<script>" not in answered.text
    assert all(value.isprintable() for value in answered.headers.values())
