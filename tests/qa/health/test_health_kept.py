"""What is kept beside the index is read as its own readers read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index_store.checking.finding import Finding, State
from qa.access.file import AccessFile
from qa.access.keys import Keys
from qa.access.roles import Role
from qa.audit.log import FILE as LOG
from qa.audit.log import AuditLog
from qa.health.kept import check_access, check_log, check_memories, check_ratings
from qa.understanding.translation_memory import TranslationMemory
from tests.qa.audit.entries import entry

RATING = '{"answer_id": "a", "rating": "up", "time": "2026-03-01"}\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    log = AuditLog(tmp_path / LOG)
    for number in range(1, 4):
        log.append(entry(number))
    Keys(AccessFile(tmp_path)).create("cms", Role.READER, (), None)
    TranslationMemory("a model", tmp_path / "translations.sqlite3").put("Who?", {"fr": "Qui ?"})
    (tmp_path / "feedback.jsonl").write_text(RATING)
    return tmp_path


@pytest.mark.parametrize("check", [check_access, check_log, check_memories, check_ratings])
def test_what_is_whole_or_not_there_is_sound(
    home: Path, tmp_path_factory: pytest.TempPathFactory, check: Callable[[Path], Finding]
) -> None:
    assert check(home).state is State.OK
    empty = tmp_path_factory.mktemp("empty")
    assert check(empty).state is State.OK
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (check_access, "access.sqlite3"),
        (check_log, "audit.sqlite3"),
        (check_memories, "translations.sqlite3"),
    ],
)
@pytest.mark.parametrize("raw", [b"overwritten", b"SQLite format 3\0 and no more"])
def test_a_damaged_database_is_told_in_a_line(
    home: Path, check: Callable[[Path], Finding], name: str, raw: bytes
) -> None:
    for beside in home.glob(f"{name}-*"):
        beside.unlink()
    (home / name).write_bytes(raw)
    found = check(home)
    assert found.state is State.WRONG
    assert str(home / name) in found.found
    assert "\n" not in found.found
    assert (home / name).read_bytes() == raw


def test_an_altered_answer_breaks_the_chain(home: Path) -> None:
    with closing(sqlite3.connect(home / LOG)) as connection, connection:
        connection.execute("DROP TRIGGER no_update")
        connection.execute("UPDATE entries SET entry = replace(entry, 'bridge', 'fridge') "
                           "WHERE number = 2")  # fmt: skip
    found = check_log(home)
    assert found.state is State.WRONG
    assert "broken at entry 2 (changed)" in found.found
    assert "restore a backup" in (found.fix or "")


def test_ratings_that_cannot_be_read_are_told_by_their_lines(home: Path) -> None:
    (home / "feedback.jsonl").write_text(f"{RATING}{RATING[:20]}\n" + "no rating\n" * 7)
    found = check_ratings(home)
    assert found.state is State.WRONG
    assert found.found.endswith("in line 2, 3, 4, 5, 6 and 3 others")
