"""Findings as they are printed in a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from index_store.checking.finding import Finding
from qa.health.examining import Examination


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """A line a check: how it is, what was found, and what mends it."""
    for one in findings:
        fix = f" -> {one.fix}" if one.fix else ""
        yield f"{one.state:<9}  {one.check:<11}  {one.found}{fix}"


def examination_json(examined: Examination, repaired: Sequence[str]) -> dict[str, Any]:
    """The same for machines.

    Args:
        repaired: what was done before.
    """
    return {
        "healthy": examined.is_healthy,
        "findings": [asdict(one) for one in examined.findings],
        "repaired": list(repaired),
    }
