"""Words of one language, cut to their stems by Snowball (Porter 2001), as Tantivy ships it."""

from __future__ import annotations

from functools import cache, lru_cache

import tantivy

from index_store.terms import words

_STEMMERS = {
    "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip


def stems(text: str, language: str | None) -> list[str]:
    """Folded stems in order, stop words and all: BM25 weighs those down by itself, and lists of
    them hold words that news is about (state, million). A language without a stemmer keeps its
    words as they are."""
    found = words(text)
    name = _STEMMERS.get(language or "")
    return _analyser(name).analyze(" ".join(found)) if name else found


@lru_cache(maxsize=16_384)
def stem_set(text: str, language: str | None) -> frozenset[str]:
    """The different stems of a text, kept for the sentences that are asked about most."""
    return frozenset(stems(text, language))


@cache
def _analyser(name: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer(name)).build()
