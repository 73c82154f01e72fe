"""A disagreement before its sources are numbered, and the sentences that it is found in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Article, Span
from qa.answer import Kind
from qa.draft import Source
from qa.weighing.evidence import Evidence

#: Sentences before one in which the speaker of its quotation is looked for.
_BEFORE = 2

#: Outlets cited for one version, at most.
_OUTLETS = 5


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """One side: what is quoted is the text of its first source.

    Attributes:
        differs: spans of that text in which the versions differ.
    """

    sources: tuple[Source, ...]
    differs: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DisagreementDraft:
    """Two or more versions of one thing."""

    kind: Kind
    about: str
    versions: tuple[VersionDraft, ...]


def source_of(told: Evidence) -> Source:
    """The sentence as a source."""
    return Source(told.hit.passage.id, told.hit.article, told.span)


def language_of(told: Evidence) -> str | None:
    """The language of a sentence; its passage can be in another than its article."""
    return told.hit.passage.language or told.hit.article.language


def before(told: Evidence) -> tuple[str, ...]:
    """The sentences before one in its passage."""
    passage = told.hit.passage
    return tuple(
        passage.text[start - passage.start : end - passage.start]
        for start, end in passage.sentences
        if end <= told.span.start
    )[-_BEFORE:]


def of_another_outlet(one: Article, other: Article) -> bool:
    """Whether two articles are two outlets' as far as that is stated."""
    return one.id != other.id and (one.publisher is None or one.publisher != other.publisher)


def distinct(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The first source of each article, for as many as are cited for one version."""
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.article.id, source)
    return tuple(first.values())[:_OUTLETS]
