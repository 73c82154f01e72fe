"""Numbering: citations from 1, in order of first appearance, one number a span."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.answer import Citation, Statement
from qa.draft import Draft, Source


def cite(drafts: Iterable[Draft]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Statements with their numbers, and the citations that the numbers stand for."""
    numbers: dict[Source, int] = {}
    statements = tuple(
        Statement(
            draft.text,
            tuple(numbers.setdefault(source, len(numbers) + 1) for source in draft.sources),
            draft.verdict,
        )
        for draft in drafts
    )
    return statements, citations(list(numbers))


def citations(sources: Sequence[Source], first: int = 1) -> tuple[Citation, ...]:
    """Citations of spans, numbered in the order given; the quote is cut from the article."""
    return tuple(
        Citation(
            number=number,
            passage_id=source.passage_id,
            start=source.span.start,
            end=source.span.end,
            quote=source.text,
            article=source.article,
        )
        for number, source in enumerate(sources, start=first)
    )
