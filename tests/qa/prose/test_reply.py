"""A reply is read into the same sentences, however it comes, and each as early as can be."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ModelUnavailable
from qa.prose.reply import LONGEST_SENTENCE, ReplyReader, Sentence, read_sentences, readable


def read(*pieces: str) -> list[tuple[str, list[int]]]:
    return [(one.text, list(one.numbers)) for one in read_sentences(pieces, "en")]


def sure(*pieces: str) -> list[str]:
    """What is given out before the reply has ended."""
    reader = ReplyReader("en")
    return [sentence.text for piece in pieces for sentence in reader.feed(piece)]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("One is here [1]. Two is there [2].", [("One is here.", [1]), ("Two is there.", [2])]),
        ("One is here. [1] Two is there. [2]", [("One is here.", [1]), ("Two is there.", [2])]),
        ("One [1] is here [2].", [("One is here.", [1, 2])]),
        ("One is here [1][2][1].", [("One is here.", [1, 2])]),
        ("One is here [1] [2].", [("One is here.", [1, 2])]),
        ("One is here. [1, 2] Two is.", [("One is here.", [1, 2]), ("Two is.", [])]),
        ("One is here [2-4].", [("One is here.", [2, 3, 4])]),
        ("One is here [4-2].", [("One is here.", [])]),
        ("* One is here [1]\n* Two is there [2]", [("One is here", [1]), ("Two is there", [2])]),
        ("One is here.\n[1]\nTwo is there.", [("One is here.", [1]), ("Two is there.", [])]),
        ("# A verdict\n\nOne is here [1].", [("A verdict", []), ("One is here.", [1])]),
        ("One is\nhere [1].", [("One is here.", [1])]),
        ("One is here. Two is there [1].", [("One is here.", []), ("Two is there.", [1])]),
        ("Mr. Orme [1] paid 1.5 million. [2] Who?", [("Mr. Orme paid 1.5 million.", [1, 2]),
                                                    ("Who?", [])]),
        ("“It is. We are,” said Orme [1]. Two.", [("“It is. We are,” said Orme.", [1]),
                                                 ("Two.", [])]),
        ("“It is.” Ada Brook said on Monday. [1] Two is.", [
            ("“It is.” Ada Brook said on Monday.", [1]), ("Two is.", [])]),
        ("**One** is here [1]. **Two** is.", [("One is here.", [1]), ("Two is.", [])]),
        ("<think>One. [9] Two.</think>One is here [1].", [("One is here.", [1])]),
        ("[1] [2]", []),
        ("<think>One is here [1].", []),
        ("", []),
    ],
    ids=["before", "behind", "inside", "in-a-row", "spaced", "list", "range", "backward-range",
         "bullets", "next-line", "heading", "wrapped", "one-only", "abbreviation", "quotation",
         "speaker-behind", "bold", "thoughts", "only-markers", "only-thoughts", "empty"],
)  # fmt: skip
def test_sentences_are_read_with_their_numbers(
    reply: str, expected: list[tuple[str, list[int]]]
) -> None:
    assert read(reply) == expected
    assert read(*reply) == expected


PIECES = st.lists(
    st.sampled_from(
        ["One is here", "Two said so", "said Ada Brook", "Orme asked. ", "Mr. ", "NO ANSWER", "é",
         ".", ". ", "?", "!", "…", " ", "\u00a0", "\u200b", "\n", "\n\n", "\r\n", "1", "1. ", "- ",
         "[1]", " [2]", "[1, 2]", "[", "]", "“", "”", "«", " »", "<think>", "</think>", "**"]
    ),
    max_size=40,
)  # fmt: skip


@given(PIECES, st.data())
def test_how_a_reply_is_cut_into_pieces_makes_no_difference(
    pieces: list[str], data: st.DataObject
) -> None:
    reply = "".join(pieces)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(reply)))))
    cut = [reply[start:end] for start, end in zip([0, *cuts], [*cuts, len(reply)], strict=True)]
    whole = list(read_sentences([reply], "en"))
    assert list(read_sentences(cut, "en")) == whole
    assert list(read_sentences(reply, "en")) == whole


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["One is here [1]."], []),
        (["One is here [1]. "], []),
        (["One is here [1]. Two"], []),
        (["One is here [1]. Two ", "i"], ["One is here."]),
        (["One is here. [1"], []),
        (["One is here. [1] Two", " is"], ["One is here."]),
        (["One is here. [1, ", "2"], []),
        (["One is here [1].\n\nTwo", " is"], ["One is here."]),
        (["“It is. We are. They ", "w"], []),
        (["“It is.” Ada Brook ", "s"], []),
    ],
    ids=["stop", "space", "half-a-word", "word", "open-marker", "marker", "open-list", "paragraph",
         "open-quotation", "speaker-may-follow"],
)  # fmt: skip
def test_a_sentence_is_given_out_once_nothing_can_change_it(
    pieces: list[str], expected: list[str]
) -> None:
    assert sure(*pieces) == expected


@pytest.mark.parametrize(
    ("reply", "is_whole"),
    [
        ("One is here.", True),
        ("One is here. [1]", True),
        ("One is here [1]", True),
        ("« One is here. »", True),
        ("One is", False),
        ("One [1] is", False),
        ("One is here [1", False),
    ],
)
def test_a_last_sentence_without_its_end_is_not_whole(reply: str, is_whole: bool) -> None:
    (sentence,) = read_sentences([reply], "en")
    assert sentence.is_whole is is_whole


def test_what_never_ends_ends_at_a_length_however_it_comes() -> None:
    endless = "and so on, " * 1_000
    whole = list(read_sentences([endless], "en"))
    assert len(whole) > 3
    assert max(len(one.text) for one in whole) < LONGEST_SENTENCE + 20
    assert list(read_sentences(endless, "en")) == whole


def test_what_had_come_before_a_reply_broke_off_is_given_out() -> None:
    def pieces() -> Iterator[str]:
        yield "One is here [1]. Two is th"
        raise ModelUnavailable("gone")

    sentences = read_sentences(pieces(), "en")
    assert next(sentences) == Sentence("One is here.", (1,))
    assert next(sentences) == Sentence("Two is th", (), is_whole=False)
    with pytest.raises(ModelUnavailable, match="gone"):
        next(sentences)


def test_a_reply_is_made_readable() -> None:
    assert readable("<think>so\nmuch</think> \ud800A\u202eB\x00 **C**\r\nD ") == "AB C\nD"
