"""Where the archive's versions of what was asked differ, each with its sources.

Only the sentences that were weighed for the question are compared, some hundred at most, and only
with those of them that answer it: no answer waits for the whole archive to be looked through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index_store.models import SearchResult
from qa.disagreeing.corrections import linked_corrections, noticed_corrections, untold_correction
from qa.disagreeing.drafts import DisagreementDraft, VersionDraft
from qa.disagreeing.facts import differing_figures
from qa.disagreeing.sides import differing_sides
from qa.disagreeing.wordings import differing_wordings
from qa.draft import Draft, Source
from qa.understanding.question import Question
from qa.weighing.evidence import Evidence
from qa.weighing.wanted import Wanted

__all__ = ["DisagreementDraft", "VersionDraft", "find_disagreements", "untold_correction"]

#: Where a number or a date is asked for, sentences count that the answer does not quote: how much
#: less than the best they score, and how many at most.
_NEAR = 3.0
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
    evidence = [told for told in evidence if told.is_whole]
    answering = _quoted(evidence, drafts)
    if question.wanted in (Wanted.NUMBER, Wanted.MONEY, Wanted.DATE):
        answering += [told for told in _near(evidence) if told not in answering]
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


def _quoted(evidence: Sequence[Evidence], drafts: Sequence[Draft]) -> list[Evidence]:
    """The sentences that the answer quotes or was written from, the most telling first."""
    cited = {(source.article.id, source.span.start) for draft in drafts for source in draft.sources}
    return [told for told in evidence if (told.hit.article.id, told.span.start) in cited]


def _near(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that offer nearly as much as the best one, quoted or not."""
    offering = [told for told in evidence if told.features.offered]
    return [told for told in offering if told.score >= evidence[0].score - _NEAR][:_MOST]


def _distinct(found: Iterable[DisagreementDraft]) -> Iterator[DisagreementDraft]:
    """Those that do not repeat two versions of an earlier one."""
    seen: list[set[Source]] = []
    for draft in found:
        shown = {source for version in draft.versions for source in version.sources}
        if not any(len(shown & earlier) > 1 for earlier in seen):
            seen.append(shown)
            yield draft
