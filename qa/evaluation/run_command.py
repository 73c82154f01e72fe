"""`citedesk eval QUESTIONS`: runs a question set and measures the answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands import Home, pairs, say

if TYPE_CHECKING:
    from qa.answerer import Answerer
    from qa.evaluation.judging import Judge
    from qa.settings import Settings


def run_command(
    read: Callable[[Path | None], Settings], open_answerer: Callable[[Settings], Answerer]
) -> Callable[..., None]:
    """The command.

    Args:
        read: the settings of a home.
        open_answerer: opens the archive in a home without logging its answers.
    """

    def run(
        questions: Annotated[
            Path,
            typer.Argument(
                help="Question set: .jsonl, .csv, .tsv, SQuAD-format .json, or a BEIR folder."
            ),
        ],
        out: Annotated[
            Path | None,
            typer.Option(
                help="Folder to write the report into; a run that is stopped goes on there."
            ),
        ] = None,
        restart: Annotated[
            bool, typer.Option("--restart", help="Begin anew where --out holds an unfinished run.")
        ] = False,
        baseline: Annotated[
            Path | None, typer.Option(help="report.json of an earlier run to compare with.")
        ] = None,
        fail_under: Annotated[
            list[str] | None, typer.Option(help="METRIC=X: exit 1 where the metric is below X.")
        ] = None,
        fail_on_regression: Annotated[
            bool,
            typer.Option(
                "--fail-on-regression", help="Exit 1 where anything is worse than before."
            ),
        ] = False,
        limit: Annotated[int | None, typer.Option(help="Ask only the first N.")] = None,
        tag: Annotated[
            list[str] | None, typer.Option(help="Only questions with this tag; may be repeated.")
        ] = None,
        sample: Annotated[int | None, typer.Option(help="Ask N at random.")] = None,
        seed: Annotated[
            int, typer.Option(help="Of the sample; the same seed asks the same questions.")
        ] = 0,
        column: Annotated[
            list[str] | None, typer.Option(help="FIELD=COLUMN of a CSV or TSV: question=Frage.")
        ] = None,
        split: Annotated[
            str | None, typer.Option(help="Which qrels of a BEIR folder; test by default.")
        ] = None,
        repeat: Annotated[
            int, typer.Option(help="Ask each question N times, of models that vary.")
        ] = 1,
        at_once: Annotated[
            int | None, typer.Option(help="Questions asked at the same time.", show_default=False)
        ] = None,
        quotes: Annotated[
            bool, typer.Option("--quotes", help="Quote, though a language model is configured.")
        ] = False,
        url: Annotated[
            str | None, typer.Option(help="Ask a running server instead: http://127.0.0.1:7860.")
        ] = None,
        key: Annotated[
            str | None,
            typer.Option(help="The server's API key; others on this machine can see it."),
        ] = None,
        key_file: Annotated[
            Path | None,
            typer.Option(help="File with the server's API key, - for stdin; or CITEDESK_KEY."),
        ] = None,
        judge: Annotated[
            bool,
            typer.Option("--judge", help="Ask the language model what it thinks of each answer."),
        ] = False,
        prices: Annotated[
            str | None,
            typer.Option(help="Of the model's million tokens, read and written: 0.15,0.60."),
        ] = None,
        home: Home = None,
    ) -> None:
        """Run a question set and measure the answers."""
        from qa.evaluation.command import Demands, evaluate_set, parse_floors, parse_prices
        from qa.evaluation.evaluating import Plan
        from qa.evaluation.reading import read_questions
        from qa.evaluation.reading.table import COLUMNS
        from qa.evaluation.selecting import Selection
        from qa.evaluation.server_key import server_key
        from qa.progress import asking_bar

        settings = read(home)
        demands = Demands(parse_floors(fail_under or []), fail_on_regression)
        plan = Plan(
            repeat,
            at_once,
            parse_prices(prices) if prices else None,
            _judge(settings) if judge else None,
        )
        answering = replace(settings, llm_model=None) if quotes else settings
        chosen = read_questions(
            questions,
            columns=pairs("--column", column, COLUMNS),
            split=split,
            selection=Selection(tuple(tag or ()), limit, sample, seed),
        )
        with asking_bar() as on_progress:
            worse = evaluate_set(
                chosen,
                plan,
                demands,
                name=questions.name,
                home=settings.home,
                open_answerer=lambda folder: open_answerer(_of_home(answering, folder)),
                url=url,
                key=server_key(key, key_file, os.environ, say),
                out=out,
                baseline=baseline,
                restart=restart,
                on_progress=on_progress,
                say=say,
            )
        for line in worse:
            say(line)
        if worse:
            raise typer.Exit(1)

    return run


def _of_home(settings: Settings, folder: Path) -> Settings:
    """The settings for a home: a scratch one keeps its articles out of the newsroom's Chroma."""
    if folder == settings.home:
        return settings
    return replace(settings, home=folder, chroma_url=None)


def _judge(settings: Settings) -> Judge:
    from qa.errors import BadSetting
    from qa.evaluation.judging import Judge
    from qa.prose.language_model import open_model

    model = open_model(settings)
    if model is None:
        raise BadSetting("--judge needs a language model: set CITEDESK_LLM_URL and its _MODEL")
    return Judge(model)
