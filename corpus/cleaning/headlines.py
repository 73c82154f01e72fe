"""Headlines where none belongs: the article's own printed again, and those of other stories."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from corpus.cleaning.lexicon import words as word_set
from corpus.cleaning.lines import Line, folded

_SHORTEST_REPEATED = 15  # characters; below it a repeated line may be a refrain or an answer
_SITE = re.compile(r"\s[|–—•·-]\s")

_LONGEST_HEADLINE = 20  # words
_SHORTEST_RUN = 12  # words
_CONTENT_WORD = re.compile(r"[^\W\d_]{5,}")
_SENTENCE_BREAK = re.compile(r"[.!?…][\"'”’»)]*\s")


def same_headline(line: Line, headline: str) -> bool:
    """Whether a line prints a headline (see `Line.key`), with or without the site's name."""
    if line.key == headline:
        return True
    if not line.key or not headline or len(line.text) > len(headline) + 60:
        return False
    cut = _SITE.split(line.text)
    return len(cut) > 1 and folded(" - ".join(cut[:-1])) in (headline, folded(headline))


def repeated_headlines(
    lines: Sequence[tuple[int, Line]], last: int
) -> tuple[int | None, list[int]]:
    """The number of the headline that the top of a page prints again, and those of repetitions.

    Other lines that are printed again, such as a standfirst, are among the repetitions.

    Args:
        last: the number of the last line that can be printed the first time, so that equal rows
            of a table stay; 0 for the first line that is long enough.
    """
    first: dict[str, int] = {}
    headline: int | None = None
    again: list[int] = []
    for number, line in lines:
        if len(line.key) < _SHORTEST_REPEATED or len(line.words) < 3:
            continue
        if line.key not in first:
            if number <= last or not first:
                first[line.key] = number
            continue
        again.append(number)
        if headline is None and not line.text.endswith("."):
            headline = first[line.key]
    return headline, again


class Vocabulary:
    """The words of an article, against which a run of headlines stands out."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word for line in self._lines for word in _content(line.text))

    def share(self, text: str) -> float:
        """The share of a text's longer words that the article has, 1.0 where it has none."""
        words = set(_content(text))
        return len(words & self.words) / len(words) if words else 1.0


def _content(text: str) -> list[str]:
    return _CONTENT_WORD.findall(text.casefold())


def could_be_run(line: Line) -> bool:
    """The cheap half of `is_run`: many words with hardly a sentence among them."""
    if len(line.words) < _SHORTEST_RUN or line.is_bullet:
        return False
    breaks = len(_SENTENCE_BREAK.findall(line.text)) + line.ends_sentence
    return breaks * (40 if line.ends_sentence else 30) <= len(line.words)


def is_run(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a last paragraph is headlines of other stories, run together by a scraper.

    Within a sentence a capital follows a small letter at a name; at the border of two headlines
    also at "The", "Why", "Il".
    """
    if not could_be_run(line):
        return False
    words = line.words
    if line.text.count(",") + line.text.count(";") > len(words) / 6:
        return False
    capitals, borders = _borders(words)
    bars = line.text.count(" | ")
    shared = vocabulary.share(line.text)
    if line.ends_sentence:
        return len(words) >= 40 and borders >= 2 and shared < 0.2
    if shared < 0.5 and (borders >= 2 or bars >= 2):
        return True
    title_case = sum(word[0].isupper() for word in words) >= len(words) / 3
    many = title_case or capitals + bars >= len(words) / 8
    return len(words) >= 20 and shared < 0.25 and many


def _borders(words: Sequence[str]) -> tuple[int, int]:
    """How many capitals follow a word without a mark, and how many of these begin small words."""
    capitals = borders = 0
    for before, word in pairwise(words):
        if word[0].isupper() and before[-1].isalnum() and not before[0].isupper():
            capitals += 1
            borders += word.strip("'’\"“«:").casefold().split("'")[0].split("’")[0] in word_set(
                "small_words"
            )
    return capitals, borders


def is_block_of_headlines(lines: Sequence[Line], vocabulary: Vocabulary, fewest: int = 3) -> bool:
    """Whether the last lines of a page are headlines of other stories, one a line."""
    if len(lines) < fewest:
        return False
    if any(
        not line.is_headline
        or line.starts_lower
        or line.is_bullet
        or line.text.endswith((",", ";", ":"))
        or not 4 <= len(line.words) <= _LONGEST_HEADLINE
        for line in lines
    ):
        return False
    words = sum(len(line.words) for line in lines)
    return (
        words >= 6 * len(lines) and vocabulary.share(" ".join(line.text for line in lines)) < 0.12
    )


def is_keywords(line: Line, after: Line, lower_case_words: Callable[[], frozenset[str]]) -> bool:
    """Whether a line between paragraphs is an image's alternative text: "Harbour Ferry Marigold".

    It is names in a row, and the real subhead comes after it.
    """
    return (
        3 <= len(line.words) <= 8
        and after.is_headline
        and all(word.isalpha() and word[0].isupper() for word in line.words)
        and not any(word.casefold() in word_set("small_words") for word in line.words)
        and lower_case_words().isdisjoint(word.casefold() for word in line.words)
    )
