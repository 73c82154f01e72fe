"""Sets with a question a line or row: all of them are checked, those that are asked are kept.

Only questions that may be asked are held in memory, and of every other one a number that tells
its id: a million lines pass in bounded memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.rows import Row
from qa.errors import BadQuestionSet
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading.problems import Problems, shown
from qa.evaluation.reading.record import gold_question
from qa.evaluation.selecting import Selection

#: Questions of one run. At 20 ms each, so many take half an hour.
MOST_QUESTIONS = 100_000

Rows = Iterable[Row | UnreadableFile]


def read_rows(
    path: Path, rows: Callable[[], Rows], selection: Selection
) -> tuple[GoldQuestion, ...]:
    """The questions that are asked, once every row has been checked.

    Args:
        rows: begins at the first row; called again where what is asked lies far behind in a set
            of more than `MOST_QUESTIONS`.

    Raises:
        BadQuestionSet: a row is wrong, there is none, or too many are asked.
        BadSetting: no question has a tag that is asked for.
    """
    problems = Problems(path)
    most = min(MOST_QUESTIONS, selection.limit or MOST_QUESTIONS)
    kept: list[GoldQuestion] = []
    tags: set[str] = set()
    total = admitted = 0
    for question in _checked(rows(), problems):
        total += 1
        tags.update(question.tags)
        if selection.admits(question):
            admitted += 1
            if len(kept) < most:
                kept.append(question)
    problems.check()
    if not total:
        raise BadQuestionSet(f"{path}: holds no question; expected one a line, or one a row")
    selection.check_tags(tags)
    positions = selection.positions(admitted)
    check_size(path, len(positions))
    if positions[-1] < len(kept):
        return tuple(kept[position] for position in positions)
    again = filter(selection.admits, _checked(rows(), problems))
    chosen = set(positions)
    picked = islice(
        (question for position, question in enumerate(again) if position in chosen), len(chosen)
    )
    return tuple(picked)


def check_size(path: Path, asked: int) -> None:
    """Raises `BadQuestionSet` where more is asked than one run takes."""
    if asked > MOST_QUESTIONS:
        raise BadQuestionSet(
            f"{path}: has {asked:,} questions to ask, and one run takes up to {MOST_QUESTIONS:,}; "
            f"choose among them with --limit N, --sample N or --tag TAG"
        )


def _checked(rows: Rows, problems: Problems) -> Iterator[GoldQuestion]:
    # By the ids' hashes, eight bytes each: of 1e6 ids two have the same with p < 3e-8.
    lines_by_id: dict[int, int] = {}
    for row in rows:
        if isinstance(row, UnreadableFile):
            problems.add(row.reason)
            continue
        found = gold_question(row.stated, row.line)
        if not isinstance(found, GoldQuestion):
            for problem in found:
                problems.add(f"line {row.line}: {problem}")
            continue
        first = lines_by_id.setdefault(hash(found.id), row.line)
        if first != row.line:
            problems.add(repeated_id(f"line {row.line}", found.id, f"line {first}"))
        yield found


def repeated_id(where: str, identifier: str, first: str) -> str:
    """What is said of an id that was used before."""
    return f"{where}: the id {shown(identifier)} is that of {first}; give each an id of its own"
