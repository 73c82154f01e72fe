"""`citedesk eval`: runs a question set; `add` and `suggest` make sets of what was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from qa.commands import AsJson, Home, day, print_json, say, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qa.audit.chain import Link
    from qa.audit.logged import LoggedAnswers
    from qa.audit.ratings import Ratings
    from qa.evaluation.from_use.suggesting import Numbered

#: The command that is meant where none is named.
_RUN = "run"

#: Where a suggested question goes if nobody says; it need not be there.
_SET = Path("questions.jsonl")


class QuestionsOrCommand(TyperGroup):
    """`eval SET` is `eval run SET`; a set with the name of a command is given as ./add."""

    # Any: the context is of a class that Typer keeps to itself.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts "run" before what names no command of this group."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


def eval_app(run: Callable[..., None]) -> typer.Typer:
    """The commands.

    Args:
        run: what is done with a question set, with its options as Typer reads them.
    """
    app = typer.Typer(
        cls=QuestionsOrCommand,
        help="Run a question set and measure the answers; make sets of what was asked. "
        "`eval QUESTIONS` is `eval run QUESTIONS`.",
        subcommand_metavar="QUESTIONS | COMMAND [ARGS]...",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.command(_RUN)(run)
    app.command()(add)
    app.command()(suggest)
    return app


def add(
    identifier: Annotated[
        str,
        typer.Argument(
            metavar="ENTRY",
            help="Number of the entry, or (the beginning of) the answer's id.",
        ),
    ],
    to: Annotated[Path, typer.Option(help="Set to add to, .jsonl; made where there is none.")],
    name: Annotated[
        str | None, typer.Option("--id", help="Id of the question; the answer's by default.")
    ] = None,
    question: Annotated[
        str | None, typer.Option(help="The question in other words, which stand alone.")
    ] = None,
    answerable: Annotated[
        bool | None,
        typer.Option("--answerable/--unanswerable", help="Whether the archive says it."),
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option(help="What a right answer holds; any of several.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="File of an article that answers; may be repeated.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="One more tag; may be repeated.")] = None,
    without_filters: Annotated[
        bool,
        typer.Option("--without-filters", help="Leave out filters and days that no set can state."),
    ] = False,
    home: Home = None,
) -> None:
    """Add a logged question to a set.

    A thumbs-up bears out the sources of its answer, or that the archive does not say. Of any other
    answer nothing is taken over.
    """
    from qa.audit.entry import entry_from_json
    from qa.audit.logged import read_entry
    from qa.evaluation.from_use.adding import add_question
    from qa.evaluation.from_use.drafting import Edits, draft
    from qa.evaluation.why import is_judged

    folder = settings_of(home).home
    link = _logged(folder).find(identifier)
    entry = entry_from_json(read_entry(link))
    rating = _ratings(folder).latest.get(entry.answer["id"])
    edits = Edits(
        id=name,
        question=question,
        answerable=answerable,
        answers=tuple(answer or ()),
        sources=tuple(source or ()),
        tags=tuple(tag or ()),
        without_conditions=without_filters,
    )
    drafted = draft(entry, rating, edits)
    add_question(to, drafted, folder)
    print(f"entry {link.number} is question {drafted.id} of {to}")
    if not is_judged(drafted):
        say(
            f"{drafted.id}: nothing says yet what a right answer is, so it cannot fail; write it "
            f"into {to}, or add it with --answer TEXT, --source FILE or --unanswerable"
        )


def suggest(
    since: Annotated[
        str | None, typer.Option(help="Asked from this day on, UTC: 2024-01-31.", parser=day)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Questions to suggest.")] = 20,
    to: Annotated[Path, typer.Option(help="Set to add to; what it has is left out.")] = _SET,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Show logged questions that should be tests.

    Those with a thumbs-down, the last first, then those that were refused more than once.
    """
    from itertools import islice

    from qa.evaluation.from_use.adding import questions_of
    from qa.evaluation.from_use.printing import suggestion_json, suggestion_lines
    from qa.evaluation.from_use.suggesting import suggest as suggested

    folder = settings_of(home).home
    logged, ratings = _logged(folder), _ratings(folder)
    ids = [answer for answer, rating in ratings.latest.items() if not rating.is_up]
    disliked = list(_numbered(logged.of_answers(ids, since or "")))
    if since is None and len(disliked) < len(ids):
        say(f"answers with a thumbs-down that the log does not have: {len(ids) - len(disliked):,}")
    refused = _numbered(logged.refused(since or ""))
    found = list(islice(suggested(disliked, refused, ratings.latest, questions_of(to)), limit))
    if as_json:
        print_json([suggestion_json(one, to, home) for one in found])
        return
    blocks = ("\n".join(suggestion_lines(one, to, home)) for one in found)
    print("\n\n".join(blocks) or "nothing to suggest")


def _logged(home: Path) -> LoggedAnswers:
    from qa.audit.log import FILE
    from qa.audit.logged import LoggedAnswers

    return LoggedAnswers(home / FILE)


def _ratings(home: Path) -> Ratings:
    """What readers thought; says which lines of it are lost."""
    from qa.audit.ratings import FILE, read_ratings

    ratings = read_ratings(home / FILE)
    if ratings.damaged:
        lines = ", ".join(map(str, ratings.damaged))
        say(f"{home / FILE}: no rating can be read in line {lines}; left out")
    return ratings


def _numbered(links: Iterable[Link]) -> Iterator[Numbered]:
    from qa.audit.entry import entry_from_json
    from qa.audit.logged import read_entry

    return ((link.number, entry_from_json(read_entry(link))) for link in links)
