"""Whether both sides are shown where sources differ."""

from __future__ import annotations

from qa.evaluation.metrics.disagreeing import shows_disagreement
from qa.evaluation.questions import GoldQuestion
from tests.qa.evaluation.outcomes import answer, citation

GOLD = GoldQuestion(
    "q", "How many?", answer_groups=(("19",), ("21",)), sources=("a.md", "b.md"), min_sources=2
)
FIRST, SECOND = citation(1, "a.md", "Of 31, 19 did."), citation(2, "b.md", "Of 31, 21 did.")


def test_both_sides_may_be_shown_by_statements_or_by_versions() -> None:
    both = [FIRST, SECOND]
    stated = answer([("Of 31, 19 did.", [1]), ("Of 31, 21 did.", [2])], both)
    versions = answer([("Of 31, 19 did.", [1])], both, ["Of 31, 19 did.", "Of 31, 21 did."])
    assert shows_disagreement(GOLD, stated)
    assert shows_disagreement(GOLD, versions)


def test_one_side_one_source_or_other_sources_are_not_enough() -> None:
    one_side = answer([("Of 31, 19 did.", [1, 2])], [FIRST, citation(2, "b.md", "Of 31, 19 did.")])
    one_source = answer([("Of 31, 19 did.", [1]), ("Of 31, 21 did.", [1])], [FIRST])
    others = [citation(1, "x.md", "Of 31, 19 did."), SECOND]
    other_source = answer([("Of 31, 19 did.", [1]), ("Of 31, 21 did.", [2])], others)
    assert not shows_disagreement(GOLD, one_side)
    assert not shows_disagreement(GOLD, one_source)
    assert not shows_disagreement(GOLD, other_source)
    assert not shows_disagreement(GOLD, answer())
