from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import Article, Passage
from corpus.characters import clean_text
from corpus.files import find_files
from corpus.models import identified
from corpus.reading import FoundArticle, read_articles
from corpus.splitting import CountTokens, split_article
from index_store.embedder import SentenceTransformerEmbedder
from tests.corpus.strategies import any_text


def article(text: str, language: str | None = "en") -> Article:
    return identified(Article(id="", title="t", text=text, source="s", language=language))


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def count_characters(texts: Sequence[str]) -> list[int]:
    return [sum(not char.isspace() for char in text) for text in texts]


def count_bigrams(texts: Sequence[str]) -> list[int]:
    """A word has more of them than its halves together."""
    return [sum(max(1, len(word) - 1) for word in text.split()) for text in texts]


counters = st.sampled_from([count_words, count_characters, count_bigrams])


def check(whole: Article, passages: Sequence[Passage]) -> None:
    """The promises of a split that hold whatever the text, the counter and the budget are."""
    covered = [0] * len(whole.text)
    last = 0
    for passage in passages:
        assert passage.article_id == whole.id
        assert whole.text[passage.start : passage.end] == passage.text
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        for start, end in passage.sentences:
            assert last <= start < end
            last = end
            for position in range(start, end):
                covered[position] += 1
    visible = [n for char, n in zip(whole.text, covered, strict=True) if not char.isspace()]
    assert set(visible) <= {1}


@given(any_text, counters, st.integers(1, 40))
@example("x" * 900, count_characters, 7)
@example("a " + "b" * 900, count_bigrams, 5)
@example("“ab.”Cd", count_bigrams, 5)
def test_passages_cover_the_text_once_and_fit_the_budget(
    text: str, count: CountTokens, budget: int
) -> None:
    whole = article(clean_text(text))
    passages = split_article(whole, count, budget)
    check(whole, passages)
    for passage in passages:
        assert count([passage.text])[0] <= budget or len(passage.text) == 1
    assert len({passage.id for passage in passages}) == len(passages)


@given(any_text, counters, st.integers(1, 40))
def test_splitting_is_repeatable(text: str, count: CountTokens, budget: int) -> None:
    whole = article(clean_text(text))
    assert split_article(whole, count, budget) == split_article(whole, count, budget)


def test_sentences_are_packed_as_long_as_they_fit() -> None:
    whole = article("One two three. Four five. Six seven eight. Nine.")
    passages = split_article(whole, count_words, 5)
    assert [passage.text for passage in passages] == [
        "One two three. Four five.",
        "Six seven eight. Nine.",
    ]
    assert [len(passage.sentences) for passage in passages] == [2, 2]


def texts(whole: Article, budget: int) -> list[str]:
    passages = split_article(whole, count_words, budget)
    check(whole, passages)
    return [passage.text for passage in passages]


def test_passages_are_of_even_length_rather_than_full_ones_and_a_stub() -> None:
    whole = article(" ".join(f"Number {n} is here." for n in range(12)))
    assert [len(text.split()) for text in texts(whole, 40)] == [24, 24]


def test_passages_end_where_paragraphs_end() -> None:
    paragraphs = ["One two. Three four.", "Five six. Seven eight. Nine ten.", "Eleven. Twelve."]
    assert texts(article("\n\n".join(paragraphs)), 8) == [
        paragraphs[0],
        "\n\n".join(paragraphs[1:]),
    ]


def test_a_heading_starts_a_passage() -> None:
    one, two, three = "One two three. Four.", "Five six seven. Eight.", "The heading\n\nNine. Ten."
    assert texts(article(f"{one}\n\n{two}\n\n{three}"), 8) == [f"{one}\n\n{two}", three]
    assert texts(article(f"{one}\n\n{three}\n\n{two}"), 8) == [one, f"{three}\n\n{two}"]


def check_together(about: str, budget: int) -> None:
    """Words stay in one passage wherever they stand in an article."""
    for before in range(8):
        for behind in range(8):
            text = f"{'Number one. ' * before}\n{about}\n{'Number two. ' * behind}"
            passages = texts(article(clean_text(text)), budget)
            assert any(about in passage for passage in passages), (before, behind)


