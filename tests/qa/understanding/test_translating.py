"""Questions put into the archive's other languages, or left as they are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from index_store.index import ArticleIndex
from index_store.models import Filters
from qa.answerer import Answerer
from qa.fakes import ScriptedModel, article
from qa.settings import Settings
from qa.understanding.translating import PATIENCE, Translator, open_translator, parse
from qa.understanding.translation_memory import TranslationMemory

QUESTION = "Why was the lawsuit withdrawn?"
FRENCH = "Pourquoi la plainte a-t-elle été retirée ?"
ITALIAN = "Perché è stata ritirata la causa?"
Make = Callable[[Iterable[Article]], ArticleIndex]


def test_a_question_is_translated_into_every_other_language_at_once() -> None:
    model = ScriptedModel(f"fr: {FRENCH}\nit: {ITALIAN}")
    assert Translator(model).into(QUESTION, "en", ["en", "fr", "it"]) == {
        "fr": FRENCH,
        "it": ITALIAN,
    }
    ((rules, asked),) = model.asked
    assert asked.content == QUESTION
    assert "French, Italian" in str(rules.content)
    assert "fr: …\nit: …" in str(rules.content)
    assert "English" not in str(rules.content)


def test_nothing_is_asked_where_there_is_no_other_language() -> None:
    model = ScriptedModel()
    assert Translator(model).into(QUESTION, "en", ["en"]) == {}
    assert Translator(model).into(QUESTION, "en", ["english", "zz", "x", ""]) == {}
    assert model.asked == ()


def test_a_question_is_translated_once_and_only_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite3"
    model = ScriptedModel(FRENCH, f"it: {ITALIAN}")
    translator = Translator(model, TranslationMemory("scripted", file))
    for _ in "12":
        assert translator.into(QUESTION, "en", ["fr"]) == {"fr": FRENCH}
    assert translator.into(QUESTION, "en", ["fr", "it"]) == {"fr": FRENCH, "it": ITALIAN}
    restarted = Translator(ScriptedModel(), TranslationMemory("scripted", file))
    assert restarted.into(QUESTION, "en", ["fr", "it"]) == {"fr": FRENCH, "it": ITALIAN}


@pytest.mark.parametrize(
    "failure",
    [openai.OpenAIError("down"), ValueError("no JSON"), openai.APITimeoutError(None)],  # type: ignore[arg-type]
)
def test_a_model_that_fails_costs_nothing_and_is_asked_again(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    translator = Translator(ScriptedModel(failure, f"fr: {FRENCH}"))
    with caplog.at_level(logging.WARNING):
        assert translator.into(QUESTION, "en", ["fr"]) == {}
    assert "searched for as it is" in caplog.text
    assert translator.into(QUESTION, "en", ["fr"]) == {"fr": FRENCH}


NONSENSE = {
    "nothing": "",
    "no text behind the code": "fr:   ",
    "marks alone": "fr: ?!",
    "the question itself": f"fr: {QUESTION.upper()}",
    "an essay": "fr: " + "La plainte a été retirée pour de nombreuses raisons. " * 9,
    "two lines for one language": f"fr: {FRENCH}\nfr: Ou bien : {FRENCH}",
    "several lines without a code": f"Voici :\n{FRENCH}",
    "another language": f"it: {ITALIAN}",
    "only thoughts": f"<think>fr: {FRENCH}",
}


@pytest.mark.parametrize("reply", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_no_translation_and_is_not_remembered(reply: str) -> None:
    translator = Translator(ScriptedModel(reply, f"fr: {FRENCH}"))
    assert translator.into(QUESTION, "en", ["fr"]) == {}
    assert translator.into(QUESTION, "en", ["fr"]) == {"fr": FRENCH}


@pytest.mark.parametrize(
    "reply",
    [
        f"<think>Hmm.</think>\n\nfr: {FRENCH}",
        f"- FR : {FRENCH}",
        f"**fr:** {FRENCH}",
        f"Here you are:\nfr: {FRENCH}\nGood luck!",
        FRENCH,
    ],
)
def test_what_models_put_around_a_translation_is_left_out(reply: str) -> None:
    assert Translator(ScriptedModel(reply)).into(QUESTION, "en", ["fr"]) == {"fr": FRENCH}


def test_one_bad_line_does_not_spoil_the_others() -> None:
    assert parse(f"fr: {FRENCH}\nit:", QUESTION, ["fr", "it"]) == {"fr": FRENCH}


@given(st.text(max_size=300), st.lists(st.sampled_from(["fr", "it", "es"]), unique=True))
def test_whatever_is_replied_only_what_was_asked_for_comes_of_it(
    reply: str, languages: list[str]
) -> None:
    made = parse(reply, QUESTION, languages)
    assert made.keys() <= set(languages)
    assert all(text.strip() and "\n" not in text for text in made.values())


def test_an_answer_is_found_by_a_translation(archive: Make) -> None:
    index = archive(
        [
            article("La plainte a été retirée en mars, faute de preuves.", "fr"),
            article("Le procès s’ouvre lundi à Valmorin devant trois juges.", "fr"),
            article("The bakery in the harbour was sold to a bakery.", "en"),
        ]
    )
    # The glossary knows lawsuits, but not that they are withdrawn.
    untranslated = Answerer(index).ask(QUESTION)
    assert "Le procès s’ouvre lundi" in untranslated.citations[0].quote
    translator = Translator(ScriptedModel(f"fr: {FRENCH}"))
    answer = Answerer(index, translator=translator).ask(QUESTION)
    assert not answer.refused
    assert answer.citations[0].quote == "La plainte a été retirée en mars, faute de preuves."


def test_a_filter_of_languages_says_what_is_translated_into(archive: Make) -> None:
    index = archive([article("Le ferry part à midi.", "fr"), article("The ferry.", "en")])
    answerer = Answerer(index, translator=Translator(ScriptedModel()))
    assert answerer.ask("When does it sail?", filters=Filters(languages=("en",))).refused


def test_without_a_configured_model_nothing_is_translated(tmp_path: Path) -> None:
    assert open_translator(Settings(home=tmp_path)) is None


@pytest.mark.parametrize(("stated", "used"), [(60.0, PATIENCE), (2.5, 2.5)])
def test_a_translation_is_waited_for_less_than_an_answer(
    stated: float, used: float, tmp_path: Path
) -> None:
    settings = Settings(
        home=tmp_path, llm_url="http://127.0.0.1:9/v1", llm_model="small", llm_timeout=stated
    )
    translator = open_translator(settings)
    assert translator is not None
    assert translator._model.timeout == used  # type: ignore[attr-defined]
    assert translator.into(QUESTION, "en", ["fr"]) == {}  # nothing listens there
