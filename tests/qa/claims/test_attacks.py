"""282 statements about 64 single sentences that say something else with the same words.

Sentences and statements were written before the rules that reject most of them; those rules were
then made on one half ("fitted"), and the other ("held out") was counted but not looked at. Before,
the verifier rejected 64 of the 109 wrong ones of the first half and 65 of 98 of the second.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.qa.claims.labelled import attacks, shares


@pytest.mark.parametrize(
    ("half", "kept", "rejected"),
    [
        pytest.param("fitted", 0.95, 0.98, id="fitted"),
        pytest.param("held out", 0.88, 0.90, id="held-out"),
    ],
)
def test_what_turns_the_words_of_a_sentence_round_is_rejected(
    half: str, kept: float, rejected: float
) -> None:
    found = shares(each for each in attacks() if each.half == half)
    assert found.kept >= kept
    assert found.rejected >= rejected


def test_each_language_has_right_and_wrong_ones_in_both_halves() -> None:
    counted = Counter((each.language, each.half, each.wrong is None) for each in attacks())
    assert len(counted) == 12
    assert min(counted.values()) >= 10


def test_no_sentence_is_in_both_halves() -> None:
    halves = {
        half: {each.source.text for each in attacks() if each.half == half}
        for half in ("fitted", "held out")
    }
    assert not halves["fitted"] & halves["held out"]
