"""Denials and words like "all", "only" or "may": they change what is said by the words behind them.

A word that a text denies is not the word that another asserts. What this cannot see: which clause
an irony, a question or a condition takes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from qa.claims.reasons import Fault, Reason
from qa.claims.senses import akin
from qa.claims.tables import languages, table
from qa.claims.tokens import Text, Token, following, tokens

_NE = ("ne", "n")

_CLASSES = ("all", "most", "only", "over", "under", "almost", "maybe", "before", "after", "against")
#: A class that a statement may have alone: it says less for certain than its sources then.
_HEARSAY = "hearsay"
_DOUBTS = ("maybe", _HEARSAY)
#: Content words behind a word of a class that it bears on.
_BEARS_ON = 2
#: Classes whose words mean something else unless a number follows.
_OF_NUMBERS = ("over", "under")


def denies_otherwise(statement: Text, source: Text) -> Fault | None:
    """A word that the one denies and the other asserts."""
    read_in = languages(statement.language, source.language)
    if statement.language != source.language:
        return _denies_abroad(statement, source, read_in)
    said, printed = _denied(statement, read_in), _denied(source, read_in)
    for stem in said - printed:
        if stem in _asserted(source, printed):
            return Fault(Reason.DENIAL, _word(statement, stem))
    for stem in printed - said:
        if stem in _asserted(statement, said):
            return Fault(Reason.DENIAL, _word(statement, stem))
    return None


def _denies_abroad(statement: Text, source: Text, read_in: tuple[str, ...]) -> Fault | None:
    """The same between languages, where words are compared by their senses and letters."""
    if denials_in(statement, read_in):
        return None  # which of two denied words is which, letters do not tell
    for token in tokens(statement.text, statement.language):
        if token.is_content:
            for word in _denied_words(source, read_in):
                if akin(token.word, statement.language, word, source.language):
                    return Fault(Reason.DENIAL, token.word)
    return None


def lacking_denial(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A denial where no source denies anything."""
    read_in = languages(statement.language, *(source.language for source in sources))
    if not denials_in(statement, read_in) or any(denials_in(source, read_in) for source in sources):
        return None
    return Fault(Reason.DENIAL)


