"""Whether an index can learn from itself how much its vectors should weigh.

A third of the words of one sentence is asked for again. How often either side finds its passage
first by that tells how well it serves the language. The weight that follows from it is set against
the one that is shipped, over the same questions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from unittest.mock import patch

from corpus import Passage
from index_store import scoring
from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from index_store.index import ArticleIndex
from tests.bench.archives import Asked, archives

_PASSAGES = 150
_FEWEST_WORDS = 3


def run(folder: Path) -> None:
    """Prints both rates of each archive, the weight learned, and hit@1 with it and without."""
    embedder = SentenceTransformerEmbedder()
    for archive in archives(folder):
        with TemporaryDirectory() as home:
            index = open_index(Path(home), embedder=embedder)
            index.sync(archive.articles)
            for asked in archive.asked:
                _measure(index, asked)


def _measure(index: ArticleIndex, asked: Asked) -> None:
    languages = {query.language for query in asked.queries}
    for language in sorted(filter(None, languages)):
        pieces = _pieces(index, language)
        if not pieces:
            print(f"{asked.name}: no passage in {language} to learn from")
            continue
        dense, lexical = (mean(rates) for rates in zip(*_found(index, pieces), strict=True))
        learned = dense / (dense + lexical) if dense + lexical else 0.0
        shipped = _hit_at_1(index, asked, language)
        with (
            patch.object(scoring, "DENSE_WEIGHT_SERVED", learned),
            patch.object(scoring, "DENSE_WEIGHT_UNSERVED", learned),
        ):
            changed = _hit_at_1(index, asked, language)
        print(
            f"{asked.name}, {language}: from pieces of {len(pieces)} passages vectors find "
            f"{dense:.3f}, words {lexical:.3f}; hit@1 {changed:.3f} at the weight {learned:.2f} "
            f"learned, {shipped:.3f} as shipped"
        )


def _pieces(index: ArticleIndex, language: str) -> list[tuple[Passage, str]]:
    """Passages, each with a third of the words of one of its sentences, in order."""
    chance = random.Random(1)
    every = [
        passage
        for _, passages in index._store.contents()
        for passage in passages
        if passage.language == language and len(passage.sentences) > 1
    ]
    chosen = chance.sample(every, min(_PASSAGES, len(every)))
    return [
        (passage, _third(chance.choice(passage.sentence_texts()), chance)) for passage in chosen
    ]


def _third(sentence: str, chance: random.Random) -> str:
    words = sentence.split()
    wanted = min(len(words), max(_FEWEST_WORDS, len(words) // 3))
    return " ".join(words[at] for at in sorted(chance.sample(range(len(words)), wanted)))


def _found(index: ArticleIndex, pieces: Sequence[tuple[Passage, str]]) -> list[tuple[bool, bool]]:
    """Whether vectors and 4-grams alone find each passage first."""
    found = []
    for passage, piece in pieces:
        hits = index.search(piece, language=passage.language, limit=50).hits
        every = [one for hit in hits for one in (hit, *hit.copies)]
        best = [max(every, key=lambda hit: hit.sides.get(side, 0.0)) for side in ("dense", "grams")]
        found.append((best[0].passage.id == passage.id, best[1].passage.id == passage.id))
    return found


def _hit_at_1(index: ArticleIndex, asked: Asked, language: str) -> float:
    mine = [query for query in asked.queries if query.language == language]
    return mean(
        index.search(query.text, language=language).hits[0].article.id in query.gold
        for query in mine
    )
