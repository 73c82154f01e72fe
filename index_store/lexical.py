"""Finding passages by their words: BM25 over stems and over character 4-grams, in Tantivy.

Each is counted in the passage alone and in the passage with its neighbours, whose words say what
"he" and "the company" in it stand for.

The index is derived: it holds ids and terms, never text, and remembers the store's revision that
it was built from, so that a stale one is noticed and rebuilt.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from corpus import Article, Passage
from index_store.folders import make_writable, not_writable
from index_store.models import Filters, day_number
from index_store.stemming import stem_set, stems
from index_store.terms import GRAM, QueryTerms, grams, marked_grams, marked_set, words

#: Changes when what is indexed of a passage changes; older folders are then rebuilt.
LAYOUT = 2

_REVISION_FILE = "citedesk.json"
_HEAP = 64_000_000

#: Fields of terms: of the passage alone, and with its neighbours.
_GRAMS = ("grams", "grams_around")
_STEMS = ("stems", "stems_around")

#: BM25 by passage id, best first.
Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """What a question's words find.

    Attributes:
        grams: of passages in any language.
        stems: of passages in the question's language.
    """

    grams: Scores
    stems: Scores


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
            for document in _documents(article, list(passages)):
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(
        self, question: str, language: str | None, limit: int, filters: Filters
    ) -> LexicalScores:
        """The best passages by each kind of term, at most `limit` of each.

        Every word of the question counts, stop words too: BM25 weighs common ones down by itself.
        """
        grams = (gram for word in words(question) for gram in marked_grams(word))
        own = [_is_in(self._index.schema, "passage_language", [language])] if language else []
        return LexicalScores(
            grams=self._best(_GRAMS, grams, limit, filters),
            stems=self._best(_STEMS, stems(question, language), limit, filters, own)
            if language
            else {},
        )

    def _best(
        self,
        fields: Iterable[str],
        terms: Iterable[str],
        limit: int,
        filters: Filters,
        others: Sequence[tuple[tantivy.Occur, tantivy.Query]] = (),
    ) -> Scores:
        schema = self._index.schema
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, field, term))
            for term in dict.fromkeys(terms)
            for field in fields
        ]
        if not wanted:
            return {}
        query = tantivy.Query.boolean_query(wanted)
        if conditions := [*_conditions(schema, filters), *others]:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *conditions])
        searcher = self._index.searcher()
        found = searcher.search(query, limit=limit, count=False).hits
        return {searcher.doc(address)["passage_id"][0]: score for score, address in found}

    def weigh(self, words: Iterable[str]) -> QueryTerms:
        """Folded words with the inverse document frequency of their 4-grams."""
        # A word of three letters or fewer stands in the index with its marks.
        return QueryTerms(
            {
                word: {
                    gram: self._weight(_GRAMS[0], gram if len(gram) == GRAM else f"_{gram}_")
                    for gram in grams(word)
                }
                for word in words
            }
        )

    def weigh_grams(self, question: str) -> Mapping[str, float]:
        """Inverse document frequency of each marked 4-gram of a question."""
        found = marked_set(question)
        return {gram: self._weight(_GRAMS[0], gram) for gram in found}

    def weigh_stems(self, question: str, language: str | None) -> Mapping[str, float]:
        """Inverse document frequency of each stem of a question."""
        return {stem: self._weight(_STEMS[0], stem) for stem in stem_set(question, language)}

    def _weight(self, field: str, term: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), as BM25 has it; Robertson & Zaragoza 2009."""
        searcher = self._index.searcher()
        seen = min(searcher.num_docs, searcher.doc_freq(field, term))
        return math.log(1 + (searcher.num_docs - seen + 0.5) / (seen + 0.5))

    def _empty_folder(self) -> None:
        # The folder itself stays, since another process that has it open can put its lock there.
        assert self._folder is not None
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, stored in (("passage_id", True), ("article_id", False)):
        builder.add_text_field(name, stored=stored, tokenizer_name="raw", index_option="basic")
    for name in ("publisher", "language", "passage_language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    for name in (*_GRAMS, *_STEMS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _documents(article: Article, passages: Sequence[Passage]) -> Iterator[tantivy.Document]:
    grams = [_joined_grams(passage.text) for passage in passages]
    own = [" ".join(stems(passage.text, passage.language)) for passage in passages]
    for at, passage in enumerate(passages):
        around = slice(max(0, at - 1), at + 2)
        yield tantivy.Document(
            passage_id=passage.id,
            article_id=article.id,
            publisher=article.publisher or "",
            language=article.language or "",
            passage_language=passage.language or "",
            day=day_number(article.published),
            grams=grams[at],
            grams_around=" ".join(grams[around]),
            stems=own[at],
            stems_around=" ".join(own[around]),
        )


def _joined_grams(text: str) -> str:
    return " ".join(gram for word in words(text) for gram in marked_grams(word))


def _conditions(
    schema: tantivy.Schema, filters: Filters
) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    conditions = [
        _is_in(schema, name, values)
        for name, values in (("publisher", filters.publishers), ("language", filters.languages))
        if values
    ]
    if filters.published_from or filters.published_to:
        conditions.append(
            _required(
                tantivy.Query.range_query(
                    schema,
                    "day",
                    tantivy.FieldType.Integer,
                    # Undated passages have day 0, which no bound admits.
                    lower_bound=max(1, day_number(filters.published_from)),
                    upper_bound=day_number(filters.published_to or "9999-12-31"),
                )
            )
        )
    return conditions


def _is_in(
    schema: tantivy.Schema, field: str, values: Iterable[str]
) -> tuple[tantivy.Occur, tantivy.Query]:
    return _required(tantivy.Query.term_set_query(schema, field, list(values)))


def _required(condition: tantivy.Query) -> tuple[tantivy.Occur, tantivy.Query]:
    """A condition that adds nothing to the score."""
    return tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0)
