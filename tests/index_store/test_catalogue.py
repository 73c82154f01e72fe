"""The catalogue that follows batches is the one that is read whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index_store import version
from index_store.catalogue import Catalogue
from index_store.fakes import HashingEmbedder, MemoryStore
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.store import Entry, Manifest, Provenance
from tests.index_store.archive import found

ORIGINS = "abcd"
#: Of each origin, the reading that a run finds there; None where nothing is found.
RUNS = st.lists(
    st.fixed_dictionaries({origin: st.sampled_from([None, 1, 2]) for origin in ORIGINS}), max_size=6
)


class Watched(MemoryStore):
    """Tells of each manifest, and notes what was read."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = 0
        self.some: list[str] = []
        self.readers: list[Reader] = []

    def catalogue(self) -> list[Entry]:
        self.whole += 1
        return super().catalogue()

    def entries(self, article_ids: Sequence[str]) -> list[Entry]:
        self.some += article_ids
        return super().entries(article_ids)

    def set_manifest(self, manifest: Manifest) -> None:
        super().set_manifest(manifest)
        for reader in self.readers:
            reader.see()


class Reader:
    """Follows a store, at every so many of its manifests."""

    def __init__(self, store: Watched, every: int) -> None:
        self.catalogue = Catalogue(store)
        self._store = store
        self._every = every
        self._manifests = 0

    def see(self) -> None:
        self._manifests += 1
        if self._manifests % self._every == 0:
            assert read(self.catalogue, self._store) == read(Catalogue(self._store), self._store)


def read(catalogue: Catalogue, store: Watched) -> dict[str, Entry]:
    return {entry.article_id: entry for entry in catalogue.entries(store.manifest())}


def index_of(store: Watched) -> ArticleIndex:
    return ArticleIndex(store, LexicalIndex(), HashingEmbedder())


def run(index: ArticleIndex, readings: dict[str, int | None]) -> None:
    """Indexes what is found, and gives up what is not."""
    told = [
        found(f"The ferry {origin} is late for the time {reading}.", f"{origin}.txt")
        for origin, reading in readings.items()
        if reading
    ]
    index.sync(told, prune=lambda origin: True)


@settings(max_examples=60)
@given(RUNS)
def test_whoever_follows_at_any_moment_has_what_is_there(runs: list[dict[str, int | None]]) -> None:
    store = Watched()
    index = index_of(store)
    store.readers = [Reader(store, every) for every in (1, 2, 3, 7)]
    for readings in runs:
        run(index, readings)


def test_articles_that_come_from_elsewhere_are_followed_though_the_writer_dies() -> None:
    class Dying(Watched):
        dies = False

        def restate(self, provenances: Sequence[Provenance]) -> None:
            super().restate(provenances)
            if self.dies:
                raise KeyboardInterrupt

    store = Dying()
    index, catalogue = index_of(store), Catalogue(store)
    index.sync([found("The ferry is late.", "a.txt")])
    read(catalogue, store)
    store.dies = True
    moved = found("The ferry is late.", "a.txt", folder="/moved")
    with pytest.raises(KeyboardInterrupt):
        index.sync([moved], prune=lambda origin: True)
    read(catalogue, store)
    store.dies = False
    index_of(store).sync([moved], prune=lambda origin: True)
    (entry,) = read(catalogue, store).values()
    assert entry.origin == "/moved/a.txt"


def test_what_no_batch_has_touched_is_not_read_again() -> None:
    store = Watched()
    index, catalogue = index_of(store), Catalogue(store)
    run(index, dict.fromkeys(ORIGINS, 1))
    before = read(catalogue, store)
    run(index, {**dict.fromkeys(ORIGINS, 1), "b": 2})
    store.whole, store.some = 0, []
    after = read(catalogue, store)
    changed = before.keys() ^ after.keys()
    assert len(changed) == 2
    assert (store.whole, set(store.some)) == (0, changed)


def test_the_list_is_the_same_one_until_something_changes() -> None:
    store = Watched()
    index, catalogue = index_of(store), Catalogue(store)
    run(index, {"a": 1})
    first = catalogue.entries(store.manifest())
    assert catalogue.entries(store.manifest()) is first
    run(index, {"a": 1, "b": 1})
    assert len(catalogue.entries(store.manifest())) == 2


def test_after_a_migration_all_is_read_again() -> None:
    store = Watched()
    catalogue = Catalogue(store)
    run(index_of(store), {"a": 1})
    now = store.manifest()
    assert now is not None
    store.set_manifest(replace(now, written=version.FIRST))
    (kept,) = read(catalogue, store)
    store.set_sketches({kept: b"sketched"})
    store.set_manifest(now)
    assert read(catalogue, store)[kept].sketch == b"sketched"
