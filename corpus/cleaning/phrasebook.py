"""The phrases of `phrases.toml`, kept so that every line of a page can be asked quickly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from corpus.cleaning.lexicon import phrases, words
from corpus.cleaning.lines import Line, folded

_WILDCARDS = re.compile(r"\s*([*…])\s*")
_LONGEST_BARE_REQUEST = 16  # words


class Kind(Enum):
    """What a line is by its own words and form; where it stands decides the rest."""

    TEXT = "text"
    MARK = "a button or a mark between paragraphs"
    PROMPT = "a request to the reader"
    FOOTER = "the foot of the page"
    LINK = "a link to one other story"
    LIST = "the head of a list of other stories"
    DOUBTFUL_LIST = "such a head, or a subhead"
    SECTION = "a section of the menu"
    DATE = "when it was published"
    BAR = "links in a row, by its form"
    IMPRINT = "who publishes the page, and where"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase with wildcards.

    Attributes:
        pieces: the words between the wildcards, in order.
        open_start: whether words may stand before the first piece; `open_end` likewise.
        takes_sentences: whether a line that is a sentence can match.
    """

    pieces: tuple[str, ...]
    open_start: bool
    open_end: bool
    takes_sentences: bool
    kind: Kind

    def matches(self, line: Line) -> bool:
        if line.ends_sentence and not self.takes_sentences:
            return False
        key, position = line.key, 0
        for number, piece in enumerate(self.pieces):
            found = key.find(piece, position)
            if found < 0 or (number == 0 and found and not self.open_start):
                return False
            if not _is_whole(key, found, found + len(piece)):
                return False
            position = found + len(piece)
        if not self.open_end and position < len(key):
            return False
        return not line.ends_sentence or _is_request(line, self)


def _is_request(line: Line, pattern: _Pattern) -> bool:
    """Whether a sentence speaks to the reader, and does not tell who said so: "…, says a sign"."""
    if any(":" in piece for piece in pattern.pieces):
        return True
    said = _words(line.key)
    speaks = not words("reader", "site").isdisjoint(said)
    if pattern.open_start:
        return speaks or said[0] in words("actions", "requests")
    return speaks or (len(said) <= _LONGEST_BARE_REQUEST and "," not in line.text)


def _is_whole(key: str, start: int, end: int) -> bool:
    """Whether no word is cut at these places."""
    before, after = key[start - 1 : start], key[end : end + 1]
    return not (before.isalnum() or (key[end - 1].isalnum() and after.isalnum()))


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases, found by what is rare in them, since every line of a page is asked.

    Attributes:
        exact: whole lines.
        by_start: patterns by their first word; `by_word` those that begin anywhere, by the
            longest word in them.
    """

    exact: Mapping[str, Kind]
    by_start: Mapping[str, list[_Pattern]]
    by_word: Mapping[str, list[_Pattern]]

    def kind_of(self, line: Line) -> Kind | None:
        """By the first pattern that matches a line; whole lines are asked of `exact`."""
        words = _words(line.key)
        if not words:
            return None
        for pattern in self.by_start.get(words[0], ()):
            if pattern.matches(line):
                return pattern.kind
        for word in words:
            for pattern in self.by_word.get(word, ()):
                if pattern.matches(line):
                    return pattern.kind
        return None


def _words(key: str) -> list[str]:
    return [word.strip(":.,;!?()") for word in key.split()]


@cache
def notes() -> tuple[str, ...]:
    """How a note of the editors begins."""
    return phrases("notes")


@cache
def phrasebook() -> Phrasebook:
    """All phrases of all languages: a page need not say which it is in."""
    exact: dict[str, Kind] = {}
    by_start: dict[str, list[_Pattern]] = defaultdict(list)
    by_word: dict[str, list[_Pattern]] = defaultdict(list)
    # Of two kinds that have a phrase in common, the later one is taken.
    for kind, name in (
        (Kind.SECTION, "sections"),
        (Kind.FOOTER, "footer"),
        (Kind.MARK, "marks"),
        (Kind.PROMPT, "prompts"),
        (Kind.DOUBTFUL_LIST, "doubtful_lists"),
        (Kind.LIST, "lists"),
        (Kind.LINK, "links"),
    ):
        for phrase in phrases(name):
            pattern = _pattern(phrase, kind)
            if not pattern:
                exact[folded(phrase.replace("#", "0"))] = kind
            elif pattern.open_start:
                by_word[max(_words(" ".join(pattern.pieces)), key=len)].append(pattern)
            else:
                by_start[_words(pattern.pieces[0])[0]].append(pattern)
    return Phrasebook(exact, dict(by_start), dict(by_word))


def _pattern(phrase: str, kind: Kind) -> _Pattern | None:
    marks = _WILDCARDS.findall(phrase)
    if not marks:
        return None
    pieces = _WILDCARDS.split(phrase)[::2]
    return _Pattern(
        pieces=tuple(piece for piece in pieces if piece),
        open_start=not pieces[0],
        open_end=not pieces[-1],
        takes_sentences="*" in marks,
        kind=kind,
    )
