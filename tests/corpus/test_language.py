from __future__ import annotations

import pytest

from corpus.language import LANGUAGES, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The court ruled on Thursday that the library must pay.", "en"),
        ("Le tribunal a jugé jeudi que la bibliothèque devait payer.", "fr"),
        ("Il tribunale ha stabilito giovedì che la biblioteca deve pagare.", "it"),
        ("Das Gericht entschied am Donnerstag, dass die Bibliothek zahlen muss.", "de"),
        ("El tribunal dictaminó el jueves que la biblioteca debe pagar.", "es"),
    ],
)
def test_a_sentence_is_enough_to_know_the_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "12 % — 2025", "…", "👩‍👧"])
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert detect_language(text) is None


def test_only_the_languages_asked_for_are_found() -> None:
    assert detect_language("Le tribunal a jugé jeudi.", ("en", "it")) in ("en", "it")


def test_only_the_start_of_a_long_text_is_read() -> None:
    start = "The court ruled that the library must pay. " * 60
    assert detect_language(start + "Le tribunal a jugé jeudi. " * 2000) == "en"


def test_a_lone_surrogate_is_no_obstacle() -> None:
    assert detect_language("The court ruled on Thursday \ud800 that it must pay.") == "en"


def test_every_language_offered_can_be_detected() -> None:
    assert detect_language("The court ruled on Thursday.", LANGUAGES) == "en"
