from __future__ import annotations

import pytest
from hypothesis import given

from corpus.characters import clean_line, clean_text, fold, unfolded
from tests.corpus.strategies import any_text


@given(any_text)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(any_text)
def test_cleaned_text_can_be_stored(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert not set(cleaned) & {"\r", "\x00", "\ufeff", "\u2028", "\x85"}
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()


@given(any_text)
def test_cleaning_keeps_every_character_that_shows(text: str) -> None:
    def shown(value: str) -> list[str]:
        return [
            char
            for char in value
            if not char.isspace()
            and (char >= " " and not "\x7f" <= char <= "\x9f")
            and char != "\ufeff"
            and not "\ud800" <= char <= "\udfff"
        ]

    assert shown(clean_text(text)) == shown(text)


@given(any_text)
def test_a_line_of_metadata_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line-breaks"),
        pytest.param("a \t\u00a0\nb", "a\nb", id="trailing-space"),
        pytest.param("a\n\n\n\n\nb", "a\n\nb", id="blank-lines"),
        pytest.param("10\u00a0000 « mots »", "10\u00a0000 « mots »", id="nbsp-within-a-line"),
        pytest.param("soft\u00adhyphen “quoted”", "soft\u00adhyphen “quoted”", id="as-printed"),
        pytest.param("\ud83d\ude00", "", id="a-pair-of-lone-surrogates"),
    ],
)
def test_only_what_nobody_sees_is_changed(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(any_text)
def test_what_is_found_in_a_folded_text_is_found_again_in_the_text(text: str) -> None:
    folded = fold(text)
    for start in range(0, len(folded), 7):
        end = min(start + 3, len(folded))
        first, last = unfolded(text, start, end)
        assert folded[start:end] in fold(text[first:last])


def test_letters_that_fold_to_several_are_found_whole() -> None:
    text = "L’été… 380\u00a0000 ﬁns"
    start = fold(text).index("380 000")
    assert text[slice(*unfolded(text, start, start + 7))] == "380\u00a0000"
    end = len(fold(text))
    assert text[slice(*unfolded(text, end - 4, end))] == "ﬁns"
