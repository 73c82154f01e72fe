from __future__ import annotations

import pytest

from corpus.language import (
    LANGUAGES,
    article_language,
    detect_language,
    paragraph_languages,
)
from tests.corpus.borders import BORDERS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The court ruled on Thursday that the library must pay.", "en"),
        ("Le tribunal a jugé jeudi que la bibliothèque devait payer.", "fr"),
        ("Il tribunale ha stabilito giovedì che la biblioteca deve pagare.", "it"),
        ("Das Gericht entschied am Donnerstag, dass die Bibliothek zahlen muss.", "de"),
        ("El tribunal dictaminó el jueves que la biblioteca debe pagar.", "es"),
    ],
)
def test_a_sentence_is_enough_to_know_the_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "12 % — 2025", "…", "👩‍👧"])
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert detect_language(text) is None


def test_only_the_languages_asked_for_are_found() -> None:
    assert detect_language("Le tribunal a jugé jeudi.", ("en", "it")) in ("en", "it")


def test_only_the_start_of_a_long_text_is_read() -> None:
    start = "The court ruled that the library must pay. " * 60
    assert detect_language(start + "Le tribunal a jugé jeudi. " * 2000) == "en"


def test_a_lone_surrogate_is_no_obstacle() -> None:
    assert detect_language("The court ruled on Thursday \ud800 that it must pay.") == "en"


def test_every_language_offered_can_be_detected() -> None:
    assert detect_language("The court ruled on Thursday.", LANGUAGES) == "en"


# Articles

ENGLISH = (
    "The council of Tarn decided on Thursday that the library will also open on Sundays. All of "
    "its members agreed, but the mayor would not say where the money for the hours will come from."
)
FRENCH = (
    "Le conseil municipal de Tarn a décidé jeudi que la bibliothèque ouvrira aussi le dimanche. "
    "Tous les élus étaient d’accord, mais le maire n’a pas dit d’où viendra l’argent des heures."
)
ITALIAN = (
    "Il consiglio comunale di Tarno ha deciso giovedì che la biblioteca aprirà anche la domenica. "
    "Tutti erano d’accordo, ma il sindaco non ha detto da dove verranno i soldi per le ore."
)
POLISH = (
    "Rada miasta Tarn zdecydowała w czwartek, że biblioteka zostanie otwarta także w niedziele. "
    "Radni byli zgodni, ale burmistrz nie chciał powiedzieć, skąd wezmą się pieniądze."
)
CATALAN = (
    "El consell municipal de Tarn va decidir dijous que la biblioteca obrirà també els diumenges. "
    "Els regidors hi van estar d'acord, però l'alcalde no va voler dir d'on sortiran els diners."
)
WRITTEN = {"en": ENGLISH, "fr": FRENCH, "it": ITALIAN, "pl": POLISH, "ca": CATALAN}


@pytest.mark.parametrize("stated", [None, "en", "fr", "it", "ca", "pl"])
@pytest.mark.parametrize("language", WRITTEN)
def test_a_template_does_not_make_a_text_another_language(
    language: str, stated: str | None
) -> None:
    # Of two languages that are both unfamiliar, the stated one is as good.
    unfamiliar = stated not in LANGUAGES and language not in LANGUAGES and stated is not None
    assert article_language(WRITTEN[language], stated) == (stated if unfamiliar else language)


@pytest.mark.parametrize(
    "text",
    [
        "Le tribunal a jugé jeudi que la bibliothèque devait payer.",
        "Ada Brook, Idris Kane, Paul Osei",
        "12 % — 2025",
        "",
    ],
)
def test_a_short_text_is_in_the_language_that_is_stated(text: str) -> None:
    assert article_language(text, "en") == "en"


@pytest.mark.parametrize("stated", ["xx", "oc", "no"])
def test_a_language_that_the_detector_does_not_know_stays_as_stated(stated: str) -> None:
    assert article_language(FRENCH, stated) == stated


def test_a_sentence_without_a_statement_has_the_language_of_its_letters() -> None:
    assert article_language("Le tribunal a jugé jeudi.", None) == "fr"
    assert article_language("12 % — 2025", None) is None


# Paragraphs


def test_a_paragraph_in_another_language_is_told() -> None:
    paragraphs = [ENGLISH, FRENCH, ENGLISH, ITALIAN]
    assert paragraph_languages(paragraphs, "en") == ["en", "fr", "en", "it"]


@pytest.mark.parametrize("article", ["en", "fr", "it", "de", "pl"])
@pytest.mark.parametrize(
    "text",
    [
        "Ada Brook, Idris Kane, Paul Osei, Nadia Lorme, Carlo Boni, Inge Falk",
        "12,400 — 15,300 — 18,900 — 2,100 — 900 (2021, 2022, 2023, 2024, 2025)",
        "Rovelli & Boni S.p.A., Halden Inc., Vint Ltd., Orbel Corp., Falk GmbH & Co. KG",
        "https://www.courier.example/archive/2025/01/14/index.html?from=home&to=nowhere",
        "“Les enfants du fleuve”",
        "…",
    ],
)
def test_names_and_figures_are_in_the_language_of_their_article(text: str, article: str) -> None:
    assert paragraph_languages([text], article) == [article]


@pytest.mark.parametrize("article", ["en", "fr", "it"])
def test_no_sentence_of_the_news_is_taken_for_another_language(article: str) -> None:
    own = [text.replace("¦", "") for language, text in BORDERS if language == article]
    assert paragraph_languages(own, article) == [article] * len(own)


def test_a_few_words_go_with_what_is_around_them() -> None:
    paragraphs = [ENGLISH, "Tarn", FRENCH, "Merci.", FRENCH, "Ada Brook", FRENCH, "Thanks."]
    found = paragraph_languages(paragraphs, "en")
    assert found == ["en", "fr", "fr", "fr", "fr", "fr", "fr", "en"]


def test_of_an_article_in_no_known_language_nothing_is_claimed() -> None:
    assert paragraph_languages([FRENCH, "12"], None) == [None, None]
