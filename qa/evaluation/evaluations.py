"""All that a server evaluates with: the sets of its home, kept runs, and the one under way."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from qa.answerer import Answerer
from qa.evaluation.background import Runner
from qa.evaluation.desks import Desk
from qa.evaluation.evaluating import OnIndexed, Open, local_desk
from qa.evaluation.questions import QuestionSet
from qa.evaluation.runs import KeptRuns
from qa.evaluation.sets import QuestionSets

#: Under the home: the sets, and what came of each run.
SETS = "question-sets"
RUNS = "evaluations"


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What the page that runs question sets works on."""

    folder: Path
    sets: QuestionSets
    runs: KeptRuns
    runner: Runner


def open_evaluations(home: Path, answerer: Answerer, open_scratch: Open) -> Evaluations:
    """The evaluations of a home.

    Args:
        answerer: whose answers are evaluated; the log of answers gets none of them.
        open_scratch: opens the folder that is indexed for a set that brings its own articles.
    """
    asked = answerer.unlogged()

    def desk(questions: QuestionSet, on_indexed: OnIndexed) -> AbstractContextManager[Desk]:
        def opened(folder: Path) -> Answerer:
            return asked if folder == home else open_scratch(folder)

        return local_desk(questions, home, opened, on_indexed)

    runs = KeptRuns(home / RUNS)
    return Evaluations(home / SETS, QuestionSets(home / SETS), runs, Runner(runs, desk))
