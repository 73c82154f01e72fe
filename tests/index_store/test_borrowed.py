"""A home that cannot be written is read as a copy, which nothing is indexed into."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index_store import borrowed, folders
from index_store.borrowed import open_to_read
from index_store.chroma import open_chroma
from index_store.errors import HomeNotWritable, UnfitHome
from index_store.fakes import HashingEmbedder
from index_store.home import CHROMA, open_index
from index_store.index import ArticleIndex
from index_store.lock import WriteLock
from index_store.version import FILE, FIRST
from tests.index_store.archive import found


def opened(folder: Path, lock: WriteLock | None) -> ArticleIndex:
    return open_index(folder, embedder=HashingEmbedder(), lock=lock)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    opened(tmp_path / "home", None).sync([found("The bridge is closed for a year.", "bridge.txt")])
    return tmp_path / "home"


def test_a_home_that_can_be_written_is_opened_itself(home: Path) -> None:
    index = open_to_read(home, opened)
    index.sync([found("The ferry was sold.", "ferry.txt")])
    assert opened(home, None).summary().articles == 2


def test_another_home_is_copied_and_the_copy_says_so_and_takes_nothing_in(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(borrowed, "is_writable", lambda folder: False)
    index = open_to_read(home, opened)
    assert [hit.article.source for hit in index.search("bridge").hits] == ["bridge.txt"]
    (said,) = caplog.messages
    assert said.startswith(f"{home} cannot be written: it is read as it is now")
    with pytest.raises(HomeNotWritable, match=f"{home}: cannot be written"):
        index.sync([found("The ferry was sold.", "ferry.txt")])
    assert opened(home, None).summary().articles == 1


def test_a_home_of_an_earlier_version_is_brought_to_this_one_in_the_copy(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_chroma(home / CHROMA)
    manifest = store.manifest()
    assert manifest is not None
    store.set_manifest(replace(manifest, written=FIRST))
    (entry,) = store.catalogue()
    store.set_sketches({entry.article_id: b""})
    monkeypatch.setattr(borrowed, "is_writable", lambda folder: False)
    assert open_to_read(home, opened).sketches([entry.article_id]) == {
        entry.article_id: entry.sketch
    }
    (left,) = store.catalogue()
    assert left.sketch == b""


def test_a_home_of_a_later_version_is_not_copied(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / FILE).write_text('{"number": 9, "readers": 9, "program": "9.0.0"}')
    monkeypatch.setattr(borrowed, "is_writable", lambda folder: False)
    with pytest.raises(UnfitHome, match=f"{home}: was written by citedesk 9.0.0"):
        open_to_read(home, opened)


def test_an_index_of_words_that_is_missing_is_built_in_the_copy(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (home / "lexical").iterdir():
        file.unlink()
    monkeypatch.setattr(borrowed, "is_writable", lambda folder: False)
    assert open_to_read(home, opened).search("bridge").hits
    assert not list((home / "lexical").iterdir())


def test_nothing_is_indexed_on_a_disk_that_is_as_good_as_full(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = opened(home, None)
    monkeypatch.setattr(folders, "ROOM", 10**18)
    with pytest.raises(HomeNotWritable, match=r"MB are free on its disk.*make room"):
        index.sync([found("The ferry was sold.", "ferry.txt")])
    assert index.search("bridge").hits
    monkeypatch.undo()
    assert index.sync([found("The ferry was sold.", "ferry.txt")]).added == 1
