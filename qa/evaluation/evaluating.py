"""An evaluation from a set of questions to a report. Read `evaluate` from the top."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index_store.changes import SyncReport
from qa.answerer import Answerer
from qa.errors import BadSetting
from qa.evaluation.asking import OnOutcome, run
from qa.evaluation.desks import Desk, LocalDesk
from qa.evaluation.journal import Journal, run_digest
from qa.evaluation.judging import Judge
from qa.evaluation.metrics.spending import Prices
from qa.evaluation.questions import QuestionSet
from qa.evaluation.report import report_json
from qa.evaluation.summary import summarise

#: Opens the answerer of a home.
Open = Callable[[Path], Answerer]

#: Told what was done so far with the articles that a set brings.
OnIndexed = Callable[[SyncReport], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a set is run.

    Attributes:
        repeats: how often each question is asked, for models that vary.
        at_once: questions that are asked at the same time; None chooses by who answers.
        prices: of the language model's tokens.
        judge: gives an opinion of each answer, where there is one.
    """

    repeats: int = 1
    at_once: int | None = None
    prices: Prices | None = None
    judge: Judge | None = None

    def __post_init__(self) -> None:
        for name, number in (("--repeat", self.repeats), ("--at-once", self.at_once)):
            if number is not None and number < 1:
                raise BadSetting(f"{name} {number}: expected 1 or more")


def evaluate(
    questions: QuestionSet,
    desk: Desk,
    plan: Plan = Plan(),
    *,
    name: str,
    folder: Path | None = None,
    on_outcome: OnOutcome = lambda done, total, outcome: None,
) -> dict[str, Any]:
    """Runs a set and measures what came of it; the report as JSON.

    Args:
        name: of the set.
        folder: where the finished part is kept, so that a run that is stopped goes on there.

    Raises:
        UnfinishedRun: the folder holds part of another run.
        EmptyIndex: there is nothing to answer from.
        ServerUnavailable: the server does not answer.
    """
    asked = questions.questions
    with ExitStack() as stack:
        journal = None
        if folder is not None:
            kept = Journal(folder, run_digest(asked, plan.repeats, desk.state))
            journal = stack.enter_context(closing(kept))
        outcomes = run(
            asked,
            desk,
            repeats=plan.repeats,
            at_once=plan.at_once or desk.at_once,
            judge=plan.judge,
            journal=journal,
            on_outcome=on_outcome,
        )
    summary = summarise(outcomes, plan.prices)
    return report_json(summary, outcomes, questions=name, desk=desk.name)


@contextmanager
def local_desk(
    questions: QuestionSet,
    home: Path,
    open_answerer: Open,
    on_indexed: OnIndexed = lambda report: None,
) -> Iterator[Desk]:
    """The index that a set is asked of: a home's, or one made for the articles that it brings.

    Args:
        on_indexed: told what was done so far with the articles that the set brings.
    """
    if not questions.articles:
        yield LocalDesk(open_answerer(home), str(home))
        return
    with TemporaryDirectory(prefix="citedesk-eval-", ignore_cleanup_errors=True) as scratch:
        answerer = open_answerer(Path(scratch))
        answerer.index.sync(questions.articles, progress=on_indexed)
        yield LocalDesk(answerer, "the articles of the set")
