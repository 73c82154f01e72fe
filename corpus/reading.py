"""From paths to articles: which files, by which reader, cleaned, with language and id."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.characters import clean_line
from corpus.cleaning import clean_body
from corpus.errors import NothingToRead, UnreadableFile
from corpus.language import article_language
from corpus.models import Article, identified
from corpus.readers import SUFFIXES, Record, format_of
from corpus.sidecar import Sidecar, is_sidecar, load_sidecar

#: Version of what cleaning and splitting make of a file. Whoever changes either raises it, so that
#: the next run reads every file again.
LAYOUT = "2"

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


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says about all files of a run.

    Attributes:
        columns: names of columns by fields ("text" and those of `FIELDS`).
        metadata: values of `FIELDS` that hold where neither file nor sidecar states any.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)


def find_files(paths: Iterable[Path], *, missing_ok: bool = False) -> list[tuple[Path, str]]:
    """Every file below `paths`, sorted, each with its `source`: the path relative to the folder.

    Hidden files and folders are left out, and a file that several paths lead to comes once.

    Raises:
        NothingToRead: a folder cannot be listed; unless `missing_ok`, also where a path does not
            exist or a folder holds no file.
    """
    files: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            below = sorted(_walk(path))
            if not below and not missing_ok:
                raise NothingToRead(
                    f"{path}: the folder is empty; expected articles "
                    f"({', '.join(SUFFIXES)}) in it or in its subfolders"
                )
            files += [(file, _storable(file.relative_to(path).as_posix())) for file in below]
        elif path.exists():
            files.append((path, _storable(path.name)))
        elif not missing_ok:
            raise NothingToRead(f"{path}: no such file or folder; check the spelling of the path")
    unique: dict[str, tuple[Path, str]] = {}
    for file, source in files:
        unique.setdefault(os.path.realpath(file), (file, source))
    return list(unique.values())


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=_unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(parent, name) for name in names if not name.startswith("."))
        yield from (file for file in files if not is_sidecar(file))


def _unlisted(error: OSError) -> None:
    # Passed over in silence, its articles would count as gone.
    raise NothingToRead(
        f"{error.filename}: the folder cannot be listed ({error.strerror}); allow reading it"
    ) from error


def _storable(path: str) -> str:
    """A file name that is not valid UTF-8, with its odd bytes spelt out."""
    return path.encode("utf-8", "backslashreplace").decode()


def read_articles(
    files: Iterable[tuple[Path, str]],
    options: ReadingOptions = ReadingOptions(),
    is_current: Callable[[str, str], bool] = lambda origin, digest: False,
) -> Iterator[FoundArticle | UnchangedArticle | UnreadableFile]:
    """Articles of all files in order; what cannot be read is yielded as its error.

    Args:
        is_current: says of an origin and a digest whether just that was read before; it is not
            read again then.
    """
    for path, source in files:
        try:
            sidecar = load_sidecar(path)
            for record in format_of(path).reader(path, options.columns):
                if isinstance(record, UnreadableFile):
                    yield record
                    continue
                origin = _origin(path, record.key)
                digest = _digest(record.content, sidecar, options)
                if is_current(origin, digest):
                    yield UnchangedArticle(origin)
                else:
                    yield _read(path, source, record, sidecar, options, origin, digest)
        except UnreadableFile as error:
            yield error


def _origin(path: Path, key: str) -> str:
    return _storable(f"{path.resolve()}#{key}" if key else str(path.resolve()))


def _digest(content: bytes, sidecar: Sidecar, options: ReadingOptions) -> str:
    """Differs where anything differs that decides what is stored."""
    parts = (LAYOUT, content, repr(sorted(sidecar.items())), repr(options))
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8) + data)
    return found.hexdigest()


def _read(
    path: Path,
    source: str,
    record: Record,
    sidecar: Sidecar,
    options: ReadingOptions,
    origin: str,
    digest: str,
) -> FoundArticle | UnreadableFile:
    try:
        draft = record.read()
    except UnreadableFile as error:
        return error
    cleaned = clean_body(draft.text, draft.metadata.get("title"))
    if not cleaned.text:
        return UnreadableFile(path, "holds no text; nothing to index")
    # What the file says of itself goes before what is said about it.
    stated = {**options.metadata, **sidecar, **cleaned.metadata, **draft.metadata}
    quote_words = stated.pop("max_quote_words", None)
    article = Article(
        id="",
        title=stated.pop("title", "") or _title(cleaned.text),
        text=cleaned.text,
        source=source,
        language=article_language(cleaned.text, stated.pop("language", None)),
        max_quote_words=int(quote_words) if quote_words else None,
        **stated,
    )
    return FoundArticle(identified(article), origin, digest)


def _title(text: str) -> str:
    """The first line where it is short enough to be a headline, else the start of the text."""
    line = clean_line(text.partition("\n")[0])
    if len(line) <= _TITLE_LENGTH:
        return line
    start = line[:_TITLE_LENGTH]
    return (start.rpartition(" ")[0] or start) + "…"
