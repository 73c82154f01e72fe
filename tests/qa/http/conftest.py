"""An app over the articles of `qa.http.fakes`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.http import create_app
from qa.http.fakes import ARTICLES, FakeAnswerer


@pytest.fixture
def feedback_log(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "feedback.jsonl"


@pytest.fixture
def answerer() -> FakeAnswerer:
    return FakeAnswerer(ARTICLES)


@pytest.fixture
def make_client(feedback_log: Path) -> Callable[..., TestClient]:
    def make(answerer: Any, **settings: Any) -> TestClient:
        app = create_app(answerer, feedback_log=feedback_log, **settings)
        return TestClient(app, raise_server_exceptions=False)

    return make


@pytest.fixture
def client(make_client: Callable[..., TestClient], answerer: FakeAnswerer) -> Iterator[TestClient]:
    with make_client(answerer) as client:
        yield client
