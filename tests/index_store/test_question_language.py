"""The language of a question."""

from __future__ import annotations

import pytest

from index_store.question_language import question_language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who is Joelle Pineau?", "en"),
        ("Combien coûte le ferry de Valmorin ?", "fr"),
        ("Quanto costa il traghetto?", "it"),
        ("¿Cuándo cierra la biblioteca?", "es"),
        ("Wann schließt die Bibliothek?", "de"),
        ("?!", None),
        ("", None),
    ],
)
def test_the_language_of_a_question_is_told(question: str, language: str | None) -> None:
    assert question_language(question) == language


def test_only_candidates_are_told() -> None:
    assert question_language("Quanto costa il traghetto?", ("en", "fr")) in ("en", "fr")
