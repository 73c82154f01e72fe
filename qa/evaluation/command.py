"""What `citedesk eval` does: read, ask, report, compare; then whether the run is good enough."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.comparing import compare
from qa.evaluation.desks import Desk
from qa.evaluation.evaluating import Open, Plan, evaluate, local_desk
from qa.evaluation.journal import forget
from qa.evaluation.metrics.spending import Prices
from qa.evaluation.metrics.table import BY_NAME
from qa.evaluation.outcome import Outcome
from qa.evaluation.printing import comparison_lines, figure_lines
from qa.evaluation.questions import QuestionSet
from qa.evaluation.reports import write_report
from qa.evaluation.server_desk import ServerDesk
from qa.evaluation.worse import worse_lines


@dataclass(frozen=True, slots=True)
class Demands:
    """What a run must come to.

    Attributes:
        floors: the least value of a metric, or the most where less is better.
        no_regression: whether nothing may be worse than in the baseline.
    """

    floors: Mapping[str, float]
    no_regression: bool = False


def parse_floors(stated: Sequence[str]) -> dict[str, float]:
    """`METRIC=X` by metric.

    Raises:
        BadSetting: not of that form, or there is no such metric.
    """
    floors = {}
    for text in stated:
        name, _, value = text.partition("=")
        try:
            floors[name.strip()] = float(value)
        except ValueError:
            raise BadSetting(
                f"--fail-under {text!r}: expected METRIC=X, such as str_em=0.8"
            ) from None
        if name.strip() not in BY_NAME:
            raise BadSetting(
                f"--fail-under {text!r}: there is no metric {name.strip()!r}; "
                f"known: {', '.join(BY_NAME)}"
            )
    return floors


def parse_prices(stated: str) -> Prices:
    """`READ,WRITTEN`, of a million tokens each.

    Raises:
        BadSetting: not of that form.
    """
    try:
        prompt, reply = map(float, stated.split(","))
    except ValueError:
        raise BadSetting(
            f"--prices {stated!r}: expected two numbers, such as 0.15,0.60: of a million tokens "
            f"that the model reads, and that it writes"
        ) from None
    return Prices(prompt, reply)


def evaluate_set(
    questions: QuestionSet,
    plan: Plan,
    demands: Demands,
    *,
    name: str,
    home: Path,
    open_answerer: Open,
    url: str | None,
    key: str | None,
    out: Path | None,
    baseline: Path | None,
    restart: bool,
    on_progress: Callable[[int, int], None],
    say: Callable[[str], None],
) -> list[str]:
    """Runs a set, prints its numbers, writes its report; a line for all that is not good enough.

    Args:
        url, key: of the server that is asked, and of its API; the index of `home` is asked where
            there is none.
        out: folder of the report, where what is finished of a run is kept as well.
        say: told what the reader should know meanwhile.

    Raises:
        BadQuestionSet: the baseline cannot be read, or the set brings articles and is to be asked
            of a server.
        BadSetting: a regression from nothing.
        UnfinishedRun, ServerUnavailable, EmptyIndex: see `evaluate`.
    """
    if demands.no_regression and baseline is None:
        raise BadSetting("--fail-on-regression needs the run to compare with: --baseline FILE")
    before = _read_baseline(baseline) if baseline else None
    for warning in questions.warnings:
        say(warning)
    if out and restart:
        forget(out)

    def on_outcome(done: int, total: int, outcome: Outcome) -> None:
        if outcome.error:
            say(f"{outcome.gold.id}: {outcome.error}")
        on_progress(done, total)

    with ExitStack() as stack:
        desk = _desk(stack, questions, home, open_answerer, url, key)
        report = evaluate(questions, desk, plan, name=name, folder=out, on_outcome=on_outcome)
    comparison = compare(before, report) if before else None
    if out:
        write_report(out, report, comparison)
        forget(out)
    print("\n".join(figure_lines(report)))
    if comparison:
        print("\n".join(comparison_lines(comparison)))
    return worse_lines(report, comparison, demands.floors, no_regression=demands.no_regression)


def _desk(
    stack: ExitStack,
    questions: QuestionSet,
    home: Path,
    open_answerer: Open,
    url: str | None,
    key: str | None,
) -> Desk:
    if url is None:
        return stack.enter_context(local_desk(questions, home, open_answerer))
    if questions.articles:
        raise BadQuestionSet(
            "the set brings its own articles, which a server does not have; run it without --url"
        )
    return ServerDesk(url, key)


def _read_baseline(path: Path) -> Mapping[str, Any]:
    try:
        report: Any = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(report["outcomes"], list):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadQuestionSet(
            f"{path}: is not a report of an earlier run; expected the report.json that --out wrote"
        ) from error
    return dict(report)
