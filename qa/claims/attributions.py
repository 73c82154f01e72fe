"""Words that say who said something: "said Ada Reeve", "Ada Reeve, who runs the port, said".

The words are data, a table a language in `speech.toml`. What this cannot see: a speaker whom only
a role names ("the minister said").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus import Span
from corpus.characters import fold
from qa.claims.quotations import quotations
from qa.claims.tables import languages, table

#: A speaker's name as its folded words, titles left out.
Name = frozenset[str]

_CAPITAL = r"[A-ZÀ-ÞŠŽŁĐ]"
_NAME = (
    rf"(?:\b[ldLD]['’])?\b(?P<name>(?![LD]['’][a-zà-ÿ]){_CAPITAL}[\w'’.-]*"
    rf"(?:\s(?:(?:de|di|da|del|della|des|du|van|von|bin|al|el|of|for|d['’])\s?)?{_CAPITAL}[\w'’-]*)*)"
)
_NAMED = re.compile(_NAME)
#: What stands between a name and what it said: ", who chairs the board,".
_ASIDE = r"(?:\s?,(?:[^,“”«»\"]{1,90},)?)?"
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
#: Letters from which on two spellings of a name may differ by one.
_LONG = 5


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that say who spoke.

    Attributes:
        span: of the words, the name among them.
        printed: the name without titles; empty where a pronoun stands for it, or nothing.
    """

    span: Span
    printed: str

    @property
    def name(self) -> Name:
        """The words of the name."""
        return name_of(self.printed)


@lru_cache(maxsize=4096)
def attributions(text: str, language: str | None) -> tuple[Attribution, ...]:
    """Words of a text that say who spoke, in order.

    They stand outside of quotations, or where none do, as French and Italian put them, inside the
    marks behind a comma: « Oui, a dit Ada Reeve. »
    """
    plain = text.replace("’", "'")
    quoted = [each.span for each in quotations(text)]
    outside, inside = [], []
    for pattern in _patterns(language, quotes=bool(quoted)):
        for match in pattern.finditer(plain):
            start, end = match.span()
            read = Attribution(Span(start, end), _untitled(match.groupdict().get("name") or ""))
            if not any(each.start < end - 1 and start + 1 < each.end for each in quoted):
                outside.append(read)
            elif plain[:start].rstrip().endswith(",") and match[0].lstrip()[0].islower():
                inside.append(read)
    return tuple(_apart(outside or inside))


def _apart(found: Sequence[Attribution]) -> Iterator[Attribution]:
    """In order; of two about one verb the first: in "Ada Reeve, who runs it, told Tom Orme" she."""
    end = 0
    for each in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if each.span.start >= end:
            yield each
            end = each.span.end


def nearest(found: Sequence[Attribution], span: Span) -> Attribution:
    """The attribution, of one at least, that a quotation belongs to."""
    return min(found, key=lambda each: distance(each.span, span))


def distance(one: Span, other: Span) -> int:
    """Characters between two spans; 0 where they meet."""
    return max(one.start - other.end, other.start - one.end, 0)


def names_in(text: str) -> list[Name]:
    """All that is capitalised as a name is, in order."""
    return [name_of(found["name"]) for found in _NAMED.finditer(text)]


def name_of(written: str) -> Name:
    """The words of a name as it is written."""
    return frozenset(_WORD.findall(fold(_POSSESSIVE.sub("", written)))) - _titles()


def same(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two names can be one person's: one holds the other, up to a letter of a word."""
    fewer, more = sorted((one, other), key=len)
    return bool(fewer) and all(any(_alike(word, each) for each in more) for word in fewer)


def is_reported(text: str, language: str | None) -> bool:
    """Whether a text has a verb of saying, or a word such as "according to"."""
    return _reporting(language).search(text.replace("’", "'")) is not None


def is_speech(word: str, language: str | None) -> bool:
    """Whether a folded word says that somebody speaks."""
    return word in _folded("verbs", languages(language))


def is_title(word: str) -> bool:
    """Whether a folded word stands before names and is no part of them."""
    return word in _titles()


def _untitled(written: str) -> str:
    """A name as it is printed: "Theakston" of "Meta's Ms. Theakston"."""
    *_, own = _POSSESSIVE.split(written.removesuffix("'s"))
    printed = [word.strip(".") for word in own.split()]
    return " ".join(word for word in printed if not is_title(fold(word)))


@cache
def _titles() -> frozenset[str]:
    return frozenset().union(
        *(_folded(kind, languages(None)) for kind in ("titles", "articles", "pronouns"))
    )


@cache
def _folded(kind: str, read: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        fold(word) for language in read for word in table("speech")[language][kind].split()
    )


@cache
def _either(read: tuple[str, ...], *kinds: str) -> str:
    """A pattern for any of the words; a longer one goes before what it begins with."""
    stated = [table("speech")[language][kind] for language in read for kind in kinds]
    words = {word for each in stated for word in (each.split() if isinstance(each, str) else each)}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _reporting(language: str | None) -> re.Pattern[str]:
    words = _either(languages(language), "verbs", "quoting", "sources")
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _patterns(language: str | None, *, quotes: bool) -> tuple[re.Pattern[str], ...]:
    read = languages(language)
    verb = _either(read, "verbs", "quoting") if quotes else _either(read, "verbs")
    auxiliary, source, pronoun, article, preposition = (
        _either(read, kind)
        for kind in ("auxiliaries", "sources", "pronouns", "articles", "prepositions")
    )
    said = rf"(?:(?i:{auxiliary})\s)*(?i:{verb})\b"
    # "said on Monday Ada Brook", but not "said that Ada Brook", nor "said to Ada Brook".
    small = rf"(?:\s(?!(?:that|que|qu|che|{preposition})\b)[a-zà-ÿ']+){{0,3}}?,?"
    # "said the head of the port, Ada Brook".
    role = rf"\s(?:{article})\b[a-zà-ÿ']*(?:\s[a-zà-ÿ']+){{0,8}},"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{_NAME}{_ASIDE}\s{said}",
            rf"(?<=[,”»\"'!?])\s?{said}(?:{role}|{small})\s(?:l')?{_NAME}",
            rf"\b(?i:{source})\s(?:(?:the|le|la|il|l')\s?)?{_NAME}",
            # Who opens a sentence, and no day: "Ada Brook wrote on Monday: “…”".
            rf"(?:(?m:^)|(?<=[.!?”»\"]\s)){_NAME}\s?:(?=\s?[“«\"])",
            rf"\b(?i:{pronoun})\s{said}",
            rf"\b(?i:{verb}|a)-(?:t-)?(?:il|elle|ils|elles)\b",
            # Italian leaves the pronoun out: “…”, ha detto.
            *([rf"(?<=[,”»\"])\s?{said}(?!{small}\s(?:l')?{_CAPITAL})"] if "it" in read else []),
        )
    )


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter more, less or other."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    shared = next(
        (i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    rest, others = one[shared:], other[shared:]
    return rest[1:] == others or rest == others[1:] or rest[1:] == others[1:]
