"""The index of words follows the store, whatever has changed in it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Passage
from corpus.reading import FoundArticle
from index_store.fakes import HashingEmbedder, MemoryStore
from index_store.index import ArticleIndex
from index_store.levelling import level
from index_store.lexical import LexicalIndex
from index_store.recent import next_manifest
from index_store.store import Manifest
from tests.index_store.archive import article, passages

ARTICLES = [article(f"The ferry {at} is late. The court sits {at}.") for at in range(5)]
WINDOW = 5


class Watched(MemoryStore):
    """Remembers what was read of it."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.was_read_whole = 0
        self.was_compared = 0

    def passage_ids(self) -> frozenset[str]:
        self.was_compared += 1
        return super().passage_ids()

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        self.read += article_ids
        return super().articles(article_ids)

    def contents(self) -> Iterator[tuple[Article, list[Passage]]]:
        self.was_read_whole += 1
        return super().contents()


def put(store: MemoryStore, some: Sequence[Article], revision: str, window: int = WINDOW) -> None:
    """Brings a store to just these articles, as another process would."""
    store.remove([entry.article_id for entry in store.catalogue()])
    embedded = HashingEmbedder().embed_passages(
        [passage for one in some for passage in passages(one, window)]
    )
    store.add([FoundArticle(one, f"/{one.id}") for one in some], embedded)
    store.set_manifest(Manifest("m", revision))


def test_what_is_behind_reads_what_has_changed_and_nothing_else() -> None:
    store, words = Watched(), LexicalIndex()
    put(store, ARTICLES[:3], "r1")
    level(store, words)
    put(store, ARTICLES[1:4], "r2")
    store.was_read_whole, told = 0, []
    level(store, words, lambda done, total: told.append((done, total)))
    assert words.passage_ids() == store.passage_ids()
    assert set(store.read) == {ARTICLES[0].id, ARTICLES[3].id}
    assert (store.was_read_whole, told, words.revision) == (0, [(2, 2)], "r2")


def test_what_batches_touched_is_taken_over_without_comparing_all() -> None:
    store, words, theirs = Watched(), LexicalIndex(), LexicalIndex()
    index = ArticleIndex(store, theirs, HashingEmbedder())
    for at in range(3):
        index.sync([FoundArticle(ARTICLES[at], f"/{at}")])
        store.read, store.was_compared = [], 0
        level(store, words)
        assert (store.read, store.was_compared) == ([ARTICLES[at].id] if at else [], 0)
        assert words.passage_ids() == theirs.passage_ids()


def test_a_batch_that_was_finished_by_a_process_that_died_is_taken_over() -> None:
    """Its articles came after the words were level with its beginning."""
    store, words = MemoryStore(), LexicalIndex()
    put(store, ARTICLES[:1], "r1")
    level(store, words)
    theirs = next_manifest(store.manifest(), "hashing-64", [ARTICLES[1].id])
    store.set_manifest(replace(theirs, pending=(ARTICLES[1].id,)))
    level(store, words)
    put_more = [FoundArticle(ARTICLES[1], "/1")]
    store.add(put_more, HashingEmbedder().embed_passages(passages(ARTICLES[1], WINDOW)))
    ArticleIndex(store, words, HashingEmbedder()).sync([])
    assert words.passage_ids() == store.passage_ids()
    manifest = store.manifest()
    assert manifest is not None
    assert manifest.is_settled


def test_what_is_damaged_is_built_of_everything(tmp_path: Path) -> None:
    store = Watched()
    put(store, ARTICLES, "r1")
    level(store, LexicalIndex(tmp_path))
    for file in tmp_path.glob("*.term"):
        file.write_bytes(file.read_bytes()[:-8] + b"damaged!")
    words = LexicalIndex(tmp_path)
    assert words.revision is None
    store.was_read_whole = 0
    level(store, words)
    assert (store.was_read_whole, words.passage_ids()) == (1, store.passage_ids())


def test_an_article_that_is_split_otherwise_is_followed() -> None:
    store, words = Watched(), LexicalIndex()
    put(store, ARTICLES, "r1")
    level(store, words)
    put(store, ARTICLES, "r2", window=50)
    level(store, words)
    assert words.passage_ids() == store.passage_ids()


def test_what_is_half_added_is_left_out_until_it_is_there() -> None:
    store, words = Watched(), LexicalIndex()
    put(store, ARTICLES[:1], "r1")
    level(store, words)
    put(store, ARTICLES[:2], "r2")
    record: Any = store._articles.pop(ARTICLES[1].id)
    store.set_manifest(Manifest("m", "r2", pending=(ARTICLES[1].id,)))
    level(store, words)
    assert {one.partition(".")[0] for one in words.passage_ids()} == {ARTICLES[0].id}
    store._articles[ARTICLES[1].id] = record
    store.set_manifest(Manifest("m", "r2"))
    level(store, words)
    assert words.passage_ids() == store.passage_ids()


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(range(5))), st.sampled_from([5, 50])), max_size=4)
)
def test_following_ends_where_building_anew_does(states: list[tuple[set[int], int]]) -> None:
    store, words = MemoryStore(), LexicalIndex()
    for at, (chosen, window) in enumerate(states):
        put(store, [ARTICLES[one] for one in sorted(chosen)], f"r{at}", window)
        level(store, words)
        assert words.passage_ids() == store.passage_ids()
        assert words.count() == store.count(), "none is there twice"


def test_a_store_that_was_deleted_leaves_no_words() -> None:
    store, words = MemoryStore(), LexicalIndex()
    put(store, ARTICLES, "r1")
    level(store, words)
    level(MemoryStore(), words)
    assert words.passage_ids() == frozenset()
