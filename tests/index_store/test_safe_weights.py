"""Weights are read as numbers, and the bundled ones are those that were published."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from index_store import chroma, embedder
from index_store.embedder import BUNDLED_MODEL, SentenceTransformerEmbedder, bundled_weights
from index_store.errors import EmbedderUnavailable, IndexStoreError
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from tests.index_store.archive import found


def test_other_weights_than_the_published_ones_are_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "model.safetensors"
    monkeypatch.setattr(embedder, "bundled_weights", lambda: other)
    with pytest.raises(EmbedderUnavailable, match="cannot be read"):
        SentenceTransformerEmbedder(BUNDLED_MODEL).embed_query("ferry")
    other.write_bytes(b"other numbers")
    with pytest.raises(EmbedderUnavailable, match="expected the published weights, sha256"):
        SentenceTransformerEmbedder(BUNDLED_MODEL).embed_query("ferry")


def test_weights_that_are_pickled_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bundled_weights().parent, folder)
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch read'\ntR.")
    with pytest.raises(EmbedderUnavailable):
        SentenceTransformerEmbedder(str(folder)).embed_query("ferry")


def test_a_pickle_in_a_home_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as one that came with somebody's backup."""
    small = {"space": "cosine", "sync_threshold": 5, "batch_size": 5}
    monkeypatch.setattr(chroma, "_HNSW", small)
    index = open_index(tmp_path / "home", embedder=HashingEmbedder())
    index.sync(found(f"The library must pay {count}.", f"{count}.txt") for count in range(30))
    (listed,) = (tmp_path / "home").rglob("index_metadata.pickle")
    copied = tmp_path / "copied"
    shutil.copytree(tmp_path / "home", copied)
    ran = tmp_path / "ran"
    hostile = f"cos\nsystem\n(S'touch {ran}'\ntR.".encode()
    (copied / listed.relative_to(tmp_path / "home")).write_bytes(hostile)
    with suppress(IndexStoreError):
        opened = open_index(copied, embedder=HashingEmbedder())
        opened.search("Who must pay?")
        opened.sync(found(f"The court said so {count}.", f"b{count}.txt") for count in range(30))
    assert not ran.exists()
