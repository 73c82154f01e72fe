"""What `citedesk eval` does: index where the set brings its own articles, run, print, compare."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qa.answerer import Answerer
from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.questions import QuestionSet
from qa.evaluation.reading import read_questions
from qa.evaluation.runner import Outcome, report, run
from qa.printing import measure_lines

_REPORT = "report.json"


def parse_floors(stated: Sequence[str]) -> dict[str, float]:
    """`METRIC=X` by metric.

    Raises:
        BadSetting: not of that form.
    """
    floors = {}
    for text in stated:
        name, equals, value = text.partition("=")
        try:
            floors[name.strip()] = float(value)
        except ValueError:
            equals = ""
        if not equals:
            raise BadSetting(f"--fail-under {text!r}: expected METRIC=X, such as str_em=0.8")
    return floors


def evaluate_set(
    path: Path,
    *,
    open_answerer: Callable[[Path], Answerer],
    home: Path,
    out: Path | None,
    baseline: Path | None,
    floors: Mapping[str, float],
    on_progress: Callable[[int, int], None],
) -> list[str]:
    """Runs a set, prints its numbers, writes its report; a line for every floor that was missed.

    Args:
        open_answerer: opens the answerer of a home; a set that brings its own articles is run in
            a scratch home.

    Raises:
        BadQuestionSet: the set or the baseline cannot be read, or a floor names no metric.
    """
    questions = read_questions(path)
    before = _read_baseline(baseline) if baseline else None
    with ExitStack() as stack:
        if questions.articles:
            scratch = TemporaryDirectory(prefix="citedesk-eval-", ignore_cleanup_errors=True)
            home = Path(stack.enter_context(scratch))
        outcomes = _run(open_answerer(home), questions, on_progress)
    whole = report(outcomes)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        (out / _REPORT).write_text(text, encoding="utf-8")
    print(f"{len(outcomes)} questions")
    print("\n".join(measure_lines(whole["summary"], before)))
    return _missed(whole["summary"], floors)


def _run(
    answerer: Answerer, questions: QuestionSet, on_progress: Callable[[int, int], None]
) -> list[Outcome]:
    if questions.articles:
        answerer.index.sync(questions.articles)
    answerer.index.warm_up()
    outcomes = []
    for outcome in run(answerer, questions.questions):
        outcomes.append(outcome)
        on_progress(len(outcomes), len(questions.questions))
    return outcomes


def _read_baseline(path: Path) -> Mapping[str, float | None]:
    try:
        summary: Any = json.loads(path.read_text(encoding="utf-8"))["summary"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadQuestionSet(
            f"{path}: is not a report of an earlier run; expected the {_REPORT} that --out wrote"
        ) from error
    return dict(summary)


def _missed(summary: Mapping[str, float | None], floors: Mapping[str, float]) -> list[str]:
    unknown = sorted(set(floors) - set(summary))
    if unknown:
        raise BadQuestionSet(
            f"--fail-under: unknown metric {', '.join(unknown)}; known: {', '.join(summary)}"
        )
    return [
        f"{name} is {summary[name]}, below {floor}"
        for name, floor in floors.items()
        if (found := summary[name]) is None or found < floor
    ]
