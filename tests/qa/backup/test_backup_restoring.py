"""A home comes out of its backup as it was, into an empty home or over what is set aside."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from index_store.errors import IndexBusy
from index_store.lock import LOCK, WriteLock
from index_store.sqlite_files import quick_check
from qa.access.file import AccessFile
from qa.access.keys import Keys
from qa.access.roles import Role
from qa.answer import Answer
from qa.answerer import Answerer
from qa.audit.log import FILE as LOG
from qa.audit.log import AuditLog
from qa.audit.logged import LoggedAnswers
from qa.backup import making
from qa.backup.making import make_backup
from qa.backup.restoring import restore
from qa.errors import BadBackup
from tests.index_store.checking.homes import copied, make_home, opened
from tests.qa.audit.entries import entry

RATING = '{"answer_id": "a", "rating": "up", "time": "2026-03-01"}\n'


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with something of all that is kept."""
    home = make_home(tmp_path_factory.mktemp("whole") / "home")
    ask(home)
    Keys(AccessFile(home)).create("cms", Role.READER, (), None)
    (home / "feedback.jsonl").write_text(RATING)
    (home / "question-sets").mkdir()
    (home / "question-sets" / "ours.jsonl").write_text('{"question": "Who?"}\n')
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return copied(whole, tmp_path / "home")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.tar.gz"


def ask(home: Path) -> Answer:
    answerer = Answerer(opened(home), log=AuditLog(home / LOG), today=lambda: date(2026, 3, 1))
    return answerer.ask("Who will inspect the bridge in March?")


def kept(home: Path) -> set[str]:
    return {path.name for path in home.iterdir() if not path.name.endswith(".lock")}


def test_a_restored_home_gives_the_same_answer_from_the_same_place(
    home: Path, file: Path, tmp_path: Path
) -> None:
    made = make_backup(home, file)
    assert made.remarks == ()
    assert made.contents.counts["articles"] == 31
    assert made.contents.counts["answers"] == 1
    restored = tmp_path / "restored"
    assert restore(file, restored).aside is None
    before, after = ask(home), ask(restored)
    assert before.citations
    assert [(one.passage_id, one.start, one.end, one.quote) for one in before.citations] == [
        (one.passage_id, one.start, one.end, one.quote) for one in after.citations
    ]
    assert Keys(AccessFile(restored)).all() == Keys(AccessFile(home)).all()
    assert LoggedAnswers(restored / LOG).check().fault is None
    assert LoggedAnswers(restored / LOG).check().entries == 2
    assert (restored / "feedback.jsonl").read_text() == RATING
    assert (restored / "question-sets" / "ours.jsonl").exists()


def test_what_is_derived_or_of_the_moment_is_not_in_it(
    home: Path, file: Path, tmp_path: Path
) -> None:
    (home / "before-restore-2026").mkdir()
    (home / "translations.sqlite3.damaged-2026").write_bytes(b"damaged")
    (home / "outside").symlink_to("/etc/passwd")
    assert make_backup(home, file).remarks == ("outside is a link, and not in it",)
    restore(file, tmp_path / "restored")
    assert kept(tmp_path / "restored") == {
        "chroma", "audit.sqlite3", "access.sqlite3", "feedback.jsonl", "question-sets",
        "version.json",
    }  # fmt: skip


def test_answers_that_are_logged_meanwhile_leave_the_chain_whole(
    home: Path, file: Path, tmp_path: Path
) -> None:
    stop = threading.Event()

    def log_on() -> None:
        log, number = AuditLog(home / LOG), 1
        while not stop.is_set():
            log.append(entry(number % 28 + 1))
            number += 1

    writing = threading.Thread(target=log_on)
    writing.start()
    try:
        for number in range(3):
            make_backup(home, file, force=True)
            restore(file, tmp_path / f"restored-{number}")
            checked = LoggedAnswers(tmp_path / f"restored-{number}" / LOG).check()
            assert (checked.fault, checked.entries > 0) == (None, True)
    finally:
        stop.set()
        writing.join()


def test_a_file_that_is_there_is_replaced_only_by_force(home: Path, file: Path) -> None:
    file.write_bytes(b"mine")
    with pytest.raises(BadBackup, match="is there already"):
        make_backup(home, file)
    assert file.read_bytes() == b"mine"
    make_backup(home, file, force=True)
    assert file.stat().st_mode & 0o777 == 0o600


def test_there_is_never_half_a_backup(
    home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "pack", run_full)
    file.write_bytes(b"the one before")
    with pytest.raises(BadBackup, match="No space left on device"):
        make_backup(home, file, force=True)
    assert file.read_bytes() == b"the one before"
    assert {path.name for path in file.parent.iterdir()} == {"home", "backup.tar.gz"}


def test_a_damaged_log_is_no_backup_that_looks_whole(home: Path, file: Path) -> None:
    for beside in home.glob("audit.sqlite3-*"):
        beside.unlink()
    (home / LOG).write_bytes(b"SQLite format 3\0 and no more")
    assert quick_check(home / LOG)
    with pytest.raises(BadBackup, match="cannot be made"):
        make_backup(home, file)
    assert not file.exists()


def test_nothing_is_backed_up_of_what_is_no_home(tmp_path: Path, file: Path) -> None:
    with pytest.raises(BadBackup, match="there is no home"):
        make_backup(tmp_path / "missing", file)


def test_a_backup_in_the_home_itself_is_refused(home: Path) -> None:
    with pytest.raises(BadBackup, match="lies in the home"):
        make_backup(home, home / "question-sets" / "backup.tar.gz")


def test_a_home_that_is_not_empty_is_left_alone(home: Path, file: Path) -> None:
    make_backup(home, file)
    before = kept(home)
    with pytest.raises(BadBackup, match="is not empty"):
        restore(file, home)
    assert kept(home) == before


def test_by_force_what_was_there_is_set_aside_whole(home: Path, file: Path) -> None:
    make_backup(home, file)
    (home / "feedback.jsonl").write_text(RATING * 2)
    before = kept(home)
    aside = restore(file, home, force=True).aside
    assert aside is not None
    assert kept(aside) == before
    assert (aside / "feedback.jsonl").read_text() == RATING * 2
    assert (home / "feedback.jsonl").read_text() == RATING
    assert ask(home).citations


def test_a_backup_that_is_not_whole_changes_nothing(home: Path, file: Path) -> None:
    make_backup(home, file)
    raw = bytearray(file.read_bytes())
    middle = len(raw) // 2
    # More than a bit, which gzip may have no use for.
    raw[middle : middle + 64] = bytes(byte ^ 0xFF for byte in raw[middle : middle + 64])
    file.write_bytes(raw)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    with pytest.raises(BadBackup, match="nothing was changed"):
        restore(file, home, force=True)
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_a_backup_that_does_not_fit_is_refused(
    home: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(home, file)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=100_000_000))
    with pytest.raises(BadBackup, match="make room"):
        restore(file, tmp_path / "restored")
    assert kept(tmp_path / "restored") == set()


def test_no_home_is_replaced_while_something_is_indexed_into_it(home: Path, file: Path) -> None:
    make_backup(home, file)
    before = kept(home)
    with WriteLock(home / LOCK), pytest.raises(IndexBusy):
        restore(file, home, force=True)
    assert kept(home) == before
