from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.asked import FUNCTION_WORD, ask_for, exact_terms
from index_store.glossary import Glossary, load_glossary
from index_store.terms import words
from tests.corpus.strategies import any_text

NOTHING = Glossary(())


@pytest.mark.parametrize(
    ("question", "language", "small", "content"),
    [
        ("What did the library pay?", "en", {"what", "did", "the"}, {"library", "pay"}),
        ("Combien l’éditeur a-t-il payé ?", "fr", {"combien", "l", "t", "il"}, {"editeur", "paye"}),
        ("Quanto ha pagato l’editore?", "it", {"quanto", "ha", "l"}, {"pagato", "editore"}),
    ],
)
def test_words_that_only_put_the_question_weigh_little(
    question: str, language: str, small: set[str], content: set[str]
) -> None:
    asked = ask_for(question, language, NOTHING, ())
    assert {word for word, weight in asked.words.items() if weight == 1} >= content
    assert {word for word, weight in asked.words.items() if weight == FUNCTION_WORD} >= small


def test_a_question_of_small_words_alone_is_asked_as_it_stands() -> None:
    assert ask_for("Who was he?", "en", NOTHING, ()).words == dict.fromkeys(
        ["who", "was", "he"], 1.0
    )


def test_stems_weigh_what_their_words_weigh() -> None:
    asked = ask_for("What did the libraries pay?", "en", NOTHING, ())
    assert asked.stems == {
        **dict.fromkeys(["what", "did", "the"], FUNCTION_WORD),
        "librari": 1.0,
        "pay": 1.0,
    }


@pytest.mark.parametrize("number", ["64k", "64,000", "64 000", "64.000", "64mila", "64 thousand"])
def test_a_number_is_one_number_however_it_is_written(number: str) -> None:
    assert "64000#" in exact_terms(f"Some {number} books.")
    assert "64000#" in ask_for(f"who sold {number} books", "en", NOTHING, ()).exact


def test_names_and_numbers_of_a_question_are_asked_as_they_stand() -> None:
    asked = ask_for("What did Anna Verdi say about the CGIL on 14 March?", "en", NOTHING, ())
    assert asked.exact == ["anna", "verdi", "cgil", "march", "14#"]


def test_the_glossary_says_what_a_word_is_called_in_the_archives_languages() -> None:
    question = "Who lost the lawsuit?"
    asked = ask_for(question, "en", load_glossary(), {"en", "it"})
    assert ("causa",) in asked.others[("lawsuit",)]
    assert ask_for(question, "en", load_glossary(), {"en"}).others == {}


@given(any_text, st.sampled_from(["en", "fr", "it", None]))
def test_every_word_of_a_question_is_asked_for(question: str, language: str | None) -> None:
    asked = ask_for(question, language, NOTHING, ())
    assert list(asked.words) == list(dict.fromkeys(words(question)))
    assert all(0 < weight <= 1 for weight in asked.words.values())
    assert max(asked.words.values(), default=1) == 1
