"""The public form of an answer: exactly these keys, of exactly these kinds."""

import json
from typing import Any

import pytest

from index_store.index import ArticleIndex
from qa.answer import (
    Answer,
    Disagreement,
    Kind,
    Mode,
    Provenance,
    Run,
    Searched,
    Statement,
    Verdict,
    Version,
    as_json,
)
from qa.answerer import Answerer
from qa.citing import citations
from qa.fakes import source

TEXT = (str,)
MAYBE = (str, type(None))
ARTICLE = {
    "id": TEXT,
    "title": TEXT,
    "publisher": MAYBE,
    "author": MAYBE,
    "published": MAYBE,
    "modified": MAYBE,
    "language": MAYBE,
    "url": MAYBE,
    "section": MAYBE,
    "rights": MAYBE,
    "embargo_until": MAYBE,
    "max_quote_words": (int, type(None)),
    "corrects": MAYBE,
    "corrected_by": MAYBE,
    "indexed": MAYBE,
    "source": TEXT,
}
CITATION = {
    "number": (int,),
    "passage_id": TEXT,
    "quote": TEXT,
    "start": (int,),
    "end": (int,),
    "article": ARTICLE,
}
VERSION = {
    "quote": TEXT,
    "citations": [(int,)],
    "publisher": MAYBE,
    "published": MAYBE,
    "language": MAYBE,
    "diff": [{"text": TEXT, "differs": (bool,)}],
}
ANSWER: dict[str, Any] = {
    "id": TEXT,
    "question": TEXT,
    "standalone_question": TEXT,
    "language": TEXT,
    "mode": TEXT,
    "refused": (bool,),
    "text": TEXT,
    "statements": [{"text": TEXT, "citations": [(int,)], "verdict": TEXT, "lead": TEXT}],
    "citations": [CITATION],
    "disagreements": [{"about": TEXT, "kind": TEXT, "versions": [VERSION]}],
    "provenance": {"outlets": (int,), "independent": (int,)},
    "searched": {
        "articles": (int,),
        "passages": (int,),
        "languages": [TEXT],
        "from": MAYBE,
        "to": MAYBE,
        "period": MAYBE,
        "as_of": MAYBE,
        "newest": MAYBE,
    },
    "nearest": [CITATION],
    "newer": [CITATION],
    "probability": (float,),
    "usage": (dict, type(None)),
    "note": MAYBE,
    "small_talk": (bool,),
    "timings_ms": {},
}


def assert_shape(value: Any, shape: Any, path: str = "answer") -> None:
    if isinstance(shape, dict) and shape:
        assert value.keys() == shape.keys(), path
        for key, inner in shape.items():
            assert_shape(value[key], inner, f"{path}.{key}")
    elif isinstance(shape, dict):
        assert all(type(key) is str and type(inner) is float for key, inner in value.items()), path
    elif isinstance(shape, list):
        assert type(value) is list, path
        for position, item in enumerate(value):
            assert_shape(item, shape[0], f"{path}[{position}]")
    else:
        assert type(value) in shape, f"{path} is {value!r}"


@pytest.mark.parametrize(
    "question",
    [
        "Who is the judge in Kadrey v. Meta?",
        "How much must the operators of LibGen pay?",
        "Quel juge est chargé de l'affaire Kadrey contre Meta ?",
        "A quanto ammonta la multa del Garante a OpenAI?",
        "What is the boiling point of ethanol?",
    ],
)
def test_every_answer_has_the_public_form(question: str, sample_index: ArticleIndex) -> None:
    answer = Answerer(sample_index).ask(question)
    public = as_json(answer)
    assert_shape(public, ANSWER)
    assert json.loads(json.dumps(public, ensure_ascii=False)) == public
    assert public["mode"] in ("quotes", "prose")
    assert {statement["verdict"] for statement in public["statements"]} <= {
        "verbatim", "supported", "partial",
    }  # fmt: skip
    searched = {"understand", "search", "evidence", "write", "compare", "verify"}
    assert public["timings_ms"].keys() == {*searched, "total"}
    assert public["refused"] is (public["statements"] == [])


RIVAL = Version("450", (2,), (Run("4", differs=False), Run("50", differs=True)))


def test_disagreements_have_the_public_form_too() -> None:
    answer = Answer(
        id="a", question="q", standalone_question="q (b)", language="it", mode=Mode.PROSE,
        refused=False, text="t [1]", statements=(Statement("t", (1,), Verdict.PARTIAL),),
        citations=citations([source("t"), source("450")]),
        searched=Searched(1, 2, ("en",), "2020-01-01", None),
        disagreements=(Disagreement("size", (Version("t", (1,)), RIVAL), Kind.FIGURES),),
        provenance=Provenance(2, 1), timings_ms={"total": 1.26},
    )  # fmt: skip
    public = as_json(answer)
    assert_shape(public, ANSWER)
    assert public["mode"] == "prose"
    assert public["statements"][0] == {
        "text": "t",
        "citations": [1],
        "verdict": "partial",
        "lead": "",
    }
    assert public["disagreements"][0]["kind"] == "figures"
    assert public["disagreements"][0]["versions"][1] == {
        "quote": "450", "citations": [2], "publisher": None, "published": None, "language": "en",
        "diff": [{"text": "4", "differs": False}, {"text": "50", "differs": True}],
    }  # fmt: skip
    assert public["provenance"] == {"outlets": 2, "independent": 1}
    assert (public["searched"]["from"], public["searched"]["to"]) == ("2020-01-01", None)
    assert public["timings_ms"] == {"total": 1.3}


def test_a_citation_is_found_by_its_number_and_by_no_other() -> None:
    answer = Answer(
        id="a", question="q", standalone_question="q", language="en", mode=Mode.QUOTES,
        refused=False, text="t [1]", statements=(), citations=citations([source("t")]),
        searched=Searched(1, 1, ()),
    )  # fmt: skip
    assert answer.citation(1).quote == "t"
    for number in (0, -1, 2):
        with pytest.raises(KeyError):
            answer.citation(number)
