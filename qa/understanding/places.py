"""Countries and cities by their names in every language that is spoken here (Babel's CLDR data).

They tell which words of a question are a place, and carry one into another language: "Italie" of
a follow-up in French is the "Italy" of a question in English.
"""

from __future__ import annotations

from functools import cache

from babel import Locale

from corpus.characters import fold
from qa.phrases import INTERFACE_LANGUAGES

#: What is said instead of the names in CLDR.
_SHORT = {"us": "US", "usa": "US", "uk": "GB", "eu": "EU", "ue": "EU"}


def place_code(name: str) -> str | None:
    """The CLDR code of a country, continent or city; None where the name is of none."""
    return _codes().get(fold(name))


def place_in(code: str, language: str) -> str | None:
    """The name of a place in a language that is spoken here."""
    return _names(language).get(code)


@cache
def _codes() -> dict[str, str]:
    named = {
        fold(name): code
        for language in INTERFACE_LANGUAGES
        for code, name in _names(language).items()
    }
    return named | _SHORT


@cache
def _names(language: str) -> dict[str, str]:
    locale = Locale.parse(language)
    # CLDR states a city's name only where it is not that of the zone: "Europe/Rome" is Rome.
    zones = Locale.parse("fr").time_zones.keys() | Locale.parse("it").time_zones.keys()
    cities = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    stated = {zone: names["city"] for zone, names in locale.time_zones.items() if names.get("city")}
    return {**cities, **stated, **locale.territories}
