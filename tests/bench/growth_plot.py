"""The picture of how a search grows with its archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tests.bench.growth import Growth


def plot(grown: Sequence[Growth], raw: str, picture: Path) -> None:
    """Draws times and memory by the number of passages.

    Args:
        raw: the name of the baseline among the times.
    """
    import matplotlib

    matplotlib.use("Agg")  # no screen is needed
    from matplotlib import pyplot

    figure, (times, memory) = pyplot.subplots(1, 2, figsize=(11, 4), layout="constrained")
    sizes = [one.passages for one in grown]
    for at, name in enumerate(grown[0].times):
        style = {"color": "black"} if name == raw else {"color": f"C{at}"}
        for percent, line in ((50, "-"), (95, ":")):
            heights = [float(np.percentile(one.times[name], percent)) for one in grown]
            label = name if percent == 50 else None
            times.plot(sizes, heights, line, marker="o", label=label, **style)
    times.set(xscale="log", ylim=(0, None), xlabel="passages", ylabel="ms",
              title="a question: p50, dotted p95")  # fmt: skip
    times.legend()
    memory.plot(sizes, [one.memory for one in grown], marker="o", label="with the index")
    memory.plot(sizes, [one.model_memory for one in grown], "k-", label="the model alone")
    memory.set(xscale="log", ylim=(0, None), xlabel="passages", ylabel="MiB", title="peak memory")
    memory.legend()
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, dpi=120)
    pyplot.close(figure)
