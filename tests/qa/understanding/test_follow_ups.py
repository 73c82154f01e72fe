"""Follow-ups, on a labelled set: what a question takes along and what it leaves."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import fold
from qa.history import Turn
from qa.understanding.follow_ups import MAX_CHARACTERS, stand_alone

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
    lines = Path(__file__).with_name("follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
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


LONG = [
    ("en", "However, who paid?", "However", [("Who sued Orvane?", "Tessaly Marr did [1].")]),
    ("fr", "Cependant, qui a payé ?", "Cependant", [("Qui poursuit Orvane ?", "Mme Marr [1].")]),
    ("it", "Tuttavia, chi ha pagato?", "Tuttavia", [("Chi accusa Orvane?", "Tessaly Marr [1].")]),
    ("fr", "Évidemment, qui a payé ?", "Évidemment", [("Qui poursuit Orvane ?", "Marr [1].")]),
]


@pytest.mark.parametrize(("language", "text", "opening", "before"), LONG, ids=[o[1] for o in LONG])
def test_the_word_that_opens_a_sentence_is_never_carried_as_a_name(
    language: str, text: str, opening: str, before: list[tuple[str, str]]
) -> None:
    history = conversation(*before, (text, f"{opening}, the court paid [1]."))
    understood = stand_alone({"en": "When?", "fr": "Quand ?", "it": "Quando?"}[language],
                             history, language)  # fmt: skip
    assert "Orvane" in understood
    assert opening not in understood


def test_names_of_two_sentences_are_two() -> None:
    reply = "Two days after the vote, anger grew in Valmorin-sur-Orle. Une petition began [1]."
    history = conversation(("Qui proteste ?", reply))
    assert "Une" not in stand_alone("Qu'a-t-elle dit ?", history, "fr")


@pytest.mark.parametrize(
    "text", ["Combien Orvane doit-il payer ?", "Quand Tessaly Marr a-t-elle parlé ?"]
)
def test_a_french_question_that_names_its_subject_and_repeats_it_stands_alone(text: str) -> None:
    history = conversation(("Who runs the ferry?", "Ada Reeve [1]."))
    assert stand_alone(text, history, "fr") == text


def test_he_is_the_one_with_the_role_that_was_asked_for() -> None:
    reply = (
        "The case was brought by Paul Kadrey and Ann Moss [1]. It is before Judge Vin Orell [2]."
    )
    history = conversation(("Who is the judge in Kadrey v. Orvane?", reply))
    understood = stand_alone("What did he say?", history, "en")
    assert "Judge Vin Orell" in understood
    assert "Paul" not in understood


def test_a_version_is_replaced_whole() -> None:
    history = conversation(("Quanti parametri ha Llama 3.1?", "405 [1]."))
    assert stand_alone("E Llama 3?", history, "it") == "Quanti parametri ha Llama 3?"


def test_a_new_place_takes_the_place_of_the_old_one() -> None:
    history = conversation(
        ("How many titles closed in Italy?", "Forty-one [1]."), ("When?", "In May [1].")
    )
    understood = stand_alone("Combien en France ?", history, "fr")
    assert "France" in understood
    assert "Ital" not in understood


def test_the_capital_that_opens_an_ellipsis_is_not_taken_into_the_sentence() -> None:
    history = conversation(("Qui est le juge ?", "Ada Reeve [1]."))
    assert stand_alone("En Allemagne ?", history, "fr") == "Qui est le juge en Allemagne ?"


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=6), st.sampled_from("efi"))
def test_whatever_was_said_a_question_keeps_its_words_or_becomes_the_one_before(
    text: str, said: list[str], language: str
) -> None:
    history = [Turn("user" if at % 2 == 0 else "assistant", one) for at, one in enumerate(said)]
    code = {"e": "en", "f": "fr", "i": "it"}[language]
    understood = stand_alone(text, history, code)
    assert len(understood) <= len(text) + 12 * MAX_CHARACTERS
    assert stand_alone(text, (), code) == text
