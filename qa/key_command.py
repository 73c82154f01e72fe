"""`citedesk key`: API keys made, listed and revoked."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.access.roles import Role
from qa.commands import settings_of

if TYPE_CHECKING:
    from qa.access.keys import Key, Keys

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder that all is kept in (CITEDESK_HOME).", show_default=False),
]


def _origin(text: str) -> str:
    from qa.access.origins import parse_origin

    try:
        return parse_origin(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _day(text: str) -> str:
    from corpus.dates import iso_date

    if len(text) != len("2024-01-31") or iso_date(text) != text:
        raise typer.BadParameter(f"{text!r}: expected a day such as 2024-01-31")
    return text


def key_app() -> typer.Typer:
    app = typer.Typer(
        help="API keys: create, list, revoke.", no_args_is_help=True, rich_markup_mode=None
    )
    app.command()(create)
    app.command("list")(list_keys)
    app.command()(revoke)
    return app


def create(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    role: Annotated[Role, typer.Option(help="What it may do.")] = Role.READER,
    origin: Annotated[
        list[str] | None,
        typer.Option(
            help="Site whose pages may have tickets with it, https://cms.example.org; may be "
            "repeated.",
            parser=_origin,
        ),
    ] = None,
    expires: Annotated[
        str | None, typer.Option(help="The last day on which it is good, UTC.", parser=_day)
    ] = None,
    home: Home = None,
) -> None:
    """Make a key and print it; it cannot be shown again."""
    key = _keys(home).create(name, role, origin or (), expires)
    print(key)
    print("keep it where only its server can read it: it is not shown again", file=sys.stderr)


def list_keys(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    home: Home = None,
) -> None:
    """List keys, without what is secret of them."""
    keys = _keys(home).all()
    if as_json:
        print(json.dumps([asdict(key) for key in keys], ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(_line, keys)) or "no keys")


def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME|PREFIX", help="Its name, or its beginning.")],
    home: Home = None,
) -> None:
    """End a key and all its tickets, at once, in servers that run, too."""
    key = _keys(home).revoke(name)
    print(f"revoked {key.id} ({key.name})")


def _line(key: Key) -> str:
    until = f"until {key.expires}" if key.expires else "until revoked"
    return f"{key.id}…  {key.role:<6}  {until:<16}  {' '.join((key.name, *key.origins))}"


def _keys(home: Path | None) -> Keys:
    from qa.access.file import AccessFile
    from qa.access.keys import Keys

    return Keys(AccessFile(settings_of(home).access_folder))
