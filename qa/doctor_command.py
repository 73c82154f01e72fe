"""`citedesk doctor`: whether a home is sound, and mending it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands import AsJson, Home, print_json, say

if TYPE_CHECKING:
    from index_store.index import ArticleIndex
    from qa.settings import Settings


def doctor_command(open_index: Callable[[Settings], ArticleIndex]) -> Callable[..., None]:
    """The command.

    Args:
        open_index: opens the index of some settings.
    """

    def doctor(
        full: Annotated[
            bool, typer.Option("--full", help="Compare every passage with its article.")
        ] = False,
        repairing: Annotated[
            bool, typer.Option("--repair", help="Mend what can be mended without losing anything.")
        ] = False,
        as_json: AsJson = False,
        home: Home = None,
    ) -> None:
        """Check a home from end to end; exit 1 where anything is wrong."""
        from qa.health.examining import examine
        from qa.health.printing import examination_json, finding_lines
        from qa.health.repairing import repair
        from qa.settings import read_settings

        settings = read_settings(os.environ, home)
        examined = examine(settings, full)
        repaired: list[str] = []
        if repairing and not examined.is_healthy:
            for line in repair(settings, examined, lambda: open_index(settings)):
                say(f"repair: {line}")
                repaired.append(line)
            examined = examine(settings, full)
        if as_json:
            print_json(examination_json(examined, repaired))
        else:
            print("\n".join(finding_lines(examined.findings)))
        raise typer.Exit(0 if examined.is_healthy else 1)

    return doctor
