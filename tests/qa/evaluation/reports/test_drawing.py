"""What figures are drawn of."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from qa.evaluation.reports.drawing import Axis, curve, dot, plot, round_ticks, round_up, track

AXIS = Axis("<share>", ((0, "0"), (1, "1")))


def test_a_plot_is_well_formed_and_says_what_it_shows() -> None:
    drawn = fromstring(plot((AXIS, AXIS), 'a "rising" <line>', [curve([(0, 0), (0.5, 1)])]))
    assert drawn.attrib["aria-label"] == 'a "rising" <line>'
    (line,) = drawn.iter("polyline")
    assert line.attrib["points"] == "0.00,100.00 50.00,0.00"


def test_a_dot_stands_across_and_up_from_the_lower_left_corner() -> None:
    drawn = fromstring(dot((0.25, 0.9)))
    assert (drawn.attrib["cx"], drawn.attrib["cy"]) == ("25.00%", "10.00%")


def test_a_track_has_a_whisker_only_where_there_is_an_interval() -> None:
    assert 'x1="40.00%" x2="60.00%"' in track(0.5, 0.4, 0.6)
    assert "whisker" not in track(0.5, None, None)


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(1, (0, 0.5, 1)), (37, (0, 10, 20, 30)), (400, (0, 100, 200, 300, 400)), (8_000, 5)],
)
def test_ticks_are_round(most: float, ticks: tuple[float, ...] | int) -> None:
    found = round_ticks(most)
    assert len(found) == ticks if isinstance(ticks, int) else found == pytest.approx(ticks)
    assert found[-1] <= most


def test_a_share_is_rounded_up_to_the_next_step() -> None:
    assert round_up(0.21, 0.1) == pytest.approx(0.3)
    assert round_up(0.3, 0.1) == pytest.approx(0.3)
