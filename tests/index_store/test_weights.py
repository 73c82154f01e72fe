from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.terms import grams, marked
from index_store.weights import AskedWeights, Meaning


def weights(word: str, each: float) -> dict[str, float]:
    return dict.fromkeys(grams(word), each)


LAWSUIT = Meaning(weights("lawsuit", 2.0), [weights("causa", 1.0), weights("processo", 3.0)], 8.0)
ASKED = AskedWeights(weights("lawsuit", 2.0), [LAWSUIT])


def test_a_text_holds_the_weight_of_the_terms_in_it() -> None:
    assert ASKED.of(marked("The lawsuit was lost.")) == 6 * 2.0
    assert ASKED.of(marked("Suits were lost.")) == 2.0


def test_a_word_of_the_glossary_counts_as_much_as_it_is_said_to() -> None:
    assert ASKED.of(marked("La causa è finita.")) == 8.0


def test_of_several_forms_the_one_that_fits_best_counts_once() -> None:
    assert ASKED.of(marked("Il processo e la causa")) == 8.0
    assert 0 < ASKED.of(marked("I processi")) < 8.0


def test_the_glossary_adds_nothing_to_what_says_it_in_the_questions_words() -> None:
    assert ASKED.of(marked("The lawsuit (causa) was lost.")) == 6 * 2.0


@given(st.text("lawsuitcprocesso ", max_size=60), st.text("lawsuitcprocesso ", max_size=30))
def test_more_text_never_holds_less(text: str, more: str) -> None:
    held = ASKED.of(marked(text))
    assert 0 <= held <= ASKED.of(marked(f"{text} {more}")) + 1e-9
    assert held <= 6 * 2.0 + 1e-9


def test_a_question_without_words_weighs_nothing() -> None:
    assert AskedWeights({}).of("text") == 0
    assert AskedWeights({}, [Meaning({}, [{}], 0.0)]).of("text") == pytest.approx(0)
