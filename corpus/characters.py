"""Characters: what can be stored of a text, and what makes no difference when words are compared.

Nothing that a reader could see is changed in what is stored, so that a quotation stays what the
outlet printed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from itertools import accumulate

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# C0/C1 controls other than tab and newline, the BOM, and lone surrogates (JSON can spell them,
# UTF-8 and SQLite cannot).
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_TRAILING_SPACE = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]+(?=\n)")
_BLANK_LINES = re.compile(r"\n{3,}")
# Letters that Unicode does not decompose into a base letter and an accent.
_UNDECOMPOSED = str.maketrans({"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"})


class _Bases(dict[int, int | str]):
    """What each decomposed character is without its accents; filled as characters are met."""

    def __missing__(self, code: int) -> int | str:
        base = self[code] = "" if unicodedata.combining(chr(code)) else code
        return base


_BASES = _Bases(_UNDECOMPOSED)


def clean_text(text: str) -> str:
    """Body text as it is stored. Cleaning twice changes nothing."""
    text = _UNSTORABLE.sub("", _LINE_BREAKS.sub("\n", text))
    return _BLANK_LINES.sub("\n\n", _TRAILING_SPACE.sub("", text)).strip()


def clean_line(text: str) -> str:
    """One line of metadata: white space folded to single spaces."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """Case and accents removed: NFKD, casefold, combining marks dropped."""
    if text.isascii():  # ten times faster, and most English sentences are
        return text.lower()
    # By a table: a fifth of the time of looking at each character.
    return unicodedata.normalize("NFKD", text).casefold().translate(_BASES)


def unfolded(text: str, start: int, end: int) -> tuple[int, int]:
    """Where in a text stands what is at `fold(text)[start:end]`, which has at least a character.

    Folding drops accents that stand apart, and spells "…" and "ﬁ" out.
    """
    if text.isascii():
        return start, end
    ends = list(accumulate(len(fold(char)) for char in text))
    return bisect_right(ends, start), bisect_left(ends, end) + 1
