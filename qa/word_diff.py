"""Where two wordings in one language differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from corpus import Span
from corpus.characters import fold
from qa.answer import Run

# "insignificant", "can't", "GPT-4", "64,000": what a reader sees as one word.
_WORD = re.compile(r"[^\W_]+(?:[-.,'’][^\W_]+)*")


def differing(text: str, other: str) -> list[Span]:
    """Runs of words of a text that another one does not have in their place.

    Case, accents and punctuation make no difference. Where no word is the same, nothing is marked:
    the reader sees that without marks.
    """
    found = list(_WORD.finditer(text))
    mine, theirs = ([fold(word) for word in _WORD.findall(each)] for each in (text, other))
    changes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    if all(tag != "equal" for tag, *_ in changes):
        return []
    return [
        Span(found[start].start(), found[end - 1].end())
        for tag, start, end, _, _ in changes
        if tag != "equal" and start < end
    ]


def runs(text: str, spans: Sequence[Span]) -> tuple[Run, ...]:
    """A text in pieces, which joined are the text; those of the spans are marked.

    Args:
        spans: in order, none overlapping; () is a text of which nothing is marked.
    """
    return tuple(_runs(text, spans))


def _runs(text: str, spans: Sequence[Span]) -> Iterator[Run]:
    last = 0
    for start, end in spans:
        if last < start:
            yield Run(text[last:start], differs=False)
        yield Run(text[start:end], differs=True)
        last = end
    if last < len(text):
        yield Run(text[last:], differs=False)
