"""What is put between quotation marks in an article, and who says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import Span
from corpus.characters import fold
from index_store.terms import stop_words
from qa.claims.attributions import Attribution, attributions, nearest, same
from qa.claims.quotations import quotations


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name without titles.

    Attributes:
        printed: as it stands in the article.
        parts: its words, folded, "Al-Masri" as one; none where nobody is named.
    """

    printed: str
    parts: tuple[str, ...]

    def is_same(self, other: Speaker) -> bool:
        """Whether two names can be one person's."""
        return same(self.parts, other.parts)


#: Nobody is named.
NOBODY = Speaker("", ())


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands between quotation marks in a sentence.

    Attributes:
        span: of the quotation in the sentence, without its marks.
    """

    span: Span
    text: str
    speaker: Speaker


@lru_cache(maxsize=4096)
def remarks(
    sentence: str, language: str | None, before: tuple[str, ...] = ()
) -> tuple[Remark, ...]:
    """Every quotation of a sentence with its speaker.

    Args:
        before: the sentences before it, in order, where a pronoun's speaker is named.
    """
    quoted = quotations(sentence)
    found = attributions(sentence, language) if quoted else ()
    return tuple(
        Remark(each.inner, each.text, _speaker(found, each.span, language, before))
        for each in quoted
    )


def _speaker(
    found: Sequence[Attribution], span: Span, language: str | None, before: tuple[str, ...]
) -> Speaker:
    """Who is named nearest to a span, else who speaks last in the sentences before."""
    if found and (speaker := _named(nearest(found, span), language)):
        return speaker
    if not before:
        return NOBODY
    end = len(before[-1])
    return _speaker(attributions(before[-1], language), Span(end, end), language, before[:-1])


def _named(attribution: Attribution, language: str | None) -> Speaker | None:
    parts = tuple(fold(word).replace("-", "") for word in attribution.printed.split())
    # "Others said" names nobody.
    return Speaker(attribution.printed, parts) if set(parts) - stop_words(language) else None
