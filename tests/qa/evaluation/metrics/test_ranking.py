"""Retrieval measures: worked by hand, and the same as from TREC files."""

from __future__ import annotations

from math import log2

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.retrieval import hit_at, ranking
from qa.evaluation.summary import summarise
from tests.qa.evaluation.outcomes import outcome, quoting


def test_hit_at_k_looks_no_deeper_than_k() -> None:
    assert hit_at(["b", "a"], ["a"], 1) == 0
    assert hit_at(["b", "a"], ["a", "c"], 2) == 1
    assert hit_at([], ["a"], 5) == 0


def test_a_ranking_has_the_measures_of_trec_eval() -> None:
    found = ranking(["x", "a", "y", "b"], ["a", "b", "c"])
    discounted, ideal = 1 / log2(3) + 1 / log2(5), 1 + 1 / log2(3) + 1 / log2(4)
    assert found == pytest.approx(
        {
            "hit_at_1": 0,
            "hit_at_5": 1,
            "recall_at_5": 2 / 3,
            "mrr": 1 / 2,
            "ndcg_at_10": discounted / ideal,
            "map": (1 / 2 + 2 / 4) / 3,
        }
    )


def test_a_name_with_half_a_character_is_ranked_as_any_other() -> None:
    assert ranking(["a\udce9.md", "\ud800"], ["a\udce9.md"])["mrr"] == 1


def test_of_equal_scores_the_order_of_the_search_counts_and_not_the_name() -> None:
    assert ranking(["z", "a"], ["z"])["mrr"] == 1
    assert ranking(["a", "z"], ["a"])["mrr"] == 1


def test_nothing_retrieved_is_0_in_all() -> None:
    assert set(ranking([], ["a"]).values()) == {0.0}


SOURCES = st.lists(st.sampled_from("abcdefghijklm"), unique=True)


@given(SOURCES, st.sets(st.sampled_from("abcdefghijklm"), min_size=1))
def test_measures_are_between_0_and_1_and_perfect_only_in_order(
    retrieved: list[str], gold: set[str]
) -> None:
    found = ranking(retrieved, gold)
    assert all(0 <= value <= 1 for value in found.values())
    assert [found["hit_at_1"], found["hit_at_5"]] == [hit_at(retrieved, gold, k) for k in (1, 5)]
    wanted = min(len(gold), 10)
    is_perfect = len(set(retrieved[:wanted]) & gold) == wanted
    assert (found["ndcg_at_10"] == pytest.approx(1)) == is_perfect


RUN = """\
q1 Q0 b.md 1 0.9 citedesk
q1 Q0 a.md 2 0.7 citedesk
q1 Q0 c.md 3 0.2 citedesk
q2 Q0 c.md 1 0.8 citedesk
q2 Q0 d.md 2 0.6 citedesk
q3 Q0 e.md 1 0.5 citedesk
"""
QRELS = """\
q1 0 a.md 1
q1 0 c.md 1
q2 0 c.md 1
q3 0 a.md 1
"""


def test_the_numbers_of_a_run_are_those_of_its_trec_files() -> None:
    runs, golds = _by_question(RUN, 2), _by_question(QRELS, 2)
    outcomes = [
        outcome(quoting("It rained.", "a.md"), runs[name], id=name, sources=tuple(golds[name]))
        for name in golds
    ]
    found = summarise(outcomes, resamples=1).whole
    names = {
        "hit_at_1": "Success@1", "hit_at_5": "Success@5", "recall_at_5": "R@5",
        "mrr": "RR", "ndcg_at_10": "nDCG@10", "map": "AP@10",
    }  # fmt: skip
    measures = {name: ir_measures.parse_measure(stated) for name, stated in names.items()}
    qrels = ir_measures.read_trec_qrels(QRELS)  # type: ignore[no-untyped-call]
    run = ir_measures.read_trec_run(RUN)  # type: ignore[no-untyped-call]
    again = ir_measures.calc_aggregate(list(measures.values()), qrels, run)
    assert {name: found[name].value for name in names} == pytest.approx(
        {name: again[measure] for name, measure in measures.items()}
    )
    # q1 (1/2 + 2/3) / 2, q2 1, q3 0.
    assert found["map"].value == pytest.approx((7 / 12 + 1) / 3)


def _by_question(trec: str, column: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in trec.splitlines():
        fields = line.split()
        found.setdefault(fields[0], []).append(fields[column])
    return found
