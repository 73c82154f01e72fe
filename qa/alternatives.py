"""The two things that a question with "or" puts to choice: what says either of them is told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index_store.terms import stop_words
from qa.disagreeing.likeness import content, is_alike, shared

_OR = {
    "en": re.compile(r"\bor\b", re.IGNORECASE),
    "fr": re.compile(r"\bou\b", re.IGNORECASE),
    "it": re.compile(r"\bo(?:ppure)?\b", re.IGNORECASE),
}
#: What a choice does not reach over.
_BORDER = re.compile(r"[,;:?!()]")


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Two things, each by its own folded words.

    Attributes:
        language: that the words are in.
    """

    sides: tuple[tuple[str, ...], tuple[str, ...]]
    language: str

    def told(self, text: str, language: str | None) -> int | None:
        """The side that a text speaks of; None where it is of both or of neither."""
        words = content(text, language)
        told = [bool(shared(side, self.language, words, language)) for side in self.sides]
        return told.index(True) if sum(told) == 1 else None


def alternatives(question: str, language: str) -> Alternatives | None:
    """What a question puts to choice, or None; in English, French and Italian.

    "Did she win the first race or the second game?" asks for "race" or "game": of the words before
    "or" only as many are taken as stand behind it, up to the next comma.
    """
    found = _OR[language].search(question) if language in _OR else None
    if found is None:
        return None
    before = _BORDER.split(question[: found.start()])[-1]
    behind = _BORDER.split(question[found.end() :])[0]
    right = _telling(behind, language)
    left = _telling(before, language)[-len(right) :]
    first = tuple(word for word in left if not _is_among(word, right))
    second = tuple(word for word in right if not _is_among(word, left))
    return Alternatives((first, second), language) if first and second else None


def _telling(text: str, language: str) -> tuple[str, ...]:
    return tuple(word for word in content(text, language) if word not in stop_words(language))


def _is_among(word: str, others: tuple[str, ...]) -> bool:
    return any(is_alike(word, other) for other in others)
