"""Evaluations that are kept: a folder for each, with its set as it was and all that came of it.

`FOLDER/set.jsonl/2026-11-24T234103Z/` holds `run.json` (what was asked for, and the headline once
it is finished), a copy of the set under its own name, the finished part while it is not
(`journal.FILE`), and the report.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import UnfinishedRun, UnknownRun
from qa.evaluation.questions import QuestionSet
from qa.evaluation.reading import read_questions
from qa.evaluation.selecting import Selection

_ABOUT = "run.json"
_REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for.

    Attributes:
        questions: name of the set.
        limit, sample: see `Selection`.
        against: the earlier run of the same set to compare with, by its name.
    """

    questions: str
    limit: int | None = None
    sample: int | None = None
    against: str | None = None

    @property
    def selection(self) -> Selection:
        return Selection(limit=self.limit, sample=self.sample)


@dataclass(frozen=True, slots=True)
class Headline:
    """What a finished run came to.

    Attributes:
        answers: how many there were.
        right, low, high: share of them that is right in all, with its interval; None where the set
            does not say what is right.
    """

    answers: int
    right: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in its folder; `headline` is None until it is finished."""

    folder: Path
    order: Order
    begun: datetime
    headline: Headline | None = None

    @property
    def name(self) -> str:
        return self.folder.name


class KeptRuns:
    """The runs under a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, order: Order, questions: Path, now: datetime | None = None) -> KeptRun:
        """A folder for a new run, with a copy of its set.

        Args:
            now: in any time zone.

        Raises:
            UnfinishedRun: it cannot be written.
        """
        begun = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        try:
            run = KeptRun(self._new_folder(order.questions, begun), order, begun)
            shutil.copyfile(questions, run.folder / order.questions)
            _write(run)
        except OSError as error:
            raise UnfinishedRun(
                f"{error.filename}: cannot be written ({error.strerror})"
            ) from error
        return run

    def of(self, questions: str) -> tuple[KeptRun, ...]:
        """The runs of a set, the newest first."""
        folders = (self._folder / questions).glob(f"*/{_ABOUT}")
        runs = [_read(path.parent) for path in folders]
        return tuple(sorted(runs, key=lambda run: (run.begun, run.name), reverse=True))

    def find(self, questions: str, name: str) -> KeptRun:
        """A run by its set and its name.

        Raises:
            UnknownRun: there is none.
        """
        # Compared with what is there, so that no name leads out of the folder.
        sets = {path.name for path in self._folder.glob("*/")}
        runs = self.of(questions) if questions in sets else ()
        for run in runs:
            if run.name == name:
                return run
        raise UnknownRun(f"no run {name!r} of {questions!r} is kept here")

    def finish(self, run: KeptRun, report: Mapping[str, Any]) -> KeptRun:
        """The run with its headline, which its folder then has too."""
        right = report["figures"]["right"]
        headline = Headline(report["questions"], right["value"], right["low"], right["high"])
        finished = replace(run, headline=headline)
        _write(finished)
        return finished

    def _new_folder(self, questions: str, begun: datetime) -> Path:
        name = begun.strftime("%Y-%m-%dT%H%M%SZ")
        folder, number = self._folder / questions / name, 1
        while True:
            try:
                folder.mkdir(parents=True)
                return folder
            except FileExistsError:  # two runs within a second
                number += 1
                folder = folder.with_name(f"{name}-{number}")


def run_questions(run: KeptRun) -> QuestionSet:
    """The questions that a run asks, as its set was when it began."""
    return read_questions(run.folder / run.order.questions, selection=run.order.selection)


def run_report(run: KeptRun) -> dict[str, Any]:
    """The report of a finished run.

    Raises:
        UnknownRun: it has none, or it cannot be read.
    """
    path = run.folder / _REPORT
    try:
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnknownRun(
            f"{path}: cannot be read; expected the report of a finished run"
        ) from error
    return report


def _write(run: KeptRun) -> None:
    about = {
        "order": asdict(run.order),
        "begun": run.begun.isoformat(),
        "headline": asdict(run.headline) if run.headline else None,
    }
    # Written aside and put in place, so that no reader finds half of it.
    aside = run.folder / f".{_ABOUT}"
    aside.write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    aside.replace(run.folder / _ABOUT)


def _read(folder: Path) -> KeptRun:
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    headline = Headline(**about["headline"]) if about["headline"] else None
    return KeptRun(
        folder, Order(**about["order"]), datetime.fromisoformat(about["begun"]), headline
    )
