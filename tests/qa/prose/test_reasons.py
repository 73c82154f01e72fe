"""A sentence that cannot be shown has a reason, and a sentence in another language is known."""

from pathlib import Path

import pytest

from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from corpus.sentences import paragraph_spans, sentence_spans
from qa.claims import Reason
from qa.fakes import source
from qa.prose.reasons import Flaw, is_in_another_language, why

COURT = "A court in New York ordered Library Genesis to pay 30 million dollars, said Ada Brook."

CASES = [
    (Flaw.NO_NUMBER, "The court ordered them to pay.", [], []),
    (Flaw.NO_SUCH_PASSAGE, "The court ordered them to pay.", [0, 99], []),
    (Flaw.LANGUAGE, "Le tribunal a condamné la bibliothèque à payer.", [1], [COURT]),
    (Reason.QUOTATION, "Ada Brook said: “They must pay 31 million.”", [1], [COURT]),
    (Reason.NUMBER, "The court ordered them to pay 31 million dollars.", [1], [COURT]),
    (Reason.NAME, "The court ordered Sandholm to pay 30 million dollars.", [1], [COURT]),
    (Reason.WORDS, "The court adjourned until further notice.", [1], [COURT]),
]


@pytest.mark.parametrize(
    ("reason", "text", "numbers", "printed"), CASES, ids=[str(case[0]) for case in CASES]
)
def test_the_first_thing_that_is_wrong_is_the_reason(
    reason: Flaw | Reason, text: str, numbers: list[int], printed: list[str]
) -> None:
    assert why(text, numbers, [source(one) for one in printed], "en") is reason


def test_every_flaw_is_given_somewhere() -> None:
    assert {case[0] for case in CASES} >= set(Flaw)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Le Monde and La Repubblica signed with OpenAI.", "en", False),
        ("Ada Brook a dit : “They have to pay for what they took.”", "fr", False),
        ("Das hat ein Gericht nach langer Beratung so entschieden.", "fr", False),
        ("The court has ordered them to pay for it.", "it", True),
        ("Il tribunale ha deciso che la società non deve pagare.", "fr", True),
        ("30 million dollars.", "it", False),
        ("The court has ordered them to pay for it.", "ja", False),
        ("", "en", False),
    ],
    ids=["names", "quotation", "unknown", "english", "italian", "numbers", "japanese", "empty"],
)
def test_another_language_is_told_by_its_small_words(
    text: str, language: str, expected: bool
) -> None:
    assert is_in_another_language(text, language) is expected


def test_no_printed_sentence_passes_for_another_language(samples: Path) -> None:
    told = known = wrong = 0
    for item in read_articles(find_files([samples])):
        if not isinstance(item, FoundArticle):
            continue
        text, language = item.article.text, item.article.language
        for paragraph in paragraph_spans(text):
            for start, end in sentence_spans(text[paragraph.start : paragraph.end], language):
                sentence = text[paragraph.start + start : paragraph.start + end]
                told += 1
                wrong += is_in_another_language(sentence, language)
                other = "en" if language != "en" else "fr"
                known += is_in_another_language(sentence, other)
    assert told > 200
    assert wrong <= 0.01 * told
    assert known >= 0.8 * told
