from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.fusion import combine, min_max, of_highest

scores = st.dictionaries(st.sampled_from("abcdef"), st.floats(-1e6, 1e6), max_size=6)


@given(scores)
def test_normalised_scores_lie_between_0_and_1_and_keep_their_order(
    found: dict[str, float],
) -> None:
    normalised = min_max(found)
    assert normalised.keys() == found.keys()
    assert all(0 <= score <= 1 for score in normalised.values())
    for one in found:
        for other in found:
            if found[one] <= found[other]:
                assert normalised[one] <= normalised[other]
    if found:
        assert max(normalised.values()) == 1


@given(scores, scores, st.floats(0, 1))
def test_combined_scores_lie_between_0_and_1_best_first(
    one: dict[str, float], other: dict[str, float], weight: float
) -> None:
    combined = combine([(weight, one), (1 - weight, other)])
    assert combined.keys() == one.keys() | other.keys()
    assert all(0 <= score <= 1 + 1e-12 for score in combined.values())
    assert list(combined.values()) == sorted(combined.values(), reverse=True)


@given(scores, scores, st.floats(0, 1))
def test_what_is_no_worse_on_any_side_ranks_no_lower(
    one: dict[str, float], other: dict[str, float], weight: float
) -> None:
    combined = combine([(weight, one), (1 - weight, other)])
    for low in one.keys() & other.keys():
        for high in one.keys() & other.keys():
            if one[low] <= one[high] and other[low] <= other[high]:
                assert combined[low] <= combined[high] + 1e-12


def test_equal_scores_count_in_full_and_nothing_is_nothing() -> None:
    assert min_max({"a": 0.0, "b": 0.0}) == {"a": 1.0, "b": 1.0}
    assert min_max({}) == combine([]) == combine([(1.0, {})]) == {}


def test_a_side_that_does_not_know_a_key_gives_it_0() -> None:
    combined = combine([(0.5, {"a": 2.0, "b": 1.0}), (0.5, {"b": 9.0, "c": 3.0})])
    assert combined == pytest.approx({"a": 0.5, "b": 0.5, "c": 0.0})
    assert list(combined) == ["a", "b", "c"]


@given(scores)
def test_shares_of_the_highest_keep_their_proportions(found: dict[str, float]) -> None:
    shares = of_highest({key: abs(score) for key, score in found.items()})
    assert shares.keys() == found.keys()
    high = max(map(abs, found.values()), default=0.0)
    for key, score in found.items():
        assert shares[key] == (abs(score) / high if high else 0.0)
