"""Misspelt names of a question, put right by how the archive spells them.

Reporters type names as they heard them. What is put right shows in the standalone question, which
can be edited, so that nobody is answered about another person unawares.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from corpus.characters import fold
from index_store.terms import stop_words
from qa.phrases import INTERFACE_LANGUAGES
from qa.understanding.places import place_code
from qa.understanding.question import Question
from qa.weighing.conditions import Condition

#: Letters from which a word may be a name although it is written small.
_SMALL = 6

_WORD = re.compile(r"[^\W\d_]+")


def respelled(asked: Question, name_like: Callable[[str], str | None]) -> Question:
    """The question with the names that are meant.

    Args:
        name_like: the archive's name that an unknown folded word is a misspelling of, if any.
    """
    text = asked.standalone
    first = _WORD.search(text)
    is_small = text == text.lower()

    def meant(found: re.Match[str]) -> str:
        word = found[0]
        opens = first is not None and found.start() == first.start()
        may_be_name = len(word) >= _SMALL if is_small else word[0].isupper() and not opens
        if not may_be_name or _is_known(word, asked.written_in):
            return word
        return name_like(fold(word)) or word

    required = tuple(_as_spelt(one, name_like) for one in asked.conditions)
    return replace(asked, standalone=_WORD.sub(meant, text), conditions=required)


def _as_spelt(one: Condition, name_like: Callable[[str], str | None]) -> Condition:
    """A condition that holds by either spelling."""
    if one.meanings:
        return one
    names = (fold(name) for word in one.words if (name := name_like(word)))
    return replace(one, words=(*one.words, *names))


def _is_known(word: str, language: str) -> bool:
    """Whether a word is one of a language, or the name of a place, which archives in other
    languages spell otherwise."""
    small = (stop_words(code) for code in {*INTERFACE_LANGUAGES, language})
    return any(fold(word) in of_language for of_language in small) or place_code(word) is not None
