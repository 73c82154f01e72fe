"""What is indexed of a passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tantivy

from corpus import Article, Passage
from index_store.asked import exact_terms
from index_store.models import day_number
from index_store.stemming import stems
from index_store.terms import terms, words

#: Fields of terms: of the passage alone, and of it with its neighbours, whose words say what "he"
#: and "the company" in it stand for.
GRAMS = ("grams", "grams_around")
STEMS = ("stems", "stems_around")
#: Whole words, and numbers by their value.
EXACT = "exact"


def schema() -> tantivy.Schema:
    """The fields of every lexical index."""
    builder = tantivy.SchemaBuilder()
    for name, stored in (("passage_id", True), ("article_id", False)):
        builder.add_text_field(name, stored=stored, tokenizer_name="raw", index_option="basic")
    for name in ("publisher", "language", "section", "passage_language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    for name in (*GRAMS, *STEMS, EXACT):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def documents(article: Article, passages: Sequence[Passage]) -> Iterator[tantivy.Document]:
    """An article's passages, in reading order."""
    own_grams = [" ".join(terms(passage.text)) for passage in passages]
    own_stems = [" ".join(stems(words(passage.text), passage.language)) for passage in passages]
    for at, passage in enumerate(passages):
        around = slice(max(0, at - 1), at + 2)
        yield tantivy.Document(
            passage_id=passage.id,
            article_id=article.id,
            publisher=article.publisher or "",
            language=article.language or "",
            section=article.section or "",
            passage_language=passage.language or "",
            day=day_number(article.published),
            grams=own_grams[at],
            grams_around=" ".join(own_grams[around]),
            stems=own_stems[at],
            stems_around=" ".join(own_stems[around]),
            exact=" ".join(exact_terms(passage.text)),
        )
