from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.stemming import stems
from index_store.terms import words
from tests.corpus.strategies import any_text


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("The judges ruled", "the judge rules", "en"),
        ("les éditeurs américains", "l'éditeur américain", "fr"),
        ("gli editori europei", "l'editore europeo", "it"),
        ("las bibliotecas públicas", "la biblioteca pública", "es"),
    ],
)
def test_inflected_words_have_one_stem(one: str, other: str, language: str) -> None:
    found, expected = (stems(words(text), language) for text in (one, other))
    assert found[-2:] == expected[-2:] or found[-1] == expected[-1]
    assert words(one)[-1] != words(other)[-1]


def test_elided_articles_are_words_of_their_own() -> None:
    assert stems(words("dell'avvocato"), "it")[-1] == stems(words("avvocati"), "it")[-1]
    assert stems(words("l’avocat"), "fr")[-1] == stems(words("avocats"), "fr")[-1]


@pytest.mark.parametrize("language", [None, "", "xx", "pl"])
def test_a_language_without_a_stemmer_keeps_its_words(language: str | None) -> None:
    assert stems(["judges", "ruled"], language) == ["judges", "ruled"]


@given(any_text, st.sampled_from(["en", "fr", "it", "de", "xx", None]))
def test_every_word_has_one_stem_in_its_order(text: str, language: str | None) -> None:
    found = stems(words(text), language)
    assert len(found) == len(words(text))
    assert all(found)
