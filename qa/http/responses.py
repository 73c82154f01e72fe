"""The form of responses, as the OpenAPI description shows it.

Answers are built by `qa.answer`, the same as at every other door, and only described here; a test
holds the two together.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from qa.http.examples import problem_example
from qa.http.problems import INTERNAL_ERROR, Kind


class _Response(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ArticleOut(_Response):
    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None = Field(description="ISO 8601 day or date-time, as the source gives it")
    modified: str | None
    language: str | None = Field(description="ISO 639-1 code")
    url: str | None
    section: str | None
    rights: str | None = Field(description="copyright and credit lines, as printed")
    embargo_until: str | None = Field(description="ISO 8601, before which it may not be shown")
    max_quote_words: int | None = Field(description="the longest quotation that its owner allows")
    corrects: str | None = Field(description="what this article corrects, as the outlet names it")
    corrected_by: str | None = Field(description="what corrects this article, named likewise")
    indexed: str | None = Field(description="ISO 8601 date-time at which it was stored")
    source: str = Field(description="path of the file within the folder that was indexed")


class ArticleWithText(ArticleOut):
    text: str = Field(
        description="the stored text that every start and end counts in; empty where the article "
        "may be quoted alone (`max_quote_words`)"
    )


class CitationOut(_Response):
    """`article.text[start:end] == quote`, in Unicode code points, always."""

    number: int = Field(ge=1)
    passage_id: str
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    article: ArticleOut


class StatementOut(_Response):
    text: str
    citations: list[int]
    verdict: Literal["verbatim", "supported", "partial"]
    lead: str = Field(description="who says it, to stand before the text; empty where it is clear")


class RunOut(_Response):
    text: str
    differs: bool = Field(description="whether it is in this that the versions differ")


class VersionOut(_Response):
    """Publisher, day and language are those of the first citation."""

    quote: str
    citations: list[int]
    publisher: str | None
    published: str | None
    language: str | None
    diff: list[RunOut] = Field(description="the quote in pieces, which joined are the quote")


class DisagreementOut(_Response):
    about: str = Field(description="what is counted, who is quoted, which article is corrected")
    kind: Literal["figures", "sides", "wording", "languages", "speakers", "correction"]
    versions: list[VersionOut]


class ProvenanceOut(_Response):
    outlets: int = Field(description="how many are cited")
    independent: int = Field(description="the same, but those that print one text are one")


class SearchedOut(_Response):
    articles: int
    passages: int
    languages: list[str]
    from_: str | None = Field(alias="from")
    to: str | None
    period: str | None = Field(description="words of the question that the dates come from")
    as_of: str | None = Field(description="the day whose knowledge was asked for")
    newest: str | None = Field(
        description="day of the newest article, where nothing came out in the period"
    )


class UsageOut(_Response):
    """What the language model read and wrote."""

    prompt_tokens: int
    reply_tokens: int


class AnswerOut(_Response):
    """An answer, or a refusal: no statements, and the `nearest` passages."""

    id: str
    question: str
    standalone_question: str
    language: str
    mode: Literal["quotes", "prose"]
    refused: bool
    text: str
    statements: list[StatementOut]
    citations: list[CitationOut]
    disagreements: list[DisagreementOut]
    provenance: ProvenanceOut
    searched: SearchedOut
    nearest: list[CitationOut]
    newer: list[CitationOut] = Field(
        description="later articles of the story; no statement rests on them"
    )
    probability: float = Field(description="that the archive answers the question, 0 to 1")
    usage: UsageOut | None = Field(description="tokens; null where no language model was asked")
    note: str | None
    small_talk: bool = Field(
        description="a greeting or thanks, which is refused without a search; `text` replies to it"
    )
    timings_ms: dict[str, float]


class PassageOut(_Response):
    passage_id: str
    text: str
    start: int
    end: int
    article: ArticleOut


class SideOut(_Response):
    """What one side of a search says of a passage."""

    score: float = Field(description="on a scale of its own: cosine, BM25, weight or logit")
    share: float = Field(description="how much of the hit's score it is")


class HitOut(PassageOut):
    score: float = Field(description="0 to 1, comparable within one search only")
    copies: list[PassageOut] = Field(description="the same passage as other outlets printed it")
    sides: dict[str, SideOut] = Field(
        default_factory=dict,
        description="with `explain`: dense, dense_sentence, grams, gram_sentence, stems, "
        "reranker; a side that knows nothing of the passage is absent",
    )


class SearchOut(_Response):
    hits: list[HitOut]


class FeedbackOut(_Response):
    time: str = Field(description="when it was stored, UTC")


class TicketOut(_Response):
    ticket: str = Field(description="for `Authorization: Bearer …` in requests of the page")
    origin: str
    expires: str = Field(description="ISO 8601 date-time, UTC; get a new one before")


class StatusOut(BaseModel):
    model_config = ConfigDict(extra="allow")

    status: str


class FieldProblem(BaseModel):
    field: str
    problem: str


class ErrorOut(BaseModel):
    """The form that OpenAI's clients raise from."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: str | None
    code: str


class ProblemOut(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(description="/docs#KIND, where the kinds are told")
    title: str
    status: int
    detail: str = Field(description="one sentence for people")
    instance: str
    request_id: str = Field(description="under which the server's log tells more")
    errors: list[FieldProblem] | None = Field(
        default=None, description="with invalid-request: what is wrong with which field"
    )
    error: ErrorOut | None = Field(default=None, description="at OpenAI's addresses only")


def links(found: str) -> dict[str, Any]:
    """OpenAPI's links from a response to the article and the passage of something in it.

    Args:
        found: JSON pointer to what has a `passage_id` and an `article`.
    """
    article, passage = f"{found}/article/id", f"{found}/passage_id"
    return {
        "article": {
            "operationId": "get_article",
            "parameters": {"article_id": f"$response.body#{article}"},
        },
        "passage": {
            "operationId": "get_passage",
            "parameters": {"passage_id": f"$response.body#{passage}"},
        },
    }


_COMPONENT = "#/components/schemas/{model}"


def documented(example: Any, description: str) -> dict[str, Any]:
    """The OpenAPI description of a response of JSON."""
    return {"description": description, "content": {"application/json": {"example": example}}}


def problem_responses(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI description of the problems of a route; any route can also fail with 500."""
    described: dict[int | str, dict[str, Any]] = {}
    add_problems(described, *kinds, INTERNAL_ERROR)
    return described


def add_problems(described: dict[int | str, dict[str, Any]], *kinds: Kind) -> None:
    """Adds problems to the described responses of a route."""
    for kind in kinds:
        response = described.setdefault(str(kind.status), _problem_response())
        response["description"] += f"\n- `{kind.name}`: {kind.title}"
        examples = response["content"]["application/problem+json"]["examples"]
        examples[kind.name] = {"summary": kind.title, "value": problem_example(kind)}


def _problem_response() -> dict[str, Any]:
    content = {"schema": {"$ref": _COMPONENT.format(model="Problem")}, "examples": {}}
    return {
        "description": "One of these problems:\n",
        "content": {"application/problem+json": content},
    }


def problem_schemas() -> dict[str, Any]:
    """The schemas by name that the responses of problems refer to."""
    schema = ProblemOut.model_json_schema(ref_template=_COMPONENT)
    return {**schema.pop("$defs"), "Problem": schema}
