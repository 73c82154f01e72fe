"""Which logged questions should be tests, and in which order they are told."""

from __future__ import annotations

from collections.abc import Iterable

from index_store.models import Filters
from qa.audit.entry import Request
from qa.audit.ratings import Rating
from qa.evaluation.from_use.suggesting import Numbered, Suggestion, Why, suggest
from qa.evaluation.questions import GoldQuestion
from qa.history import Turn
from tests.qa.audit.entries import answer, entry


def numbered(number: int, question: str, history: tuple[Turn, ...] = ()) -> Numbered:
    """A logged refusal; ids of real answers begin with digits of their own."""
    logged = answer(number, id=f"{number:08x}{'0' * 24}")
    return number, entry(number, request=Request(question, history, Filters(), None), answer=logged)


def disliked(*rows: Numbered) -> dict[str, Rating]:
    """Ratings in that order."""
    return {
        logged.answer["id"]: Rating(logged.answer["id"], False, "2026-03-05") for _, logged in rows
    }


def told(suggestions: Iterable[Suggestion]) -> list[tuple[int, Why, int]]:
    return [(one.number, one.why, one.times) for one in suggestions]


WHO, HOW, WHY = numbered(1, "Who pays?"), numbered(2, "How much?"), numbered(3, "Why so much?")


def test_the_last_thumbs_down_comes_first() -> None:
    found = list(suggest([WHO, HOW, WHY], [], disliked(HOW, WHY, WHO)))
    assert told(found) == [(1, Why.DISLIKED, 1), (3, Why.DISLIKED, 1), (2, Why.DISLIKED, 1)]
    assert found[0].rating == Rating(WHO[1].answer["id"], False, "2026-03-05")


def test_one_question_is_suggested_once_though_it_was_typed_otherwise() -> None:
    again = numbered(9, "WHO  pays?")
    assert told(suggest([WHO, again], [], disliked(WHO, again))) == [(9, Why.DISLIKED, 2)]


def test_what_went_before_makes_it_another_question() -> None:
    follow_up = numbered(9, "Who pays?", (Turn("user", "Is there a bridge?"),))
    assert len(told(suggest([WHO, follow_up], [], disliked(WHO, follow_up)))) == 2


def test_what_was_refused_more_than_once_comes_behind() -> None:
    refused = [numbered(8, "Who pays?"), HOW, WHO]
    assert told(suggest([WHY], refused, disliked(WHY))) == [
        (3, Why.DISLIKED, 1),
        (8, Why.REFUSED, 2),
    ]


def test_what_was_disliked_is_not_suggested_again_as_refused() -> None:
    again = numbered(8, "Who pays?")
    assert told(suggest([WHO], [again, WHO], disliked(WHO))) == [(1, Why.DISLIKED, 1)]


def test_small_talk_is_never_suggested() -> None:
    thanks = entry(request=Request("Merci !", (), Filters(), None), answer=answer(small_talk=True))
    assert told(suggest([], [(1, thanks), (2, thanks)], {})) == []


def test_what_the_set_has_is_left_out() -> None:
    same_words = GoldQuestion("en-01", "who pays?")
    same_answer = GoldQuestion(HOW[1].answer["id"][:8], "How much did it cost in 2025?")
    known = [same_words, same_answer]
    assert told(suggest([WHO, HOW, WHY], [], disliked(WHO, HOW, WHY), known)) == [
        (3, Why.DISLIKED, 1)
    ]
