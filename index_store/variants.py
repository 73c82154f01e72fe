"""A question in several languages, each searched for over the passages of its own.

Scores are relative to the best of a search, so that a translation whose language has nothing on the
subject would put its best passage beside the right one. What a translation finds therefore counts
as much as it holds of the question, measured against what the best passage of all holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from index_store.models import Filters, Hit

#: What a passage scores that a translation found, against one that the question itself found.
TRANSLATED = 0.9


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


def merge(found: Iterable[tuple[Variant, Iterable[Hit]]]) -> list[Hit]:
    """Every passage once with the best of its scores, best first."""
    best: dict[str, Hit] = {}
    for variant, hits in found:
        for hit in hits:
            weighed = hit if variant.weight == 1 else hit.weighed(variant.weight)
            known = best.get(hit.passage.id)
            if known is None or weighed.score > known.score:
                best[hit.passage.id] = weighed
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.passage.id))
