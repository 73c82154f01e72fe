"""Made-up runs to write: one as it should be, and one whose every text is hostile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa.evaluation.outcome import Outcome, Retrieved
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.report import report_json
from qa.evaluation.summary import summarise
from qa.history import Turn
from tests.qa.evaluation.outcomes import answer, citation, quoting

#: What must stay text wherever it is written.
HOSTILE = (
    "</script><script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    "]]><!-- &amp; <b>bold</b> `code` *star* [link](javascript:alert(1)) | cell @somebody #12",
    "\u202eright to left\u202c and \u200bnothing\u200d seen",
    "control \x00\x07\x1b characters \ud800 and half a pair",
    "W" * 10_000,
    "javascript:document.title='run'",
)


def report_of(outcomes: Sequence[Outcome], name: str = "made-up.jsonl") -> dict[str, Any]:
    """The report of outcomes, asked of nobody."""
    summary = summarise(outcomes, resamples=200)
    return report_json(summary, outcomes, questions=name, desk="a made-up archive")


def made_up(wrong: Sequence[int] = (3,), questions: int = 12) -> list[Outcome]:
    """Questions in three languages: every fourth cannot be answered and is refused.

    Args:
        wrong: places of those that are refused wrongly.
    """
    return [_outcome(place, place in wrong) for place in range(questions)]


def _outcome(place: int, is_wrong: bool) -> Outcome:
    language = ("en", "fr", "it")[place % 3]
    can, source = place % 4 != 2, f"harbour-{place}.md"
    gold = GoldQuestion(
        id=f"q-{place}",
        question=f"How many ferries left on day {place}?",
        language=language,
        answerable=can,
        answer_groups=((f"{place} ferries", f"{place} boats"),) if can else (),
        sources=(source,) if can else (),
        history=(Turn("user", "When did the harbour open?"),) if place == 1 else (),
        tags=("how-many", "follow-up") if place == 1 else ("how-many",),
    )
    given = answer(probability=0.05 * (place % 7), nearest=[_cited(1, source, "No ferry left.")])
    if can and not is_wrong:
        said = f"On that day {place} ferries left the harbour."
        given = answer([(said, [1])], [_cited(1, source, said)], probability=0.9 - place % 40 / 100)
    found = [Retrieved("tide-table.md", 0.91), Retrieved(source, 0.72)]
    ranked = found if place % 5 == 4 else found[::-1]
    valid = (True,) * len(given["citations"])
    return Outcome(gold, given, tuple(ranked), valid, elapsed_ms=10.0 + place)


def _cited(number: int, source: str, quote: str) -> Mapping[str, Any]:
    cited = citation(number, source, quote)
    stated = {"publisher": "The Example Courier", "published": "2025-01-14T07:00:00+00:00",
              "title": "Ferries"}  # fmt: skip
    return {**cited, "article": {**cited["article"], **stated}}


def hostile() -> list[Outcome]:
    """A question, an answer, a source, a tag and an error of each text that is hostile."""
    outcomes = []
    for text in HOSTILE:
        gold = GoldQuestion(
            id=text, question=text, language="en", answerable=True, answer_groups=((text,),),
            sources=(text,), history=(Turn("user", text),), tags=(text,),
        )  # fmt: skip
        told = quoting(text, text, note=text, standalone_question=f"{text}?", probability=0.5)
        told["disagreements"] = [_disagreement(text)]
        cited = told["citations"][0]["article"]
        cited |= {"publisher": text, "title": text, "published": text, "url": text}
        outcomes.append(Outcome(gold, told, (Retrieved(text, 0.5),), (True,), 5.0))
        outcomes.append(Outcome(gold, None, elapsed_ms=5.0, repeat=1, error=text))
    return outcomes


def _disagreement(text: str) -> Mapping[str, Any]:
    return {
        "about": text,
        "kind": "figures",
        "versions": [
            {"quote": text, "citations": [1], "diff": [{"text": text, "differs": True}]},
            {"quote": text, "citations": [2], "diff": []},
        ],
    }
