"""How telling a sentence is: a linear score of what speaks for it.

The weights are those of a softmax over all sentences of a question's passages, fitted so that most
of the probability falls on those that hold the answer (conditional logit, McFadden 1974).
tests/bench/answering.py fits them again, and says how well they do on articles that they were not
fitted on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a sentence, each 0 to 1; by the fit, names that are repeated count less than
    other words.

    Attributes:
        passage: score of its passage, against the best one.
        cosine: with the question.
        words: share of the question's words that it has, each word counting the same.
        around: the same of it and its neighbours, rare words counting most.
        pairs: share of the question's neighbouring words that stand together in it, too.
        names: share of the question's names in it; 1 where the question has none.
        offered: 1 where it holds the kind of thing that was asked for, and its passage or the head
            of its article the numbers that the question names.
    """

    passage: float
    cosine: float
    words: float
    around: float
    pairs: float
    names: float
    offered: float


class Kinship(Enum):
    """What question and sentence have in common, which decides what tells."""

    MEANING = "meaning"  # the embedder knows the languages of both
    WORDS = "words"  # one language, which the embedder does not know
    COGNATES = "cognates"  # two languages: names, numbers, cognates, and what the glossary says


_WEIGHTS = {
    Kinship.MEANING: Features(6.4, 9.8, 4.2, 2.4, 2.4, -1.0, 2.8),
    Kinship.WORDS: Features(7.2, 0.0, 5.2, 2.0, 2.0, -0.8, 2.2),
    Kinship.COGNATES: Features(5.6, 0.0, 10.5, 3.2, -6.5, -1.5, 2.5),
}

#: What two languages take from a score, since fewer words can be the same.
_OTHER_LANGUAGE = 1.0


def telling(features: Features, kinship: Kinship) -> float:
    """The score: comparable between sentences, and between questions too."""
    weights = _WEIGHTS[kinship]
    return (
        weights.passage * features.passage
        + weights.cosine * features.cosine
        + weights.words * features.words
        + weights.around * features.around
        + weights.pairs * features.pairs
        + weights.names * features.names
        + weights.offered * features.offered
        + (_OTHER_LANGUAGE if kinship is Kinship.COGNATES else 0.0)
    )
