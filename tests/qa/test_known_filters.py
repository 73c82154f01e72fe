"""Filters as the archive spells them."""

import pytest

from index_store.models import Filters
from index_store.store import Entry
from qa.errors import BadFilter
from qa.known_filters import known_filters


def entry(publisher: str | None, language: str | None = "fr", section: str | None = None) -> Entry:
    return Entry("id", "/file", publisher, language, None, 1, section=section)


CATALOGUE = (
    entry("L’Écho de Valmorin", section="Régions"),
    entry("The Example Courier", "en"),
    entry("THE EXAMPLE COURIER", "en"),
    entry(None, None),
)


@pytest.mark.parametrize(
    ("wanted", "known"),
    [
        (Filters(("l’echo de VALMORIN",)), Filters(("L’Écho de Valmorin",))),
        (Filters(("The Example Courier",)), Filters(("The Example Courier",))),
        (Filters(("the example courier",)),
         Filters(("THE EXAMPLE COURIER", "The Example Courier"))),
        (Filters(languages=("FR", "Anglais")), Filters(languages=("fr", "en"))),
        (Filters(languages=("francese", "fr")), Filters(languages=("fr",))),
        (Filters(sections=("regions",)), Filters(sections=("Régions",))),
        (Filters(("",), ("",)), Filters(("",), ("",))),
        (Filters(published_to="2024-01-31"), Filters(published_to="2024-01-31")),
    ],
)  # fmt: skip
def test_a_filter_is_spelt_as_in_the_archive(wanted: Filters, known: Filters) -> None:
    assert known_filters(wanted, CATALOGUE) == known


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Filters(("L'Echo de Valmorrin",)),
         "publisher \"L'Echo de Valmorrin\": the archive has none of this name; "
         "the nearest: 'L’Écho de Valmorin'"),
        (Filters(languages=("frances",)),
         "language 'frances': the archive has none of this name; the nearest: 'fr'"),
        (Filters(languages=("de",)),
         "language 'de': the archive has none of this name; it has: 'en', 'fr'"),
    ],
)  # fmt: skip
def test_what_the_archive_does_not_have_is_told_with_what_it_has(
    wanted: Filters, message: str
) -> None:
    with pytest.raises(BadFilter) as raised:
        known_filters(wanted, CATALOGUE)
    assert str(raised.value) == message


def test_an_archive_that_states_no_section_says_so() -> None:
    with pytest.raises(BadFilter, match="its articles state no section"):
        known_filters(Filters(sections=("Local",)), [entry("A")])


def test_nothing_is_unknown_to_an_archive_that_is_empty() -> None:
    assert known_filters(Filters(("Anyone",)), []) == Filters(("Anyone",))
