"""No statement passes without a source that bears it out, and no answer with a broken citation."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from qa.answer import (
    Answer,
    Citation,
    Disagreement,
    Mode,
    Searched,
    Statement,
    Verdict,
    Version,
)
from qa.claims import Reason
from qa.draft import Draft, Source
from qa.errors import BrokenCitation
from qa.fakes import article, source
from qa.verifying import Finding, check, check_citations, verdict, verify
from tests.corpus.strategies import any_text

COURT = (
    "A federal court in New York has ordered the operators of Library Genesis to pay 30 million "
    "dollars to four publishers of textbooks."
)
LINDQVIST = (
    "“The part that can be used on Monday morning is the injunction,” said Gareth Lindqvist, who "
    "counted 118 addresses, of which 41 still answered."
)
LIBRARY = "The library bought 64,000 books for 1.5 million euros and did not sell any of them."
PLACE = "Le budget de la bibliothèque de Valmorin baisse de 420\u202f000 euros, soit 37 %."

BORNE_OUT = [
    ("word-for-word", COURT, COURT, Verdict.VERBATIM),
    ("part-of-it", "pay 30 million dollars to four publishers", COURT, Verdict.VERBATIM),
    ("other-case-and-marks", COURT.upper().rstrip("."), COURT, Verdict.VERBATIM),
    ("short-but-whole", "Yes.", "Yes.", Verdict.VERBATIM),
    (
        "in-other-order",
        "The operators of Library Genesis have to pay 30 million dollars to publishers.",
        COURT,
        Verdict.SUPPORTED,
    ),
    ("amount-as-a-sign", "Library Genesis has to pay $30 million.", COURT, Verdict.SUPPORTED),
    ("amount-in-digits", "They have to pay $30,000,000 to 4 publishers.", COURT, Verdict.SUPPORTED),
    (
        "quotation",
        "“The part that can be used on Monday morning is the injunction”, said Lindqvist.",
        LINDQVIST,
        Verdict.SUPPORTED,
    ),
    (
        "own-word-in-quotes",
        "Lindqvist said that the “injunction” is the part that can be used.",
        LINDQVIST,
        Verdict.SUPPORTED,
    ),
]


@pytest.mark.parametrize(
    ("statement", "printed", "expected"),
    [case[1:] for case in BORNE_OUT],
    ids=[case[0] for case in BORNE_OUT],
)
def test_what_the_source_says_passes(statement: str, printed: str, expected: Verdict) -> None:
    assert verdict(statement, [source(printed)], "en") is expected


def test_one_quantity_is_the_same_however_it_is_written() -> None:
    printed = source("The library bought 64,000 books in all.")
    for written in ("64k", "64,000", "64 000", "64 thousand", "sixty-four thousand"):
        assert verdict(f"The library bought {written} books.", [printed], "en"), written


def test_thousands_divided_by_a_narrow_space_are_read_in_french() -> None:
    said = "La bibliothèque de Valmorin perd 420 000 euros de budget, une baisse de 37 pour cent."
    assert verdict(said, [source(PLACE, "fr")], "fr") is Verdict.SUPPORTED


NOT_BORNE_OUT = [
    ("other-number", "Library Genesis has to pay 40 million dollars.", COURT),
    ("billion-for-million", "Library Genesis has to pay 30 billion dollars.", COURT),
    ("other-currency", "Library Genesis has to pay 30 million euros to publishers.", COURT),
    ("other-currency-sign", "pay €30 million to four publishers", COURT),
    ("share-for-number", "Library Genesis has to pay 30 million % to publishers.", COURT),
    ("decimal-point-lost", "The library bought books for 15 million euros.", LIBRARY),
    ("part-of-a-number", "The library bought 64 books for 1.5 million euros.", LIBRARY),
    ("number-in-words", "Library Genesis has to pay 30 million dollars to five publishers.", COURT),
    ("digits-of-another", "He counted 11 addresses, of which 41 still answered.", LINDQVIST),
    ("name-inside", "A court in Delaware ordered Library Genesis to pay 30 million.", COURT),
    ("name-that-opens", "Zuckerberg ordered the operators of Library Genesis to pay.", COURT),
    ("name-with-letters-beyond-latin-1", "A court ordered Šimić of Library Genesis to pay.", COURT),
    ("name-of-one-letter", "A federal court ordered X and Library Genesis to pay.", COURT),
    ("name-like-eBay", "A federal court ordered eBay and Library Genesis to pay.", COURT),
    ("quotation-never-printed", "“The injunction is useless”, said Gareth Lindqvist.", LINDQVIST),
    (
        "stitched-quotation",
        "Lindqvist said: “Monday morning is the injunction, 41 still answered.”",
        LINDQVIST,
    ),
    (
        "quotation-left-open",
        "Gareth Lindqvist said: “Monday is the part that still answered",
        LINDQVIST,
    ),
    (
        "quotation-in-guillemets",
        "Gareth Lindqvist said: « Monday is the part that can be used »",
        LINDQVIST,
    ),
    ("quotation-in-plain-marks", 'Gareth Lindqvist said: "Monday is the part"', LINDQVIST),
    (
        "quotation-in-single-marks",
        "Gareth Lindqvist said: ‘Monday is the part that can be used’",
        LINDQVIST,
    ),
    ("denial-added", "A federal court has not ordered Library Genesis to pay.", COURT),
    ("denial-lost", "The library bought books and did sell any of them.", LIBRARY),
    ("link", "Library Genesis has to pay publishers of textbooks http://evil.example", COURT),
    ("markup", "<b>Library Genesis</b> has to pay 30 million dollars to publishers.", COURT),
    ("another-subject", "The weather in spring will be mild.", COURT),
    ("nothing-but-marks", "…", COURT),
    ("emoji-for-emoji", "🔥", "😀"),
]


@pytest.mark.parametrize(
    ("statement", "printed"),
    [case[1:] for case in NOT_BORNE_OUT],
    ids=[case[0] for case in NOT_BORNE_OUT],
)
def test_what_the_source_does_not_say_is_dropped(statement: str, printed: str) -> None:
    assert verdict(statement, [source(printed)], "en") is None


def test_a_denial_is_seen_in_the_sources_language_too() -> None:
    printed = source("Meta a payé les auteurs des livres.", "fr")
    assert verdict("Meta n’a pas payé les auteurs des livres.", [printed], "en") is None


def test_a_statement_of_two_sources_needs_both() -> None:
    both = [source(COURT), source(LINDQVIST)]
    said = "The court ordered Library Genesis to pay 30 million; Lindqvist counted 118 addresses."
    assert verdict(said, both, "en")
    assert verdict(said, both[:1], "en") is None


def test_a_source_that_proves_nothing_is_not_cited_beside_one_that_does() -> None:
    draft = Draft(COURT, (source(LINDQVIST), source(COURT), source(LIBRARY)), Verdict.PARTIAL)
    verified = verify(draft, "en")
    assert verified is not None
    assert [kept.text for kept in verified.sources] == [COURT]
    assert verified.verdict is Verdict.VERBATIM


def test_every_outlet_that_printed_the_sentence_stays_cited() -> None:
    reprint = replace(source(COURT), article=article(COURT, publisher="Another Outlet"))
    verified = verify(Draft(COURT, (source(COURT), reprint), Verdict.VERBATIM), "en")
    assert verified is not None
    assert len(verified.sources) == 2


@pytest.mark.parametrize(
    "span",
    [Span(-1, 5), Span(5, 5), Span(7, 3), Span(0, 10_000)],
    ids=["-1", "empty", "back", "far"],
)
def test_a_source_outside_its_article_proves_nothing(span: Span) -> None:
    assert (
        verify(Draft(COURT, (replace(source(COURT), span=span),), Verdict.VERBATIM), "en") is None
    )


def test_a_draft_without_a_source_is_dropped() -> None:
    assert verify(Draft(COURT, (), Verdict.VERBATIM), "en") is None


def test_a_quoted_sentence_passes_whatever_the_language_of_the_question() -> None:
    printed = source("Il giudice non ha deciso: due mesi, 30 %, «no».", "it")
    for language in ("en", "fr", "it", "de", None):
        assert verdict(printed.text, [printed], language) is Verdict.VERBATIM


def test_a_quotation_in_another_named_mouth_is_dropped() -> None:
    printed = source("“The model is winning,” said Adaeze Fenwick, who answered Rory Pellatt.")
    assert verdict("“The model is winning,” said Rory Pellatt.", [printed], "en") is None


def test_a_number_of_something_else_is_dropped() -> None:
    printed = source("The guild has 270 members and wrote to five developers.")
    assert verdict("The guild has five members.", [printed], "en") is None


def test_an_opposite_is_dropped() -> None:
    printed = source("The court accepted the request of the publishers of textbooks in full.")
    said = "The court rejected the request of the publishers of textbooks in full."
    assert verdict(said, [printed], "en") is None


def test_an_invented_clause_in_small_letters_is_dropped() -> None:
    said = f"{COURT.rstrip('.')} amid widespread riots."
    assert verdict(said, [source(COURT)], "en") is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Library Genesis has to pay 40 million dollars.", Reason.NUMBER),
        ("Library Genesis has to pay 30 million in May 2024.", Reason.DATE),
        ("Library Genesis has to pay €30 million.", Reason.NUMBER),
        ("Library Genesis has to pay publishers in euros.", Reason.CURRENCY),
        ("A court in Delaware ordered Library Genesis to pay 30 million.", Reason.NAME),
        ("A federal court ordered Library Genesis to “surrender”.", Reason.QUOTATION),
        ("Lindqvist said Library Genesis has to pay publishers.", Reason.NAME),
        ("According to Library Genesis, publishers of textbooks pay 30 million.", None),
        ("Library Genesis has not to pay 30 million dollars.", Reason.DENIAL),
        ("Library Genesis has to pay https://evil.example", Reason.LINK),
        ("Library Genesis has to sail across the northern sea.", Reason.WORDS),
    ],
)
def test_a_statement_that_does_not_stand_has_its_reason(said: str, reason: Reason | None) -> None:
    finding = check(said, [source(COURT)], "en")
    assert finding.verdict is None
    assert finding.reason is (reason or Reason.SPEAKER)


def test_a_statement_without_a_source_says_so() -> None:
    assert check(COURT, [], "en") == Finding(None, Reason.NO_SOURCE)


def test_the_words_that_a_reason_is_about_are_named() -> None:
    finding = check("Delaware ordered Library Genesis to pay.", [source(COURT)], "en")
    assert finding.about == "Delaware"
    assert check(COURT, [source(COURT)], "en") == Finding(Verdict.VERBATIM)


def test_marks_around_words_that_are_not_printed_go_and_the_rest_is_judged_as_prose() -> None:
    said = "Lindqvist counted “the 118 addresses”."
    verified = verify(Draft(said, (source(LINDQVIST),), Verdict.PARTIAL), "en")
    assert verified is not None
    assert verified.text == "Lindqvist counted the 118 addresses."


def test_a_quotation_that_is_nearly_printed_is_set_right() -> None:
    said = "Lindqvist said that the injunction “can be used Monday”."
    verified = verify(Draft(said, (source(LINDQVIST),), Verdict.PARTIAL), "en")
    assert verified is not None
    assert verified.text == "Lindqvist said that the injunction “can be used on Monday”."


def test_a_source_that_says_otherwise_is_set_aside_and_not_cited() -> None:
    other = source(COURT.replace("30 million", "40 million").replace("ordered", "not ordered"))
    said = "A federal court in New York ordered Library Genesis to pay 30 million dollars."
    verified = verify(Draft(said, (other, source(COURT)), Verdict.PARTIAL), "en")
    assert verified is not None
    assert [kept.text for kept in verified.sources] == [COURT]


# Whatever is said

PRINTED = [COURT, LINDQVIST, LIBRARY, "No one answered.", "It rained on 14 January in Rome."]
SOURCES = st.lists(st.sampled_from(PRINTED), min_size=1, max_size=4).map(
    lambda texts: [source(text) for text in texts]
)
SAID = st.lists(
    st.sampled_from([word for text in PRINTED for word in text.split()]), min_size=1, max_size=14
).map(" ".join)
ORDER = [None, Verdict.PARTIAL, Verdict.SUPPORTED, Verdict.VERBATIM]


@given(any_text, st.sampled_from(["en", "fr", "it", None]))
def test_any_text_that_is_cited_as_a_whole_is_verbatim(text: str, language: str | None) -> None:
    if text.strip():
        assert verdict(text, [source(text, language)], language) is Verdict.VERBATIM


@given(SAID, SOURCES, st.integers(1000, 9999), st.sampled_from(["Zyx", "Qwort", "Brzn"]))
def test_a_number_or_name_that_is_not_there_is_never_accepted(
    said: str, sources: list[Source], number: int, name: str
) -> None:
    for added in (f"{said} {number}", f"{number} {said}", f"{said} {name}", f"A {name} {said}"):
        assert verdict(added, sources, "en") is None


@given(SAID, SOURCES, st.data())
def test_a_verdict_never_rises_when_a_source_is_taken_away(
    said: str, sources: list[Source], data: st.DataObject
) -> None:
    fewer = list(sources)
    fewer.pop(data.draw(st.integers(0, len(sources) - 1)))
    assert ORDER.index(verdict(said, fewer, "en")) <= ORDER.index(verdict(said, sources, "en"))


# The last gate

GOOD = source(COURT)


def cited(number: int = 1, **changed: object) -> Citation:
    good = Citation(number, GOOD.passage_id, 0, len(COURT), COURT, GOOD.article)
    return replace(good, **changed)  # type: ignore[arg-type]  # fields by name


def answer(
    citations: tuple[Citation, ...],
    statements: tuple[Statement, ...] = (Statement(COURT, (1,), Verdict.VERBATIM),),
    nearest: tuple[Citation, ...] = (),
) -> Answer:
    return Answer(
        id="a", question="?", standalone_question="?", language="en", mode=Mode.QUOTES,
        refused=not statements, text="…", statements=statements, citations=citations,
        searched=Searched(1, 1, ("en",)), nearest=nearest,
    )  # fmt: skip


def says(*numbers: int) -> Statement:
    return Statement(COURT, numbers, Verdict.VERBATIM)


def differing(*numbers: int, quote: str | None = None) -> tuple[Disagreement, ...]:
    """One disagreement, a version a number."""
    versions = (Version(quote or cited(number).quote, (number,)) for number in numbers)
    return (Disagreement("it", tuple(versions)),)


def test_a_citation_may_be_that_of_a_version_alone() -> None:
    sound = answer((cited(1), cited(2)), (says(1),))
    check_citations(replace(sound, disagreements=differing(1, 2)))


@pytest.mark.parametrize(
    "versions",
    [differing(1, 3), differing(1), differing(1, 2, quote="not so")],
    ids=["not there", "citation of nothing", "another quote"],
)
def test_versions_are_checked_by_the_last_gate_too(versions: tuple[Disagreement, ...]) -> None:
    broken = replace(answer((cited(1), cited(2)), (says(1),)), disagreements=versions)
    with pytest.raises(BrokenCitation):
        check_citations(broken)


@pytest.mark.parametrize(
    "good",
    [
        pytest.param(answer((cited(),)), id="answer"),
        pytest.param(answer((), (), (cited(1), cited(2))), id="refusal-with-nearest"),
        pytest.param(answer((), ()), id="refusal-of-nothing"),
        pytest.param(answer((cited(1), cited(2)), (says(1), says(2, 1))), id="cited-again"),
    ],
)
def test_a_sound_answer_passes_the_last_gate(good: Answer) -> None:
    check_citations(good)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(answer((cited(start=1),)), id="shifted-start"),
        pytest.param(answer((cited(end=len(COURT) - 1),)), id="shifted-end"),
        pytest.param(answer((cited(start=1, end=len(COURT) + 1),)), id="past-the-end"),
        pytest.param(answer((cited(start=-len(COURT)),)), id="negative-start"),
        pytest.param(answer((cited(start=-5, end=-1, quote=COURT[-5:-1]),)), id="from-behind"),
        pytest.param(answer((cited(quote=COURT.upper()),)), id="other-case"),
        pytest.param(answer((cited(quote="Something else."),)), id="wrong-quote"),
        pytest.param(answer((cited(quote="", end=0),)), id="empty-quote"),
        pytest.param(answer((cited(article=article("Another text.")),)), id="another-article"),
        pytest.param(answer((), (), (cited(start=1),)), id="shifted-nearest"),
        pytest.param(answer((cited(),), (says(1), says())), id="uncited-statement"),
        pytest.param(answer((), (says(),)), id="no-citation-at-all"),
        pytest.param(answer((cited(2), cited(1)), (says(2, 1),)), id="numbers-out-of-order"),
        pytest.param(answer((cited(0),), (says(0),)), id="number-0"),
        pytest.param(answer((cited(2),), (says(2),)), id="starts-at-2"),
        pytest.param(answer((cited(1), cited(1)), (says(1),)), id="number-twice"),
        pytest.param(answer((cited(1), cited(3)), (says(1, 3),)), id="gap"),
        pytest.param(answer((cited(1), cited(2)), (says(2), says(1))), id="not-by-appearance"),
        pytest.param(answer((cited(1), cited(2)), (says(1),)), id="citation-of-nothing"),
        pytest.param(answer((cited(1),), (says(1, 2),)), id="statement-cites-what-is-not-there"),
        pytest.param(answer((cited(1),), (says(-1),)), id="statement-cites-from-behind"),
    ],
)
def test_the_last_gate_stops_every_broken_answer(broken: Answer) -> None:
    with pytest.raises(BrokenCitation):
        check_citations(broken)


@pytest.mark.parametrize("shift", [1, -1, 7])
def test_an_answerer_that_shifts_an_offset_says_nothing(
    shift: int, monkeypatch: pytest.MonkeyPatch, archive: Callable[..., object]
) -> None:
    import qa.answerer
    from qa.citing import cite

    def shifted(drafts: object) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
        statements, citations = cite(drafts)  # type: ignore[arg-type]  # handed through
        return statements, tuple(replace(one, start=one.start + shift) for one in citations)

    monkeypatch.setattr(qa.answerer, "cite", shifted)
    answerer = qa.answerer.Answerer(archive([article(f"First. {COURT}")]))  # type: ignore[arg-type]
    with pytest.raises(BrokenCitation):
        answerer.ask("How many publishers has the court ordered Library Genesis to pay?")
