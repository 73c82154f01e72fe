"""How often a search puts the right article first, against three baselines with the same model.

The second table sets our way of combining scores beside others; see `tests.bench.fusion_table`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from index_store.chroma import open_chroma
from index_store.embedder import SentenceTransformerEmbedder
from index_store.glossary import Glossary
from index_store.home import open_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import Vector
from qa.evaluation.metrics import hit_at
from tests.bench.archives import Archive, Asked, Query, archives
from tests.bench.baselines import LIMIT, NAMES, Baselines
from tests.bench.fusion_table import Candidates, candidates, print_fusions
from tests.bench.measures import interval, reciprocal_rank

_OURS = "citedesk"
_MEASURES: Mapping[str, Callable[[Sequence[str], Sequence[str]], float]] = {
    "hit@1": lambda found, gold: hit_at(found, gold, 1),
    "hit@5": lambda found, gold: hit_at(found, gold, 5),
    f"MRR@{LIMIT}": reciprocal_rank,
}
_ROW = "{:<36}{:<8}{:<24}{:>18}{:>18}{:>12}   {}"

#: Ids of articles for a question, best first, each once.
_Find = Callable[[Query], list[str]]


class Remembering(SentenceTransformerEmbedder):
    """Embeds each question once, however many systems ask it."""

    def __init__(self) -> None:
        super().__init__()
        self._vectors: dict[str, Vector] = {}

    def embed_query(self, text: str) -> Vector:
        if text not in self._vectors:
            self._vectors[text] = super().embed_query(text)
        return self._vectors[text]


def run(folder: Path | None) -> None:
    """Prints both tables.

    Args:
        folder: of the SQuAD-format sets; without it, the sample archive alone is searched.
    """
    embedder = Remembering()
    fused: dict[str, list[Candidates]] = {}
    if folder is None:
        print("without a folder of SQuAD-format files: the sample archive alone")
    print("the right article among the first; [95 % bootstrap interval over questions]")
    print(_ROW.format("", "", _OURS, *NAMES, "at least as good as the best of them"))
    for archive in archives(folder):
        fused |= _measure(archive, embedder)
    print_fusions(fused)


def _measure(archive: Archive, embedder: Remembering) -> dict[str, list[Candidates]]:
    """Prints what is found of each set of questions; returns the candidates of its search."""
    with TemporaryDirectory() as ours, TemporaryDirectory() as theirs:
        index = open_index(Path(ours), embedder=embedder)
        index.sync(archive.articles)
        without = _without_glossary(Path(ours), embedder)
        baselines = Baselines(embedder._model, archive.articles, Path(theirs), embedder.embed_query)
        for asked in archive.asked:
            others = {name: _baseline(baselines, name, asked.stemmer) for name in NAMES}
            _print_set(asked, _ours(index), others)
            if asked.stemmer is None:  # more languages than one, and the glossary knows them
                _print_set(asked, _ours(without), others, ", no glossary")
        return {
            asked.name: [candidates(index, query) for query in asked.queries]
            for asked in archive.asked
        }


def _ours(index: ArticleIndex) -> _Find:
    def find(query: Query) -> list[str]:
        found = index.search(query.text, language=query.language, limit=LIMIT)
        # Copies of agency text are listed with the passage that stands for them.
        return list(
            dict.fromkeys(one.article.id for hit in found.hits for one in (hit, *hit.copies))
        )

    return find


def _without_glossary(home: Path, embedder: Remembering) -> ArticleIndex:
    """The same index, searched without any word's translation."""
    store = open_chroma(home / "chroma")
    return ArticleIndex(store, LexicalIndex(home / "lexical"), embedder, glossary=Glossary(()))


def _baseline(baselines: Baselines, name: str, stemmer: str | None) -> _Find:
    return lambda query: baselines.finder(name, stemmer or query.language)(query.text)


def _print_set(asked: Asked, ours: _Find, others: Mapping[str, _Find], note: str = "") -> None:
    found = {
        name: [find(query) for query in asked.queries]
        for name, find in {_OURS: ours, **others}.items()
    }
    for at, (measure, score) in enumerate(_MEASURES.items()):
        values = {
            name: [
                score(retrieved, query.gold)
                for retrieved, query in zip(rankings, asked.queries, strict=True)
            ]
            for name, rankings in found.items()
        }
        own = values.pop(_OURS)
        print(
            _ROW.format(
                (f"{asked.name}{note}", f"  {len(asked.queries)} questions", "")[at],
                measure,
                f"{mean(own):.3f} {_span(own)}",
                *(f"{mean(each):.3f}" for each in values.values()),
                _verdict(own, values),
            ),
            flush=True,
        )


def _verdict(own: Sequence[float], others: Mapping[str, Sequence[float]]) -> str:
    """Whether ours is at least as good as the best of the others, and by how much it differs."""
    name = max(others, key=lambda name: mean(others[name]))
    differences = [one - other for one, other in zip(own, others[name], strict=True)]
    word = "yes" if mean(differences) >= 0 else "NO "
    return f"{word} {mean(differences):+.3f} {_span(differences, '+')} {name}"


def _span(values: Sequence[float], sign: str = "") -> str:
    low, high = interval(values)
    return f"[{low:{sign}.3f}, {high:{sign}.3f}]"
