"""When to look: the dates that a question speaks of, as a filter on the day of publication.

What is right for the reader decides. "Last week's coverage", "articles since May" and "this year"
are about the archive: only what came out then is searched; where nothing did, what comes nearest
without it is shown, and answers nothing. "In October 2023" is about the world,
and an article of January 2025 may tell what was said in October 2023. So what came out then is
tried first, and taken if it answers; otherwise all is searched, and the answer says so. "Since the
ruling" is the day of the first article that tells of the ruling, where one ruling alone is told
of. Dates that the reader filled in are kept whatever the question says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus import Article
from index_store.models import Filters, SearchResult
from index_store.terms import QueryTerms
from qa.dates.calendar_days import Days, day_after
from qa.dates.event_days import day_of, tellings
from qa.dates.events import Event, event_of
from qa.dates.periods import Period, find_period, without_period
from qa.phrases import phrase
from qa.understanding.question import Question
from qa.weighing.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Findings:
    """What one search came to.

    Attributes:
        answered: whether the evidence answers the question.
        probability: that it does, 0 to 1.
        translations: of the question, by language, that were searched for beside it.
    """

    result: SearchResult
    evidence: Sequence[Evidence]
    answered: bool
    probability: float = 0.0
    translations: Mapping[str, str] = field(default_factory=dict)


#: Where nothing was asked.
UNSEARCHED = Findings(SearchResult((), QueryTerms({}), frozenset()), (), answered=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked through, and what was found.

    Attributes:
        filters: in force, the question's own dates among them.
        period: the words of the question that these come from, where they do.
        note: what the reader should know of it.
    """

    findings: Findings
    filters: Filters
    period: str | None = None
    note: str | None = None


#: Events that are named, of those that a question can mean.
_NAMED = 3

#: Searches for a question under a filter.
Try = Callable[[Question, Filters], Findings]


def look(asked: Question, filters: Filters, today: date, attempt: Try) -> Looked:
    """What answers a question, of the time that it speaks of.

    Args:
        today: what "last week" is counted from.
    """
    period = find_period(asked.standalone, today)
    if period is not None:
        return _look_in(asked, period, filters, attempt)
    event = event_of(asked.standalone)
    if event is not None:
        return _look_since(asked, event, filters, attempt)
    return Looked(attempt(asked, filters), filters)


def narrowed(filters: Filters, days: Days) -> Filters | None:
    """A filter that holds to some days too; None where it admits none of them."""
    start = _latest(filters.published_from, days.first.isoformat() if days.first else None)
    end = _earliest(filters.published_to, days.last.isoformat() if days.last else None)
    if start and end and start > end:
        return None
    return replace(filters, published_from=start, published_to=end)


def _latest(one: str | None, other: str | None) -> str | None:
    return max(filter(None, (one, other)), default=None)


def _earliest(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)


def _look_in(asked: Question, period: Period, filters: Filters, attempt: Try) -> Looked:
    within = narrowed(filters, period.days if period.of_articles else _reported(period.days))
    if within is None:
        return _said(asked, attempt(asked, filters), filters, "answer.period_outside", period.words)
    rest = without_period(asked.standalone, period)
    findings = _either(asked, rest, within, attempt)
    if findings.answered:
        return Looked(findings, within, period.words)
    if period.published:
        shown = findings if findings.result.hits else _nearest(attempt(asked, filters))
        return Looked(shown, within, period.words)
    return _anywhere(asked, filters, attempt, period.words)


def _nearest(findings: Findings) -> Findings:
    """What was found, as what comes near: it is not of the time that was asked for."""
    return replace(findings, answered=False)


def _anywhere(asked: Question, filters: Filters, attempt: Try, period: str) -> Looked:
    """What is found of any time, since nothing of a period answers."""
    findings = attempt(asked, filters)
    key = "answer.period_elsewhere" if findings.answered else "answer.period_nowhere"
    return _said(asked, findings, filters, key, period)


def _either(asked: Question, rest: str, within: Filters, attempt: Try) -> Findings:
    """What answers under a filter: most articles do not print the month that they are of, but some
    are found by it."""
    findings = attempt(replace(asked, standalone=rest), within)
    if findings.answered or not findings.result.hits:
        return findings
    worded = attempt(asked, within)
    return worded if worded.answered else findings


def _reported(days: Days) -> Days:
    """When events of some days are reported; those of a single day on the next one too."""
    if days.last is not None and days.first == days.last:
        return Days(days.first, day_after(days.last) or days.last)
    return days


def _look_since(asked: Question, event: Event, filters: Filters, attempt: Try) -> Looked:
    """What came out since an event, if the archive tells when that was."""
    about = attempt(replace(asked, standalone=event.query), filters).result.hits
    told = tellings(about, event, asked.written_in)
    if len(told) > 1:
        return _ambiguous(asked, attempt(asked, filters), filters, event, told)
    if not told:
        return _said(asked, attempt(asked, filters), filters, "answer.event_unknown", event.words)
    since = day_of(told[0])
    within = narrowed(filters, Days(since, None))
    if within is None:
        return _said(asked, attempt(asked, filters), filters, "answer.period_outside", event.words)
    findings = _either(asked, event.rest, within, attempt)
    if not findings.answered:
        return _anywhere(asked, filters, attempt, event.words)
    note = phrase(
        asked.language, "answer.event_since",
        period=event.words, day=since.isoformat(), title=told[0].title,
    )  # fmt: skip
    return Looked(findings, within, event.words, note)


def _ambiguous(
    asked: Question, findings: Findings, filters: Filters, event: Event, told: Sequence[Article]
) -> Looked:
    """What was found of any time, and the events that a period could begin with."""
    listed = ", ".join(
        phrase(asked.language, "answer.event_named", day=day_of(article), title=article.title)
        for article in told[:_NAMED]
    )
    more = ", …" if len(told) > _NAMED else ""
    note = phrase(
        asked.language, "answer.event_several", period=event.words, events=f"{listed}{more}"
    )
    return Looked(findings, filters, note=note)


def _said(asked: Question, findings: Findings, filters: Filters, key: str, period: str) -> Looked:
    """What was found without the question's dates, and why these are no filter."""
    return Looked(findings, filters, note=phrase(asked.language, key, period=period))
