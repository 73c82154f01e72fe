"""How telling a sentence is."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.weighing.telling import Features, Kinship, telling

SHARE = st.floats(0, 1)
NAMES = [field.name for field in fields(Features)]


@given(
    st.builds(Features, *[SHARE] * len(NAMES)),
    st.sampled_from(["passage", "words", "around", "named"]),
)
@pytest.mark.parametrize("kinship", Kinship)
def test_what_speaks_for_a_sentence_never_makes_it_less_telling(
    kinship: Kinship, features: Features, name: str
) -> None:
    more = replace(features, **{name: 1.0})
    assert telling(more, kinship) >= telling(features, kinship)


@pytest.mark.parametrize("kinship", Kinship)
def test_meaning_is_heard_only_where_the_embedder_knows_both_languages(kinship: Kinship) -> None:
    far, near = (Features(1.0, cosine, 0.5, 0.5, 0.0, 1.0, 1.0, 1.0) for cosine in (0.1, 0.9))
    assert (telling(near, kinship) > telling(far, kinship)) == (kinship is Kinship.MEANING)


@pytest.mark.parametrize("kinship", Kinship)
def test_a_sentence_that_offers_what_was_asked_for_is_more_telling(kinship: Kinship) -> None:
    offering = Features(1.0, 0.5, 0.5, 0.5, 0.0, 1.0, 1.0, 1.0)
    assert telling(offering, kinship) > telling(replace(offering, offered=0.0), kinship) + 1


@pytest.mark.parametrize("kinship", Kinship)
def test_a_name_that_is_repeated_tells_less_than_another_word(kinship: Kinship) -> None:
    without = Features(1.0, 0.5, 0.5, 0.5, 0.0, 0.0, 1.0, 1.0)
    assert telling(replace(without, names=1.0), kinship) < telling(without, kinship)
