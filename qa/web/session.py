"""What one reader's conversation does between the page and the answerer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from index_store.errors import IndexStoreError
from index_store.models import Filters
from qa.answer import Answer, Statement
from qa.dates.as_of import known_day
from qa.errors import BadQuestion, QaError
from qa.history import Turn
from qa.phrases import phrase

if TYPE_CHECKING:
    from qa.answerer import Answerer


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what has come back so far: an answer, an error, or statements on their way.

    Attributes:
        standalone: how the reader wants it to be understood, where they said so.
        filtered: whether filters kept some articles out.
    """

    question: str
    statements: tuple[Statement, ...] = ()
    answer: Answer | None = None
    error: str | None = None
    standalone: str | None = None
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The filters as the reader filled them in, unchecked; an empty day is no bound."""

    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    as_of: str = ""

    @property
    def active(self) -> int:
        """How many of the five are in use."""
        return sum(map(bool, (self.outlets, self.languages, self.first, self.last, self.as_of)))

    def filters(self, language: str) -> Filters:
        """What to search with.

        Raises:
            BadQuestion: a day is not written as ISO 8601; says so in `language`.
        """
        return Filters(
            publishers=self.outlets,
            languages=self.languages,
            published_from=_day(self.first, language),
            published_to=_day(self.last, language),
        )

    def known_on(self, language: str) -> str | None:
        """The day to answer as of, as the reader put it.

        Raises:
            BadQuestion: it is no day; says so in `language`.
        """
        value = self.as_of.strip()
        if not value:
            return None
        try:
            known_day(value, date.today())
        except BadQuestion as error:
            raise BadQuestion(phrase(language, "chat.bad_date", value=value)) from error
        return value


def exchange_steps(
    answerer: Answerer,
    question: str,
    past: Sequence[Exchange],
    form: FilterForm,
    language: str,
    standalone: str | None = None,
) -> Iterator[Exchange]:
    """One exchange as it grows: with each verified statement, then whole or with its error.

    Args:
        language: of the page, for complaints about the form; the answer follows the question's.
        standalone: how the reader wants the question to be understood.
    """
    exchange = Exchange(question, standalone=standalone, filtered=form.active > 0)
    try:
        filters = form.filters(language)
        as_of = form.known_on(language)
        for item in answerer.stream(
            question, turns(past), filters, standalone=standalone, as_of=as_of
        ):
            if isinstance(item, Answer):
                exchange = replace(exchange, answer=item)
            else:
                exchange = replace(exchange, statements=(*exchange.statements, item))
            yield exchange
    except (QaError, IndexStoreError) as error:
        yield replace(exchange, error=str(error))


def turns(past: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The history that a follow-up is understood by; questions that failed are not part of it."""
    return tuple(
        turn
        for exchange in past
        if exchange.answer is not None
        for turn in (
            Turn("user", exchange.standalone or exchange.question),
            Turn("assistant", exchange.answer.text),
        )
    )


def _day(value: str, language: str) -> str | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError as error:
        raise BadQuestion(phrase(language, "chat.bad_date", value=value)) from error
