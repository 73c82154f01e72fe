"""Quoted, or written and verified; never unproven, never twice."""

import logging

import pytest

from qa.answer import Mode, Verdict
from qa.composing import compose
from qa.evidence import Evidence
from qa.fakes import ScriptedModel, article, hit
from qa.phrases import phrase
from qa.question import Question
from qa.wanted import Wanted

TEXT = "The court ordered Meta to pay 30 million dollars."
HIT = hit(article(TEXT))
EVIDENCE = [Evidence(HIT, HIT.passage.sentences[0], TEXT, 1.0, 0.9, 1.0, True)]


def question(language: str = "en") -> Question:
    return Question("How much?", "How much?", language, Wanted.ANYTHING, language)


def test_without_a_model_the_answer_is_exact_quotes_without_a_note() -> None:
    composed = compose(question(), [HIT], EVIDENCE, None)
    assert (composed.mode, composed.note) == (Mode.QUOTES, None)
    assert [(draft.text, draft.verdict) for draft in composed.drafts] == [(TEXT, Verdict.VERBATIM)]


def test_what_a_model_writes_is_judged_by_the_verifier_not_by_the_model() -> None:
    model = ScriptedModel("Meta must pay 30 million dollars [1]. Meta must pay 31 dollars [1].")
    composed = compose(question(), [HIT], EVIDENCE, model)
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
    composed = compose(question(language), [HIT], EVIDENCE, ScriptedModel(reply))
    assert composed.mode is Mode.QUOTES
    assert composed.note == phrase(language, reason)
    assert [draft.text for draft in composed.drafts] == [TEXT]


def test_a_model_that_finds_no_answer_leaves_nothing_to_say() -> None:
    composed = compose(question(), [HIT], EVIDENCE, ScriptedModel("NO ANSWER"))
    assert composed.drafts == ()


def test_a_silent_model_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        compose(question(), [HIT], EVIDENCE, ScriptedModel(ValueError("secret prompt")))
    assert [record.getMessage() for record in caplog.records] == [
        "the language model could not be used: ValueError"
    ]
    assert caplog.records[0].exc_info is None


def test_a_sentence_that_is_said_twice_is_shown_once() -> None:
    model = ScriptedModel(f"{TEXT} [1] {TEXT.upper()} [1] “{TEXT}” [1]")
    assert len(compose(question(), [HIT], EVIDENCE, model).drafts) == 1
