"""One search, from a question to ranked passages. Read `Search.run` from the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index_store.archive import Archive
from index_store.asked import Asked, ask_for
from index_store.diversity import spread
from index_store.embedder import Embedder
from index_store.glossary import Glossary
from index_store.lexical import LexicalIndex
from index_store.models import Filters, Hit, SearchResult, Vector
from index_store.reranker import RERANKED, Reranker, rerank
from index_store.scoring import Sides, combine_sides, with_sentences
from index_store.spelling import SPELLINGS, edits_allowed, nearest_name
from index_store.store import Entry, Store
from index_store.terms import QueryTerms, question_words
from index_store.variants import Variant, merge, variants

#: Passages that each side proposes.
CANDIDATES = 40

#: Of all that were proposed, so many at most are looked at sentence by sentence (16 lose 0.002 of
#: the first places, 40 gain less than 0.001), and none that scores this share of the best or less:
#: no question of XQuAD or SQuAD-it loses its passage by it.
RESCORED = 24
FAR_BEHIND = 0.3


class Search:
    """Searches one state of an archive: a new one is made when the archive has changed.

    Args:
        entries: the catalogue.
        reranker: puts the best passages in order, where there is one.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        embedder: Embedder,
        glossary: Glossary,
        entries: Sequence[Entry],
        reranker: Reranker | None = None,
    ) -> None:
        self._archive = Archive(store, entries)
        self._lexical = lexical
        self._embedder = embedder
        self._glossary = glossary
        self._reranker = reranker

    def warm_up(self) -> None:
        """Does what the first questions would wait for."""
        self._embedder.embed_query("warm up")
        if self._reranker:
            self._reranker.scores("warm up", ["warm up"])
        self._archive.read_ahead()

    def sketches(self, article_ids: Iterable[str]) -> dict[str, bytes]:
        """See `Archive.sketches`."""
        return self._archive.sketches(article_ids)

    def name_like(self, word: str) -> str | None:
        """A name of the archive that a folded word is a misspelling of; see `spelling`."""
        edits = edits_allowed(word)
        if not edits or self._lexical.holds(word):
            return None
        found = self._lexical.spelt_like(word, edits, SPELLINGS)
        readable = self._archive.articles_of(found)
        passages = self._archive.passages([key for key in found if key in readable])
        return nearest_name(word, [read.passage.text for read in passages.values()])

    def run(
        self,
        question: str,
        language: str | None,
        filters: Filters,
        limit: int,
        translations: Mapping[str, str],
    ) -> SearchResult:
        """The best passages, at most `limit`; see `ArticleIndex.search`."""
        worded = variants(question, language, filters, translations)
        asked = [self._asked(variant) for variant in worded]
        about = [self._about(*each) for each in zip(worded, asked, strict=True)]
        enough = max(limit, RERANKED) if self._reranker else limit
        found = [self._find(*each, enough) for each in zip(worded, asked, strict=True)]
        merged = merge(list(zip(worded, about, (hits for hits, _ in found), strict=True)))
        shown = self._ordered(question, merged, limit)
        terms = replace(about[0], others=tuple(about[1:]))
        languages = {language, *(hit.passage.language for hit in shown)}
        return SearchResult(
            hits=shown,
            terms=terms,
            served=frozenset(filter(self._embedder.serves, languages)),
            is_overtaken=not all(is_known for _, is_known in found),
        )

    def _asked(self, variant: Variant) -> Asked:
        return ask_for(variant.text, variant.language, self._glossary, self._archive.languages)

    def _about(self, variant: Variant, asked: Asked) -> QueryTerms:
        return self._lexical.weigh(asked, question_words(variant.text, variant.language))

    def _find(self, variant: Variant, asked: Asked, limit: int) -> tuple[list[Hit], bool]:
        """What one wording of the question finds, best first, and whether all of it is known."""
        vector = self._embedder.embed_query(variant.text)
        proposed = self._propose(vector, asked, variant.filters, max(limit, CANDIDATES))
        first = combine_sides(
            proposed, asked.language, self._archive.article_language, self._embedder.serves
        )
        found = self._archive.passages(_worth_reading(first, limit))
        sides = with_sentences(proposed, vector, self._lexical.weigh_asked(asked), found)
        shares = combine_sides(
            sides, asked.language, lambda key: found[key].passage.language, self._embedder.serves
        )
        articles = self._archive.articles_of(shares)
        hits = [
            Hit(
                passage=found[key].passage,
                article=articles[key],
                score=sum(share.values()),
                sides=sides.of(key),
                sentence_cosines=tuple((found[key].sentence_vectors @ vector).tolist()),
                shares=share,
            )
            for key, share in shares.items()
            # A passage without its article was being added or removed by another process.
            if key in articles
        ]
        return hits, self._archive.knows(shares)

    def _propose(self, vector: Vector, asked: Asked, filters: Filters, limit: int) -> Sides:
        """The best passages by words and by vectors, each with its cosine whoever proposed it."""
        words = self._lexical.search(asked, limit, filters)
        nearest = self._archive.nearest(vector, limit, filters)
        others = [key for key in {**words.grams, **words.stems} if key not in nearest]
        cosines = {**nearest, **self._archive.cosines(vector, others)}
        return Sides(cosines, words.grams, words.stems)

    def _ordered(self, question: str, hits: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
        """Hits as they are shown: copies with what they are copies of, and none after the last."""
        if self._reranker is None:
            return spread(hits, limit)
        distinct = spread(hits, max(limit, RERANKED))
        return tuple(rerank(self._reranker, question, distinct)[:limit])


def _worth_reading(first: Mapping[str, Mapping[str, float]], limit: int) -> list[str]:
    """The passages that may be among the best once their sentences are looked at."""
    scores = {key: sum(shares.values()) for key, shares in first.items()}
    enough = FAR_BEHIND * max(scores.values(), default=0.0)
    near = [key for key, score in scores.items() if score > enough][:RESCORED]
    return near if len(near) > limit else list(scores)[:limit]
