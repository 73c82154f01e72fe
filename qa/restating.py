"""Whether two outlets' sentences say the same in the same words or nearly so."""

from __future__ import annotations

from functools import lru_cache

from corpus.quantities import quantities
from index_store.terms import words
from qa.answer import Verdict
from qa.draft import Source
from qa.verifying import verdict

#: Characters by which two settings of the same words can differ.
_MARKS = 12

#: Words that two sentences share, of all that they have. It only saves the verifier work: of the
#: labelled statements (tests/qa/claims), 26 of the 144 right ones and none of the 325 wrong ones
#: say the same as their sources by these rules, with it and without.
_ALIKE = 0.6

_BORNE_OUT = (Verdict.VERBATIM, Verdict.SUPPORTED)


def is_reprint(text: str, other: str) -> bool:
    """Whether two sentences are the same words; houses set them with other marks."""
    return abs(len(text) - len(other)) <= _MARKS and words(text) == words(other)


def restates(one: Source, other: Source, language: str | None) -> bool:
    """Whether two sentences of a language say the same: each bears the other out.

    So neither has a number, a name or a denial that the other lacks: then they differ, which is
    for the reader to see.
    """
    if is_reprint(one.text, other.text):
        return True
    mine, theirs = _vocabulary(one.text), _vocabulary(other.text)
    # The same words in another order may be another thing: who is sued, and by whom.
    if mine == theirs or len(mine & theirs) < _ALIKE * len(mine | theirs):
        return False
    if _figures(one.text) != _figures(other.text):
        return False  # as the verifier would find, twenty times as slowly
    return _bears_out(other, one.text, language) and _bears_out(one, other.text, language)


def _bears_out(source: Source, text: str, language: str | None) -> bool:
    return verdict(text, [source], language) in _BORNE_OUT


@lru_cache(maxsize=8192)
def _figures(text: str) -> frozenset[str]:
    """What is written in digits, by its value."""
    return frozenset(quantities(text, None))


@lru_cache(maxsize=8192)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(words(text))
