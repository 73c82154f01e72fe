"""The finished part of a run, kept as it grows, so that a run that was killed goes on.

JSON Lines: what is asked of whom, then an outcome a line. A process that dies while it writes
leaves half a line, which is asked again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from qa.errors import OutdatedRun, UnfinishedRun
from qa.evaluation.outcome import Outcome, outcome_from_json, outcome_json
from qa.evaluation.questions import GoldQuestion

#: Under the folder of a run's report.
FILE = "unfinished.jsonl"

#: A question and which of its runs.
Key = tuple[str, int]


class Journal:
    """The outcomes of one run so far.

    Args:
        folder: of the run's report; made where it is not there.
        run: what tells this run from others; see `run_digest`.

    Raises:
        OutdatedRun: what the folder holds is part of another run.
        UnfinishedRun: it cannot be written.
    """

    def __init__(self, folder: Path, run: str) -> None:
        self._path = folder / FILE
        self._run = run
        self._lock = Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lines = self._read()
            # What was cut off is gone before anything is written behind it. Nothing is written
            # anew, for which there may be no room.
            kept = "".join(f"{line}\n" for line in self._lines)
            self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            os.truncate(self._file, len(kept.encode()))
        except OSError as error:
            raise UnfinishedRun(f"{folder}: cannot be written ({error.strerror})") from error
        if not self._lines:
            self._write({"run": run})

    def finished(self, questions: Sequence[GoldQuestion]) -> Iterator[Outcome]:
        """The outcomes that are there already."""
        yield from _outcomes(self._lines[1:], questions)

    def add(self, outcome: Outcome) -> None:
        """Keeps one more; threads may add at the same time.

        Raises:
            UnfinishedRun: it cannot be written; all before it stay.
        """
        self._write(outcome_json(outcome))

    def close(self) -> None:
        """Closes the file, which stays until it is forgotten."""
        os.close(self._file)

    def _write(self, record: dict[str, Any]) -> None:
        line = f"{json.dumps(record, ensure_ascii=False)}\n".encode()
        with self._lock:
            try:
                before = os.fstat(self._file).st_size
                if os.write(self._file, line) != len(line):
                    os.truncate(self._file, before)  # a full disk took a part of it
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError as error:
                raise UnfinishedRun(
                    f"{self._path}: cannot be written ({error.strerror}); make room there, and run "
                    f"this again: what is finished is kept"
                ) from error

    def _read(self) -> list[str]:
        """Whole lines of the same run."""
        lines = _whole_lines(self._path)
        if len(lines) < 2:
            return []  # nothing of it was asked
        if json.loads(lines[0]).get("run") != self._run:
            raise OutdatedRun(
                f"{self._path}: belongs to a run of other questions, or of another archive or "
                f"model, that was not finished; choose another --out, or begin anew with --restart"
            )
        return lines


def kept_outcomes(folder: Path, questions: Sequence[GoldQuestion]) -> Iterator[Outcome]:
    """What a folder keeps of a run of these questions that is not finished, if anything."""
    yield from _outcomes(_whole_lines(folder / FILE)[1:], questions)


def kept_count(folder: Path) -> int:
    """How many outcomes a folder keeps of a run that is not finished."""
    return max(0, len(_whole_lines(folder / FILE)) - 1)


def _whole_lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    *lines, _ = text.split("\n")
    return lines


def _outcomes(lines: Sequence[str], questions: Sequence[GoldQuestion]) -> Iterator[Outcome]:
    golds = {gold.id: gold for gold in questions}
    for line in lines:
        record = json.loads(line)
        yield outcome_from_json(record, golds[record["id"]])


def forget(folder: Path) -> None:
    """Removes what is kept of a run: its report is written, or it is to begin anew.

    Raises:
        UnfinishedRun: it cannot be removed.
    """
    try:
        (folder / FILE).unlink(missing_ok=True)
    except OSError as error:
        raise UnfinishedRun(f"{folder / FILE}: cannot be removed ({error.strerror})") from error


def run_digest(questions: Sequence[GoldQuestion], repeats: int, desk: str) -> str:
    """What tells a run from others: its questions, how often they are asked, and of whom."""
    told = hashlib.sha256(f"{desk}\n{repeats}".encode())
    for gold in questions:
        told.update(repr(gold).encode())
    return told.hexdigest()
