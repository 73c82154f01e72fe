"""What a question's terms weigh, and how much of that a text holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index_store.terms import marked

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

    def gained(self, text: str) -> float:
        """What a text holds of it beyond the question's own 4-grams."""
        shares = (_held(form, text) / (sum(form.values()) or 1.0) for form in self.others)
        return max(0.0, self.most * max(shares, default=0.0) - _held(self.own, text))


@dataclass(frozen=True, slots=True)
class AskedWeights:
    """Inverse document frequencies of a question's terms.

    Attributes:
        language: of the question.
        meanings: what is only looked for in texts of other languages.
    """

    language: str | None
    grams: Weights
    stems: Weights
    meanings: Sequence[Meaning] = ()

    def of_grams(self, text: str) -> float:
        """Weight of the question's 4-grams that occur in a text, or of what stands for them."""
        present = marked(text)
        return _held(self.grams, present) + sum(one.gained(present) for one in self.meanings)

    def of_stems(self, stems: str) -> float:
        """Weight of the question's stems among marked ones."""
        return sum(weight for stem, weight in self.stems.items() if f"_{stem}_" in stems)


def _held(weights: Weights, present: str) -> float:
    return sum(weight for term, weight in weights.items() if term in present)
