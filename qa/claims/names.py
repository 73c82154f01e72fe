"""Names: every capitalised word of a statement must stand in its sources, in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.characters import fold
from index_store.glossary import load_glossary
from index_store.terms import terms
from qa.claims.attributions import is_title
from qa.claims.numbers import is_quantity
from qa.claims.places import places
from qa.claims.reasons import Fault, Reason
from qa.claims.senses import senses
from qa.claims.speakers import outlet_named, speakers
from qa.claims.tables import LANGUAGES
from qa.claims.tokens import Text, Token, tokens

#: Share of the terms of an opening word that its sources must hold where it may be a name.
_OPENING = 0.5

_CAPITALISED = re.compile(r"[A-ZÀ-ÞŠŽŁĐ][^\W_]*(?:['’-][^\W\d_]+)*(?:\s+[A-ZÀ-ÞŠŽŁĐ][\w'’-]*)+")


def lacking_name(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A capitalised word of the statement that no source has, whatever language it is put in.

    The word that opens the statement is capitalised anyway: it passes where it is a word that the
    tables or the glossary know, or shares half of its terms with the sources ("Publishing" and
    "publishers"). A fuller name than
    the source's passes where the article has it ("Gareth Lindqvist" for "Mr Lindqvist").
    """
    read = tokens(statement.text, statement.language)
    named = [
        position
        for position, token in enumerate(read)
        if token.is_capital and not is_title(token.word) and not token.in_date
    ]
    present = {token.word for source in sources for token in _read(source)}
    missing = [
        position
        for position in named
        if read[position].word not in present
        and not is_quantity(read[position].word, statement.language)
    ]
    if missing:
        missing = _missing_abroad(read, missing, sources)
    if missing:
        fuller = {word for source in sources for word in _fuller(source)}
        fuller |= outlet_named(statement, sources)
        missing = [position for position in missing if read[position].word not in fuller]
    for position in missing:
        if position > 0 or not _may_open(read[0], statement.language, sources):
            token = read[position]
            return Fault(Reason.NAME, statement.text[token.start : token.end])
    return None


def other_people(statement: Text, source: Text) -> Fault | None:
    """A country or people that the statement names in small letters, and the source another."""
    said, printed = _peoples(statement), _peoples(source)
    for word, meant in said.items():
        if printed and not any(meant & other for other in printed.values()):
            return Fault(Reason.NAME, word)
    return None


def _peoples(text: Text) -> dict[str, frozenset[str]]:
    """Words of French and Italian that say of which country something is."""
    if text.language not in ("fr", "it"):
        return {}
    read = tokens(text.text, text.language)
    small = {position for position, token in enumerate(read) if not token.is_capital}
    found = places([token.word for token in read])
    return {
        read[position].word: countries
        for position, meant in found.items()
        if position in small
        and len(read[position].word) > 4
        and (countries := frozenset(each for each in meant if each.startswith("in ")))
    }


def _read(source: Text) -> tuple[Token, ...]:
    return tokens(source.text, source.language)


def _missing_abroad(
    read: Sequence[Token], missing: Sequence[int], sources: Sequence[Text]
) -> list[int]:
    """What is still missing where names of places are the same in all languages."""
    said = places([token.word for token in read])
    if not said.keys() & set(missing):
        return list(missing)
    printed = {
        meaning
        for source in sources
        for meanings in places([token.word for token in _read(source)]).values()
        for meaning in meanings
    }
    return [position for position in missing if not said.get(position, frozenset()) & printed]


def _fuller(source: Text) -> set[str]:
    """The other words of names in the article that end as a name of the source does."""
    own = {token.word for token in _read(source) if token.is_capital}
    around = full_names(f"{source.before}\n{source.after}")
    full = {word for name in around if name[-1] in own for word in name}
    return full | {word for speaker in speakers(source) for word in speaker}


@lru_cache(maxsize=256)
def full_names(text: str) -> tuple[tuple[str, ...], ...]:
    """Names of two words and more, as folded words."""
    return tuple(
        tuple(fold(word) for word in re.findall(r"[^\W_]+", found[0]))
        for found in _CAPITALISED.finditer(text)
    )


def _may_open(opening: Token, language: str | None, sources: Sequence[Text]) -> bool:
    if opening.is_function or senses(opening.word, language) or _in_glossary(opening, language):
        return True
    wanted = terms(opening.word)
    present = {term for source in sources for term in terms(source.text)}
    return sum(term in present for term in wanted) >= _OPENING * len(wanted)


def _in_glossary(opening: Token, language: str | None) -> bool:
    """Whether it is a word of the news in some language, and so no name."""
    return bool(load_glossary().translations([opening.word], language, LANGUAGES))
