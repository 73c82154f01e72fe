"""SQuAD's format, which XQuAD, SQuAD-it and many others share: paragraphs with their questions.

Rajpurkar et al. 2016 (1.1) and 2018 (2.0, with questions that cannot be answered).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus import Article
from corpus.characters import clean_text
from corpus.errors import UnreadableFile
from corpus.language import article_language
from corpus.models import identified
from corpus.readers.json_file import MAX_BYTES, parsed
from corpus.readers.record import load
from corpus.reading import FoundArticle
from qa.evaluation.questions import GoldQuestion, QuestionSet
from qa.evaluation.reading.problems import Problems, shown
from qa.evaluation.reading.record import is_id, is_text, is_written
from qa.evaluation.reading.rows import repeated_id

_TOO_LARGE = "a JSON document is read up to {:,}: divide it into several"


def read_squad(path: Path) -> QuestionSet:
    """The set of a file: a paragraph an article, and every question about it.

    Raises:
        BadQuestionSet: something is missing or of a wrong kind; says where.
        UnreadableFile: the file cannot be opened, is no JSON, or in another format.
    """
    document = parsed(path, load(path, MAX_BYTES, _TOO_LARGE))
    if not isinstance(document, Mapping) or not isinstance(document.get("data"), list):
        raise UnreadableFile(
            path,
            "is not in SQuAD format (data → paragraphs → context, qas); a set of your own is one "
            "JSON object a line in a .jsonl file",
        )
    reading = _Reading(path)
    for place, one in reading.each(document, "data", "document"):
        reading.take_document(place, one)
    reading.problems.check()
    return QuestionSet(tuple(reading.questions), tuple(reading.articles), tuple(reading.warnings()))


class _Reading:
    """A set as far as it has been read, with what was wrong or odd on the way."""

    def __init__(self, path: Path) -> None:
        self.questions: list[GoldQuestion] = []
        self.articles: list[FoundArticle] = []
        self.problems = Problems(path)
        self._path = path
        self._places: dict[str, str] = {}
        self._misplaced = 0
        self._wordless = 0

    def take_document(self, place: str, document: Mapping[str, Any]) -> None:
        title = document.get("title", "")
        if not isinstance(title, str):
            self.problems.add(f'{place}: "title" is {shown(title)}; expected text')
            return
        # As they stand in Wikipedia's addresses, a title's words are joined by underscores.
        title = clean_text(title.replace("_", " "))
        named = f"{place} ({shown(title)})" if title else place
        paragraphs = list(self.each(document, "paragraphs", "paragraph", named))
        # Of all paragraphs together, since one of them can be little but foreign names.
        whole = "\n".join(str(paragraph.get("context")) for _, paragraph in paragraphs)
        language = article_language(clean_text(whole), None)
        for where, paragraph in paragraphs:
            self._take_paragraph(where, title, language, paragraph)

    def _take_paragraph(
        self, place: str, title: str, language: str | None, paragraph: Mapping[str, Any]
    ) -> None:
        context = paragraph.get("context")
        text = clean_text(context) if isinstance(context, str) else ""
        if not text:
            self._wrong(place, paragraph, "context", "text")
        source = f"{len(self.articles):05d}"
        article = Article("", title, text, source, language=language)
        self.articles.append(FoundArticle(identified(article), f"{self._path.name}#{source}"))
        for where, asked in self.each(paragraph, "qas", "question", place):
            self._take_question(where, source, context, asked)

    def _take_question(
        self, place: str, source: str, context: Any, asked: Mapping[str, Any]
    ) -> None:
        if not is_id(asked.get("id")):
            self._wrong(place, asked, "id", "text or a whole number")
        if not is_written(asked.get("question")):
            self._wrong(place, asked, "question", "text with a letter or digit")
        impossible = asked.get("is_impossible", False)
        if not isinstance(impossible, bool):
            self._wrong(place, asked, "is_impossible", "true or false")
        identifier = str(asked.get("id"))
        first = self._places.setdefault(identifier, place)
        if first != place and is_id(asked.get("id")):
            self.problems.add(repeated_id(place, identifier, first))
        golds = tuple(dict.fromkeys(self._golds(place, context, asked)))
        question = GoldQuestion(
            id=identifier,
            question=str(asked.get("question")),
            answerable=not impossible,
            answer_groups=(golds,) if golds else (),
            sources=(source,),
        )
        self.questions.append(question)

    def _golds(self, place: str, context: Any, asked: Mapping[str, Any]) -> Iterator[str]:
        for where, answer in self.each(asked, "answers", "answer", place):
            text = answer.get("text")
            if not isinstance(text, str) or not is_text(text):
                self._wrong(where, answer, "text", "text")
                continue
            start = answer.get("answer_start")
            at = start if isinstance(start, int) else -1
            self._misplaced += at < 0 or not str(context).startswith(text, at)
            self._wordless += not is_written(text)
            yield text

    def each(
        self, holder: Mapping[str, Any], key: str, what: str, place: str = ""
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The objects of a list, each with its place counted from 1."""
        found = holder.get(key)
        if not isinstance(found, list):
            self._wrong(place, holder, key, "a list")
            return
        for number, one in enumerate(found, start=1):
            where = f"{place}, {what} {number}" if place else f"{what} {number}"
            if isinstance(one, Mapping):
                yield where, one
            else:
                self.problems.add(f"{where} is {shown(one)}; expected a JSON object")

    def _wrong(self, place: str, holder: Mapping[str, Any], key: str, expected: str) -> None:
        found = f"is {shown(holder[key])}" if key in holder else "is missing"
        self.problems.add(f'{place}: "{key}" {found}; expected {expected}')

    def warnings(self) -> Iterator[str]:
        """What is odd and harms nothing, since answers are looked for by their text."""
        if self._misplaced:
            yield f'answers that do not stand at their "answer_start": {self._misplaced:,}'
        if self._wordless:
            yield f"answers without a letter or digit, which cannot be found: {self._wordless:,}"
