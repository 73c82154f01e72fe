"""What has the form of a person's name, and what can stand beside one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.cleaning.lexicon import phrases, words
from corpus.cleaning.lines import folded

_LONGEST_NAME = 5
_LONGEST_ASIDE = 8
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*")
_INITIALS = re.compile(
    r"\(?(?:[^\W\d_]\.[ -]?(?:[^\W\d_]\.[ -]?){1,3}|[^\W\d_A-Z]{2,4}(?:/[^\W\d_A-Z]{2,4}){1,2}"
    r"|(?<=\()[^\W\d_]{2,4}(?=\)))\)?"
)


def name_length(line: Sequence[str]) -> int:
    """How many of the first words can be a name."""
    length = 0
    particles = words("particles")
    for number, word in enumerate(line[: _LONGEST_NAME + 1]):
        if number and word in particles:
            continue
        if not word[0].isupper() or not _NAME_WORD.fullmatch(word):
            break
        if word.endswith(("'s", "’s")):
            # "Holmford's Vision for Harbour Cranes"
            break
        length = number + 1
    return length if length <= _LONGEST_NAME else 0


def is_names(line: Sequence[str]) -> bool:
    """Whether these are as many words as a name has, all of them fit for one."""
    return len(line) > 1 and len(line) == name_length(line)


def is_initials(text: str) -> bool:
    """Whether an author signs so: "r.c.", "S. P.-M.", "jhk/tsa", "(rg)"."""
    return _INITIALS.fullmatch(text) is not None


def is_aside(line: Sequence[str], *, after_name: bool = False) -> bool:
    """What can follow a name in a byline: nothing, a role, a place, a paper."""
    if not line:
        return True
    if len(line) > _LONGEST_ASIDE:
        return False
    if says_role(line):
        return True
    within = words("particles", "place_words")
    are_names = all(word[0].isupper() or word in within or word == "the" for word in line)
    return are_names and (after_name or line[0] in words("place_words"))


def says_role(line: Sequence[str]) -> bool:
    return any(plain(word) in words("roles") for word in line)


def plain(word: str) -> str:
    return word.casefold().strip(".,:;()")


def could_be_phrase(line: Sequence[str]) -> bool:
    """Whether these words are usual in furniture: "World Cup", "Key Takeaways".

    A surname can be such a word as well ("Page", "Day"), a first name hardly.
    """
    usual = [folded(word) in _phrase_words() for word in line]
    return bool(usual) and (usual[0] or sum(usual) > 1)


@cache
def _phrase_words() -> frozenset[str]:
    kinds = ("sections", "footer", "marks", "prompts", "doubtful_lists", "lists", "links", "notes")
    found = {word for kind in kinds for phrase in phrases(kind) for word in phrase.split()}
    known = words("months", "date_words", "small_words", "actions", "objects", "glue", "heads")
    # Outside furniture these begin names of people; a particle may stand within one.
    return frozenset(found | known) - words("particles")
