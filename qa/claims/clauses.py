"""Who does what to whom, read from the words around a verb.

No parser: a verb is any word in small letters that no article stands before, and the phrases
beside it are the words up to the next small word that ends them. So most of what is read is no
event at all; the rules compare only what a statement and its source read alike. What this cannot
see: a subject that is parted from its verb by a mark, or that stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.characters import fold
from qa.claims.numbers import is_quantity
from qa.claims.senses import Sense, senses
from qa.claims.tables import languages, table
from qa.claims.tokens import Text, Token, tokens

#: What a word is compared by: its stem, and its senses, which cross languages.
Key = str | Sense


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for one thing.

    Attributes:
        heads: of what is spoken of: "brother" in "the mayor's brother".
        owners: of what it belongs to or is a part of: "mayor".
        link: the preposition before it; "" where there is none.
    """

    heads: frozenset[Key]
    owners: frozenset[Key] = frozenset()
    link: str = ""

    @property
    def words(self) -> frozenset[Key]:
        return self.heads | self.owners


@dataclass(frozen=True, slots=True)
class Event:
    """What a verb tells: who does it, and to whom or what; None where it is not read."""

    verb: frozenset[Key]
    word: str
    actor: Phrase | None
    object: Phrase | None


@lru_cache(maxsize=512)
def events(text: Text) -> tuple[Event, ...]:
    """The events of a text in order; of most words that are no verbs, too."""
    reader = _Reader(text)
    return tuple(filter(None, map(reader.event, range(len(reader.read)))))


