"""What counts as a name or a number of an article, whatever its language."""

from __future__ import annotations

import pytest

from corpus.splitting import split_article
from index_store.fakes import HashingEmbedder
from index_store.names import Names, names_of
from tests.index_store.archive import article


def names(text: str, title: str = "a headline", language: str = "en") -> Names:
    one = article(text, title=title, language=language)
    return names_of(one, split_article(one, HashingEmbedder().count_tokens, 50))


def test_words_that_are_capitalised_inside_a_sentence_are_names() -> None:
    found = names("The mayor of Sandholm, Ada Quill, left. Nobody from Tarnmouth came.")
    assert found.sure == {"sandholm", "ada", "quill", "tarnmouth"}


def test_a_word_that_opens_a_sentence_may_be_a_name() -> None:
    found = names("Sandholm waits. Ferries are late, and ferries are full. The boat is at Ellery.")
    assert found == Names(frozenset({"ellery"}), frozenset({"sandholm"}))


def test_a_headline_in_capitals_may_hold_names() -> None:
    found = names("the boat left", title="Sandholm Loses Its Last Boat")
    assert found == Names(frozenset(), frozenset({"sandholm", "loses"}))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "À la fin, l’élue d’Évreux a démissionné."),
        ("it", "Alla fine l'eletta d'Evreux ha lasciato."),
        ("en", "In the end the member for EVREUX left."),
    ],
)
def test_accents_elision_and_capitals_make_no_difference(language: str, text: str) -> None:
    assert names(text, language=language).sure == {"evreux"}


@pytest.mark.parametrize("spelt", ["420,000", "420.000", "420 000", "420\u00a0000", "420\u202f000"])
def test_a_number_is_the_same_however_its_thousands_are_set_apart(spelt: str) -> None:
    assert names(f"It costs {spelt} euros.").sure == {"420000"}


def test_a_year_before_a_number_is_none_of_its_thousands() -> None:
    assert names("By 2024 405 boats had sailed, 1 250 in all.").sure == {"405", "1250"}


@pytest.mark.parametrize("spelt", ["1.9", "1,9"])
def test_a_decimal_is_the_same_with_comma_and_point(spelt: str) -> None:
    assert names(f"It costs {spelt} million euros.").sure == {"1.9"}


def test_years_and_small_numbers_tell_no_story() -> None:
    assert names("On the 14th of 2024 some 9 of 21 members met in room 405.").sure == {"405"}


def test_small_words_are_no_names() -> None:
    assert names("They asked, Where Is The Ferry To Ellery?").sure == {"ferry", "ellery"}
