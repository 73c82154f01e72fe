"""Finding passages by their words: BM25 over character 4-grams, in Tantivy.

The index is derived: it holds ids and terms, never text, and remembers the store's revision that
it was built from, so that a stale one is noticed and rebuilt.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy

from corpus import Article, Passage
from index_store.folders import make_writable, not_writable
from index_store.models import Filters, day_number
from index_store.terms import QueryTerms, grams, terms

#: Changes when what is indexed of a passage changes; older folders are then rebuilt.
LAYOUT = 1

_REVISION_FILE = "citedesk.json"
_HEAP = 64_000_000
_TERMS = "terms"


class LexicalIndex:
    """A Tantivy index in a folder, or in memory where no folder is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._revision: str | None = None
        self._index = self._open()

    def _open(self) -> tantivy.Index:
        if self._folder is None:
            return tantivy.Index(_schema())
        make_writable(self._folder)
        if not tantivy.Index.exists(str(self._folder)):
            # A new, empty index must not pass for the one that the note was written for.
            (self._folder / _REVISION_FILE).unlink(missing_ok=True)
        try:
            return tantivy.Index(_schema(), path=str(self._folder))
        except ValueError:
            # Another layout or a damaged folder: nothing is lost, all of it is derived.
            self._empty_folder()
            return tantivy.Index(_schema(), path=str(self._folder))

    @property
    def revision(self) -> str | None:
        """The store's revision that this index was last brought level with."""
        if self._folder is None:
            return self._revision
        try:
            stated = json.loads((self._folder / _REVISION_FILE).read_text())
        except (OSError, ValueError):
            return None
        is_ours = isinstance(stated, dict) and stated.get("layout") == LAYOUT
        return stated.get("revision") if is_ours else None

    def update(
        self,
        added: Iterable[tuple[Article, Iterable[Passage]]],
        removed: Iterable[str],
        revision: str,
    ) -> None:
        """Removes articles by id, adds others with their passages, and notes the revision.

        Raises:
            HomeNotWritable: the folder cannot be written, or the disk is full.
        """
        self._write(added, removed, revision, from_nothing=False)

    def rebuild(self, contents: Iterable[tuple[Article, Iterable[Passage]]], revision: str) -> None:
        """Starts over from everything that the store holds; raises as `update` does.

        Searches find the old contents until the new ones are there.
        """
        self._index = self._open()
        self._write(contents, (), revision, from_nothing=True)

    def _write(
        self,
        added: Iterable[tuple[Article, Iterable[Passage]]],
        removed: Iterable[str],
        revision: str,
        *,
        from_nothing: bool,
    ) -> None:
        try:
            self._commit(added, removed, from_nothing)
            self._note(revision)
        except (OSError, ValueError) as error:  # Tantivy raises ValueError for all of its own
            raise not_writable(self._folder or Path("memory"), str(error)) from error

    def _note(self, revision: str) -> None:
        self._revision = revision
        if self._folder is not None:
            note = json.dumps({"layout": LAYOUT, "revision": revision})
            (self._folder / _REVISION_FILE).write_text(note)

    def _commit(
        self,
        added: Iterable[tuple[Article, Iterable[Passage]]],
        removed: Iterable[str],
        from_nothing: bool,
    ) -> None:
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        if from_nothing:
            writer.delete_all_documents()
        for article_id in removed:
            writer.delete_documents_by_term("article_id", article_id)
        for article, passages in added:
            # Adding what is there already must not make two of it.
            writer.delete_documents_by_term("article_id", article.id)
            for passage in passages:
                writer.add_document(_document(article, passage))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, words: Iterable[str], limit: int, filters: Filters) -> Mapping[str, float]:
        """BM25 by passage id of the best passages for folded words, best first."""
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._index.schema, _TERMS, gram))
            for word in words
            for gram in grams(word)
        ]
        if not wanted:
            return {}
        query = tantivy.Query.boolean_query(wanted)
        if conditions := _conditions(self._index.schema, filters):
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *conditions])
        searcher = self._index.searcher()
        found = searcher.search(query, limit=limit, count=False).hits
        return {searcher.doc(address)["passage_id"][0]: score for score, address in found}

    def weigh(self, words: Iterable[str]) -> QueryTerms:
        """Folded words with the inverse document frequency of their terms, as BM25 weighs them.

        ln(1 + (N - n + 0.5) / (n + 0.5)), Robertson & Zaragoza 2009.
        """
        searcher = self._index.searcher()

        def frequency(gram: str) -> float:
            seen = min(searcher.num_docs, searcher.doc_freq(_TERMS, gram))
            return math.log(1 + (searcher.num_docs - seen + 0.5) / (seen + 0.5))

        return QueryTerms({word: {gram: frequency(gram) for gram in grams(word)} for word in words})

    def _empty_folder(self) -> None:
        # The folder itself stays, since another process that has it open can put its lock there.
        assert self._folder is not None
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, stored in (("passage_id", True), ("article_id", False)):
        builder.add_text_field(name, stored=stored, tokenizer_name="raw", index_option="basic")
    for name in ("publisher", "language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field(_TERMS, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(article: Article, passage: Passage) -> tantivy.Document:
    return tantivy.Document(
        passage_id=passage.id,
        article_id=article.id,
        publisher=article.publisher or "",
        language=article.language or "",
        day=day_number(article.published),
        terms=" ".join(terms(passage.text)),
    )


def _conditions(
    schema: tantivy.Schema, filters: Filters
) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    conditions = [
        tantivy.Query.term_set_query(schema, name, list(values))
        for name, values in (("publisher", filters.publishers), ("language", filters.languages))
        if values
    ]
    if filters.published_from or filters.published_to:
        conditions.append(
            tantivy.Query.range_query(
                schema,
                "day",
                tantivy.FieldType.Integer,
                # Undated passages have day 0, which no bound admits.
                lower_bound=max(1, day_number(filters.published_from)),
                upper_bound=day_number(filters.published_to or "9999-12-31"),
            )
        )
    return [
        (tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0))
        for condition in conditions
    ]
