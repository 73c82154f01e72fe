"""Which questions of a set are asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import BadSetting
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.selecting import Selection, select

QUESTIONS = tuple(
    GoldQuestion(str(n), "Who?", tags=("even",) if n % 2 == 0 else ("odd", "late")[:n])
    for n in range(20)
)


def _ids(selection: Selection) -> list[int]:
    return [int(question.id) for question in select(QUESTIONS, selection)]


def test_all_are_asked_where_nothing_is_chosen() -> None:
    assert select(QUESTIONS, Selection()) == QUESTIONS


def test_a_limit_takes_the_first() -> None:
    assert _ids(Selection(limit=3)) == [0, 1, 2]
    assert len(_ids(Selection(limit=99))) == 20


def test_any_of_several_tags_is_enough_and_the_limit_counts_what_has_one() -> None:
    assert _ids(Selection(tags=("late",), limit=3)) == [3, 5, 7]
    assert _ids(Selection(tags=("late", "even"))) == [n for n in range(20) if n != 1]


def test_a_tag_that_no_question_has_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadSetting, match=r"--tag 'evn': .* there are: 'even', 'late', 'odd'"):
        select(QUESTIONS, Selection(tags=("even", "evn")))


def test_a_sample_of_a_seed_is_always_the_same() -> None:
    # Pinned: a run of next year is compared with one of today.
    assert _ids(Selection(sample=5, seed=7)) == PINNED
    assert _ids(Selection(sample=5, seed=8)) != PINNED


PINNED = [1, 2, 4, 10, 12]


@pytest.mark.parametrize("option", ["limit", "sample"])
def test_a_number_below_1_is_refused(option: str) -> None:
    with pytest.raises(BadSetting, match=f"--{option} 0: expected 1 or more"):
        Selection(**{option: 0})  # type: ignore[arg-type]


@given(
    count=st.integers(0, 50),
    limit=st.none() | st.integers(1, 60),
    sample=st.none() | st.integers(1, 60),
    seed=st.integers(),
)
def test_as_many_as_can_be_are_chosen_in_the_order_of_the_set(
    count: int, limit: int | None, sample: int | None, seed: int
) -> None:
    positions = list(Selection(limit=limit, sample=sample, seed=seed).positions(count))
    assert len(positions) == min(count, limit or count, sample or count)
    assert positions == sorted(set(positions))
    assert all(0 <= position < min(count, limit or count) for position in positions)
