"""A cache that is damaged is told, and is never in the way."""

from __future__ import annotations

from pathlib import Path

from index_store.checking.cache import check_cache
from index_store.checking.finding import State
from index_store.embedding_cache import EmbeddingCache, cache_file


def test_a_cache_is_sound_that_is_off_empty_or_whole(tmp_path: Path) -> None:
    assert check_cache(None).state is State.OK
    assert check_cache(tmp_path).state is State.OK
    EmbeddingCache(tmp_path).put({b"key": b"vector"})
    assert check_cache(tmp_path).state is State.OK


def test_a_damaged_cache_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    EmbeddingCache(tmp_path).put({bytes([n]): bytes(5000) for n in range(100)})
    file = cache_file(tmp_path)
    file.write_bytes(file.read_bytes()[:8192])
    left = file.read_bytes()
    found = check_cache(tmp_path)
    assert found.state is State.WRONG
    assert str(file) in found.found
    assert file.read_bytes() == left


def test_a_cache_in_what_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = check_cache(tmp_path / "file")
    assert found.state is State.WRONG
    assert "CITEDESK_CACHE" in (found.fix or "")
