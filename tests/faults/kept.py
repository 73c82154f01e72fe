"""What a home must not lose: how each thing is stored, and which of them are there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index_store.errors import IndexStoreError
from qa.audit.log import FILE as LOG
from qa.audit.log import AuditLog
from qa.audit.logged import LoggedAnswers, read_entry
from qa.audit.ratings import FILE as RATINGS
from qa.audit.ratings import read_ratings
from qa.backup.making import make_backup
from qa.backup.package import verify
from qa.errors import BadBackup, LogUnavailable, QaError
from qa.evaluation.fakes import REFUSAL
from qa.evaluation.journal import Journal, kept_outcomes
from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import GoldQuestion
from qa.http.feedback import FeedbackLog
from qa.uploads.inbox import FOLDER as UPLOADS
from qa.uploads.inbox import Inbox
from tests.index_store.crashing import made, opened, state
from tests.qa.audit.entries import answer, entry

#: Numbers of an evaluation's questions.
_QUESTIONS = 10_000
_RUN = "a run"


class Refused(Exception):
    """It was not stored, and this is the line that says so."""


#: Stores the thing of a number; returns once it is said to be stored.
Store = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is kept.

    Attributes:
        open: opens a home; the function that stores, and raises `Refused` where it does not.
        found: numbers of the things that are whole in a home.
    """

    open: Callable[[Path], Store]
    found: Callable[[Path], set[int]]


def _articles(home: Path) -> Store:
    try:
        index, _ = opened(home)
    except IndexStoreError as error:
        raise Refused(str(error)) from error

    def store(number: int) -> None:
        try:
            index.sync([made(f"{number}.txt", 0)])
        except IndexStoreError as error:
            raise Refused(str(error)) from error

    return store


def _found_articles(home: Path) -> set[int]:
    index, _ = opened(home)
    broken = state(index)["broken"]
    sources = {article.source for article, _ in index._store.contents()}
    return {int(source.removesuffix(".txt")) for source in sources.difference(broken)}


def _log_entries(home: Path) -> Store:
    log = AuditLog(home / LOG)

    def store(number: int) -> None:
        if said := _warnings(lambda: log.append(entry(number % 28 + 1, answer=answer(number)))):
            raise Refused("\n".join(said))

    return store


def _warnings(work: Callable[[], None]) -> list[str]:
    said: list[str] = []
    listening = logging.Handler(logging.WARNING)
    listening.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("qa").addHandler(listening)
    try:
        work()
    finally:
        logging.getLogger("qa").removeHandler(listening)
    return said


def _found_log_entries(home: Path) -> set[int]:
    if not (home / LOG).exists():
        return set()
    log = LoggedAnswers(home / LOG)
    try:
        checked = log.check()
    except LogUnavailable:
        return set()  # begun, and not one entry in it
    entries = [read_entry(link) for link in log.oldest_first()]
    return {int(one["answer"]["id"], 16) for one in entries[: checked.entries]}


def _feedback(home: Path) -> Store:
    log = FeedbackLog(home / RATINGS)

    def store(number: int) -> None:
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        rating = {"answer_id": str(number), "rating": "up", "comment": "è " * (number % 400)}
        try:
            log.append({"time": time, **rating})
        except OSError as error:
            raise Refused(str(error)) from error

    return store


def _found_feedback(home: Path) -> set[int]:
    return set(map(int, read_ratings(home / RATINGS).latest))


def _uploads(home: Path) -> Store:
    inbox = Inbox(home / UPLOADS)

    def store(number: int) -> None:
        try:
            with inbox.receiving(f"{number}.txt") as arriving:
                arriving.write(_upload(number))
                arriving.keep()
        except QaError as error:
            raise Refused(str(error)) from error

    return store


def _upload(number: int) -> bytes:
    return made(f"{number}.txt", 0).article.text.encode() * (1 + number % 20)


def _found_uploads(home: Path) -> set[int]:
    inbox = Inbox(home / UPLOADS)
    paths = inbox.paths(inbox.waiting())
    numbers = {int(path.stem): path.read_bytes() for path in paths}
    return {number for number, content in numbers.items() if content == _upload(number)}


def _outcomes(home: Path) -> Store:
    try:
        journal = Journal(home / "evaluation", _RUN)
    except QaError as error:
        raise Refused(str(error)) from error

    def store(number: int) -> None:
        try:
            journal.add(Outcome(GoldQuestion(str(number), "Who pays?"), REFUSAL))
        except QaError as error:
            raise Refused(str(error)) from error

    return store


def _found_outcomes(home: Path) -> set[int]:
    golds = [GoldQuestion(str(number), "Who pays?") for number in range(_QUESTIONS)]
    return {int(one.gold.id) for one in kept_outcomes(home / "evaluation", golds)}


def _backups(home: Path) -> Store:
    """Of a home with a log and ratings."""

    def store(number: int) -> None:
        try:
            with suppress(Refused):
                _feedback(home)(number)
            make_backup(home, home.parent / f"{number}.backup")
        except (QaError, IndexStoreError) as error:
            raise Refused(str(error)) from error

    return store


def _found_backups(home: Path) -> set[int]:
    found = set()
    for file in home.parent.glob("*.backup"):
        with suppress(BadBackup):
            verify(file)
            found.add(int(file.stem))
    return found


KINDS: Mapping[str, Kind] = {
    "article": Kind(_articles, _found_articles),
    "log entry": Kind(_log_entries, _found_log_entries),
    "feedback": Kind(_feedback, _found_feedback),
    "upload": Kind(_uploads, _found_uploads),
    "evaluation": Kind(_outcomes, _found_outcomes),
    "backup": Kind(_backups, _found_backups),
}
