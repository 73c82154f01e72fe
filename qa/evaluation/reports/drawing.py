"""What figures are drawn of: inline SVG in shares of its own width and height.

A drawing without a view box keeps its letters and lines at their size however wide the page is.
Paths know no shares, so they stand in a view box of their own, whose strokes do not scale. Colours
come from the page's classes: the same drawing is dark on light and light on dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

#: Across and up, each 0 to 1.
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a plot.

    Attributes:
        label: what runs along it.
        ticks: where, 0 to 1, and what stands there.
    """

    label: str
    ticks: tuple[tuple[float, str], ...]


def plot(axes: tuple[Axis, Axis], said: str, marks: Iterable[str]) -> str:
    """A plot's area with its axes.

    Args:
        said: what it shows, for those who do not see it.
        marks: what is drawn in it.
    """
    across, up = axes
    parts = (
        *(f'<line class="grid" x1="0" x2="100%" {_at("y1", "y2", y=y)}/>' for y, _ in up.ticks),
        *(text(0, y, label, "tick", anchor="end", right=-8, down=4) for y, label in up.ticks),
        *(text(x, 0, label, "tick", anchor="middle", down=18) for x, label in across.ticks),
        text(0, 1, up.label, "axis", right=-34, down=-14),
        text(1, 0, across.label, "axis", anchor="end", down=36),
        *marks,
    )
    return f'<svg class="plot" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'


def track(value: float, low: float | None, high: float | None) -> str:
    """A share from 0 to 1 as a dot on a line, its interval as a bar; said in figures beside it."""
    whisker = ""
    if low is not None and high is not None:
        whisker = f'<line class="whisker" x1="{share(low)}" x2="{share(high)}" y1="50%" y2="50%"/>'
    return (
        '<svg class="track" aria-hidden="true"><line class="grid" x1="0" x2="100%" y1="50%" '
        f'y2="50%"/>{whisker}<circle class="dot" cx="{share(value)}" cy="50%" r="4.5"/></svg>'
    )


def bar(part: float) -> str:
    """A bar from the left."""
    return f'<svg class="bar" aria-hidden="true"><rect width="{share(part)}" height="100%"/></svg>'


def dot(spot: Spot, kind: str = "dot") -> str:
    """A point."""
    return f'<circle class="{kind}" cx="{share(spot[0])}" cy="{share(1 - spot[1])}" r="4.5"/>'


def column(low: float, high: float, height: float) -> str:
    """A column of a histogram, from `low` to `high` across."""
    return (
        f'<rect class="column" x="{share(low)}" width="{share(high - low)}" '
        f'y="{share(1 - height)}" height="{share(height)}"/>'
    )


def curve(spots: Sequence[Spot], kind: str = "curve") -> str:
    """A line through points; what is outside of the plot is cut off."""
    path = " ".join(f"{100 * x:.2f},{100 * (1 - y):.2f}" for x, y in spots)
    return (
        '<svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">'
        f'<polyline class="{kind}" points="{path}" vector-effect="non-scaling-stroke"/></svg>'
    )


def text(
    x: float, y: float, words: str, kind: str, *, anchor: str = "start",
    right: int = 0, down: int = 0,
) -> str:  # fmt: skip
    """A line of letters at a point, moved by some pixels."""
    return (
        f'<text class="{kind}" x="{share(x)}" y="{share(1 - y)}" dx="{right}" dy="{down}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def share(part: float) -> str:
    """A share of the drawing's width or height."""
    return f"{100 * min(max(part, 0.0), 1.0):.2f}%"


def round_ticks(most: float, count: int = 4) -> tuple[float, ...]:
    """About so many round values from 0 up to `most`, above 0."""
    rough = most / count
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)
    return tuple(step * number for number in range(floor(most / step * 1.001) + 1))


def round_up(value: float, step: float) -> float:
    """The next multiple of a step."""
    return ceil(round(value / step, 6)) * step


def _at(*names: str, y: float) -> str:
    return " ".join(f'{name}="{share(1 - y)}"' for name in names)
