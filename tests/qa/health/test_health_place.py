"""The home itself is looked at: there or not, writable, with room, closed to others."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from index_store.checking.finding import State
from qa.health.place import check_home, check_permissions, check_space, close_to_others


def test_a_home_is_told_with_what_is_in_it(tmp_path: Path) -> None:
    assert check_home(tmp_path).state is State.OK


def test_a_home_that_is_missing_or_no_folder_is_told(tmp_path: Path) -> None:
    assert "there is no such folder" in check_home(tmp_path / "missing").found
    (tmp_path / "file").touch()
    assert "cannot be read" in check_home(tmp_path / "file").found
    assert not (tmp_path / "missing").exists()


def test_a_home_of_another_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anything
    found = check_home(tmp_path)
    assert found.state is State.WRONG
    assert "cannot be written" in found.found


@pytest.mark.parametrize(("free", "state"), [(10**9, State.OK), (10**8, State.WRONG)])
def test_a_disk_that_is_nearly_full_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    assert check_space(tmp_path).state is state


@pytest.mark.parametrize("name", ["access.sqlite3", "audit.sqlite3", "feedback.jsonl"])
def test_what_others_can_read_is_told_and_closed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    (tmp_path / name).chmod(0o644)
    found = check_permissions(tmp_path)
    assert (found.state, name in found.found) == (State.WRONG, True)
    close_to_others(tmp_path)
    assert check_permissions(tmp_path).state is State.OK
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
