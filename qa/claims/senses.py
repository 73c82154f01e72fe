"""Words that stand for each other, and their opposites, from `senses.toml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.characters import fold
from index_store.terms import grams
from qa.claims.tables import languages, table

#: Share of its 4-grams that a word has in common with its cognate.
_KINDRED = 0.5


class Sense(NamedTuple):
    """A side of a row: the words that say one thing, or those that say its opposite."""

    name: str
    side: int

    @property
    def opposite(self) -> Sense:
        return self._replace(side=1 - self.side)


@lru_cache(maxsize=8192)
def senses(word: str, language: str | None) -> frozenset[Sense]:
    """The senses of a folded word in a language, in any where it is not known."""
    return frozenset(
        sense
        for each in languages(language)
        for sense, pattern in _patterns(each)
        if pattern.fullmatch(word)
    )


def akin(one: str, language: str | None, other: str, other_language: str | None) -> bool:
    """Whether two folded words of different languages can mean the same."""
    if senses(one, language) & senses(other, other_language):
        return True
    shared = set(grams(one)) & set(grams(other))
    return len(shared) >= _KINDRED * max(len(grams(one)), 1)


@cache
def _patterns(language: str) -> tuple[tuple[Sense, re.Pattern[str]], ...]:
    return tuple(
        (Sense(name, side), re.compile(_either(forms)))
        for name, by_language in table("senses").items()
        for side, forms in enumerate(by_language[language].split("|"))
    )


def _either(forms: str) -> str:
    return "|".join(fold(form).replace("*", r"\w*") for form in forms.split())
