"""The whole index over each kind of store: in memory, embedded Chroma, and a Chroma server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.reading import FoundArticle
from index_store.changes import SyncReport
from index_store.fakes import HashingEmbedder, MemoryStore
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import Filters
from index_store.store import Store
from tests.index_store.archive import article
from tests.index_store.test_index import (
    FERRY,
    PAY,
    PAYS_NOT,
    CountingEmbedder,
    Crash,
    Failing,
    sources,
    texts,
)

FRENCH = FoundArticle(
    article(
        "Le ferry de l’île s’arrêtera en mars.",
        source="c.txt",
        publisher="Le Phare",
        published="2024-06-01",
        language="fr",
        section="Économie",
    ),
    "/archive/c.txt",
)


def opened(store: Any, folder: Path, window: int = 4) -> tuple[ArticleIndex, CountingEmbedder]:
    embedder = CountingEmbedder(window=window)
    return ArticleIndex(store, LexicalIndex(folder / "lexical"), embedder), embedder


def test_a_sync_brings_the_archive_level_and_embeds_what_is_new(
    store: Store, tmp_path: Path
) -> None:
    index, embedder = opened(store, tmp_path)
    assert index.sync([PAY, FERRY]) == SyncReport(added=2)
    first = embedder.embedded
    assert index.sync([PAY, FERRY]) == SyncReport(unchanged=2)
    assert embedder.embedded == first > 0
    assert index.sync([PAYS_NOT, FERRY, FRENCH]) == SyncReport(added=1, updated=1, unchanged=1)
    assert index.sync([PAYS_NOT, FRENCH], prune=lambda origin: True).removed == 1
    assert texts(index) == {PAYS_NOT.article.text, FRENCH.article.text}
    again, embedder = opened(store, tmp_path)
    assert again.sync([PAYS_NOT, FRENCH]) == SyncReport(unchanged=2)
    assert embedder.embedded == 0


def test_a_hit_is_the_passage_as_it_was_indexed(store: Store, tmp_path: Path) -> None:
    index, _ = opened(store, tmp_path)
    index.sync([PAY, FERRY, FRENCH])
    (best, *others) = index.search("boats to Harbour Island", language="en").hits
    assert best.article == FERRY.article
    assert best.passage.text == best.article.text[best.passage.start : best.passage.end]
    assert index.passage(best.passage.id) == best.passage
    assert index.article(FRENCH.article.id) == FRENCH.article
    assert {"dense", "grams"} <= set(best.sides)
    assert len(index.search("ferry", limit=1).hits) == 1 <= len(others)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filters(publishers=("Le Phare",)), {"c.txt"}),
        (Filters(languages=("en",)), {"a.txt", "b.txt"}),
        (Filters(sections=("Économie",)), {"c.txt"}),
        (Filters(published_from="2025-01-01"), {"a.txt", "b.txt"}),
        (Filters(published_to="2024-12-31", languages=("en",)), set()),
        (Filters(), {"a.txt", "b.txt", "c.txt"}),
    ],
    ids=["publisher", "language", "section", "from", "to", "none"],
)
def test_a_search_finds_what_its_filter_admits(
    store: Store, tmp_path: Path, wanted: Filters, found: set[str]
) -> None:
    index, _ = opened(store, tmp_path)
    index.sync([PAY, FERRY, FRENCH])
    hits = index.search("ferry library", filters=wanted, limit=50).hits
    assert {hit.article.source for hit in hits} == found
    assert index.summary(wanted).articles == len(found)


@pytest.mark.parametrize("halfway", [False, True], ids=["before", "during"])
@pytest.mark.parametrize("step", ["add", "remove", "set_manifest", "update"])
def test_a_crash_loses_nothing_and_leaves_nothing_behind(
    store: Store, tmp_path: Path, step: str, halfway: bool
) -> None:
    opened(store, tmp_path)[0].sync([PAY, FERRY])
    failing: Any = Failing(LexicalIndex(tmp_path / "lexical"), step, 0, halfway)
    dying = ArticleIndex(
        Failing(store, step, 0, halfway),
        failing,
        HashingEmbedder(window=4),
    )
    with pytest.raises(Crash):
        dying.sync([PAYS_NOT, FERRY, FRENCH])
    again, embedder = opened(store, tmp_path)
    assert {"a.txt", "b.txt"} <= {article.source for article, _ in store.contents()}
    assert again.search("library").hits
    again.sync([PAYS_NOT, FERRY, FRENCH])
    assert sources(again) == {"a.txt", "b.txt", "c.txt"}
    assert texts(again) == {item.article.text for item in (PAYS_NOT, FERRY, FRENCH)}
    survived = embedder.embedded
    again.sync([PAYS_NOT, FERRY, FRENCH])
    assert embedder.embedded == survived


class Looking:
    """Has another index search before each call that adds articles."""

    def __init__(self, store: Store, other: ArticleIndex) -> None:
        self._store, self._other = store, other

    def __getattr__(self, name: str) -> Any:
        if name == "add":
            self._other.search("library")
        return getattr(self._store, name)


def test_a_home_that_looks_while_another_one_writes_follows_once_it_has_finished(
    store: Store, tmp_path: Path
) -> None:
    """Several web servers share a Chroma server, each with an index of words of its own."""
    here, _ = opened(store, tmp_path / "here")
    here.sync([PAY])
    there, _ = opened(store, tmp_path / "there")
    writing: Any = Looking(store, there)
    opened(writing, tmp_path / "here")[0].sync([PAY, FERRY])
    (best, *_) = there.search("ferry to the island").hits
    assert best.article == FERRY.article
    assert sources(there) == {"a.txt", "b.txt"}


def test_an_index_of_words_is_emptied_with_a_store_that_was(tmp_path: Path) -> None:
    """As where somebody has deleted Chroma's folder and indexes again."""
    opened(MemoryStore(), tmp_path)[0].sync([PAY, FERRY])
    index, _ = opened(MemoryStore(), tmp_path)
    index.sync([FRENCH])
    assert sources(index) == {"c.txt"}
