"""What a source denies, cannot confirm or supposes is not what it states.

"The minister denied that the bank failed" and "The port will close if the vote fails" hold every
word of "The bank failed" and "The port will close".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from corpus.characters import fold
from qa.claims.reasons import Fault, Reason
from qa.claims.scope import denials_in
from qa.claims.senses import akin
from qa.claims.tables import languages, table
from qa.claims.tenses import is_coming
from qa.claims.tokens import Text, Token, following, tokens

#: Share of a statement's words above which it is what the source takes back.
_MOST = 0.5
#: Words before one that denies in which a second denial undoes it: "did not deny".
_NEAR = 3


def states_denied(statement: Text, source: Text) -> Fault | None:
    """A statement of what the source only has denied or left unconfirmed."""
    if _denying(statement) or denials_in(statement, _read_in(statement, source)):
        return None
    for behind in _denying(source):
        if _is_mostly(statement, behind, source):
            return Fault(Reason.DENIAL, " ".join(_words_of(statement)))
    return None


def states_supposed(statement: Text, source: Text) -> Fault | None:
    """A statement of what the source only supposes, or of what is to follow only from that."""
    if _of_kind(statement, "supposing") or _of_kind(statement, "wavering"):
        return None
    read = tokens(source.text, source.language)
    for at in _of_kind(source, "supposing"):
        behind = tuple(each for each in read[at + 1 :] if each.clause == read[at].clause)
        if _is_mostly(statement, behind, source):
            return Fault(Reason.WORDS, read[at].word)
        sentence = _sentence_around(source, read[at])
        if _comes(statement, sentence) and _is_mostly(statement, sentence, source):
            return Fault(Reason.WORDS, read[at].word)
    return None


def lacking_stance(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A denial by a verb ("denied that") where no source denies anything in any way."""
    for source in sources:
        if _of_kind(source, "denying") or denials_in(source, _read_in(statement, source)):
            return None
    denying = _of_kind(statement, "denying")
    if not denying:
        return None
    return Fault(Reason.DENIAL, tokens(statement.text, statement.language)[denying[0]].word)


@lru_cache(maxsize=512)
def _denying(text: Text) -> tuple[tuple[Token, ...], ...]:
    """The words behind each denial by a verb, or of a confirmation, in its clause."""
    read = tokens(text.text, text.language)
    denied = denials_in(text, languages(text.language))
    starts = [
        at
        for at in _of_kind(text, "denying")
        if not any(at - _NEAR <= denial < at for denial in denied)
    ]
    for denial in denied:
        starts += [
            read.index(each)
            for each in following(read, denial, 1)
            if _is_of("confirming", each.word, text.language)
        ]
    return tuple(
        tuple(each for each in read[at + 1 :] if each.clause == read[at].clause) for at in starts
    )


def _is_mostly(statement: Text, taken_back: Sequence[Token], source: Text) -> bool:
    """Whether most of a statement's words stand there, and nowhere else in the source."""
    elsewhere = {
        each.stem for each in tokens(source.text, source.language) if each not in taken_back
    }
    there = [each for each in taken_back if each.is_content and each.stem not in elsewhere]
    said = _content(statement)
    found = sum(any(_is_same(each, other, statement, source) for other in there) for each in said)
    return found > _MOST * len(said)


def _is_same(one: Token, other: Token, statement: Text, source: Text) -> bool:
    if statement.language == source.language:
        return one.stem == other.stem
    return akin(one.word, statement.language, other.word, source.language)


def _content(text: Text) -> list[Token]:
    return [each for each in tokens(text.text, text.language) if each.is_content]


def _words_of(text: Text) -> list[str]:
    return [text.text[each.start : each.end] for each in _content(text)]


def _comes(statement: Text, sentence: Sequence[Token]) -> bool:
    """Whether a statement tells as to come what a sentence tells."""
    stems = {each.stem for each in sentence}
    read = tokens(statement.text, statement.language)
    return any(each.stem in stems and is_coming(statement, at) for at, each in enumerate(read))


def _sentence_around(text: Text, token: Token) -> tuple[Token, ...]:
    ends = [match.end() for match in re.finditer(r"[.!?…](?=\s|$)|\n", text.text)]
    start = max((end for end in ends if end <= token.start), default=0)
    end = min((end for end in ends if end > token.start), default=len(text.text))
    return tuple(each for each in tokens(text.text, text.language) if start <= each.start < end)


@lru_cache(maxsize=1024)
def _of_kind(text: Text, kind: str) -> tuple[int, ...]:
    read = tokens(text.text, text.language)
    return tuple(at for at, each in enumerate(read) if _is_of(kind, each.word, text.language))


@lru_cache(maxsize=8192)
def _is_of(kind: str, word: str, language: str | None) -> bool:
    return any(_pattern(kind, each).fullmatch(word) for each in languages(language))


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(
            fold(form).replace("*", r"\w*") for form in table("stances")[kind][language].split()
        )
    )


def _read_in(statement: Text, source: Text) -> tuple[str, ...]:
    return languages(statement.language, source.language)
