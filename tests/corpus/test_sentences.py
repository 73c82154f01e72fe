"""Sentences of real news: what is one sentence, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import clean_text
from corpus.sentences import paragraph_spans, sentence_spans
from tests.corpus.strategies import any_text


def sentences(text: str, language: str = "en") -> list[str]:
    return [
        text[paragraph.start : paragraph.end][start:end]
        for paragraph in paragraph_spans(text)
        for start, end in sentence_spans(text[paragraph.start : paragraph.end], language)
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("en", ["Dr. Smith spoke.", "Mr. Jones did not."], id="en-titles"),
        pytest.param("en", ["The U.S. court ruled.", "It took 3.5 years."], id="en-U.S.-decimal"),
        pytest.param("en", ["It lost $1.2 billion.", "Nobody paid."], id="en-money"),
        pytest.param("fr", ["M. Dupont a refusé.", "Mme Martin aussi."], id="fr-titles"),
        pytest.param("fr", ["L'amende est de 2,5 millions.", "Elle est due."], id="fr-decimal"),
        pytest.param("it", ["Accadde il 12 gen. 2025 a Roma.", "Poi nulla."], id="it-date"),
        pytest.param("it", ["Il dott. Rossi tace.", "Il sig. Bianchi no."], id="it-titles"),
        pytest.param("en", ["Gov. Lee and Sen. Day met.", "It was Jan. 12."], id="en-offices"),
        pytest.param("fr", ["MM. Roy et Pic ont signé le 3 déc. 2024.", "Fin."], id="fr-MM-month"),
        pytest.param("it", ["L'avv. Rossi e l’on. Bo, art. 3.", "Poi nulla."], id="it-elided"),
        pytest.param("fr", ["Ils étaient sept.", "Le tribunal a dit oui."], id="fr-seven"),
        pytest.param("fr", ["« Rien », dit-il.", "Il part."], id="fr-guillemets"),
        pytest.param(
            "en", ["“It is late. We go. Come,” she said.", "They went."], id="en-long-quotation"
        ),
        pytest.param(
            "en", ['"It is late. We go," she said.', "They went."], id="en-straight-quotation"
        ),
        pytest.param(
            "fr", ["« C'est tard. Nous partons », dit-elle.", "Ils partent."], id="fr-quotation"
        ),
        pytest.param("it", ["“È tardi. Andiamo“, disse.", "Andarono."], id="it-mismatched-marks"),
    ],
)
def test_news_is_divided_as_a_reader_would(language: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), language) == expected


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
