"""Token buckets under a clock."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.access.rate_limit import RateLimit
from tests.qa.access.clock import Clock


def test_a_burst_is_admitted_and_then_the_rate(clock: Clock) -> None:
    limit = RateLimit(60, burst=3, now=clock)
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 1]
    clock.time += 1
    assert [limit.take("a"), limit.take("a")] == [0, 1]


def test_the_wait_that_is_told_is_enough(clock: Clock) -> None:
    limit = RateLimit(7, burst=1, now=clock)
    limit.take("a")
    wait = limit.take("a")
    assert wait == 9  # 60 / 7, in whole seconds
    clock.time += wait
    assert limit.take("a") == 0


def test_one_caller_does_not_use_up_anothers(clock: Clock) -> None:
    limit = RateLimit(60, burst=1, now=clock)
    assert [limit.take("a"), limit.take("b"), limit.take("a")] == [0, 0, 1]


def test_what_is_given_back_can_be_taken_again_but_is_no_more_than_a_burst(clock: Clock) -> None:
    limit = RateLimit(60, burst=1, now=clock)
    limit.take("a")
    limit.give_back("a")
    limit.give_back("a")
    assert [limit.take("a"), limit.take("a")] == [0, 1]


def test_a_rate_below_one_a_minute_still_admits_one(clock: Clock) -> None:
    limit = RateLimit(0.5, now=clock)
    assert [limit.take("a"), limit.take("a")] == [0, 120]


def test_callers_are_forgotten_the_one_longest_ago_first(clock: Clock) -> None:
    limit = RateLimit(60, burst=1, now=clock, most=2)
    for caller in ("a", "b", "a", "c"):  # b is the one that is forgotten
        limit.take(caller)
    assert len(limit) == 2
    assert [limit.take("a"), limit.take("b")] == [1, 0]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60))
def test_no_caller_ever_gets_more_than_a_burst_and_the_rate(asked: list[tuple[str, float]]) -> None:
    clock = Clock(0.0)
    limit = RateLimit(30, burst=4, now=clock)
    admitted = dict.fromkeys("abc", 0)
    for caller, pause in asked:
        clock.time += pause
        admitted[caller] += limit.take(caller) == 0
    assert all(count <= 4 + clock.time * 0.5 + 1e-6 for count in admitted.values())
