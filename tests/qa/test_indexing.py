"""Runs over real files: what is read, what is left alone, and what is told on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean_body
from corpus.errors import NothingToRead, UnreadableFile
from corpus.reading import ReadingOptions
from index_store.changes import SyncReport
from index_store.fakes import memory_index
from index_store.index import ArticleIndex
from qa.indexing import Progress, index_paths, preview_paths

#: Modules of the index that compare or write the layout.
STAMPED = ("changes", "fakes", "index")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    lines = [json.dumps({"id": n, "text": f"The library must pay {n}."}) for n in range(5)]
    (folder / "export.jsonl").write_text("\n".join(lines))
    (folder / "page.html").write_text("<html><body><article><p>The ferry was late.</article>")
    (folder / "story.md").write_text("---\ntitle: A story\n---\nThe mayor resigned.")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were cleaned: what was read, and not only looked at."""
    texts: list[str] = []
    clean = clean_body

    def counting(text: str, title: str | None = None) -> Any:
        texts.append(text)
        return clean(text, title)

    monkeypatch.setattr("corpus.reading.clean_body", counting)
    return texts


def test_unchanged_content_is_not_read_twice(archive: Path, read: list[str]) -> None:
    index = memory_index()
    assert index_paths(index, [archive]) == SyncReport(added=7)
    assert len(read) == 7
    assert index_paths(index, [archive]) == SyncReport(unchanged=7)
    assert len(read) == 7


def test_of_a_changed_export_only_the_changed_line_is_read(archive: Path, read: list[str]) -> None:
    index = memory_index()
    index_paths(index, [archive])
    read.clear()
    export = archive / "export.jsonl"
    export.write_text(export.read_text().replace("must pay 3.", "need not pay 3."))
    assert index_paths(index, [archive]) == SyncReport(updated=1, unchanged=6)
    assert read == ["The library need not pay 3."]


def test_other_bytes_of_the_same_article_are_read_once_more_and_then_known(
    archive: Path, read: list[str]
) -> None:
    index = memory_index()
    index_paths(index, [archive])
    (archive / "story.md").write_text("---\ntitle: A story\n---\n\nThe mayor resigned.\n")
    read.clear()
    assert index_paths(index, [archive]) == SyncReport(unchanged=7)
    assert index_paths(index, [archive]) == SyncReport(unchanged=7)
    assert len(read) == 1


