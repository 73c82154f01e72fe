"""What is asked: its language, what it wants, and what it leans on."""

import pytest

from qa.errors import BadQuestion
from qa.history import Turn
from qa.understanding.follow_ups import stand_alone
from qa.understanding.question import MAX_CHARACTERS, understand

KNOWN = ("en", "fr", "it")


def user(*said: str) -> list[Turn]:
    turns = [[Turn("user", text), Turn("assistant", "It said so [1].")] for text in said]
    return [turn for pair in turns for turn in pair]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who is the judge in Kadrey v. Meta?", "en"),
        ("And how much?", "en"),
        ("Quel juge est chargé de l'affaire Kadrey contre Meta ?", "fr"),
        ("Et combien ?", "fr"),
        ("Chi ha fatto causa a Meta per i libri usati con Llama?", "it"),
        ("E quando?", "it"),
    ],
)
def test_a_question_is_in_its_own_language(text: str, language: str) -> None:
    assert understand(text, (), None, KNOWN).language == language


@pytest.mark.parametrize(
    ("text", "before", "language"),
    [
        ("Mistral?", (), "en"),
        ("Mistral ?", (), "fr"),
        ("Kadrey v. Meta", (), "en"),
        ("2024?", (), "en"),
        ("Mistral?", ("Chi ha multato OpenAI per la privacy?",), "it"),
        ("Meta?", ("Qui a condamné Google en mars ?", "OpenAI ?"), "fr"),
    ],
)
def test_names_alone_are_in_the_language_of_what_was_asked_before(
    text: str, before: tuple[str, ...], language: str
) -> None:
    assert understand(text, user(*before), None, KNOWN).language == language


@pytest.mark.parametrize(("chosen", "code"), [("it", "it"), ("en-GB", "en"), ("FR", "fr")])
def test_a_chosen_language_wins_over_the_detected_one(chosen: str, code: str) -> None:
    assert understand("Who is the judge?", (), chosen, KNOWN).language == code


@pytest.mark.parametrize("chosen", ["zz", "klingon", "english please", "1"])
def test_what_is_no_language_is_a_bad_question_and_not_a_crash(chosen: str) -> None:
    with pytest.raises(BadQuestion, match="not a language"):
        understand("Who is the judge?", (), chosen, KNOWN)


@pytest.mark.parametrize("text", ["", "   \n\t", "?!…", "«»“”", "🙂🙂", "\u200b\u202e", "---"])
def test_a_question_without_a_letter_or_digit_is_empty(text: str) -> None:
    with pytest.raises(BadQuestion, match="empty"):
        understand(text, (), None, KNOWN)


def test_a_pasted_article_is_too_long_and_the_message_has_both_numbers() -> None:
    with pytest.raises(BadQuestion, match=r"100,000 characters.*2,000"):
        understand("a" * 100_000, (), None, KNOWN)


def test_the_longest_question_is_still_one() -> None:
    assert understand("a" * MAX_CHARACTERS, (), None, KNOWN).text == "a" * MAX_CHARACTERS


LEANING = [
    ("en", "And how much were they awarded?"),
    ("en", "When was it filed in court?"),
    ("en", "What did they win in the suit?"),
    ("en", "Who appealed against that?"),
    ("en", "Appeal?"),
    ("fr", "Et combien de signatures a-t-elle réunies ?"),
    ("fr", "Que dit-il de la décision ?"),
    ("fr", "Quand a-t-il été condamné par la justice ?"),
    ("fr", "Qu'a-t-il répondu au juge ?"),
    ("fr", "Est-ce qu'il a gagné son procès ?"),
    ("it", "E quante delle risposte riportavano il testo?"),
    ("it", "Che cosa ha deciso lui sui libri?"),
]


@pytest.mark.parametrize(("language", "text"), LEANING, ids=[text for _, text in LEANING])
def test_a_question_that_leans_takes_the_words_before_it_along(language: str, text: str) -> None:
    history = user("Library Genesis Kervadek")
    assert stand_alone(text, history, language) == f"{text} (Library Genesis Kervadek)"


STANDING = [
    ("en", "Who said that the photocopier is winning?"),
    ("en", "Is it true that Meta was sued in Delaware?"),
    ("fr", "Combien y a-t-il d'articles sur Meta ?"),
    ("fr", "Il y a combien de bibliothèques à Valmorin ?"),
    ("fr", "Est-ce que Mistral a signé un accord avec l'AFP ?"),
    ("fr", "Google avait-il déjà été sanctionné par l'Autorité ?"),
    ("fr", "Faut-il payer les auteurs des livres ?"),
    ("it", "Il giudice Chhabria che cosa ha deciso?"),
    ("it", "Quando comincia il processo Kadrey contro Meta?"),
]


@pytest.mark.parametrize(("language", "text"), STANDING, ids=[text for _, text in STANDING])
def test_a_question_that_stands_alone_is_left_as_it_is(language: str, text: str) -> None:
    assert stand_alone(text, user("Library Genesis Kervadek"), language) == text


def test_only_the_users_last_question_is_carried_and_no_word_twice() -> None:
    history = user("Who sued Library Genesis?", "Which judge ruled on Meta?")
    assert stand_alone("And when was Meta told?", history, "en") == (
        "And when was Meta told? (judge ruled)"
    )


def test_without_a_history_nothing_is_carried() -> None:
    assert stand_alone("And how much?", (), "en") == "And how much?"


def test_a_long_turn_before_it_does_not_make_an_endless_question() -> None:
    history = user("word " + " ".join(f"w{number}x" for number in range(50_000)))
    assert len(stand_alone("And how much?", history, "en")) < 2 * MAX_CHARACTERS


def test_what_cannot_be_stored_or_sent_is_taken_out_of_question_and_history() -> None:
    question = understand("And he\ud800 said\x00?", user("Judge \udfffKervadek"), "en", KNOWN)
    assert question.text == "And he said?"
    assert question.standalone == "And he said? (Judge Kervadek)"
    assert question.standalone.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who is Joelle Pineau?", "en"),
        ("Chi è Nikolay Bashlykov?", "it"),
        ("Qui est David Esiobu ?", "fr"),
        ("Que dit Zuckerberg de Llama3 ?", "fr"),
    ],
)
def test_names_do_not_decide_the_language_of_a_question(text: str, language: str) -> None:
    assert understand(text, (), None, ["en", "fr", "it"]).language == language


def test_a_chosen_language_changes_the_answer_s_words_and_not_the_search() -> None:
    asked = understand("Who is the judge in the case?", (), "it", ["en", "it"])
    assert (asked.language, asked.written_in) == ("it", "en")
