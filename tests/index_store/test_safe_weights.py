"""Weights are read as numbers, and the bundled ones are those that were published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index_store import embedder
from index_store.embedder import BUNDLED_MODEL, SentenceTransformerEmbedder, bundled_weights
from index_store.errors import EmbedderUnavailable


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
