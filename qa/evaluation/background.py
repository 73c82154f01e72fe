"""The evaluation that a server is at: one at a time, in a thread of its own.

Whoever asks sees how far it is. What is finished is kept in the run's folder as it comes, so that
a run goes on after it was stopped, or after the server ended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from index_store.changes import SyncReport
from index_store.errors import IndexStoreError
from qa.errors import OutdatedRun, QaError, RunUnderWay
from qa.evaluation.asking import OnOutcome
from qa.evaluation.comparing import Comparison, compare
from qa.evaluation.desks import Desk
from qa.evaluation.evaluating import OnIndexed, Plan, evaluate
from qa.evaluation.journal import forget, kept_outcomes
from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import QuestionSet
from qa.evaluation.reading import read_questions
from qa.evaluation.reports import write_report
from qa.evaluation.runs import KeptRun, KeptRuns, Order, run_questions, run_report
from qa.evaluation.why import Why, is_judged, why

#: Questions that are asked at the same time, at most: readers ask the same index and model.
AT_ONCE = 2

#: Failed questions that are told while a run goes on; the report has all of them.
TOLD = 20

#: Questions after which the time that is left can be guessed.
_ENOUGH = 5

#: The index that a set is asked of.
OpenDesk = Callable[[QuestionSet, OnIndexed], AbstractContextManager[Desk]]


class Phase(StrEnum):
    """Where a run is."""

    PREPARING = "preparing"  # opens the index, or makes one for the articles of the set
    ASKING = "asking"
    STOPPING = "stopping"  # waits for the answer that is on its way
    MEASURING = "measuring"
    DONE = "done"
    STOPPED = "stopped"
    OUTDATED = "outdated"  # the archive is another one than when it was stopped
    FAILED = "failed"

    @property
    def is_under_way(self) -> bool:
        return self not in (Phase.DONE, Phase.STOPPED, Phase.OUTDATED, Phase.FAILED)


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that failed, for the list of them."""

    id: str
    question: str
    language: str | None
    why: Why


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        indexed, articles: of the articles that the set brings.
        right, wrong: of the answers so far; those that the set does not judge are neither.
        failed: the newest first, at most `TOLD`.
        seconds_left: None where it cannot be guessed yet.
        error: why it failed; None where nobody foresaw it.
    """

    run: KeptRun
    phase: Phase = Phase.PREPARING
    indexed: int = 0
    articles: int = 0
    done: int = 0
    total: int = 0
    right: int = 0
    wrong: int = 0
    failed: tuple[Failed, ...] = ()
    seconds_left: float | None = None
    error: str | None = None

    def with_all(self, outcomes: Sequence[Outcome]) -> Progress:
        """With these answers."""
        return reduce(Progress.after, outcomes, self)

    def after(self, outcome: Outcome) -> Progress:
        """With one more answer."""
        reason, done = why(outcome), self.done + 1
        if reason is None:
            return replace(self, done=done, right=self.right + is_judged(outcome.gold))
        gold = outcome.gold
        newest = Failed(gold.id, gold.question, gold.language, reason)
        failed = (newest, *self.failed)[:TOLD]
        return replace(self, done=done, wrong=self.wrong + 1, failed=failed)


class Runner:
    """Runs one set at a time."""

    def __init__(self, runs: KeptRuns, open_desk: OpenDesk) -> None:
        self._runs = runs
        self._open_desk = open_desk
        self._lock = Lock()
        self._progress: Progress | None = None
        self._stopping = Event()
        self._thread: Thread | None = None

    @property
    def progress(self) -> Progress | None:
        """Of the run that is under way, or of the last one; None where there was none yet."""
        return self._progress

    def start(self, order: Order, path: Path) -> None:
        """Begins a run of the set in a file; does not wait for it.

        Raises:
            BadQuestionSet: something in the set is wrong.
            RunUnderWay: another run is not finished.
        """
        questions = read_questions(path, selection=order.selection)
        with self._lock:
            self._check_free()
            self._launch(self._runs.begin(order, path), questions)

    def go_on(self, run: KeptRun) -> None:
        """Goes on with a run that is not finished; does not wait for it; raises as `start`."""
        questions = run_questions(run)
        with self._lock:
            self._check_free()
            self._launch(run, questions)

    def stop(self) -> None:
        """Ends the run after the answer that is on its way; what is finished is kept."""
        self._stopping.set()
        with self._lock:
            if self._progress and self._progress.phase in (Phase.PREPARING, Phase.ASKING):
                self._progress = replace(self._progress, phase=Phase.STOPPING)

    def close(self) -> None:
        """Stops, and waits until all that is finished is kept."""
        self.stop()
        if self._thread:
            self._thread.join()

    def _check_free(self) -> None:
        if self._progress and self._progress.phase.is_under_way:
            raise RunUnderWay(self._progress.run.order.questions)

    def _launch(self, run: KeptRun, questions: QuestionSet) -> None:
        self._stopping = Event()
        self._progress = Progress(
            run, articles=len(questions.articles), total=len(questions.questions)
        )
        # A server that ends does not wait for it; what is finished is in the folder.
        self._thread = Thread(
            target=self._run, args=(run, questions), name="evaluating", daemon=True
        )
        self._thread.start()

    def _run(self, run: KeptRun, questions: QuestionSet) -> None:
        phase, error = Phase.FAILED, None  # what nobody foresaw goes to the thread's own hook
        try:
            run = self._finish(run, self._evaluate(run, questions))
            phase = Phase.DONE
        except _Stopped:
            phase = Phase.STOPPED
        except OutdatedRun:
            phase = Phase.OUTDATED
        except (QaError, IndexStoreError) as found:
            error = str(found)
        finally:
            self._tell(lambda now: replace(now, run=run, phase=phase, error=error))

    def _evaluate(self, run: KeptRun, questions: QuestionSet) -> dict[str, Any]:
        with self._open_desk(questions, self._on_indexed) as desk:
            before = list(kept_outcomes(run.folder, questions.questions))
            self._tell(lambda now: replace(now.with_all(before), phase=Phase.ASKING))
            self._check_stopped()
            return evaluate(
                questions,
                desk,
                Plan(at_once=min(AT_ONCE, desk.at_once)),
                name=run.order.questions,
                folder=run.folder,
                on_outcome=self._watch(len(before)),
            )

    def _watch(self, before: int) -> OnOutcome:
        """Tells of each outcome, and ends the run where a reader has stopped it."""
        began = monotonic()

        def on_outcome(done: int, total: int, outcome: Outcome) -> None:
            each = (monotonic() - began) / (done - before)
            left = each * (total - done) if done - before >= _ENOUGH else None
            self._tell(lambda now: replace(now.after(outcome), seconds_left=left))
            if done < total:
                self._check_stopped()
            else:
                self._tell(lambda now: replace(now, phase=Phase.MEASURING))

        return on_outcome

    def _finish(self, run: KeptRun, report: dict[str, Any]) -> KeptRun:
        write_report(run.folder, report, compared(self._runs, run, report, run.order.against))
        finished = self._runs.finish(run, report)
        forget(run.folder)
        return finished

    def _on_indexed(self, report: SyncReport) -> None:
        self._tell(lambda now: replace(now, indexed=report.added))
        self._check_stopped()

    def _check_stopped(self) -> None:
        if self._stopping.is_set():
            raise _Stopped

    def _tell(self, change: Callable[[Progress], Progress]) -> None:
        with self._lock:
            assert self._progress is not None
            self._progress = change(self._progress)


class _Stopped(Exception):
    """A reader has stopped the run."""


def compared(
    runs: KeptRuns, run: KeptRun, report: dict[str, Any], against: str | None
) -> Comparison | None:
    """The comparison of a run with an earlier one of the same set; None without one.

    Raises:
        UnknownRun: the earlier one is not there, or not finished.
    """
    if against is None:
        return None
    return compare(run_report(runs.find(run.order.questions, against)), report)
