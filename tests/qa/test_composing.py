"""Quoted, or written and verified; never unproven, never twice."""

import logging

import pytest
from llama_index.core.llms import LLM

from qa.answer import Mode, Verdict
from qa.composing import Composition, compose
from qa.fakes import ScriptedModel, StubbornModel, article, evidence, hit
from qa.phrases import phrase
from qa.understanding.question import Question
from qa.weighing.wanted import Wanted

TEXT = "The court ordered Meta to pay 30 million dollars."
HIT = hit(article(TEXT))
EVIDENCE = [evidence(TEXT)]


def question(language: str = "en") -> Question:
    return Question("How much?", "How much?", language, Wanted.ANYTHING, language)


def composed_by(model: LLM | None, language: str = "en") -> Composition:
    *_, whole = compose(question(language), [HIT], EVIDENCE, model)
    return whole


def test_without_a_model_the_answer_is_exact_quotes_without_a_note() -> None:
    composed = composed_by(None)
    assert (composed.mode, composed.note) == (Mode.QUOTES, None)
    assert [(draft.text, draft.verdict) for draft in composed.drafts] == [(TEXT, Verdict.VERBATIM)]


def test_what_a_model_writes_is_judged_by_the_verifier_not_by_the_model() -> None:
    reply = "Meta must pay 30 million dollars [1]. The weather will be mild in May [1]."
    composed = composed_by(StubbornModel(reply))
    assert (composed.mode, composed.note) == (Mode.PROSE, None)
    assert [draft.text for draft in composed.drafts] == ["Meta must pay 30 million dollars."]
    assert composed.drafts[0].verdict in (Verdict.VERBATIM, Verdict.SUPPORTED)


@pytest.mark.parametrize("language", ["en", "fr", "it"])
@pytest.mark.parametrize(
    ("reply", "reason"),
    [("Meta pays 31 [1].", "answer.model_unproven"), ("", "answer.model_silent")],
    ids=["unproven", "silent"],
)
def test_quotes_take_over_with_a_note_in_the_readers_language(
    reply: str, reason: str, language: str
) -> None:
    composed = composed_by(StubbornModel(reply), language)
    assert composed.mode is Mode.QUOTES
    assert composed.note == phrase(language, reason)
    assert [draft.text for draft in composed.drafts] == [TEXT]


def test_a_model_that_finds_no_answer_leaves_nothing_to_say() -> None:
    composed = composed_by(ScriptedModel("NO ANSWER"))
    assert composed.drafts == ()


@pytest.mark.parametrize(
    "reply", [f"{TEXT} [1]", "Meta pays 31 [1].", "", "<think>Hm.", "NO ANSWER"]
)
def test_what_a_model_was_sent_and_replied_is_kept_whatever_became_of_it(reply: str) -> None:
    model = StubbornModel(reply)
    exchanges = composed_by(model).exchanges
    assert {exchange.reply for exchange in exchanges} == {reply}
    assert [exchange.prompt for exchange in exchanges] == [
        tuple((str(one.role.value), one.content) for one in asked) for asked in model.asked
    ]
    assert composed_by(None).exchanges == ()


def test_a_silent_model_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        composed_by(ScriptedModel(ValueError("secret prompt")))
    assert [record.getMessage() for record in caplog.records] == [
        "the language model could not be used: ValueError"
    ]
    assert caplog.records[0].exc_info is None


def test_a_sentence_that_is_said_twice_is_shown_once() -> None:
    model = ScriptedModel(f"{TEXT} [1] {TEXT.upper()} [1] “{TEXT}” [1]")
    assert len(composed_by(model).drafts) == 1


def test_an_answer_grows_and_takes_nothing_back() -> None:
    said = ["It rained in May.", "It rained in June.", "It rained in July."]
    found = hit(article(" ".join(said)))
    model = ScriptedModel(" ".join(f"{one} [1]" for one in said))
    grown = [one.drafts for one in compose(question(), [found], EVIDENCE, model)]
    assert [len(drafts) for drafts in grown] == [1, 2, 3, 3]
    assert all(grown[-1][: len(drafts)] == drafts for drafts in grown)


def test_what_was_said_to_the_model_and_by_it_is_kept_word_for_word() -> None:
    composed = composed_by(ScriptedModel("Meta pays 31 [1].", "<think>31?</think> NO ANSWER"))
    assert [one.reply for one in composed.exchanges] == [
        "Meta pays 31 [1].",
        "<think>31?</think> NO ANSWER",
    ]
    assert [role for role, _ in composed.exchanges[0].prompt] == ["system", "user"]
    assert TEXT in composed.exchanges[0].prompt[1][1]
