"""Whether two runs differ by more than chance."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.evaluation.metrics.table import Better
from qa.evaluation.significance import (
    Paired,
    Regression,
    is_regression,
    paired,
    randomisation_test,
    sign_test,
)


@pytest.mark.parametrize(
    ("won", "lost", "p"),
    [
        (0, 0, 1),
        (1, 0, 1),  # 2 · 1/2
        (0, 5, 2 / 32),
        (0, 6, 2 / 64),
        (7, 1, 2 * (1 + 8) / 256),
        (4, 4, 1),
    ],
)
def test_the_exact_test_counts_every_split_as_uneven(won: int, lost: int, p: float) -> None:
    assert sign_test(won, lost) == pytest.approx(p)


def test_the_randomisation_test_counts_every_exchange_where_they_are_few() -> None:
    # Of the 8 ways to exchange 1, 2 and 3, only two have a sum of 6 or −6.
    assert randomisation_test([1, 2, 3]) == pytest.approx(2 / 8)
    # Of 4, the sums ±2 and ±4: all.
    assert randomisation_test([3, -1]) == pytest.approx(1)
    assert randomisation_test([0, 0, 1]) == 1
    assert randomisation_test([]) == 1


def test_the_randomisation_test_draws_where_exchanges_are_many_and_can_be_repeated() -> None:
    differences = [0.5, -0.25] * 20
    assert randomisation_test(differences, seed=1) == randomisation_test(differences, seed=1)
    # The mean is 0.125 of a standard deviation of 0.395 / √40 = 0.0625: two of them, p near 0.046.
    assert randomisation_test(differences) == pytest.approx(0.046, abs=0.03)


def test_questions_are_won_lost_and_tied_by_id() -> None:
    before = {"a": 1.0, "b": 0.0, "c": 1.0, "gone": 1.0}
    after = {"b": 1.0, "a": 0.0, "c": 1.0, "new": 0.0}
    assert paired(before, after) == Paired(("b",), ("a",), ("c",), 0.0, 1.0)


def test_of_what_is_better_lower_less_is_won() -> None:
    found = paired({"a": 20.0, "b": 5.0}, {"a": 10.0, "b": 5.0}, Better.LOWER)
    assert (found.won, found.lost, found.tied) == (("a",), (), ("b",))
    assert found.change == 5


def test_a_step_back_is_one_question_or_more_than_chance_by_choice() -> None:
    right = {str(i): 1.0 for i in range(10)}
    one_lost = paired(right, {**right, "3": 0.0})
    six_lost = paired(right, {**right, **{str(i): 0.0 for i in range(6)}})
    gained = paired({**right, **{str(i): 0.0 for i in range(6)}}, right)
    assert is_regression(one_lost, Regression.ANY)
    assert not is_regression(one_lost, Regression.SIGNIFICANT)
    # 2 / 64 is below 0.05.
    assert is_regression(six_lost, Regression.SIGNIFICANT)
    assert not is_regression(gained, Regression.SIGNIFICANT)
    assert not is_regression(gained, Regression.ANY)


RUN = st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from([0.0, 0.5, 1.0]))


@settings(max_examples=50)
@given(RUN, RUN)
def test_the_other_way_round_wins_are_losses_and_chance_is_the_same(
    before: dict[str, float], after: dict[str, float]
) -> None:
    there, back = paired(before, after), paired(after, before)
    assert (set(there.won), set(there.lost)) == (set(back.lost), set(back.won))
    assert there.change == pytest.approx(-back.change)
    assert there.p == pytest.approx(back.p)
    assert 0 < there.p <= 1


@settings(max_examples=30)
@given(st.integers(0, 6), st.integers(0, 6))
def test_of_ones_and_noughts_both_tests_are_one(won: int, lost: int) -> None:
    found = randomisation_test([1.0] * won + [-1.0] * lost)
    assert found == pytest.approx(sign_test(won, lost))
