"""How telling a sentence is: the odds that it holds the answer, by what speaks for it.

Fitted in two steps on XQuAD and SQuAD-it. The weights are those of a softmax over all sentences of
a question's passages, under which most of the probability falls on those that hold the answer
(conditional logit, McFadden 1974). The odds are a logistic regression over the best sentence of
each question, with half of the paragraphs in the index, so that half of the questions cannot be
answered: they make the scores of different questions, and of different languages, comparable.
tests/bench/answering.py fits both again, and says how well they do on other articles.
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
        named: share of the question's names in its passage or headline; 1 where it has none.
    """

    passage: float
    cosine: float
    words: float
    around: float
    pairs: float
    names: float
    offered: float
    named: float


class Kinship(Enum):
    """What question and sentence have in common, which decides what tells."""

    MEANING = "meaning"  # the embedder knows the languages of both
    WORDS = "words"  # one language, which the embedder does not know
    COGNATES = "cognates"  # two languages: names, numbers, cognates, and what the glossary says


# Weights of the first seven features.
_WEIGHTS = {
    Kinship.MEANING: (6.4, 9.8, 4.2, 2.4, 2.4, -1.0, 2.8),
    Kinship.WORDS: (7.2, 0.0, 5.2, 2.0, 2.0, -0.8, 2.2),
    Kinship.COGNATES: (5.6, 0.0, 10.5, 3.2, -6.5, -1.5, 2.5),
}
# What the weighted sum and the last feature count, and the intercept.
_ODDS = {
    Kinship.MEANING: (1.02, 1.78, -18.2),
    Kinship.WORDS: (1.05, 2.1, -14.8),
    Kinship.COGNATES: (0.47, 1.4, -6.1),
}


def telling(features: Features, kinship: Kinship) -> float:
    """Natural logarithm of the odds that a sentence holds the answer."""
    slope, named, intercept = _ODDS[kinship]
    return slope * weighted(features, kinship) + named * features.named + intercept


def weighted(features: Features, kinship: Kinship) -> float:
    """What the odds are made of: compares the sentences of one question."""
    passage, cosine, words, around, pairs, names, offered = _WEIGHTS[kinship]
    return (
        passage * features.passage
        + cosine * features.cosine
        + words * features.words
        + around * features.around
        + pairs * features.pairs
        + names * features.names
        + offered * features.offered
    )
