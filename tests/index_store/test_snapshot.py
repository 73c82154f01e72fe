"""A copy of an index is of one moment, while others write it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index_store import snapshot
from index_store.errors import StoreUnavailable
from index_store.snapshot import copy_index
from index_store.sqlite_files import copy_database
from index_store.vector_files import VectorFiles
from tests.index_store.checking.homes import make_home
from tests.index_store.crashing import Forks, all_made, forks, opened, state

ARTICLES = 60


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with forks(tmp_path_factory.mktemp("processes")) as started:
        yield started


def versions(number: int) -> dict[str, int]:
    return {f"{source}.txt": number for source in range(ARTICLES)}


def test_in_a_copy_from_a_run_every_article_is_wholly_old_or_wholly_new(
    processes: Forks, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    processes.run("sync", home, versions=versions(0), batch=10, threshold=20)
    running = processes.start("sync", home, versions=versions(1), batch=10, threshold=20)
    running.until("open")
    copies: list[Path] = []
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(running.end)
        while not ended.done():
            copies.append(tmp_path / f"copy-{len(copies)}")
            assert copy_index(home, copies[-1])
            time.sleep(0.2)
    assert ended.result().status == 0, ended.result().errors

    old, new = ({item.article.text for item in all_made(versions(number))} for number in (0, 1))
    mixed = 0
    for copy in copies:
        index, embedder = opened(copy)
        held = state(index)
        texts = set(held.pop("texts"))
        assert held == {"broken": [], "differing": [], "orphans": 0, "doubled": 0}
        assert embedder.embedded == 0
        assert texts <= old | new
        assert len(texts) == ARTICLES
        mixed += bool(texts & old) and bool(texts & new)
    assert mixed, "no copy was made in the middle of the run"


def test_a_copy_has_no_torn_vectors_but_the_note_that_they_are_to_be_made(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    (home / "chroma" / "citedesk-vectors-lost").touch()
    copy_index(home, tmp_path / "copy")
    assert not VectorFiles(tmp_path / "copy" / "chroma").are_whole()
    assert list((tmp_path / "copy").glob("chroma/*/*")) == []


def test_vectors_that_change_while_they_are_copied_are_copied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(tmp_path / "home")
    copy, restless = copy_database, [True, True, False]

    def copy_and_change(source: Path, target: Path) -> None:
        copy(source, target)
        if restless.pop(0):
            next(home.glob("chroma/*/header.bin")).touch()

    monkeypatch.setattr(snapshot, "copy_database", copy_and_change)
    assert copy_index(home, tmp_path / "copy")
    assert restless == []
    restless[:] = [True] * 5
    with pytest.raises(StoreUnavailable, match="try again later"):
        copy_index(home, tmp_path / "other")


def test_there_is_nothing_to_copy_where_nothing_is_indexed(tmp_path: Path) -> None:
    assert not copy_index(tmp_path, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []
