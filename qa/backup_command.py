"""`citedesk backup` and `citedesk restore`: a home in one file, and out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands import AsJson, Home, print_json, say, settings_of

if TYPE_CHECKING:
    from index_store.index import ArticleIndex
    from qa.backup.package import Contents
    from qa.settings import Settings

Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


def backup(
    file: Annotated[Path, typer.Argument(help="File to write, archive.tar.gz.")],
    force: Force = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Copy a home into one file, also while it is served and indexed into."""
    from qa.backup.making import make_backup
    from qa.backup.package import contents_json

    settings = settings_of(home)
    made = make_backup(settings.home, file, force)
    if settings.chroma_url:
        say(f"the articles on {settings.chroma_url} are not in it; back that server up as well")
    if settings.access_home:
        say(f"keys and users in {settings.access_home} are not in it; copy that folder as well")
    for remark in made.remarks:
        say(remark)
    if as_json:
        print_json({"file": str(file), "size": made.size, **contents_json(made.contents)})
    else:
        print("\n".join((f"{file}  {made.size / 1e6:,.1f} MB", *_counted(made.contents))))


def restore_command(open_index: Callable[[Settings], ArticleIndex]) -> Callable[..., None]:
    """The command.

    Args:
        open_index: opens the index of some settings.
    """

    def restore(
        file: Annotated[Path, typer.Argument(help="A file that `citedesk backup` wrote.")],
        force: Annotated[
            bool, typer.Option("--force", help="Move what is in the home into a folder of it.")
        ] = False,
        home: Home = None,
    ) -> None:
        """Put a backup into an empty home, check it, and build what is derived from it."""
        from qa.backup.restoring import restore as put_back
        from qa.health.examining import examine
        from qa.health.printing import finding_lines
        from qa.health.repairing import repair
        from qa.settings import read_settings

        settings = read_settings(os.environ, home)
        restored = put_back(file, settings.home, force)
        if restored.aside:
            say(f"what was there before is in {restored.aside}")
        print("\n".join((f"{settings.home}  as of {restored.contents.made}",
                         *_counted(restored.contents))))  # fmt: skip
        for line in repair(settings, examine(settings), lambda: open_index(settings)):
            say(f"restore: {line}")
        examined = examine(settings)
        print("\n".join(finding_lines(examined.findings)))
        raise typer.Exit(0 if examined.is_healthy else 1)

    return restore


def _counted(contents: Contents) -> Iterator[str]:
    for name, count in contents.counts.items():
        yield f"{name:<10}{count:>9,}"
