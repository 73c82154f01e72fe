"""What searches read of a store, and what they need not read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article
from corpus.models import identified
from corpus.reading import FoundArticle
from index_store import archive as module
from index_store.archive import Archive, article_of
from index_store.fakes import HashingEmbedder, MemoryStore
from index_store.models import EmbeddedPassage, Filters, Vector
from tests.index_store.archive import admitted, article, articles, embedded, filters

QUERY = HashingEmbedder().embed_query("the library must pay")


class CountingStore(MemoryStore):
    """Notes what is read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.vectors_read: list[str] = []
        self.asked: list[tuple[int, Filters]] = []

    def passages(self, passage_ids: Sequence[str]) -> dict[str, EmbeddedPassage]:
        self.read += passage_ids
        return super().passages(passage_ids)

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vector]:
        self.vectors_read += passage_ids
        return super().vectors(passage_ids)

    def nearest(self, vector: Vector, limit: int, filters: Filters) -> Mapping[str, float]:
        self.asked.append((limit, filters))
        return super().nearest(vector, limit, filters)


def filled(*some: Article, store: MemoryStore | None = None) -> Archive:
    store = store or MemoryStore()
    pieces = [piece for one in some for piece in embedded(one, 500)]
    store.add([FoundArticle(one, one.source) for one in some], pieces)
    return Archive(store, store.catalogue())


@settings(max_examples=60)
@given(articles(), filters, st.integers(1, 8))
def test_the_nearest_pass_the_filter_and_none_that_passes_is_left_out(
    some: list[Article], wanted: Filters, limit: int
) -> None:
    found = filled(*some).nearest(QUERY, limit, wanted)
    assert len(found) <= limit
    passing = admitted(some, wanted)
    assert {article_of(key) for key in found} <= passing
    # Half of what is wanted is enough where there is more.
    assert len(found) >= min(limit, len(passing)) / 2
    everything = filled(*some).nearest(QUERY, len(some), Filters())
    assert all(everything[key] == pytest.approx(cosine) for key, cosine in found.items())


def many(count: int, publisher: str) -> list[Article]:
    return [
        article(f"The library must pay {n}.", source=f"{publisher}{n}", publisher=publisher)
        for n in range(count)
    ]


def test_a_filter_that_keeps_much_asks_for_more_and_leaves_out_the_rest() -> None:
    store = CountingStore()
    archive = filled(*many(20, "A"), *many(20, "B"), store=store)
    found = archive.nearest(QUERY, 5, Filters(publishers=("A",)))
    assert 3 <= len(found) <= 5
    assert store.asked == [(13, Filters())]


def test_a_filter_that_keeps_little_is_given_to_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_NEAREST_AT_MOST", 20)
    store = CountingStore()
    archive = filled(*many(39, "A"), *many(1, "B"), store=store)
    wanted = Filters(publishers=("B",))
    assert len(archive.nearest(QUERY, 5, wanted)) == 1
    assert store.asked == [(5, wanted)]


def test_where_the_nearest_are_all_left_out_the_store_is_asked_again() -> None:
    near = [article("the library must pay", source=f"{n}", publisher="A") for n in range(9)]
    far = [article(f"Zebra {n} quagga okapi.", source=f"f{n}", publisher="B") for n in range(9)]
    store = CountingStore()
    near = [identified(replace(one, title=str(n))) for n, one in enumerate(near)]
    archive = filled(*near, *far, store=store)
    wanted = Filters(publishers=("B",))
    assert len(archive.nearest(QUERY, 3, wanted)) == 3
    assert store.asked[-1] == (3, wanted)


def test_a_passage_is_read_once() -> None:
    store = CountingStore()
    one, other = article("The library must pay."), article("The ferry will stop.", source="b")
    archive = filled(one, other, store=store)
    ids = list(archive.nearest(QUERY, 5, Filters()))
    for _ in range(3):
        assert list(archive.passages([ids[1], "unknown.0-1", ids[0]])) == [ids[1], ids[0]]
    assert sorted(store.read) == sorted([*ids, *["unknown.0-1"] * 3])


def test_a_small_archive_is_read_ahead_and_a_large_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = CountingStore()
    archive = filled(*many(3, "A"), store=store)
    archive.read_ahead()
    assert len(store.read) == 3
    ids = list(archive.nearest(QUERY, 3, Filters()))
    assert list(archive.passages(ids)) == ids
    assert len(store.read) == 3
    monkeypatch.setattr(module, "_PASSAGES", 2)
    Archive(store, store.catalogue()).read_ahead()
    assert len(store.read) == 3


def test_what_was_not_asked_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PASSAGES", 2)
    store = CountingStore()
    archive = filled(*many(3, "A"), store=store)
    one, two, three = archive.nearest(QUERY, 3, Filters())
    for asked in ([one, two], [one], [three], [one], [two]):
        assert list(archive.passages(asked)) == asked
    assert store.read == [one, two, three, two]


def test_more_than_are_remembered_can_be_asked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PASSAGES", 2)
    archive = filled(*many(9, "A"))
    ids = list(archive.nearest(QUERY, 9, Filters()))
    assert list(archive.passages(ids)) == ids


def test_cosines_are_told_of_any_passage() -> None:
    archive = filled(*many(4, "A"))
    ids = list(archive.nearest(QUERY, 9, Filters()))
    known = archive.passages(ids[:2])
    cosines = archive.cosines(QUERY, [*ids, "unknown.0-1"])
    assert cosines.keys() == set(ids)
    for key in known:
        assert cosines[key] == pytest.approx(float(known[key].vector @ QUERY))
    assert cosines == pytest.approx(dict(archive.nearest(QUERY, 9, Filters())))


def test_a_vector_is_read_once() -> None:
    store = CountingStore()
    archive = filled(*many(4, "A"), store=store)
    ids = list(archive.nearest(QUERY, 9, Filters()))
    archive.passages(ids[:1])
    cosines = [archive.cosines(QUERY, some) for some in (ids[:3], ids[1:], ids)]
    assert [list(one) for one in cosines] == [ids[:3], ids[1:], ids]
    assert store.vectors_read == [*ids[1:3], ids[3]]


def test_an_article_under_embargo_is_not_shown() -> None:
    free = article("The library must pay.")
    held = replace(article("The ferry will stop.", source="b"), embargo_until="2999-01-01")
    archive = filled(free, held)
    ids = list(archive.nearest(QUERY, 5, Filters()))
    assert {one.id for one in archive.articles_of(ids).values()} == {free.id}


def test_passages_are_taken_apart_as_questions_compare_them() -> None:
    one = article("The libraries must pay. Nobody came.")
    archive = filled(one)
    (read,) = archive.passages(list(archive.nearest(QUERY, 5, Filters()))).values()
    assert read.sentences == ("_the_libraries_must_pay__", "_nobody_came__")
    assert np.allclose(np.linalg.norm(read.sentence_vectors, axis=1), 1)
