"""Names of places and languages in English, French and Italian: Rome and Roma are one name.

Countries, languages and the cities of time zones are those of CLDR (Babel); `places.toml` has
other cities, regions, and who lives there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from index_store.terms import words
from qa.claims.tables import LANGUAGES, table

#: Words of the longest name that is looked for.
_LONGEST = 4


def places(folded: Sequence[str]) -> dict[int, frozenset[str]]:
    """What each folded word can name, by its position; of several names the longest."""
    names = _names()
    found: dict[int, frozenset[str]] = {}
    position = 0
    while position < len(folded):
        length = next(
            (
                length
                for length in range(_LONGEST, 0, -1)
                if tuple(folded[position : position + length]) in names
            ),
            0,
        )
        if length:
            meant = names[tuple(folded[position : position + length])]
            found |= dict.fromkeys(range(position, position + length), meant)
        position += max(length, 1)
    return found


@cache
def _names() -> dict[tuple[str, ...], frozenset[str]]:
    """What names mean, by their folded words."""
    meant: dict[tuple[str, ...], set[str]] = {}
    for meaning, form in (*_of_cldr(), *_of_table()):
        if folded := tuple(words(form)):
            meant.setdefault(folded, set()).add(meaning)
    return {folded: frozenset(meanings) for folded, meanings in meant.items()}


def _of_cldr() -> Iterator[tuple[str, str]]:
    from babel import Locale  # 30 ms, and only where a name is not found as it is written

    locales = [Locale(language) for language in LANGUAGES]
    # A locale leaves out the cities that it calls as their zone is called.
    zones = {zone for locale in locales for zone in locale.time_zones}
    for locale in locales:
        yield from ((f"in {code}", name) for code, name in locale.territories.items())
        yield from (
            (f"speaks {code}", name) for code, name in locale.languages.items() if len(code) < 4
        )
        for zone in zones:
            names = locale.time_zones.get(zone, {})
            yield f"at {zone}", names.get("city") or str(zone).rpartition("/")[2].replace("_", " ")


def _of_table() -> Iterator[tuple[str, str]]:
    rows = table("places")
    for row in rows["cities"].strip().splitlines():
        english = row.partition("|")[0].partition(",")[0].strip()
        yield from ((f"city {english}", form) for form in _forms(row))
    for row in rows["people"].strip().splitlines():
        code, _, forms = row.partition("|")
        yield from ((f"in {code.strip()}", form) for form in _forms(forms))


def _forms(row: str) -> list[str]:
    return [form.strip() for cell in row.split("|") for form in cell.split(",")]
