"""Follow-ups, on a labelled set: what a question takes along and what it leaves."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import fold
from qa.follow_ups import MAX_CHARACTERS, stand_alone
from qa.history import Turn

#: Of 101 follow-ups so many are right; 24 of them were written after the rules, of which 22 are.
RIGHT = 98


@dataclass(frozen=True)
class Labelled:
    """A follow-up with words that it must and must not come to hold."""

    id: str
    text: str
    language: str
    history: tuple[Turn, ...]
    carries: tuple[str, ...]
    drops: tuple[str, ...]
    alone: bool

    def wrong(self) -> str | None:
        """What came of it, where that is not what it should be."""
        understood = stand_alone(self.text, self.history, self.language)
        folded = fold(understood)
        right = (
            all(fold(word) in folded for word in self.carries)
            and not any(fold(word) in folded for word in self.drops)
            and (not self.alone or understood == self.text)
        )
        return None if right else f"{self.id}: {understood}"


def _labelled() -> list[Labelled]:
    lines = (Path(__file__).parent / "follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Labelled(
            id=line["id"],
            text=line["text"],
            language=line["language"],
            history=tuple(
                turn
                for asked, reply in line["history"]
                for turn in (Turn("user", asked), Turn("assistant", reply))
            ),
            carries=tuple(line["carries"]),
            drops=tuple(line["drops"]),
            alone=line.get("alone", False),
        )
        for line in map(json.loads, lines)
    ]


def test_labelled_follow_ups_are_understood_in_all_three_languages() -> None:
    labelled = _labelled()
    assert {one.language for one in labelled} == {"en", "fr", "it"}
    wrong = [line for one in labelled if (line := one.wrong())]
    assert len(labelled) - len(wrong) >= RIGHT, "\n".join(wrong)


def conversation(*said: tuple[str, str]) -> list[Turn]:
    return [
        turn for asked, reply in said for turn in (Turn("user", asked), Turn("assistant", reply))
    ]


SLOTS = [
    ("How many titles closed in France in 2022?", "And in Italy?",
     "How many titles closed in Italy in 2022?"),
    ("How many titles closed in France in 2022?", "And in 2023?",
     "How many titles closed in France in 2023?"),
    ("Combien de titres ont fermé en France ?", "Et au Canada ?",
     "Combien de titres ont fermé au Canada ?"),
    ("Quante testate hanno chiuso in Francia?", "E negli Stati Uniti?",
     "Quante testate hanno chiuso negli Stati Uniti?"),
    ("Who won?", "And in Valmorin?", "Who won in Valmorin?"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "text", "understood"), SLOTS, ids=[one[1] for one in SLOTS])
def test_an_ellipsis_fills_its_slot_anew(before: str, text: str, understood: str) -> None:
    language = {"A": "en", "E": "fr" if text.startswith("Et ") else "it"}[text[0]]
    assert stand_alone(text, conversation((before, "So it is.")), language) == understood


def test_an_ellipsis_in_another_language_takes_the_name_that_the_question_s_language_has() -> None:
    history = conversation(("How many titles closed in France?", "Forty-one [1]."))
    assert stand_alone("Et en Italie ?", history, "fr") == "How many titles closed in Italy?"


def test_a_name_that_could_replace_either_of_two_replaces_none() -> None:
    history = conversation(("Did Kadrey sue Meta?", "Yes [1]."))
    understood = stand_alone("And OpenAI?", history, "en")
    assert understood == "And OpenAI? (Kadrey sue Meta)"


def test_a_refusal_names_nobody() -> None:
    reply = "The archive does not say. Searched 18 articles (English, French, Italian)."
    understood = stand_alone("What does he earn?", conversation(("Who leads Orvane?", reply)), "en")
    assert understood == "What does he earn? (leads Orvane)"


def test_a_topic_is_followed_over_more_turns_than_one() -> None:
    history = conversation(
        ("Who sued Orvane in Valmorin?", "Tessaly Marr did [1]."),
        ("And how much did she win?", "Nine million [1]."),
        ("When?", "In May [1]."),
    )
    understood = stand_alone("Who paid it?", history, "en")
    assert "Orvane" in understood
    assert "Tessaly Marr" in understood


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=6), st.sampled_from("efi"))
def test_whatever_was_said_a_question_keeps_its_words_or_becomes_the_one_before(
    text: str, said: list[str], language: str
) -> None:
    history = [Turn("user" if at % 2 == 0 else "assistant", one) for at, one in enumerate(said)]
    code = {"e": "en", "f": "fr", "i": "it"}[language]
    understood = stand_alone(text, history, code)
    assert len(understood) <= len(text) + 12 * MAX_CHARACTERS
    assert stand_alone(text, (), code) == text
