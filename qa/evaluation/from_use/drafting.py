"""A logged answer, and what its reader thought of it, as a question of a set.

A reader who liked an answer bears out what it cites, or that it was refused. Of any other answer
nothing is taken over, since it may be what the reader says is wrong; an editor knows better.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from corpus.characters import clean_line, clean_text
from index_store.question_language import question_language
from qa.audit.entry import Entry
from qa.audit.ratings import Rating
from qa.dates.periods import Period, find_period
from qa.errors import Unrepeatable
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading.record import is_id, is_text
from qa.history import Turn

#: Tag of every question that came from use.
FROM_USE = "from-use"
#: Before a reader's reason, whose words must not become a tag that means something ("same:…").
REASON = "reason:"

#: Characters of an answer's id that are shown, and that name its question.
_ID = 8
#: Another year, month and day of the week: what is counted from today differs.
_MUCH_EARLIER = timedelta(400)


@dataclass(frozen=True, slots=True)
class Edits:
    """What an editor knows of a question; None and () leave it to the log and the reader.

    Attributes:
        question: in words that need no conversation before it, and no day on which it is asked.
        answers: any of these is right.
        tags: beside those that it has anyway.
        without_conditions: it is to be asked without what a set cannot state.
    """

    id: str | None = None
    question: str | None = None
    answerable: bool | None = None
    answers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    without_conditions: bool = False


NO_EDITS = Edits()


def draft(entry: Entry, rating: Rating | None, edits: Edits = NO_EDITS) -> GoldQuestion:
    """The question of a set that a logged one becomes.

    Raises:
        Unrepeatable: nothing was asked, or it was asked under conditions that no set can state
            and that the editor does not do without.
    """
    if entry.answer.get("small_talk"):
        raise Unrepeatable(f"{asked_as(entry)[0]!r} is small talk, for which nothing is searched")
    if not edits.without_conditions and (found := conditions(entry, edits.question)):
        raise Unrepeatable(
            f"it was asked with {'; '.join(found)}; a question set states only a question and its "
            f"history: leave that out with --without-filters, or say it with --question TEXT"
        )
    question, history = asked_as(entry)
    if edits.question is not None:
        question, history = clean_text(edits.question), ()
    answerable = _answerable(entry, rating, edits)
    return GoldQuestion(
        id=edits.id or default_id(entry),
        question=question,
        language=_language(entry, question),
        answerable=answerable,
        answer_groups=(edits.answers,) if edits.answers else (),
        sources=edits.sources or (_cited(entry) if answerable and _is_liked(rating) else ()),
        history=history,
        tags=tuple(dict.fromkeys((FROM_USE, *_reason(rating), *edits.tags))),
    )


def default_id(entry: Entry) -> str:
    """What a question is called that nobody names: the beginning of the answer's id."""
    return str(entry.answer["id"])[:_ID]


def asked_as(entry: Entry) -> tuple[str, tuple[Turn, ...]]:
    """The question with its conversation; alone, where its reader said how it is to be understood.

    What a JSON escape can spell and UTF-8 cannot is left out, as it was when it was answered.
    """
    request = entry.request
    if request.standalone is not None:
        return clean_text(request.standalone), ()
    return clean_text(request.question), tuple(
        turn if is_text(turn.content) else Turn(turn.role, clean_text(turn.content))
        for turn in request.history
    )


def conditions(entry: Entry, reworded: str | None = None) -> tuple[str, ...]:
    """Under what a question was asked that no set can state, each in words.

    Args:
        reworded: the question as it will stand in the set, where that is not as it was asked.
    """
    stated = {name: value for name, value in asdict(entry.request.filters).items() if value}
    found = [
        f"{name} {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in stated.items()
    ]
    if entry.request.as_of is not None:
        found.append(f"as_of {entry.request.as_of}")
    period = _counted_from_today(reworded or entry.answer["standalone_question"], entry)
    if period is not None:
        found.append(f"“{period.words}” counted from {entry.day}")
    return tuple(map(clean_line, found))


def _counted_from_today(question: str, entry: Entry) -> Period | None:
    """Its period, where that is another one on another day."""
    period = find_period(question, entry.day)
    earlier = find_period(question, entry.day - _MUCH_EARLIER)
    is_same = period is None or earlier is None or period.days == earlier.days
    return None if is_same else period


def _language(entry: Entry, question: str) -> str | None:
    """Of the question; that of the answer tells, unless its reader chose it."""
    is_as_asked = question == clean_text(entry.request.question)
    if is_as_asked and entry.request.language is None:
        return str(entry.answer["language"])
    return question_language(question)


def _answerable(entry: Entry, rating: Rating | None, edits: Edits) -> bool | None:
    if edits.answerable is not None:
        return edits.answerable
    if edits.answers or edits.sources:
        return True
    return not entry.answer["refused"] if _is_liked(rating) else None


def _is_liked(rating: Rating | None) -> bool:
    return rating is not None and rating.is_up


def _cited(entry: Entry) -> tuple[str, ...]:
    """Files that the answer cites, but for names that no set can spell."""
    cited = (citation["article"]["source"] for citation in entry.answer["citations"])
    return tuple(source for source in dict.fromkeys(cited) if is_id(source))


def _reason(rating: Rating | None) -> tuple[str, ...]:
    stated = clean_line(rating.reason) if rating and rating.reason else ""
    return (f"{REASON}{stated}",) if stated else ()
