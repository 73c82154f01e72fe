"""Where two wordings differ; the pieces are always the text."""

import pytest
from hypothesis import given

from qa.word_diff import differing, runs
from tests.corpus.strategies import any_text


def marked(text: str, other: str) -> str:
    spans = differing(text, other)
    return "".join(f"[{run.text}]" if run.differs else run.text for run in runs(text, spans))


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("It is peanuts to us.", "It is nothing to us.", "It is [peanuts] to us."),
        ("It is so.", "it is, so", "It is so."),
        ("Un élève, dix-neuf livres", "UN ELEVE, dix livres", "Un élève, [dix-neuf] livres"),
        ("Vale 64.000 euro", "Vale 64mila euro", "Vale [64.000] euro"),
        ("one two three four", "one four", "one [two three] four"),
        ("one two", "three four", "one two"),
    ],
)
def test_words_that_the_other_has_not_are_marked(text: str, other: str, expected: str) -> None:
    assert marked(text, other) == expected


@given(any_text, any_text)
def test_the_pieces_joined_are_the_text(text: str, other: str) -> None:
    found = runs(text, differing(text, other))
    assert "".join(run.text for run in found) == text
    assert all(run.text for run in found)
    assert not any(run.differs for run in runs(text, differing(text, text)))
