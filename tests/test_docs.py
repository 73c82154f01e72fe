"""The pages in docs are true: their commands run, and print what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_readme import PAGES, check_commands, checkout

__all__ = ["checkout"]  # a fixture


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.name)
def test_every_command_runs_and_prints_what_is_shown(checkout: Path, page: Path) -> None:
    check_commands(page, checkout)
