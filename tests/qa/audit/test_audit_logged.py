"""The log is read as it stands, and what cannot be read is one clear line."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from qa.audit.chain import Link
from qa.audit.log import FILE, AuditLog
from qa.audit.logged import LoggedAnswers, read_entry
from qa.errors import LogUnavailable, UnknownEntry
from tests.qa.audit.entries import answer, entry, filled


@pytest.fixture
def logged(tmp_path: Path) -> LoggedAnswers:
    """Twelve entries, one a day from 1 March 2026."""
    return LoggedAnswers(filled(tmp_path / FILE, 12))


def numbers(links: list[Link]) -> list[int]:
    return [link.number for link in links]


def test_the_newest_come_first_and_no_more_than_asked_for(logged: LoggedAnswers) -> None:
    assert numbers(logged.newest(3)) == [12, 11, 10]
    assert numbers(logged.newest(3, since="2026-03-11")) == [12, 11]
    assert logged.newest(3, since="2026-03-13") == []


def test_all_come_in_the_order_in_which_they_were_given(logged: LoggedAnswers) -> None:
    assert numbers(list(logged.oldest_first())) == list(range(1, 13))
    assert numbers(list(logged.oldest_first(since="2026-03-10"))) == [10, 11, 12]


def test_answers_are_found_by_their_whole_ids_the_newest_first(logged: LoggedAnswers) -> None:
    ids = [f"{number:032x}" for number in (3, 11)]
    assert numbers(list(logged.of_answers([*ids, "0", "unknown"]))) == [11, 3]
    assert numbers(list(logged.of_answers(ids, since="2026-03-04"))) == [11]
    assert list(logged.of_answers([])) == []


def test_refusals_are_found_the_newest_first(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / FILE)
    for number, refused in enumerate((True, False, True, False), start=1):
        log.append(entry(number, answer=answer(number, refused=refused)))
    logged = LoggedAnswers(tmp_path / FILE)
    assert numbers(list(logged.refused())) == [3, 1]
    assert numbers(list(logged.refused(since="2026-03-02"))) == [3]


def test_an_entry_is_found_by_number_by_id_and_by_the_beginning_of_its_id(
    logged: LoggedAnswers,
) -> None:
    assert logged.find("11").number == 11
    assert logged.find(f"{11:032x}").number == 11
    assert logged.find(f"{11:032x}"[:-1] + "b").number == 11
    assert logged.find("0" * 31 + "c").number == 12


@pytest.mark.parametrize("identifier", ["", "13", "zz", "%", "f" * 32, "9" * 40, "-1", "١"])
def test_what_no_entry_is_called_is_said_so(logged: LoggedAnswers, identifier: str) -> None:
    with pytest.raises(UnknownEntry, match="no logged answer has the number or id"):
        logged.find(identifier)


def test_a_beginning_that_several_ids_have_is_not_enough(logged: LoggedAnswers) -> None:
    with pytest.raises(UnknownEntry, match="several answers have ids that begin with 000"):
        logged.find("0" * 31)


def test_where_there_is_no_log_it_says_how_one_begins(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="no log of answers; the first answer"):
        LoggedAnswers(tmp_path / FILE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"This is no database. " * 99])
def test_a_file_that_is_no_log_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    logged = LoggedAnswers(tmp_path / FILE)
    for read in (logged.check, lambda: logged.newest(1), lambda: logged.find("1")):
        with pytest.raises(LogUnavailable, match="cannot be read as a log"):
            read()


@pytest.mark.parametrize("text", ["{", "[]", "7", "\ufffd", "{}", '{"layout":99}'])
def test_an_entry_that_is_no_entry_any_more_says_what_to_run(text: str) -> None:
    with pytest.raises(LogUnavailable, match=r"entry 3 .* citedesk log verify"):
        read_entry(Link(3, "", text, ""))


def test_a_chain_that_grows_while_it_is_checked_is_whole(tmp_path: Path) -> None:
    log, enough = AuditLog(tmp_path / FILE), Event()
    log.append(entry())

    def write() -> None:
        while not enough.is_set():
            log.append(entry())

    writing = Thread(target=write)
    writing.start()
    seen: set[int] = set()
    try:
        while len(seen) < 10:
            checked = LoggedAnswers(tmp_path / FILE).check()
            assert checked.fault is None
            seen.add(checked.entries)
    finally:
        enough.set()
        writing.join()
