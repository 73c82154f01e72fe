"""When a page says that its article was published or changed: "Published: 14 March 2023"."""

from __future__ import annotations

import re

from corpus.dates import iso_date

_PUBLISHED = (
    r"first published|published|posted|publiée?|mise? en ligne|parue?|pubblicat[oa]"
    r"|veröffentlicht|publicad[oa]"
)
_MODIFIED = (
    r"last updated|last modified|updated|modified|mise? à jour|modifiée?|actualisée?"
    r"|ultimo aggiornamento|aggiornat[oa]|modificat[oa]|aktualisiert|actualizad[oa]|atualizad[oa]"
)
_LABEL = re.compile(
    rf"\W*(?:(?P<published>{_PUBLISHED})|(?P<modified>{_MODIFIED}))?"
    r"(?:\s+(?:on|at|le|il|am|el|em))?\s*:?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s[|·•–—-]\s|\s*[|·•]\s*")
_LONGEST = 120


def stamps_of(text: str) -> dict[str, str]:
    """The dates that a line states as `published` and `modified`, in ISO 8601.

    A date without a word before it is the first one; what is no whole date says nothing.
    """
    found: dict[str, str] = {}
    for part in _PARTS.split(text[:_LONGEST]):
        label = _LABEL.match(part)
        assert label is not None  # it matches nothing, too
        if date := iso_date(part[label.end() :].strip(" .,;")):
            found.setdefault("modified" if label["modified"] else "published", date)
    return found
