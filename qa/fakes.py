"""A language model that says what it is told to, and articles that were never printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms import CustomLLM
from pydantic import PrivateAttr

from corpus import Article, Span
from corpus.models import identified
from corpus.splitting import split_article
from index_store.models import Hit
from qa.draft import Source
from qa.weighing.evidence import Evidence
from qa.weighing.telling import Features, Kinship


@dataclass(frozen=True, slots=True)
class Broken:
    """A reply that breaks off with an error behind what was said."""

    said: str
    error: Exception


#: What a model replies: a text, an error, or both; or what a function makes of the user's message.
Reply = str | Exception | Broken
Entry = Reply | Callable[[str], str]


class ScriptedModel(CustomLLM):
    """Replies with given texts in order; an exception among them is raised instead.

    Args:
        script: one entry a call.
        piece: characters of each piece of a streamed reply.

    Raises:
        AssertionError: it is called more often than the script is long.
    """

    _script: list[Entry] = PrivateAttr()
    _piece: int = PrivateAttr()
    _asked: list[tuple[ChatMessage, ...]] = PrivateAttr()

    def __init__(self, *script: Entry, piece: int = 7) -> None:
        super().__init__()
        self._script = list(script)
        self._piece = piece
        self._asked = []

    @property
    def asked(self) -> tuple[tuple[ChatMessage, ...], ...]:
        """The messages of every call so far."""
        return tuple(self._asked)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(is_chat_model=True, model_name="scripted")

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        *_, reply = self.stream_chat(messages)
        return reply

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        said = ""
        for piece in self._pieces(messages):
            said += piece
            message = ChatMessage(role=MessageRole.ASSISTANT, content=said)
            yield ChatResponse(message=message, delta=piece)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        *_, reply = self.stream_complete(prompt)
        return reply

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        said = ""
        for piece in self._pieces([ChatMessage(content=prompt)]):
            said += piece
            yield CompletionResponse(text=said, delta=piece)

    def _pieces(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        self._asked.append(tuple(messages))
        reply = self._next()
        if callable(reply):
            reply = reply(messages[-1].content or "")
        if isinstance(reply, Exception):
            raise reply
        said = reply.said if isinstance(reply, Broken) else reply
        for start in range(0, max(1, len(said)), self._piece):
            yield said[start : start + self._piece]
        if isinstance(reply, Broken):
            raise reply.error

    def _next(self) -> Entry:
        assert self._script, f"the script is over: this is call {len(self._asked)}"
        return self._script.pop(0)


class StubbornModel(ScriptedModel):
    """Replies in one and the same way, however often it is asked."""

    def __init__(self, reply: Entry, piece: int = 7) -> None:
        super().__init__(reply, piece=piece)

    def _next(self) -> Entry:
        return self._script[0]


class ScriptedEntailment:
    """Says how likely given hypotheses follow from any premise; of others that they do not.

    Attributes:
        asked: premise and hypothesis of every call so far.
    """

    def __init__(self, likely: Mapping[str, float]) -> None:
        self._likely = likely
        self.asked: list[tuple[str, str]] = []

    def probability(self, premise: str, hypothesis: str) -> float:
        self.asked.append((premise, hypothesis))
        return self._likely.get(hypothesis, 0.0)


def article(text: str, language: str | None = "en", **stated: Any) -> Article:
    """An article of this text, with an id of its own."""
    plain = Article(id="", title=text[:40], text=text, source="article.txt", language=language)
    return identified(replace(plain, **stated))


def hit(of: Article, score: float = 1.0) -> Hit:
    """An article that is one passage, as a search would return it."""
    (passage,) = split_article(of, lambda texts: [1 for _ in texts], budget=10_000)
    cosines = tuple(0.0 for _ in passage.sentences)
    return Hit(passage, of, score, sides={}, sentence_cosines=cosines)


def evidence(
    text: str,
    score: float = 5.0,
    of: Article | None = None,
    language: str | None = "en",
    kinship: Kinship = Kinship.MEANING,
) -> Evidence:
    """A sentence as evidence, of an article of its own where none is given."""
    whole = of or article(text, language)
    start = whole.text.index(text)
    span = Span(start, start + len(text))
    return Evidence(hit(whole), span, text, score, score, Features(*[1.0] * 8), kinship)


def source(text: str, language: str | None = "en") -> Source:
    """An article of one sentence, cited as a whole."""
    whole = article(text, language)
    return Source(f"{whole.id}.0-{len(text)}", whole, Span(0, len(text)))
