"""What several commands have in common: options, their values, and how they print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from qa.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder that all is kept in (CITEDESK_HOME).", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_of(home: Path | None) -> Settings:
    """The settings of a command that does not open the index.

    Args:
        home: that was named, instead of the one of the settings.

    Raises:
        UnfitHome: a newer citedesk wrote it.
    """
    from index_store.version import check_home
    from qa.settings import read_settings

    settings = read_settings(os.environ, home)
    check_home(settings.home)
    return settings


def day(text: str) -> str:
    """A day of the calendar, as it was typed."""
    from corpus.dates import iso_date

    if len(text) != len("2024-01-31") or iso_date(text) != text:
        raise typer.BadParameter(f"{text!r}: expected a day such as 2024-01-31")
    return text


def pairs(option: str, given: list[str] | None, fields: Iterable[str]) -> dict[str, str]:
    """FIELD=VALUE options, each of one of the fields."""
    fields = tuple(fields)
    values = {}
    for pair in given or ():
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not value or name not in fields:
            raise typer.BadParameter(
                f"{option} {pair!r}: expected FIELD=VALUE with a field of {', '.join(fields)}"
            )
        if name in values:
            raise typer.BadParameter(f"{option} {pair!r}: {name} has a value already")
        values[name] = value
    return values


def print_json(value: Any) -> None:
    """To stdout. A question can hold half a surrogate pair, which no terminal can be sent."""
    print(json.dumps(value, ensure_ascii=False, indent=2).encode(errors="replace").decode())


def say(line: str) -> None:
    """To stderr, at once."""
    print(line, file=sys.stderr, flush=True)
