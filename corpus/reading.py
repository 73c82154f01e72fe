"""From paths to articles: which files, by which reader, cleaned, with language and id."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.cleaning import clean_line, clean_text
from corpus.errors import NothingToRead, UnreadableFile
from corpus.language import detect_language
from corpus.models import Article, identified
from corpus.readers import READERS, Draft

logger = logging.getLogger(__name__)

_TITLE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article and where on this machine it came from.

    Attributes:
        origin: absolute path, with `#KEY` behind it where a file holds several articles. The
            same origin with other content is the same article, changed.
    """

    article: Article
    origin: str


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
                    f"({', '.join(READERS)}) in it or in its subfolders"
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
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _unlisted(error: OSError) -> None:
    # Passed over in silence, its articles would count as gone.
    raise NothingToRead(
        f"{error.filename}: the folder cannot be listed ({error.strerror}); allow reading it"
    ) from error


def _storable(path: str) -> str:
    """A file name that is not valid UTF-8, with its odd bytes spelt out."""
    return path.encode("utf-8", "backslashreplace").decode()


def read_articles(files: Iterable[tuple[Path, str]]) -> Iterator[FoundArticle | UnreadableFile]:
    """Articles of all files in order; what cannot be read is yielded as its error."""
    for path, source in files:
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            found = f'"{path.suffix}"' if path.suffix else "no suffix"
            yield UnreadableFile(path, f"has {found}; expected one of {', '.join(READERS)}")
            continue
        if path.exists() and not path.is_file():
            # Reading a named pipe would wait for ever.
            yield UnreadableFile(path, "is not a regular file; leave it out")
            continue
        try:
            for draft in reader(path):
                yield draft if isinstance(draft, UnreadableFile) else _found(path, source, draft)
        except UnreadableFile as error:
            yield error


def _found(path: Path, source: str, draft: Draft) -> FoundArticle | UnreadableFile:
    text = clean_text(draft.text)
    if not text:
        return UnreadableFile(path, "holds no text; nothing to index")
    stated = dict(draft.metadata)
    article = Article(
        id="",
        title=stated.pop("title", "") or _title(text),
        text=text,
        source=source,
        language=stated.pop("language", None) or detect_language(text),
        **stated,
    )
    origin = f"{path.resolve()}#{draft.key}" if draft.key else str(path.resolve())
    return FoundArticle(identified(article), _storable(origin))


def _title(text: str) -> str:
    """The first line where it is short enough to be a headline, else the start of the text."""
    line = clean_line(text.partition("\n")[0])
    if len(line) <= _TITLE_LENGTH:
        return line
    start = line[:_TITLE_LENGTH]
    return (start.rpartition(" ")[0] or start) + "…"
