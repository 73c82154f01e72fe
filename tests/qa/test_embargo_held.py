"""An article under embargo is as if it were not there: at every door, in every count."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import corpus.embargo
from corpus import Article
from corpus.reading import FoundArticle
from index_store.fakes import HashingEmbedder, MemoryStore, memory_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import Filters
from qa.answerer import Answerer
from qa.desk import Desk
from qa.fakes import article
from qa.http import create_app
from qa.mcp.tools import TOOLS

OPEN = [
    article("The Valmorin ferry carried 4,210 passengers in March. Nobody was hurt.",
            source="open.md", publisher="The Courier", published="2025-03-31"),
    article("The council of Valmorin will rebuild its library in stone.",
            source="library.md", publisher="The Courier", published="2025-03-30"),
]  # fmt: skip
HELD = replace(
    article("The Valmorin ferry will be sold to Quolmstad, says Zephyrine Oxblade, for 9 million.",
            source="held.md", publisher="The Oracle", published="2025-04-01"),
    section="Markets", embargo_until="2999-01-01",
)  # fmt: skip
#: Indexed when it was over.
WAS_HELD = replace(HELD, embargo_until="2025-04-02")
QUESTIONS = [
    "Who is Zephyrine Oxblade?",
    "Who is Zephyrine Oxblude?",  # near enough to be taken for the name, were it known
    "What will the Valmorin ferry be sold for?",
    "How many passengers did the Valmorin ferry carry?",
    "What does The Oracle say?",
]


class Past(datetime):
    """A clock that was set back beyond the end of every embargo that was over."""

    @classmethod
    def now(cls, tz: Any = None) -> Past:
        return super().now(tz) - timedelta(days=20_000)


@dataclass
class Newsroom:
    """An archive behind all of its doors."""

    index: ArticleIndex
    client: TestClient

    def told(self) -> dict[str, Any]:
        """All that anybody can get to know of it."""
        desk = Desk(Answerer(self.index), self.index)
        tools = {tool.name: tool for tool in TOOLS}
        (passage,) = self.index.search("Nobody was hurt", limit=1).hits
        asked = {question: self._post("/v1/ask", question=question) for question in QUESTIONS}
        asked |= {
            f"of {name}": self._post("/v1/ask", question="ferry", filters={name: [value]})
            for name, value in (("publishers", "The Oracle"), ("sections", "Markets"))
        }
        return {
            **asked,
            "as of": self._post("/v1/ask", question=QUESTIONS[2], as_of="2025-04-02"),
            "since": self._post("/v1/ask", question="ferry", filters={"from": "2025-04-01"}),
            "search": self._post("/v1/search", query="Zephyrine Oxblade Quolmstad", limit=100),
            "article": self._get(f"/v1/articles/{HELD.id}"),
            "passage": self._get(f"/v1/passages/{HELD.id}.0-{len(HELD.text)}"),
            "mcp": tools["get_article"].call(lambda: desk, {"id": HELD.id}),
            "mcp search": _lasting(tools["search"].call(lambda: desk, {"query": "Oxblade"}).data),
            "summary": replace(self.index.summary(), indexed=None),
            "markets": self.index.summary(Filters(sections=("Markets",))),
            "catalogue": [replace(each, indexed=None) for each in self.index.catalogue()],
            "spelling": self.index.name_like("oxblude"),
            "stories": self.index.stories(),
            "articles": self.index.articles([HELD.id]),
            "sketches": self.index.sketches([HELD.id]),
            "example": passage.passage,
        }

    def _post(self, path: str, **body: Any) -> Any:
        return _lasting(self.client.post(path, json=body).json())

    def _get(self, path: str) -> Any:
        answered = self.client.get(path)
        assert answered.status_code == 404
        return _lasting(answered.json())


def _lasting(told: Any) -> Any:
    """Without what differs from one request to the next."""
    if isinstance(told, list):
        return [_lasting(each) for each in told]
    if isinstance(told, Mapping):
        passing = {"id", "indexed", "timings_ms", "request_id", "instance"}
        return {key: _lasting(value) for key, value in told.items() if key not in passing}
    return told


@pytest.fixture
def newsroom(tmp_path: Path) -> Callable[..., Newsroom]:
    def make(articles: Iterable[Article], index: ArticleIndex | None = None) -> Newsroom:
        index = index or memory_index()
        index.sync(FoundArticle(each, f"/{each.source}") for each in articles)
        app = create_app(Answerer(index), feedback_log=tmp_path / "feedback.jsonl")
        return Newsroom(index, TestClient(app))

    return make


def test_an_archive_with_an_embargoed_article_tells_what_one_without_it_tells(
    newsroom: Callable[..., Newsroom],
) -> None:
    assert newsroom([*OPEN, HELD]).told() == newsroom(OPEN).told()


def test_without_its_embargo_the_same_article_is_told_of(
    newsroom: Callable[..., Newsroom],
) -> None:
    told = newsroom([*OPEN, WAS_HELD])
    asked = told.client.post("/v1/ask", json={"question": QUESTIONS[2]}).json()
    assert "9 million" in asked["text"]
    assert asked["searched"]["articles"] == 3
    assert told.index.name_like("oxblude") == "Oxblade"


def test_an_embargo_that_comes_later_takes_the_article_out(
    newsroom: Callable[..., Newsroom],
) -> None:
    held = newsroom([*OPEN, replace(HELD, embargo_until=None)])
    assert len(held.index.catalogue()) == 3
    report = held.index.sync([FoundArticle(HELD, "/held.md")])
    assert (report.removed, report.withheld) == (1, 1)
    _assert_untold(held.told(), newsroom(OPEN).told())


def test_a_clock_that_is_set_back_shows_nothing_that_was_held_till_later(
    newsroom: Callable[..., Newsroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, embedder = MemoryStore(), HashingEmbedder()
    lexical = LexicalIndex()
    newsroom([*OPEN, WAS_HELD], ArticleIndex(store, lexical, embedder))
    monkeypatch.setattr(corpus.embargo, "datetime", Past)
    told = newsroom([], ArticleIndex(store, lexical, embedder)).told()
    without = newsroom(OPEN).told()
    _assert_untold(told, without)


def _assert_untold(told: dict[str, Any], without: dict[str, Any]) -> None:
    """Nothing is told that is not told where the article never was.

    But for scores: until Tantivy merges its segments, words that were removed weigh in them.
    """
    scored = {*QUESTIONS, "as of", "since", "search", "mcp search"}
    assert {key: value for key, value in told.items() if key not in scored} == {
        key: value for key, value in without.items() if key not in scored
    }
    for key in scored:
        assert not any(word in json.dumps(told[key]) for word in ("9 million", "held.md"))
        assert told[key].get("searched") == without[key].get("searched")
        assert len(told[key].get("hits", ())) == len(without[key].get("hits", ()))
