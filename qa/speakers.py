"""Who is quoted, and what is put between quotation marks.

A speaker is a name next to a verb of saying ("said Ada Reeve", "Ada Reeve, who runs the port,
said"); a pronoun there stands for a speaker who was named before. The words are data, a table a
language in `speakers.toml`. What this cannot see: a speaker whom only a role names ("the minister
said").
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile

from corpus import Span
from corpus.characters import fold
from index_store.terms import stop_words, words

#: Family names of at least so many letters, alike by so much, are one and a slip of the pen:
#: "Al-Dahl" and "Al-Dahle". Shorter names differ by a letter because they are two.
_LONG = 5
_ALIKE = 0.8

#: Words between an article and the name that it leads to: "dit la présidente du port, Ada Reeve".
_ROLE = 8

_QUOTED = re.compile(r"[“„]([^“”„]+)[“”]|«\s*([^«»]+?)\s*»|\"([^\"]+)\"|(?<!\w)‘([^‘]+?)’(?!\w)")
_MARK = re.compile(r"[“„«\"‘]")
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*|,")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name without titles.

    Attributes:
        printed: as it stands in the article.
        parts: folded, the family name last; none where a pronoun speaks.
    """

    printed: str
    parts: tuple[str, ...]

    def is_same(self, other: Speaker) -> bool:
        """Whether two names are one person's: the family names agree, but for a slip of the pen,
        and what else both state does not contradict it."""
        if not self.parts or not other.parts or not _same_part(self.parts[-1], other.parts[-1]):
            return False
        first_names = [(mine, theirs) for mine in self.parts[:-1] for theirs in other.parts[:-1]]
        return not first_names or any(_same_part(*pair) for pair in first_names)


#: Nobody is named.
NOBODY = Speaker("", ())


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands between quotation marks in a sentence.

    Attributes:
        span: of the quotation in the sentence, without its marks.
    """

    span: Span
    text: str
    speaker: Speaker


@lru_cache(maxsize=4096)
def remarks(
    sentence: str, language: str | None, before: tuple[str, ...] = ()
) -> tuple[Remark, ...]:
    """Every quotation of a sentence with its speaker.

    Args:
        before: the sentences before it, in order, where a pronoun's speaker is named.
    """
    spans = quoted_spans(sentence)
    if not spans:
        return ()
    speaker = speaker_of(sentence, language, before)
    return tuple(Remark(span, sentence[span.start : span.end], speaker) for span in spans)


def holds_quotation(text: str) -> bool:
    """Whether a sentence may hold a quotation; most do not, and need not be read."""
    return _MARK.search(text) is not None


def quoted_spans(text: str) -> list[Span]:
    """What stands between quotation marks, in order, without the marks."""
    found = []
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        if any(map(str.isalnum, text[start:end])):
            found.append(Span(start, end))
    return found


@lru_cache(maxsize=4096)
def speaker_of(sentence: str, language: str | None, before: tuple[str, ...] = ()) -> Speaker:
    """Who says what a sentence reports; `NOBODY` where it is not seen."""
    table = _tables().get(language or "")
    if table is None:
        return NOBODY
    outside, asides = _outside_and_asides(sentence)
    found: Speaker | None = None
    for text in (outside, *asides):
        found = _Reading(text, table, stop_words(language)).speaker()
        if found is not None:
            break
    if found not in (None, NOBODY):
        return found
    # A pronoun speaks, or the quotation stands alone: the speaker was named before.
    return speaker_of(before[-1], language, before[:-1]) if before else NOBODY


def is_reported(sentence: str, language: str | None) -> bool:
    """Whether a sentence has a verb of saying, or a word such as "according"."""
    table = _tables().get(language or "")
    if table is None:
        return False
    return any(word in table.verbs or word in table.sources for word in words(sentence))


def _same_part(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or one[0] != other[0]:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of one language that stand around a speaker, folded."""

    verbs: frozenset[str]
    sources: frozenset[str]
    pronouns: frozenset[str]
    articles: frozenset[str]
    prepositions: frozenset[str]
    titles: frozenset[str]


