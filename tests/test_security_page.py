"""The page on security names tests and files that there are."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")]
DEFENCES = [row for row in ROWS if not row.startswith(("| wants", "| ---"))]


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@pytest.mark.parametrize("row", DEFENCES, ids=[row.split("|")[1].strip()[:60] for row in DEFENCES])
def test_a_defence_says_where_it_is_and_what_proves_it(row: str) -> None:
    _, wants, how, where, proof, _ = row.split("|")
    assert wants.strip()
    assert how.strip()
    for link in re.findall(r"\]\(\.\./([^)]+)\)", where):
        assert (ROOT / link).exists(), link
    named = re.findall(r"`(tests/[^`]+?)::(test_\w+)`", proof)
    assert len(named) == proof.count("::") > 0
    for path, name in named:
        assert name in _tests_of(path), f"{path} has no {name}"


def test_every_attacker_has_defences() -> None:
    attackers = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert len(attackers) == 8
    assert len(DEFENCES) > 30