@pytest.mark.parametrize("label", ["Ada Brook:", "ADA BROOK —", "Ada Brook", "Who pays?"])
def test_a_label_is_not_parted_from_what_follows(label: str) -> None:
    check_together(f"{label}\nWe are late.", 9)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Q: Tell us who pays.", "A: The city does."),
        ("Who pays?", "The city does."),
        ("D: Ci dica chi paga.", "R: La città."),
    ],
)
def test_a_question_is_in_one_passage_with_its_answer(question: str, answer: str) -> None:
    check_together(f"{question}\n{answer}", 12)


@pytest.mark.parametrize(
    "about",
    ["Orme was blunt. “They are small fry. We are not.”", "“They are small fry.” He was blunt."],
)
def test_a_quotation_is_in_one_passage_with_who_said_it(about: str) -> None:
    check_together(about, 12)


def test_what_belongs_together_but_does_not_fit_is_parted() -> None:
    assert texts(article("The heading of it\n\nOne two three four."), 4) == [
        "The heading of it",
        "One two three four.",
    ]


def test_a_passage_is_in_one_language() -> None:
    english = "The council of Tarn decided on Thursday that the library will open on Sundays."
    french = "Le conseil municipal de Tarn a décidé jeudi que la bibliothèque ouvrira le dimanche."
    whole = article(f"{english}\n\n{french}\n\nMerci.\n\n{french}\n\n{english}")
    passages = split_article(whole, count_words, 200)
    check(whole, passages)
    assert [passage.language for passage in passages] == ["en", "fr", "en"]
    assert passages[1].text == f"{french}\n\nMerci.\n\n{french}"


def test_each_paragraph_is_divided_by_the_rules_of_its_own_language() -> None:
    italian = "Il consiglio di Tarno ha deciso che la legge è chiara, come dice il rag. Carlo Boni."
    whole = article(f"The council of Tarn decided it on Thursday, as it had said.\n\n{italian}")
    assert split_article(whole, count_words, 200)[1].sentence_texts() == [italian]


def test_every_passage_of_the_samples_is_in_the_language_of_its_article(
    samples: Path, embedder: SentenceTransformerEmbedder
) -> None:
    found = [
        item.article
        for item in read_articles(find_files([samples]))
        if isinstance(item, FoundArticle)
    ]
    for one in found:
        passages = split_article(one, embedder.count_tokens, embedder.window)
        check(one, passages)
        assert {passage.language for passage in passages} == {one.language}
    assert {one.language for one in found} == {"en", "fr", "it"}


def test_a_sentence_beyond_the_budget_is_cut_between_words() -> None:
    text = " ".join(f"word{number}" for number in range(50))
    whole = article(text)
    passages = split_article(whole, count_words, 8)
    check(whole, passages)
    assert " ".join(passage.text for passage in passages) == text


def test_a_text_without_anything_visible_has_no_passage() -> None:
    assert split_article(article(""), count_words, 5) == []


@pytest.mark.parametrize("budget", [0, -1])
def test_a_budget_below_one_is_refused(budget: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        split_article(article("Some text."), count_words, budget)


@pytest.mark.parametrize(
    "text",
    ["a." * 50_000, "!" * 100_000, "a. " * 20_000, '"' * 50_000, "“ " * 20_000, ". " * 20_000,
     "a\n" * 30_000, "\u2009\n" * 20_000, "x" * 100_000, '."\')' * 20_000],
    ids=lambda text: repr(text[:4]),
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    start = perf_counter()
    whole = article(clean_text(text))
    passages = split_article(whole, count_words, 200)
    assert perf_counter() - start < 10
    assert sum(count_characters([passage.text for passage in passages])) == sum(
        count_characters([whole.text])
    )


@settings(max_examples=30)
@given(any_text)
def test_passages_fit_the_window_of_the_real_model(
    embedder: SentenceTransformerEmbedder, text: str
) -> None:
    whole = article(clean_text(text) * 20)
    passages = split_article(whole, embedder.count_tokens, embedder.window)
    check(whole, passages)
    assert max(embedder.count_tokens([p.text for p in passages]), default=0) <= embedder.window
