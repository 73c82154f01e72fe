"""Names of places and languages in English, French and Italian: Rome and Roma are one name.

Countries, languages and the cities of time zones are those of CLDR (Babel); `places.toml` has
other cities and regions with their countries, and who lives there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from index_store.terms import words
from qa.claims.tables import LANGUAGES, table

#: Words of the longest name that is looked for.
_LONGEST = 4

#: Codes of two letters that CLDR has for what is many countries.
_MANY = frozenset(("EU", "EZ", "UN"))


def places(folded: Sequence[str]) -> dict[int, frozenset[str]]:
    """What each folded word can name, by its position; of several names the longest."""
    names = _names()
    found: dict[int, frozenset[str]] = {}
    position = 0
    while position < len(folded):
        length = next(
            (
                length
                for length in range(min(_LONGEST, len(folded) - position), 0, -1)
                if tuple(folded[position : position + length]) in names
            ),
            0,
        )
        if length:
            meant = names[tuple(folded[position : position + length])]
            found |= dict.fromkeys(range(position, position + length), meant)
        position += max(length, 1)
    return found


def narrow(meanings: Iterable[str]) -> frozenset[str]:
    """Those of meanings that are a country, a city or a region: no continent, union or language."""
    return frozenset(
        meaning
        for meaning in meanings
        if meaning.startswith(("at ", "city "))
        or (meaning.startswith("in ") and meaning[3:].isalpha() and meaning[3:] not in _MANY)
    )


def countries(meanings: Iterable[str]) -> frozenset[str]:
    """What cities and regions lie in, in the form of `places`: Rome in Italy."""
    return frozenset(found for meaning in meanings if (found := _countries().get(meaning)))


@cache
def _countries() -> dict[str, str]:
    """The country of a city or region, both in the form of `places`."""
    from babel.core import get_global

    zones = {f"at {zone}": f"in {code}" for zone, code in get_global("zone_territories").items()}
    return zones | {meaning: country for country, meaning, _ in _of_cities()}


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
    yield from ((meaning, form) for _, meaning, row in _of_cities() for form in _forms(row))
    for row in rows["others"].strip().splitlines():
        yield from ((f"beyond {_english(row)}", form) for form in _forms(row))
    for row in rows["people"].strip().splitlines():
        code, _, forms = row.partition("|")
        yield from ((f"in {code.strip()}", form) for form in _forms(forms))


def _of_cities() -> Iterator[tuple[str, str, str]]:
    """Country, meaning and the row of its forms."""
    for line in table("places")["cities"].strip().splitlines():
        code, _, row = line.partition("|")
        yield f"in {code.strip()}", f"city {_english(row)}", row


def _english(row: str) -> str:
    return row.partition("|")[0].partition(",")[0].strip()


def _forms(row: str) -> list[str]:
    return [form.strip() for cell in row.split("|") for form in cell.split(",")]
