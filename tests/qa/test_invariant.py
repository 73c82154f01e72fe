"""`article.text[start:end] == quote`: for any article, all the way from a file to an answer."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article
from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from index_store.embedder import SentenceTransformerEmbedder
from index_store.fakes import memory_index
from index_store.home import open_index
from index_store.index import ArticleIndex
from qa.answer import Answer, Mode
from qa.answerer import Answerer
from qa.fakes import StubbornModel

Proven = Callable[[Answer, ArticleIndex], None]

#: What breaks offsets: marks that combine, turn, join or vanish, breaks of every kind, characters
#: outside the basic plane, halves of them, and words that no tokenizer takes whole.
HARD = [
    "e\u0301", "n\u0303", "\u0327", "שלום", "\u202eabc\u202c", "مرحبا", "\u2067x\u2069",
    "👩‍🚀", "🇮🇹", "👍🏽", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x0b", "\x85", "\u00a0",
    "\u202f", "\u2009", "\u3000", "\u200b", "\u200d", "\ufeff", "\u00ad", "\x00", "\x1f",
    "\ud800", "\udfff", "\ud83d", "𝒜", "ﬁ", "ß", "İ", "ı", "Σς", "ǅ", "½", "²", "漢字。",
    "ไทย", "한국어", "[1]", "[0]", "{x}", "%s", "<script>", "&amp;", "# ", "---", "***", "```",
    "| a | b |", "“", "”", "«\u00a0", "\u00a0»", '"', "‘", "’", "…", "?!", "—", "a" * 600,
    "word-" * 80, "漢" * 300, "1.234,56", "64k", "M. Dupont", "U.S.",
]  # fmt: skip
PLAIN = [
    "The court ordered the company to pay 30 million dollars.", "Judge Vince Chhabria agreed.",
    "Le juge n’a pas tranché.", "« Nous sommes quatre », dit-elle.", "Il giudice ha deciso.",
    "NEW YORK, Sept 26 (Wire) — It rained.", "Perché?", "“It is so,” he said.", "No.",
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(HARD),
    st.text(max_size=30),
    st.text(st.characters(categories=["Mn", "Mc", "Cf", "Zs", "Cc", "So", "Lo", "Cs"]), max_size=8),
)
TEXTS = st.builds(
    lambda pieces, glue: glue.join(pieces),
    st.lists(PIECES, min_size=1, max_size=12),
    st.sampled_from([" ", "", "\n", "\n\n", "\r\n", "\u00a0", "\u200b"]),
)


def written(folder: Path, number: int, text: str, kind: str) -> Path:
    """The text as a newsroom's file would hold it; only JSON can spell half a character."""
    path = folder / f"{number}{kind}"
    if kind == ".jsonl":
        path.write_text(json.dumps({"id": str(number), "title": text[:20], "text": text}), "ascii")
    else:
        front = "---\ntitle: x\n---\n" if kind == ".md" else ""
        path.write_bytes((front + text).encode("utf-8", errors="replace"))
    return path


def read(folder: Path) -> list[FoundArticle]:
    found = read_articles(find_files([folder]))
    return [item for item in found if isinstance(item, FoundArticle)]


def part_of(article: Article, data: st.DataObject) -> str:
    """A piece of the article that can be asked, or a question that has nothing to do with it."""
    start = data.draw(st.integers(0, max(0, len(article.text) - 1)))
    length = data.draw(st.integers(1, 200))
    piece = article.text[start : start + length].strip()
    return piece if any(map(str.isalnum, piece)) else "Who is the judge?"


def check_quotes(answer: Answer, index: ArticleIndex) -> None:
    """Quotes mode: what is said stands in every article that is cited for it."""
    for statement in answer.statements:
        texts = [
            index.article(answer.citation(number).article.id) for number in statement.citations
        ]
        assert any(stored and statement.text in stored.text for stored in texts)


@st.composite
def _files(draw: st.DrawFn) -> list[tuple[str, str]]:
    kinds = st.sampled_from([".txt", ".md", ".jsonl", ".jsonl"])
    return draw(st.lists(st.tuples(TEXTS, kinds), min_size=1, max_size=3))


def test_every_citation_of_any_article_holds(assert_proven: Proven) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=250, suppress_health_check=list(HealthCheck))
    @given(_files(), st.data())
    def ask_of_any_archive(files: list[tuple[str, str]], data: st.DataObject) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for number, (text, kind) in enumerate(files):
                written(Path(folder), number, text, kind)
            found = read(Path(folder))
        if not found:
            seen["nothing to index"] += 1
            return
        index = memory_index()
        index.sync(found)
        asked = part_of(data.draw(st.sampled_from(found)).article, data)
        answer = Answerer(index).ask(asked)
        assert_proven(answer, index)
        check_quotes(answer, index)
        seen["refused" if answer.refused else "answered"] += 1
        reply = data.draw(st.sampled_from([f"{asked} [1]", f"{asked}[2][1]. {asked}", asked]))
        prose = Answerer(index, StubbornModel(reply)).ask(asked)
        assert_proven(prose, index)
        seen[f"asked a model: {prose.mode}"] += 1

    ask_of_any_archive()
    # A property that nothing reaches would hold of anything.
    assert seen["answered"] >= 50
    assert seen["refused"] >= 5
    assert seen[f"asked a model: {Mode.PROSE}"] >= 20


def test_every_citation_holds_with_the_real_model_and_chroma(
    embedder: SentenceTransformerEmbedder, tmp_path: Path, assert_proven: Proven
) -> None:
    """One archive of the hardest texts, in every format, kept on disk and opened again."""
    articles = tmp_path / "articles"
    articles.mkdir()
    number = 0
    for kind in (".txt", ".md", ".jsonl"):
        for position in range(0, len(HARD), 6):
            hard = HARD[position : position + 6]
            plain = PLAIN[number % len(PLAIN)]
            text = f"{plain} {' '.join(hard)} {plain}\r\n\r\n{''.join(hard)}{plain}"
            written(articles, number, text, kind)
            number += 1
    found = read(articles)
    assert len(found) > 25
    open_index(tmp_path / "home", embedder=embedder).sync(found)
    index = open_index(tmp_path / "home", embedder=embedder)
    answered = 0
    for position, item in enumerate(found):
        stored = index.article(item.article.id)
        assert stored == item.article
        start = (position * 7) % max(1, len(stored.text) - 80)
        asked = stored.text[start : start + 80].strip()
        if not any(map(str.isalnum, asked)):
            continue
        answer = Answerer(index).ask(asked)
        assert_proven(answer, index)
        check_quotes(answer, index)
        answered += not answer.refused
    assert answered >= 10
