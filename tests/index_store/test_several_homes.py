"""Homes of several machines on one Chroma server: nothing that one writes is lost by another."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.reading import FoundArticle
from index_store import lease, syncing
from index_store.errors import IndexBusy
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.index import ArticleIndex
from tests.index_store.archive import found
from tests.index_store.conftest import empty_server

pytestmark = pytest.mark.enable_socket

ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(
    chroma_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], ArticleIndex]:
    """Opens a home by name, on an empty server; articles are stored one at a time."""
    empty_server(chroma_server)
    monkeypatch.setattr(syncing, "BATCH_PASSAGES", 1)

    def open_home(name: str) -> ArticleIndex:
        return open_index(tmp_path / name, embedder=HashingEmbedder(), chroma_url=chroma_server)

    return open_home


def some(of: str, count: int = 12) -> list[FoundArticle]:
    return [
        found(f"{of} reports on the ferry {at}.", source=f"{of}-{at}.txt") for at in range(count)
    ]


def texts(index: ArticleIndex) -> set[str]:
    return {article.text for article, _ in index._store.contents()}


def test_two_that_write_at_once_take_turns_and_lose_nothing(
    opened: Callable[[str], ArticleIndex],
) -> None:
    indexes = {name: opened(name) for name in ("north", "south")}
    threads = [
        threading.Thread(target=index.sync, args=(some(name),)) for name, index in indexes.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    wanted = {item.article.text for name in indexes for item in some(name)}
    for index in (*indexes.values(), opened("east")):
        assert texts(index) == wanted
        index.search("ferry")
        assert index._lexical.passage_ids() == index._store.passage_ids()


def test_who_finds_another_home_writing_is_refused_and_changes_nothing(
    opened: Callable[[str], ArticleIndex],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(lease, "PATIENCE", 2.2)  # longer than from beat to beat
    north, south = opened("north"), opened("south")
    refused: list[IndexBusy] = []

    def read() -> Iterator[FoundArticle]:
        for at, item in enumerate(some("north")):
            if at == 6:
                with caplog.at_level(logging.WARNING), pytest.raises(IndexBusy) as caught:
                    south.sync(some("south"))
                refused.append(caught.value)
            yield item

    north.sync(read())
    assert "another process is indexing into this store" in str(refused[0])
    assert "waiting up to" in caplog.text
    assert texts(south) == {item.article.text for item in some("north")}
    south.sync(some("south"))
    assert len(texts(north)) == 24


WRITE = """
import sys, time
from pathlib import Path
from index_store.home import open_index
from index_store.fakes import HashingEmbedder
from index_store import syncing
from tests.index_store.test_several_homes import some
syncing.BATCH_PASSAGES = 1
index = open_index(Path(sys.argv[1]), embedder=HashingEmbedder(), chroma_url=sys.argv[2])
def read():
    for at, item in enumerate(some("north")):
        if at == 6:
            print("writing", flush=True)
            time.sleep(60)
        yield item
index.sync(read())
"""


def test_a_writer_that_is_killed_keeps_others_waiting_for_some_seconds(
    opened: Callable[[str], ArticleIndex],
    chroma_server: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lease, "PATIENCE", 2.5)
    south = opened("south")
    command = [sys.executable, "-c", WRITE, str(tmp_path / "north"), chroma_server]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as north:
        assert north.stdout is not None
        assert north.stdout.readline() == "writing\n"
        north.kill()
    began = time.monotonic()
    south.sync(some("south"))
    assert time.monotonic() - began < 15
    stored = {item.article.text for item in some("north")[:6] + some("south")}
    assert stored <= texts(south)
    opened("north").sync(some("north"))
    assert len(texts(south)) == 24
