"""Whether words that stand in a source say there, cut out, what they say in it.

"The mayor took bribes" stands word for word in "It is false that the mayor took bribes", in "If the
mayor took bribes …" and, nearly, in "Has the mayor taken bribes?". What is around it there tells.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.characters import fold
from qa.claims.tables import languages, table
from qa.claims.tokens import Text

_SENTENCE = re.compile(r"[^.!?…\n]*[.!?…]?")
_WORD = re.compile(r"[^\W_]+")
_MINUS = re.compile(r"(?<![\w.,])[-−–](\d+)")


def stands_alone(excerpt: str, source: Text) -> bool:
    """Whether no sentence that an excerpt is cut from takes back, asks or supposes what it says.

    Args:
        excerpt: folded words of it stand in the source in a row.
    """
    return _signs(excerpt) == _signs(source.text) & set(re.findall(r"\d+", excerpt)) and all(
        not _is_asked(excerpt, sentence)
        and not _words_before(excerpt, sentence) & _taking_back(source.language) - _said(excerpt)
        for sentence in _SENTENCE.findall(source.text)
        if _holds(sentence, excerpt)
    )


def _is_asked(excerpt: str, sentence: str) -> bool:
    return sentence.rstrip().endswith("?") and not excerpt.rstrip().endswith("?")


def _signs(text: str) -> set[str]:
    """Numbers below zero, without their sign."""
    return set(_MINUS.findall(text))


def _said(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))


def _row(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _holds(sentence: str, excerpt: str) -> bool:
    return _row(excerpt) in _row(sentence)


def _words_before(excerpt: str, sentence: str) -> set[str]:
    return set(_row(sentence).partition(_row(excerpt))[0].split())


@cache
def _taking_back(language: str | None) -> frozenset[str]:
    """Folded words before which what follows is not stated."""
    stated = table("scope")["unstated"]
    return frozenset(
        word for code in languages(language) for word in str(stated.get(code, "")).split()
    )
