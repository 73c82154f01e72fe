"""Why a question failed: the first thing that went wrong."""

from __future__ import annotations

from typing import Any

import pytest

from qa.evaluation.outcome import Outcome
from qa.evaluation.why import Why, why
from tests.qa.evaluation.outcomes import answer, citation, outcome, quoting

SAID = "Ada Quill resigned as mayor."
REFUSAL = answer()


def _asked(given: dict[str, Any] | None, retrieved: str = "", **more: Any) -> Outcome:
    gold: dict[str, Any] = {
        "answerable": True,
        "answer_groups": (("Ada Quill",),),
        "sources": ("a", "b"),
    }
    return outcome(given, tuple(retrieved), **{**gold, **more})


UNANSWERABLE: dict[str, Any] = {"answerable": False, "answer_groups": (), "sources": ()}
UNJUDGED: dict[str, Any] = {"answerable": None, "answer_groups": (), "sources": ()}

CASES = {
    "right": (_asked(quoting(SAID, "a"), "xa"), None),
    "right, by either source": (_asked(quoting(SAID, "b"), "xb"), None),
    "no answer": (_asked(None), Why.ERROR),
    "no answer, and nobody knows one": (_asked(None, **UNJUDGED), Why.ERROR),
    "nothing says what is right": (_asked(quoting(SAID, "x"), "x", **UNJUDGED), None),
    "refused rightly": (_asked(REFUSAL, **UNANSWERABLE), None),
    "answered what has no answer": (
        _asked(quoting(SAID, "a"), "a", **UNANSWERABLE),
        Why.ANSWERED_WRONGLY,
    ),
    "refused, not found": (_asked(REFUSAL, "xy"), Why.NOT_RETRIEVED),
    "refused, found": (_asked(REFUSAL, "xa"), Why.REFUSED_WRONGLY),
    "refused, sources unknown": (_asked(REFUSAL, "x", sources=()), Why.REFUSED_WRONGLY),
    "refused, too few found": (_asked(REFUSAL, "a", min_sources=2), Why.NOT_RETRIEVED),
    "other words from elsewhere, not found": (
        _asked(quoting("It rained.", "x"), "x"),
        Why.NOT_RETRIEVED,
    ),
    "other words from elsewhere, found": (_asked(quoting("It rained.", "x"), "xa"), Why.NOT_QUOTED),
    "another quotation of the right article": (
        _asked(quoting("It rained.", "a"), "a"),
        Why.NOT_QUOTED,
    ),
    "other words on the right article": (
        _asked(quoting("It rained.", "a", mode="prose"), "a"),
        Why.ANSWERED_WRONGLY,
    ),
    "other words, sources unknown": (
        _asked(quoting("It rained.", "x"), "x", sources=()),
        Why.ANSWERED_WRONGLY,
    ),
    "the words from elsewhere": (_asked(quoting(SAID, "x"), "xa"), Why.CITED_WRONGLY),
    "one of two sources": (_asked(quoting(SAID, "a"), "ab", min_sources=2), Why.CITED_WRONGLY),
    "a broken citation": (_asked(quoting(SAID, "a"), "a", valid=(False,)), Why.CITED_WRONGLY),
    "a number out of range": (
        _asked(answer([(SAID, [1, 5])], [citation(1, "a", SAID)]), "a"),
        Why.CITED_WRONGLY,
    ),
    "no words asked for, other article": (
        _asked(quoting(SAID, "x"), "a", answer_groups=()),
        Why.NOT_QUOTED,
    ),
}


@pytest.mark.parametrize(("went", "reason"), CASES.values(), ids=CASES)
def test_the_reason_is_the_first_thing_that_went_wrong(went: Outcome, reason: Why | None) -> None:
    assert why(went) is reason


def test_reasons_are_said_in_plain_words() -> None:
    assert {str(reason) for reason in Why} == {
        "error", "not retrieved", "retrieved but not quoted", "refused wrongly",
        "answered wrongly", "cited wrongly",
    }  # fmt: skip
