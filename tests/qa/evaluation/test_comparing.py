"""Two reports side by side."""

from __future__ import annotations

from typing import Any

import pytest

from qa.errors import BadQuestionSet
from qa.evaluation.comparing import compare


def _report(*outcomes: tuple[str, dict[str, float]], question: str = "Who?") -> dict[str, Any]:
    return {
        "outcomes": [
            {"id": name, "question": question, "tags": [], "measures": measures}
            for name, measures in outcomes
        ]
    }


def test_only_questions_that_both_runs_have_are_compared_and_the_others_named() -> None:
    before = _report(("a", {"right": 1}), ("b", {"right": 0}), ("gone", {"right": 1}))
    after = _report(("b", {"right": 1}), ("a", {"right": 1}), ("new", {"right": 0}))
    found = compare(before, after)
    assert (found.only_before, found.only_after) == (("gone",), ("new",))
    assert (found.questions.won, found.questions.lost, found.questions.tied) == (("b",), (), ("a",))
    (delta,) = found.deltas
    # 1/2 before, 1 after.
    assert (delta.name, delta.before, delta.after, delta.change) == ("right", 0.5, 1, 0.5)


def test_the_interval_of_a_change_is_of_pairs() -> None:
    # Values differ widely from question to question, and by 0.1 from run to run.
    before = _report(*((str(i), {"mrr": i / 10}) for i in range(9)))
    after = _report(*((str(i), {"mrr": i / 10 + 0.1}) for i in range(9)))
    (delta,) = compare(before, after).deltas
    assert (delta.low, delta.high) == pytest.approx((0.1, 0.1))


def test_questions_are_won_by_any_measure_that_is_asked_for() -> None:
    before = _report(("a", {"elapsed_ms": 30.0}), ("b", {"elapsed_ms": 10.0}))
    after = _report(("a", {"elapsed_ms": 20.0}), ("b", {"elapsed_ms": 15.0}))
    found = compare(before, after, by="elapsed_ms").questions
    assert (found.won, found.lost) == (("a",), ("b",))


def test_several_runs_of_a_question_count_by_their_mean() -> None:
    before = _report(("a", {"right": 1}), ("a", {"right": 0}), ("b", {"right": 1}))
    after = _report(("a", {"right": 1}), ("b", {"right": 0.0}), ("b", {"right": 1}))
    found = compare(before, after)
    assert (found.questions.won, found.questions.lost) == (("a",), ("b",))
    assert found.questions.change == 0


def test_an_id_that_stands_for_another_question_is_not_compared() -> None:
    found = compare(_report(("a", {"right": 1})), _report(("a", {"right": 0}), question="When?"))
    assert found.reworded == ("a",)
    assert (found.questions.lost, found.deltas) == ((), ())


def test_a_run_compared_with_itself_has_not_changed() -> None:
    run = _report(*((str(i), {"right": float(i % 2), "answerable": 1.0}) for i in range(9)))
    found = compare(run, run)
    assert (found.questions.p, found.questions.won, found.questions.lost) == (1, (), ())
    assert [(delta.change, delta.low, delta.high) for delta in found.deltas] == [(0, 0, 0)]


@pytest.mark.parametrize("report", [{}, {"outcomes": [1]}, {"outcomes": [{"id": "a"}]}])
def test_what_is_no_report_is_named_with_what_was_expected(report: dict[str, Any]) -> None:
    with pytest.raises(BadQuestionSet, match=r"the earlier run.*--out"):
        compare(report, _report())
