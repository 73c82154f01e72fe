"""What every reader returns: text and the metadata that the file itself states."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from corpus.cleaning import clean_line
from corpus.errors import UnreadableFile

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a reader found it, before cleaning.

    Attributes:
        text: the body.
        metadata: values of `FIELDS` as single lines; a field that is not stated is absent.
        key: tells articles of one file apart ("" where the file is one article).
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


#: Reads one file. A record that cannot be read is yielded as the error, so that the rest of the
#: file is still read; a file that cannot be read at all raises it.
Reader = Callable[[Path], Iterator[Draft | UnreadableFile]]

#: Names that exports and front matter use for the fields of an article, most telling first.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "outlet", "site", "sitename"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date_published", "datePublished", "pubdate", "date"),
    "modified": ("modified", "date_modified", "dateModified", "updated"),
    "language": ("language", "lang"),
    "url": ("url", "link"),
    "section": ("section", "category"),
}
_DATES = ("published", "modified")


def pick_metadata(stated: Mapping[str, object], path: Path) -> dict[str, str]:
    """The fields of an article among everything that a file states about it."""
    picked = {}
    for name, aliases in FIELDS.items():
        value = next((stated[alias] for alias in aliases if stated.get(alias)), None)
        if value is None:
            continue
        line = _line(value)
        if name in _DATES:
            if (day := iso_date(line)) is not None:
                picked[name] = day
            else:
                logger.warning("%s: %s %r is not an ISO 8601 date; left out", path, name, line)
        elif name == "language":
            picked[name] = line.lower().replace("_", "-").partition("-")[0]
        elif line:
            picked[name] = line
    return picked


def iso_date(value: str) -> str | None:
    """A date or date-time in ISO 8601's usual spelling, or None where the value is neither."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    has_time = len(value) > len("2025-01-14") or "T" in value
    return moment.isoformat() if has_time else moment.date().isoformat()


def _line(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_line, value)))
    return clean_line(str(value))
