"""Bringing the index level with the files, whatever happens on the way; and searching it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, Passage
from corpus.reading import FoundArticle
from index_store.changes import SyncReport
from index_store.chroma import open_chroma
from index_store.diversity import CLOSE
from index_store.embedder import SentenceTransformerEmbedder
from index_store.errors import StoreUnavailable, WrongEmbedder
from index_store.fakes import HashingEmbedder, MemoryStore, memory_index
from index_store.home import open_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import EmbeddedPassage, Filters
from index_store.store import Entry
from tests.index_store.archive import admitted, articles, asked, filters, found

PAY = found("The library must pay. The court said so.")
PAYS_NOT = found("The library need not pay. The court of appeal said so.")
FERRY = found("The ferry to Harbour Island will stop in March.", "b.txt")


class CountingEmbedder(HashingEmbedder):
    """Counts the passages that it embeds."""

    embedded = 0

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        self.embedded += len(passages)
        return super().embed_passages(passages)


def sources(index: ArticleIndex, question: str = "library ferry court march") -> set[str]:
    """What both engines know, which must be the same."""
    store, lexical = index._store, index._lexical
    nearest = store.nearest(index._embedder.embed_query(question), 500, Filters())
    by_words = lexical.search(asked(question), 500, Filters()).grams
    assert set(by_words) <= set(nearest)
    contents = {passage.id for _, passages in store.contents() for passage in passages}
    assert set(nearest) == contents
    assert {key.partition(".")[0] for key in by_words} == {
        entry.article_id for entry in store.catalogue()
    }
    assert lexical._index.searcher().num_docs == len(contents)
    return {article.source for article, _ in store.contents()}


def texts(index: ArticleIndex) -> set[str]:
    sources(index)
    return {article.text for article, _ in index._store.contents()}


# Sync


def test_a_sync_counts_what_it_did() -> None:
    index = memory_index()
    assert index.sync([PAY, FERRY]) == SyncReport(added=2)
    assert index.sync([PAYS_NOT, FERRY]) == SyncReport(updated=1, unchanged=1)
    assert index.sync([FERRY], prune=lambda origin: True) == SyncReport(unchanged=1, removed=1)
    assert index.sync([]) == SyncReport()
    assert sources(index) == {"b.txt"}


def test_syncing_again_embeds_nothing() -> None:
    index = memory_index(embedder := CountingEmbedder())
    index.sync([PAY, FERRY])
    before = embedder.embedded
    assert index.sync([PAY, FERRY, PAY]) == SyncReport(unchanged=2)
    assert embedder.embedded == before > 0


def test_a_changed_file_replaces_its_passages_and_back_again() -> None:
    index = memory_index()
    for version in (PAY, PAYS_NOT, PAY):
        index.sync([version])
        assert texts(index) == {version.article.text}


def test_nothing_is_removed_unless_it_is_asked_for() -> None:
    index = memory_index()
    index.sync([PAY, FERRY])
    index.sync([FERRY])
    assert len(texts(index)) == 2
    index.sync([], prune=lambda origin: origin == PAY.origin)
    assert texts(index) == {FERRY.article.text}


def test_a_file_that_was_renamed_is_indexed_once() -> None:
    index = memory_index()
    index.sync([PAY])
    renamed = found(PAY.article.text, "renamed.txt")
    assert index.sync([renamed], prune=lambda origin: True) == SyncReport(added=1, removed=1)
    assert sources(index) == {"renamed.txt"}


def test_a_folder_that_was_moved_is_followed() -> None:
    """Otherwise a later change would stand beside the older version."""
    index = memory_index(embedder := CountingEmbedder())
    index.sync([PAY, FERRY])
    before = embedder.embedded
    moved = [FoundArticle(item.article, f"/new{item.origin}") for item in (PAY, FERRY)]
    assert index.sync(moved) == SyncReport(unchanged=2)
    assert embedder.embedded == before
    changed = FoundArticle(PAYS_NOT.article, f"/new{PAY.origin}")
    assert index.sync([changed, moved[1]]) == SyncReport(updated=1, unchanged=1)
    assert texts(index) == {PAYS_NOT.article.text, FERRY.article.text}


def test_of_two_with_one_origin_the_first_counts() -> None:
    index = memory_index()
    for _ in range(3):
        index.sync([PAY, PAYS_NOT])
        assert texts(index) == {PAY.article.text}


def test_many_articles_come_in_batches_and_tell_their_progress() -> None:
    many = [found(f"The library must pay {n}. It said so.", f"{n}.txt") for n in range(150)]
    told: list[SyncReport] = []
    report = memory_index().sync(many, progress=told.append)
    assert report == SyncReport(added=150)
    assert told[-1] == report
    assert len(told) > 1
    assert [step.added for step in told] == sorted(step.added for step in told)


VERSIONS = st.lists(
    st.builds(
        found,
        st.sampled_from(["The library.", "The court. The ferry.", "March."]),
        st.sampled_from(["a.txt", "b.txt", "c.txt"]),
    ),
    max_size=5,
)


@settings(max_examples=25)
@given(st.lists(VERSIONS, max_size=4))
def test_after_a_sync_with_prune_the_index_holds_what_was_found(
    runs: list[list[FoundArticle]],
) -> None:
    index = memory_index(embedder := CountingEmbedder())
    for run in runs:
        index.sync(run, prune=lambda origin: True)
        first = {item.origin: item.article.text for item in reversed(run)}
        stored = {article.source: article.text for article, _ in index._store.contents()}
        assert {f"/archive/{source}": text for source, text in stored.items()} == first
        assert sources(index) == set(stored)
        before = embedder.embedded
        assert index.sync(run, prune=lambda origin: True) == SyncReport(unchanged=len(first))
        assert embedder.embedded == before


# Crashes


class Crash(Exception):
    """The power goes."""


class Failing:
    """Stands before a part of the index and fails at one call, before it or in the middle of it."""

    def __init__(self, part: Any, method: str, after: int, halfway: bool) -> None:
        self._part, self._method, self._left, self._halfway = part, method, after, halfway

    def __getattr__(self, name: str) -> Any:
        wanted = getattr(self._part, name)
        if name != self._method:
            return wanted

        def failing(*args: Any, **kwargs: Any) -> Any:
            self._left -= 1
            if self._left >= 0:
                return wanted(*args, **kwargs)
            if self._halfway:
                wanted(*args, **kwargs)
            if self._halfway and name == "add":
                # An article is written after its passages.
                for item in args[0]:
                    forget_article(self._part, item.article.id)
            raise Crash

        return failing


def forget_article(store: Any, article_id: str) -> None:
    """Removes an article and leaves its passages."""
    if isinstance(store, MemoryStore):
        del store._articles[article_id], store._entries[article_id]
    else:
        store._articles.delete(ids=[article_id])


@pytest.mark.parametrize("kind", ["memory", "embedded"])
@pytest.mark.parametrize("halfway", [False, True], ids=["before", "during"])
@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("method", ["add", "remove", "set_manifest", "update"])
def test_a_crash_loses_nothing_and_leaves_nothing_behind(
    tmp_path: Path, method: str, after: int, halfway: bool, kind: str
) -> None:
    """Old versions stay until the new ones are whole; both engines agree afterwards."""
    store: Any = MemoryStore() if kind == "memory" else open_chroma(tmp_path / "chroma")
    lexical: Any = LexicalIndex(tmp_path / "lexical")
    ArticleIndex(store, lexical, HashingEmbedder(window=4)).sync([PAY, FERRY])
    failing_store = Failing(store, method, after, halfway)
    failing_lexical = Failing(lexical, method, after, halfway)
    dying: Any = ArticleIndex(
        failing_store,
        failing_lexical,  # type: ignore[arg-type]
        HashingEmbedder(window=4),
    )
    for run in ([PAYS_NOT, FERRY], [PAY, FERRY], [PAYS_NOT, FERRY]):
        try:
            dying.sync(run)
        except Crash:
            break
    else:
        assert after >= 2
    kept = {article.source for article, _ in store.contents()}
    assert kept == {"a.txt", "b.txt"}, "a version of everything is there right after the crash"

    reopened = ArticleIndex(store, LexicalIndex(tmp_path / "lexical"), HashingEmbedder(window=4))
    assert reopened.search("library").hits
    # Even a sync of something else repairs what is half there, and loses nothing.
    reopened.sync([FERRY])
    assert sources(reopened) == {"a.txt", "b.txt"}
    reopened.sync([PAYS_NOT, FERRY])
    assert texts(reopened) == {PAYS_NOT.article.text, FERRY.article.text}


@pytest.mark.parametrize("kind", ["memory", "embedded"])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("method", ["add", "set_manifest", "update"])
def test_a_crash_while_articles_are_split_anew_loses_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, after: int, kind: str
) -> None:
    store: Any = MemoryStore() if kind == "memory" else open_chroma(tmp_path / "chroma")
    lexical: Any = LexicalIndex(tmp_path / "lexical")
    ArticleIndex(store, lexical, HashingEmbedder(window=4)).sync([PAY, FERRY])
    for module in ("changes", "fakes", "records"):
        monkeypatch.setattr(f"index_store.{module}.LAYOUT", "the next one")
    dying: Any = ArticleIndex(
        Failing(store, method, after, halfway=False),
        Failing(lexical, method, after, halfway=False),  # type: ignore[arg-type]
        HashingEmbedder(window=100),
    )
    with suppress(Crash):
        dying.sync([PAY, FERRY])
    reopened = ArticleIndex(store, LexicalIndex(tmp_path / "lexical"), HashingEmbedder(window=100))
    reopened.sync([FERRY])
    assert sources(reopened) == {"a.txt", "b.txt"}
    assert reopened.sync([PAY, FERRY]).removed == 0
    assert [len(passages) for _, passages in store.contents()] == [1, 1]


def test_a_failure_is_made_good_by_the_next_sync_of_the_same_process() -> None:
    store, lexical = MemoryStore(), LexicalIndex()
    failing: Any = Failing(lexical, "update", 0, halfway=False)
    index = ArticleIndex(store, failing, HashingEmbedder())
    with pytest.raises(Crash):
        index.sync([PAY])
    failing._left = 99
    index.sync([PAY, FERRY])
    assert sources(index) == {"a.txt", "b.txt"}


# Opening


def test_an_index_of_another_model_is_refused_with_the_fix() -> None:
    store = MemoryStore()
    ArticleIndex(store, LexicalIndex(), HashingEmbedder()).sync([PAY])
    with pytest.raises(WrongEmbedder, match="CITEDESK_EMBEDDING_MODEL=hashing-64") as caught:
        ArticleIndex(store, LexicalIndex(), HashingEmbedder(dimensions=32))
    assert "'hashing-32' is configured" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_lexical_index_that_is_behind_is_rebuilt_on_opening(tmp_path: Path) -> None:
    store = MemoryStore()
    ArticleIndex(store, LexicalIndex(tmp_path), HashingEmbedder()).sync([PAY])
    ArticleIndex(store, LexicalIndex(), HashingEmbedder()).sync([FERRY])
    reopened = ArticleIndex(store, LexicalIndex(tmp_path), HashingEmbedder())
    assert sources(reopened) == {"a.txt", "b.txt"}


@pytest.mark.parametrize("wanted", [Filters(), Filters(publishers=("The Courier",))])
def test_an_open_index_finds_what_another_process_adds(tmp_path: Path, wanted: Filters) -> None:
    serving = open_index(tmp_path, embedder=HashingEmbedder())
    serving.sync([PAY])
    assert serving.search("library", filters=wanted).hits
    code = (
        "import sys; from pathlib import Path; from tests.index_store.test_index import *\n"
        "index = open_index(Path(sys.argv[1]), embedder=HashingEmbedder())\n"
        "index.sync([FERRY], prune=lambda origin: True)"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, cwd=Path(__file__).parents[2]
    )
    hits = serving.search("ferry to the island", filters=wanted).hits
    assert [hit.article for hit in hits] == [FERRY.article]
    assert serving.passage(hits[0].passage.id) == hits[0].passage


def test_a_search_during_a_sync_does_not_open_the_store_again_under_it() -> None:
    class Searched(MemoryStore):
        """Is asked for its articles in the middle of being written."""

        opened = 0

        def refresh(self) -> None:
            self.opened += 1

        def add(self, found: Sequence[FoundArticle], passages: Sequence[EmbeddedPassage]) -> None:
            before = self.opened
            index.summary()
            assert self.opened == before
            super().add(found, passages)

    index = ArticleIndex(Searched(), LexicalIndex(), HashingEmbedder())
    assert index.sync([PAY]).added == 1
    assert index.sync([FERRY]).added == 1
    assert index.summary().articles == 2


def test_a_lexical_index_of_its_own_follows_a_shared_store(tmp_path: Path) -> None:
    """As several web servers, each with a home, share a Chroma server."""
    store = MemoryStore()
    here = ArticleIndex(store, LexicalIndex(tmp_path / "1"), HashingEmbedder())
    there = ArticleIndex(store, LexicalIndex(tmp_path / "2"), HashingEmbedder())
    there.sync([PAY, FERRY])
    (best, *_) = here.search("ferry to the island").hits
    assert best.article == FERRY.article
    assert "grams" in best.sides


# Searching


def test_hits_carry_exact_offsets(embedder: SentenceTransformerEmbedder, samples: Path) -> None:
    from corpus.files import find_files
    from corpus.reading import read_articles

    index = ArticleIndex(MemoryStore(), LexicalIndex(), embedder)
    read = [item for item in read_articles(find_files([samples])) if isinstance(item, FoundArticle)]
    report = index.sync(read)
    assert report == SyncReport(added=len(read))
    result = index.search("How much was Google fined in France?", language="en", limit=10)
    assert len(result.hits) == 10
    assert result.served == {"en"}
    scores = [hit.score for hit in result.hits]
    # Outlets take turns where it is close.
    assert all(later <= earlier + CLOSE for earlier, later in pairwise(scores))
    assert all(0 <= score <= 1 for score in scores)
    for hit in result.hits:
        passage = hit.passage
        assert hit.article.id == passage.article_id
        assert hit.article.text[passage.start : passage.end] == passage.text
        assert len(hit.sentence_cosines) == len(passage.sentences)
        for (start, end), text in zip(passage.sentences, passage.sentence_texts(), strict=True):
            assert hit.article.text[start:end] == text
        assert index.passage(passage.id) == passage
        assert index.article(hit.article.id) == hit.article
    assert "courrier-2024-03-21" in {hit.article.source[:19] for hit in result.hits[:3]}


@settings(max_examples=20)
@given(some=articles(), wanted=filters)
def test_a_search_and_a_summary_respect_filters(some: list[Article], wanted: Filters) -> None:
    index = memory_index()
    index.sync([FoundArticle(one, one.source) for one in some])
    hits = index.search("library", filters=wanted, limit=50).hits
    assert {hit.article.id for hit in hits} == admitted(some, wanted)
    assert index.summary(wanted).articles == len(admitted(some, wanted))


def test_a_summary_counts_what_is_there() -> None:
    index = memory_index()
    index.sync([PAY, FERRY])
    summary = index.summary()
    assert (summary.articles, summary.passages) == (2, 2)
    assert summary.languages == {"en": 2}
    assert summary.publishers == {"The Courier": 2}
    assert (summary.first, summary.last) == ("2025-01-14", "2025-01-14")
    assert summary.embedding_model == "hashing-64"


@pytest.mark.parametrize("question", ["", "???", "\ud800 library", "x" * 5000, "a " * 2000, "שלום"])
def test_any_question_can_be_searched(question: str, embedder: SentenceTransformerEmbedder) -> None:
    for index in (memory_index(), ArticleIndex(MemoryStore(), LexicalIndex(), embedder)):
        assert index.search(question).hits == ()
        index.sync([PAY])
        assert len(index.search(question, language="fr").hits) == 1


def test_what_is_not_there_is_none() -> None:
    index = memory_index()
    assert index.article("x") is None
    assert index.passage("x.0-1") is None
    assert index.articles(["x"]) == {}
    assert index.search("x").hits == ()


def test_a_store_that_fails_is_said() -> None:
    class Down(MemoryStore):
        def nearest(self, *args: Any) -> Any:
            raise StoreUnavailable("down")

    with pytest.raises(StoreUnavailable):
        ArticleIndex(Down(), LexicalIndex(), HashingEmbedder()).search("x")


def test_a_summary_is_read_again_only_after_a_change() -> None:
    class Counting(MemoryStore):
        reads = 0

        def catalogue(self) -> list[Entry]:
            self.reads += 1
            return super().catalogue()

    store = Counting()
    index = ArticleIndex(store, LexicalIndex(), HashingEmbedder())
    index.sync([PAY])
    assert index.summary().articles == 1
    before = store.reads
    assert index.summary(Filters(languages=("xx",))).articles == 0
    assert store.reads == before
    index.sync([FERRY])
    assert index.summary().articles == 2
