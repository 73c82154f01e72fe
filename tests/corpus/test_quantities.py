"""Quantities by value, whatever they are written like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import quantities

SAME = [
    ("64000", "en", "64k, 64,000, 64 000, 64'000, 64.000, 64 thousand, sixty-four thousand"),
    ("64000", "it", "64 mila, 64mila, sessanta quattro mila"),
    ("1500000", "en", "1.5 million, 1,500,000, 1.5m, 1.5mn"),
    ("1500000", "fr", "1,5 million, 1 500 000, 1\u202f500\u202f000, 1\u00a0500\u00a0000"),
    ("405000000000", "en", "405B, 405 billion, 405bn"),
    ("37%", "en", "37%, 37 %, 37 percent, 37 per cent, 37.0%"),
    ("37%", "fr", "37 %, 37 pour cent, trente-sept pour cent"),
    ("37%", "it", "37%, 37 per cento"),
    ("97", "fr", "97, quatre-vingt-dix-sept"),
    ("200", "fr", "200, deux cents"),
    ("17", "fr", "17, dix-sept"),
    ("9", "en", "9, 09, nine, 9.0, ٩"),
    ("0.5", "en", "0.5, 0,5, 0.50"),
]


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        pytest.param(value, language, one, id=f"{language}:{one.strip()}")
        for value, language, written in SAME
        # A comma inside a number has no space behind it.
        for one in written.split(", ")
    ],
)
def test_one_quantity_has_one_value(value: str, language: str, written: str) -> None:
    assert quantities(f"It is {written} now", language) == {value}


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("In 2024 300 people came on 2024-09-26.", "en", {"2024", "300", "9", "26"}),
        ("30 cents for two", "en", {"30", "2"}),
        ("due to the weather", "en", set()),
        ("due mesi", "it", {"2"}),
        ("The one and only", "en", set()),
        ("Thousands of books", "en", {"1000"}),
        ("Thousands are 50 % million", "en", {"1000", "50%", "1000000"}),
        ("30 metres in 5 b", "en", {"30", "5"}),
        ("version 3.1 of 24,576", "en", {"3.1", "24576"}),
        ("the 24th and 1er", None, {"24", "1"}),
        ("", "en", set()),
        ("nothing here", None, set()),
    ],
)
def test_each_quantity_of_a_text_is_found(
    text: str, language: str | None, values: set[str]
) -> None:
    assert quantities(text, language) == values


def test_a_number_longer_than_any_is_no_error() -> None:
    assert len(quantities("9" * 10_000, "en")) == 1


WRITTEN = "0 1 12 345 % . , ' k m b two dix vingt quatre cent mille million per pour"
PIECES = [*WRITTEN.split(), " "]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(["en", "fr"]))
def test_any_run_of_numbers_is_read_to_its_end_and_by_itself_alone(
    text: str, language: str
) -> None:
    found = quantities(text, language)
    assert quantities(f"So {text} so", language) == found
    assert all(value.rstrip("%").replace(".", "").isdecimal() for value in found)
