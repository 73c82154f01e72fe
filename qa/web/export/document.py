"""A conversation as a document: what is said, line by line, and its sources as endnotes.

It knows no format; `plain`, `markdown` and `page` write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from qa.answer import Answer, Citation, Disagreement, Mode, Statement, Verdict
from qa.phrases import phrase
from qa.provenance import provenance_line
from qa.web import wording
from qa.web.links import web_address


class Style(Enum):
    """What a line is."""

    QUESTION = "question"
    QUOTE = "quote"
    PROSE = "prose"
    LEAD = "lead"  # who says what follows
    HEADING = "heading"
    REMARK = "remark"  # how the answer came to be


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, with the numbers of the endnotes that bear it out."""

    style: Style
    text: str
    notes: tuple[int, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Endnote:
    """A source.

    Attributes:
        attribution: outlet, author and day.
        quote: the words that were cited, where the line itself is not these words.
        place: article and characters, by which the words can be found again.
    """

    number: int
    attribution: str
    title: str
    url: str | None
    quote: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Document:
    """What is written.

    Attributes:
        language: of headings and remarks; quotations have their own.
        footer: what it was made with, and when.
    """

    title: str
    language: str
    lines: tuple[Line, ...]
    sources: str
    endnotes: tuple[Endnote, ...]
    footer: str


def document(answers: Sequence[Answer], language: str, day: str) -> Document:
    """The document of some answers, oldest first; a passage that is cited twice is one endnote.

    Args:
        language: of the reader; each answer speaks its own, if it can.
        day: ISO 8601, on which it is made.
    """
    numbering = _Numbering(language)
    lines = tuple(line for answer in answers for line in _answer(answer, numbering, language))
    made = phrase(language, "chat.exported", day=wording.day(day, language))
    return Document(
        title=answers[0].question if answers else "citedesk",
        language=language,
        lines=lines,
        sources=phrase(language, "chat.sources"),
        endnotes=numbering.endnotes(),
        footer=made,
    )


class _Numbering:
    """Numbers the passages in the order in which they are first cited."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._cited: list[tuple[Citation, bool]] = []

    def number(self, citation: Citation, said: str) -> int:
        """The number of a citation, of a line that says `said`."""
        key = (citation.article.id, citation.start, citation.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._cited.append((citation, citation.quote in said))
        return self._numbers[key]

    def endnotes(self) -> tuple[Endnote, ...]:
        return tuple(
            self._endnote(number, citation, is_said)
            for number, (citation, is_said) in enumerate(self._cited, 1)
        )

    def _endnote(self, number: int, citation: Citation, is_said: bool) -> Endnote:
        article = citation.article
        span = {"start": citation.start, "end": citation.end}
        return Endnote(
            number=number,
            attribution=wording.attribution(article, self._language),
            title=article.title,
            url=web_address(article.url),
            quote=None if is_said else citation.quote,
            place=phrase(self._language, "chat.place", article=article.id, **span),
        )


def _answer(answer: Answer, numbering: _Numbering, page: str) -> Iterator[Line]:
    language = wording.spoken(answer, page)
    yield Line(Style.QUESTION, answer.question, language=answer.language)
    if answer.standalone_question != answer.question:
        understood = phrase(language, "chat.understood", question=answer.standalone_question)
        yield Line(Style.REMARK, understood)
    if answer.small_talk:
        yield Line(Style.PROSE, answer.text)
        return
    if answer.refused:
        yield from _refusal(answer, numbering, language)
    else:
        for statement in answer.statements:
            yield from _statement(statement, answer, numbering)
        for disagreement in answer.disagreements:
            yield from _disagreement(disagreement, answer, numbering, language)
    said = provenance_line(answer.provenance, language)
    looked = wording.searched(answer.searched, language)
    for remark in (said, answer.note, looked):
        if remark:
            yield Line(Style.REMARK, remark)


def _statement(statement: Statement, answer: Answer, numbering: _Numbering) -> Iterator[Line]:
    if statement.lead:
        yield Line(Style.LEAD, statement.lead, language=answer.language)
    cited = [answer.citation(number) for number in statement.citations]
    quoted = statement.verdict is Verdict.VERBATIM and answer.mode is Mode.QUOTES
    yield Line(
        Style.QUOTE if quoted else Style.PROSE,
        statement.text,
        _numbers(cited, statement.text, numbering),
        cited[0].article.language if quoted and cited else answer.language,
    )


def _disagreement(
    found: Disagreement, answer: Answer, numbering: _Numbering, language: str
) -> Iterator[Line]:
    heading = phrase(language, f"answer.differ_{found.kind}")
    if found.about:
        heading = phrase(language, "answer.differ_about", difference=heading, about=found.about)
    yield Line(Style.HEADING, heading)
    for version in found.versions:
        cited = [answer.citation(number) for number in version.citations]
        notes = _numbers(cited, version.quote, numbering)
        yield Line(Style.QUOTE, version.quote, notes, cited[0].article.language if cited else None)


def _refusal(answer: Answer, numbering: _Numbering, language: str) -> Iterator[Line]:
    yield Line(Style.PROSE, phrase(language, "answer.refused"))
    if answer.nearest:
        yield Line(Style.HEADING, phrase(language, "answer.nearest"))
    for citation in answer.nearest:
        notes = _numbers([citation], citation.quote, numbering)
        yield Line(Style.QUOTE, citation.quote, notes, citation.article.language)


def _numbers(cited: Iterable[Citation], said: str, numbering: _Numbering) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbering.number(citation, said) for citation in cited))
