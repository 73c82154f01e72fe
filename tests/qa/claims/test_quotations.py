"""Quotation marks stand only around what is printed, and no other word is touched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.claims.quotations import is_printed, quotations, requote

PRINTED = (
    "“The part that can be used on Monday morning is the injunction,” said Gareth Lindqvist, who "
    "counted 118 addresses, of which 41 still answered."
)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said “a b” and „c d“ and «e f» and "g h".', ["a b", "c d", "e f", "g h"]),
        ("Il a dit : «\u00a0oui\u00a0».", ["oui"]),
        ("L’azienda ha detto ‘basta’ e 'fine'.", ["basta", "fine"]),
        ("l'azienda, the court's, aujourd’hui, rock ’n’ roll, the ‘90s", []),
        ("“left open to the end", ["left open to the end"]),
        ("“she said ‘no’ to me”", ["she said ‘no’ to me"]),
        ("“” «…»", []),
    ],
)
def test_quotations_are_told_from_apostrophes(text: str, quoted: list[str]) -> None:
    found = quotations(text)
    assert [each.text for each in found] == quoted
    assert all(text[each.inner.start : each.inner.end] == each.text for each in found)


@pytest.mark.parametrize(
    ("quoted", "printed"),
    [
        ("the part that can be used", True),
        ("The part … is the injunction", True),
        ("The part […] is the injunction", True),
        ("The part [of the ruling] that can be used", True),
        ("The part that can be used [sic] on Monday", True),
        ("is the injunction … The part", False),
        ("the part that can be us", False),
        ("Monday the injunction", False),
        ("…", False),
    ],
)
def test_every_piece_of_a_quotation_is_printed_in_its_order(quoted: str, printed: bool) -> None:
    assert is_printed(quoted, PRINTED) is printed


def test_a_quotation_within_a_quotation_may_have_other_marks() -> None:
    assert is_printed("she called it ‘a wonder’ then", "« She called it “a wonder” then »")


@pytest.mark.parametrize(
    ("said", "put"),
    [
        ("“The part that can be used”, said Lindqvist.", None),
        (
            "“The part that can be used on Monday is the injunction”, said Lindqvist.",
            "“The part that can be used on Monday morning is the injunction”, said Lindqvist.",
        ),
        (
            "Lindqvist said « The part which can be used on Monday morning is the injunction ».",
            "Lindqvist said « The part that can be used on Monday morning is the injunction ».",
        ),
        ("Lindqvist called it “useless”.", "Lindqvist called it useless."),
        ("Lindqvist: « ce n’est rien ».", "Lindqvist: ce n’est rien."),
        ("He said: “all is lost for ever", "He said: all is lost for ever"),
        ("“He said ‘nothing’ at all”", "He said nothing at all"),
        ("an‘odd’one", None),
        ("no“space”here", "no space here"),
    ],
)  # fmt: skip
def test_what_is_nearly_printed_is_set_right_and_other_marks_go(said: str, put: str | None) -> None:
    assert requote(said, [PRINTED]) == (put or said)


MARKS = st.sampled_from(["“", "”", "«", "»", "„", '"', "‘", "’", "'", " ", "…", "[", "]"])
WORDS = st.sampled_from([*PRINTED.split(), "no", "never", "l’azienda"])
STATEMENTS = st.lists(st.one_of(MARKS, WORDS), max_size=25).map(" ".join)


@given(STATEMENTS, st.sampled_from([PRINTED, "Nothing.", ""]))
def test_after_requoting_every_quotation_is_printed(statement: str, source: str) -> None:
    put = requote(statement, [source])
    assert all(is_printed(each.text, source) for each in quotations(put))
    assert requote(put, [source]) == put


@given(st.lists(WORDS, min_size=1, max_size=8), st.lists(WORDS, max_size=8))
def test_no_word_outside_of_the_marks_is_changed(quoted: list[str], around: list[str]) -> None:
    plain = [re.sub(r"[“”,.]", "", word) for word in (*quoted, *around)]
    inside, outside = plain[: len(quoted)], plain[len(quoted) :]
    put = requote(f"{' '.join(outside)} “{' '.join(inside)}” {' '.join(outside)}", [PRINTED])
    own = " ".join(outside)
    assert put.startswith(own)
    assert put.endswith(own)