class _Reader:
    """Reads the phrases around a word; what is left and right of it are positions."""

    def __init__(self, text: Text) -> None:
        self.read = tokens(text.text, text.language)
        self._written = [text.text[each.start : each.end].lower() for each in self.read]
        self._language = text.language
        self._actors: dict[int, Phrase | None] = {}

    def event(self, at: int) -> Event | None:
        """The event of which the word there may be the verb."""
        verb = self.read[at]
        if not verb.word.isalpha() or not verb.is_content or verb.is_capital:
            return None
        is_thing = self._left(at - 1, at, "determiners") or is_quantity(verb.word, self._language)
        if is_thing:
            return None
        before, small = self._before(at)
        behind = self._behind(at)
        if self._is_passive(verb, small):
            patient = before or (behind if behind and not behind.link else None)
            actor, thing = self._agent(at), patient
        else:
            actor, thing = before or self._governor(at), behind
        self._actors[at] = actor
        if not actor and not thing:
            return None
        return Event(self._keys([at]), verb.word, actor, thing)

    def _before(self, at: int) -> tuple[Phrase | None, list[str]]:
        """The phrase right before a word, and the small words between."""
        left, small = at - 1, []
        while self._left(left, at) and self._is_step(left):
            small.append(self._written[left])
            left -= 1
        start = self._run_start(left, at)
        if start > left:
            return None, small
        runs = [(start, left)]
        ended = self._chained(runs, at)
        governed = self._left(ended, at) and self._is_governed(ended, at)
        return (None if governed else self._phrase(runs)), small

    def _chained(self, runs: list[tuple[int, int]], at: int) -> int:
        """Adds what stands before with "of", "'s" or "and"; the position before all of it."""
        left = runs[0][0] - 1
        while self._left(left, at):
            link = left
            while self._left(link, at, "determiners") and not self._left(link, at, "genitives"):
                link -= 1
            joins = any(self._left(link, at, kind) for kind in ("genitives", "ands"))
            if not joins and not self._is_possessive(link):
                return link
            start = self._run_start(link - 1, at)
            if start > link - 1:
                return link - 1 if self._left(link, at, "genitives") else link
            runs.insert(0, (start, link - 1))
            left = start - 1
        return left

    def _behind(self, at: int) -> Phrase | None:
        """The phrase right behind a word, with the preposition before it."""
        right, link = at + 1, ""
        while self._right(right, at, "determiners", "prepositions", "agents", "genitives"):
            if not self._right(right, at, "determiners"):
                link = self._written[right]
            right += 1
        end = self._run_end(right, at)
        if end < right:
            return None
        runs, right = [(right, end)], end + 1
        while self._right(right, at, "genitives", "ands") or self._is_possessive(right):
            start = right + 1
            while self._right(start, at, "determiners"):
                start += 1
            end = self._run_end(start, at)
            if end < start:
                break
            runs.append((start, end))
            right = end + 1
        return self._phrase(runs, link)

    def _agent(self, at: int) -> Phrase | None:
        """Who is named behind "by" in the verb's clause."""
        right = at + 1
        while right < len(self.read) and self.read[right].clause == self.read[at].clause:
            if self._right(right, at, "agents"):
                return self._behind(right)
            right += 1
        return None

    def _governor(self, at: int) -> Phrase | None:
        """Who does what stands before an infinitive: "the council plans to sell"."""
        if not self._left(at - 1, at, "infinitives"):
            return None
        return self._actors.get(at - 2)

    def _phrase(self, runs: Sequence[tuple[int, int]], link: str = "") -> Phrase | None:
        """Of "the mayor's brother" and "the brother of the mayor" the brother is spoken of."""
        heads: list[int] = []
        owners: list[int] = []
        for position, (start, end) in enumerate(runs):
            between = range(runs[position - 1][1] + 1, start) if position else range(0)
            within = list(range(start, end + 1))
            if any(self._is_possessive(each) for each in between) and not owners:
                owners, heads = heads, within
            elif any(self._word(each, "ands") for each in between):
                heads = heads + within
            elif any(self._word(each, "genitives") for each in between) or owners:
                named = self._apposed(within)
                owners = owners + [each for each in within if each not in named]
                heads = heads + named
            else:
                heads = heads + within
        keys = self._keys(heads)
        return Phrase(keys, self._keys(owners) - keys, link) if keys else None

    def _apposed(self, positions: Sequence[int]) -> list[int]:
        """The name of the head behind what it is of: "the generator of images Stable Diffusion"."""
        first = self.read[positions[0]]
        return [] if first.is_capital else [at for at in positions if self.read[at].is_capital]

    def _keys(self, positions: Sequence[int]) -> frozenset[Key]:
        """Stems and senses of words; numbers are looked for by themselves."""
        read = [self.read[each] for each in positions if self.read[each].word.isalpha()]
        meant = (sense for each in read for sense in senses(each.word, self._language))
        return frozenset(each.stem for each in read) | frozenset(meant)

    def _is_passive(self, verb: Token, small: Sequence[str]) -> bool:
        known = languages(self._language)
        if not _words("passives", known) & set(small) or _words("reflexives", known) & set(small):
            return False
        is_going_on = "en" in known and verb.word.endswith("ing")
        return not is_going_on and not is_of("moving", verb.word, self._language)

    def _is_governed(self, left: int, at: int) -> bool:
        """Whether what stands before a phrase makes it no subject: a preposition, or a verb."""
        if any(self._left(left, at, kind) for kind in ("prepositions", "agents")):
            return True
        if not self._is_run(left):
            return False
        start = self._run_start(left, at)
        while self._left(start - 1, at, "determiners"):
            start -= 1
        return not any(self._left(start - 1, at, kind) for kind in ("prepositions", "agents"))

    def _is_step(self, at: int) -> bool:
        """Whether a word may stand between a subject and its verb: "has", "not", "who"."""
        kinds = ("determiners", "genitives", "agents", "prepositions", "joints")
        return self.read[at].is_function and not any(self._word(at, kind) for kind in kinds)

    def _is_possessive(self, at: int) -> bool:
        if not 0 < at < len(self.read) or self.read[at].word != "s":
            return False
        touches = self.read[at].start == self.read[at - 1].end + 1
        return touches and "en" in languages(self._language)

    def _is_run(self, at: int) -> bool:
        return self.read[at].is_content and not self.read[at].in_date

    def _run_start(self, left: int, at: int) -> int:
        while self._left(left, at) and self._is_run(left):
            left -= 1
        return left + 1

    def _run_end(self, right: int, at: int) -> int:
        while self._right(right, at) and self._is_run(right):
            right += 1
        return right - 1

    def _left(self, left: int, at: int, kind: str | None = None) -> bool:
        """Whether there is a word in the clause of another, before it, and of a kind."""
        in_clause = left >= 0 and self.read[left].clause == self.read[at].clause
        return in_clause and (kind is None or self._word(left, kind))

    def _right(self, right: int, at: int, *kinds: str) -> bool:
        in_clause = right < len(self.read) and self.read[right].clause == self.read[at].clause
        return in_clause and (not kinds or any(self._word(right, kind) for kind in kinds))

    def _word(self, at: int, kind: str) -> bool:
        return self._written[at] in _words(kind, languages(self._language))


@lru_cache(maxsize=8192)
def is_of(kind: str, word: str, language: str | None) -> bool:
    """Whether a folded word is a verb of a kind of the table."""
    return any(_verbs(kind, each).fullmatch(word) for each in languages(language))


@cache
def _verbs(kind: str, language: str) -> re.Pattern[str]:
    forms = table("clauses")[kind][language].split()
    return re.compile("|".join(fold(form).replace("*", r"\w*") for form in forms) or r"(?!)")


@cache
def _words(kind: str, read_in: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for each in read_in for word in table("clauses")[kind][each].split())
