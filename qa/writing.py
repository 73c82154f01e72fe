"""Writing mode: a language model writes sentences with numbers, code reads them as drafts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from corpus import Span
from corpus.characters import clean_text
from corpus.sentences import paragraph_spans, sentence_spans
from index_store.models import Hit
from index_store.terms import terms, words
from qa.answer import Verdict
from qa.audit.exchange import Exchange
from qa.budget import within_budget
from qa.draft import Draft, Source
from qa.errors import BadSetting, ModelUnavailable
from qa.prompts import NO_ANSWER, system_prompt, user_prompt
from qa.question import Question
from qa.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

# [1], [1, 2] and [1-3]. No prompt holds a thousand passages.
_MARKERS = re.compile(r"\s*\[\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*\]")
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
#: What a reasoning model thinks aloud; it ends without a closing mark where the reply is cut off.
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
#: Marks that turn or hide text, and Markdown that would be shown as such.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]|\\*\\*")
_BULLET = re.compile(r"(?:[-*•–#>]+\s+)+")


def open_model(settings: Settings) -> LLM | None:
    """The configured model, or None where none is.

    Raises:
        BadSetting: the model is known not to chat.
    """
    if settings.llm_url is None or settings.llm_model is None:
        return None
    from llama_index.llms.openai_like import OpenAILike

    try:
        return OpenAILike(
            api_base=settings.llm_url,
            model=settings.llm_model,
            api_key=settings.llm_key or "none",
            is_chat_model=True,
            temperature=0.0,
            timeout=settings.llm_timeout,
            # The client would sleep between tries, a minute where a server asks for it. The reader
            # has waited long enough: exact quotes are at hand.
            max_retries=0,
        )
    except ValueError as error:
        raise BadSetting(f"CITEDESK_LLM_MODEL={settings.llm_model}: {error}") from error


def write(
    model: LLM,
    question: Question,
    hits: Sequence[Hit],
    on_exchange: Callable[[Exchange], None] = lambda exchange: None,
) -> list[Draft]:
    """What the model says, a draft a sentence; empty where it says that the passages do not tell.

    Args:
        on_exchange: told each prompt with the raw reply to it.

    Raises:
        ModelUnavailable: it does not answer, or its answer holds no sentence.
    """
    passages = within_budget(hits)
    prompts = system_prompt(question.language), user_prompt(question.standalone, passages)
    raw = ask_model(model, *prompts)
    on_exchange(Exchange(tuple(zip(("system", "user"), prompts, strict=True)), raw))
    reply = readable(raw)
    if NO_ANSWER in reply or words(reply) == words(NO_ANSWER):
        return []
    drafts = [
        Draft(sentence, _sources(sentence, numbers, passages), Verdict.PARTIAL)
        for sentence, numbers in parse(reply, question.language)
    ]
    if not drafts:
        raise ModelUnavailable("empty reply")
    return drafts


def readable(reply: str) -> str:
    """A reply without thoughts aloud and without what cannot be stored, shown or seen."""
    return clean_text(_UNSEEN.sub("", _THOUGHTS.sub("", reply)))


def parse(reply: str, language: str | None) -> Iterator[tuple[str, list[int]]]:
    """Sentences of a reply, each with the numbers in it or right behind it."""
    plain, marks = _without_markers(reply)
    spans = [
        Span(paragraph.start + start, paragraph.start + end)
        for paragraph in paragraph_spans(plain)
        for start, end in sentence_spans(plain[paragraph.start : paragraph.end], language)
    ]
    for position, (start, end) in enumerate(spans):
        following = spans[position + 1].start if position + 1 < len(spans) else len(plain)
        # A number behind the full stop stands where the next sentence starts.
        numbers = [number for at, number in marks if start < at <= max(end, following)]
        yield _sentence(plain[start:end]), list(dict.fromkeys(numbers))


def _sentence(text: str) -> str:
    """On one line, without the bullet of a list."""
    bullet = _BULLET.match(text)
    return " ".join(text[bullet.end() if bullet else 0 :].split())


def _without_markers(reply: str) -> tuple[str, list[tuple[int, int]]]:
    """The reply without `[1]`s, and each number with the place it was taken from."""
    plain, marks, last = "", [], 0
    for found in _MARKERS.finditer(reply):
        plain += reply[last : found.start()]
        marks += [(len(plain), number) for number in _numbers(found.group())]
        last = found.end()
    return plain + reply[last:], marks


def _numbers(marker: str) -> Iterator[int]:
    for first, last in _RANGE.findall(marker):
        yield from range(int(first), int(last or first) + 1)


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


def ask_model(model: LLM, system: str, user: str) -> str:
    """What a model replies to the rules and a user's message.

    Raises:
        ModelUnavailable: it does not reply.
    """
    import httpx
    import openai
    from llama_index.core.llms import ChatMessage

    messages = [
        ChatMessage(role="system", content=system),
        ChatMessage(role="user", content=user),
    ]
    try:
        return model.chat(messages).message.content or ""
    # LookupError, TypeError and AttributeError: the client reads replies without checking them,
    # so that JSON that is no chat completion, or no JSON at all, fails where a field is missing.
    except (
        openai.OpenAIError,
        httpx.HTTPError,
        httpx.InvalidURL,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ) as error:
        raise ModelUnavailable(type(error).__name__) from error
