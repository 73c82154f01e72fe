"""A model may judge prose across languages: a scripted one, and the loading of a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answer import Verdict
from qa.claims import Reason
from qa.entailment import CrossEncoderEntailment, open_entailment
from qa.errors import EntailmentUnavailable
from qa.fakes import ScriptedEntailment, source
from qa.verifying import check
from tests.index_store.test_reranker import saved_cross_encoder

PRINTED = "Le tribunal a donné tort à Meta."
SAID = "Meta lost in court."
FREE = "Judges ruled that Meta was wrong."


def test_prose_across_languages_is_judged_by_the_model() -> None:
    model = ScriptedEntailment({FREE: 0.9})
    assert check(FREE, [source(PRINTED, "fr")], "en").verdict is None
    assert check(FREE, [source(PRINTED, "fr")], "en", model).verdict is Verdict.SUPPORTED
    assert check(SAID, [source(PRINTED, "fr")], "en", model).reason is Reason.WORDS
    assert model.asked == [(PRINTED, FREE), (PRINTED, SAID)]


@pytest.mark.parametrize(
    "said", ["Judges ruled that OpenAI was wrong.", "Meta lost in court in 2024."]
)
def test_no_model_makes_up_for_a_name_or_number_that_is_not_there(said: str) -> None:
    model = ScriptedEntailment({said: 1.0})
    assert check(said, [source(PRINTED, "fr")], "en", model).verdict is None
    assert model.asked == []


def test_the_model_is_not_asked_within_one_language() -> None:
    model = ScriptedEntailment({FREE: 1.0})
    assert check(FREE, [source("The court decided it.")], "en", model).verdict is None
    assert model.asked == []


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nli")
    return saved_cross_encoder(folder, names=("contradiction", "Entailment", "neutral"))


def test_a_real_cross_encoder_gives_the_probability_of_its_label(cross_encoder: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(cross_encoder)
    model = AutoModelForSequenceClassification.from_pretrained(cross_encoder).eval()
    with torch.no_grad():
        logits = model(**tokenizer(PRINTED, SAID, return_tensors="pt")).logits[0]
    expected = float(torch.softmax(logits, dim=0)[1])
    entailment = open_entailment(str(cross_encoder))
    assert entailment is not None
    assert entailment.probability(PRINTED, SAID) == pytest.approx(expected, abs=1e-5)


def test_without_a_name_there_is_no_model() -> None:
    assert open_entailment(None) is None


def test_a_model_without_the_label_is_one_line_with_the_fix(tmp_path: Path) -> None:
    folder = saved_cross_encoder(tmp_path, names=("a", "b"))
    with pytest.raises(
        EntailmentUnavailable, match=r"expected a label .* found a, b; set"
    ) as caught:
        CrossEncoderEntailment(str(folder)).probability("x", "y")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["no-such-org/no-such-model", "/no/such/folder"])
def test_a_model_that_cannot_be_had_is_one_line_with_the_fix(name: str) -> None:
    with pytest.raises(EntailmentUnavailable, match="CITEDESK_NLI") as caught:
        CrossEncoderEntailment(name).probability("x", "y")
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
