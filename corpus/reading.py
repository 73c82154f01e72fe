"""From files to articles: by which reader, cleaned, with metadata, language and id."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.characters import clean_line
from corpus.cleaning import clean_body
from corpus.embargo import strictest
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
LAYOUT = "3"

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
            file = _File(path, source, _sidecar(path), options)
            for record in format_of(path).reader(path, options.columns):
                if isinstance(record, UnreadableFile):
                    yield record
                else:
                    yield file.article(record, is_current)
                    on_bytes(len(record.content))
        except UnreadableFile as error:
            yield error


def _sidecar(path: Path) -> Sidecar | Withdrawn:
    try:
        return load_sidecar(path)
    except Withdrawn as reason:
        return reason


@dataclass(frozen=True, slots=True)
class _File:
    """What all records of a file have in common."""

    path: Path
    source: str
    sidecar: Sidecar | Withdrawn
    options: ReadingOptions

    def article(self, record: Record, is_current: IsCurrent) -> ArticleRead | UnreadableFile:
        origin = self._origin(record.key)
        if isinstance(self.sidecar, Withdrawn):
            return WithdrawnArticle(origin, self.sidecar)
        digest = self._digest(record.content, self.sidecar)
        if is_current(origin, digest):
            return UnchangedArticle(origin, digest)
        try:
            draft = record.read()
        except Withdrawn as reason:
            return WithdrawnArticle(origin, reason)
        except UnreadableFile as error:
            return error
        cleaned = clean_body(draft.text, draft.metadata.get("title"))
        if not cleaned.text:
            return UnreadableFile(self.path, "holds no text; nothing to index")
        # What the file says of itself goes before what is said about it.
        about = {**draft.hints, **self.options.metadata, **self.sidecar}
        stated = {**about, **cleaned.metadata, **draft.metadata}
        stated |= strictest([self.options.metadata, self.sidecar, draft.metadata])
        # A credit in the text stands beside what the page states of all of itself.
        rights = (draft.metadata.get("rights"), cleaned.metadata.get("rights"))
        if all(rights):
            stated["rights"] = "; ".join(dict.fromkeys(map(str, rights)))
        return FoundArticle(_article(self.source, cleaned.text, stated), origin, digest)

    def _origin(self, key: str) -> str:
        path = os.path.realpath(self.path)
        return storable(f"{path}#{key}" if key else path)

    def _digest(self, content: bytes, sidecar: Sidecar) -> str:
        """Differs where anything differs that decides what is stored."""
        said = (LAYOUT, self.source, repr(sorted(sidecar.items())), repr(self.options))
        digest = hashlib.blake2b(digest_size=16)
        for part in (content, *(text.encode("utf-8", "surrogatepass") for text in said)):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
        return digest.hexdigest()


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
