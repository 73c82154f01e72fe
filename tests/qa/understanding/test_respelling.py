"""Misspelt names of a question, put right."""

import pytest

from qa.understanding.question import understand
from qa.understanding.respelling import respelled

NAMES = {"zukerberg": "Zuckerberg", "sutskiver": "Sutskever", "siria": "Syria", "which": "Widich"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("What did Zukerberg say?", "What did Zuckerberg say?"),
        ("que dit zukerberg de sutskiver", "que dit Zuckerberg de Sutskever"),
        # The first word has a capital whatever it is, and a language's own words are no names.
        ("Zukerberg says what?", "Zukerberg says what?"),
        ("And Which one?", "And Which one?"),
        # A country is called otherwise in another language, not misspelt.
        ("Che cosa accade in Siria?", "Che cosa accade in Siria?"),
        # A word that is written small among others is none.
        ("What did zukerberg say to Ada?", "What did zukerberg say to Ada?"),
    ],
)
def test_names_that_the_archive_spells_otherwise_are_put_right(typed: str, meant: str) -> None:
    asked = understand(typed, (), None, ["en", "it"])
    assert respelled(asked, NAMES.get).standalone == meant
    assert respelled(asked, NAMES.get).text == typed


def test_a_question_without_misspelt_names_stays_as_it_is() -> None:
    asked = understand("What did Ada Reeve say?", (), None, ["en"])
    assert respelled(asked, NAMES.get) == asked


def test_a_name_that_must_stand_with_the_answer_may_stand_as_the_archive_spells_it() -> None:
    asked = understand("What did Tesaly Mar say?", (), None, ("en",))
    (required,) = respelled(asked, {"tesaly": "Tessaly"}.get).conditions
    assert required.words == ("tesaly", "mar", "tessaly")
