"""What each tool takes and returns; the models' JSON Schemas are what a client shows its model.

The names and limits are those of the HTTP API, but filters stand beside the question: models fill
in flat objects more reliably than nested ones.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from qa.history import Turn
from qa.http.responses import ArticleOut
from qa.http.schemas import (
    MAX_HISTORY,
    MAX_HITS,
    FiltersBody,
    Identifier,
    KnownDay,
    QuestionText,
    Text,
    TurnBody,
    whole_number,
)

Count = Annotated[int, BeforeValidator(whole_number)]


class AskArguments(FiltersBody):
    """A question, and which articles may answer it."""

    question: QuestionText = Field(
        description="one question in plain words, in any language; 2,000 characters at most"
    )
    history: list[TurnBody] = Field(
        default=[],
        max_length=MAX_HISTORY,
        description="the conversation before it, oldest turn first; it makes a follow-up clear",
    )
    as_of: KnownDay | None = None

    def turns(self) -> tuple[Turn, ...]:
        return tuple(turn.turn() for turn in self.history)


class SearchArguments(FiltersBody):
    """What to look for, and in which articles."""

    query: Text = Field(min_length=1, max_length=2000, pattern=r"\S", description="words or names")
    limit: Count = Field(default=10, ge=1, le=MAX_HITS, description="passages to return")


class ArticleArguments(BaseModel):
    """Which article, and which part of it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Identifier = Field(description="an article's id, as `ask` and `search` give it")
    start: Count = Field(default=0, ge=0, description="first character, in Unicode code points")
    end: Count | None = Field(
        default=None, ge=0, description="the character after the last; null: to the end"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.start > self.end:
            raise ValueError('has a "start" that is behind its "end"')
        return self


class ArticlePart(ArticleOut):
    """An article with its stored text, or a part of it: `text` is from `start` to `end`."""

    text: str
    start: int
    end: int
    characters: int = Field(description="of the whole stored text")
