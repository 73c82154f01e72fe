"""Names of the archive that are spelt nearly as a word of the question is.

A name is a word with a capital letter that stands inside a sentence. How far two words are apart
is their optimal string alignment distance: letters that are put in, left out, taken for another or
swapped with the next (Damerau 1964 found four of five misspellings to be one of these).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from corpus.characters import fold

#: Passages that are looked through for the name.
SPELLINGS = 20

#: Letters from which a word may be one edit from the name that is meant, and two.
_ONE_EDIT = 4
_TWO_EDITS = 8

_NAME = re.compile(r"(?<=[\w,;:)’'“«\"(] )[“«\"(]?(?:[dDlL]['’])?([A-ZÀ-ÖØ-Þ][^\W\d_]+)")


def edits_allowed(word: str) -> int:
    """By how much a name may differ from a word, by its length."""
    if len(word) < _ONE_EDIT or not word.isalpha():
        return 0
    return 2 if len(word) >= _TWO_EDITS else 1


def nearest_name(word: str, texts: Sequence[str]) -> str | None:
    """The name, as it is printed, that a folded word comes nearest to; of several the most
    frequent one. None where none begins alike and is near enough, or it is a common word, too."""
    names = Counter(name for text in texts for name in _NAME.findall(text))
    near = {
        name: distance
        for name in names
        if (distance := _distance(word, name)) <= edits_allowed(word)
    }
    best = min(near, key=lambda name: (near[name], -names[name], name), default=None)
    return None if best is None or _is_common(best, texts) else best


def _distance(word: str, name: str) -> int:
    """Far where they begin otherwise, or one is the other with an ending: Roman, Romans."""
    folded = fold(name)
    if folded[0] != word[0] or folded.startswith(word) or word.startswith(folded):
        return len(word)
    return OSA.distance(word, folded)


def _is_common(name: str, texts: Sequence[str]) -> bool:
    """Whether the texts have it with a small letter as well."""
    small = re.compile(rf"\b{re.escape(name[0].lower() + name[1:])}\b")
    return any(small.search(text) for text in texts)
