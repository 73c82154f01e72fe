"""The terms that words are matched by: character 4-grams within words, accents folded.

They carry a question across languages, since names, numbers and cognates share them, and they
survive misspelt names. Beside them, stems find what an inflection hides; see `lexical`.
McNamee & Mayfield 2004, "Character N-Gram Tokenization for European Language Text Retrieval".
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from corpus.characters import fold

GRAM = 4
#: Stands where a word begins and ends.
MARK = "_"

_WORD = re.compile(r"[^\W_]+")
_STOPWORD_LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl")


def words(text: str) -> list[str]:
    """Folded words and numbers, in order."""
    return _WORD.findall(fold(text))


def grams(word: str) -> list[str]:
    """All 4-grams of a folded word with a mark at its start and its end: where a word begins and
    ends tells as much as what is in it. A word of up to three letters is one term.

    By BM25 alone the marks put the right passage of XQuAD and SQuAD-it first for 0.931, 0.929 and
    0.720 of the questions instead of 0.910, 0.906 and 0.684, across languages 0.660 for 0.603.
    """
    marked = f"{MARK}{word}{MARK}"
    if len(word) < GRAM:
        return [marked]
    return [marked[i : i + GRAM] for i in range(len(marked) - GRAM + 1)]


def terms(text: str) -> list[str]:
    """The terms of a text, in order, with repetition."""
    return [gram for word in words(text) for gram in grams(word)]


class _Marks(dict[int, int | str]):
    """A mark for every character that is of no word; filled as characters are met."""

    def __missing__(self, code: int) -> int | str:
        mark = self[code] = code if chr(code).isalnum() else MARK
        return mark


_MARKS = _Marks()


@lru_cache(maxsize=16_384)
def marked(text: str) -> str:
    """A text's folded words with marks between them: `term in marked(text)` tells, without a
    list of them, whether a term occurs. Kept for the sentences asked about most."""
    return f"{MARK}{fold(text).translate(_MARKS)}{MARK}"


def question_words(question: str, language: str | None) -> list[str]:
    """Folded words of a question that say what it is about, each once, in order.

    Stop words of the question's language are left out; where nothing would be left, all stay.
    """
    found = list(dict.fromkeys(words(question)))
    stop = stop_words(language)
    return [word for word in found if word not in stop] or found


def names_a_subject(question: str, language: str | None) -> bool:
    """Whether a question has a word that says what it is about: "Who?" alone has none."""
    return not stop_words(language).issuperset(words(question))


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Folded words of a language that say nothing about a subject; none where it is not known."""
    import stopwordsiso

    if language not in _STOPWORD_LANGUAGES:
        return frozenset()
    return frozenset(fold(word) for word in stopwordsiso.stopwords(language))


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """What a question is about, weighed by an index.

    Attributes:
        words: inverse document frequency of each 4-gram, by the folded word that it is of.
        called: the same of what the glossary calls a word elsewhere, by that word.
        others: the same of the question in other languages; a text is held against the wording
            that it has most of.
        carried: words that the question has from the conversation before it.
    """

    words: Mapping[str, Mapping[str, float]]
    called: Mapping[str, tuple[Mapping[str, float], ...]] = field(default_factory=dict)
    others: tuple[QueryTerms, ...] = ()
    carried: frozenset[str] = frozenset()

    def weights(self) -> list[float]:
        """How much each word counts, in order: what its 4-grams weigh together."""
        return [sum(grams.values()) for grams in self.words.values()]

    def counts(self) -> list[float]:
        """How much each word counts, in order, where a rare one counts no more than another.

        Carried words count together as much as the others: however many names a follow-up leans
        on, a passage that has them and nothing else does not answer it.
        """
        carried = len(self.carried & self.words.keys()) or 1
        others = len(self.words.keys() - self.carried) or 1
        return [1 / (carried if word in self.carried else others) for word in self.words]

    def shares(self, present: str) -> list[float]:
        """How much of each word occurs among marked words, 0 to 1, in order."""
        return [
            max([_share(form, present) for form in (grams, *self.called.get(word, ()))])
            for word, grams in self.words.items()
        ]

    def coverage(self, text: str) -> float:
        """Share of the question's weight that occurs in a text, 0 to 1: rare words count most."""
        own = weighted_mean(self.shares(marked(text)), self.weights())
        return max([own, *(one.coverage(text) for one in self.others)])

    def word_coverage(self, text: str) -> float:
        """Mean over the question's words of the share that occurs in a text, 0 to 1.

        Every word counts the same, since an answer must bear on all that was asked; see `counts`.
        """
        own = weighted_mean(self.shares(marked(text)), self.counts())
        return max([own, *(one.word_coverage(text) for one in self.others)])


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """0 where nothing weighs anything."""
    total = sum(weights)
    return sum(map(operator.mul, values, weights)) / total if total else 0.0


def _share(weights: Mapping[str, float], present: str) -> float:
    held = [weight for term, weight in weights.items() if term in present]
    # Nearly every text has all of a word or nothing of it.
    if not held:
        return 0.0
    return 1.0 if len(held) == len(weights) else sum(held) / sum(weights.values())
