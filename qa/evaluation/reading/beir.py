"""BEIR's folders (Thakur et al. 2021): a corpus, queries, and how relevant what is to which.

    corpus.jsonl      {"_id", "title", "text", "metadata"} a line
    queries.jsonl     {"_id", "text"} a line
    qrels/test.tsv    query-id, corpus-id and score, below a header

Each may be packed with gzip. Documents become articles, and their ids the articles' sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import Article
from corpus.characters import clean_line, clean_text
from corpus.errors import UnreadableFile
from corpus.language import article_language
from corpus.models import identified
from corpus.readers.draft import pick_metadata
from corpus.readers.rows import listed
from corpus.reading import FoundArticle
from qa.evaluation.questions import GoldQuestion, QuestionSet
from qa.evaluation.reading.json_lines import json_rows
from qa.evaluation.reading.problems import Problems, shown
from qa.evaluation.reading.qrels import Judgement, read_qrels
from qa.evaluation.reading.record import is_id, is_written
from qa.evaluation.reading.rows import repeated_id

#: Which qrels are read where nobody says.
SPLIT = "test"
#: Documents of one set, all of which are indexed before the first question.
MOST_DOCUMENTS = 200_000


def read_beir(folder: Path, split: str) -> QuestionSet:
    """The set of a folder: its documents, and the queries that the split judges.

    Args:
        split: the name of a file in `qrels`.

    Raises:
        BadQuestionSet: something in a file is wrong, or names what is not there; says where.
        UnreadableFile: a file is missing or cannot be opened.
    """
    corpus, queries = _file(folder, "corpus.jsonl"), _file(folder, "queries.jsonl")
    problems = Problems(folder)
    judged: dict[str, dict[str, Judgement]] = {}
    for one in read_qrels(_qrels(folder, split), problems):
        if one.document in judged.setdefault(one.query, {}):
            first = judged[one.query][one.document].place
            problems.add(f"{one.place} judges what {first} judges; leave one of them out")
        judged[one.query][one.document] = one
    documents = _read_corpus(corpus, problems)
    questions = _read_queries(queries, judged, problems)
    _check_named(judged, {one.id for one in questions}, documents.known, problems)
    problems.check()
    return QuestionSet(questions, tuple(documents.articles), tuple(documents.warnings()))


def _file(folder: Path, name: str) -> Path:
    found = next(filter(Path.is_file, (folder / name, folder / f"{name}.gz")), None)
    if found is None:
        raise UnreadableFile(
            folder,
            f"has no {name} (or {name}.gz); a folder that is a question set has BEIR's "
            f"corpus.jsonl, queries.jsonl and qrels/{SPLIT}.tsv",
        )
    return found


def _qrels(folder: Path, split: str) -> Path:
    files = (folder / "qrels").glob("*.tsv*")
    by_split = {file.name.partition(".tsv")[0]: file for file in sorted(files, reverse=True)}
    if split not in by_split:
        raise UnreadableFile(
            folder, f"has no qrels/{split}.tsv; of --split there are: {listed(sorted(by_split))}"
        )
    return by_split[split]


def _records(path: Path, problems: Problems) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The place, the id and the whole of every record that has an id of its own."""
    places: dict[str, str] = {}
    for row in json_rows(path):
        if isinstance(row, UnreadableFile):
            problems.add(f"{path.name}, {row.reason}")
            continue
        place, stated = f"{path.name}, line {row.line}", row.stated.get("_id")
        if not is_id(stated):
            problems.add(f'{place}: "_id" is {shown(stated)}; expected text or a whole number')
        elif (first := places.setdefault(str(stated), place)) != place:
            problems.add(repeated_id(place, str(stated), first))
        else:
            yield place, str(stated), row.stated


@dataclass(slots=True)
class _Documents:
    """A corpus as far as it has been read.

    Attributes:
        known: ids of all documents, also of those that are empty.
    """

    articles: list[FoundArticle] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def warnings(self) -> Iterator[str]:
        if empty := len(self.known) - len(self.articles):
            yield f"documents without text, which are left out: {empty:,}"


def _read_corpus(path: Path, problems: Problems) -> _Documents:
    documents = _Documents()
    for place, identifier, stated in _records(path, problems):
        documents.known.add(identifier)
        if len(documents.known) > MOST_DOCUMENTS:
            raise UnreadableFile(
                path,
                f"has more than {MOST_DOCUMENTS:,} documents, which is what one run indexes; "
                f"take a smaller corpus",
            )
        title, text, metadata = (stated.get(name) for name in ("title", "text", "metadata"))
        if not isinstance(title, str | None) or not isinstance(text, str | None):
            problems.add(f'{place}: "title" or "text" is a {_kind(title, text)}; expected text')
        elif not isinstance(metadata, Mapping | None):
            problems.add(f'{place}: "metadata" is {shown(metadata)}; expected a JSON object')
        else:
            try:
                article = _article(path, identifier, title or "", text or "", metadata or {})
            except UnreadableFile as error:
                problems.add(f"{place}: {error.reason}")
                continue
            if article.text:
                documents.articles.append(FoundArticle(article, f"{path.name}#{identifier}"))
    return documents


def _kind(*values: object) -> str:
    return next(type(one).__name__ for one in values if not isinstance(one, str | None))


def _article(
    path: Path, identifier: str, title: str, text: str, metadata: Mapping[str, Any]
) -> Article:
    # Many documents of TREC-COVID have a title and nothing else.
    body = clean_text(text) or clean_text(title)
    fields: dict[str, Any] = {**pick_metadata(metadata, path), "title": clean_line(title)}
    fields["language"] = article_language(body, fields.get("language"))
    if "max_quote_words" in fields:
        fields["max_quote_words"] = int(fields["max_quote_words"])
    return identified(Article(id="", text=body, source=identifier, **fields))


def _read_queries(
    path: Path, judged: Mapping[str, Mapping[str, Judgement]], problems: Problems
) -> tuple[GoldQuestion, ...]:
    questions = []
    for place, identifier, stated in _records(path, problems):
        if identifier not in judged:
            continue
        text = stated.get("text")
        if not is_written(text):
            problems.add(f'{place}: "text" is {shown(text)}; expected text with a letter or digit')
        questions.append(_question(identifier, str(text), judged[identifier].values()))
    return tuple(questions)


def _question(identifier: str, text: str, judgements: Iterable[Judgement]) -> GoldQuestion:
    grades = tuple((one.document, one.grade) for one in judgements)
    return GoldQuestion(
        id=identifier,
        question=text,
        sources=tuple(document for document, grade in grades if grade > 0),
        relevance=grades,
    )


def _check_named(
    judged: Mapping[str, Mapping[str, Judgement]],
    queries: set[str],
    documents: set[str],
    problems: Problems,
) -> None:
    """Whether the judgements are about queries and documents that there are."""
    for one in (one for of_query in judged.values() for one in of_query.values()):
        if one.query not in queries:
            problems.add(f"{one.place}: no query has the id {shown(one.query)}; take the line out")
        if one.document not in documents:
            problems.add(
                f"{one.place}: no document has the id {shown(one.document)}; take the line out"
            )
