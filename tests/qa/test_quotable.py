"""What cannot stand in an answer: headings, labels, questions."""

import pytest

from qa.quotable import is_headline, is_quotable


@pytest.mark.parametrize(
    "text", ["It is so.", "Is it?", "No!", "So…", "“It is.”", "« Oui. »", "(So.)"]
)
def test_a_sentence_ends_like_one(text: str) -> None:
    assert not is_headline(text)


@pytest.mark.parametrize("text", ["Judge signs order", "Meta, Llama and the rest", "By Ada Reeve"])
def test_a_headline_does_not(text: str) -> None:
    assert is_headline(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("And what of Europe?", "en"),
        ("Et en Europe ?", "fr"),
        ("E in Europa?", "it"),
        ("Is it legal to lend books that nobody has paid for?", "en"),
    ],
)
def test_a_question_answers_nothing(text: str, language: str) -> None:
    assert not is_quotable(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("“And what of Europe?”", "en"),
        ("« Et en Europe ? », a demandé la ministre.", "fr"),
        ("La ministra ha chiesto: “E in Europa?”", "it"),
        ("“Why should we wait?", "en"),
    ],
)
def test_a_question_in_somebodys_mouth_can_be_quoted(text: str, language: str) -> None:
    assert is_quotable(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("- Ferry 3's Performance:", "en"),
        ("What the harbour costs", "en"),
        ("- Les coûts du port :", "fr"),
        ("Quanto costa il porto", "it"),
        ("Harbour costs: the Council's Plan to Save the Ferry", "en"),
        ("Court news.", "en"),
        ("Lire aussi", "fr"),
        ("Notizie.", "it"),
    ],
)
def test_a_heading_or_a_label_answers_nothing(text: str, language: str) -> None:
    assert not is_quotable(text, language)


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("harbour post.", None),
        ("The Harbour Post.", None),
        ("Il manifesto.", "Il Manifesto"),
    ],
)
def test_the_name_of_an_outlet_is_no_sentence(text: str, publisher: str | None) -> None:
    assert not is_quotable(text, "it" if publisher else "en", publisher)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It rained.", "en"),
        ("Il pleut.", "fr"),
        ("Non piove.", "it"),
        ("“Peanuts!”", "en"),
        ("- The ferry is sold to the island", "en"),
        ("- 64 berths and a bar", None),
        ("Ferry costs rise to 30 million euros", "en"),
        ("The ferry had been sold to an owner on the island who had not paid for it", "en"),
        (
            "The council said that it would have to decide before the summer on all of this:",
            "en",
        ),
    ],
)
def test_what_states_something_can_be_quoted(text: str, language: str | None) -> None:
    assert is_quotable(text, language)
