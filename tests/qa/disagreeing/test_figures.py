"""Figures with what they count, and which of two can both be right."""

import pytest
from hypothesis import given

from qa.disagreeing.figures import Figure, comparable, compatible, figures
from tests.corpus.strategies import any_text


def one(text: str, language: str = "en") -> Figure:
    (found,) = figures(text, language)
    return found


@pytest.mark.parametrize(
    ("text", "language", "written", "unit", "counted"),
    [
        ("It has 450 billion parameters.", "en", "450000000000", "", "parameters"),
        ("Il retire 380\u202f000 euros au budget.", "fr", "380000", "euro", "budget"),
        ("Ha aderito l’81 per cento dei turnisti.", "it", "81%", "%", "turnisti"),
        ("They paid $30 million for trees.", "en", "30000000", "dollar", "trees"),
        ("They have a GPU 64k.", "en", "64000", "", "gpu"),
    ],
)
def test_a_figure_says_how_much_of_what(
    text: str, language: str, written: str, unit: str, counted: str
) -> None:
    found = one(text, language)
    assert (found.written, found.unit, found.counted[0]) == (written, unit, counted)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It was filed on 7 July 2023 and not in 2022.", "en"),
        ("The models are Llama 3 and GPT-4.", "en"),
        ("The boat leaves at 10.15 p.m. or so.", "en"),
        ("It came 18th.", "en"),
        ("Rendez-vous à 15 heures.", "fr"),
        ("Si parte alle 22.", "it"),
        ("It weighs 1.1 × 1011 tonnes.", "en"),
    ],
)
def test_what_counts_nothing_is_no_figure(text: str, language: str) -> None:
    assert all(figure.counted == ("tonnes",) for figure in figures(text, language))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("40 people", "60 people", False),
        ("40 people", "44 people", False),
        ("more than 60 people", "64 people", True),
        ("more than 60 people", "55 people", False),
        ("more than 60 people", "90 people", False),
        ("about 40 people", "43 people", True),
        ("about 40 people", "50 people", False),
        ("fewer than 60 people", "55 people", True),
        ("1.9 million people", "1.87 million people", True),
        ("1.9 million people", "1.8 million people", False),
        ("64k people", "64,000 people", True),
    ],
)
def test_rounding_and_bounds_admit_another_figure(first: str, second: str, expected: bool) -> None:
    pair = [one(f"He saw {text} there.") for text in (first, second)]
    assert compatible(*pair) is compatible(*reversed(pair)) is expected


def test_figures_of_different_size_are_not_compared() -> None:
    small, near, large = (one(f"It has {value} doors.") for value in (300, 2100, 4000))
    assert comparable(small, near)
    assert not comparable(small, large)


@given(any_text)
def test_every_figure_stands_in_the_text_in_order(text: str) -> None:
    found = figures(text, "en")
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)
    assert sorted(each.span for each in found) == [each.span for each in found]
