"""The names and numbers of an article: what tells its story from others, in any language.

A name is a capitalised word that does not stand where every word is capitalised. A number is
told by its digits, however its thousands are set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus import Article, Passage
from corpus.characters import fold
from index_store.terms import stop_words

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?:\d{1,3}(?:[.,'’ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NO_DIGIT = re.compile(r"\D")

#: Digits of a whole number that is seldom a day, an age or a count of something else.
_TELLING_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names and numbers of one article.

    Attributes:
        sure: numbers, and words that are capitalised in the middle of a sentence.
        possible: words that are capitalised at the start of a sentence or in the headline, where
            it can be by rule; they are names if they are so elsewhere.
    """

    sure: frozenset[str]
    possible: frozenset[str]


def names_of(article: Article, passages: Iterable[Passage]) -> Names:
    """The names and numbers of an article, from its headline and its sentences."""
    inside: set[str] = set()
    first = {word for word in _WORD.findall(article.title) if word[0].isupper()}
    common: set[str] = set()
    numbers: set[str] = set()
    for sentence in (each for passage in passages for each in passage.sentence_texts()):
        opening, *words = _WORD.findall(sentence) or [""]
        first.add(opening)
        inside.update(word for word in words if word[0].isupper())
        common.update(word for word in words if word[0].islower())
        numbers.update(_numbers(sentence))
    first = {word for word in first if word[:1].isupper() and word.lower() not in common}
    sure = _folded(inside, article.language)
    return Names(sure | numbers, _folded(first, article.language) - sure)


def _folded(words: Iterable[str], language: str | None) -> frozenset[str]:
    # A letter alone is an initial or the mark of an elided article.
    return frozenset(fold(word) for word in words if len(word) > 1) - stop_words(language)


def _numbers(sentence: str) -> Iterator[str]:
    """Figures worth comparing: long ones and decimals. Years and days are in too many articles."""
    for found in _NUMBER.findall(sentence):
        digits = _NO_DIGIT.sub("", found)
        if _YEAR.fullmatch(found):
            continue
        if len(digits) >= _TELLING_DIGITS:
            yield digits
        elif digits != found:
            yield found.replace(",", ".")
