"""The nouns of searching: what to look for, where, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from corpus import Article, Passage
from index_store.terms import QueryTerms
from index_store.version import Version

Vector = npt.NDArray[np.float32]


def day_number(published: str | None) -> int:
    """20250114 for "2025-01-14…", since engines compare numbers only; 0 where undated."""
    return int(published[:10].replace("-", "")) if published else 0


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a search may return; an empty filter admits all.

    Attributes:
        publishers: any of these outlets, spelt as in the archive; "" is an unstated one.
        languages: any of these ISO 639-1 codes; "" is an unstated one.
        published_from, published_to: ISO 8601 days, both inclusive. An undated article passes
            no date filter.
        sections: any of these, spelt as in the archive; "" is an unstated one.
    """

    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    published_from: str | None = None
    published_to: str | None = None
    sections: tuple[str, ...] = ()

    def admits(
        self,
        publisher: str | None,
        language: str | None,
        day: str | None,
        section: str | None = None,
    ) -> bool:
        """The definition of the filter, which every engine must agree with."""
        return (
            (not self.publishers or (publisher or "") in self.publishers)
            and (not self.sections or (section or "") in self.sections)
            and (not self.languages or (language or "") in self.languages)
            and (not self.published_from or (day is not None and day >= self.published_from))
            and (not self.published_to or (day is not None and day <= self.published_to))
        )


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage with its vectors, all of unit length.

    Attributes:
        vector: shape (dimensions,).
        sentence_vectors: shape (len(passage.sentences), dimensions).
    """

    passage: Passage
    vector: Vector
    sentence_vectors: Vector


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found.

    Attributes:
        score: the combined score, 0 to 1, comparable within one search only.
        sides: what it is made of, by the names in `scoring.SIDES`; a side that knows nothing of
            the passage is absent.
        sentence_cosines: cosine of the question with each sentence of the passage.
        shares: how much of the score each side is, by the same names; they add up to it.
        copies: the same passage as other outlets printed it from the same agency; they have no
            rank of their own.
    """

    passage: Passage
    article: Article
    score: float
    sides: Mapping[str, float]
    sentence_cosines: tuple[float, ...]
    copies: tuple[Hit, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)

    def weighed(self, weight: float) -> Hit:
        """The same hit scoring so many times as much."""
        shares = {name: weight * share for name, share in self.shares.items()}
        return replace(self, score=weight * self.score, shares=shares)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What one search found.

    Attributes:
        hits: best first.
        terms: what the question is about.
        served: languages, of question and passages, that the embedder knows: between these,
            cosines mean much.
        is_overtaken: whether it came upon passages of articles that it does not know: what is
            stored has changed since it began.
    """

    hits: tuple[Hit, ...]
    terms: QueryTerms
    served: frozenset[str | None]
    is_overtaken: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What is indexed.

    Attributes:
        languages, publishers: number of articles of each; None counts what is not stated.
        first, last: earliest and latest publication day, where any is stated.
        indexed: when the latest of them was stored: ISO 8601 date-time, UTC.
        outdated: articles that an earlier version of reading and splitting made; the next run of
            indexing makes them again.
        served: languages among them that the embedding model knows, so that meaning is compared;
            the others are found mostly by their words.
        written: the version that the index was written in; None where nothing ever was.
    """

    articles: int
    passages: int
    languages: Mapping[str | None, int]
    publishers: Mapping[str | None, int]
    first: str | None
    last: str | None
    embedding_model: str
    outdated: int = 0
    served: tuple[str, ...] = ()
    indexed: str | None = None
    written: Version | None = None
