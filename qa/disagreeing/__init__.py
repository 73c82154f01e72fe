"""Where the archive's versions of what was asked differ, each with its sources.

Only the sentences that were weighed for the question are compared, some hundred at most, and only
with those of them that answer it: no answer waits for the whole archive to be looked through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index_store.models import SearchResult
from qa.answer import Kind
from qa.disagreeing.corrections import linked_corrections, noticed_corrections
from qa.disagreeing.drafts import DisagreementDraft, VersionDraft
from qa.disagreeing.facts import differing_figures
from qa.disagreeing.sides import differing_sides
from qa.disagreeing.wordings import differing_wordings
from qa.draft import Draft
from qa.evidence import Evidence
from qa.question import Question

__all__ = ["DisagreementDraft", "Kind", "VersionDraft", "find_disagreements"]

#: Sentences that answer, beside those that the answer itself quotes: how near to the best they
#: score, and how many at most.
_NEAR = 0.7
_MOST = 6

#: Disagreements of one answer, at most.
_SHOWN = 3


def find_disagreements(
    question: Question, found: SearchResult, evidence: Sequence[Evidence], drafts: Sequence[Draft]
) -> tuple[DisagreementDraft, ...]:
    """Versions of what was asked that differ; none where nothing is answered.

    Args:
        drafts: the answer's statements.
    """
    if not drafts:
        return ()
    answering = _answering(evidence, drafts)
    cited = [source for draft in drafts for source in draft.sources]
    return tuple(
        _distinct(
            (
                *linked_corrections(cited, evidence),
                *noticed_corrections(answering, evidence),
                *differing_sides(answering, evidence),
                *differing_figures(question, found.terms, answering, evidence),
                *differing_wordings(question, answering, evidence),
            )
        )
    )[:_SHOWN]


def _answering(evidence: Sequence[Evidence], drafts: Sequence[Draft]) -> list[Evidence]:
    """What the answer quotes or was written from, and what offers nearly as much."""
    cited = {
        (source.article.id, source.span.start) for draft in drafts for source in draft.sources
    }
    near = [
        told for told in evidence if told.offered and told.score >= _NEAR * evidence[0].score
    ][:_MOST]
    quoted = [told for told in evidence if (told.hit.article.id, told.span.start) in cited]
    return [*quoted, *(told for told in near if told not in quoted)]


def _distinct(found: Iterable[DisagreementDraft]) -> Iterator[DisagreementDraft]:
    """Those that do not repeat two versions of an earlier one."""
    seen: list[set[object]] = []
    for draft in found:
        shown = {source for version in draft.versions for source in version.sources}
        if not any(len(shown & earlier) > 1 for earlier in seen):
            seen.append(shown)
            yield draft
