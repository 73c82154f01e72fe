"""What every reader returns: text and the metadata that the file itself states."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count as count_from_zero
from pathlib import Path

from corpus.characters import clean_line
from corpus.dates import iso_date
from corpus.errors import Withdrawn

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a reader found it, before cleaning.

    Attributes:
        text: the body.
        metadata: values of `FIELDS` as single lines; a field that is not stated is absent.
        hints: the same, of what a program may have filled in: they hold where nothing else does.
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)


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
    "rights": ("rights", "copyright", "copyrightNotice", "license"),
    "embargo_until": ("embargo_until", "embargo", "embargoed"),
    "max_quote_words": ("max_quote_words",),
    "corrects": ("corrects", "correction_of"),
    "corrected_by": ("corrected_by", "correctedBy"),
}


def pick_metadata(stated: Mapping[str, object], path: Path) -> dict[str, str]:
    """The fields of an article among everything that a file states about it.

    Raises:
        Withdrawn: an embargo or a limit of quotation is stated, and cannot be understood.
    """
    picked = {}
    for name, aliases in FIELDS.items():
        values = [stated.get(alias) for alias in aliases]
        line = next(filter(None, map(_line, values)), None)
        if line is None and (name not in _BINDING or not any(values)):
            continue
        value = _PARSERS.get(name, str)(line) if line else None
        if value is None and name in _BINDING:
            # What its owner forbids is not to be shown because of a typing error.
            found = repr(line) if line else "in a form of its own"
            raise Withdrawn(path, f"{name} {found} is not {EXPECTED[name]}; correct it")
        if value is None:
            if next(_warnings(path, name)) == 0:
                logger.warning("%s: %s %r is not %s; left out", path, name, line, EXPECTED[name])
        else:
            picked[name] = value
    return picked


_COUNT = re.compile("0*[1-9][0-9]{0,5}")


@lru_cache(maxsize=1024)
def _warnings(path: Path, name: str) -> Iterator[int]:
    """Counts them: an export of 100,000 articles says the same 100,000 times."""
    return count_from_zero()


def language_code(value: str) -> str | None:
    """The ISO 639-1 code of a tag such as "EN_us"; None for a name such as "English"."""
    code = re.split("[-_]", value.lower())[0]
    return code if re.fullmatch("[a-z]{2}", code) else None


def count(value: str) -> str | None:
    """A whole number, 1 or more, of up to six digits."""
    return value if _COUNT.fullmatch(value) else None


_PARSERS: dict[str, Callable[[str], str | None]] = {
    "published": iso_date,
    "modified": iso_date,
    "embargo_until": iso_date,
    "language": language_code,
    "max_quote_words": count,
}
_BINDING = frozenset(("embargo_until", "max_quote_words"))
EXPECTED = {
    "published": "a date such as 2025-01-14",
    "modified": "a date such as 2025-01-14",
    "embargo_until": "a date such as 2025-01-14",
    "language": "an ISO 639-1 code",
    "max_quote_words": "a whole number of words",
}


def _line(value: object) -> str:
    values = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(filter(None, map(_words, values)))


def _words(value: object) -> str:
    """One name or number. Lists in lists are not followed: YAML can nest one in itself."""
    if isinstance(value, Mapping):
        # As JSON-LD writes an author, and WordPress a title.
        value = value.get("name") or value.get("rendered")
    is_stated = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return clean_line(str(value)) if is_stated else ""
