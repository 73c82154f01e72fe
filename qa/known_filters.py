"""Filters as the archive spells them: what it does not have is told, not searched for in vain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from corpus.characters import fold
from index_store.models import Filters
from index_store.store import Entry
from qa.errors import BadFilter
from qa.phrases import INTERFACE_LANGUAGES
from qa.running_text import language_name

#: Names that are offered in place of one that is not known.
_OFFERED = 3
#: Characters that are repeated of such a name.
_SHOWN = 60


def known_filters(filters: Filters, entries: Iterable[Entry]) -> Filters:
    """A filter whose outlets, languages and sections are spelt as in the archive.

    Case and accents do not matter. A language is known by its code and by its name in English,
    French and Italian.

    Args:
        entries: the catalogue. Where that is empty, nothing is known or unknown.

    Raises:
        BadFilter: the archive has no such outlet, language or section.
    """
    if not (filters.publishers or filters.languages or filters.sections):
        return filters
    catalogue = list(entries)
    if not catalogue:
        return filters
    publishers = {entry.publisher or "" for entry in catalogue}
    languages = {entry.language or "" for entry in catalogue}
    sections = {entry.section or "" for entry in catalogue}
    called = {name: code for code in languages for name in _names(code)}
    return replace(
        filters,
        publishers=_known("publisher", filters.publishers, publishers),
        languages=_known("language", filters.languages, languages, called),
        sections=_known("section", filters.sections, sections),
    )


def _known(
    kind: str,
    wanted: Iterable[str],
    there: Collection[str],
    called: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Each that is wanted, as it is spelt there: several spellings where there are such.

    Args:
        called: what is meant by other names, these folded.
    """
    spelt: list[str] = []
    for name in wanted:
        same = [name] if name in there else [one for one in there if fold(one) == fold(name)]
        if not same and called and fold(name) in called:
            same = [called[fold(name)]]
        if not same:
            raise BadFilter(_unknown(kind, name, there, called or {}))
        spelt += sorted(same)
    return tuple(dict.fromkeys(spelt))


def _unknown(kind: str, name: str, there: Collection[str], called: Mapping[str, str]) -> str:
    offered = {fold(one): one for one in sorted(filter(None, there))} | dict(called)
    close = get_close_matches(fold(name), offered, n=_OFFERED)
    found = f"{kind} {name[:_SHOWN]!r}: the archive has none of this name"
    if close:
        return f"{found}; the nearest: {_listed(offered[one] for one in close)}"
    if not any(there):
        return f"{found}: its articles state no {kind}"
    some = sorted(filter(None, there))
    more = " …" if len(some) > _OFFERED else ""
    return f"{found}; it has: {_listed(some[:_OFFERED])}{more}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, dict.fromkeys(names)))


def _names(code: str) -> list[str]:
    """What a language is called, folded."""
    return [fold(language_name(code, spoken)) for spoken in INTERFACE_LANGUAGES] if code else []
