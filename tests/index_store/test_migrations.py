"""What an earlier version kept is brought to this one, whatever happens meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.wire import sketch
from index_store import migrations
from index_store.chroma import open_chroma
from index_store.errors import UnfitHome
from index_store.fakes import HashingEmbedder
from index_store.home import CHROMA, open_index
from index_store.index import ArticleIndex
from index_store.lease import PATIENCE
from index_store.lock import LOCK, WriteLock
from index_store.store import Store
from index_store.version import FIRST, NUMBER, Version, current
from tests.index_store.archive import found
from tests.index_store.conftest import empty_server

TEXTS = [f"The ferry of Valmorin carries {number} lifeboats." for number in range(12, 17)]


def first_version(store: Store) -> None:
    """Leaves a store as the first version left its own."""
    manifest = store.manifest()
    assert manifest is not None
    store.set_manifest(replace(manifest, written=FIRST))
    store.set_sketches(dict.fromkeys((one.article_id for one in store.catalogue()), b""))


def migrate(store: Store, turn: AbstractContextManager[None] | None = None) -> list[int]:
    """How many articles were done, as it was told."""
    done: list[int] = []
    migrations.migrate(
        store, turn or nullcontext(), nullcontext, lambda one, total: done.append(one)
    )
    return done


def assert_migrated(store: Store) -> None:
    manifest = store.manifest()
    assert manifest is not None
    assert manifest.written == current()
    texts = {key: one.text for key, one in store.articles(list(ids(store))).items()}
    assert len(texts) == len(TEXTS)
    assert {one.article_id: one.sketch for one in store.catalogue()} == {
        key: sketch(text) for key, text in texts.items()
    }


def ids(store: Store) -> set[str]:
    return {one.article_id for one in store.catalogue()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with_articles(lambda: open_index(tmp_path, embedder=HashingEmbedder()))
    first_version(open_chroma(tmp_path / CHROMA))
    return tmp_path


def with_articles(opened: Callable[[], ArticleIndex]) -> ArticleIndex:
    index = opened()
    index.sync([found(text, source=f"{at}.txt") for at, text in enumerate(TEXTS)])
    return index


def test_every_version_has_a_step_from_the_one_before() -> None:
    assert [step.to for step in migrations.STEPS] == list(range(2, NUMBER + 1))


def test_opening_brings_an_earlier_home_to_this_version(home: Path) -> None:
    before = open_chroma(home / CHROMA).manifest()
    index = open_index(home, embedder=HashingEmbedder())
    store = open_chroma(home / CHROMA)
    assert_migrated(store)
    assert index.summary().written == current()
    after = store.manifest()
    assert before is not None
    assert after is not None
    assert after.revision == before.revision, "the index of words need not be built again"
    assert set(index.sketches(ids(store)).values()) == {sketch(text) for text in TEXTS}


def test_a_store_of_this_version_is_left_alone(home: Path) -> None:
    store = open_chroma(home / CHROMA)
    assert migrate(store) == [5]
    assert migrate(store) == []


def test_a_store_that_is_empty_has_nothing_to_migrate(tmp_path: Path) -> None:
    open_index(tmp_path, embedder=HashingEmbedder())
    assert open_chroma(tmp_path / CHROMA).manifest() is None


@pytest.mark.parametrize("dies_at", range(4))
def test_a_process_that_dies_meanwhile_is_followed_by_one_that_ends_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    monkeypatch.setattr(migrations, "_PAGE", 2)
    store = open_chroma(home / CHROMA)
    steps = iter(range(4))

    def dying() -> AbstractContextManager[None]:
        if next(steps) == dies_at:
            raise KeyboardInterrupt
        return nullcontext()

    with pytest.raises(KeyboardInterrupt):
        migrations.migrate(store, nullcontext(), dying, lambda done, total: None)
    manifest = store.manifest()
    assert manifest is not None
    assert manifest.written == FIRST
    left = max(0, len(TEXTS) - 2 * dies_at)
    assert max(migrate(store), default=0) == left, "what was done is not done again"
    assert_migrated(store)


def test_while_another_process_writes_it_stays_as_it_is_and_can_be_searched(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with WriteLock(home / LOCK):
        index = open_index(home, embedder=HashingEmbedder())
        assert index.search("lifeboats").hits
    assert "articles stay as an earlier version left them for now" in caplog.text
    written = index.summary().written
    assert written == FIRST
    open_index(home, embedder=HashingEmbedder())
    assert_migrated(open_chroma(home / CHROMA))
    assert index.summary().written == current(), "the one that is open sees it"


def test_what_another_process_has_migrated_meanwhile_is_not_done_again(home: Path) -> None:
    store, other = open_chroma(home / CHROMA), open_chroma(home / CHROMA)

    class Turn:
        def __enter__(self) -> None:
            migrate(other)

        def __exit__(self, *_: object) -> None: ...

    assert migrate(store, Turn()) == []
    assert_migrated(store)


@pytest.fixture
def opened(chroma_server: str, tmp_path: Path) -> Callable[[str], ArticleIndex]:
    empty_server(chroma_server)

    def open_home(name: str) -> ArticleIndex:
        return open_index(tmp_path / name, embedder=HashingEmbedder(), chroma_url=chroma_server)

    return open_home


@pytest.mark.enable_socket
def test_what_an_older_program_has_indexed_is_brought_along(
    opened: Callable[[str], ArticleIndex],
) -> None:
    index = with_articles(lambda: opened("north"))
    first_version(index._store)  # an older one keeps no version when it writes
    assert index.summary().written == FIRST
    assert index.search("lifeboats").hits
    opened("south")
    assert_migrated(index._store)
    assert index.summary().written == current()


@pytest.mark.enable_socket
def test_an_older_program_goes_on_searching_what_it_may_not_write(
    opened: Callable[[str], ArticleIndex],
) -> None:
    index = with_articles(lambda: opened("north"))
    manifest = index._store.manifest()
    assert manifest is not None
    newer = replace(manifest, revision="newer", written=Version(NUMBER + 1, NUMBER, "9.0.0"))
    index._store.set_manifest(newer)
    for one in (index, opened("south")):
        assert one.search("lifeboats").hits
        for write in (one.mend, lambda one=one: one.sync([found("A late ferry.")])):
            with pytest.raises(UnfitHome, match="changes nothing in it"):
                write()
    assert index._store.manifest() == newer


@pytest.mark.enable_socket
def test_an_older_program_says_that_it_is_too_old_as_soon_as_it_is(
    opened: Callable[[str], ArticleIndex], chroma_server: str
) -> None:
    index = with_articles(lambda: opened("north"))
    manifest = index._store.manifest()
    assert manifest is not None
    later = Version(NUMBER + 1, NUMBER + 1, "9.1.0")
    index._store.set_manifest(replace(manifest, revision="later", written=later))
    for ask in (lambda: index.search("lifeboats"), lambda: opened("south"), index.mend):
        with pytest.raises(UnfitHome, match=rf"{chroma_server}: .* citedesk 9\.1\.0"):
            ask()


@pytest.mark.enable_socket
def test_nobody_waits_for_a_writer_to_migrate_what_he_writes(
    opened: Callable[[str], ArticleIndex], chroma_server: str, caplog: pytest.LogCaptureFixture
) -> None:
    index = with_articles(lambda: opened("north"))
    first_version(index._store)
    began = time.monotonic()
    with open_chroma(Path("unused"), chroma_server).lease():
        assert opened("south").search("lifeboats").hits
    assert time.monotonic() - began < PATIENCE
    assert "articles stay as an earlier version left them for now" in caplog.text
    opened("south")
    assert_migrated(index._store)
