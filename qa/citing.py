"""Numbering: citations from 1, in order of first appearance, one number a span."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus import Span
from qa.answer import Citation, Disagreement, Statement, Version
from qa.disagreeing.drafts import DisagreementDraft, VersionDraft
from qa.draft import Draft, Source
from qa.word_diff import runs


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


def cite_versions(
    drafts: Iterable[DisagreementDraft], cited: Sequence[Citation]
) -> tuple[tuple[Disagreement, ...], tuple[Citation, ...]]:
    """Disagreements with their numbers, and all citations: those given, then the new ones."""
    numbers = {_source(citation): citation.number for citation in cited}
    disagreements = tuple(
        Disagreement(
            draft.about,
            tuple(_version(version, numbers) for version in draft.versions),
            draft.kind,
        )
        for draft in drafts
    )
    return disagreements, (*cited, *citations(list(numbers))[len(cited) :])


def _version(draft: VersionDraft, numbers: dict[Source, int]) -> Version:
    quote = draft.sources[0].text
    cited = tuple(numbers.setdefault(source, len(numbers) + 1) for source in draft.sources)
    return Version(quote, cited, runs(quote, draft.differs))


def _source(citation: Citation) -> Source:
    return Source(citation.passage_id, citation.article, Span(citation.start, citation.end))


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
