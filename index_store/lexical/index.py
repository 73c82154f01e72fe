"""Finding passages by their words, in Tantivy: BM25 over 4-grams, stems and exact forms.

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
from index_store.asked import Asked
from index_store.errors import IndexBusy
from index_store.folders import make_writable, not_writable
from index_store.lexical.fields import EXACT, GRAMS, documents, schema
from index_store.lexical.folder import Kept, LexicalFolder, Stamp
from index_store.lexical.queries import GLOSSARY_WEIGHT, Queries
from index_store.models import Filters
from index_store.terms import QueryTerms, grams
from index_store.weights import AskedWeights, Meaning, Weights

#: Changes when what is indexed of a passage changes; older folders are then rebuilt.
LAYOUT = 2

_HEAP = 64_000_000

#: 4-grams whose weight is remembered, a few megabytes: a question asks for each up to three times.
_WEIGHTS = 50_000

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
        self._opened: tantivy.Index | None = tantivy.Index(schema())
        self._stamps: dict[str, Stamp] = {}
        #: Of 4-grams that were asked for, among so many documents.
        self._weights: dict[str, float] = {}
        self._weighed_of = 0
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
            self._kept, self._stamps, self._weights = kept, stamps, {}

    def _open(self, folder: Path, kept: Kept | None) -> tantivy.Index | None:
        """Tantivy's index; an empty one where nothing was written yet, None where it is damaged."""
        if kept is None:
            return tantivy.Index(schema())
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
            self._opened, self._revision = tantivy.Index(schema()), None
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
            for document in documents(article, list(passages)):
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._weights = {}

    def search(self, asked: Asked, limit: int, filters: Filters) -> LexicalScores:
        """The best passages by each kind of term, at most `limit` of each."""
        queries = Queries(self._index)
        return LexicalScores(
            grams=self._best(queries.grams(asked, filters), limit),
            stems=self._best(queries.stems(asked, filters), limit) if asked.language else {},
        )

    def _best(self, query: tantivy.Query, limit: int) -> Scores:
        searcher = self._index.searcher()
        found = searcher.search(query, limit=limit, count=False).hits
        return {searcher.doc(address)["passage_id"][0]: score for score, address in found}

    def holds(self, word: str) -> bool:
        """Whether any passage has a folded word."""
        # Not by `doc_freq`, which counts what was removed until Tantivy merges its segments.
        index = self._index
        return bool(self._best(tantivy.Query.term_query(index.schema, EXACT, word), 1))

    def spelt_like(self, word: str, edits: int, limit: int) -> list[str]:
        """Passages that have a word of so many edits from a folded one, at most; best first.

        Args:
            edits: letters more, less, other or swapped; 1 or 2.
        """
        index = self._index
        query = tantivy.Query.fuzzy_term_query(index.schema, EXACT, word, distance=edits)
        return list(self._best(query, limit))

    def count(self) -> int:
        """Passages that can be found."""
        return int(self._index.searcher().num_docs)

    def passage_ids(self) -> frozenset[str]:
        """Every passage that can be found; read from the disk, 100,000 in some seconds."""
        found = self._best(tantivy.Query.all_query(), max(1, self.count()))
        return frozenset(found)

    def weigh(self, asked: Asked, about: Iterable[str]) -> QueryTerms:
        """What a question is about, with the inverse document frequencies of 4-grams.

        Args:
            about: those of its folded words that say what it is about.
        """
        words = {word: self._weighed([word]) for word in about}
        called: dict[str, tuple[Weights, ...]] = {}
        for phrase, forms in asked.others.items():
            weighed = tuple(self._weighed(form) for form in forms)
            for word in words.keys() & set(phrase):
                called[word] = called.get(word, ()) + weighed
        return QueryTerms(words, called)

    def _weighed(self, words: Iterable[str]) -> Weights:
        return {gram: self._weight(gram) for word in words for gram in grams(word)}

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
        others = [self._weighed(form) for form in forms]
        return Meaning(own, others, GLOSSARY_WEIGHT * sum(own.values()))

    def _weight(self, gram: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), as BM25 has it; Robertson & Zaragoza 2009."""
        searcher = self._index.searcher()
        if searcher.num_docs != self._weighed_of or len(self._weights) > _WEIGHTS:
            self._weights, self._weighed_of = {}, searcher.num_docs
        # Another thread may begin anew meanwhile; what was counted before belongs to these.
        weights = self._weights
        known = weights.get(gram)
        if known is None:
            seen = min(searcher.num_docs, searcher.doc_freq(GRAMS[0], gram))
            known = math.log(1 + (searcher.num_docs - seen + 0.5) / (seen + 0.5))
            weights[gram] = known
        return known


def _tantivy(folder: Path) -> tantivy.Index:
    index = tantivy.Index(schema(), path=str(folder))
    # No thread that watches the folder: it is followed by its note.
    index.config_reader("manual")
    return index


def _told(
    contents: Iterable[tuple[Article, Iterable[Passage]]], on_progress: Callable[[int], None]
) -> Iterator[tuple[Article, Iterable[Passage]]]:
    for done, item in enumerate(contents, start=1):
        yield item
        on_progress(done)
