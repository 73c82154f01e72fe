"""The log only grows, whoever writes at once and whenever a process dies."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.audit.chain import GENESIS, link_hash
from qa.audit.log import FILE, AuditLog, open_log
from qa.audit.logged import LoggedAnswers, read_entry
from qa.settings import Settings, Switch
from tests.qa.audit.entries import append, entry, filled

ENTRIES = 6

# A process that logs so many answers, and says so after each.
_WRITER = """
import sys
from pathlib import Path
from qa.audit.log import AuditLog
from tests.qa.audit.entries import entry
log = AuditLog(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    log.append(entry(number % 28 + 1))
    print(number, flush=True)
"""
# A process that begins each log as soon as its folder is there.
_BEGINNER = """
import sys, time
from pathlib import Path
from qa.audit.log import AuditLog
from tests.qa.audit.entries import entry
print("ready", flush=True)
for file in map(Path, sys.argv[1:]):
    while not file.parent.exists():
        time.sleep(0.0005)
    AuditLog(file).append(entry())
"""


class Process:
    """A process of its own, and what it prints."""

    def __init__(self, code: str, *words: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        )  # fmt: skip
        assert self._process.stdout is not None
        self._printed = self._process.stdout

    def line(self) -> str:
        """What it prints next; waits for it."""
        return self._printed.readline()

    def rest(self) -> list[str]:
        """The lines that it prints until it ends."""
        # Not communicate(), which does not see what was read ahead.
        with self._process:
            return self._printed.read().splitlines()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / FILE


def test_entries_are_numbered_and_each_follows_on_the_one_before(file: Path) -> None:
    links = list(LoggedAnswers(filled(file, 3)).oldest_first())
    assert [link.number for link in links] == [1, 2, 3]
    assert [link.previous for link in links] == [GENESIS, links[0].hash, links[1].hash]
    assert [read_entry(link)["question"] for link in links] == [
        f"Who pays for bridge {number}?" for number in (1, 2, 3)
    ]


def test_another_process_goes_on_where_the_last_one_ended(file: Path) -> None:
    filled(file, 2)
    filled(file, 2)
    assert LoggedAnswers(file).check().entries == 4


def test_only_its_owner_can_read_it(file: Path) -> None:
    log = AuditLog(file)
    log.append(entry())
    assert len(list(file.parent.iterdir())) == 3  # with what SQLite keeps beside it
    assert {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET entry = '{}' WHERE number = 2",
        "UPDATE entries SET number = 9 WHERE number = 3",
        "DELETE FROM entries WHERE number = 3",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries (number, previous, entry, hash) "
        "SELECT 2, hash, '{}', 'x' FROM entries WHERE number = 3",
        "INSERT INTO entries (previous, entry, hash) VALUES ('x', '{}', 'x')",
    ],
)
def test_sql_can_change_nothing_of_it(file: Path, statement: str) -> None:
    filled(file, 3)
    with (
        closing(sqlite3.connect(file)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"only grows|follows on the last"),
    ):
        connection.execute(statement)
    assert LoggedAnswers(file).check().entries == 3


def test_threads_and_processes_that_write_at_once_make_one_chain(file: Path) -> None:
    processes = [Process(_WRITER, file, 40) for _ in range(3)]
    log = AuditLog(file)
    threads = [Thread(target=append, args=(log, 20)) for _ in range(3)]
    for process in processes:
        process.line()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for process in processes:
        assert process.rest() == [str(number) for number in range(1, 40)]
    checked = LoggedAnswers(file).check()
    assert (checked.fault, checked.entries) == (None, 3 * 40 + 3 * 20)


def test_logs_that_several_processes_begin_at_once_miss_no_entry(tmp_path: Path) -> None:
    files = [tmp_path / str(attempt) / FILE for attempt in range(60)]
    processes = [Process(_BEGINNER, *files) for _ in range(4)]
    for process in processes:
        process.line()
    for file in files:
        file.parent.mkdir()
        time.sleep(0.02)
    assert [process.rest() for process in processes] == [[]] * 4
    assert {LoggedAnswers(file).check().entries for file in files} == {4}


def test_a_process_that_is_killed_leaves_a_whole_chain_with_all_that_it_had_logged(
    file: Path,
) -> None:
    before = 0
    for lines in (1, 2, 5, 13, 34):
        process = Process(_WRITER, file, 100_000)
        for _ in range(lines):
            process.line()
        process.kill()
        logged = lines + len(process.rest())
        checked = LoggedAnswers(file).check()
        assert checked.fault is None
        # It may have died between writing an entry and saying so.
        assert checked.entries - before in (logged, logged + 1)
        before = checked.entries


PLACES: dict[str, Callable[[Path], Path]] = {
    "no folder": lambda folder: folder / "gone" / FILE,
    "a folder in its place": lambda folder: folder,
    "another file in its place": lambda folder: _written(folder / FILE),
}


def _written(file: Path) -> Path:
    file.write_text("This is no database, and long enough to be seen as none. " * 9)
    return file


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_an_entry_that_cannot_be_kept_is_one_warning_that_names_the_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, place: Callable[[Path], Path]
) -> None:
    log = AuditLog(place(tmp_path))
    for _ in range(2):
        caplog.clear()
        log.append(entry(7))
        (line,) = caplog.messages
        assert f"the answer {7:032x} was given but could not be logged" in line
        assert "CITEDESK_AUDIT=off" in line
        assert "\n" not in line


def test_a_full_disk_loses_the_entry_alone_and_the_next_one_is_kept(
    file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(file, 2)
    connect = sqlite3.connect

    def connect_to_full_disk(*args: object, **kwargs: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    log = AuditLog(file)
    with monkeypatch.context() as full:
        full.setattr(sqlite3, "connect", connect_to_full_disk)
        log.append(entry(3, translations={"fr": "x" * 50_000}))
    assert "full" in caplog.messages[0]
    log.append(entry(4))
    checked = LoggedAnswers(file).check()
    assert (checked.fault, checked.entries) == (None, 3)


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    assert open_log(Settings(home=tmp_path, audit=Switch.OFF)) is None
    log = open_log(Settings(home=tmp_path))
    assert log is not None
    log.append(entry())
    assert (tmp_path / FILE).exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log that SQL can change: the same rows in a plain table, without a trigger."""
    file = filled(tmp_path_factory.mktemp("whole") / FILE, ENTRIES)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(
            "CREATE TABLE plain (number INTEGER PRIMARY KEY AUTOINCREMENT, previous, entry, hash);"
            "INSERT INTO plain SELECT number, previous, entry, hash FROM entries;"
            "DROP TABLE entries; ALTER TABLE plain RENAME TO entries; PRAGMA journal_mode=DELETE"
        )
    return file


class Tampering(NamedTuple):
    """Statements, and the first entry that they touch; `link` is the hash of a link."""

    statements: list[str]
    at: int


@st.composite
def tamperings(draw: st.DrawFn) -> Tampering:
    at = draw(st.integers(1, ENTRIES))
    other = draw(st.integers(1, ENTRIES).filter(lambda number: number != at))
    cut = draw(st.integers(1, 64))
    column = draw(st.sampled_from(["previous", "entry", "hash"]))
    flipped = draw(st.sampled_from(
        [f"substr({column}, 1, {cut - 1}) || '~' || substr({column}, {cut + 1})",
         f"substr({column}, {cut + 1})", f"{column} || ' '", "NULL", "x'ff00'", "7"]
    ))  # fmt: skip
    before = f"coalesce((SELECT hash FROM entries WHERE number = {at - 1}), '{GENESIS}')"
    kinds = {
        "change": [f"UPDATE entries SET {column} = {flipped} WHERE number = {at}"],
        "renumber": [f"UPDATE entries SET number = {ENTRIES + at} WHERE number = {at}"],
        "remove": [f"DELETE FROM entries WHERE number = {at}"],
        "cut": [f"DELETE FROM entries WHERE number >= {at}"],
        "swap": [
            f"UPDATE entries SET number = -1 WHERE number = {at}",
            f"UPDATE entries SET number = {at} WHERE number = {other}",
            f"UPDATE entries SET number = {other} WHERE number = -1",
        ],
        "insert": [
            f"UPDATE entries SET number = -number WHERE number >= {at}",
            "UPDATE entries SET number = 1 - number WHERE number < 0",
            f"INSERT INTO entries SELECT {at}, {before}, '{{}}', link({before}, '{{}}')",
        ],
        "replace": [
            f"UPDATE entries SET entry = '{{}}', hash = link(previous, '{{}}') WHERE number = {at}"
        ],
    }
    kind = draw(st.sampled_from(sorted(kinds)))
    return Tampering(kinds[kind], min(at, other) if kind == "swap" else at)


@settings(max_examples=300)
@given(tampering=tamperings())
def test_whatever_is_done_to_the_file_is_seen_where_it_was_done(
    tampering: Tampering, whole: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("tampered") / FILE
    shutil.copy(whole, file)
    head = LoggedAnswers(file).check().head
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.create_function("link", 2, link_hash)
        for statement in tampering.statements:
            connection.execute(statement)
    assert LoggedAnswers(file).check(head).fault is not None
    alone = LoggedAnswers(file).check()
    if alone.fault is None:
        # Only the last entry, whose hash nothing follows on, can be replaced without a trace.
        assert tampering.at == ENTRIES
    else:
        # What was inserted or replaced fits itself: the entry behind it does not follow on.
        assert alone.number in (tampering.at, tampering.at + 1)
