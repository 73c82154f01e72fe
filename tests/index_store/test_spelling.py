"""Names of the archive that are spelt nearly as a word is."""

import pytest

from index_store.spelling import edits_allowed, nearest_name

TEXTS = ["Then Ilya Sutskever spoke.", "The Romans met Nikolay Marsh.", "He saw a Storm; a storm."]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("sutskiver", "Sutskever"),  # another letter
        ("sutksever", "Sutskever"),  # two swapped
        ("nikolai", "Nikolay"),
        ("mash", "Marsh"),  # one left out
    ],
)
def test_a_misspelling_finds_the_name(word: str, name: str) -> None:
    assert nearest_name(word, TEXTS) == name


@pytest.mark.parametrize(
    "word",
    [
        "petrov",
        "harsh",  # begins otherwise
        "roman",  # without its ending
        "starm",  # a common word, too
        "mah",  # too short to tell
        "nikolossy",  # too far
    ],
)
def test_what_is_no_misspelling_finds_none(word: str) -> None:
    assert nearest_name(word, TEXTS) is None


def test_of_two_names_the_nearer_counts_then_the_more_frequent() -> None:
    texts = ["Ask Brown, Brawn and Brawn.", "Ask Broun."]
    assert nearest_name("brwn", texts) == "Brawn"
    assert nearest_name("brownn", [*texts, "Ask Brown."]) != "Brawn"


@pytest.mark.parametrize(("word", "edits"), [("abc", 0), ("abcd", 1), ("abcdefgh", 2), ("gpt4", 0)])
def test_long_words_may_be_further_off(word: str, edits: int) -> None:
    assert edits_allowed(word) == edits