def test_a_new_layout_reads_and_splits_everything_again(
    archive: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = memory_index()
    index_paths(index, [archive])
    found = index.search("ferry").hits[0]
    for module in (
        "corpus.reading",
        "index_store.changes",
        "index_store.fakes",
        "index_store.index",
    ):
        monkeypatch.setattr(f"{module}.LAYOUT", "the next one")
    assert index.summary().outdated == 7
    assert index_paths(index, [archive]) == SyncReport(updated=7)
    assert len(read) == 14
    assert (index.summary().passages, index.summary().outdated) == (7, 0)
    assert index.search("ferry").hits[0].passage == found.passage
    assert index_paths(index, [archive]) == SyncReport(unchanged=7)


def test_other_options_are_other_content(archive: Path) -> None:
    index = memory_index()
    index_paths(index, [archive])
    options = ReadingOptions(metadata={"publisher": "The Courier"})
    assert index_paths(index, [archive], options=options) == SyncReport(updated=7)
    assert set(index.summary().publishers) == {"The Courier"}


def test_an_article_knows_when_it_was_indexed(archive: Path) -> None:
    index = memory_index()
    index_paths(index, [archive])
    article = index.search("ferry").hits[0].article
    assert article.indexed is not None
    assert article.published is None
    (archive / "page.html").write_text("<html><body><article><p>The ferry was late.</article> ")
    index_paths(index, [archive])
    assert index.search("ferry").hits[0].article.indexed == article.indexed


def test_progress_ends_with_every_byte_and_every_article(archive: Path) -> None:
    told: list[Progress] = []
    (archive / "bad.txt").write_bytes(b"\xff")
    index_paths(memory_index(), [archive], on_progress=told.append)
    size = sum(file.stat().st_size for file in archive.iterdir())
    assert (told[-1].done, told[-1].total, told[-1].articles) == (size, size, 7)
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert all(step.done <= size for step in told)


def test_a_preview_tells_what_a_run_does(archive: Path) -> None:
    index = memory_index()
    index_paths(index, [archive])
    (archive / "story.md").write_text("The mayor stays.")
    (archive / "page.html").unlink()
    (archive / "new.txt").write_text("A new story.")
    told: list[tuple[str, str]] = []
    preview = preview_paths(
        index.catalogue(),
        [archive],
        prune=True,
        on_change=lambda kind, origin: told.append((kind, Path(origin).name)),
    )
    assert told == [("added", "new.txt"), ("updated", "story.md"), ("removed", "page.html")]
    assert preview == SyncReport(added=1, updated=1, unchanged=5, removed=1)
    assert index_paths(index, [archive], prune=True) == preview


def test_an_unreadable_file_with_a_hash_in_its_name_is_not_pruned(archive: Path) -> None:
    index = memory_index()
    (archive / "story #2.txt").write_text("A second story.")
    index_paths(index, [archive])
    (archive / "story #2.txt").write_bytes(b"\xff")
    assert index_paths(index, [archive], prune=True) == SyncReport(unchanged=7)


def test_where_nothing_could_be_read_a_preview_fails_as_a_run_does(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    with pytest.raises(NothingToRead, match="none of the 1 files could be read"):
        preview_paths((), [tmp_path])
    with pytest.raises(NothingToRead, match="none of the 1 files could be read"):
        index_paths(memory_index(), [tmp_path])


def rows(folder: Path, *texts: str) -> Path:
    """An export without ids of its own, so that equal rows are one article."""
    lines = [json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)]
    (folder / "rows.jsonl").write_text("\n".join(lines))
    return folder / "rows.jsonl"


def stored(index: ArticleIndex) -> set[str]:
    return {index.articles([entry.article_id])[entry.article_id].text
            for entry in index.catalogue()}  # fmt: skip


@pytest.mark.parametrize("edited", [("Other.", "Same."), ("Same.", "Other.")], ids=["1st", "2nd"])
def test_of_two_equal_rows_one_is_edited_and_the_other_is_kept(
    tmp_path: Path, edited: tuple[str, str]
) -> None:
    index = memory_index()
    index_paths(index, [rows(tmp_path, "Same.", "Same.")])
    index_paths(index, [rows(tmp_path, *edited)])
    assert stored(index) == {"Same.", "Other."}
    assert index.search("same").hits
    assert index.search("other").hits
    assert index_paths(index, [rows(tmp_path, *edited)]) == SyncReport(unchanged=2)


TEXTS = st.lists(st.sampled_from(["One.", "Two.", "Three.", "Four."]), min_size=1, max_size=4)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_after_a_pruning_run_just_what_the_file_holds_is_stored(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[str]]
) -> None:
    """Rows change, swap, move up, and are equal to one another; ids follow their places."""
    folder = tmp_path_factory.mktemp("rows")
    index = memory_index()
    for texts in versions:
        index_paths(index, [rows(folder, *texts)], prune=True)
        assert stored(index) == set(texts)
        assert len({entry.origin for entry in index.catalogue()}) == len(set(texts))


def test_rows_that_take_more_room_than_their_file_do_not_pass_its_end(tmp_path: Path) -> None:
    told: list[Progress] = []
    (tmp_path / "a.csv").write_text("title,text\n" + "t,é\n" * 1 + "u,\u2026\n" * 1)
    index_paths(memory_index(), [tmp_path], on_progress=told.append)
    assert max(step.done for step in told) == (tmp_path / "a.csv").stat().st_size


def test_an_embargoed_file_is_named_with_the_end_of_its_embargo(archive: Path) -> None:
    skipped: list[UnreadableFile] = []
    (archive / "story.meta.yaml").write_text("embargo_until: 2999-01-01")
    report = index_paths(memory_index(), [archive], on_skip=skipped.append)
    assert report == SyncReport(added=6, withheld=1)
    assert [str(error) for error in skipped] == [
        f"{archive / 'story.md'}: is under embargo until 2999-01-01; a run after that takes it in"
    ]
