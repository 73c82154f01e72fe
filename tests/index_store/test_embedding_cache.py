"""A text is embedded once, whatever becomes of the home, and the cache is never in the way."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Passage, Span
from index_store.embedder import Embedder
from index_store.embedding_cache import CachedEmbedder, EmbeddingCache, user_cache_folder
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.identity import weights_identity
from index_store.models import EmbeddedPassage
from tests.index_store.archive import article, found, passages

PAY = "The library must pay. The court said so today."
KEY, OTHER = b"a" * 16, b"b" * 16


class Counting(HashingEmbedder):
    """Counts the passages that it embeds."""

    embedded = 0

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        self.embedded += len(passages)
        return super().embed_passages(passages)


class Renamed(Counting):
    """The same, by another name."""

    @property
    def name(self) -> str:
        return "renamed"


def cached(folder: Path, embedder: Embedder) -> CachedEmbedder:
    return CachedEmbedder(embedder, EmbeddingCache(folder))


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("*.sqlite3")
    return file


def test_a_home_that_is_made_anew_embeds_nothing_and_finds_the_same(tmp_path: Path) -> None:
    archive = [found(f"{PAY} It is case {n}.", f"{n}.txt") for n in range(30)]
    searched = []
    for round_ in range(2):
        embedder = Counting()
        # Chroma would keep a folder of the same name open within this process.
        home = tmp_path / f"home-{round_}"
        index = open_index(home, embedder=embedder, cache=tmp_path / "cache")
        assert index.sync(archive).added == 30
        assert embedder.embedded == (30 if round_ == 0 else 0)
        hits = index.search("Who must pay in case 7?", language="en").hits
        searched.append([(hit.passage, hit.score, hit.sentence_cosines) for hit in hits])
        rmtree(home)
    assert searched[0] == searched[1]


def test_without_a_folder_for_it_nothing_is_cached(tmp_path: Path) -> None:
    for home in ("one", "other"):
        embedder = Counting()
        open_index(tmp_path / home, embedder=embedder).sync([found(PAY)])
        assert embedder.embedded == 1


def test_what_is_embedded_again_is_what_is_new(tmp_path: Path) -> None:
    old, new = passages(article(PAY)), passages(article("It rains. Nobody came."))
    embedder = Counting()
    cached(tmp_path, embedder).embed_passages(old)
    before = embedder.embedded
    again = cached(tmp_path, embedder).embed_passages([*new, *old, *new])
    assert embedder.embedded == before + len(new)
    assert [each.passage for each in again] == [*new, *old, *new]


def test_vectors_come_back_as_they_were(tmp_path: Path) -> None:
    some = passages(article(PAY + " Nobody had expected it, not even the mayor of the town."))
    made = Counting().embed_passages(some)
    for _ in range(2):
        for one, kept in zip(made, cached(tmp_path, Counting()).embed_passages(some), strict=True):
            assert one.passage == kept.passage
            assert np.array_equal(one.vector, kept.vector)
            assert kept.vector.dtype == kept.sentence_vectors.dtype == np.float32
            assert np.allclose(one.sentence_vectors, kept.sentence_vectors, atol=0.01)


def test_the_same_words_in_two_articles_are_embedded_once(tmp_path: Path) -> None:
    some = [passages(article(PAY, source=name), 50)[0] for name in ("a.txt", "b.txt")]
    embedder = Counting()
    kept = cached(tmp_path, embedder).embed_passages(some)
    assert embedder.embedded == 1
    assert [each.passage for each in kept] == some


def test_what_decides_the_vectors_decides_what_is_found(tmp_path: Path) -> None:
    (whole,) = passages(article(PAY), 50)
    (joined,) = [replace(whole, sentences=(Span(whole.start, whole.end),))]
    moved = replace(
        whole,
        start=whole.start + 9,
        end=whole.end + 9,
        sentences=tuple(Span(start + 9, end + 9) for start, end in whole.sentences),
    )
    embedder = Counting()
    for passage, embedded in ((whole, 1), (joined, 2), (moved, 2), (whole, 2)):
        cached(tmp_path, embedder).embed_passages([passage])
        assert embedder.embedded == embedded
    for another in (Counting(window=9), Counting(dimensions=32), Renamed()):
        cached(tmp_path, another).embed_passages([whole])
        assert another.embedded == 1


def test_weights_that_change_in_their_folder_are_another_model(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"1234")
    before = weights_identity(str(tmp_path))
    assert weights_identity(str(tmp_path)) == before
    os.utime(tmp_path / "weights", ns=(1, 1))
    assert weights_identity(str(tmp_path)) != before


def test_of_a_model_from_a_hub_the_revision_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    assert weights_identity("some/model") == ""
    for revision in ("1" * 40, "2" * 40):
        model = tmp_path / "models--some--model"
        (model / "snapshots" / revision).mkdir(parents=True)
        (model / "snapshots" / revision / "config.json").write_text("{}")
        (model / "refs").mkdir(exist_ok=True)
        (model / "refs" / "main").write_text(revision)
        assert weights_identity("some/model") == revision


def test_the_folder_is_the_users_own_for_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/users/ada")
    assert user_cache_folder({"XDG_CACHE_HOME": "/x"}) == Path("/x/citedesk")
    for environment in ({}, {"XDG_CACHE_HOME": ""}, {"XDG_CACHE_HOME": "relative"}):
        assert user_cache_folder(environment) == Path("/users/ada/.cache/citedesk")


# The file


@given(st.dictionaries(st.binary(min_size=1, max_size=16), st.binary(max_size=50), max_size=20))
def test_what_is_put_is_got(
    tmp_path_factory: pytest.TempPathFactory, values: dict[bytes, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    EmbeddingCache(folder).put(values)
    assert EmbeddingCache(folder).get([*values, b"unknown, and of 17 bytes"]) == values


def test_more_keys_than_one_question_may_hold(tmp_path: Path) -> None:
    values = {str(n).encode(): b"x" for n in range(1_201)}
    EmbeddingCache(tmp_path).put(values)
    assert EmbeddingCache(tmp_path).get(list(values)) == values


def test_the_oldest_make_room(tmp_path: Path) -> None:
    limit = 1_000_000
    cache = EmbeddingCache(tmp_path, limit)
    for n in range(40):
        cache.put({f"{n}.{m}".encode(): b"x" * 3_000 for m in range(25)})
        assert the_file(tmp_path).stat().st_size < 2 * limit
    assert cache.get([b"0.0", b"20.0"]) == {}
    assert set(cache.get([b"39.0", b"39.24"])) == {b"39.0", b"39.24"}


def damage_all(file: Path) -> None:
    file.write_bytes(b"this is not a database, and it is longer than its header" * 100)


def damage_the_middle(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [damage_all, damage_the_middle])
def test_a_damaged_file_is_begun_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: type
) -> None:
    EmbeddingCache(tmp_path).put({KEY: b"x" * 9_000, OTHER: b"y" * 9_000})
    damage(the_file(tmp_path))
    cache = EmbeddingCache(tmp_path)
    assert cache.get([KEY, OTHER]) == {}
    cache.put({KEY: b"new"})
    assert EmbeddingCache(tmp_path).get([KEY]) == {KEY: b"new"}
    (said,) = caplog.messages
    assert "is damaged" in said
    assert "\n" not in said


def test_a_value_of_another_length_is_made_anew(tmp_path: Path) -> None:
    some = passages(article(PAY))
    embedder = Counting()
    own = cached(tmp_path, embedder)
    own.embed_passages(some)
    with sqlite3.connect(the_file(tmp_path)) as connection:
        connection.execute("UPDATE kept SET value = x'00112233'")
    connection.close()
    before = embedder.embedded
    own.embed_passages(some)
    assert embedder.embedded == before + len(some)


def goes_on_and_says_so_once(cache: EmbeddingCache, caplog: pytest.LogCaptureFixture) -> None:
    embedder = Counting()
    own = CachedEmbedder(embedder, cache)
    some = passages(article(PAY))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert [each.passage for each in own.embed_passages(some)] == some
    assert embedder.embedded == 3 * len(some)
    (said,) = caplog.messages
    assert "embeddings cannot be kept there" in said
    assert "set CITEDESK_CACHE to another folder, or to off" in said
    assert "\n" not in said


@pytest.mark.parametrize("place", ["file/cache", "/proc/citedesk", "folder"])
def test_a_folder_that_cannot_be_written_is_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder" / "embeddings-1.sqlite3").mkdir(parents=True)
    goes_on_and_says_so_once(EmbeddingCache(tmp_path / place), caplog)


def test_a_full_disk_is_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def connect_to_full_disk(*args: object, **kwargs: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_full_disk)
    goes_on_and_says_so_once(EmbeddingCache(tmp_path), caplog)
    assert "full" in caplog.messages[0]


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from index_store.embedding_cache import EmbeddingCache\n"
        "cache = EmbeddingCache(Path(sys.argv[1]))\n"
        "for n in range(60): cache.put({f'{sys.argv[2]}.{n}.{m}'.encode(): b'x' * 500"
        " for m in range(20)})"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), name],
            stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for name in "ab"
    ]  # fmt: skip
    for process in running:
        assert process.communicate(timeout=100)[1] == ""
    keys = [f"{name}.{n}.{m}".encode() for name in "ab" for n in range(60) for m in range(20)]
    assert len(EmbeddingCache(tmp_path).get(keys)) == len(keys)
