"""How often the answer is in what is quoted, and how well the gate tells whether there is one.

Every set is asked twice: over all of its paragraphs, with the gate off and on; and over half of
them, so that the questions about the others cannot be answered. The baseline of the gate is the
cosine that most tools threshold, that of the sentences is the passage's first one. What was fitted
on these sets is fitted anew on other articles (`cross-fitted`), and the weights are printed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from index_store.embedder import Embedder, SentenceTransformerEmbedder
from index_store.embedding_cache import CachedEmbedder, EmbeddingCache
from index_store.home import open_index
from index_store.models import SearchResult
from qa.answerer import PASSAGES, Answerer
from qa.evaluation.metrics import holds_answer
from qa.evaluation.questions import GoldQuestion, QuestionSet
from qa.quoting import quote
from qa.understanding.question import Question, understand
from qa.weighing.evidence import Evidence, weigh_sentences
from qa.weighing.refusal import THRESHOLD, probability
from qa.weighing.telling import weighted
from tests.bench.archives import Query, sample
from tests.bench.data import load
from tests.bench.fitting import Choice, cross_fitted, cross_fitted_gate, fit_choice, fit_gate

_SETS = ("xquad.en", "en"), ("xquad.es", "es"), ("squad-it.dev", "it")
_SEED = 7
_BINS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was searched for.

    Attributes:
        golds: strings that an answer holds.
        is_there: whether its paragraph is in the index.
    """

    gold: GoldQuestion
    golds: tuple[str, ...]
    question: Question
    found: SearchResult
    evidence: list[Evidence]
    is_there: bool

    def holds(self, text: str) -> bool:
        """Whether a text holds the answer."""
        return any(holds_answer(text, gold) for gold in self.golds)


def run(folder: Path) -> None:
    """Prints the figures of every set that is there."""
    embedder = SentenceTransformerEmbedder()
    sets = {name: found for name, code in _SETS if (found := load(folder, name, code))}
    pairs = [(name, name) for name in sets]
    if {"xquad.en", "xquad.es"} <= sets.keys():
        # The same questions about the same paragraphs.
        pairs += [("xquad.es", "xquad.en"), ("xquad.en", "xquad.es")]
    codes = dict(_SETS)
    with TemporaryDirectory() as kept:
        cached = CachedEmbedder(embedder, EmbeddingCache(Path(kept)))
        for asking, archive in pairs:
            print(asking if asking == archive else f"{asking} asks {archive}", flush=True)
            whole, half = (
                list(_ask(sets[asking], codes[asking], sets[archive], share, cached))
                for share in (1.0, 0.5)
            )
            _print_quoted(whole)
            _print_gate(half)
    _print_speed(embedder)


def _ask(
    asking: QuestionSet,
    language: str,
    archive: QuestionSet,
    share: float,
    embedder: Embedder,
) -> Iterator[Asked]:
    """Every question of one set over a share of the paragraphs of another."""
    count = round(share * len(archive.articles))
    articles = random.Random(_SEED).sample(archive.articles, count)
    there = {item.article.source for item in articles}
    golds = {gold.id: gold.answer_groups for gold in archive.questions}
    with TemporaryDirectory() as home:
        index = open_index(Path(home), embedder=embedder)
        index.sync(articles)
        languages = [code for code in index.summary().languages if code]
        for gold in asking.questions:
            question = understand(gold.question, (), language, languages)
            found = index.search(question.standalone, language=language, limit=PASSAGES)
            (groups,) = golds[gold.id]
            is_there = gold.sources[0] in there
            evidence = weigh_sentences(question, found)
            yield Asked(gold, groups, question, found, evidence, is_there)


