"""From files to articles: by which reader, cleaned, with metadata, language and id."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.characters import clean_line
from corpus.cleaning import clean_body
from corpus.embargo import is_withheld, strictest
from corpus.errors import UnreadableFile, Withdrawn
from corpus.files import storable
from corpus.language import article_language
from corpus.models import Article, identified
from corpus.readers import Record, format_of
from corpus.sidecar import Sidecar, is_sidecar, load_sidecar

#: Says of an origin and a digest whether just that was read before; it is not read again then.
IsCurrent = Callable[[str, str], bool]

#: Version of what is made of a file: by readers, cleaning, languages, splitting and `corpus.wire`.
#: Whoever changes what any of them makes raises it, so that the next run reads every file again.
LAYOUT = "4"

_TITLE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article and where on this machine it came from.

    Attributes:
        origin: absolute path, with `#KEY` behind it where a file holds several articles. The
            same origin with other content is the same article, changed.
        digest: of the record's bytes and of what else decides what is stored; see `LAYOUT`.
    """

    article: Article
    origin: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class UnchangedArticle:
    """An article that lies where it lay, and is what it was; it was not read again."""

    origin: str
    digest: str


@dataclass(frozen=True, slots=True)
class WithdrawnArticle:
    """An article that may not be shown any more, and why; what is indexed of it has to go."""

    origin: str
    reason: Withdrawn


#: What a record can turn out to be.
ArticleRead = FoundArticle | UnchangedArticle | WithdrawnArticle


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says about all files of a run.

    Attributes:
        columns: names of columns by fields ("text" and those of `FIELDS`).
        metadata: values of `FIELDS` that hold where neither file nor sidecar states any.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)


def read_articles(
    files: Iterable[tuple[Path, str]],
    options: ReadingOptions = ReadingOptions(),
    is_current: IsCurrent = lambda origin, digest: False,
    on_bytes: Callable[[int], None] = lambda read: None,
) -> Iterator[ArticleRead | UnreadableFile]:
    """Articles of all files in order; what cannot be read is yielded as its error.

    Args:
        on_bytes: told how many bytes have been read, a record at a time.
    """
    for path, source in files:
        try:
            if is_sidecar(path):
                raise UnreadableFile(path, "describes no file; one of its name has to be beside it")
            file = _file(path, source, options)
            for record in format_of(path).reader(path, options.columns):
                if isinstance(record, UnreadableFile):
                    yield record
                else:
                    yield file.article(record, is_current)
                    on_bytes(len(record.content))
        except UnreadableFile as error:
            yield error


@dataclass(frozen=True, slots=True)
class _File:
    """What all records of a file have in common.

    Attributes:
        place: absolute path, as it can be stored.
        context: what decides beside a record's bytes what is stored of it.
    """

    path: Path
    source: str
    place: str
    context: bytes
    sidecar: Sidecar | Withdrawn
    metadata: Mapping[str, str]

    def article(self, record: Record, is_current: IsCurrent) -> ArticleRead | UnreadableFile:
        origin = storable(f"{self.place}#{record.key}") if record.key else self.place
        if isinstance(self.sidecar, Withdrawn):
            return WithdrawnArticle(origin, self.sidecar)
        digest = hashlib.blake2b(self.context + record.content, digest_size=16).hexdigest()
        if is_current(origin, digest):
            return UnchangedArticle(origin, digest)
        try:
            article = self._read(record, self.sidecar)
        except Withdrawn as reason:
            return WithdrawnArticle(origin, reason)
        except UnreadableFile as error:
            return error
        return FoundArticle(article, origin, digest)

    def _read(self, record: Record, sidecar: Sidecar) -> Article:
        draft = record.read()
        cleaned = clean_body(draft.text, draft.metadata.get("title"))
        if not cleaned.text:
            raise UnreadableFile(self.path, "holds no text; nothing to index")
        # What the file says of itself goes before what is said about it.
        about = {**draft.hints, **self.metadata, **sidecar}
        stated = {**about, **cleaned.metadata, **draft.metadata}
        stated |= strictest([self.metadata, sidecar, draft.metadata])
        # A credit in the text stands beside what the page states of all of itself.
        rights = (draft.metadata.get("rights"), cleaned.metadata.get("rights"))
        if all(rights):
            stated["rights"] = "; ".join(dict.fromkeys(map(str, rights)))
        article = _article(self.source, cleaned.text, stated)
        if is_withheld(article):
            until = article.embargo_until
            raise Withdrawn(
                self.path, f"is under embargo until {until}; a run after that takes it in"
            )
        return article


def _file(path: Path, source: str, options: ReadingOptions) -> _File:
    try:
        sidecar: Sidecar | Withdrawn = load_sidecar(path)
    except Withdrawn as reason:
        sidecar = reason
    # Spelt as a literal, none of these can pass for another, or for the start of a record.
    said = ascii((LAYOUT, source, sidecar, options)).encode() + b"\n"
    place = storable(os.path.realpath(path))
    return _File(path, source, place, said, sidecar, options.metadata)


def _article(source: str, text: str, stated: Mapping[str, str]) -> Article:
    fields = dict(stated)
    quote_words = fields.pop("max_quote_words", None)
    article = Article(
        id="",
        title=fields.pop("title", "") or _title(text),
        text=text,
        source=source,
        language=article_language(text, fields.pop("language", None)),
        max_quote_words=int(quote_words) if quote_words else None,
        **fields,
    )
    return identified(article)


def _title(text: str) -> str:
    """The first line where it is short enough to be a headline, else the start of the text."""
    line = clean_line(text.partition("\n")[0])
    if len(line) <= _TITLE_LENGTH:
        return line
    start = line[:_TITLE_LENGTH]
    return (start.rpartition(" ")[0] or start) + "…"
