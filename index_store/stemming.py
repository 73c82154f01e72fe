"""Words of one language, cut to their stems by Snowball (Porter 2001), as Tantivy ships it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import tantivy

_STEMMERS = {
    "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip


def stems(words: Sequence[str], language: str | None) -> list[str]:
    """Stems of folded words, in order. A language without a stemmer keeps its words as they are.

    Elided articles ("l'", "dell'") are words of their own by then.
    """
    name = _STEMMERS.get(language or "")
    return _analyser(name).analyze(" ".join(words)) if name else list(words)


@cache
def _analyser(name: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer(name)).build()
