"""From an article to passages: whole sentences, packed up to the embedder's window.

An embedder drops what does not fit its window without a word (MiniLM: 256 word pieces), so
length is counted in the embedder's own word pieces, by a function that the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.models import Article, Passage, Span
from corpus.sentences import paragraph_spans, sentence_spans

#: Word pieces of each text, in order, by the embedder's own tokenizer.
CountTokens = Callable[[Sequence[str]], list[int]]

_WORD = re.compile(r"\S+")


def split_article(article: Article, count_tokens: CountTokens, budget: int) -> list[Passage]:
    """Passages in reading order, each at most `budget` word pieces.

    Sentences are never divided, except one that alone exceeds the budget: it is cut between
    words, or inside a word that is longer than the budget. Every visible character of the text
    lies in exactly one sentence of one passage.

    Raises:
        ValueError: `budget` is not positive.
    """
    if budget < 1:
        raise ValueError(f"budget must be at least 1 word piece, not {budget}")
    sentences = [
        Span(paragraph.start + start, paragraph.start + end)
        for paragraph in paragraph_spans(article.text)
        for start, end in sentence_spans(
            article.text[paragraph.start : paragraph.end], article.language
        )
    ]
    lengths = count_tokens([article.text[start:end] for start, end in sentences])
    fitting = [
        piece
        for span, length in zip(sentences, lengths, strict=True)
        for piece in _fit(article.text, span, length, count_tokens, budget)
    ]
    return [_passage(article, group) for group in _pack(fitting, budget)]


def _fit(
    text: str, span: Span, length: int, count_tokens: CountTokens, budget: int
) -> Iterator[tuple[Span, int]]:
    """The sentence itself, or halves of it until each fits."""
    if length <= budget or span.end - span.start < 2:
        yield span, length
        return
    middle = (span.start + span.end) // 2
    borders = [span.start + word.start() for word in _WORD.finditer(text[span.start : span.end])]
    cut = min(borders[1:], key=lambda border: abs(border - middle), default=middle)
    left = text[span.start : cut].rstrip()
    halves = [Span(span.start, span.start + len(left)), Span(cut, span.end)]
    counts = count_tokens([text[start:end] for start, end in halves])
    for half, count in zip(halves, counts, strict=True):
        yield from _fit(text, half, count, count_tokens, budget)


def _pack(pieces: Sequence[tuple[Span, int]], budget: int) -> Iterator[list[Span]]:
    """Neighbouring sentences together, as many as the budget holds.

    Two pieces of one word are not joined, since a word can have more word pieces than its parts.
    """
    group: list[Span] = []
    used = 0
    for span, length in pieces:
        if group and (used + length > budget or group[-1].end == span.start):
            yield group
            group, used = [], 0
        group.append(span)
        used += length
    if group:
        yield group


def _passage(article: Article, sentences: list[Span]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    return Passage(article.id, start, end, article.text[start:end], tuple(sentences))
