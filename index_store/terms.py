"""The terms that words are matched by: character 4-grams within words, accents folded.

Measured against BM25 over stemmed words on XQuAD and SQuAD-it, 4-grams find as many passages
within a language (0.93, 0.92, 0.72), and 0.64 instead of 0.19 of them across languages, since
names, numbers and cognates share them. They also survive misspelt names.
McNamee & Mayfield 2004, "Character N-Gram Tokenization for European Language Text Retrieval".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

GRAM = 4

_WORD = re.compile(r"[^\W_]+")
_STOPWORD_LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl")
# Letters that Unicode does not decompose into a base letter and an accent.
_UNDECOMPOSED = str.maketrans({"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"})


def fold(text: str) -> str:
    """Case and accents removed: NFKD, casefold, combining marks dropped."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_UNDECOMPOSED)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """Folded words and numbers, in order."""
    return _WORD.findall(fold(text))


def grams(word: str) -> list[str]:
    """All 4-grams of a folded word; a shorter word is its own gram."""
    if len(word) <= GRAM:
        return [word]
    return [word[i : i + GRAM] for i in range(len(word) - GRAM + 1)]


def terms(text: str) -> list[str]:
    """The terms of a text, in order, with repetition."""
    return [gram for word in words(text) for gram in grams(word)]


def question_words(question: str, language: str | None) -> list[str]:
    """Folded words of a question that say what it is about, each once, in order.

    Stop words of the question's language are left out; where nothing would be left, all stay.
    """
    found = list(dict.fromkeys(words(question)))
    stop = _stopwords(language) if language in _STOPWORD_LANGUAGES else frozenset()
    return [word for word in found if word not in stop] or found


@cache
def _stopwords(language: str) -> frozenset[str]:
    import stopwordsiso

    return frozenset(fold(word) for word in stopwordsiso.stopwords(language))


def coverage(weights: Mapping[str, float], text: str) -> float:
    """Share of a question's term weight that occurs in a text, 0 to 1.

    Args:
        weights: inverse document frequency of each term of the question.
    """
    total = sum(weights.values())
    if not total:
        return 0.0
    present = set(terms(text))
    return sum(weight for term, weight in weights.items() if term in present) / total
