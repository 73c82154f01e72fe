"""A passage as searches look at it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Passage
from index_store.models import EmbeddedPassage, Vector
from index_store.terms import marked


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what every question that finds it compares.

    Attributes:
        vector: of unit length, shape (dimensions,).
        sentence_vectors: likewise, shape (sentences, dimensions).
        sentences: each as marked words; see `terms.marked`.
    """

    passage: Passage
    vector: Vector
    sentence_vectors: Vector
    sentences: tuple[str, ...]

    @classmethod
    def of(cls, embedded: EmbeddedPassage) -> ReadPassage:
        """Takes apart what was read from the store."""
        sentences = tuple(map(marked, embedded.passage.sentence_texts()))
        return cls(embedded.passage, embedded.vector, embedded.sentence_vectors, sentences)
