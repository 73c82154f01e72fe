"""Why a sentence that a model wrote cannot be shown, so that the model can be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from corpus.language import common_words
from corpus.quantities import quantities
from index_store.terms import words
from qa.claims import literal, quotations
from qa.draft import Source
from qa.phrases import INTERFACE_LANGUAGES

#: Common words of another language that must be there, and how many times those of its own.
_FEW, _TIMES = 2, 2

_SMALL_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<=\s)[^\W\d_]*[A-ZÀ-ÖØ-Þ][^\W_]*")


class Reason(StrEnum):
    """What a sentence lacks; the first that holds is told."""

    NO_NUMBER = "no number"
    NO_SUCH_PASSAGE = "no such passage"
    LANGUAGE = "language"
    QUOTATION = "quotation"
    QUANTITY = "quantity"
    NAME = "name"
    UNSUPPORTED = "unsupported"


def why(
    text: str, numbers: Sequence[int], sources: Sequence[Source], language: str | None
) -> Reason:
    """The reason that a sentence is not shown.

    Args:
        numbers: that it cites, whether there are such passages or not.
        sources: what it cites.
    """
    if not numbers:
        return Reason.NO_NUMBER
    if not sources:
        return Reason.NO_SUCH_PASSAGE
    if is_in_another_language(text, language):
        return Reason.LANGUAGE
    return _what_is_missing(text, sources, language)


def is_in_another_language(text: str, language: str | None) -> bool:
    """Whether a sentence, what it quotes aside, speaks clearly another language than asked for.

    By its small words: names outweigh the rest for a detector of letters.
    """
    for quoted in quotations(text):
        text = text.replace(quoted, " ")
    small = [word for word in _SMALL_WORD.findall(text) if word.islower()]
    spoken = {code: _common(small, code) for code in {*INTERFACE_LANGUAGES, language or "en"}}
    own = spoken.pop(language or "en")
    if not common_words(language or "en"):
        return False
    return max(spoken.values()) >= max(_FEW, _TIMES * own + 1)


def _common(small: Sequence[str], language: str) -> int:
    known = common_words(language)
    return sum(word in known for word in small)


def _what_is_missing(text: str, sources: Sequence[Source], language: str | None) -> Reason:
    printed = " ".join(source.text for source in sources)
    if any(literal(quoted) not in literal(printed) for quoted in quotations(text)):
        return Reason.QUOTATION
    stated = {
        quantity
        for source in sources
        for quantity in quantities(source.text, source.article.language or language)
    }
    if not set(quantities(text, language)) <= stated | set(quantities(printed, language)):
        return Reason.QUANTITY
    if not set(words(" ".join(_NAME.findall(text)))) <= set(words(printed)):
        return Reason.NAME
    return Reason.UNSUPPORTED
