"""Writing mode: a language model writes sentences with numbers, code reads them as drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus import Span
from corpus.sentences import sentence_spans
from index_store.models import Hit
from index_store.terms import terms
from qa.answer import Verdict
from qa.budget import within_budget
from qa.draft import Draft, Source
from qa.errors import ModelUnavailable
from qa.prompts import NO_ANSWER, system_prompt, user_prompt
from qa.question import Question
from qa.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_MARKERS = re.compile(r"\s*\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]")


def open_model(settings: Settings) -> LLM | None:
    """The configured model, or None where none is."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        api_base=settings.llm_url,
        model=settings.llm_model,
        api_key=settings.llm_key or "none",
        is_chat_model=True,
        temperature=0.0,
        timeout=settings.llm_timeout,
        max_retries=1,
    )


def write(model: LLM, question: Question, hits: Sequence[Hit]) -> list[Draft]:
    """What the model says, a draft a sentence; empty where it says that the passages do not tell.

    Raises:
        ModelUnavailable: it does not answer, or answers nothing.
    """
    passages = within_budget(hits)
    reply = _ask(model, question, passages)
    if NO_ANSWER in reply:
        return []
    return [
        Draft(sentence, sources, Verdict.PARTIAL)
        for sentence, numbers in parse(reply, question.language)
        if (sources := _sources(sentence, numbers, passages))
    ]


def parse(reply: str, language: str | None) -> Iterator[tuple[str, list[int]]]:
    """Sentences of a reply, each with the numbers in it or right behind it."""
    plain, marks = _without_markers(reply)
    spans = sentence_spans(plain, language)
    for position, (start, end) in enumerate(spans):
        following = spans[position + 1].start if position + 1 < len(spans) else len(plain)
        # A number behind the full stop stands where the next sentence starts.
        numbers = [number for at, number in marks if start < at <= max(end, following)]
        yield plain[start:end], list(dict.fromkeys(numbers))


def _without_markers(reply: str) -> tuple[str, list[tuple[int, int]]]:
    """The reply without `[1]`s, and each number with the place it was taken from."""
    plain, marks, last = "", [], 0
    for found in _MARKERS.finditer(reply):
        plain += reply[last : found.start()]
        marks += [(len(plain), int(number)) for number in re.findall(r"\d+", found.group())]
        last = found.end()
    return plain + reply[last:], marks


def _sources(sentence: str, numbers: Sequence[int], passages: Sequence[Hit]) -> tuple[Source, ...]:
    """The sentence of each named passage that shares most with what was written.

    A number out of range names nothing: `[0]` must not mean the last passage.
    """
    said = set(terms(sentence))
    sources = []
    for hit in (passages[number - 1] for number in numbers if 1 <= number <= len(passages)):
        passage = hit.passage

        def shared(span: Span, hit: Hit = hit) -> int:
            return len(said & set(terms(hit.article.text[span.start : span.end])))

        sources.append(Source(passage.id, hit.article, max(passage.sentences, key=shared)))
    return tuple(sources)


def _ask(model: LLM, question: Question, passages: Sequence[Hit]) -> str:
    import httpx
    import openai
    from llama_index.core.llms import ChatMessage

    messages = [
        ChatMessage(role="system", content=system_prompt(question.language)),
        ChatMessage(role="user", content=user_prompt(question.standalone, passages)),
    ]
    try:
        reply = model.chat(messages).message.content or ""
    except (openai.OpenAIError, httpx.HTTPError, ValueError) as error:
        raise ModelUnavailable(type(error).__name__) from error
    if not reply.strip():
        raise ModelUnavailable("empty reply")
    return reply
