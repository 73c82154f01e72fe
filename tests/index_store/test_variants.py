"""A question searched in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from index_store.index import ArticleIndex
from index_store.models import Filters, Hit
from index_store.terms import QueryTerms
from index_store.variants import TRANSLATED, Variant, merge, variants
from tests.index_store.archive import article, passages

QUESTION = "Why was the lawsuit withdrawn?"
INTO = {"fr": "Pourquoi la plainte a-t-elle été retirée ?"}
COMPLAINT = "La plainte a été retirée en mars, faute de preuves."
TRIAL = "Le procès s’ouvre lundi à Valmorin."
BAKERY = "The bakery was sold."


@pytest.fixture
def index() -> ArticleIndex:
    index = memory_index()
    stories = ((COMPLAINT, "fr"), (TRIAL, "fr"), (BAKERY, "en"))
    index.sync(
        FoundArticle(article(text, source=f"{at}.txt", language=code), f"/{at}.txt")
        for at, (text, code) in enumerate(stories)
    )
    return index


def first(index: ArticleIndex, **how: object) -> str:
    return index.search(QUESTION, language="en", **how).hits[0].passage.text  # type: ignore[arg-type]


def test_a_translation_finds_what_no_word_of_the_question_does(index: ArticleIndex) -> None:
    assert first(index) != COMPLAINT
    assert first(index, translations=INTO) == COMPLAINT


def test_a_text_is_held_against_the_wording_it_has_most_of(index: ArticleIndex) -> None:
    own = index.search(QUESTION, language="en").terms
    both = index.search(QUESTION, language="en", translations=INTO).terms
    assert own.word_coverage(COMPLAINT) < 0.2
    assert both.word_coverage(COMPLAINT) == pytest.approx(1.0)
    assert both.coverage(COMPLAINT) == pytest.approx(1.0)
    assert both.word_coverage(BAKERY) == own.word_coverage(BAKERY)


def test_a_filter_holds_for_translations_too(index: ArticleIndex) -> None:
    english = Filters(languages=("en",))
    hits = index.search(QUESTION, language="en", filters=english, translations=INTO).hits
    assert [hit.article.language for hit in hits] == ["en"]


def test_half_a_character_in_a_translation_does_no_harm(index: ArticleIndex) -> None:
    assert first(index, translations={"fr": f"{INTO['fr']}\ud800"}) == COMPLAINT


def test_each_translation_is_searched_over_its_own_language_alone() -> None:
    filters = Filters(publishers=("The Courier",), published_from="2025-01-01")
    own, french = variants("Who?", "en", filters, {"en": "Who is it?", "fr": "Qui ?"})
    assert own == Variant("Who?", "en", filters, 1.0)
    assert (french.text, french.language, french.weight) == ("Qui ?", "fr", TRANSLATED)
    assert french.filters.languages == ("fr",)
    assert french.filters.publishers == filters.publishers
    assert french.filters.published_from == filters.published_from
    assert len(variants("Who?", "en", Filters(languages=("it",)), {"fr": "Qui ?"})) == 1


def hit(text: str, score: float) -> Hit:
    whole = article(text, source=f"{text}.txt")
    (passage,) = passages(whole, 500)
    return Hit(passage, whole, score, {}, (), shares={"dense": score / 2, "grams": score / 2})


FERRY, VALMORIN = QueryTerms({"ferry": {"_fer": 1.0}}), QueryTerms({"bateau": {"_bat": 1.0}})
OWN, FRENCH = variants("ferry", "en", Filters(), {"fr": "bateau"})


def test_a_search_that_found_little_of_its_question_counts_little() -> None:
    told = merge(
        [(OWN, FERRY, [hit("A ferry.", 0.6)]), (FRENCH, VALMORIN, [hit("Rien à dire.", 1.0)])]
    )
    assert [one.passage.text for one in told] == ["A ferry.", "Rien à dire."]
    assert told[1].score == 0.0
    equal = merge(
        [(OWN, FERRY, [hit("A ferry.", 0.6)]), (FRENCH, VALMORIN, [hit("Un bateau.", 1.0)])]
    )
    assert [one.score for one in equal] == [pytest.approx(TRANSLATED), 0.6]


scores = st.lists(st.floats(0, 1), max_size=4)


@given(scores, scores)
def test_every_passage_is_there_once_best_first_and_its_shares_add_up(
    own: list[float], french: list[float]
) -> None:
    found = [
        (OWN, FERRY, [hit(f"ferry {at}", score) for at, score in enumerate(own)]),
        (FRENCH, VALMORIN, [hit(f"ferry {at}", score) for at, score in enumerate(french)]),
    ]
    merged = merge(found)
    assert [one.passage.text for one in sorted(merged, key=lambda one: one.passage.text)] == [
        f"ferry {at}" for at in range(max(len(own), len(french)))
    ]
    assert [one.score for one in merged] == sorted((one.score for one in merged), reverse=True)
    for one in merged:
        assert sum(one.shares.values()) == pytest.approx(one.score)


def test_without_translations_a_search_is_what_it_was() -> None:
    hits = [hit("b", 0.5), hit("a", 0.5)]
    assert merge([(OWN, FERRY, hits)]) == hits
