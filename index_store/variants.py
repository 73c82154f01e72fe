"""A question in several languages, each searched for over the passages of its own.

Scores are relative to the best of their search, which says nothing where a language has nothing on
the subject: each search counts by how much of its question it has found. With half of XQuAD's
paragraphs in English and the others in Spanish, and questions in English, the right one comes first
for 0.95 and 0.94 of the questions; with a fixed weight of 0.9 for translations for 1.0 and 0.61,
without any translation for 1.0 and 0.52.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index_store.models import Filters, Hit
from index_store.terms import QueryTerms

#: What a passage scores that a translation found, against one that the question itself found.
TRANSLATED = 0.9

#: Passages that say how well a search went.
_BEST = 3


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a question.

    Attributes:
        language: of the wording, ISO 639-1, where it is known.
        filters: which articles it is searched over.
        weight: what its scores count.
    """

    text: str
    language: str | None
    filters: Filters
    weight: float = 1.0


def variants(
    question: str, language: str | None, filters: Filters, translations: Mapping[str, str]
) -> list[Variant]:
    """The question itself over all that a filter admits, and its translations over their own.

    Args:
        translations: wordings by the language that they are in.
    """
    return [
        Variant(question, language, filters),
        *(
            Variant(text, into, replace(filters, languages=(into,)), TRANSLATED)
            for into, text in translations.items()
            if into != language and (not filters.languages or into in filters.languages)
        ),
    ]


def merge(found: Sequence[tuple[Variant, QueryTerms, Sequence[Hit]]]) -> list[Hit]:
    """Every passage once with the best of its scores, best first.

    Args:
        found: each wording, what it is about, and what it found, best first.
    """
    if len(found) == 1:
        return list(found[0][2])
    standings = [_standing(terms, hits) for _, terms, hits in found]
    highest = max(standings) or 1.0
    best: dict[str, Hit] = {}
    for (variant, _, hits), standing in zip(found, standings, strict=True):
        for hit in hits:
            weighed = hit.weighed(variant.weight * standing / highest)
            known = best.get(hit.passage.id)
            if known is None or weighed.score > known.score:
                best[hit.passage.id] = weighed
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.passage.id))


def _standing(terms: QueryTerms, hits: Sequence[Hit]) -> float:
    """The most of a question's words that one of the best passages has, 0 to 1."""
    return max((terms.word_coverage(hit.passage.text) for hit in hits[:_BEST]), default=0.0)
