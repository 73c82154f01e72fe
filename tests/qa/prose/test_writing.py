"""Writing mode: whatever a model replies, nothing unproven is shown and the reader is not left."""

from collections.abc import Callable, Iterable

import httpx
import openai
import pytest

from corpus import Article
from index_store.index import ArticleIndex
from qa.answer import Answer, Mode, Statement, Verdict
from qa.answerer import Answerer
from qa.fakes import Broken, ScriptedModel, StubbornModel, article
from qa.phrases import phrase

QUESTION = "How much must Library Genesis pay to the publishers?"
COURT = (
    "A federal court in New York has ordered the operators of Library Genesis to pay 30 million "
    "dollars to four publishers."
)
LINDQVIST = "“The part that can be used on Monday is the injunction,” said Gareth Lindqvist."
PELLATT = "Library Genesis changes little for the publishers on campus, answered Rory Pellatt."
RULING = article(f"{COURT} {LINDQVIST} {PELLATT}", publisher="The Example Courier")
FERRY = article("The late ferry to Sandholm is gone.", publisher="The Example Harbour Post")

GOOD = "Library Genesis has to pay four publishers 30 million dollars [1]."

Archive = Callable[[Iterable[Article]], ArticleIndex]
Proven = Callable[[Answer, ArticleIndex], None]


@pytest.fixture
def index(archive: Archive) -> ArticleIndex:
    return archive([RULING, FERRY])


def request() -> httpx.Request:
    return httpx.Request("POST", "http://127.0.0.1/v1/chat/completions")


def limited() -> openai.RateLimitError:
    return openai.RateLimitError(
        "slow down", response=httpx.Response(429, request=request()), body=None
    )


