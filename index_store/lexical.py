"""Finding passages by their words, in Tantivy: BM25 over 4-grams, stems and exact forms.

4-grams and stems are counted in the passage alone and in the passage with its neighbours, whose
words say what "he" and "the company" in it stand for.

The index is derived: it holds ids and terms, never text, and remembers the store's revision that
it was built from, so that a stale or damaged one is noticed and rebuilt.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from corpus import Article, Passage
from index_store.asked import Asked, exact_terms
from index_store.errors import IndexBusy
from index_store.folders import make_writable, not_writable
from index_store.lexical_folder import Kept, LexicalFolder, Stamp
from index_store.models import Filters, day_number
from index_store.stemming import stems
from index_store.terms import QueryTerms, grams, terms, words
from index_store.weights import AskedWeights, Meaning

#: Changes when what is indexed of a passage changes; older folders are then rebuilt.
LAYOUT = 2

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

#: 4-grams are not looked for that more than this share of the passages have, and not just a few.
#: That takes the same passages to the first place, and half of the time at 100,000 of them.
COMMON = 0.25
_MANY = 100

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
        self._folder = LexicalFolder(folder, LAYOUT) if folder else None
        self._revision: str | None = None
        self._kept: Kept | None = None
        self._opened: tantivy.Index | None = tantivy.Index(_schema())
        self._stamps: dict[str, Stamp] = {}
        if folder is not None:
            make_writable(folder)
            self._look()

    @property
    def revision(self) -> str | None:
        """The store's revision that this index is level with; None where it has to be rebuilt.

        Sees what other processes have written, and what has been damaged since it was opened.
        """
        self._look()
        return self._revision

    def _look(self) -> None:
        """Follows the folder, where anything in it has changed."""
        if self._folder is None:
            return
        stamps = self._folder.stamps()
        if stamps != self._stamps:
            kept = self._folder.read()
            self._opened = self._open(self._folder.path, kept)
            self._revision = kept.revision if kept and self._opened else None
            self._kept, self._stamps = kept, stamps

    def _open(self, folder: Path, kept: Kept | None) -> tantivy.Index | None:
        """Tantivy's index; an empty one where nothing was written yet, None where it is damaged."""
        if kept is None:
            return tantivy.Index(_schema())
        if not kept.can_be_searched:
            return None
        try:
            return _tantivy(folder)
        except ValueError:  # such as of lists that no checksum is kept of; all of it is derived
            return None

    @property
    def _index(self) -> tantivy.Index:
        if self._opened is None:
            # Whoever finds the lock free rebuilds it before anything is searched.
            where = self._folder.path if self._folder else "memory"
            raise IndexBusy(
                f"{where}: the index of words must be built again, and another process is "
                f"writing; wait until it has finished and run this again"
            )
        return self._opened

    def update(
        self,
        added: Iterable[tuple[Article, Iterable[Passage]]],
        removed: Iterable[str],
        revision: str,
    ) -> None:
        """Removes articles by id, adds others with their passages, and notes the revision.

        Raises:
            HomeNotWritable: the folder cannot be written, or the disk is full.
            IndexBusy: what is there has to be rebuilt first.
        """
        with self._writing():
            if self._folder is not None and self._kept is None:
                self._begin(self._folder)
                # Others may search it, empty as it is, while the first articles are added.
                self._folder.note(None)
            self._commit(added, removed)
            self._note(revision)

    def rebuild(
        self,
        contents: Iterable[tuple[Article, Iterable[Passage]]],
        revision: str,
        on_progress: Callable[[int], None] = lambda done: None,
    ) -> None:
        """Starts over from everything that the store holds; raises as `update` does.

        Searches find the old contents, where they are whole, until the new ones are there. A
        process that dies in the middle leaves an index that has to be rebuilt.

        Args:
            on_progress: told how many articles are done, after each.
        """
        self._look()
        with self._writing():
            if self._folder is not None and (self._kept is None or self._opened is None):
                self._begin(self._folder)
            self._commit(_told(contents, on_progress), (), from_nothing=True)
            self._note(revision)

    def clear(self) -> None:
        """Forgets everything, as where the store was deleted; raises as `update` does."""
        self._look()
        if self._folder is None:
            self._opened, self._revision = tantivy.Index(_schema()), None
        elif self._kept is not None:
            self.rebuild((), "")

    def _begin(self, folder: LexicalFolder) -> None:
        make_writable(folder.path)
        folder.empty()
        self._opened = _tantivy(folder.path)

    def _note(self, revision: str) -> None:
        if self._folder is not None:
            self._folder.note(revision)
            self._stamps = self._folder.stamps()
            self._kept = Kept(revision, can_be_searched=True)
        self._revision = revision

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Errors of the disk and of Tantivy, which raises ValueError for all of its own."""
        try:
            yield
        except (OSError, ValueError) as error:
            where = self._folder.path if self._folder else Path("memory")
            raise not_writable(where, str(error)) from error

    def _commit(
        self,
        added: Iterable[tuple[Article, Iterable[Passage]]],
        removed: Iterable[str],
        *,
        from_nothing: bool = False,
    ) -> None:
        index = self._index
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        if from_nothing:
            writer.delete_all_documents()
        for article_id in removed:
            writer.delete_documents_by_term("article_id", article_id)
        for article, passages in added:
            if not from_nothing:
                # Adding what is there already must not make two of it.
                writer.delete_documents_by_term("article_id", article.id)
            for document in _documents(article, list(passages)):
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

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
            for gram in self._telling(grams(word))
            for field in _GRAMS
        ]
        exact = [self._term(_EXACT, term, EXACT) for term in asked.exact]
        return [*own, *exact, *map(self._meant, asked.others.values())]

    def _telling(self, found: Sequence[str]) -> list[str]:
        """4-grams without those that too many passages have."""
        searcher = self._index.searcher()
        many = max(_MANY, COMMON * searcher.num_docs)
        return [gram for gram in found if searcher.doc_freq(_GRAMS[0], gram) <= many]

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
            {word: {gram: self._weight(gram) for gram in grams(word)} for word in words}
        )

    def weigh_asked(self, asked: Asked) -> AskedWeights:
        """What the terms of a question weigh in a sentence."""
        found = {
            gram: weight * self._weight(gram)
            for word, weight in asked.words.items()
            for gram in grams(word)
        }
        meanings = [self._meaning(phrase, forms, found) for phrase, forms in asked.others.items()]
        return AskedWeights(found, meanings)

    def _meaning(
        self, phrase: Sequence[str], forms: Sequence[Sequence[str]], weights: Mapping[str, float]
    ) -> Meaning:
        own = {gram: weights[gram] for word in phrase for gram in grams(word)}
        others = [
            {gram: self._weight(gram) for word in form for gram in grams(word)} for form in forms
        ]
        return Meaning(own, others, GLOSSARY * sum(own.values()))

    def _weight(self, gram: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), as BM25 has it; Robertson & Zaragoza 2009."""
        searcher = self._index.searcher()
        seen = min(searcher.num_docs, searcher.doc_freq(_GRAMS[0], gram))
        return math.log(1 + (searcher.num_docs - seen + 0.5) / (seen + 0.5))


def _tantivy(folder: Path) -> tantivy.Index:
    index = tantivy.Index(_schema(), path=str(folder))
    # No thread that watches the folder: it is followed by its note.
    index.config_reader("manual")
    return index


def _told(
    contents: Iterable[tuple[Article, Iterable[Passage]]], on_progress: Callable[[int], None]
) -> Iterator[tuple[Article, Iterable[Passage]]]:
    for done, item in enumerate(contents, start=1):
        yield item
        on_progress(done)


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
