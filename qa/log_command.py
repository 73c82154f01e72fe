"""`citedesk log`: the log of answers listed, shown, exported, verified, and asked again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands import AsJson, Home, day, print_json, settings_of

if TYPE_CHECKING:
    from datetime import date

    from qa.answerer import Answerer
    from qa.audit.entry import Log
    from qa.audit.logged import LoggedAnswers


def _hash(text: str) -> str:
    noted = text.strip().lower()
    if len(noted) != 64 or not set(noted) <= set("0123456789abcdef"):
        raise typer.BadParameter(f"{text!r}: expected the 64 digits of a hash, as `head` prints it")
    return noted


Since = Annotated[str | None, typer.Option(help="From this day on, UTC: 2024-01-31.", parser=day)]
Identifier = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="Number of the entry, or (the beginning of) the answer's id."
    ),
]


def log_app(open_answerer: Callable[[Path | None, Log, date], Answerer]) -> typer.Typer:
    """The commands.

    Args:
        open_answerer: opens the archive in a home, hands every answer to the log, and takes a day
            for today.
    """
    app = typer.Typer(
        help="The log of answers: list, show, export, verify, and ask again.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.command("list")(list_answers)
    app.command()(show)
    app.command()(export)
    app.command()(verify)

    @app.command()
    def replay(identifier: Identifier, as_json: AsJson = False, home: Home = None) -> None:
        """Ask a logged question again today; exit 1 where the answer is another one."""
        from qa.audit.entry import entry_from_json
        from qa.audit.logged import read_entry
        from qa.audit.printing import replay_json, replay_lines
        from qa.audit.replay import replay as ask_again

        entry = entry_from_json(read_entry(_logged(home).find(identifier)))
        replayed = ask_again(entry, lambda log, day: open_answerer(home, log, day))
        if as_json:
            print_json(replay_json(replayed))
        else:
            print("\n".join(replay_lines(replayed)))
        raise typer.Exit(0 if replayed.is_same else 1)

    return app


def list_answers(
    limit: Annotated[int, typer.Option(min=1, help="Answers to list.")] = 20,
    since: Since = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """List answers, the newest first."""
    from qa.audit.printing import link_json, list_line

    links = _logged(home).newest(limit, since or "")
    if as_json:
        print_json([link_json(link) for link in links])
    else:
        print("\n".join(map(list_line, links)) or "no answers")


def show(identifier: Identifier, as_json: AsJson = False, home: Home = None) -> None:
    """Show an answer with all that it came from."""
    from qa.audit.printing import entry_lines, link_json

    link = _logged(home).find(identifier)
    if as_json:
        print_json(link_json(link))
    else:
        print("\n".join(entry_lines(link)))


def export(
    out: Annotated[Path | None, typer.Option(help="File to write; the terminal otherwise.")] = None,
    since: Since = None,
    home: Home = None,
) -> None:
    """Print answers as JSON Lines, the oldest first."""
    from qa.audit.printing import export_line

    links = _logged(home).oldest_first(since or "")
    try:
        with out.open("w", encoding="utf-8") if out else nullcontext(sys.stdout) as file:
            for link in links:
                print(export_line(link), file=file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise typer.BadParameter(f"--out {out}: cannot be written ({error.strerror})") from error


def verify(
    head: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="A head that was once printed.", parser=_hash),
    ] = None,
    home: Home = None,
) -> None:
    """Check that no entry was changed, removed or inserted; exit 1 where one was.

    Whoever can write the file can also write a whole new chain, or cut its end off without a trace:
    note the head elsewhere from time to time, and give it with --head.
    """
    from qa.audit.printing import checked_lines

    checked = _logged(home).check(head)
    print("\n".join(checked_lines(checked, head)))
    raise typer.Exit(0 if checked.fault is None else 1)


def _logged(home: Path | None) -> LoggedAnswers:
    from qa.audit.log import FILE
    from qa.audit.logged import LoggedAnswers

    return LoggedAnswers(settings_of(home).home / FILE)
