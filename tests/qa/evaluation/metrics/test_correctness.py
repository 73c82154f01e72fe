"""Whether an answer holds what a right one holds, against cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.correctness import holds_answer, string_exact_match, token_f1
from qa.evaluation.metrics.normalising import tokens


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
    assert holds_answer(text, gold) is holds


def test_string_exact_match_is_the_share_of_groups_that_are_met() -> None:
    groups = [("Paris", "Lutetia"), ("12 euros",)]
    assert string_exact_match("From Lutetia, for 12 euros.", groups) == 1
    assert string_exact_match("From Paris.", groups) == 0.5
    assert string_exact_match("", groups) == 0


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("The mayor of a city", "en", ["mayor", "of", "city"]),
        ("À partir de l’an 2025", "fr", ["a", "partir", "de", "an", "2025"]),
        ("Un'ora nell'isola", "it", ["ora", "nell", "isola"]),
        ("l’île d'Œuf, une fois", None, ["ile", "d", "oeuf", "fois"]),
        ("3,5 % or 3.5 %", "en", ["3.5", "or", "3.5"]),
        ("1.340,5 · 1,340.5 · 1\u202f340,5", "en", ["1340.5"] * 3),
        ("420 000, 420.000, 420'000, 420,000", "fr", ["420000"] * 4),
        ("in 2024 500 people", "en", ["in", "2024", "500", "people"]),
        ("the UN", "en", ["un"]),
        ("UN", "fr", ["un"]),
        ("", "en", []),
    ],
)
def test_tokens_leave_out_articles_and_spell_numbers_in_one_way(
    text: str, language: str | None, left: list[str]
) -> None:
    assert tokens(text, language) == left


def test_token_f1_is_twice_what_is_common_by_what_both_have() -> None:
    # mayor opened bridge | bridge: 2 · 1 / (3 + 1).
    assert token_f1("The mayor opened the bridge.", [("a bridge",)], "en") == 0.5
    # The better of 2 · 1 / (3 + 2) and 2 · 2 / (3 + 2).
    assert token_f1("The mayor opened a bridge.", [("a mayor, who", "mayor opened")], "en") == 0.8
    # The mean of 1/2 and 0.
    assert token_f1("The mayor opened the bridge.", [("bridge",), ("Ada",)], "en") == 0.25


def test_a_word_counts_as_often_as_both_have_it() -> None:
    # no no yes | no no no: 2 · 2 / (3 + 3).
    assert token_f1("No, no, yes", [("no no no",)], "en") == pytest.approx(2 / 3)


def test_nothing_said_has_no_word_in_common() -> None:
    assert token_f1("", [("Ada",)], "en") == 0
    assert token_f1("Ada", [()], "en") == 0


@given(st.text(), st.text())
def test_token_f1_is_between_0_and_1_and_knows_no_order(one: str, other: str) -> None:
    assert 0 <= token_f1(one, [(other,)]) <= 1
    assert token_f1(one, [(other,)]) == token_f1(other, [(one,)])
    assert token_f1(one, [(one,)]) == (1 if tokens(one) else 0)