def lacking_scope(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A word like "all" or "only" of which no source has one of its class."""
    for name in _CLASSES:
        for token in _of_class(statement, name):
            if not any(_of_class(source, name) for source in sources):
                return Fault(Reason.WORDS, token.word)
    return None


def drops_scope(statement: Text, source: Text) -> Fault | None:
    """A "most" or "may" of the source that the statement leaves out before the same word."""
    read = tokens(source.text, source.language)
    for name in table("scope")["dropped"]["classes"].split():
        if _of_class(statement, name):
            continue
        most = _BEARS_ON if name in _DOUBTS else 1
        for token in _of_class(source, name):
            behind = following(read, read.index(token), most)
            if any(_is_said(each, statement, source) for each in behind):
                return Fault(Reason.WORDS, token.word)
    return None


def moves_only(statement: Text, source: Text) -> Fault | None:
    """An "only" of other words than the source's: only members may vote, members may only vote."""
    if statement.language != source.language:
        return None
    bounded = _behind_only(source)
    for token, behind in _behind_only(statement).items():
        same = [other for other in bounded.values() if _bound_alike(behind, other)]
        if behind and bounded and not same:
            return Fault(Reason.WORDS, token.word)
    return None


def _bound_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the first word that each bears on is near the other, too."""
    return bool(one and other) and one[0] in other and other[0] in one


def _behind_only(text: Text) -> dict[Token, list[str]]:
    read = tokens(text.text, text.language)
    return {
        token: [each.stem for each in following(read, read.index(token), _BEARS_ON)]
        for token in _of_class(text, "only")
    }


def _is_said(printed: Token, statement: Text, source: Text) -> bool:
    """Whether a statement has a word of the source that is no name, in its own language."""
    if printed.is_capital:
        return False
    said = tokens(statement.text, statement.language)
    if statement.language == source.language:
        return any(each.stem == printed.stem for each in said)
    return any(
        akin(each.word, statement.language, printed.word, source.language)
        for each in said
        if each.is_content
    )


@lru_cache(maxsize=512)
def _denied(text: Text, read_in: tuple[str, ...]) -> frozenset[str]:
    """Stems of the words that are denied."""
    return frozenset(token.stem for token in _behind_denials(text, read_in))


def _denied_words(text: Text, read_in: tuple[str, ...]) -> frozenset[str]:
    return frozenset(token.word for token in _behind_denials(text, read_in))


def _behind_denials(text: Text, read_in: tuple[str, ...]) -> Iterator[Token]:
    """What is denied: the next content word, and of a noun the next two."""
    read = tokens(text.text, text.language)
    denials, determiners = _words("denials", read_in), _words("determiners", read_in)
    for position in denials_in(text, read_in):
        most = 2 if read[position].word in determiners else 1
        yield from (each for each in following(read, position, most) if each.word not in denials)


@lru_cache(maxsize=512)
def denials_in(text: Text, read_in: tuple[str, ...]) -> tuple[int, ...]:
    """Positions of the words that deny; of French "ne … pas" the first."""
    read = tokens(text.text, text.language)
    denials, mates = _words("denials", read_in), _words("mates", ("fr",))
    found = []
    for position, token in enumerate(read):
        clause = [each for each in read if each.clause == token.clause]
        starts = [each for each in clause if each.word in _NE and each.start <= token.start]
        if "fr" in read_in and token.word in _NE and token.word not in _words("denials", ("it",)):
            behind = [each for each in clause if each.start > token.start]
            denies = any(each.word in mates and not _restricts(each, behind) for each in behind)
        else:
            denies = token.word in denials and not (token.word in mates and starts)
        pair = "_".join(each.word for each in read[max(0, position - 1) : position + 1])
        denies = denies or pair in _words("phrases", read_in)
        if denies or _is_cut(text.text, token, read_in):
            found.append(position)
    return tuple(found)


def _restricts(mate: Token, behind: Sequence[Token]) -> bool:
    """Whether "plus" is that of "ne … plus que", which denies nothing."""
    at = behind.index(mate)
    return mate.word == "plus" and any(each.word in ("que", "qu") for each in behind[at : at + 2])


def _is_cut(text: str, token: Token, read_in: tuple[str, ...]) -> bool:
    """The t of "doesn’t"."""
    return (
        "en" in read_in
        and token.word == "t"
        and text[max(0, token.start - 2) : token.start - 1].lower() == "n"
    )


def _asserted(text: Text, denied: frozenset[str]) -> set[str]:
    read = tokens(text.text, text.language)
    return {token.stem for token in read if token.is_content} - denied


def _word(text: Text, stem: str) -> str:
    read = tokens(text.text, text.language)
    return next((text.text[each.start : each.end] for each in read if each.stem == stem), stem)


def _of_class(text: Text, name: str) -> list[Token]:
    """Words of a class; of what is said in several words, the last."""
    return [token for token, found in _classes(text) if found == name]


@lru_cache(maxsize=512)
def _classes(text: Text) -> tuple[tuple[Token, str], ...]:
    read = tokens(text.text, text.language)
    known = _class_of(languages(text.language))
    return tuple(
        (token, name)
        for position, token in enumerate(read)
        for start in range(max(0, position - 2), position + 1)
        for name in known.get("_".join(each.word for each in read[start : position + 1]), ())
        if name not in _OF_NUMBERS or _counts(read, position)
    )


@cache
def _class_of(read_in: tuple[str, ...]) -> dict[str, list[str]]:
    """The classes of each word."""
    classes: dict[str, list[str]] = {}
    for name in (*_CLASSES, _HEARSAY):
        for word in _words(name, read_in):
            classes.setdefault(word, []).append(name)
    return classes


def _counts(read: Sequence[Token], position: int) -> bool:
    return any(any(map(str.isdigit, each.word)) for each in read[position + 1 : position + 3])


@cache
def _words(name: str, read_in: tuple[str, ...]) -> frozenset[str]:
    by_language = table("scope")[name]
    return frozenset(word for language in read_in for word in by_language.get(language, "").split())
