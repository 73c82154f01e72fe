"""Whether Chroma's files of vectors can be trusted is seen from outside of Chroma."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from index_store.chroma import open_chroma
from index_store.vector_files import VectorFiles

GRAPH = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin")


@pytest.fixture(autouse=True)
def writing(tmp_path: Path) -> Path:
    """The mark of a process that died while it wrote."""
    mark = tmp_path / "citedesk-writing"
    mark.touch()
    return mark


def graph(folder: Path, name: str = "3f2a", listed: int | None = 2_000) -> Path:
    """Files of a graph, written at 1,000 ns; their list at another time, or not yet."""
    made = folder / name
    made.mkdir(parents=True)
    for file in GRAPH:
        (made / file).write_bytes(b"vectors")
        os.utime(made / file, ns=(1_000, 1_000))
    if listed is not None:
        (made / "index_metadata.pickle").write_bytes(b"ids.")
        os.utime(made / "index_metadata.pickle", ns=(listed, listed))
    return made


@pytest.mark.parametrize("listed", [1_000, 2_000, None])
def test_a_graph_is_whole_that_was_listed_after_it_was_written_or_never(
    tmp_path: Path, listed: int | None
) -> None:
    assert VectorFiles(tmp_path).are_whole()
    graph(tmp_path, listed=listed)
    assert VectorFiles(tmp_path).are_whole()


@pytest.mark.parametrize("newer", GRAPH)
def test_a_graph_is_torn_of_which_any_file_is_newer_than_its_list(
    tmp_path: Path, newer: str
) -> None:
    graph(tmp_path, "whole")
    os.utime(graph(tmp_path, "torn") / newer, ns=(3_000, 3_000))
    assert not VectorFiles(tmp_path).are_whole()


@pytest.mark.parametrize("kept", [b"", b"id"])
def test_a_graph_is_torn_whose_list_is_cut_short(tmp_path: Path, kept: bytes) -> None:
    (graph(tmp_path) / "index_metadata.pickle").write_bytes(kept)
    assert not VectorFiles(tmp_path).are_whole()


def test_a_graph_is_whole_that_nobody_was_writing_however_its_files_were_copied(
    tmp_path: Path, writing: Path
) -> None:
    os.utime(graph(tmp_path) / GRAPH[0], ns=(3_000, 3_000))
    assert not VectorFiles(tmp_path).are_whole()
    writing.unlink()
    assert VectorFiles(tmp_path).are_whole()


def test_who_writes_leaves_a_mark_only_where_it_does_not_come_to_its_end(
    tmp_path: Path, writing: Path
) -> None:
    with VectorFiles(tmp_path).writing():
        assert writing.exists()
    assert not writing.exists()
    with pytest.raises(ValueError, match="died"), VectorFiles(tmp_path).writing():
        raise ValueError("died")
    assert writing.exists()


def test_what_is_dropped_is_not_whole_until_it_is_said_to_be(tmp_path: Path) -> None:
    graph(tmp_path)
    (tmp_path / "chroma.sqlite3").touch()
    VectorFiles(tmp_path).drop()
    assert {path.name for path in tmp_path.iterdir()} == {
        "chroma.sqlite3",
        "citedesk-vectors-lost",
        "citedesk-writing",
    }
    assert not VectorFiles(tmp_path).are_whole()
    VectorFiles(tmp_path).made_again()
    assert VectorFiles(tmp_path).are_whole()
    assert [path.name for path in tmp_path.iterdir()] == ["chroma.sqlite3"]


def test_whatever_changes_records_leaves_the_mark_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    marking = VectorFiles.writing

    def counted(files: VectorFiles) -> AbstractContextManager[None]:
        begun.append(files)
        return marking(files)

    monkeypatch.setattr(VectorFiles, "writing", counted)
    store = open_chroma(tmp_path / "chroma")
    store.add([], [])
    store.restate([])
    store.remove([])
    assert len(begun) == 3
