"""Sentences of real news: what is one sentence, and what is not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import clean_text
from corpus.sentences import _punkt, ends_sentence, paragraph_spans, sentence_spans
from tests.corpus.borders import BORDERS
from tests.corpus.strategies import any_text


def sentences(text: str, language: str = "en") -> list[str]:
    return [
        text[paragraph.start : paragraph.end][start:end]
        for paragraph in paragraph_spans(text)
        for start, end in sentence_spans(text[paragraph.start : paragraph.end], language)
    ]


#: A letter that is a name looks like an initial.
UNSOLVED = {"The vitamin is known as vitamin D. ¦It is cheap."}


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        pytest.param(
            *case, marks=[pytest.mark.xfail(strict=True)] if case[1] in UNSOLVED else [], id=case[1]
        )
        for case in BORDERS
    ],
)
def test_news_is_divided_as_a_reader_would(language: str, marked: str) -> None:
    expected = [sentence.strip() for sentence in marked.split("¦")]
    assert sentences(marked.replace("¦", ""), language) == expected


@pytest.mark.parametrize("mark", ["“", '"', "«"])
def test_a_quotation_that_is_never_closed_does_not_swallow_the_paragraph(mark: str) -> None:
    expected = [f"He said {mark}no.", *(f"Sentence {n} is here." for n in range(8))]
    assert sentences(" ".join(expected)) == expected


def test_inches_do_not_swallow_the_paragraph() -> None:
    expected = ['The screen is 15" wide.', *(f"Sentence {n} is here." for n in range(8))]
    assert sentences(" ".join(expected)) == expected


def test_a_wrapped_line_goes_on() -> None:
    wrapped = "The court ruled on\nthursday that the\nlibrary must pay. It\nwill."
    assert sentences(wrapped) == [
        "The court ruled on\nthursday that the\nlibrary must pay.",
        "It\nwill.",
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n"])
def test_a_headline_without_a_full_stop_is_a_sentence_of_its_own(gap: str) -> None:
    text = f"Library must pay{gap}The court ruled on Thursday."
    assert sentences(text) == ["Library must pay", "The court ruled on Thursday."]


def test_copy_wrapped_at_a_width_is_put_together_again() -> None:
    text = (
        "TARN, May 3 - The port of Tarn will buy two ships, its head Ada\n"
        "Brook said on Friday. They will carry 400 people to Elm Bay,\n"
        "and Mayor Idris Kane, who has asked for them since 2021, will be\n"
        "on board.\n"
        "Kane is up for election.\n"
        "- Fares stay the same\n"
        "- Dogs travel free"
    )
    assert [line.replace("\n", " ") for line in sentences(text)] == [
        "TARN, May 3 - The port of Tarn will buy two ships, its head Ada Brook said on Friday.",
        "They will carry 400 people to Elm Bay, and Mayor Idris Kane, who has asked for them "
        "since 2021, will be on board.",
        "Kane is up for election.",
        "- Fares stay the same",
        "- Dogs travel free",
    ]


def test_a_list_of_headlines_is_not_taken_for_wrapped_copy() -> None:
    headlines = ["Port of Tarn buys two ships", "Mayor of Elm Bay is voted out", "Ferry fares stay"]
    assert sentences("\n".join(headlines)) == headlines


def test_what_follows_a_quotation_is_not_always_who_said_it() -> None:
    expected = ["“They are small.”", "Orme said the port was full.", "It was May."]
    assert sentences(" ".join(expected)) == expected


def test_text_without_capitals_is_still_divided() -> None:
    expected = ["what now?", "who pays?", "nobody knows.", "it was may."]
    assert sentences(" ".join(expected)) == expected


def test_a_name_in_small_letters_starts_a_sentence() -> None:
    expected = ["Sales of the phone fell in May.", "iPhones sold well."]
    assert sentences(" ".join(expected)) == expected


def test_paragraphs_of_one_line_break_are_paragraphs() -> None:
    text = "The court ruled.\nthe library will appeal.\nIt said so"
    assert sentences(text) == ["The court ruled.", "the library will appeal.", "It said so"]


def test_a_language_without_a_model_is_read_as_english() -> None:
    assert sentences("One thing. Another thing.", "xx") == ["One thing.", "Another thing."]


@given(any_text, st.sampled_from([None, "en", "fr", "it", "de", "zz"]))
def test_every_visible_character_lies_in_exactly_one_sentence(
    text: str, language: str | None
) -> None:
    text = clean_text(text)
    covered = [0] * len(text)
    last = 0
    for paragraph in paragraph_spans(text):
        inside = text[paragraph.start : paragraph.end]
        for span in sentence_spans(inside, language):
            assert span.start < span.end <= len(inside)
            assert paragraph.start + span.start >= last
            last = paragraph.start + span.end
            for position in range(paragraph.start + span.start, last):
                covered[position] += 1
    assert all(count == 1 for char, count in zip(text, covered, strict=True) if not char.isspace())
    assert max(covered, default=0) <= 1


@pytest.mark.parametrize("language", ["english", "french", "italian"])
def test_a_word_is_not_asked_about_only_where_punkt_would_say_yes(
    language: str, samples: Path
) -> None:
    punkt = _punkt(language)
    words = {word for file in samples.glob("*.md") for word in file.read_text().split()}
    asked = [word.strip(".,;:!?") + "." for word in sorted(words)]
    for word, following in pairwise(asked):
        if word != "." and following != ".":
            text = f"{word} {following.rstrip('.')}"
            expected = bool(punkt.text_contains_sentbreak(text))
            assert ends_sentence(word, following.rstrip("."), punkt) == expected, text
