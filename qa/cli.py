"""The commands. Results go to stdout, progress and what went wrong to stderr.

Everything heavy is imported inside the command that needs it, so that `--help` is instant.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.backup_command import backup, restore_command
from qa.commands import AsJson, Home, pairs
from qa.doctor_command import doctor_command
from qa.evaluation.cli import eval_app
from qa.evaluation.run_command import run_command
from qa.key_command import key_app
from qa.log_command import log_app
from qa.user_command import user_app

if TYPE_CHECKING:
    from corpus.errors import UnreadableFile
    from index_store.embedder import Embedder
    from index_store.index import ArticleIndex
    from index_store.models import Filters
    from qa.answerer import Answerer
    from qa.audit.entry import Log
    from qa.settings import Settings

app = typer.Typer(
    name="citedesk",
    help="Answers questions from your own articles, and proves every sentence with its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Rich help takes longer to import than all the rest of --help.
    rich_markup_mode=None,
)

Publisher = Annotated[list[str] | None, typer.Option(help="Only this outlet; may be repeated.")]
Language = Annotated[list[str] | None, typer.Option(help="Only this language: en, fr, it …")]
Section = Annotated[list[str] | None, typer.Option(help="Only this section; may be repeated.")]
Since = Annotated[str | None, typer.Option("--from", help="Published on or after, 2024-01-31.")]
Until = Annotated[str | None, typer.Option("--to", help="Published on or before.")]


def _path(text: str) -> Path:
    # An unset variable in a script must not become the current folder.
    if not text.strip():
        raise typer.BadParameter("the path is empty; name a file or folder")
    if text.startswith(("http://", "https://")):
        raise typer.BadParameter(
            f"{text} is a web address, and nothing is fetched; save the page, and index the file"
        )
    return Path(text)


@app.command()
def index(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders of articles.", parser=_path)
    ],
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove articles that are gone from these paths.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    meta: Annotated[
        list[str] | None,
        typer.Option(help="FIELD=VALUE for articles that do not state it: publisher=NAME."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="FIELD=COLUMN where an export names it otherwise: text=BodyCopy."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Embed in so many processes at once, by Ray.")
    ] = None,
    home: Home = None,
) -> None:
    """Add or update articles; what has not changed is left alone."""
    from corpus.readers.draft import FIELDS
    from corpus.readers.rows import MAPPABLE
    from corpus.reading import ReadingOptions
    from qa.progress import reading_bar

    settings = _settings(home)
    columns = pairs("--column", column, MAPPABLE)
    options = ReadingOptions(columns, _stated(pairs("--meta", meta, FIELDS)))
    with reading_bar() as on_progress:
        how = {"options": options, "prune": prune, "on_progress": on_progress}
        if dry_run:
            lines = _preview(settings, paths, how)
        else:
            with _embedder(settings, workers) as embedder:
                lines = _index(settings, paths, how, embedder)
    print("\n".join(lines))


@contextmanager
def _embedder(settings: Settings, workers: int | None) -> Iterator[Embedder | None]:
    """The embedder of so many workers; None, for that of this process, where none are named."""
    if workers is None:
        yield None
        return
    from index_store.embedder import SentenceTransformerEmbedder
    from index_store.workers import on_workers

    make = partial(SentenceTransformerEmbedder, settings.embedding_model)
    with on_workers(make(), make, workers, settings.ray_address) as embedder:
        yield embedder


def _index(
    settings: Settings, paths: list[Path], how: dict[str, Any], embedder: Embedder | None
) -> list[str]:
    """Indexes; the table of what was done."""
    from index_store.changes import SyncReport
    from qa.indexing import index_paths
    from qa.printing import report_lines

    reasons: list[str] = []
    stored = SyncReport()

    def on_stored(report: SyncReport) -> None:
        nonlocal stored
        stored = report

    try:
        report = index_paths(
            _open_index(settings, embedder=embedder),
            paths,
            on_skip=_told(reasons),
            on_stored=on_stored,
            **how,
        )
    except KeyboardInterrupt:
        kept = stored.added + stored.updated
        _say(f"stopped; {kept:,} new or changed articles are stored: run it again to go on")
        raise
    return list(report_lines(report, reasons))


def _preview(settings: Settings, paths: list[Path], how: dict[str, Any]) -> list[str]:
    """Prints each change that there would be; the table of them."""
    from qa.indexing import preview_paths
    from qa.printing import report_lines

    reasons: list[str] = []
    report = preview_paths(
        _open_index(settings, reading=True).catalogue() if _has_index(settings) else (),
        paths,
        on_skip=_told(reasons),
        on_change=lambda kind, origin: print(f"{kind:<9}{origin}"),
        **how,
    )
    return list(report_lines(report, reasons, dry_run=True))


def _told(reasons: list[str]) -> Callable[[UnreadableFile], None]:
    """Says what is skipped at once, and keeps the reason for the table at the end."""

    def on_skip(error: UnreadableFile) -> None:
        # Not the error, which holds on to what was read of its file.
        reasons.append(error.reason)
        _say(f"skipped: {error}")

    return on_skip


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    as_json: AsJson = False,
    publisher: Publisher = None,
    language: Language = None,
    section: Section = None,
    since: Since = None,
    until: Until = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="Answer from what was published by this day: 2024-01-31, yesterday."),
    ] = None,
    standalone: Annotated[
        str | None, typer.Option(help="How the question is to be understood.")
    ] = None,
    home: Home = None,
) -> None:
    """Answer a question in the terminal."""
    from qa.answer import as_json as public
    from qa.printing import answer_lines

    filters = _filters(publisher, language, section, since, until)
    settings = _settings(home)
    answer = _open_answerer(settings, _open_log(settings)).ask(
        question, filters=filters, standalone=standalone, as_of=as_of
    )
    if as_json:
        _print_json(public(answer))
    else:
        print("\n".join(answer_lines(answer)))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="Passages to show.")] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show why each passage is where it is.")
    ] = False,
    as_json: AsJson = False,
    publisher: Publisher = None,
    language: Language = None,
    section: Section = None,
    since: Since = None,
    until: Until = None,
    home: Home = None,
) -> None:
    """Show the passages that a question finds, without an answer."""
    from qa.known_filters import known_filters
    from qa.printing import hit_lines
    from qa.public import hit_json
    from qa.understanding.question import understand

    filters = _filters(publisher, language, section, since, until)
    archive = _open_index(_settings(home), reading=True)
    filters = known_filters(filters, archive.catalogue())
    asked = understand(query, (), None, [code for code in archive.summary().languages if code])
    hits = archive.search(query, language=asked.written_in, filters=filters, limit=limit).hits
    if as_json:
        _print_json({"hits": [hit_json(hit, explain) for hit in hits]})
    else:
        print("\n".join(hit_lines(hits, explain)) or "nothing found")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 7860,
    home: Home = None,
) -> None:
    """Serve the web chat, the HTTP API and the widget."""
    settings = _settings(home)
    _serve(settings, _open_answerer(settings, _open_log(settings)), host, port)


def _serve(
    settings: Settings,
    answerer: Answerer,
    host: str,
    port: int,
    samples: Sequence[str] = (),
    demo_page: bool = False,
) -> None:
    from qa.evaluation.evaluations import open_evaluations
    from qa.serving import serve

    def open_scratch(folder: Path) -> Answerer:
        # A set's own articles are nothing for the newsroom's Chroma server.
        return _open_answerer(replace(settings, home=folder, chroma_url=None))

    evaluations = open_evaluations(settings.home, answerer, open_scratch)
    serve(answerer, settings, host, port, samples, evaluations, demo_page)


@app.command()
def mcp(home: Home = None) -> None:
    """Speak MCP on stdin and stdout, for a language model's client to start."""
    from qa.desk import Desk
    from qa.mcp.server import serve_stdio

    settings = _settings(home)

    def open_desk() -> Desk:
        answerer = _open_answerer(settings, _open_log(settings))
        answerer.index.warm_up()
        return Desk(answerer, answerer.index)

    serve_stdio(open_desk)


