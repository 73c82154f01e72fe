"""What a statement must share with its sources before its words are even weighed.

Quantities, currencies, names, quotations, links and markup, and whether it denies: each of them
changes what is said by a single word, so that a share of common words says nothing about it. What
this cannot see: which of two named people said or did it, and what the number was a number of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.characters import fold
from corpus.quantities import quantities
from index_store.terms import question_words, terms, words

_CURRENCIES = {
    "dollar": re.compile(r"\$|\b(?:us ?dollars?|dollars?|dollar[oi]|usd)\b"),
    "euro": re.compile(r"€|\b(?:euros?|eur)\b"),
    "pound": re.compile(r"£|\b(?:pounds?|sterling|sterlin[ae]|gbp)\b"),
    "yen": re.compile(r"¥|\b(?:yens?|jpy)\b"),
    "rupee": re.compile(r"₹|\b(?:rupees?|roupies?|rupie|inr)\b"),
}

_QUOTATION = re.compile(
    r"“([^“”]*)|„([^“”„]*)|«([^«»]*)|\"([^\"]*)\"?|(?<!\w)‘([^‘]+?)’(?!\w)|(?<!\w)'([^']+)'(?!\w)"
)
_QUOTATION_MARKS = re.compile(r"[“”„«»\"]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_ALIEN = re.compile(r"<[^<>]*>?|\b\w+://\S+|\bwww\.\S+|\S+@\S+\.\w+")

_WORD = re.compile(r"[^\W_]+")

_DENIALS = {
    "en": re.compile(r"\b(?:not|no|never|nobody|none|nothing|neither|nor|cannot)\b|n['’]t\b"),
    "fr": re.compile(r"\b(?:ne|pas|jamais|aucune?|rien)\b|\bn['’]"),
    "it": re.compile(r"\b(?:non|mai|nessun[oa]?|niente|nulla)\b"),
}

#: Share of the terms of an opening word that its sources must hold where it may be a name.
_OPENING = 0.5


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language, since number words and denials are read by language."""

    text: str
    language: str | None


def founded(statement: Text, sources: Sequence[Text]) -> bool:
    """Whether everything in a statement that one word can change stands in its sources."""
    together = " ".join(source.text for source in sources)
    return (
        _quantities([statement]) <= _quantities([*sources, Text(together, statement.language)])
        and _currencies(statement.text) <= _currencies(together)
        and _names_stand_in(statement, together)
        and all(_stands_in_one(quoted, sources) for quoted in quotations(statement.text))
        and all(alien in together for alien in _ALIEN.findall(statement.text))
        and any(_agree(statement, source) for source in sources)
    )


def quotations(text: str) -> list[str]:
    """What stands between quotation marks; one that is never closed runs to the end."""
    found = ("".join(match.groups(default="")) for match in _QUOTATION.finditer(text))
    return [quoted for quoted in found if any(map(str.isalnum, quoted))]


def _quantities(texts: Sequence[Text]) -> set[str]:
    return {value for text in texts for value in quantities(text.text, text.language)}


def _currencies(text: str) -> set[str]:
    folded = fold(text)
    return {name for name, pattern in _CURRENCIES.items() if pattern.search(folded)}


def _names_stand_in(statement: Text, together: str) -> bool:
    """Whether every capitalised word occurs in the sources.

    The word that opens the statement is capitalised anyway: it passes where it is a stop word, or
    shares half of its terms with the sources ("Publishing" and "publishers").
    """
    opening, *others = _WORD.findall(statement.text) or [""]
    present = set(words(together))
    named = [word for word in others if any(map(str.isupper, word))]
    return all(set(words(name)) <= present for name in named) and (
        not set(words(opening)) & set(question_words(statement.text, statement.language))
        or _is_known(opening, together)
    )


def _is_known(word: str, text: str) -> bool:
    wanted, present = terms(word), set(terms(text))
    return sum(term in present for term in wanted) >= _OPENING * len(wanted)


def _stands_in_one(quoted: str, sources: Sequence[Text]) -> bool:
    return any(literal(quoted) in literal(source.text) for source in sources)


def literal(text: str) -> str:
    """Folded by as little as two houses' typography differ: case, spaces, shapes of marks."""
    plain = unicodedata.normalize("NFKC", _QUOTATION_MARKS.sub("", text)).casefold()
    return " ".join(plain.translate(_APOSTROPHES).split()).strip(" .,;:!?…")


def _agree(statement: Text, source: Text) -> bool:
    """Whether both deny something or neither does, as far as their languages are read.

    Both are read in both languages: a model may answer in its source's language.
    """
    patterns = [
        pattern
        for language in {statement.language, source.language}
        if (pattern := _DENIALS.get(language or ""))
    ]
    said, printed = (
        any(pattern.search(fold(text.text)) for pattern in patterns) for text in (statement, source)
    )
    return said == printed
