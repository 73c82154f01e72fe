"""What a logged answer becomes in a set: what its reader bears out, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from index_store.models import Filters
from qa.audit.entry import Entry, Request
from qa.audit.ratings import Rating
from qa.errors import Unrepeatable
from qa.evaluation.from_use.drafting import Edits, conditions, draft
from qa.evaluation.questions import GoldQuestion
from qa.history import Turn
from tests.qa.audit.entries import answer, entry

FERRY = "When does the ferry stop?"
BEFORE = (Turn("user", "Is there a ferry?"), Turn("assistant", "There is. [1]"))


def asked(question: str = FERRY, *, filters: Filters = Filters(), **stated: Any) -> Entry:
    """An entry of an answer that cites two articles, one of them twice."""
    request = {"history": (), "language": None, "standalone": None, "as_of": None} | stated
    cited = [
        {"number": number, "article": {"source": source}}
        for number, source in enumerate(("ferry.md", "harbour.md", "ferry.md"), start=1)
    ]
    return entry(
        request=Request(question, filters=filters, **request),
        answer=answer(
            question=question, standalone_question=question, refused=False, citations=cited
        ),
    )


def rated(rating: str, reason: str | None = None) -> Rating:
    return Rating(f"{1:032x}", rating == "up", "2026-03-05T09:30:00.000+00:00", reason)


def test_of_an_answer_that_was_liked_the_sources_are_taken_over() -> None:
    assert draft(asked(history=BEFORE), rated("up")) == GoldQuestion(
        id="00000000",
        question=FERRY,
        language="en",
        answerable=True,
        sources=("ferry.md", "harbour.md"),
        history=BEFORE,
        tags=("from-use",),
    )


def test_a_refusal_that_was_liked_is_of_what_the_archive_does_not_say() -> None:
    refused = entry(request=Request(FERRY, (), Filters(), None))
    drafted = draft(refused, rated("up"))
    assert (drafted.answerable, drafted.sources) == (False, ())


@pytest.mark.parametrize("rating", [rated("down"), None], ids=["disliked", "not rated"])
def test_of_any_other_answer_nothing_is_taken_over(rating: Rating | None) -> None:
    drafted = draft(asked(), rating)
    assert (drafted.answerable, drafted.sources, drafted.answer_groups) == (None, (), ())


def test_an_editor_completes_a_question() -> None:
    edits = Edits(
        id="ferry", answers=("in March", "1 March"), sources=("timetable.md",), tags=("when",)
    )
    drafted = draft(asked(), rated("down", "wrong source"), edits)
    assert drafted == GoldQuestion(
        id="ferry",
        question=FERRY,
        language="en",
        answerable=True,
        answer_groups=(("in March", "1 March"),),
        sources=("timetable.md",),
        tags=("from-use", "reason:wrong source", "when"),
    )


def test_an_editor_overrules_the_reader() -> None:
    drafted = draft(asked(), rated("up"), Edits(answerable=False))
    assert (drafted.answerable, drafted.sources) == (False, ())
    assert draft(asked(), rated("up"), Edits(sources=("other.md",))).sources == ("other.md",)


def test_a_readers_reason_cannot_be_a_tag_that_means_something() -> None:
    assert draft(asked(), rated("down", " same:judge \n")).tags == ("from-use", "reason:same:judge")
    assert draft(asked(), rated("down", " \n")).tags == ("from-use",)


@pytest.mark.parametrize(
    ("logged", "named"),
    [
        (asked(filters=Filters(languages=("en", "it"))), "languages en, it"),
        (asked(filters=Filters(published_from="2025-01-31")), "published_from 2025-01-31"),
        (asked(as_of="2025-01-31"), "as_of 2025-01-31"),
        (asked("What did the council decide last week?"), "“last week” counted from 2026-0"),
        (asked("Qu'a décidé le conseil la semaine dernière ?"), "“la semaine dernière” counted"),
        (asked("Che cosa ha deciso il consiglio ieri?"), "“ieri” counted"),
    ],
    ids=["language", "day", "as of", "in English", "in French", "in Italian"],
)
def test_what_no_set_can_state_is_refused_unless_it_may_be_left_out(
    logged: Entry, named: str
) -> None:
    with pytest.raises(Unrepeatable, match="--without-filters") as refused:
        draft(logged, None)
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)
    drafted = draft(logged, None, Edits(without_conditions=True))
    assert drafted.question == logged.request.question


def test_days_that_are_the_same_whenever_they_are_asked_for_are_no_condition() -> None:
    assert conditions(asked("What did the council decide in October 2023?")) == ()


def test_a_question_in_other_words_needs_no_day_and_no_conversation() -> None:
    logged = asked("And what did it decide last week?", history=BEFORE)
    reworded = "What did the council decide between 16 and 22 February 2026?"
    drafted = draft(logged, None, Edits(question=reworded))
    assert (drafted.question, drafted.history, drafted.language) == (reworded, (), "en")


def test_a_question_that_its_reader_put_right_is_asked_as_that() -> None:
    drafted = draft(asked("And then?", history=BEFORE, standalone="Quand part le ferry ?"), None)
    assert (drafted.question, drafted.history) == ("Quand part le ferry ?", ())
    assert drafted.language == "fr"


def test_the_language_of_an_answer_that_was_chosen_is_not_that_of_the_question() -> None:
    assert draft(asked("Quand s'arrête le ferry ?", language="en"), None).language == "fr"


def test_small_talk_is_no_question() -> None:
    thanks = entry(request=Request("Grazie!", (), Filters(), None), answer=answer(small_talk=True))
    with pytest.raises(Unrepeatable, match="'Grazie!' is small talk"):
        draft(thanks, rated("down"))
