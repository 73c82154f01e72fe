"""No text makes a pattern go astray: twice as long takes about twice the time, not four times.

Whole ways are measured, from the file, the question, the reply or the header to what becomes of it,
so that a pattern that is added to one of them is measured, too. Processor time is counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

from corpus.reading import FoundArticle, read_articles
from corpus.splitting import split_article
from index_store.fakes import HashingEmbedder, memory_index
from qa.answerer import Answerer
from qa.errors import BadQuestion
from qa.fakes import article, source
from qa.history import Turn
from qa.http.open_door import is_ours
from qa.prose.reply import read_sentences
from qa.quotable import is_quotable
from qa.verifying import LONGEST, verdict
from qa.web.source import source_panel
from qa.web.surroundings import surroundings
from qa.web.wording import preferred_language

#: What patterns of this house repeat, stop at, or look for.
# fmt: off
UNITS = ["a", "A", "1", " ", "\t", "\n", "-", "'", ".", ",", "(", "[", "<", '"', "«", "“", "é", "@",
         "a ", "A ", "Aa ", "Aa. ", "1,", "1 ", "a'", "a@", "a.", "<a ", "a=", "|", "*", "\n\n",
         " \n", "de ", "a, ", "“a ", "(a ", "1/", "&a;", "in May ", "http://a", "said “a” "]
# fmt: on
#: What goes before a run and behind it: what lets a pattern begin, and what lets it fail at last.
FRAMES = [("", ""), ("“", "\x00x"), ("How many ferries in May ", " x")]

#: Seconds below which a difference says nothing, and how much more twice the text may take: 4 is
#: the square, and a machine that is shared measures 2 as 3.
NOTHING = 0.25
AT_MOST = 3.6

FILES = {
    ".txt": "{}",
    ".md": "---\ntitle: Ferry\n---\n{}",
    ".html": "<article><h1>Ferry</h1><p>The ferry sank in May.</p><p>{}</p></article>",
}
SOURCES = [source("The Valmorin ferry carried 4,210 passengers in March, said Odile Brasseur.")]


Ways = dict[str, tuple[Callable[[str], object], int]]


def read_file(folder: Path, suffix: str, text: str) -> None:
    file = folder / f"story{suffix}"
    file.write_text(FILES[suffix].format(text))
    for read in read_articles([(file, file.name)]):
        if isinstance(read, FoundArticle):
            split_article(read.article, HashingEmbedder().count_tokens, 200)


def ask(answerer: Answerer, text: str) -> None:
    with suppress(BadQuestion):  # of what has no letter
        answerer.ask(text[-2_000:])


def follow(answerer: Answerer, role: Literal["user", "assistant"], text: str) -> None:
    said = [Turn("user", "How many ferries?"), Turn("assistant", "Two."), Turn(role, text)]
    answerer.ask("And in Italy?", said)


def shown(text: str) -> None:
    whole = article(f"{text} The ferry sank. {text}")
    start = len(text) + 1
    source_panel(whole, start, start + 15, "en")
    surroundings(whole, start, start + 15)


@pytest.fixture(scope="module")
def ways(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[Callable[[str], object], int]]:
    """Each way with the characters that are measured: as many as come that way, or 4,000."""
    folder = tmp_path_factory.mktemp("files")
    index = memory_index()
    index.sync(
        FoundArticle(article(text, source=name), f"/{name}")
        for name, text in (
            ("a", "The Valmorin ferry carried 4,210 passengers in March. “Good,” said Odile Bras."),
            ("b", "Le ferry de Valmorin a transporté 3 200 passagers en avril."),
        )
    )
    answerer = Answerer(index)
    return {
        **{suffix: (partial(read_file, folder, suffix), 8_000) for suffix in FILES},
        "a question": (partial(ask, answerer), 2_000),
        "an earlier question": (partial(follow, answerer, "user"), 4_000),
        "an earlier answer": (partial(follow, answerer, "assistant"), 4_000),
        "a reply of a model": (lambda text: list(read_sentences(iter([text]), "en")), 4_000),
        "a sentence to be proven": (lambda text: verdict(text[-LONGEST:], SOURCES, "en"), 4_000),
        "a source to prove by": (
            lambda text: verdict("It carried 4,210 “good” people.", [source(f"{text} x")], "en"),
            2_000,
        ),
        "a line to be quoted": (lambda text: is_quotable(text, "en"), 8_000),
        "an article to be shown": (shown, 4_000),
        "accept-language": (preferred_language, 8_000),
        "host": (lambda text: is_ours(text, ("desk.example.org",)), 8_000),
    }


WAYS = [*FILES, "a question", "an earlier question", "an earlier answer", "a reply of a model",
        "a sentence to be proven", "a source to prove by", "a line to be quoted",
        "an article to be shown", "accept-language", "host"]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_twice_the_text_takes_no_square_of_the_time(ways: Ways, way: str) -> None:
    go, length = ways[way]
    go("The ferry sank.")  # what is loaded with the first text is none of the text's
    for unit in UNITS:
        for before, behind in FRAMES:
            long, half = (_made(unit, before, behind, each) for each in (length, length // 2))
            taken = _seconds(go, long)
            if taken > NOTHING:
                assert min(taken, _seconds(go, long)) < AT_MOST * _seconds(go, half) + NOTHING, (
                    f"{unit!r} between {before!r} and {behind!r} takes {taken:.1f} s"
                )


@pytest.mark.parametrize("unit", ["A ", "a@", "de la ", "“a” ", "1,", "Aa said Bb. "])
def test_a_sentence_of_any_length_is_judged_at_once(unit: str) -> None:
    assert verdict((unit * 100_000)[:100_000], SOURCES, "en") is None
    assert _seconds(lambda text: verdict(text, SOURCES, "en"), (unit * 100_000)[:100_000]) < 2


def test_a_pattern_that_goes_astray_is_noticed() -> None:
    def square(text: str) -> None:
        sum(1 for one in text for other in text if one == other)

    assert _seconds(square, "a" * 4_000) > 3.0 * _seconds(square, "a" * 2_000)


def _made(unit: str, before: str, behind: str, length: int) -> str:
    room = length - len(before) - len(behind)
    return f"{before}{(unit * room)[:room]}{behind}"


def _seconds(go: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    go(text)
    return time.process_time() - began
