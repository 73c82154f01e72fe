"""What a question's terms weigh, and how much of that a text holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Weight of each term.
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word or phrase of the question that the glossary calls something else elsewhere.

    Attributes:
        own: weights of the 4-grams that the question has for it.
        others: the same of each other form.
        most: what a text holds that has one of those whole.
    """

    own: Weights
    others: Sequence[Weights]
    most: float

    def gained(self, present: str) -> float:
        """What marked words hold of it beyond the question's own 4-grams."""
        shares = (_held(form, present) / (sum(form.values()) or 1.0) for form in self.others)
        return max(0.0, self.most * max(shares, default=0.0) - _held(self.own, present))


@dataclass(frozen=True, slots=True)
class AskedWeights:
    """Inverse document frequencies of a question's terms.

    Attributes:
        grams: of each 4-gram as it stands in marked words; see `terms.marked`.
        meanings: what the glossary adds, found in texts of other languages.
    """

    grams: Weights
    meanings: Sequence[Meaning] = ()

    def of(self, present: str) -> float:
        """Weight of the question's 4-grams among marked words, or of what stands for them."""
        return _held(self.grams, present) + sum(one.gained(present) for one in self.meanings)


def _held(weights: Weights, present: str) -> float:
    return sum([weight for term, weight in weights.items() if term in present])
