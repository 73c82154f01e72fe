"""One search, from a question to ranked passages. Read `Search.run` from the top."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from corpus import Article
from corpus.embargo import is_withheld
from index_store.asked import ask_for
from index_store.diversity import spread
from index_store.embedder import Embedder
from index_store.glossary import Glossary
from index_store.lexical import LexicalIndex, LexicalScores
from index_store.models import EmbeddedPassage, Filters, Hit, SearchResult, Vector
from index_store.scoring import Sides, combine_sides, with_sentences
from index_store.store import Entry, Store
from index_store.terms import question_words

#: Passages that each side proposes.
CANDIDATES = 50

#: Of all that were proposed, those that are looked at sentence by sentence.
RESCORED = 40

#: Chroma returns this many passages of 100,000 in 15 ms; a `where` takes it 35 to 190 ms. A filter
#: that keeps enough of the archive is applied to what it returns.
_NEAREST_AT_MOST = 2_000

#: Passages kept in memory, about 10 kB each. Their ids come from their content.
_KEPT = 4_096


class Search:
    """Searches one state of an archive: a new one is made when the archive has changed.

    Args:
        entries: the catalogue.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        embedder: Embedder,
        glossary: Glossary,
        entries: Sequence[Entry],
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._embedder = embedder
        self._glossary = glossary
        self._entries = {entry.article_id: entry for entry in entries}
        self._languages = frozenset(filter(None, (entry.language for entry in entries)))
        self._passages = sum(entry.passages for entry in entries)
        self._kept: OrderedDict[str, EmbeddedPassage] = OrderedDict()

    def run(
        self, question: str, language: str | None, filters: Filters, limit: int
    ) -> SearchResult:
        """The best passages, at most `limit`; see `ArticleIndex.search`."""
        vector = self._embedder.embed_query(question)
        asked = ask_for(question, language, self._glossary, self._languages)
        words = self._lexical.search(asked, max(limit, CANDIDATES), filters)
        nearest = self._nearest(vector, max(limit, CANDIDATES), filters)
        cosines = self._cosines(vector, nearest, words)
        proposed = Sides(cosines, words.grams, words.stems)
        first = combine_sides(proposed, language, self._language, self._embedder.serves)
        found = self._fetch(list(first)[: max(limit, RESCORED)])
        sides = with_sentences(proposed, vector, self._lexical.weigh_asked(asked), found)
        scores = combine_sides(
            sides, language, lambda key: found[key].passage.language, self._embedder.serves
        )
        articles = self._articles(scores)
        hits = [
            Hit(
                passage=found[key].passage,
                article=articles[key.partition(".")[0]],
                score=score,
                sides=sides.of(key),
                sentence_cosines=tuple((found[key].sentence_vectors @ vector).tolist()),
            )
            for key, score in scores.items()
            # A passage without its article was being removed by another process.
            if key.partition(".")[0] in articles
        ]
        terms = self._lexical.weigh(question_words(question, language))
        return SearchResult(spread(hits, limit), terms, self._embedder.serves(language))

    def _language(self, passage_id: str) -> str | None:
        entry = self._entries.get(passage_id.partition(".")[0])
        return entry.language if entry else None

    def _nearest(self, vector: Vector, limit: int, filters: Filters) -> Mapping[str, float]:
        """Cosines of the nearest passages that a filter admits."""
        if filters == Filters():
            return self._store.nearest(vector, limit, filters)
        admitted = self._admitted(filters)
        kept = sum(self._entries[article_id].passages for article_id in admitted)
        enough = math.ceil(1.5 * limit * self._passages / max(kept, 1))
        if enough <= _NEAREST_AT_MOST:
            near = self._store.nearest(vector, enough, Filters())
            found = [key for key in near if key.partition(".")[0] in admitted][:limit]
            # Fewer where a question is about what the filter leaves out.
            if len(found) >= min(limit, kept) / 2:
                return {key: near[key] for key in found}
        return self._store.nearest(vector, limit, filters)

    def _admitted(self, filters: Filters) -> frozenset[str]:
        return frozenset(key for key, entry in self._entries.items() if entry.passes(filters))

    def _cosines(
        self, vector: Vector, nearest: Mapping[str, float], words: LexicalScores
    ) -> dict[str, float]:
        """Cosines of all that was proposed, whichever side proposed it."""
        others = [key for key in {**words.grams, **words.stems} if key not in nearest]
        known = {key: self._kept[key].vector for key in others if key in self._kept}
        known |= self._store.vectors([key for key in others if key not in known])
        return {**nearest, **{key: float(known[key] @ vector) for key in known}}

    def _fetch(self, passage_ids: Sequence[str]) -> dict[str, EmbeddedPassage]:
        missing = [key for key in passage_ids if key not in self._kept]
        self._kept |= self._store.passages(missing)
        found = {key: self._kept[key] for key in passage_ids if key in self._kept}
        for key in found:
            self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _articles(self, passage_ids: Mapping[str, float]) -> dict[str, Article]:
        found = self._store.articles(
            list(dict.fromkeys(key.partition(".")[0] for key in passage_ids))
        )
        return {key: article for key, article in found.items() if not is_withheld(article)}
