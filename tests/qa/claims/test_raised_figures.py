"""Figures that are raised, lowered or broken stay apart from those beside them."""

from __future__ import annotations

import pytest
from hypothesis import given

from qa.claims.quotations import is_printed
from qa.claims.raised_figures import plain, spelt_out
from qa.claims.tokens import literal
from qa.fakes import source
from qa.verifying import verdict
from tests.corpus.strategies import any_text

SENTENCES = {
    "en": "The laboratory in Tarnow counted {} cells in all.",
    "fr": "Le laboratoire de Tarnow a compté {} cellules en tout.",
    "it": "Il laboratorio di Tarnow ha contato {} cellule in tutto.",
}
DIFFERENT = [
    ("10²", "102"), ("10²", "10"), ("2¹⁰", "210"), ("10₂", "102"), ("10⁻³", "103"),
    ("½", "12"), ("1½", "11/2"), ("1½", "112"),
]  # fmt: skip
SAME = [("10²", "100"), ("10⁶", "1 million"), ("2½", "2.5"), ("½", "1/2"), ("40 m²", "40 m2")]


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_folding_would_join_is_not_the_same(language: str, one: str, other: str) -> None:
    said, printed = (SENTENCES[language].format(each) for each in (one, other))
    assert verdict(said, [source(printed, language)], language) is None
    assert verdict(printed, [source(said, language)], language) is None
    assert literal(said) != literal(printed)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_quantity_is_the_same_with_figures_of_any_height(one: str, other: str) -> None:
    said, printed = (SENTENCES["en"].format(each) for each in (one, other))
    assert verdict(said, [source(printed)], "en")
    assert verdict(printed, [source(said)], "en")


def test_a_formula_is_the_same_as_newsrooms_type_it() -> None:
    assert literal("CO₂ over 40 m²") == literal("CO2 over 40 m2")
    assert literal("x²") != literal("x₂")


def test_a_quotation_does_not_end_before_a_raised_figure() -> None:
    assert not is_printed("counted 10", "They counted 10² cells.")
    assert is_printed("counted 10²", "They counted 10² cells.")


@given(any_text)
def test_any_text_is_spelt_out_and_plain_once_and_for_all(text: str) -> None:
    assert spelt_out(spelt_out(text)) == spelt_out(text)
    assert plain(plain(text)) == plain(text)
