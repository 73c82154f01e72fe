"""The words of a question, as they are looked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus.characters import fold
from corpus.language import common_words
from corpus.quantities import quantities
from index_store.glossary import Glossary
from index_store.stemming import stems
from index_store.terms import words

#: What a word weighs that says how something is asked rather than what: such words tell passages
#: of one language apart a little, and passages of another one not at all. At 1 and at 0 fewer
#: questions find their passage first: in English 0.965 and 0.960 instead of 0.967.
FUNCTION_WORD = 0.3

#: Words that questions are put with, beside the common ones of a language.
_ASKING = {
    "en": "what which who whom whose why how did does do many much am could should may might",
    "fr": "quel quelle quels quelles combien quand pourquoi comment qui quoi est ce d l s n c j m "
          "t qu etait furent fut a t il y",
    "it": "quale quali quanto quanta quanti quante dove perche come chi cosa l d un dell nell all "
          "sull dall c qual fu furono era erano",
    "es": "que cual cuales cuanto cuanta cuantos cuantas cuando donde quien quienes fueron eran",
    "de": "was wer wem wen wessen welche welcher welches wann wo warum wieso wie viele viel",
    "pt": "qual quais quanto quanta quantos quantas quando onde quem porque",
    "nl": "wat wie welke welk wanneer waar waarom hoe hoeveel",
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's words.

    Attributes:
        language: ISO 639-1 code of the question, where it is known.
        words: what each folded word weighs, in order.
        stems: what each stem weighs in the question's own language.
        exact: folded names and numbers by value, which count as a whole; see `exact_terms`.
        others: what the glossary calls a word or phrase elsewhere: folded words of each form, by
            the folded words of the question that it stands for.
    """

    language: str | None
    words: Mapping[str, float]
    stems: Mapping[str, float]
    exact: Sequence[str] = ()
    others: Mapping[tuple[str, ...], Sequence[tuple[str, ...]]] = field(default_factory=dict)


def ask_for(
    question: str, language: str | None, glossary: Glossary, languages: Collection[str]
) -> Asked:
    """What to look for.

    Args:
        languages: of the passages that there are.
    """
    found = words(question)
    small = _function_words(language)
    weights = {word: FUNCTION_WORD if word in small else 1.0 for word in found}
    if all(weight < 1 for weight in weights.values()):
        weights = dict.fromkeys(weights, 1.0)
    offered = glossary.translations(found, language, languages)
    return Asked(
        language=language,
        words=weights,
        stems=dict(zip(stems(list(weights), language), weights.values(), strict=True)),
        exact=_names_and_numbers(question, small),
        others={
            tuple(phrase.split()): tuple(dict.fromkeys(tuple(words(form)) for form in forms))
            for phrase, forms in offered.items()
        },
    )


def exact_terms(text: str) -> list[str]:
    """Whole folded words, and every number by its value: "64k", "64,000" and "64 mila" are one."""
    return [*words(text), *_numbers(text)]


def _names_and_numbers(question: str, small: Collection[str]) -> list[str]:
    """Words with a capital letter, but for the small one that opens a question; numbers."""
    named = [word for word in _WORD.findall(question) if any(map(str.isupper, word))]
    return [word for word in map(fold, named) if word not in small] + _numbers(question)


def _numbers(text: str) -> list[str]:
    return sorted(f"{value}#" for value in quantities(text, None))


@cache
def _function_words(language: str | None) -> frozenset[str]:
    asking = frozenset(_ASKING.get(language or "", "").split())
    return asking | frozenset(fold(word) for word in common_words(language))
