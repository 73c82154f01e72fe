"""Words that two sentences share, inflected or in two languages."""

import pytest

from qa.disagreeing.likeness import content, is_alike, shared


@pytest.mark.parametrize(
    ("one", "other"), [("settle", "settlement"), ("juge", "juges"), ("bibliotheque", "biblioteca")]
)
def test_inflections_and_cognates_are_alike(one: str, other: str) -> None:
    assert is_alike(one, other)
    assert is_alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("port", "portrait"), ("car", "cars"), ("a", "b")])
def test_a_short_start_in_common_is_not_enough(one: str, other: str) -> None:
    assert not is_alike(one, other)


def test_the_glossary_carries_a_word_across() -> None:
    assert shared(("lawsuit", "harbour"), "en", ("proces",), "fr") == ("lawsuit",)
    assert shared(("lawsuit",), "en", ("proces",), "en") == ()


def test_numbers_and_stop_words_are_no_content() -> None:
    assert content("The 31 students of 2023 and the judge", "en") == ("students", "judge")
