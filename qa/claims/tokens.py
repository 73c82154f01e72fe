"""A text as the rules read it: folded words with their stems, their places and their clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.characters import fold
from corpus.partial_dates import DateMention, date_mentions
from index_store.stemming import stems
from qa.claims.raised_figures import plain
from qa.claims.tables import LANGUAGES, table

_WORD = re.compile(r"[^\W_]+")
#: What parts clauses; a mark within a number parts nothing.
_BORDER = re.compile(r"[;:!?()«»“”\"—]|[.,](?!\d)|\s[-–]\s")

_QUOTATION_MARKS = re.compile(r"[“”„«»\"]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@dataclass(frozen=True, slots=True)
class Text:
    """A statement, or what a source says.

    Attributes:
        language: whose words are read; None where it is not known.
        published: ISO 8601 date of the article, by which its dates are completed.
        before, after: what stands around it in its article, to tell who speaks.
        outlet: who published it, and so may be named as saying it.
    """

    text: str
    language: str | None
    published: str | None = None
    before: str = ""
    after: str = ""
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A word at its place.

    Attributes:
        clause: number of the clause that it stands in.
        in_date: whether it is a part of a date, as a month or a day is.
    """

    word: str
    stem: str
    start: int
    end: int
    clause: int
    is_function: bool
    is_capital: bool
    in_date: bool

    @property
    def is_content(self) -> bool:
        """Whether it says something of a subject; a letter alone is an elision or an initial."""
        return not self.is_function and len(self.word) > 1


@lru_cache(maxsize=512)
def mentions(text: str, language: str | None) -> tuple[DateMention, ...]:
    """The dates of a text in order."""
    return tuple(date_mentions(text, language))


@lru_cache(maxsize=512)
def tokens(text: str, language: str | None) -> tuple[Token, ...]:
    """The words of a text in order."""
    found = list(_WORD.finditer(text))
    # A character can fold to several words ("㏂"): then the word stands as it is.
    folded = ["".join(_WORD.findall(fold(match[0]))) or match[0] for match in found]
    borders = [match.start() for match in _BORDER.finditer(text)]
    function = _function_words(language)
    in_dates = [mention.span for mention in mentions(text, language)]
    read, clause = [], 0
    for match, word, stem in zip(found, folded, stems(folded, language), strict=True):
        while clause < len(borders) and borders[clause] < match.start():
            clause += 1
        capital = any(map(str.isupper, match[0]))
        dated = any(start <= match.start() < end for start, end in in_dates)
        read.append(Token(word, stem, *match.span(), clause, word in function, capital, dated))
    return tuple(read)


@cache
def _function_words(language: str | None) -> frozenset[str]:
    words = table("function_words")["words"].get(language, "") if language in LANGUAGES else ""
    return frozenset(fold(word) for word in words.split())


def following(read: Sequence[Token], position: int, most: int) -> list[Token]:
    """Up to so many content words behind a place, within its clause."""
    clause = read[position].clause
    rest = (token for token in read[position + 1 :] if token.clause == clause and token.is_content)
    return [token for _, token in zip(range(most), rest, strict=False)]


def literal(text: str) -> str:
    """Folded by as little as two houses' typography differ: case, spaces, shapes of marks."""
    folded = plain(_QUOTATION_MARKS.sub("", text)).casefold()
    return " ".join(folded.translate(_APOSTROPHES).split()).strip(" .,;:!…")
