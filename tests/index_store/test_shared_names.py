"""The index of names finds what a comparison of all pairs would."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.names import Names
from index_store.shared_names import CROWD, FEW, LEAST_SHARE, WINDOW_DAYS, NameTable, shared_names

Archive = list[tuple[frozenset[str], int | None]]

archives: st.SearchStrategy[Archive] = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from("abcdefgh"), max_size=5),
        st.none() | st.integers(739_000, 739_000 + 3 * WINDOW_DAYS),
    ),
    max_size=12,
)


def shares(archive: Archive) -> dict[tuple[int, int], float]:
    table = NameTable()
    for names, _ in archive:
        table.add(Names(names, frozenset()))
    found = shared_names(table, [day for _, day in archive])
    pairs = [(min(pair), max(pair)) for pair in zip(found.one, found.other, strict=True)]
    assert len(pairs) == len(set(pairs))
    return dict(zip(pairs, found.share.tolist(), strict=True))


def all_pairs(archive: Archive) -> dict[tuple[int, int], float]:
    """The definition."""
    size = len(archive)
    holders = Counter(name for names, _ in archive for name in names)
    weights = {name: math.log1p(size / held) / math.log1p(size) for name, held in holders.items()}
    found = {}
    for one, other in combinations(range(size), 2):
        (mine, day), (theirs, other_day) = archive[one], archive[other]
        if day is not None and other_day is not None and abs(day - other_day) > WINDOW_DAYS:
            continue
        few = min(sum(weights[name] for name in names) for names in (mine, theirs))
        share = sum(weights[name] for name in mine & theirs) / (few + FEW)
        if share >= LEAST_SHARE:
            found[one, other] = share
    return found


@given(archives)
def test_the_pairs_are_those_of_a_comparison_of_all(archive: Archive) -> None:
    assert shares(archive) == pytest.approx(all_pairs(archive))


def test_a_rare_name_says_more_than_a_frequent_one() -> None:
    rare, frequent = frozenset({"valmorin"}), frozenset({"meta"})
    archive: Archive = [(rare, 1), (rare, 1), *[(frequent, 1)] * 9]
    found = shares(archive)
    assert found[0, 1] > found[2, 3]


def test_a_word_that_may_be_a_name_is_one_if_it_is_elsewhere() -> None:
    table = NameTable()
    for names in (
        Names(frozenset({"meta", "llama"}), frozenset()),
        Names(frozenset({"llama"}), frozenset({"meta", "books"})),
        Names(frozenset({"llama"}), frozenset({"books"})),
    ):
        table.add(names)
    names_, articles = table.entries()
    assert Counter(articles.tolist()) == {0: 2, 1: 2, 2: 1}
    assert len(set(names_.tolist())) == 2


def test_a_name_that_everybody_holds_finds_nobody_but_rarer_ones_do() -> None:
    crowd: Archive = [(frozenset({"president"}), 1)] * (CROWD + 10)
    pair: Archive = [(frozenset({"president", "valmorin", "marvaux"}), 1)] * 2
    others: Archive = [(frozenset({f"own{n}"}), 1) for n in range(2_000)]
    assert set(shares(crowd[:CROWD] + others)) == set(combinations(range(CROWD), 2))
    found = set(shares(pair + crowd + others))
    assert {pair for pair in found if pair[0] < 2} == {(0, 1)}


def test_a_crowd_over_the_years_is_none_on_the_day() -> None:
    names = frozenset({"president", "palace"})
    archive: Archive = [(names, day * 40) for day in range(1, CROWD + 50)]
    archive.append((names, 41))
    assert set(shares(archive)) == {(0, CROWD + 49)}
