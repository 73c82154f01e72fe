"""What a search finds first, through the real words and the real glossary."""

from __future__ import annotations

import pytest

from corpus import Article
from corpus.reading import FoundArticle
from index_store.fakes import HashingEmbedder, memory_index
from index_store.index import ArticleIndex
from index_store.models import Filters, SearchResult
from index_store.scoring import Sides
from tests.index_store.archive import article

FERRY = article("The ferry to Harbour Island will stop in March.", source="ferry")
LIBRARY = article("The library sold 64,000 books by Anna Lindqvist.", source="library")
TRIAL = article(
    "La causa è stata vinta dagli editori. Il giudice ha deciso ieri.",
    source="causa",
    language="it",
)
BAKERY = article("La boulangerie ferme ses portes.", source="boulangerie", language="fr")


def indexed(*some: Article, window: int = 200) -> ArticleIndex:
    index = memory_index(HashingEmbedder(window=window))
    index.sync(FoundArticle(one, one.source) for one in some)
    return index


ARCHIVE = indexed(FERRY, LIBRARY, TRIAL, BAKERY)


def sources(found: SearchResult) -> list[str]:
    return [hit.article.source for hit in found.hits]


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        pytest.param("Who stopped the ferries?", "en", "ferry", id="inflected"),
        pytest.param("What did Linqvist write?", "en", "library", id="misspelt name"),
        pytest.param("who sold 64k of them", "en", "library", id="number"),
        pytest.param("Chi ha venduto 64mila libri?", "it", "library", id="number abroad"),
        pytest.param("Who won the lawsuit?", "en", "causa", id="no cognate"),
        pytest.param("Quale fornaio chiude?", "it", "boulangerie", id="no cognate but in French"),
    ],
)
def test_the_passage_comes_first(question: str, language: str, expected: str) -> None:
    assert sources(ARCHIVE.search(question, language=language))[0] == expected


def test_words_of_the_neighbouring_passages_count() -> None:
    speech = "The harbour master spoke. She will resign. The bakery burned. Nobody knows why."
    index = indexed(article(speech, source="speech"), window=4)
    found = index.search("What will the harbour master do?", language="en").hits
    assert [hit.passage.text for hit in found][:2] == [
        "The harbour master spoke.",
        "She will resign.",
    ]


def test_every_hit_says_what_it_is_scored_by() -> None:
    found = ARCHIVE.search("Who stopped the ferries?", language="en").hits
    names = set(Sides.__slots__)
    for hit in found:
        assert {"dense", "dense_sentence", "gram_sentence"} <= hit.sides.keys() <= names
        assert sum(hit.shares.values()) == pytest.approx(hit.score)
        assert hit.sides["dense_sentence"] == pytest.approx(max(hit.sentence_cosines), abs=1e-5)
        assert -1 <= hit.sides["dense"] <= 1
    assert {"grams", "stems"} <= found[0].sides.keys()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filters(languages=("it",)), {"causa"}),
        (Filters(publishers=("nobody",)), set()),
        (Filters(published_from="2025-01-15"), set()),
        (Filters(sections=("",)), {"ferry", "library", "causa", "boulangerie"}),
        (Filters(sections=("Business",)), set()),
    ],
)
def test_both_engines_heed_the_filter(wanted: Filters, expected: set[str]) -> None:
    for question in ("ferry library causa boulangerie", "?"):
        found = sources(ARCHIVE.search(question, language="en", filters=wanted))
        assert set(found) <= expected
        assert len(found) == len(expected) or question == "?"


@pytest.mark.parametrize("question", ["", "?", "\ud800", "the", "🛳", "x" * 2000])
def test_any_question_finds_something_or_nothing(question: str) -> None:
    assert len(ARCHIVE.search(question, language="en").hits) <= 4


def test_what_is_removed_is_found_no_more() -> None:
    index = indexed(FERRY, LIBRARY)
    assert sources(index.search("ferry", language="en"))[0] == "ferry"
    index.sync([FoundArticle(LIBRARY, "library")], prune=lambda origin: True)
    assert sources(index.search("ferry", language="en")) == ["library"]
