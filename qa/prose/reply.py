"""A model's reply, read into sentences while it is still coming.

A sentence is given out once nothing that may follow can change where it ends or what it cites:
numbers stand before its full stop or behind it, and a quotation of several sentences is one. How
the reply was cut into pieces on its way makes no difference, since it is looked at only where a
word has come to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus import Span
from corpus.characters import clean_text
from corpus.sentences import (
    LONGEST_QUOTATION,
    leaves_quotation_open,
    paragraph_spans,
    sentence_spans,
)
from qa.errors import ModelUnavailable

# [1], [1, 2] and [1-3]. No prompt holds a thousand passages.
_MARKERS = re.compile(r"\s*\[\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*\]")
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_OPEN_MARKER = re.compile(r"\[[\d\s,;–-]{0,40}\Z")

#: What a reasoning model thinks aloud; it ends without a closing mark where the reply is cut off.
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
#: Marks that turn or hide text, and Markdown that would be shown as such.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]|\\*\\*")
_BULLET = re.compile(r"(?:[-*•–#>]+\s+)+")

#: Characters of what is no sentence any more. Whatever has no end until then ends there, since all
#: of it is looked at again with each word that comes.
LONGEST_SENTENCE = 1_500

_WORD_BEGINS = re.compile(r"(?<=\s)(?=\S)")
_MAY_END = re.compile(r"[.?!…\n]")
_ENDS = re.compile(r"[.?!…]['\"’”»)\]\s]*\Z")
_CLOSES_QUOTATION = re.compile(r"['\"’”»“]\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a reply.

    Attributes:
        text: on one line, without numbers and marks of a list.
        numbers: in it or right behind it, each once, whether there are such passages or not.
        is_whole: False where the reply broke off in the middle of it.
    """

    text: str
    numbers: tuple[int, ...]
    is_whole: bool = True


def read_sentences(pieces: Iterable[str], language: str | None) -> Iterator[Sentence]:
    """Sentences of a reply, each as early as it is sure.

    Raises:
        ModelUnavailable: as `pieces` does, behind the sentences that had come until then.
    """
    reader = ReplyReader(language)
    try:
        for piece in pieces:
            yield from reader.feed(piece)
    except ModelUnavailable:
        yield from reader.finish()
        raise
    yield from reader.finish()


class ReplyReader:
    """Reads one reply.

    Args:
        language: of the reply, which decides where its sentences end.
    """

    def __init__(self, language: str | None) -> None:
        self._language = language
        self._raw = ""  # as it came, from the first word that may go on
        self._text = ""  # made readable, from the first sentence that was not given out

    def feed(self, piece: str) -> Iterator[Sentence]:
        """Takes the next piece; gives the sentences that are sure now."""
        looked_at = max(0, len(self._raw) - 1)
        self._raw += piece
        while border := _WORD_BEGINS.search(self._raw, looked_at):
            looked_at = border.start() + 1
            words = self._raw[: border.start()]
            if not _is_open(words):
                self._raw, looked_at = self._raw[border.start() :], 0
                self._text += _readable_words(words)
                yield from self._sure()

    def finish(self) -> Iterator[Sentence]:
        """The sentences that are left when nothing follows; the last may not be whole."""
        self._text += readable(self._raw)
        self._raw = ""
        plain, markers = _without_markers(self._text)
        spans = _spans(plain, self._language)
        for position, span in enumerate(spans, start=1):
            is_last = position == len(spans)
            following = len(plain) if is_last else spans[position].start
            sentence = _sentence(plain, markers, span, following)
            ends = _ENDS.search(sentence.text) or any(one.place == span.end for one in markers)
            yield replace(sentence, is_whole=not is_last or bool(ends))
        self._text = ""

    def _sure(self) -> Iterator[Sentence]:
        while _MAY_END.search(self._text) or len(self._text) > LONGEST_SENTENCE:
            plain, markers = _without_markers(self._text)
            spans = _spans(plain, self._language)
            if not _is_sure(plain, spans):
                return
            following = spans[1].start if len(spans) > 1 else len(plain)
            yield _sentence(plain, markers, spans[0], following)
            taken = sum(marker.length for marker in markers if marker.place <= following)
            self._text = self._text[following + taken :]


@dataclass(frozen=True, slots=True)
class _Marker:
    """Numbers, with the place that they were taken from and how much was taken there."""

    place: int
    length: int
    numbers: tuple[int, ...]


def readable(reply: str) -> str:
    """A reply without thoughts aloud and without what cannot be stored, shown or seen."""
    return clean_text(_UNSEEN.sub("", _THOUGHTS.sub("", reply)))


def _readable_words(words: str) -> str:
    """Whole words, and of the space behind them what it means: a line's end, a paragraph's."""
    space = words[len(words.rstrip()) :]
    breaks = space.count("\n") or space.count("\r")
    text = readable(words)
    return text + ("\n" * min(breaks, 2) or " ") if text else ""


def _is_open(words: str) -> bool:
    """Whether they end amid thoughts aloud or amid the numbers of a marker."""
    thinks = words.rfind("<think>") > words.rfind("</think>")
    return thinks or _OPEN_MARKER.search(words, max(0, len(words) - 50)) is not None


def _is_sure(plain: str, spans: list[Span]) -> bool:
    """Whether the first sentence stays as it is, whatever follows the words at hand."""
    if len(plain) > LONGEST_SENTENCE:
        return bool(spans)
    if len(spans) < 2:
        return False
    first = plain[spans[0].start : spans[0].end]
    if "\n\n" in plain[spans[0].end : spans[1].start]:
        return True
    if leaves_quotation_open(first) and len(spans) < LONGEST_QUOTATION:
        return False
    # Whose words they were may be said behind a quotation; that belongs to it.
    return len(spans) > 2 or not _CLOSES_QUOTATION.search(first)


def _spans(plain: str, language: str | None) -> list[Span]:
    return [
        Span(paragraph.start + start, paragraph.start + end)
        for paragraph in paragraph_spans(plain)
        for start, end in sentence_spans(plain[paragraph.start : paragraph.end], language)
    ]


def _sentence(plain: str, markers: list[_Marker], span: Span, following: int) -> Sentence:
    text = plain[span.start : span.end]
    bullet = _BULLET.match(text)
    # A number behind the full stop stands where the next sentence starts.
    numbers = [
        number
        for marker in markers
        if span.start < marker.place <= max(span.end, following)
        for number in marker.numbers
    ]
    line = " ".join(text[bullet.end() if bullet else 0 :].split())
    return Sentence(line, tuple(dict.fromkeys(numbers)))


def _without_markers(text: str) -> tuple[str, list[_Marker]]:
    """The text without `[1]`s, and what was taken out."""
    plain, markers, last = "", [], 0
    for found in _MARKERS.finditer(text):
        plain += text[last : found.start()]
        numbers = tuple(_numbers(found.group()))
        markers.append(_Marker(len(plain), found.end() - found.start(), numbers))
        last = found.end()
    return plain + text[last:], markers


def _numbers(marker: str) -> Iterator[int]:
    for first, last in _RANGE.findall(marker):
        yield from range(int(first), int(last or first) + 1)
