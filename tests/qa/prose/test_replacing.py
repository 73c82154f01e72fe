"""What could not be proven gives way to the archive's own words where they say nearly that."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from corpus.sentences import paragraph_spans, sentence_spans
from qa import fakes
from qa.answer import Verdict
from qa.claims import Reason
from qa.draft import Source
from qa.prose.reasons import Flaw
from qa.prose.replacing import NEAR, nearest_quote, shared
from qa.prose.writing import Failure
from qa.quotable import is_headline
from qa.weighing.evidence import Evidence

COURT = "The court ordered the operators to pay 30 million dollars to four publishers."
FERRY = "The late ferry to Sandholm is gone since the storm of last winter."
HEADLINE = "Court orders operators to pay 35 million dollars to publishers"


def evidence(*texts: str) -> list[Evidence]:
    return [fakes.evidence(text) for text in texts]


def source(of: Evidence) -> Source:
    return Source(of.hit.passage.id, of.hit.article, of.span)


WRONG = "The court ordered them to pay 35 million dollars to publishers."


def test_the_sentence_that_says_most_of_it_stands_in_its_place() -> None:
    found = evidence(FERRY, COURT)
    failure = Failure(WRONG, (source(found[1]),), Reason.NUMBER)
    quote = nearest_quote(failure, found, "en")
    assert quote is not None
    assert (quote.text, quote.verdict) == (COURT, Verdict.VERBATIM)
    assert [one.text for one in quote.sources] == [COURT]


def test_where_passages_are_cited_no_other_is_quoted() -> None:
    found = evidence(FERRY, COURT)
    failure = Failure(WRONG, (source(found[0]),), Reason.NUMBER)
    assert nearest_quote(failure, found, "en") is None


def test_where_nothing_is_cited_all_that_was_found_may_say_it() -> None:
    quote = nearest_quote(Failure(WRONG, (), Flaw.NO_NUMBER), evidence(FERRY, COURT), "en")
    assert quote is not None
    assert quote.text == COURT


@pytest.mark.parametrize("written", ["Zanzibar celebrates festivals.", "…", ""])
def test_what_nobody_says_has_no_quote(written: str) -> None:
    assert nearest_quote(Failure(written, (), Reason.NAME), evidence(FERRY, COURT), "en") is None


def test_a_headline_is_not_quoted_and_no_evidence_is_no_quote() -> None:
    failure = Failure(WRONG, (), Flaw.NO_NUMBER)
    assert nearest_quote(failure, evidence(HEADLINE), "en") is None
    assert nearest_quote(failure, [], "en") is None


OWN_WORDS = ["reportedly", "officials", "yesterday", "confirmed", "decision", "décidé", "secondo"]


def _garbled(samples: Path) -> Iterator[tuple[str, str, list[str], str | None]]:
    """Sentences without a third of their words and with others, their originals, and the rest."""
    draw = random.Random(1)
    for item in read_articles(find_files([samples])):
        if not isinstance(item, FoundArticle):
            continue
        text, language = item.article.text, item.article.language
        sentences = [
            text[paragraph.start + start : paragraph.start + end]
            for paragraph in paragraph_spans(text)
            for start, end in sentence_spans(text[paragraph.start : paragraph.end], language)
        ]
        sentences = [one for one in sentences if not is_headline(one) and len(one.split()) >= 8]
        for one in sentences:
            kept = [word for word in one.split() if draw.random() > 0.33]
            yield " ".join([*kept, *draw.sample(OWN_WORDS, 2), "8317"]), one, sentences, language


def test_most_sentences_find_themselves_again_and_none_finds_another(samples: Path) -> None:
    garbled = list(_garbled(samples))
    assert len(garbled) > 200
    back = astray = 0
    for written, own, sentences, language in garbled:
        near = {one: shared(written, one, language) for one in sentences}
        back += max(near, key=lambda one: near[one]) == own and near[own] >= NEAR
        astray += any(share >= NEAR for one, share in near.items() if one != own)
    assert back >= 0.85 * len(garbled)
    assert astray <= 0.01 * len(garbled)
