"""From passages to the sentences that answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import Span
from corpus.characters import fold
from index_store.models import Hit, SearchResult
from index_store.terms import MARK, QueryTerms, marked, weighted_mean, words
from qa.quotable import is_headline
from qa.rights import quotable_part
from qa.understanding.question import Question
from qa.weighing.conditions import HAS_WORD, hold
from qa.weighing.demand import Demand, demand_of
from qa.weighing.offers import holds_numbers
from qa.weighing.telling import Features, Kinship, telling

#: Passages whose sentences are weighed.
PASSAGES = 8

#: What a headline loses, which tells what comes but not the news itself.
_HEADLINE = 2.0

#: What a sentence loses that tells of another place or thing than the question names: all.
_ELSEWHERE = 20.0

#: What a sentence must be better by to come before one in the question's own language.
_OTHER_LANGUAGE = 0.5

#: The same as `HAS_WORD` for a word that an answer must have.
_HAS_ROLE = 0.4

# "NEW YORK, Sept 26 (Example Wire) — ", "Paris (AFP) – ": each outlet sets its own before a story
# that it shares with others, so the sentence is quoted from behind it.
_DATELINE = re.compile(
    r"(?:(?:[^\W\d_][\w'’ .-]{1,30}(?:, [^()\n]{3,20})? )?\([^()\n]{2,40}\) [—–-]"
    r"|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’ .-]{2,30} [—–]) (?=[“«\"]?[A-ZÀ-ÖØ-Þ])"
)

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, with what speaks for it.

    Attributes:
        odds: log-odds that it holds the answer, by its features and its kinship with the question;
            less for a headline, and where what the question names does not stand with it.
        score: the same, less in another language than the question's.
        is_whole: False where its owner does not allow so long a quotation: what is left of it can
            show what came close, and answers nothing.
    """

    hit: Hit
    span: Span
    text: str
    odds: float
    score: float
    features: Features
    kinship: Kinship
    is_whole: bool = True


def weigh_sentences(question: Question, result: SearchResult) -> list[Evidence]:
    """Every sentence of the best passages, the most telling first."""
    asked = _Asked.of(question)
    best = max((hit.score for hit in result.hits), default=0.0) or 1.0
    found = [
        evidence
        for hit in result.hits[:PASSAGES]
        # An agency's text is weighed at every outlet, so that all of them can be cited.
        for one in (hit, *hit.copies)
        for evidence in _sentences(question, asked, one, one.score / best, result)
    ]
    return sorted(found, key=lambda evidence: -evidence.score)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the words of a question look like in marked text.

    Attributes:
        words: folded.
        pairs: of words that follow each other.
        names: words with a capital letter that do not open the question, folded.
        demand: what an answer must hold.
    """

    words: frozenset[str]
    pairs: tuple[str, ...]
    names: frozenset[str]
    demand: Demand

    @classmethod
    def of(cls, question: Question) -> _Asked:
        text = question.standalone
        said = words(text)
        pairs = {f"{MARK}{one}{MARK}{other}{MARK}" for one, other in pairwise(said)}
        named = [fold(word) for word in _WORD.findall(text)[1:] if any(map(str.isupper, word))]
        demand = demand_of(text, question.wanted, question.written_in)
        return cls(frozenset(said), tuple(pairs), frozenset(named), demand)


def _sentences(
    question: Question, asked: _Asked, hit: Hit, standing: float, result: SearchResult
) -> Iterator[Evidence]:
    """The sentences of one passage.

    Args:
        standing: of the passage against the best one, 0 to 1.
    """
    article, texts = hit.article, hit.passage.sentence_texts()
    present = [marked(text) for text in texts]
    head = f"{article.title} {article.published or ''}"
    whole, language = f"{head} {hit.passage.text}", hit.passage.language
    numbered = holds_numbers(question.standalone, whole, language)
    terms, shares = _best_wording(result.terms, present)
    weights, counts = terms.weights(), terms.counts()
    kinship = _kinship(question.written_in, language, result, terms)
    is_foreign = kinship is Kinship.COGNATES
    places = [at for at, word in enumerate(terms.words) if word in asked.demand.role]
    around_it = [*shares, terms.shares(marked(article.title))]
    loss = 0.0 if _tells_of_it(question, hit, terms, around_it) else _ELSEWHERE
    named = _named(asked, terms, around_it)
    for at, (text, span) in enumerate(zip(texts, hit.passage.sentences, strict=True)):
        around = [max(some) for some in zip(*shares[max(0, at - 1) : at + 2], strict=True)]
        features = Features(
            passage=standing,
            cosine=hit.sentence_cosines[at],
            words=weighted_mean(shares[at], counts),
            around=weighted_mean(around, weights),
            pairs=sum(pair in present[at] for pair in asked.pairs) / (len(asked.pairs) or 1),
            names=_named(asked, terms, shares[at : at + 1]),
            offered=float(
                numbered
                and (not places or max(shares[at][place] for place in places) >= _HAS_ROLE)
                and asked.demand.is_met(text, whole, language, is_translated=is_foreign)
            ),
            named=named,
        )
        dateline = _DATELINE.match(text)
        skipped = dateline.end() if dateline else 0
        quoted = text[skipped:]
        odds = telling(features, kinship) - loss - (_HEADLINE if is_headline(quoted) else 0.0)
        score = odds - (_OTHER_LANGUAGE if is_foreign else 0.0)
        sentence = Span(span.start + skipped, span.end)
        cited = quotable_part(article, sentence)
        shown = quoted[: cited.end - cited.start]
        if shown:
            yield Evidence(hit, cited, shown, odds, score, features, kinship, cited == sentence)


def _kinship(asked: str, written: str | None, result: SearchResult, wording: QueryTerms) -> Kinship:
    """Of a question and a passage, by their languages and the wording that is held against it."""
    if asked in result.served and written in result.served:
        return Kinship.MEANING
    # A translated question is in the language of the passages that it finds.
    is_own = written in (asked, None) or wording is not result.terms
    return Kinship.WORDS if is_own else Kinship.COGNATES


def _best_wording(
    terms: QueryTerms, present: Sequence[str]
) -> tuple[QueryTerms, list[list[float]]]:
    """The wording of the question that a passage has most of, and its shares by sentence."""
    wordings = [terms, *terms.others]
    shares = [[wording.shares(sentence) for sentence in present] for wording in wordings]
    held = [sum(map(sum, of_wording)) / (len(terms.words) or 1) for of_wording in shares]
    best = held.index(max(held))
    return wordings[best], shares[best]


def _tells_of_it(
    question: Question, hit: Hit, terms: QueryTerms, shares: Sequence[Sequence[float]]
) -> bool:
    """Whether what a question names stands in a passage or at the head of its article.

    Args:
        shares: of the question's words, in each of these texts.
    """
    best = [max(some) for some in zip(*shares, strict=True)]
    held = {word: share >= HAS_WORD for word, share in zip(terms.words, best, strict=True)}
    told = f"{hit.article.title} / {hit.article.publisher or ''} / {hit.passage.text}"
    return hold(question.conditions, told, hit.passage.language, held)


def _named(asked: _Asked, terms: QueryTerms, shares: Sequence[Sequence[float]]) -> float:
    """Share of the question's names that one text of several has, in the wording of some terms."""
    best = [max(some) for some in zip(*shares, strict=True)]
    held = [
        share >= HAS_WORD
        for word, share in zip(terms.words, best, strict=True)
        if word in asked.names
    ]
    return sum(held) / len(held) if held else 1.0
