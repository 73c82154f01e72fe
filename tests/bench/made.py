"""Archives of any size, made of the sentences of a small one.

To embed 100,000 passages would take an hour. Here each passage is put together of sentences of
different paragraphs of one language, with other numbers and names; its vector is the mean of their
vectors. No two passages are alike.
"""

from __future__ import annotations

import pickle
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from corpus import Article, Passage, Span
from corpus.models import identified
from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.embedder import Embedder
from index_store.models import EmbeddedPassage, Vector
from tests.bench.archives import SETS
from tests.bench.data import load

#: Outlets by the share of articles that are theirs, in percent.
PUBLISHERS = {
    "The Courier": 20, "Le Courrier": 15, "Corriere": 10, "El Correo": 5,
    "The Gazette": 24, "La Gazette": 15, "Gazzetta": 10, "Harbour Post": 1,
}  # fmt: skip
FIRST_DAY = date(2015, 1, 1)
DAYS = 3_652

_SECTIONS = ("home", "world", "business", "culture", "sport", "science")
_NUMBER = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_SYLLABLES = ("ba", "ce", "dor", "fi", "gan", "lo", "mer", "nu", "pel", "ri", "sto", "tal", "vi")
_SEED = 1
#: Characters of a passage, between which the real ones' mean lies.
_LENGTHS = (500, 1_000)
#: Length of the noise that is added to a vector of length 1: the cosine of the two is 0.96.
_NOISE = 0.3

#: An article and its passages.
Made = tuple[FoundArticle, list[EmbeddedPassage]]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Real sentences of one language.

    Attributes:
        vectors: shape (len(texts), dimensions), as they were embedded within their passages.
    """

    texts: tuple[str, ...]
    vectors: Vector


def embed_sentences(folder: Path, embedder: Embedder, kept: Path) -> None:
    """Keeps the sentences of all question sets there are in a file, by their languages."""
    found: dict[str, Sentences] = {}
    for name, language in SETS.items():
        if (read := load(folder, name, language)) is None:
            continue
        passages = embedder.embed_passages(
            [
                passage
                for item in read.articles
                for passage in split_article(item.article, embedder.count_tokens, embedder.window)
            ]
        )
        texts = [text for one in passages for text in one.passage.sentence_texts()]
        vectors = np.concatenate([one.sentence_vectors for one in passages])
        found[language] = Sentences(tuple(texts), vectors)
    kept.write_bytes(pickle.dumps(found))


def make_articles(kept: Path, passages: int) -> Iterator[Made]:
    """Articles of about five passages each, that many together; the same at every call."""
    by_language: dict[str, Sentences] = pickle.loads(kept.read_bytes())
    languages = list(by_language)
    chance = random.Random(_SEED)
    noise = np.random.default_rng(_SEED)
    number = 0
    while passages > 0:
        language = chance.choice(languages)
        wanted = min(passages, chance.randint(3, 7))
        chosen = [_choose(by_language[language], chance) for _ in range(wanted)]
        yield _make(number, language, by_language[language], chosen, chance, noise)
        passages -= wanted
        number += 1


def _choose(real: Sentences, chance: random.Random) -> list[int]:
    """The sentences of one passage."""
    wanted = chance.randint(*_LENGTHS)
    chosen: list[int] = []
    while sum(len(real.texts[at]) for at in chosen) < wanted:
        chosen.append(chance.randrange(len(real.texts)))
    return chosen


def _make(
    number: int,
    language: str,
    real: Sentences,
    chosen: Sequence[Sequence[int]],
    chance: random.Random,
    noise: np.random.Generator,
) -> Made:
    paragraphs = [[_changed(real.texts[at], chance) for at in some] for some in chosen]
    article = identified(
        Article(
            id="",
            title=paragraphs[0][0][:80],
            text="\n\n".join(" ".join(sentences) for sentences in paragraphs),
            source=f"{number:06d}.txt",
            publisher=_publisher(number),
            published=(FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat(),
            language=language,
            section=chance.choice(_SECTIONS),
        )
    )
    start = 0
    embedded = []
    for sentences, some in zip(paragraphs, chosen, strict=True):
        passage = _passage(article, start, sentences)
        vectors = _near(real.vectors[list(some)], noise)
        vector = _near(vectors.mean(axis=0, keepdims=True), noise)[0]
        embedded.append(EmbeddedPassage(passage, vector, vectors))
        start = passage.end + 2
    return FoundArticle(article, f"/made/{article.source}", f"{number:032x}"), embedded


def _publisher(number: int) -> str:
    """Outlets in turns, each as often as its share says; 37 and 100 have no common divisor."""
    at = number * 37 % 100
    for name, share in PUBLISHERS.items():
        at -= share
        if at < 0:
            return name
    raise AssertionError("the shares of all outlets are 100 together")


def _changed(sentence: str, chance: random.Random) -> str:
    """Other digits, and every second name another one."""

    def name(found: re.Match[str]) -> str:
        made = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
        return made if chance.random() < 0.5 else found.group()

    return _NAME.sub(name, _NUMBER.sub(lambda _: chance.choice("123456789"), sentence))


def _passage(article: Article, start: int, sentences: Sequence[str]) -> Passage:
    spans = []
    at = start
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at = spans[-1].end + 1
    end = spans[-1].end
    text = article.text[start:end]
    return Passage(article.id, start, end, text, tuple(spans), article.language)


def _near(vectors: Vector, noise: np.random.Generator) -> Vector:
    """Unit vectors near those given."""
    length = _NOISE / np.sqrt(vectors.shape[1])
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    moved = unit + noise.normal(0.0, length, vectors.shape)
    near: Vector = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
    return near
