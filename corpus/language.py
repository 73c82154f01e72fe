"""Which language a text is written in (lingua), as an ISO 639-1 code."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus.characters import clean_text

if TYPE_CHECKING:
    from lingua import LanguageDetector

#: Lingua loads a model a language when it is first needed; these cover the European press.
LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl")

#: More characters than this change nothing but the time it takes.
_ENOUGH = 2_000


@cache
def _detector(languages: tuple[str, ...]) -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in languages]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()


def detect_language(text: str, languages: tuple[str, ...] = LANGUAGES) -> str | None:
    """The most likely of `languages` (two or more), or None where the text has no letters."""
    found = _detector(languages).detect_language_of(clean_text(text[:_ENOUGH]))
    return found.iso_code_639_1.name.lower() if found else None


def article_language(text: str, stated: str | None) -> str | None:
    """The language of an article: what the file states, else what the text is written in."""
    return stated or detect_language(text)
