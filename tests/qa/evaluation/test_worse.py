"""What of a run is not good enough."""

import pytest

from qa.evaluation.comparing import compare
from qa.evaluation.outcome import Outcome
from qa.evaluation.report import report_json
from qa.evaluation.summary import summarise
from qa.evaluation.worse import worse_lines
from tests.qa.evaluation.outcomes import answer, outcome, quoting


def report(*outcomes: Outcome) -> dict[str, object]:
    return report_json(summarise(outcomes), outcomes, questions="set.jsonl", desk="here")


def right(name: str, elapsed_ms: float = 10.0) -> Outcome:
    told = quoting("It is two.", "a.md", probability=0.9)
    return outcome(told, ["a.md"], id=name, elapsed_ms=elapsed_ms, valid=[True],
                   answerable=True, answer_groups=(("two",),), sources=("a.md",))  # fmt: skip


def wrong(name: str) -> Outcome:
    return outcome(answer(probability=0.1), ["a.md"], id=name, answerable=True,
                   answer_groups=(("two",),), sources=("a.md",))  # fmt: skip


ALL_RIGHT = report(*(right(f"q{number}") for number in range(20)))


def test_nothing_is_said_where_all_is_good_enough() -> None:
    same = compare(ALL_RIGHT, ALL_RIGHT)
    assert worse_lines(ALL_RIGHT, same, {"str_em": 1.0, "p95_ms": 10.0}, no_regression=True) == []


@pytest.mark.parametrize(
    ("floors", "told"),
    [
        ({"str_em": 1.1}, "str_em is 1.000, below 1.1"),
        ({"p95_ms": 5.0}, "p95_ms is 10.000, above 5"),
        ({"cost": 1.0}, "cost cannot be told of these questions; expected 1"),
    ],
)
def test_a_floor_that_is_missed_is_told(floors: dict[str, float], told: str) -> None:
    assert worse_lines(ALL_RIGHT, None, floors, no_regression=False) == [told]


def test_the_questions_that_are_wrong_now_are_named() -> None:
    now = report(*(right(f"q{number}") for number in range(19)), wrong("q19"))
    lines = worse_lines(now, compare(ALL_RIGHT, now), {}, no_regression=True)
    assert lines == ["q19 was right and is not any more (refused wrongly): q19?"]
    assert worse_lines(now, compare(ALL_RIGHT, now), {}, no_regression=False) == []


def test_a_metric_that_is_worse_by_more_than_chance_is_told_and_time_is_not() -> None:
    now = report(*(wrong(f"q{number}") for number in range(20)))
    lines = worse_lines(now, compare(ALL_RIGHT, now), {}, no_regression=True)
    assert any(line.startswith("str_em is 0.000 and was 1.000") for line in lines)
    slower = report(*(right(f"q{number}", 500.0) for number in range(20)))
    assert worse_lines(slower, compare(ALL_RIGHT, slower), {}, no_regression=True) == []


def test_of_many_lost_questions_the_first_are_named_and_the_others_counted() -> None:
    before = report(*(right(f"q{number}") for number in range(30)))
    now = report(*(wrong(f"q{number}") for number in range(30)))
    lines = worse_lines(now, compare(before, now), {}, no_regression=True)
    assert sum("was right and is not any more (" in line for line in lines) == 20
    assert "and 10 questions more that were right and are not any more" in lines
