"""A language model that says what it is told to, and articles that were never printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
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
from qa.evidence import Evidence
from qa.telling import Features, Kinship


class ScriptedModel(CustomLLM):
    """Replies with given texts in order; an exception among them is raised instead.

    Args:
        script: one entry a call.

    Raises:
        AssertionError: it is called more often than the script is long.
    """

    _script: list[str | Exception] = PrivateAttr()
    _asked: list[tuple[ChatMessage, ...]] = PrivateAttr()

    def __init__(self, *script: str | Exception) -> None:
        super().__init__()
        self._script = list(script)
        self._asked = []

    @property
    def asked(self) -> tuple[tuple[ChatMessage, ...], ...]:
        """The messages of every call so far."""
        return tuple(self._asked)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(is_chat_model=True, model_name="scripted")

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        reply = self._next(messages)
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=reply))

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text=self._next([ChatMessage(content=prompt)]))

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        reply = self._next([ChatMessage(content=prompt)])
        return (
            CompletionResponse(text=reply[: position + 1], delta=char)
            for position, char in enumerate(reply)
        )

    def _next(self, messages: Sequence[ChatMessage]) -> str:
        self._asked.append(tuple(messages))
        assert self._script, f"the script is over: this is call {len(self._asked)}"
        reply = self._script.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


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
