"""Two parties that one article lets speak of one figure: "81 per cent, says the union. The company
speaks of 54 per cent."

The second sentence says nothing but who speaks and how much: with another word it could be of
another thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.answer import Kind
from qa.claims.attributions import is_reported
from qa.disagreeing.drafts import DisagreementDraft, VersionDraft, language_of, source_of
from qa.disagreeing.figures import Figure, as_printed, compatible, figures
from qa.disagreeing.likeness import content, shared
from qa.weighing.evidence import Evidence

#: Words of the second sentence beside its figure and what the first has: the party and its verb.
_PARTY = 3


def differing_sides(
    answering: Sequence[Evidence], evidence: Sequence[Evidence]
) -> Iterator[DisagreementDraft]:
    """Figures of a sentence that answers, against those of the sentence before or behind it."""
    for told in answering:
        for other in evidence:
            pair = (told, other) if told.span.start < other.span.start else (other, told)
            if other.hit.article.id != told.hit.article.id or not _touch(*pair):
                continue
            if (rivals := _rivals(*pair)) and _says_no_more(*pair, rivals[1]):
                versions = zip(pair, rivals, strict=True)
                yield DisagreementDraft(
                    Kind.SIDES,
                    as_printed(pair[0].text, rivals[0].counted),
                    tuple(
                        VersionDraft((source_of(each),), (figure.span,))
                        for each, figure in versions
                    ),
                )


def _touch(told: Evidence, following: Evidence) -> bool:
    """Whether only space stands between two sentences of one paragraph."""
    between = told.hit.article.text[told.span.end : following.span.start]
    return told.span.end <= following.span.start and between in (" ", "\n", "")


def _rivals(told: Evidence, following: Evidence) -> tuple[Figure, Figure] | None:
    """The figure of each, where both are reported, each has one, and they exclude each other."""
    mine, theirs = (figures(each.text, language_of(each)) for each in (told, following))
    if len(mine) != 1 or len(theirs) != 1 or mine[0].unit != theirs[0].unit:
        return None
    reported = all(is_reported(each.text, language_of(each)) for each in (told, following))
    return (mine[0], theirs[0]) if reported and not compatible(mine[0], theirs[0]) else None


def _says_no_more(told: Evidence, following: Evidence, figure: Figure) -> bool:
    language = language_of(following)
    said = content(
        following.text[: figure.span.start] + following.text[figure.span.end :], language
    )
    known = shared(said, language, content(told.text, language), language)
    return len(set(said) - set(known)) <= _PARTY - 1
