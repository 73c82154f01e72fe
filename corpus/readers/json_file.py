"""JSON files: one article, or an array of them, bare or under the name that an export gives it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.jsonl import _present
from corpus.readers.record import Columns, Format, Record, load
from corpus.readers.rows import (
    BODY,
    body_of,
    by_columns,
    check_columns,
    listed,
    no_such_column,
    stated_key,
)
from corpus.readers.text import decode

#: Names of the array in exports of content systems, news APIs, Elasticsearch and Solr.
_ARRAYS = ("articles", "items", "data", "docs", "hits", "response")

#: A document is parsed as a whole, into about six times its size; JSON Lines pass line by line.
MAX_BYTES = 128 * 2**20
_TOO_LARGE = (
    "a JSON document is read up to {:,}: write one article a line as JSON Lines (jq -c '.[]')"
)

#: Articles in which a key that the user names must be found; a field can be missing in some.
_TRIED = 100


def records(path: Path, columns: Columns) -> Iterator[Record | UnreadableFile]:
    """Articles in file order; one that is no object, or that repeats a key, as its error.

    Args:
        columns: names of keys by fields; `article.body` is the key `body` within `article`.

    Raises:
        UnreadableFile: the file cannot be opened, is no JSON, holds no article, or has not the
            keys that the user names.
    """
    check_columns(path, columns)
    data = load(path, MAX_BYTES, _TOO_LARGE)
    document = parsed(path, data)
    if _is_question_set(document):
        raise UnreadableFile(path, f"is a question set; run: citedesk eval {path}")
    found = _array(document)
    if found is None:
        article = _one_article(path, document, columns)
        yield Record(
            data, partial(_read, path, "", by_columns(article, columns, partial(_present, article)))
        )
    elif not found:
        raise UnreadableFile(path, "holds an empty array; nothing to index")
    else:
        _check_keys(path, found, columns)
        yield from _each(path, found, columns)


def parsed(path: Path, data: bytes) -> object:
    """What a JSON document says.

    Raises:
        UnreadableFile: it is no JSON, or not in UTF-8.
    """
    try:
        document: object = json.loads(decode(path, data))
    except json.JSONDecodeError as error:
        hint = (
            "; is it JSON Lines? name it .jsonl"
            if error.msg == "Extra data"
            else "; export it again"
        )
        raise UnreadableFile(path, f"is not JSON ({error}){hint}") from error
    except (ValueError, RecursionError) as error:  # ValueError: a number of 5,000 digits
        raise UnreadableFile(path, f"is not JSON that can be read ({error})") from error
    return document


def _is_question_set(document: object) -> bool:
    """SQuAD's format, whose paragraphs come with questions."""
    groups = document.get("data") if isinstance(document, Mapping) else None
    first = groups[0] if isinstance(groups, list) and groups else None
    return isinstance(first, Mapping) and isinstance(first.get("paragraphs"), list)


def _array(document: object) -> Sequence[object] | None:
    """The articles of an export; None where the document is no export of several."""
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping) or _has_body(document):
        return None
    for name in _ARRAYS:
        inner = document.get(name)
        if isinstance(inner, list):
            return inner
        if isinstance(inner, Mapping):  # Elasticsearch's hits.hits, Solr's response.docs
            inner = inner.get("hits", inner.get("docs"))
            if isinstance(inner, list):
                return inner
    return None


def _has_body(stated: Mapping[str, object]) -> bool:
    return any(isinstance(stated.get(name), str) for name in BODY)


def _one_article(path: Path, document: object, columns: Columns) -> Mapping[str, object]:
    if isinstance(document, Mapping) and (_has_body(document) or "text" in columns):
        _check_keys(path, [document], columns)
        return document
    found = f"the keys {listed(map(str, document))}" if isinstance(document, Mapping) else "none"
    raise UnreadableFile(
        path,
        f'holds no article: expected an object with "text", "body" or "content", or an array of '
        f"such, alone or as {', '.join(_ARRAYS[:4])}; found {found}",
    )


def _check_keys(path: Path, articles: Sequence[object], columns: Columns) -> None:
    """A misspelt key would otherwise be an error of every article."""
    tried = [_source(each) for each in articles[:_TRIED] if isinstance(each, Mapping)]
    for field, key in columns.items() if tried else ():
        if all(_present(each, key) is None for each in tried):
            raise no_such_column(path, field, key, dict.fromkeys(str(k) for a in tried for k in a))


def _each(
    path: Path, articles: Sequence[object], columns: Columns
) -> Iterator[Record | UnreadableFile]:
    numbers_by_key: dict[str, int] = {}
    for number, article in enumerate(articles, start=1):
        place = f"article {number}"
        if not isinstance(article, Mapping):
            kind = type(article).__name__
            yield UnreadableFile(path, f"{place}: expected a JSON object, found {kind}")
            continue
        source = _source(article)
        content = json.dumps(source).encode()
        stated = by_columns(source, columns, partial(_present, source))
        key = _key(stated, content)
        first = numbers_by_key.setdefault(key, number)
        if first == number:
            yield Record(content, partial(_read, path, place, stated), key)
        else:  # one would replace the other at every reading
            yield UnreadableFile(
                path, f"{place} has the id of article {first}; give each an id of its own"
            )


def _source(article: Mapping[str, object]) -> Mapping[str, object]:
    """The article itself, which Elasticsearch wraps with its id."""
    inner = article.get("_source")
    return {"id": article.get("_id"), **inner} if isinstance(inner, Mapping) else article


def _key(stated: Mapping[str, object], content: bytes) -> str:
    # An article without an id is known by its content: a changed one is a new one.
    return stated_key(stated) or hashlib.sha256(content).hexdigest()[:16]


def _read(path: Path, place: str, stated: Mapping[str, object]) -> Draft:
    prefix = f"{place}: " if place else ""
    try:
        body = body_of(path, stated)
        if not body:
            raise UnreadableFile(
                path, 'has no text; expected one of the keys "text", "body", "content"'
            )
        return Draft(body, pick_metadata(stated, path))
    except UnreadableFile as error:
        raise type(error)(path, f"{prefix}{error.reason}") from error


FORMAT = Format("JSON", (".json",), records)