def _print_quoted(asked: Sequence[Asked]) -> None:
    first = [
        one.found.hits[0].passage.sentence_texts()[0] if one.found.hits else "" for one in asked
    ]
    baseline = np.mean([one.holds(text) for one, text in zip(asked, first, strict=True)])
    best = {most: np.mean([_in_best(one, most) for one in asked]) for most in (1, 3)}
    quoted = [list(quote(one.evidence, one.question.language)) for one in asked]
    right = np.array(
        [
            one.holds(" ".join(draft.text for draft in drafts))
            for one, drafts in zip(asked, quoted, strict=True)
        ]
    )
    passed = np.array([probability(one.evidence) >= THRESHOLD for one in asked])
    print(f"  answer in the best sentence {best[1]:.3f}, in the best three {best[3]:.3f}, in the "
          f"first of the best passage {baseline:.3f}")  # fmt: skip
    print(f"  in what is quoted {right.mean():.3f} ({np.mean(list(map(len, quoted))):.2f} "
          f"sentences), with the gate on {(right & passed).mean():.3f}")  # fmt: skip
    choices = [_choice(one) for one in asked if one.evidence]
    one, three = cross_fitted(choices, (1, 3))
    print(f"  cross-fitted: {one:.3f} and {three:.3f}")
    print(f"  weights fitted on these: {fit_choice(choices).round(2)}")


def _in_best(one: Asked, most: int) -> bool:
    return any(one.holds(evidence.text) for evidence in one.evidence[:most])


def _choice(one: Asked) -> Choice:
    return Choice(
        one.gold.sources[0],
        # The last one is of the passage, and says how good the best sentence is.
        np.array([astuple(evidence.features)[:-1] for evidence in one.evidence], float),
        np.array([one.holds(evidence.text) for evidence in one.evidence]),
    )


def _of_best(best: Evidence) -> tuple[float, float]:
    """What its odds are made of."""
    return weighted(best.features, best.kinship), best.features.named


def _print_gate(asked: Sequence[Asked]) -> None:
    asked = [one for one in asked if one.evidence]
    labels = np.array([one.is_there for one in asked])
    told = np.array([probability(one.evidence) for one in asked])
    cosines = [max(max(hit.sentence_cosines) for hit in one.found.hits) for one in asked]
    values = np.array([_of_best(max(one.evidence, key=lambda each: each.odds)) for one in asked])
    apart = cross_fitted_gate(values, labels, [one.gold.sources[0] for one in asked])
    fitted = fit_gate(values, labels)
    print(f"  half left out: AUROC {roc_auc_score(labels, told):.3f}, cross-fitted {apart:.3f}, by "
          f"the best cosine {roc_auc_score(labels, cosines):.3f}; balanced accuracy "
          f"{balanced_accuracy_score(labels, told >= THRESHOLD):.3f} at {THRESHOLD}")  # fmt: skip
    print(f"  odds fitted on these: {fitted.coef_[0].round(2)}, {fitted.intercept_[0]:.2f}; "
          f"reliability {_reliability(labels, told)}")  # fmt: skip


def _reliability(labels: np.ndarray, told: np.ndarray) -> str:
    """Questions by what the gate says of them: that, what is true, and how many they are."""
    bins = np.minimum((told * _BINS).astype(int), _BINS - 1)
    rows = (
        f"{told[bins == number].mean():.2f} → {labels[bins == number].mean():.2f} "
        f"({(bins == number).sum()})"
        for number in range(_BINS)
        if (bins == number).any()
    )
    return ", ".join(rows)


def _print_speed(embedder: Embedder) -> None:
    """A whole answer in exact quotes against its search alone, each question in turns."""
    archive = sample()
    took: dict[str, list[float]] = {"search": [], "answer": []}
    with TemporaryDirectory() as home:
        index = open_index(Path(home), embedder=embedder)
        index.sync(archive.articles)
        index.warm_up()
        answerer = Answerer(index)
        queries = [query for asked in archive.asked for query in asked.queries]
        work: dict[str, Callable[[Query], object]] = {
            "search": lambda query: index.search(
                query.text, language=query.language, limit=PASSAGES
            ),
            "answer": lambda query: answerer.ask(query.text),
        }
        for at, query in enumerate(queries):
            # Either goes first as often, since what comes second finds the machine warm.
            for name in list(work)[:: 1 if at % 2 else -1]:
                began = perf_counter()
                work[name](query)
                took[name].append((perf_counter() - began) * 1000)
    search, answer = (float(np.median(took[name])) for name in work)
    print(f"sample: a whole answer p50 {answer:.1f} ms, {answer / search:.2f} of its search alone "
          f"({search:.1f} ms)")  # fmt: skip
