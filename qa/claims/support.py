"""How much of a statement's words its sources have: recall of its words, the telling ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from index_store.glossary import load_glossary
from index_store.stemming import stems
from index_store.terms import grams, words
from qa.claims.numbers import is_quantity
from qa.claims.senses import senses
from qa.claims.tokens import Text, Token, tokens

#: What a word weighs that says nothing of a subject.
_FUNCTION_WORD = 0.1
#: Share of the 4-grams of a word that one word of the source must have, to count for that share.
_KINDRED = 0.5


def support(statement: Text, sources: Sequence[Text]) -> float:
    """Weighed share of the statement's words that its sources have, 0 to 1.

    Numbers, dates and names are left out: they have been looked for by themselves. A word counts
    in full where a source has its stem, and in part where a source has one that shares most
    4-grams with it. Of another language also what the glossary calls it there.
    """
    found = [(_weight(token), share) for token, share in _found(statement, sources)]
    total = sum(weight for weight, _ in found)
    return sum(weight * share for weight, share in found) / total if total else 0.0


def strangers(statement: Text, sources: Sequence[Text]) -> list[str]:
    """The statement's content words that no source has, in order."""
    return [
        token.word for token, share in _found(statement, sources) if token.is_content and not share
    ]


def _found(statement: Text, sources: Sequence[Text]) -> list[tuple[Token, float]]:
    """The words to be looked for, each with how far it is found."""
    printed, abroad = _printed(tuple(sources)), _abroad(statement, sources)
    return [
        (
            token,
            max(
                printed.likeness(token, statement.language),
                float(printed.has(abroad.get(token.word, ()))),
            ),
        )
        for token in tokens(statement.text, statement.language)
        if not is_quantity(token.word, statement.language)
        and not (token.is_capital and token.start)
        and not token.in_date
    ]


class Printed:
    """The words of sources, as a statement's words are looked for in them."""

    def __init__(self, sources: Sequence[Text]) -> None:
        read = [token for source in sources for token in tokens(source.text, source.language)]
        self._words = {token.word for token in read}
        self._stems = {token.stem for token in read}
        self._senses = {
            sense
            for source in sources
            for token in tokens(source.text, source.language)
            for sense in senses(token.word, source.language)
        }
        self._grams = [frozenset(grams(word)) for word in self._words if len(word) > 3]

    def likeness(self, token: Token, language: str | None) -> float:
        """1 for a word that is there, the share of its 4-grams in the likest one otherwise."""
        if token.word in self._words or token.stem in self._stems:
            return 1.0
        if senses(token.word, language) & self._senses:
            return 1.0
        own = frozenset(grams(token.word))
        best = max((len(own & other) / len(own) for other in self._grams), default=0.0)
        return best if best >= _KINDRED else 0.0

    def has(self, forms: Sequence[Sequence[str]]) -> bool:
        """Whether all words of one of these forms are there, by their stems in any language."""
        return any(
            all(self._words & {word} or self._stems & _stems(word) for word in form)
            for form in forms
        )


@lru_cache(maxsize=64)
def _printed(sources: tuple[Text, ...]) -> Printed:
    return Printed(sources)


@lru_cache(maxsize=4096)
def _stems(word: str) -> frozenset[str]:
    return frozenset(stems([word], language)[0] for language in ("en", "fr", "it"))


def _weight(token: Token) -> float:
    return 1.0 if token.is_content else _FUNCTION_WORD


def _abroad(statement: Text, sources: Sequence[Text]) -> Mapping[str, list[tuple[str, ...]]]:
    """What the glossary calls the statement's words in the languages of its sources."""
    into = {source.language for source in sources if source.language} - {statement.language}
    if not into:
        return {}
    asked = words(statement.text)
    offered = load_glossary().translations(asked, statement.language, into)
    return {
        word: [tuple(words(form)) for form in forms]
        for phrase, forms in offered.items()
        for word in phrase.split()
    }
