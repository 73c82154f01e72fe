"""Finding passages by their words, in Tantivy: BM25 over 4-grams, stems and exact forms.

4-grams and stems are counted in the passage alone and in the passage with its neighbours, whose
words say what "he" and "the company" in it stand for.

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
from index_store.asked import Asked, exact_terms
from index_store.folders import make_writable, not_writable
from index_store.models import Filters, day_number
from index_store.stemming import stems
from index_store.terms import MARK, QueryTerms, grams, terms, words
from index_store.weights import AskedWeights, Meaning

#: Changes when what is indexed of a passage changes; older folders are then rebuilt.
LAYOUT = 2

_REVISION_FILE = "citedesk.json"
_HEAP = 64_000_000

#: Fields of terms: of the passage alone, and of it with its neighbours.
_GRAMS = ("grams", "grams_around")
_STEMS = ("stems", "stems_around")
_EXACT = "exact"

#: What a name or number that stands there just so adds to its 4-grams. Without it Spanish
#: questions find the right English paragraph first for 0.713 instead of 0.733 of them.
EXACT = 2.0
#: What the glossary's word for something weighs against the question's own. More than it, since
#: nothing else of such a passage shares its letters: of questions on articles in other languages
#: the right one comes first for 0.37 without a glossary, 0.43 at 0.5, 0.55 at 1.2, 0.61 at 1.6 and
#: 0.60 at 2.2; those on articles in their own language keep their 0.92.
GLOSSARY = 1.6

#: BM25 by passage id, best first.
Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """What a question's words find.

    Attributes:
        grams: of passages in any language, by 4-grams and exact forms.
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

    def search(self, asked: Asked, limit: int, filters: Filters) -> LexicalScores:
        """The best passages by each kind of term, at most `limit` of each."""
        own = [_is_in(self._index.schema, "passage_language", [asked.language or ""])]
        return LexicalScores(
            grams=self._best(self._grams_query(asked), limit, filters),
            stems=self._best(self._stems_query(asked), limit, filters, own)
            if asked.language
            else {},
        )

    def _grams_query(self, asked: Asked) -> list[tantivy.Query]:
        own = [
            self._term(field, gram, weight)
            for word, weight in asked.words.items()
            for gram in grams(word)
            for field in _GRAMS
        ]
        exact = [self._term(_EXACT, term, EXACT) for term in asked.exact]
        return [*own, *exact, *map(self._meant, asked.others.values())]

    def _stems_query(self, asked: Asked) -> list[tantivy.Query]:
        return [
            self._term(field, stem, weight)
            for stem, weight in asked.stems.items()
            for field in _STEMS
        ]

    def _meant(self, forms: Sequence[Sequence[str]]) -> tantivy.Query:
        """What else something is called: the form that fits best counts."""
        found = [
            _any([self._term(field, gram) for word in form for gram in grams(word)])
            for form in forms
            for field in _GRAMS
        ]
        return tantivy.Query.boost_query(tantivy.Query.disjunction_max_query(found), GLOSSARY)

    def _term(self, field: str, term: str, weight: float = 1.0) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, field, term)
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)

    def _best(
        self,
        wanted: Sequence[tantivy.Query],
        limit: int,
        filters: Filters,
        others: Sequence[tuple[tantivy.Occur, tantivy.Query]] = (),
    ) -> Scores:
        if not wanted:
            return {}
        query = _any(wanted)
        if conditions := [*_conditions(self._index.schema, filters), *others]:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *conditions])
        searcher = self._index.searcher()
        found = searcher.search(query, limit=limit, count=False).hits
        return {searcher.doc(address)["passage_id"][0]: score for score, address in found}

    def weigh(self, words: Iterable[str]) -> QueryTerms:
        """Folded words with the inverse document frequencies of their 4-grams."""
        return QueryTerms(
            {word: {gram: self._weight(_GRAMS[0], gram) for gram in grams(word)} for word in words}
        )

    def weigh_asked(self, asked: Asked) -> AskedWeights:
        """What the terms of a question weigh in a sentence."""
        found = {
            gram: weight * self._weight(_GRAMS[0], gram)
            for word, weight in asked.words.items()
            for gram in grams(word)
        }
        stems = {
            f"{MARK}{stem}{MARK}": weight * self._weight(_STEMS[0], stem)
            for stem, weight in asked.stems.items()
        }
        return AskedWeights(
            asked.language,
            found,
            stems,
            [self._meaning(phrase, forms, found) for phrase, forms in asked.others.items()],
        )

    def _meaning(
        self, phrase: Sequence[str], forms: Sequence[Sequence[str]], weights: Mapping[str, float]
    ) -> Meaning:
        own = {gram: weights[gram] for word in phrase for gram in grams(word)}
        others = [
            {gram: self._weight(_GRAMS[0], gram) for word in form for gram in grams(word)}
            for form in forms
        ]
        return Meaning(own, others, GLOSSARY * sum(own.values()))

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
    for name in ("publisher", "language", "section", "passage_language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    for name in (*_GRAMS, *_STEMS, _EXACT):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _documents(article: Article, passages: Sequence[Passage]) -> Iterator[tantivy.Document]:
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


def _any(wanted: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in wanted])


def _conditions(
    schema: tantivy.Schema, filters: Filters
) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    stated = (
        ("publisher", filters.publishers),
        ("language", filters.languages),
        ("section", filters.sections),
    )
    conditions = [_is_in(schema, name, values) for name, values in stated if values]
    if filters.published_from or filters.published_to:
        between = tantivy.Query.range_query(
            schema,
            "day",
            tantivy.FieldType.Integer,
            # Undated passages have day 0, which no bound admits.
            lower_bound=max(1, day_number(filters.published_from)),
            upper_bound=day_number(filters.published_to or "9999-12-31"),
        )
        conditions.append(_required(between))
    return conditions


def _is_in(
    schema: tantivy.Schema, field: str, values: Iterable[str]
) -> tuple[tantivy.Occur, tantivy.Query]:
    return _required(tantivy.Query.term_set_query(schema, field, list(values)))


def _required(condition: tantivy.Query) -> tuple[tantivy.Occur, tantivy.Query]:
    """A condition that adds nothing to the score."""
    return tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0)