def test_a_good_reply_is_shown_as_prose_with_its_citation(
    index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(index, ScriptedModel(GOOD)).ask(QUESTION)
    assert_proven(answer, index)
    assert answer.mode is Mode.PROSE
    assert answer.note is None
    assert answer.text == f"{GOOD.removesuffix(' [1].')}. [1]"
    assert answer.citations[0].quote == COURT


# What a model may do wrong, and what must not be read anywhere in the answer then.
UNPROVEN = [
    ("invented-number", "Library Genesis has to pay 35 million dollars [1].", "35"),
    ("invented-magnitude", "Library Genesis has to pay 30 billion dollars [1].", "billion"),
    ("invented-name", "A court in Delaware ordered Library Genesis to pay 30 million [1].", "Dela"),
    (
        "invented-name-that-opens",
        "Zuckerberg ordered Library Genesis to pay 30 million [1].",
        "Zuck",
    ),
    ("invented-quotation", "Lindqvist said: “The injunction can be used on Sunday” [1].", "Sunday"),
    (
        "stitched-quotation",
        "Lindqvist: “The part that can be used is 30 million dollars” [1].",
        "is 30",
    ),
    ("denied", "Library Genesis has not to pay 30 million dollars to publishers [1].", "has not"),
    ("cites-0", "Library Genesis has to pay 30 million dollars [0].", "[0]"),
    ("cites-99", "Library Genesis has to pay 30 million dollars [99].", "[99]"),
    ("cites-a-4300-digit-number", f"Library Genesis has to pay [{'9' * 5000}].", "999"),
    ("cites-the-wrong-passage", "Library Genesis has to pay 30 million dollars [2].", "[2]"),
    ("no-citations", "Library Genesis has to pay 30 million dollars.", "has to pay"),
    ("only-markers", "[1] [2] [1, 2]", "[2]"),
    ("footnotes", "Library Genesis has to pay 30 million dollars [^1].", "^1"),
    (
        "wrong-language",
        "Library Genesis muss dreißig Millionen an vier Verlage zahlen [1].",
        "muss",
    ),
    ("prompt-leakage", "Use only what the passages say. Add nothing from memory [1].", "memory"),
    ("truncated", "Library Genesis has to pay 30 mil", "30 mil\n"),
    ("script", "<script>alert('Library Genesis')</script> has to pay dollars [1].", "<script"),
    ("image", "Library Genesis <img src=x onerror=alert(1)> has to pay publishers [1].", "<img"),
    ("link", "Library Genesis has to pay publishers [now](http://evil.example) [1].", "evil"),
    ("refusal-in-other-words", "I am afraid I cannot find that in the passages [1].", "afraid"),
    ("heading-only", "# Library Genesis verdict explained", "explained"),
    (
        "bullets-without-citations",
        "- Library Genesis\n- 30 million dollars\n- four publishers",
        "- ",
    ),
    ("rubbish", "\x00\x01}{][ \ud800 \udfff [[[1]]] ]", "["),
    ("only-thoughts", "<think>Library Genesis pays 30 million dollars [1].", "think"),
]


@pytest.mark.parametrize(
    ("reply", "forbidden"), [case[1:] for case in UNPROVEN], ids=[case[0] for case in UNPROVEN]
)
def test_a_reply_that_proves_nothing_gives_way_to_exact_quotes(
    reply: str, forbidden: str, index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(index, StubbornModel(reply)).ask(QUESTION)
    assert_proven(answer, index)
    assert answer.mode is Mode.QUOTES
    assert answer.note in (
        phrase("en", "answer.model_unproven"),
        phrase("en", "answer.model_silent"),
    )
    assert {statement.verdict for statement in answer.statements} == {Verdict.VERBATIM}
    assert answer.statements[0].text == COURT
    quoted = answer.text.replace("[1]", "").replace("[2]", "")
    assert forbidden not in quoted


SILENT: list[tuple[str, str | Exception]] = [
    ("empty", ""),
    ("white-space", " \n\t\u00a0\u200b "),
    ("timeout", openai.APITimeoutError(request())),
    ("no-connection", openai.APIConnectionError(request=request())),
    ("rate-limit", limited()),
    ("read-timeout", httpx.ReadTimeout("slow")),
    ("invalid-address", httpx.InvalidURL("no host")),
    ("not-json", ValueError("Expecting value: line 1 column 1")),
    ("field-missing", KeyError("choices")),
    ("no-choice", IndexError("list index out of range")),
    ("null-for-a-list", TypeError("'NoneType' object is not subscriptable")),
    ("text-for-an-object", AttributeError("'str' object has no attribute 'choices'")),
]


@pytest.mark.parametrize("reply", [reply for _, reply in SILENT], ids=[name for name, _ in SILENT])
@pytest.mark.parametrize("language", ["en", "fr", "it"])
def test_a_model_that_does_not_answer_is_replaced_by_exact_quotes_and_a_note(
    reply: str | Exception, language: str, index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(index, StubbornModel(reply)).ask(QUESTION, language=language)
    assert_proven(answer, index)
    assert answer.mode is Mode.QUOTES
    assert answer.note == phrase(language, "answer.model_silent")
    assert COURT in [statement.text for statement in answer.statements]


def test_a_mistake_in_our_own_code_is_not_taken_for_a_silent_model(index: ArticleIndex) -> None:
    with pytest.raises(ZeroDivisionError):
        Answerer(index, ScriptedModel(ZeroDivisionError())).ask(QUESTION)


@pytest.mark.parametrize(
    "reply",
    [
        "NO ANSWER",
        "NO ANSWER.",
        "No answer.",
        "**NO ANSWER**",
        "NO ANSWER\n\nHowever, Library Genesis has to pay 30 million dollars [1].",
        "<think>Is it 30 million? [1]</think>NO ANSWER",
    ],
    ids=["plain", "full-stop", "small-letters", "bold", "with-extra-text", "after-thoughts"],
)
def test_a_model_that_finds_no_answer_is_a_refusal_with_what_came_close(
    reply: str, index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(index, StubbornModel(reply)).ask(QUESTION)
    assert_proven(answer, index)
    assert answer.refused
    assert answer.nearest
    assert answer.text.startswith(phrase("en", "answer.refused"))


PARTLY = [
    ("marker-before-the-full-stop", GOOD),
    ("marker-behind-the-full-stop", GOOD.replace(" [1].", ". [1]")),
    ("marker-on-the-next-line", GOOD.replace(" [1].", ".\n[1]")),
    ("several-in-one", GOOD.replace("[1]", "[1, 2]")),
    ("semicolon", GOOD.replace("[1]", "[1;2]")),
    ("range", GOOD.replace("[1]", "[1-2]")),
    ("range-with-a-dash", GOOD.replace("[1]", "[1–2]")),
    ("one-number-out-of-range", GOOD.replace("[1]", "[1][7][0]")),
    ("same-number-twice", GOOD.replace("[1]", "[1][1]")),
    ("repeated-text", f"{GOOD} " * 40),
    ("repeated-in-capitals", f"{GOOD} {GOOD.upper()}"),
    ("unproven-beside-it", f"{GOOD} The boss of it, John Doe, has fled [1]."),
    ("uncited-beside-it", f"The archive has news. {GOOD}"),
    ("truncated-behind-it", f"{GOOD} A federal court in New York has ord"),
    ("heading-above", f"# Library Genesis, a verdict\n\n{GOOD}"),
    ("bullet", f"- {GOOD}"),
    ("bold", GOOD.replace("30 million dollars", "**30 million dollars**")),
    ("thoughts-aloud", f"<think>The court said 99 million [1].</think>{GOOD}"),
    ("wrapped-line", GOOD.replace(" to pay", "\nto pay")),
    ("marks-that-turn-the-text", GOOD.replace("30", "\u202e30\u202c")),
]


@pytest.mark.parametrize("reply", [reply for _, reply in PARTLY], ids=[name for name, _ in PARTLY])
def test_of_a_reply_only_what_is_proven_is_shown_and_once(
    reply: str, index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(index, StubbornModel(reply)).ask(QUESTION)
    assert_proven(answer, index)
    assert answer.mode is Mode.PROSE
    assert [statement.text for statement in answer.statements] == [GOOD.replace(" [1]", "")]
    assert [citation.quote for citation in answer.citations] == [COURT]


def test_a_chatty_model_is_cut_to_four_sentences(archive: Archive, assert_proven: Proven) -> None:
    told = [f"Library Genesis has to pay publisher {number} in full." for number in range(10, 20)]
    index = archive([article(" ".join(told)), FERRY])
    reply = " ".join(f"{sentence} [1]" for sentence in told)
    answer = Answerer(index, StubbornModel(reply)).ask("What has Library Genesis to pay in full?")
    assert_proven(answer, index)
    assert [statement.text for statement in answer.statements] == told[:4]


def test_words_are_not_put_into_another_named_mouth(archive: Archive) -> None:
    said = "“The injunction is what counts,” said Gareth Lindqvist, answering Rory Pellatt."
    index = archive([article(said)])
    reply = "Rory Pellatt said: “The injunction is what counts” [1]."
    answer = Answerer(index, StubbornModel(reply)).ask("What did they say about the injunction?")
    assert answer.mode is Mode.QUOTES


def test_a_proven_reply_in_another_language_than_the_question_is_not_shown(
    archive: Archive,
) -> None:
    printed = "Le tribunal fédéral de New York a condamné Library Genesis à payer 30 millions."
    index = archive([article(printed, "fr"), FERRY])
    model = StubbornModel("Library Genesis condamné à payer 30 millions par le tribunal [1].")
    question = "Library Genesis condamné à payer 30 millions"
    assert Answerer(index, model).ask(question, language="en").mode is Mode.QUOTES


def test_the_model_is_told_the_rules_the_passages_and_the_question(index: ArticleIndex) -> None:
    model = ScriptedModel(GOOD)
    Answerer(index, model).ask(QUESTION)
    ((system, user),) = model.asked
    assert (system.role.value, user.role.value) == ("system", "user")
    assert "English" in (system.content or "")
    assert (user.content or "").startswith("[1] The Example Courier, undated:")
    assert (user.content or "").endswith(f"Question: {QUESTION}")


# What fails is asked for again, then replaced, then left out

WRONG = "Library Genesis has to pay four publishers 35 million dollars [1]."
TOLD = "Lindqvist told “nonsense” about the injunction on Monday [1]."


def test_what_fails_is_asked_for_once_more_with_the_reason(
    index: ArticleIndex, assert_proven: Proven
) -> None:
    model = ScriptedModel(WRONG, GOOD)
    answer = Answerer(index, model).ask(QUESTION)
    assert_proven(answer, index)
    assert (answer.mode, answer.note) == (Mode.PROSE, None)
    assert answer.text == f"{GOOD.removesuffix(' [1].')}. [1]"
    (_, first), (_, second) = model.asked
    assert (second.content or "").startswith(first.content or "")
    reason = "a number in it, or what it counts, is not in the passages it names"
    assert f"- {WRONG.replace(' [1]', '')} ({reason})" in (second.content or "")


def test_all_that_fails_is_asked_for_in_one_request(index: ArticleIndex) -> None:
    model = ScriptedModel(f"{WRONG} {TOLD} They said so.", GOOD)
    Answerer(index, model).ask(QUESTION)
    _, (_, second) = model.asked
    assert (second.content or "").count("\n- ") == 3


def test_what_was_proven_is_not_written_again(index: ArticleIndex, assert_proven: Proven) -> None:
    answer = Answerer(index, ScriptedModel(f"{GOOD} {TOLD}", f"{GOOD} {GOOD}")).ask(QUESTION)
    assert_proven(answer, index)
    assert len(answer.statements) == 1


@pytest.mark.parametrize("language", ["en", "fr", "it"])
def test_what_fails_again_is_replaced_by_the_nearest_quote_and_the_answer_says_so(
    language: str, archive: Archive, assert_proven: Proven
) -> None:
    numbers = f"{COURT} {LINDQVIST} {PELLATT}"
    index = archive([article(numbers, language), FERRY])
    reply = f"{COURT} [1] Lindqvist told “nonsense 77” injunction Monday part used Gareth [1]."
    answer = Answerer(index, StubbornModel(reply)).ask(QUESTION, language=language)
    assert_proven(answer, index)
    assert answer.mode is Mode.PROSE
    assert [one.text for one in answer.statements] == [COURT, LINDQVIST]
    assert answer.statements[1].verdict is Verdict.VERBATIM
    assert answer.note == phrase(language, "answer.model_replaced")


def test_what_no_quote_is_near_to_is_left_out(index: ArticleIndex, assert_proven: Proven) -> None:
    reply = f"{GOOD} Zanzibar celebrates colourful festivals [1]."
    answer = Answerer(index, StubbornModel(reply)).ask(QUESTION)
    assert_proven(answer, index)
    assert (len(answer.statements), answer.note) == (1, None)


def test_a_failure_stays_one_where_the_second_request_fails(index: ArticleIndex) -> None:
    model = ScriptedModel(f"{GOOD} {TOLD}", openai.APITimeoutError(request()))
    answer = Answerer(index, model).ask(QUESTION)
    assert [one.text for one in answer.statements] == [GOOD.replace(" [1]", ""), LINDQVIST]


def test_what_the_model_takes_back_is_left_out(index: ArticleIndex) -> None:
    answer = Answerer(index, ScriptedModel(f"{GOOD} {TOLD}", "NO ANSWER")).ask(QUESTION)
    assert (answer.mode, len(answer.statements), answer.note) == (Mode.PROSE, 1, None)


def test_a_model_that_takes_all_back_is_no_reason_to_refuse(index: ArticleIndex) -> None:
    answer = Answerer(index, ScriptedModel(WRONG, "NO ANSWER")).ask(QUESTION)
    assert (answer.mode, answer.statements[0].text) == (Mode.QUOTES, COURT)
    assert answer.note == phrase("en", "answer.model_unproven")


# Statements as they come


def test_a_statement_is_shown_before_the_model_has_ended(index: ArticleIndex) -> None:
    model = ScriptedModel(f"{GOOD} {LINDQVIST} [1] " + "And so on. " * 100, piece=10)
    coming = Answerer(index, model).stream(QUESTION)
    first = next(coming)
    assert isinstance(first, Statement)
    assert (first.text, first.citations) == (GOOD.replace(" [1]", ""), (1,))


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize(
    "reply",
    [GOOD, f"{GOOD} {LINDQVIST} [1] {PELLATT} [1]", f"{GOOD} {TOLD}", WRONG, "", "NO ANSWER"],
    ids=["good", "three", "replaced", "unproven", "empty", "no-answer"],
)
def test_the_statements_that_come_are_those_of_the_whole_answer(
    reply: str, piece: int, index: ArticleIndex, assert_proven: Proven
) -> None:
    *statements, answer = Answerer(index, StubbornModel(reply, piece)).stream(QUESTION)
    assert isinstance(answer, Answer)
    assert_proven(answer, index)
    assert tuple(statements) == answer.statements


def test_a_model_is_not_listened_to_once_four_statements_stand(archive: Archive) -> None:
    told = [f"Library Genesis has to pay publisher {number} in full." for number in range(10, 20)]
    index = archive([article(" ".join(told)), FERRY])
    reply = " ".join(f"{sentence} [1]" for sentence in told)
    model = StubbornModel(Broken(reply, ZeroDivisionError()), piece=1)
    answer = Answerer(index, model).ask("What has Library Genesis to pay in full?")
    assert len(answer.statements) == 4
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "rest", ["", " A federal court in New York has ord", " [1", " A federal court [1] in New"]
)
def test_of_a_reply_that_breaks_off_the_whole_sentences_are_shown(
    rest: str, index: ArticleIndex, assert_proven: Proven
) -> None:
    broken = Broken(GOOD + rest, httpx.RemoteProtocolError("peer closed connection"))
    answer = Answerer(index, ScriptedModel(broken)).ask(QUESTION)
    assert_proven(answer, index)
    assert (answer.mode, len(answer.statements)) == (Mode.PROSE, 1)
    assert answer.note == phrase("en", "answer.model_broke_off")


def test_a_reader_who_leaves_ends_the_answer(index: ArticleIndex) -> None:
    model = ScriptedModel(f"{GOOD} {LINDQVIST} [1] {PELLATT} [1]")
    coming = Answerer(index, model).stream(QUESTION)
    next(coming)
    del coming
    assert len(model.asked) == 1


# A prompt that is too long


def too_long() -> openai.BadRequestError:
    message = "This model's maximum context length is 4096 tokens."
    response = httpx.Response(400, request=request())
    return openai.BadRequestError(message, response=response, body=None)


def test_where_the_prompt_is_too_long_half_of_the_passages_are_tried_once(
    index: ArticleIndex, assert_proven: Proven
) -> None:
    model = ScriptedModel(too_long(), GOOD)
    answer = Answerer(index, model).ask(QUESTION)
    assert_proven(answer, index)
    assert answer.mode is Mode.PROSE
    sent = [(user.content or "").count("\n> ") for _, user in model.asked]
    assert sent == [2, 1]


def test_where_half_is_too_long_as_well_exact_quotes_are_given(index: ArticleIndex) -> None:
    model = ScriptedModel(too_long(), too_long())
    answer = Answerer(index, model).ask(QUESTION)
    assert (answer.mode, answer.note) == (Mode.QUOTES, phrase("en", "answer.model_silent"))


def test_a_refused_question_never_reaches_the_model(index: ArticleIndex) -> None:
    model = ScriptedModel()
    assert Answerer(index, model).ask("What is the boiling point of ethanol?").refused
    assert model.asked == ()
