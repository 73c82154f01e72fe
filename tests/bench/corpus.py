"""Reading, cleaning and splitting without embedding: how fast, again over unchanged input, how much
memory. Articles are made from the sample archive, 500 words each, no two alike.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus.files import find_files
from corpus.reading import FoundArticle, UnchangedArticle, read_articles
from corpus.sentences import paragraph_spans
from corpus.splitting import split_article
from index_store.embedder import SentenceTransformerEmbedder

ARTICLES = 1_500
MANY = 100_000
WORDS = 500


def run() -> None:
    """Prints the rates, and the memory that a large file needs."""
    with TemporaryDirectory(prefix="citedesk-bench-") as folder:
        _speed(Path(folder) / "articles.jsonl")
        _memory(Path(folder) / "many.jsonl")


def _speed(file: Path) -> None:
    write_articles(file, ARTICLES)
    embedder = SentenceTransformerEmbedder()
    embedder.count_tokens(["loads the tokenizer"])
    list(islice(_read(file), 20))  # loads the models of languages and sentences
    tokens = _seconds_of_tokens(file, embedder)
    began = perf_counter()
    digests = {}
    passages = 0
    for found in _read(file):
        digests[found.origin] = found.digest
        passages += len(split_article(found.article, embedder.count_tokens, embedder.window))
    first = perf_counter() - began
    began = perf_counter()
    again = read_articles(
        find_files([file]), is_current=lambda origin, digest: digests.get(origin) == digest
    )
    unchanged = sum(isinstance(found, UnchangedArticle) for found in again)
    second = perf_counter() - began
    assert len(digests) == unchanged == ARTICLES
    print(f"{ARTICLES:,} articles of {WORDS} words, {passages:,} passages")
    print(f"read, cleaned and split: {ARTICLES / first:,.0f} articles a second")
    print(f"  {first / tokens:.2f}x the time of parsing the JSON and tokenizing it")
    print(f"unchanged, read again: {first / second:.0f}x faster")


def _seconds_of_tokens(file: Path, embedder: SentenceTransformerEmbedder) -> float:
    """The named baseline: the JSON parsed, and each whole text through the raw tokenizer."""
    tokenizer = embedder._model.tokenizer
    began = perf_counter()
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            tokenizer(json.loads(line)["text"], add_special_tokens=False, verbose=False)
    return perf_counter() - began


def _memory(file: Path) -> None:
    write_articles(file, MANY)
    code = f"from tests.bench.corpus import stream; stream({str(file)!r})"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    print(
        f"{MANY:,} articles in one file of {file.stat().st_size / 2**20:,.0f} MiB: {told.strip()}"
    )


def stream(file: str) -> None:
    """Reads and splits a file in this process; prints its peak of memory."""
    embedder = SentenceTransformerEmbedder()
    embedder.count_tokens(["loads the tokenizer"])
    before = _peak()
    began = perf_counter()
    articles = 0
    for found in _read(Path(file)):
        split_article(found.article, embedder.count_tokens, embedder.window)
        articles += 1
    rate = articles / (perf_counter() - began)
    print(f"peak {_peak():,.0f} MiB ({before:,.0f} before), {rate:,.0f} articles a second")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _read(file: Path) -> Iterator[FoundArticle]:
    for found in read_articles(find_files([file])):
        assert isinstance(found, FoundArticle), found
        yield found


def write_articles(file: Path, count: int) -> None:
    """JSON Lines of that many articles in three languages; the same at every call."""
    chance = random.Random(1)
    paragraphs = list(_paragraphs())
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            chosen = paragraphs[number % len(paragraphs)]
            text: list[str] = []
            while sum(len(paragraph.split()) for paragraph in text) < WORDS:
                text.append(f"{chance.choice(chosen)} ({number}.)")
            record = {
                "id": number,
                "title": f"Article {number}",
                "published": "2025-01-14T10:30:00+01:00",
                "publisher": "The Courier",
                "text": "\n\n".join(text),
            }
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def _paragraphs() -> Iterator[list[str]]:
    """Paragraphs of the sample archive, of each language apart."""
    folder = files("corpus") / "sample" / "articles"
    for prefixes in (("courier", "wire", "gazette"), ("courrier",), ("corriere",)):
        texts = (
            found.article.text
            for found in read_articles(find_files([Path(str(folder))]))
            if isinstance(found, FoundArticle) and found.article.source.startswith(prefixes)
        )
        yield [text[start:end] for text in texts for start, end in paragraph_spans(text)]
