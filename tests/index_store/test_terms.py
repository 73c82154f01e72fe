from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import fold
from index_store.terms import (
    GRAM,
    MARK,
    QueryTerms,
    grams,
    marked,
    names_a_subject,
    question_words,
    terms,
    words,
)
from tests.corpus.strategies import any_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Évreux", "evreux"),
        ("E\u0301VREUX", "evreux"),
        ("STRAẞE straße", "strasse strasse"),
        ("Øresund Łódź œuvre", "oresund lodz oeuvre"),
        ("ﬁnance ２０２５", "finance 2025"),
    ],
)
def test_case_and_accents_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_are_letters_and_digits() -> None:
    assert words("L’été_2025: $3.5 «oui»!") == ["l", "ete", "2025", "3", "5", "oui"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ab", ["_ab_"]),
        ("fee", ["_fee_"]),
        ("word", ["_wor", "word", "ord_"]),
        ("words", ["_wor", "word", "ords", "rds_"]),
    ],
)
def test_a_word_is_all_its_4_grams_with_its_borders_marked(word: str, expected: list[str]) -> None:
    assert grams(word) == expected


@given(any_text)
def test_terms_are_short_and_hold_no_space(text: str) -> None:
    for term in terms(text):
        assert len(term) == GRAM or term == f"{MARK}{term.strip(MARK)}{MARK}"
        assert len(term) <= GRAM + 1
        assert not any(char.isspace() for char in term)
        term.encode()


@given(any_text, any_text)
def test_a_term_stands_in_marked_words_where_it_is_one_of_theirs(text: str, other: str) -> None:
    assert [word for word in marked(text).split(MARK) if word] == words(text)
    for term in {*terms(text), *terms(other)}:
        assert (term in marked(text)) == (term in terms(text))


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("What did the library pay?", "en", ["library", "pay"]),
        ("Qu’a payé la bibliothèque ?", "fr", ["paye", "bibliotheque"]),
        ("the of and", "en", ["the", "of", "and"]),
        ("pay pay PAY", "en", ["pay"]),
        ("what is this", None, ["what", "is", "this"]),
        ("???", "en", []),
    ],
)
def test_a_question_is_about_what_is_no_stop_word(
    question: str, language: str | None, expected: list[str]
) -> None:
    assert question_words(question, language) == expected


weights = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=8), st.floats(0.01, 10), min_size=1, max_size=5
).map(lambda found: QueryTerms({word: dict.fromkeys(grams(word), w) for word, w in found.items()}))


@given(weights, st.text("abcdef ", max_size=40), st.text("abcdef ", max_size=40))
def test_coverage_is_a_share_and_grows_with_the_text(
    query: QueryTerms, text: str, more: str
) -> None:
    for cover in (query.coverage, query.word_coverage):
        assert 0 <= cover(text) <= cover(f"{text} {more}") <= 1 + 1e-9
        assert cover(" ".join(query.words)) == pytest.approx(1)
        assert cover("") == 0


def test_a_rare_word_covers_more_than_a_common_one() -> None:
    query = QueryTerms({"rare": {"_rar": 5.0}, "fact": {"_fac": 1.0}})
    assert query.coverage("rare") == pytest.approx(5 / 6)
    assert query.word_coverage("rare") == pytest.approx(1 / 2)


def test_a_question_without_words_covers_nothing() -> None:
    assert QueryTerms({}).coverage("text") == QueryTerms({}).word_coverage("text") == 0


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("Who?", "en", False),
        ("Who pays?", "en", True),
        ("Combien ?", "fr", False),
        ("Combien de livres ?", "fr", True),
        ("E perché?", "it", False),
        ("Who?", None, True),
        ("2024?", "en", True),
    ],
)
def test_a_question_names_a_subject_or_does_not(
    question: str, language: str | None, names: bool
) -> None:
    assert names_a_subject(question, language) is names
