"""Opposites: what a share of common words cannot see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.claims.reasons import Fault, Reason
from qa.claims.senses import senses
from qa.claims.tokens import Text, Token, tokens

#: Words on either side of one of a pair of opposites that tell what it is said of.
_AROUND = 4

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "mal", "non")
_NEGATED = re.compile(rf"^(?:{'|'.join(_PREFIXES)})")
#: Letters of the shortest word that can have such a prefix.
_LONG = 5


def says_opposite(statement: Text, source: Text) -> Fault | None:
    """A word whose opposite the source has, said of the same thing."""
    said = tokens(statement.text, statement.language)
    printed = tokens(source.text, source.language)
    is_abroad = statement.language != source.language
    meant = {
        sense: at for at, each in enumerate(printed) for sense in senses(each.word, source.language)
    }
    for position, token in enumerate(said):
        for sense in senses(token.word, statement.language) - meant.keys():
            at = meant.get(sense.opposite)
            if at is not None and (is_abroad or _around(said, position) & _around(printed, at)):
                return Fault(Reason.WORDS, statement.text[token.start : token.end])
    return None


def negates_by_prefix(statement: Text, source: Text) -> Fault | None:
    """A word that is one of the source's but for "un", "in" or "dis" before it."""
    said = {token.word for token in tokens(statement.text, statement.language)}
    printed = {token.word for token in tokens(source.text, source.language)}
    for word in said - printed:
        bare = _NEGATED.sub("", word)
        opposites = {f"{prefix}{word}" for prefix in _PREFIXES} | ({bare} - {word})
        if len(bare) >= _LONG and opposites & printed:
            return Fault(Reason.WORDS, word)
    return None


def _around(read: Sequence[Token], position: int) -> set[str]:
    near = (
        *read[max(0, position - _AROUND) : position],
        *read[position + 1 : position + 1 + _AROUND],
    )
    return {token.stem for token in near if token.is_content}
