"""What a question puts to choice."""

import pytest

from qa.alternatives import alternatives

CHOICES = [
    ("Did she win the first race or the second game?", "en", ("race",), ("game",)),
    ("Who sues the port, the fishers or the pilots?", "en", ("fishers",), ("pilots",)),
    ("Est-ce une course ou un jeu ?", "fr", ("course",), ("jeu",)),
    ("Era un messaggio o una mail?", "it", ("messaggio",), ("mail",)),
    ("Vende il traghetto oppure il porto?", "it", ("traghetto",), ("porto",)),
]


@pytest.mark.parametrize(("question", "language", "first", "second"), CHOICES)
def test_both_sides_are_read_by_their_own_words(
    question: str, language: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    found = alternatives(question, language)
    assert found is not None
    assert (found.sides[0][-1:], found.sides[1][-1:]) == (first, second)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who won the race?", "en"),
        ("Où est parti le capitaine ?", "fr"),
        ("Is the ferry sold or not?", "en"),
        ("Is it the ferry or the ferries?", "en"),
        ("Kommt das Boot or nicht?", "de"),
    ],
)
def test_a_question_without_a_choice_has_none(question: str, language: str) -> None:
    assert alternatives(question, language) is None


def test_a_text_tells_of_one_side_in_any_language() -> None:
    found = alternatives("Did they buy the harbour or the library?", "en")
    assert found is not None
    assert found.told("They bought the harbour.", "en") == 0
    assert found.told("Ils ont acheté la bibliothèque.", "fr") == 1
    assert found.told("They bought the harbour and the library.", "en") is None
    assert found.told("They left.", "en") is None