@app.command()
def status(
    stories: Annotated[
        bool, typer.Option("--stories", help="Show which articles tell the same story instead.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Show what is indexed."""
    from qa.printing import summary_json, summary_lines

    settings = _settings(home)
    if stories:
        _show_stories(_open_index(settings, reading=True), as_json)
        return
    summary = _open_index(settings, reading=True).summary()
    if as_json:
        _print_json(summary_json(summary, settings.home))
    else:
        print("\n".join(summary_lines(summary, settings.home)))


def _show_stories(archive: ArticleIndex, as_json: bool) -> None:
    from qa.story_lines import several, stories_json, story_lines

    if as_json:
        _print_json(stories_json(*several(archive)))
    else:
        print("\n".join(story_lines(*several(archive))).rstrip())


@app.command()
def demo(
    serving: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the chat after the answers.")
    ] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the chat.")] = 7860,
) -> None:
    """Index the sample archive in a scratch home, answer three questions, serve the chat."""
    from qa.demo import QUESTIONS, SAMPLES, add_sample_set, index_sample, scratch_home
    from qa.printing import answer_lines

    with scratch_home() as folder:
        # Nothing of it is to stay on the machine.
        settings = replace(_settings(None), home=folder, chroma_url=None, cache=None)
        answerer = _open_answerer(settings, _open_log(settings))
        _say(f"indexing the sample archive into {folder}")
        print(f"{index_sample(answerer.index)} articles indexed\n")
        for question in QUESTIONS:
            print(f"> {question}\n")
            print("\n".join(answer_lines(answerer.ask(question))))
        if serving:
            add_sample_set(folder)
            _serve(settings, answerer, "127.0.0.1", port, SAMPLES, demo_page=True)


app.add_typer(
    eval_app(run_command(lambda home: _settings(home), lambda settings: _open_answerer(settings))),
    name="eval",
)
app.add_typer(
    log_app(lambda home, log, day: _open_answerer(_settings(home), log, lambda: day)), name="log"
)
app.command()(doctor_command(lambda settings: _open_index(settings)))
app.command()(backup)
app.command()(restore_command(lambda settings: _open_index(settings)))
app.add_typer(key_app(), name="key")
app.add_typer(user_app(), name="user")


def main() -> None:
    """The command line; every error leaves as one line and an exit code, 2 for bad usage."""
    from corpus.errors import CorpusError
    from index_store.errors import IndexStoreError
    from qa.errors import BadAccess, BadQuestion, BadSetting, QaError

    try:
        app(prog_name="citedesk")
    except (BadAccess, BadQuestion, BadSetting) as error:
        _say(f"citedesk: {error}")
        sys.exit(2)
    except (QaError, IndexStoreError, CorpusError) as error:
        _say(f"citedesk: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has seen enough (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception:
        # The outermost border: what nobody foresaw is kept for us, and said plainly to the user.
        _say(f"citedesk: something unforeseen went wrong; the details are in {_keep_traceback()}")
        sys.exit(1)


def _keep_traceback() -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="citedesk-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as kept:
        traceback.print_exc(file=kept)
    return kept.name


def _settings(home: Path | None) -> Settings:
    from qa.settings import read_settings

    return read_settings(os.environ, home)


def _open_index(
    settings: Settings, reading: bool = False, embedder: Embedder | None = None
) -> ArticleIndex:
    """The index; where it is only read, also that of a home which cannot be written."""
    from index_store.borrowed import open_to_read
    from index_store.home import open_index
    from index_store.lock import WriteLock
    from qa.progress import rebuilding_bar

    def open_it(folder: Path, lock: WriteLock | None) -> ArticleIndex:
        return open_index(
            folder,
            embedder=embedder,
            embedding_model=settings.embedding_model,
            chroma_url=settings.chroma_url,
            chroma_access=settings.chroma_access,
            cache=settings.cache,
            glossary=settings.glossary,
            reranker=settings.reranker,
            on_rebuild=on_rebuild,
            lock=lock,
        )

    with rebuilding_bar() as on_rebuild:
        return open_to_read(settings.home, open_it) if reading else open_it(settings.home, None)


def _open_answerer(
    settings: Settings, log: Log | None = None, today: Callable[[], date] = date.today
) -> Answerer:
    from qa.answerer import Answerer
    from qa.entailment import open_entailment
    from qa.prose.language_model import open_model
    from qa.understanding.rewriting import open_rewriter
    from qa.understanding.translating import open_translator

    return Answerer(
        _open_index(settings, reading=True),
        open_model(settings),
        open_translator(settings),
        open_rewriter(settings),
        open_entailment(settings.nli),
        log,
        settings.llm_timeout,
        today,
    )


def _open_log(settings: Settings) -> Log | None:
    from qa.audit.log import open_log

    return open_log(settings)


def _filters(
    publishers: list[str] | None,
    languages: list[str] | None,
    sections: list[str] | None,
    since: str | None,
    until: str | None,
) -> Filters:
    from index_store.models import Filters

    for name, day in (("--from", since), ("--to", until)):
        if day and not _is_day(day):
            raise typer.BadParameter(f"{name} {day!r}: expected a day such as 2024-01-31")
    if since and until and since > until:
        raise typer.BadParameter(f"--from {since} is later than --to {until}: swap them")
    return Filters(
        tuple(publishers or ()), tuple(languages or ()), since, until, tuple(sections or ())
    )


def _is_day(text: str) -> bool:
    from corpus.dates import iso_date

    return len(text) == len("2024-01-31") and iso_date(text) == text


def _stated(pairs: dict[str, str]) -> dict[str, str]:
    """The same values in the form in which articles keep them."""
    from corpus.errors import UnreadableFile
    from corpus.readers.draft import EXPECTED, pick_metadata

    try:
        picked = pick_metadata(pairs, Path("--meta"))
    except UnreadableFile as error:
        raise typer.BadParameter(str(error)) from error
    for name, value in pairs.items():
        if name not in picked:
            raise typer.BadParameter(f"--meta {name}={value!r}: expected {EXPECTED[name]}")
    return picked


def _has_index(settings: Settings) -> bool:
    from index_store.home import holds_index

    # Opening one would make it.
    return settings.chroma_url is not None or holds_index(settings.home)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
