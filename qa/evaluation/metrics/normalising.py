"""One spelling of gold strings and answers, however outlets print numbers and accents."""

from __future__ import annotations

import re
from itertools import chain

from corpus.characters import fold
from index_store.terms import words

#: Articles by language, folded; an elided one ("l’an") is a word of its own once it is split.
_ARTICLES = {
    "en": frozenset({"a", "an", "the"}),
    "fr": frozenset({"le", "la", "les", "l", "un", "une", "des"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una"}),
}
_ANY_ARTICLE = frozenset(chain.from_iterable(_ARTICLES.values()))

# A number with its thousands parted (64,000 · 64.000 · 64 000 · 64'000), one with decimals, a word.
_TOKEN = re.compile(
    r"(?P<whole>\d{1,3}(?:[ .,'’]\d{3})+)(?!\d)(?P<part>[.,]\d+)?|\d+[.,]\d+(?![.,]?\d)|[^\W_]+"
)
_SEPARATOR = re.compile(r"[ .,'’]")


def joined_words(text: str) -> str:
    """Folded words with a space between them, and numbers without separators of thousands."""
    found = words(text)
    joined: list[str] = []
    for position, word in enumerate(found):
        # Separators of thousands differ by language and outlet: 64,000 · 64.000 · 64 000 · 64'000.
        if (
            joined
            and len(word) == 3
            and word.isdigit()
            and joined[-1].isdigit()
            and found[position - 1].isdigit()
        ):
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)


def tokens(text: str, language: str | None = None) -> list[str]:
    """Folded words and numbers, without articles, in order.

    After the normalisation of SQuAD (Rajpurkar et al. 2016), which lowers, and removes punctuation
    and English articles; here also accents go, elisions are split, and numbers are spelt in one
    way: "3,5" is "3.5", and "1.340" is "1,340". Where nothing but articles would be left, all stay
    ("the UN" in a set in French).

    Args:
        language: whose articles are left out; those of all languages where it is not known.
    """
    found = [_spelt(match) for match in _TOKEN.finditer(fold(text))]
    articles = _ANY_ARTICLE if language is None else _ARTICLES.get(language, frozenset())
    return [token for token in found if token not in articles] or found


def _spelt(match: re.Match[str]) -> str:
    if whole := match["whole"]:
        return _SEPARATOR.sub("", whole) + (match["part"] or "").replace(",", ".")
    return match[0].replace(",", ".")
