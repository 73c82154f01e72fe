"""`citedesk user`: who may log in to the chat."""

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
    from qa.access.users import Users

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder that all is kept in (CITEDESK_HOME).", show_default=False),
]
Name = Annotated[str, typer.Argument(help="As they will type it.")]


def user_app() -> typer.Typer:
    app = typer.Typer(
        help="Who may log in to the chat: add, list, remove.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.command()(add)
    app.command("list")(list_users)
    app.command()(remove)
    return app


def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.READER,
    home: Home = None,
) -> None:
    """Add a user; asks for the password twice, or takes the first line of what is piped in."""
    users = _users(home)
    users.add(name, role, _password())
    print(f"added {name} ({role})")


def list_users(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    home: Home = None,
) -> None:
    """List users."""
    users = _users(home).all()
    if as_json:
        print(json.dumps([asdict(user) for user in users], ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"{user.role:<6}  {user.name}" for user in users) or "no users")


def remove(name: Name, home: Home = None) -> None:
    """Remove a user and end their log-ins, at once, in servers that run, too."""
    _users(home).remove(name)
    print(f"removed {name}")


def _password() -> str:
    """Never an argument, which any process on the machine can read."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked


def _users(home: Path | None) -> Users:
    from qa.access.file import AccessFile
    from qa.access.users import Users

    return Users(AccessFile(settings_of(home).access_folder))
