"""SQLite files are looked at and copied as they are, whatever state they are in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index_store import sqlite_files as module
from index_store.sqlite_files import (
    copy_database,
    is_database,
    quick_check,
    read_only_mode,
    set_aside,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "kept.sqlite3"
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("CREATE TABLE kept (text TEXT)")
        connection.executemany("INSERT INTO kept VALUES (?)", [("x" * 500,)] * 100)
    return made


def count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (counted,) = connection.execute("SELECT count(*) FROM kept").fetchone()
    return int(counted)


def test_a_sound_file_is_sound(file: Path) -> None:
    assert is_database(file)
    assert quick_check(file) is None


@pytest.mark.parametrize("damage", [lambda raw: raw[:8192], lambda raw: b"other" + raw[5:]])
def test_a_damaged_file_is_told_in_a_line(file: Path, damage: object) -> None:
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert (quick_check(file) or "\n").count("\n") == 0


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    assert quick_check(tmp_path / "missing")
    assert not (tmp_path / "missing").exists()


def test_a_copy_has_what_others_have_committed_and_nothing_else(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO kept VALUES ('committed, and still in the other file')")
        writer.execute("BEGIN")
        writer.execute("INSERT INTO kept VALUES ('under way')")
        copy_database(file, file.with_name("copy"))
        writer.execute("COMMIT")
    assert (count(file), count(file.with_name("copy"))) == (102, 101)


def test_what_another_user_may_be_writing_is_read_under_its_locks(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_is_writable", lambda file: False)
    assert read_only_mode(file) == "mode=ro"
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO kept VALUES ('waits')")
        assert read_only_mode(file) == "mode=ro"
    assert read_only_mode(file) == "mode=ro&immutable=1"
    assert read_only_mode(file.with_name("missing")) == "mode=ro"


def test_what_is_set_aside_is_whole_under_another_name(file: Path) -> None:
    file.with_name("kept.sqlite3-wal").write_bytes(b"waiting")
    raw = file.read_bytes()
    aside = set_aside(file)
    assert not file.exists()
    assert aside.read_bytes() == raw
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"waiting"
