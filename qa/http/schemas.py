"""The form of requests: what is not of this form is refused, with the field named."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from index_store.models import Filters
from qa.access import tickets
from qa.access.origins import parse_origin
from qa.history import Turn

MAX_HISTORY = 50
MAX_HITS = 100


def _existing_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a day of the calendar, written YYYY-MM-DD") from None
    return text


def _unicode(text: str) -> str:
    # JSON can spell half a surrogate pair, "\ud800", which no file and no response can hold.
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds characters that are not valid Unicode") from None
    return text


def _language_code(text: str) -> str:
    if not _LANGUAGE_CODE.match(text):
        raise ValueError("is not the code of a language: two small letters such as en, fr or it")
    return text


def _origin(text: str) -> str:
    try:
        return parse_origin(text)
    except ValueError:
        raise ValueError("is not an origin such as https://cms.example.org") from None


_LANGUAGE_CODE = re.compile(r"^[a-z]{2}$")

Text = Annotated[str, AfterValidator(_unicode)]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_existing_day),
    Field(json_schema_extra={"format": "date"}),
]
#: The engine reads it, at every door: "yesterday" is a day, too.
KnownDay = Annotated[
    Text,
    StringConstraints(min_length=1, max_length=40),
    Field(description="answered from what was published by this day: YYYY-MM-DD, or yesterday"),
]
LanguageCode = Annotated[
    str,
    AfterValidator(_language_code),
    Field(json_schema_extra={"pattern": _LANGUAGE_CODE.pattern}),
]
LanguageName = Annotated[Text, StringConstraints(min_length=1, max_length=60)]
PublisherName = Annotated[Text, StringConstraints(min_length=1, max_length=300)]
SectionName = Annotated[Text, StringConstraints(min_length=1, max_length=300)]
Identifier = Annotated[Text, StringConstraints(min_length=1, max_length=64)]


def _whole(value: object) -> object:
    # To JSON 7.0 is a whole number like 7, and some clients write it so.
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Request(BaseModel):
    """A misspelt field would be a filter that silently does not apply; so it is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class FiltersBody(_Request):
    """Which articles are searched; an empty object admits all. `from` is not after `to`.

    Case and accents do not matter; an outlet, a language or a section that the archive does not
    have is a problem, `unknown-filter`.
    """

    publishers: list[PublisherName] = Field(default=[], max_length=100)
    languages: list[LanguageName] = Field(
        default=[], max_length=50, description="ISO 639-1 codes, or names of languages"
    )
    sections: list[SectionName] = Field(default=[], max_length=100)
    from_: Day | None = Field(default=None, alias="from", description="first day of publication")
    to: Day | None = Field(default=None, description="last day of publication, inclusive")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError('has a "from" that is later than its "to"')
        return self

    def filters(self) -> Filters:
        return Filters(
            publishers=tuple(self.publishers),
            languages=tuple(self.languages),
            sections=tuple(self.sections),
            published_from=self.from_,
            published_to=self.to,
        )


class TurnBody(_Request):
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: Text

    def turn(self) -> Turn:
        return Turn(self.role, self.content)


class AskBody(_Request):
    """A question; `history` makes it a follow-up."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "Who is the judge in Kadrey v. Meta?"},
                {
                    "question": "And when was it filed?",
                    "history": [
                        {"role": "user", "content": "Who is the judge in Kadrey v. Meta?"},
                        {"role": "assistant", "content": "Judge Vince Chhabria. [1]"},
                    ],
                    "filters": {"languages": ["en", "fr"], "from": "2024-01-01"},
                    "language": "en",
                    "stream": True,
                },
            ]
        }
    )

    question: Text = Field(
        description="a letter or digit at least, 2,000 characters at most",
        # Only said here: how long a question may be is the engine's to decide, at every door.
        json_schema_extra={"minLength": 1, "maxLength": 2000},
    )
    history: list[TurnBody] = Field(
        default=[], max_length=MAX_HISTORY, description="oldest turn first"
    )
    filters: FiltersBody = Field(default_factory=FiltersBody)
    language: LanguageCode | None = Field(
        default=None,
        description="of the answer's own words, as asked if null; quotes stay as printed. They "
        "come in en, fr and it: for any other they are in English, and the note says so",
    )
    standalone_question: Text | None = Field(
        default=None,
        description="how the question is to be understood, used as it is; as the history tells if "
        "null",
        json_schema_extra={"maxLength": 2000},
    )
    as_of: KnownDay | None = None
    stream: bool = Field(default=False, description="true: server-sent events")

    def turns(self) -> tuple[Turn, ...]:
        return tuple(turn.turn() for turn in self.history)


class SearchBody(_Request):
    """A search for passages, without an answer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"query": "library closures", "limit": 5, "filters": {"to": "2024-12-31"}}]
        }
    )

    query: Text = Field(min_length=1, max_length=2000, pattern=r"\S")
    limit: Annotated[int, BeforeValidator(_whole)] = Field(default=10, ge=1, le=MAX_HITS)
    filters: FiltersBody = Field(default_factory=FiltersBody)
    explain: bool = Field(default=False, description="true: with the `sides` of each hit's score")


class FeedbackBody(_Request):
    """What a reader thought of an answer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "answer_id": "0123456789abcdef",
                    "rating": "down",
                    "reason": "wrong source",
                    "comment": "The figure is from another year.",
                }
            ]
        }
    )

    answer_id: Identifier
    rating: Literal["up", "down"]
    reason: Text | None = Field(default=None, max_length=200)
    comment: Text | None = Field(default=None, max_length=4000)


class TicketBody(_Request):
    """Which pages a ticket is for, and for how long."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"origin": "https://cms.example.org", "minutes": 10}]}
    )

    origin: Annotated[Text, StringConstraints(max_length=300), AfterValidator(_origin)] = Field(
        description="scheme, host and port of the page, as its browser sends them"
    )
    minutes: Annotated[int, BeforeValidator(_whole)] = Field(
        default=tickets.USUAL, ge=1, le=tickets.LONGEST, description="that it is good for"
    )
