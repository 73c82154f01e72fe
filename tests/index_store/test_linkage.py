"""Groups hold what is alike on the whole."""

from __future__ import annotations

from itertools import combinations
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from index_store.linkage import average_linkage

LEAST = 0.5
SIZE = 7
# Eighths, whose sums are exact.
likenesses = st.dictionaries(
    st.sampled_from(list(combinations(range(SIZE), 2))),
    st.integers(0, 8).map(lambda eighths: eighths / 8),
    max_size=21,
)


def step_by_step(pairs: dict[tuple[int, int], float]) -> list[tuple[int, ...]]:
    """The definition: of all pairs of groups, the two that are most alike are joined."""
    groups = alone(SIZE)
    while True:
        across = {
            (one, other): mean(pairs.get((min(a, b), max(a, b)), 0.0) for a in one for b in other)
            for one, other in combinations(groups, 2)
        }
        best = max(across, key=lambda pair: (across[pair], [-each[0] for each in pair]))
        if across[best] < LEAST:
            return groups
        joined = tuple(sorted(best[0] + best[1]))
        groups = sorted([joined, *(group for group in groups if group not in best)])
        if len(groups) == 1:
            return groups


def alone(size: int) -> list[tuple[int, ...]]:
    return [(member,) for member in range(size)]


def test_members_that_are_all_alike_are_one_group() -> None:
    pairs = dict.fromkeys(combinations(range(4), 2), 0.6)
    assert average_linkage(alone(5), pairs, LEAST) == [(0, 1, 2, 3), (4,)]


def test_a_chain_of_neighbours_is_not_one_group() -> None:
    chain = {(day, day + 1): 0.9 for day in range(9)}
    assert max(len(group) for group in average_linkage(alone(10), chain, LEAST)) == 2


def test_one_weak_pair_does_not_keep_a_member_out() -> None:
    pairs = {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.3}
    assert average_linkage(alone(3), pairs, LEAST) == [(0, 1, 2)]


def test_groups_that_are_given_stay_together() -> None:
    assert average_linkage([(0, 2), (1,)], {}, LEAST) == [(0, 2), (1,)]
    # 1 is like 0 alone: 0.45 on the mean.
    assert average_linkage([(0, 2), (1,)], {(0, 1): 0.9}, LEAST) == [(0, 2), (1,)]
    assert average_linkage([(0, 2), (1,)], {(0, 1): 0.9, (1, 2): 0.2}, LEAST) == [(0, 1, 2)]


@given(likenesses)
def test_the_groups_are_those_of_the_definition(pairs: dict[tuple[int, int], float]) -> None:
    assert sorted(average_linkage(alone(SIZE), pairs, LEAST)) == step_by_step(pairs)


@given(likenesses)
def test_every_member_is_in_one_group_and_no_two_groups_are_alike_enough(
    pairs: dict[tuple[int, int], float],
) -> None:
    groups = average_linkage(alone(SIZE), pairs, LEAST)
    assert sorted(member for group in groups for member in group) == list(range(SIZE))
    for one, other in combinations(groups, 2):
        across = mean(pairs.get((min(a, b), max(a, b)), 0.0) for a in one for b in other)
        assert across < LEAST + 1e-9
