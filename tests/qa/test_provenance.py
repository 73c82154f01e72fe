"""How many sources stand behind several outlets."""

from corpus import Article, Span
from corpus.wire import sketch
from qa.answer import Provenance
from qa.citing import citations
from qa.draft import Source
from qa.fakes import article
from qa.provenance import provenance, provenance_line

WIRE = " ".join(f"The harbour of Ellery lost {number} cranes in a storm." for number in range(60))
OWN = " ".join(f"Nurses at hospital {number} work by candle light." for number in range(60))


def printed(text: str, publisher: str | None) -> Article:
    return article(text, publisher=publisher)


def told(*articles: Article) -> Provenance:
    cited = citations([Source("p", one, Span(0, 5)) for one in articles])
    return provenance(cited, lambda ids: {one.id: sketch(one.text) for one in articles})


def test_outlets_that_print_one_text_are_one_source() -> None:
    trimmed = WIRE[: len(WIRE) * 2 // 3]
    assert told(printed(WIRE, "Wire"), printed(trimmed, "Post"), printed(OWN, "Gazette")) == (
        Provenance(outlets=3, independent=2)
    )


def test_two_articles_of_one_outlet_are_one_source() -> None:
    assert told(printed(WIRE, "Post"), printed(OWN, "Post")) == Provenance(1, 1)


def test_an_outlet_that_took_a_copy_joins_what_else_it_prints() -> None:
    articles = printed(WIRE, "Wire"), printed(f"{WIRE} x", "Post"), printed(OWN, "Post")
    assert told(*articles) == Provenance(2, 1)


def test_an_outlet_that_is_not_stated_is_not_counted() -> None:
    assert told(printed(WIRE, None), printed(OWN, "Post")) == Provenance(1, 1)
    assert told() == Provenance(0, 0)


def test_without_sketches_no_two_texts_are_one() -> None:
    articles = printed(WIRE, "Wire"), printed(WIRE, "Post")
    cited = citations([Source("p", one, Span(0, 5)) for one in articles])
    assert provenance(cited, lambda ids: {}) == Provenance(2, 2)


def test_a_single_outlet_needs_no_line() -> None:
    assert provenance_line(Provenance(1, 1), "en") is None
    assert provenance_line(Provenance(3, 1), "fr") == (
        "3 médias, 1 source indépendante : ils publient le même texte."
    )
    assert provenance_line(Provenance(3, 2), "it") == "3 testate, 2 fonti indipendenti."
