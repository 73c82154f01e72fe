"""Why a sentence that a model wrote cannot be shown, so that the model can be told."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from enum import StrEnum

from corpus.language import common_words
from corpus.quantities import quantities
from index_store.terms import words
from qa.claims import literal, quotations
from qa.draft import Source
from qa.phrases import INTERFACE_LANGUAGES

#: Common words of another language that must be there.
_FEW = 2

_SMALL_WORD = re.compile(r"\b[^\W\d_A-ZÀ-ÖØ-Þ]+\b")
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

    By the common words that only one of two languages has, since names outweigh the rest for a
    detector of letters. Of 283 sentences of the sample archive none is said to be in another
    language, and 0.83 are where another one is asked for; most of the others are quotations.
    """
    own = common_words(language or "en")
    if not own:
        return False
    for quoted in quotations(text):
        text = text.replace(quoted, " ")
    spoken = _SMALL_WORD.findall(text[:1].lower() + text[1:])
    return any(_prevails(common_words(code), own, spoken) for code in INTERFACE_LANGUAGES)


def _prevails(other: Set[str], own: Set[str], spoken: Sequence[str]) -> bool:
    theirs = sum(word in other and word not in own for word in spoken)
    ours = sum(word in own and word not in other for word in spoken)
    return theirs >= _FEW and theirs > ours


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
