"""Whether citations are valid, bear their statements out, and are needed."""

from __future__ import annotations

import pytest

from qa.evaluation.metrics.citing import citation_scores, is_valid
from tests.qa.evaluation.outcomes import answer, citation, quoting

BRIDGE = "The council of Port Ellery spent 3,400 euros on the new bridge."
RAIN = "It rained in Sandholm all through the spring festival."


@pytest.mark.parametrize(
    ("quote", "start", "end", "valid"),
    [("two", 3, 6, True), ("two", 4, 7, False), ("", 3, 3, False), ("Two", 3, 6, False)],
)
def test_a_citation_is_valid_only_where_its_quote_stands(
    quote: str, start: int, end: int, valid: bool
) -> None:
    assert is_valid("is two.", {"quote": quote, "start": start, "end": end}) is valid


def test_a_quotation_of_its_source_is_borne_out_by_each_of_its_reprints() -> None:
    assert citation_scores(quoting(BRIDGE, "a.md", "b.md")) == (1, 1)


def test_a_citation_that_neither_bears_out_nor_is_missed_lowers_precision_alone() -> None:
    cited = [citation(1, "a.md", BRIDGE), citation(2, "b.md", RAIN)]
    # Of two citations one: without the rain, the bridge is still borne out.
    assert citation_scores(answer([(BRIDGE, [1, 2])], cited)) == (1, 0.5)


def test_a_statement_that_is_not_borne_out_takes_its_citations_with_it() -> None:
    cited = [citation(1, "a.md", BRIDGE), citation(2, "b.md", RAIN)]
    # Statements 1 of 2; citations 1 of 2.
    said = [(BRIDGE, [1]), (BRIDGE.replace("3,400", "9,900"), [2])]
    assert citation_scores(answer(said, cited)) == (0.5, 0.5)


def test_a_number_that_no_citation_has_is_wrong() -> None:
    cited = [citation(1, "a.md", BRIDGE)]
    assert citation_scores(answer([(BRIDGE, [1, 7])], cited)) == (1, 0.5)
    assert citation_scores(answer([(BRIDGE, [0])], cited)) == (0, 0)


def test_sources_that_bear_a_statement_out_only_together_are_both_needed() -> None:
    both = "The council of Port Ellery spent 3,400 euros on the new bridge in Sandholm."
    cited = [citation(1, "a.md", BRIDGE), citation(2, "b.md", "The new bridge is in Sandholm.")]
    assert citation_scores(answer([(both, [1, 2])], cited)) == (1, 1)


def test_a_statement_without_citation_is_not_borne_out() -> None:
    assert citation_scores(answer([(BRIDGE, [])])) == (0, None)


def test_a_refusal_has_no_scores() -> None:
    assert citation_scores(answer()) == (None, None)


@pytest.mark.parametrize("words", ["spent 3,400 euros", "a wholly other matter of taxes"])
def test_a_source_in_part_is_no_support_in_full(words: str) -> None:
    scores = citation_scores(answer([(BRIDGE, [1])], [citation(1, "a.md", words)]))
    assert scores == (0, 0)
