"""The form of chat completions: what of OpenAI's is used here, and the `citedesk` extension."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from qa.http.responses import AnswerOut, CitationOut
from qa.http.schemas import MAX_HISTORY, FiltersBody, KnownDay, LanguageCode, QuestionText, Text

MODEL = "citedesk"
# Messages of other roles (system, tool) come on top of the history proper.
_MAX_MESSAGES = 4 * MAX_HISTORY


class _Lenient(BaseModel):
    """Types are checked as strictly as at our own doors, but fields unknown here are let pass."""

    model_config = ConfigDict(extra="ignore", strict=True)


class _TextPart(_Lenient):
    type: Literal["text"]
    text: Text


class MessageBody(_Lenient):
    """One message. Only text can be answered, so other parts are refused, not dropped."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | list[_TextPart] | None = None

    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class Extension(BaseModel):
    """What is understood beyond OpenAI's fields; their client sends it as `extra_body`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    filters: FiltersBody = Field(default_factory=FiltersBody)
    language: LanguageCode | None = None
    standalone_question: QuestionText | None = None
    as_of: KnownDay | None = None


class StreamOptions(_Lenient):
    include_usage: bool | None = Field(default=None, description="true: a last chunk with `usage`")


class ChatBody(_Lenient):
    """A conversation whose last message is the question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "Why did the library close?"}],
                    "citedesk": {"filters": {"languages": ["fr"]}},
                }
            ]
        }
    )

    model: str = MODEL
    messages: Annotated[list[MessageBody], Field(min_length=1, max_length=_MAX_MESSAGES)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    citedesk: Extension = Field(default_factory=Extension)

    @model_validator(mode="after")
    def _a_question_of_bounded_history(self) -> Self:
        if self.messages[-1].role != "user":
            raise ValueError("must have a last message with the role user: the question")
        turns = [message for message in self.messages if message.role in ("user", "assistant")]
        if len(turns) > MAX_HISTORY + 1:
            raise ValueError(f"must have at most {MAX_HISTORY} messages before the question")
        return self

    def question(self) -> str:
        return self.messages[-1].text()

    def counts_tokens(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)


class ModelOut(BaseModel):
    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsOut(BaseModel):
    object: Literal["list"]
    data: list[ModelOut]


class AnnotationOut(BaseModel):
    """`start_index` and `end_index` bound the marker, `[1]`, in the content, in code points."""

    type: Literal["url_citation", "file_citation"]
    url_citation: dict[str, Any] | None = None
    file_citation: dict[str, Any] | None = None
    citedesk: CitationOut


class MessageOut(BaseModel):
    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: list[AnnotationOut]


class ChoiceOut(BaseModel):
    index: int
    message: MessageOut
    logprobs: None
    finish_reason: Literal["stop"]


class CompletionUsageOut(BaseModel):
    """What the language model read and wrote; none of it where the archive is quoted."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionOut(BaseModel):
    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[ChoiceOut]
    usage: CompletionUsageOut
    citedesk: AnswerOut
