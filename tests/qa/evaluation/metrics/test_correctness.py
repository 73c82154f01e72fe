"""The measures, each against a case worked by hand."""

from __future__ import annotations

import pytest

from corpus.models import Article
from qa.answer import Citation
from qa.evaluation import metrics


@pytest.mark.parametrize(
    ("text", "gold", "holds"),
    [
        ("It has 15 members.", "5", False),
        ("It has 5 members.", "5", True),
        ("À partir de l’an 2025", "an 2025", True),
        ("« C’est fini », dit-elle.", "c'est fini", True),
        ("une baisse de 420\u202f000 euros", "420 000 euros", True),
        ("a cut of 420,000 euros", "420.000 euros", True),
        ("4,200,000 people", "4 200 000", True),
        ("Chhabria ruled", "chhabria", True),
        ("the ruling", "rule", False),
    ],
)
def test_a_gold_string_is_found_at_word_borders_in_any_spelling(
    text: str, gold: str, holds: bool
) -> None:
    assert metrics.holds_answer(text, gold) is holds


def test_string_exact_match_is_the_share_of_groups_that_are_met() -> None:
    groups = [("Paris", "Lutetia"), ("12 euros",)]
    assert metrics.string_exact_match("From Lutetia, for 12 euros.", groups) == 1
    assert metrics.string_exact_match("From Paris.", groups) == 0.5
    assert metrics.string_exact_match("", groups) == 0


def test_hit_at_k_looks_no_deeper_than_k() -> None:
    assert metrics.hit_at(["b", "a"], ["a"], 1) == 0
    assert metrics.hit_at(["b", "a"], ["a", "c"], 2) == 1
    assert metrics.hit_at([], ["a"], 5) == 0


def test_refusal_f1_counts_only_refusals_of_what_has_no_answer_as_right() -> None:
    # Refused 3, of which 2 unanswerable; 4 unanswerable in all: precision 2/3, recall 1/2.
    outcomes = [(False, True)] * 2 + [(True, True)] + [(False, False)] * 2 + [(True, False)] * 5
    assert metrics.refusal_f1(outcomes) == pytest.approx(4 / 7)
    # Answered 7, of which 5 answerable; 6 answerable in all: 2 · 5 / (2 · 5 + 2 + 1).
    assert metrics.grounded_refusal_f1(outcomes) == pytest.approx((4 / 7 + 10 / 13) / 2)


def test_measures_of_nothing_are_undefined_rather_than_perfect() -> None:
    assert metrics.mean([]) is None
    assert metrics.refusal_f1([]) is None
    assert metrics.grounded_refusal_f1([(True, False)]) is None


def test_a_citation_is_valid_only_against_the_article_as_it_is_stored_now() -> None:
    article = Article("a1", "T", "Rain fell on Monday.", "a.txt")
    changed = Article("a1", "T", "Snow fell on Monday.", "a.txt")
    right = Citation(1, "a1.0-20", 0, 9, "Rain fell", article)
    empty = Citation(2, "a1.0-20", 0, 0, "", article)
    assert metrics.valid_citations([right, empty], {"a1": article}) == [1, 0]
    assert metrics.valid_citations([right], {"a1": changed}) == [0]
    assert metrics.valid_citations([right], {}) == [0]
