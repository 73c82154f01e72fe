"""What is measured of one question, and what is absent since it does not apply."""

from __future__ import annotations

from typing import Any

import pytest

from qa.evaluation.measures import measure, measure_all
from qa.evaluation.metrics.spending import Prices, cost
from tests.qa.evaluation.outcomes import answer, outcome, quoting

SAID = "Ada Quill resigned as mayor."
GOLD: dict[str, Any] = {"answerable": True, "answer_groups": (("Ada Quill",),), "sources": ("a",)}


def test_a_right_answer_is_measured_in_all_that_applies() -> None:
    given = quoting(SAID, "a", probability=0.75)
    found = measure(outcome(given, "xa", valid=[True], elapsed_ms=20.0, **GOLD))
    assert found == pytest.approx(
        {
            "elapsed_ms": 20, "refused": 0, "answered": 1, "answerable": 1, "right": 1,
            "probability": 0.75, "hit_at_1": 0, "hit_at_5": 1, "recall_at_5": 1, "mrr": 0.5,
            "ndcg_at_10": 0.6309297535714575, "map": 0.5, "str_em": 1,
            # ada quill resigned as mayor | ada quill: 2 · 2 / (5 + 2).
            "token_f1": 4 / 7, "citation_recall": 1, "citation_precision": 1,
            "valid_citations": 1, "right_source": 1,
        }
    )  # fmt: skip


def test_a_refusal_has_no_citations_to_measure_but_says_nothing_right() -> None:
    found = measure(outcome(answer(), "a", **GOLD))
    assert found.keys() & {"right_source", "valid_citations", "citation_recall"} == set()
    assert (found["str_em"], found["token_f1"], found["right"]) == (0, 0, 0)
    assert (found["refused"], found["answered"]) == (1, 0)


def test_an_error_is_neither_refused_nor_answered_and_counts_as_wrong() -> None:
    found = measure(outcome(None, **GOLD))
    assert (found["refused"], found["answered"]) == (0, 0)
    assert [found[name] for name in ("right", "hit_at_5", "mrr", "str_em")] == [0, 0, 0, 0]


def test_what_a_set_does_not_say_is_not_measured() -> None:
    found = measure(outcome(quoting(SAID, "a"), "a"))
    assert found.keys() == {
        "elapsed_ms", "refused", "answered", "citation_recall", "citation_precision",
    }  # fmt: skip
    unanswerable = measure(outcome(answer(), "a", answerable=False, sources=("a",)))
    assert "hit_at_1" not in unanswerable


def test_disagreement_is_measured_where_more_than_one_source_is_asked_for() -> None:
    both: dict[str, Any] = {**GOLD, "sources": ("a", "b"), "min_sources": 2}
    assert measure(outcome(quoting(SAID, "a", "b"), "ab", **both))["disagreement_recall"] == 1
    assert measure(outcome(quoting(SAID, "a"), "ab", **both))["disagreement_recall"] == 0
    assert measure(outcome(answer(), "ab", **both))["disagreement_recall"] == 0
    assert "disagreement_recall" not in measure(outcome(quoting(SAID, "a"), "a", **GOLD))


def test_languages_are_compared_within_one_run_and_without_errors() -> None:
    tags = ("same:mayor",)
    measured = measure_all(
        [
            outcome(quoting(SAID, "a"), id="en", tags=tags),
            outcome(quoting(SAID, "a", "b"), id="fr", tags=tags),
            outcome(None, id="it", tags=tags),
            outcome(quoting(SAID, "a"), id="en", tags=tags, repeat=1),
            outcome(quoting(SAID, "a"), id="fr", tags=tags, repeat=1),
        ]
    )
    found = [one.get("language_invariance") for one in measured]
    assert found == [0.5, 0.5, None, 1, 1]


def test_tokens_are_counted_where_a_model_wrote_and_cost_where_prices_are_known() -> None:
    given = quoting(SAID, "a", usage={"prompt_tokens": 2_000, "reply_tokens": 100})
    went = outcome(given, "a")
    assert "cost" not in measure(went)
    found = measure(went, Prices(prompt=0.5, reply=2.0))
    assert (found["prompt_tokens"], found["reply_tokens"]) == (2_000, 100)
    # 2,000 at 0.50 and 100 at 2.00 a million.
    assert found["cost"] == pytest.approx(0.001 + 0.0002)
    assert cost(0, 0, Prices(1, 1)) == 0
