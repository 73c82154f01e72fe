"""The answer: the one value that the chat, the API, the widget and the evaluation all receive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from corpus import Article


class Mode(StrEnum):
    """How an answer came to be."""

    QUOTES = "quotes"  # sentences of the archive, word for word
    PROSE = "prose"  # written by a language model, then verified


class Verdict(StrEnum):
    """How well its citations bear a statement out. What they do not bear out is never shown."""

    VERBATIM = "verbatim"
    SUPPORTED = "supported"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Citation:
    """Proof: `article.text[start:end] == quote`, checked before any answer leaves.

    Attributes:
        number: from 1, in order of first appearance in the answer.
        start, end: characters (Unicode code points) in the article's stored text.
    """

    number: int
    passage_id: str
    start: int
    end: int
    quote: str
    article: Article


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the numbers of the citations that prove it.

    Attributes:
        lead: who says it, to stand before a quotation where several outlets are quoted.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    lead: str = ""

    @property
    def led_in(self) -> str:
        """The sentence as it reads, behind what leads it in."""
        return f"{self.lead} {self.text}" if self.lead else self.text


class Kind(StrEnum):
    """In what the versions of a fact or a remark differ."""

    FIGURES = "figures"
    SIDES = "sides"  # one article, two parties
    WORDING = "wording"
    LANGUAGES = "languages"  # one remark in several languages; they may be translations
    SPEAKERS = "speakers"
    CORRECTION = "correction"  # the last version corrects the first


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a version, and whether it is in this that the versions differ."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Version:
    """How one side of a disagreement puts it.

    Attributes:
        quote: as the first of its citations prints it; the others say the same.
        runs: the quote in pieces, in order; () where it is not known what differs.
    """

    quote: str
    citations: tuple[int, ...]
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One fact or utterance that outlets report differently.

    Attributes:
        about: what is counted, who is quoted, or which article is corrected.
    """

    about: str
    versions: tuple[Version, ...]
    kind: Kind = Kind.FIGURES


@dataclass(frozen=True, slots=True)
class Provenance:
    """How many outlets are cited, and how many of them are sources of their own: outlets that
    print one agency's text are one."""

    outlets: int = 0
    independent: int = 0


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through.

    Attributes:
        first, last: publication days that it was limited to, where it was.
        period: the words of the question that these days come from, where they do.
        as_of: the day whose knowledge was asked for.
        newest: day of the newest article that there is, where nothing came out in that period.
    """

    articles: int
    passages: int
    languages: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    period: str | None = None
    as_of: str | None = None
    newest: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model read and wrote for one answer, in tokens of tiktoken's cl100k_base."""

    prompt_tokens: int
    reply_tokens: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal: then there are no statements, and `nearest` shows what came close.

    Attributes:
        standalone_question: the question as it was searched, understood without its history.
        language: the language it is answered in.
        newer: of articles that go on with the story of those cited, and came out after all of
            them; their numbers go on from those of `citations`.
        probability: that the evidence answers the question, 0 to 1; below the threshold of
            `qa.weighing.refusal` it is refused.
        usage: of the language model, where one was asked.
        small_talk: nothing was asked and nothing searched; `text` is a friendly line.
        note: one line for the reader about how it came to be (a model that failed, say).
    """

    id: str
    question: str
    standalone_question: str
    language: str
    mode: Mode
    refused: bool
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    searched: Searched
    disagreements: tuple[Disagreement, ...] = ()
    provenance: Provenance = Provenance()
    nearest: tuple[Citation, ...] = ()
    newer: tuple[Citation, ...] = ()
    probability: float = 0.0
    usage: Usage | None = None
    note: str | None = None
    small_talk: bool = False
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def citation(self, number: int) -> Citation:
        """The citation of a number.

        Raises:
            KeyError: the answer has no such citation.
        """
        for citation in self.citations:
            if citation.number == number:
                return citation
        raise KeyError(number)


def as_json(answer: Answer) -> dict[str, Any]:
    """The public form of an answer, the same at every door."""
    return {
        "id": answer.id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "language": answer.language,
        "mode": str(answer.mode),
        "refused": answer.refused,
        "text": answer.text,
        "statements": [statement_json(statement) for statement in answer.statements],
        "citations": [citation_json(citation) for citation in answer.citations],
        "disagreements": [
            {
                "about": disagreement.about,
                "kind": str(disagreement.kind),
                "versions": [version_json(version, answer) for version in disagreement.versions],
            }
            for disagreement in answer.disagreements
        ],
        "provenance": {
            "outlets": answer.provenance.outlets,
            "independent": answer.provenance.independent,
        },
        "searched": {
            "articles": answer.searched.articles,
            "passages": answer.searched.passages,
            "languages": list(answer.searched.languages),
            "from": answer.searched.first,
            "to": answer.searched.last,
            "period": answer.searched.period,
            "as_of": answer.searched.as_of,
            "newest": answer.searched.newest,
        },
        "nearest": [citation_json(citation) for citation in answer.nearest],
        "newer": [citation_json(citation) for citation in answer.newer],
        "probability": round(answer.probability, 4),
        "usage": _usage_json(answer.usage),
        "note": answer.note,
        "small_talk": answer.small_talk,
        "timings_ms": {name: round(value, 1) for name, value in answer.timings_ms.items()},
    }


def _usage_json(usage: Usage | None) -> dict[str, int] | None:
    if usage is None:
        return None
    return {"prompt_tokens": usage.prompt_tokens, "reply_tokens": usage.reply_tokens}


def statement_json(statement: Statement) -> dict[str, Any]:
    """The public form of a statement."""
    return {
        "text": statement.text,
        "citations": list(statement.citations),
        "verdict": str(statement.verdict),
        "lead": statement.lead,
    }


def version_json(version: Version, answer: Answer) -> dict[str, Any]:
    """The public form of a version; who printed it and when is that of its first citation."""
    article = answer.citation(version.citations[0]).article
    return {
        "quote": version.quote,
        "citations": list(version.citations),
        "publisher": article.publisher,
        "published": article.published,
        "language": article.language,
        "diff": [{"text": run.text, "differs": run.differs} for run in version.runs],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """The public form of a citation."""
    return {
        "number": citation.number,
        "passage_id": citation.passage_id,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_json(citation.article),
    }


def article_json(article: Article) -> dict[str, Any]:
    """The public form of an article, without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "modified": article.modified,
        "language": article.language,
        "url": article.url,
        "section": article.section,
        "rights": article.rights,
        "embargo_until": article.embargo_until,
        "max_quote_words": article.max_quote_words,
        "corrects": article.corrects,
        "corrected_by": article.corrected_by,
        "indexed": article.indexed,
        "source": article.source,
    }
