"""What two sentences have in common, word by word, within a language and across."""

from __future__ import annotations

import math
from functools import lru_cache

from corpus.quantities import quantities
from index_store.glossary import load_glossary
from index_store.terms import question_words, words

#: Two words are inflections of one, or cognates, where so many letters and such a share of the
#: longer are the same from the start: "settle" and "settlement", "inutile" and "inutilement".
_LETTERS = 4
_SHARE = 0.55


@lru_cache(maxsize=8192)
def content(text: str, language: str | None) -> tuple[str, ...]:
    """Folded words of a text that say what it is about, numbers left out, each once, in order."""
    return tuple(word for word in question_words(text, language) if not word[0].isdigit())


@lru_cache(maxsize=8192)
def values(text: str, language: str | None) -> frozenset[str]:
    """The quantities of a text; see `corpus.quantities`."""
    return frozenset(quantities(text, language))


@lru_cache(maxsize=16_384)
def shared(
    ones: tuple[str, ...],
    language: str | None,
    others: tuple[str, ...],
    other_language: str | None,
) -> tuple[str, ...]:
    """Those of some folded words that others are too, inflected or in another language."""
    by_start = _by_start(others)
    across = language != other_language
    return tuple(
        word
        for word in ones
        if _is_among(word, by_start)
        or (
            across
            and any(_is_among(form, by_start) for form in _called(word, language, other_language))
        )
    )


@lru_cache(maxsize=4096)
def _by_start(words: tuple[str, ...]) -> dict[str, list[str]]:
    by_start: dict[str, list[str]] = {}
    for word in words:
        by_start.setdefault(word[:_LETTERS], []).append(word)
    return by_start


def _is_among(word: str, by_start: dict[str, list[str]]) -> bool:
    return any(is_alike(word, other) for other in by_start.get(word[:_LETTERS], ()))


def is_alike(one: str, other: str) -> bool:
    """Whether two folded words are one, inflected or cognate."""
    if one == other:
        return True
    same = max(_LETTERS, math.ceil(_SHARE * max(len(one), len(other))))
    return len(one) >= same <= len(other) and one[:same] == other[:same]


@lru_cache(maxsize=4096)
def _called(word: str, language: str | None, other: str | None) -> tuple[str, ...]:
    """What the glossary calls a word in another language, folded; phrases are left out."""
    if language is None or other is None:
        return ()
    offered = load_glossary().translations([word], language, [other])
    return tuple(
        folded[0] for forms in offered.values() for form in forms if len(folded := words(form)) == 1
    )