@cache
def _tables() -> dict[str, _Table]:
    text = files("qa").joinpath("speakers.toml").read_text(encoding="utf-8")
    return {
        language: _Table(**{key: frozenset(fold(line).split()) for key, line in stated.items()})
        for language, stated in tomllib.loads(text).items()
    }


def _outside_and_asides(sentence: str) -> tuple[str, list[str]]:
    """A sentence without what it quotes, and what French and Italian put inside the marks behind
    a comma to say who speaks: « Oui, a dit Ada Reeve. »"""
    outside, asides, last = "", [], 0
    for start, end in quoted_spans(sentence):
        outside += sentence[last:start]
        asides += sentence[start:end].split(",")[1:]
        last = end
    return outside + sentence[last:], asides


class _Reading:
    """One text, word by word. A comma is a word of its own."""

    def __init__(self, text: str, table: _Table, stop: frozenset[str]) -> None:
        self._printed = _TOKEN.findall(text)
        self._folded = [fold(word) for word in self._printed]
        self._table = table
        self._stop = stop

    def speaker(self) -> Speaker | None:
        """The name that speaks; `NOBODY` where a pronoun does, None where nobody is seen to."""
        for at, word in enumerate(self._folded):
            if word in self._table.verbs:
                found = self._of_verb(at)
            elif word in self._table.sources:
                found = self._behind(at + 1, self._table.prepositions)
            else:
                found = NOBODY if self._holds_pronoun(word) else None
            if found is not None:
                return found
        return None

    def _of_verb(self, at: int) -> Speaker | None:
        """Who speaks by the verb at a place: the name it touches, else the one before an aside."""
        for place in (at - 1, at - 2):
            if place < 0 or self._folded[place] == ",":
                break
            if self._folded[place] in self._table.pronouns:
                return NOBODY
            if name := self._name(place, -1):
                return name
        if found := self._behind(at + 1, frozenset()):
            return found
        if at and self._folded[at - 1] == ",":
            return self._before_comma(at - 1)
        return None

    def _behind(self, at: int, passed: frozenset[str]) -> Speaker | None:
        """The name that starts at a place, or behind one word or a role: "mardi Ada Reeve"."""
        following = self._folded[at : at + 1 + _ROLE]
        if following and following[0] in passed:
            at, following = at + 1, following[1:]
        if name := self._name(at, 1):
            return name
        if not following or following[0] in self._table.prepositions | {","}:
            return None
        if following[0] in self._table.articles:
            comma = following.index(",") if "," in following else None
            return None if comma is None else self._name(at + comma + 1, 1)
        return self._name(at + 1, 1)

    def _before_comma(self, end: int) -> Speaker | None:
        """The first name before a place that a comma follows: what stands between is an aside."""
        at = 0
        while at < end:
            name = self._name(at, 1)
            length = len(self._run(at, 1))
            if name and self._folded[at + length] == ",":
                return name
            at += max(length, 1)
        return None

    def _name(self, at: int, step: int) -> Speaker | None:
        """The name that starts (step 1) or ends (-1) at a place, where one does."""
        named = [
            word
            for word in self._run(at, step)[::step]
            if fold(word) not in self._table.titles | self._stop
        ]
        parts = tuple(fold(word).replace("-", "") for word in named)
        return Speaker(" ".join(named), parts) if named else None

    def _run(self, at: int, step: int) -> list[str]:
        if at < 0:
            return []
        return list(takewhile(lambda word: word[0].isupper(), self._printed[at::step]))

    def _holds_pronoun(self, word: str) -> bool:
        """Whether a word is a verb with its pronoun: "confie-t-elle"; "a-t-il" counts too."""
        first, _, rest = word.partition("-")
        return (first in self._table.verbs or first == "a") and bool(
            set(rest.split("-")) & self._table.pronouns
        )
