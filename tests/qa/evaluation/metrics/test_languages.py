"""One question in several languages gets the same sources, or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.languages import jaccard, language_invariance, sibling_tag


def test_siblings_are_told_by_their_tag_alone() -> None:
    assert sibling_tag(("who", "same:bridge")) == "same:bridge"
    assert sibling_tag(("who", "samey")) is None


def test_invariance_is_the_mean_likeness_to_each_sibling() -> None:
    asked = [
        ("same:x", frozenset("ab")),
        ("same:x", frozenset("a")),
        (None, frozenset("a")),
        ("same:x", frozenset("ab")),
        ("same:alone", frozenset("a")),
    ]
    # Of the pairs 1/2, 1 and 1/2.
    assert language_invariance(asked) == [0.75, 0.5, None, 0.75, None]


def test_two_refusals_are_alike_and_a_refusal_and_an_answer_are_not() -> None:
    nothing: frozenset[str] = frozenset()
    assert language_invariance([("same:x", nothing), ("same:x", nothing)]) == [1, 1]
    assert language_invariance([("same:x", nothing), ("same:x", frozenset("a"))]) == [0, 0]


CITED = st.frozensets(st.sampled_from("abcd"))


@given(CITED, CITED)
def test_likeness_is_symmetric_and_whole_only_of_equals(
    one: frozenset[str], other: frozenset[str]
) -> None:
    assert 0 <= jaccard(one, other) <= 1
    assert jaccard(one, other) == jaccard(other, one)
    assert (jaccard(one, other) == 1) == (one == other)


@given(st.lists(CITED, min_size=2, max_size=6))
def test_the_mean_over_questions_is_the_mean_over_pairs(cited: list[frozenset[str]]) -> None:
    found = [
        one for one in language_invariance([("same:x", each) for each in cited]) if one is not None
    ]
    pairs = [jaccard(a, b) for i, a in enumerate(cited) for b in cited[:i]]
    assert sum(found) / len(found) == pytest.approx(sum(pairs) / len(pairs))
