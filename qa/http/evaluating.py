"""What the view that runs question sets asks of the server: parts of its page, and reports.

The paths are the page's own and no part of the API. Whatever changes something takes JSON or PUT,
which a page of another site cannot send without being allowed to (Fetch standard, CORS-safelisted
requests).
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from starlette.responses import FileResponse, HTMLResponse, Response

from qa.errors import QaError, RunUnderWay, UnknownRun
from qa.evaluation.background import compared
from qa.evaluation.evaluations import Evaluations
from qa.evaluation.journal import kept_count
from qa.evaluation.reports.page import page
from qa.evaluation.runs import KeptRun, Order, run_report
from qa.phrases import phrase
from qa.web import evaluate, evaluate_run

#: Bytes of a set; that of a hundred thousand questions has half of them.
MOST_BYTES = 50 * 1024 * 1024

#: A report runs as if it were of another site: it reaches neither the page around it nor the API.
REPORT_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)

#: Files of a report that are given out, with their types.
_FILES = {
    "report.html": "text/html",
    "report.json": "application/json",
    "report.md": "text/markdown",
}


class Wanted(BaseModel):
    """A run that is wanted; see `Order`."""

    set: str = Field(max_length=200)
    limit: int | None = Field(default=None, ge=1)
    sample: int | None = Field(default=None, ge=1)
    against: str | None = Field(default=None, max_length=200)
    language: str = Field(default="en", max_length=8)


class Named(BaseModel):
    """A run that there is."""

    set: str = Field(max_length=200)
    run: str = Field(max_length=200)
    language: str = Field(default="en", max_length=8)


def evaluating_router(evaluations: Evaluations) -> APIRouter:
    """The routes under /evaluate."""
    router = APIRouter(prefix="/evaluate", include_in_schema=False)
    _add_parts(router, evaluations)
    _add_changes(router, evaluations)
    _add_reports(router, evaluations)
    return router


def _add_parts(router: APIRouter, evaluations: Evaluations) -> None:
    """The parts of the page."""
    sets, runs, runner = evaluations.sets, evaluations.runs, evaluations.runner

    @router.get("/setup")
    def setup(language: str = "en", chosen: str = "") -> Response:
        """The form with the earlier runs of a set: the chosen one, the one that was run last while
        this server stands, or the first."""
        by_set = {name: runs.of(name) for name in sets.names()}
        told = runner.progress
        wanted = (chosen, told.run.order.questions if told else "", *by_set)
        name = next((name for name in wanted if name in by_set), None)
        kept = {
            run.name: kept_count(run.folder)
            for run in by_set.get(name or "", ())
            if run.headline is None
        }
        folder = str(evaluations.folder)
        return HTMLResponse(evaluate.setup(by_set, name, kept, language, folder))

    @router.get("/progress")
    def progress(language: str = "en") -> Response:
        """How far the run is; headers say of which, and where it is."""
        told = runner.progress
        headers = {"X-Phase": str(told.phase), "X-Run": _path(told.run)} if told else {}
        return HTMLResponse(evaluate_run.progress(told, language), headers=headers)

    @router.get("/result/{name}/{run}")
    def result(name: str, run: str, language: str = "en", against: str | None = None) -> Response:
        """The headline of a run, compared as it was asked for where `against` does not say."""
        try:
            found = runs.find(name, run)
            other = found.order.against if against is None else against or None
            report = run_report(found)
            others = [one for one in runs.of(name) if one.headline and one.name != run]
            comparison = compared(runs, found, report, other)
        except QaError as error:
            return _problem(error, language)
        return HTMLResponse(evaluate_run.result(found, report, comparison, others, other, language))


def _add_changes(router: APIRouter, evaluations: Evaluations) -> None:
    """What begins, ends or adds something.

    Each replies without a text where it is done, and with a part of the page, which is no error of
    the page's own, where a reader has something to put right.
    """
    sets, runs, runner = evaluations.sets, evaluations.runs, evaluations.runner

    @router.post("/start")
    def start(wanted: Wanted) -> Response:
        """Begins a run."""
        order = Order(wanted.set, wanted.limit, wanted.sample, wanted.against)
        try:
            runner.start(order, sets.path(wanted.set))
        except QaError as error:
            return _problem(error, wanted.language, wanted.set, sets.folder)
        return Response(status_code=204)

    @router.post("/go-on")
    def go_on(named: Named) -> Response:
        """Goes on with a run that was stopped."""
        try:
            runner.go_on(runs.find(named.set, named.run))
        except QaError as error:
            return _problem(error, named.language, named.set, sets.folder)
        return Response(status_code=204)

    @router.post("/stop")
    def stop(named: Named) -> Response:
        """Stops a run, if it is the one that is running."""
        told = runner.progress
        if told and (told.run.order.questions, told.run.name) == (named.set, named.run):
            runner.stop()
        return Response(status_code=204)

    @router.put("/sets/{name}")
    async def add(name: str, request: Request, language: str = "en") -> Response:
        """Keeps a set that is uploaded, once it has been checked; replies with its name."""
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST_BYTES:
                too_large = phrase(language, "evaluate.too_large")
                return HTMLResponse(evaluate.problem(too_large, language))
        try:
            kept = await run_in_threadpool(sets.add, name, bytes(content))
        except QaError as error:
            return _problem(error, language)
        return Response(kept, media_type="text/plain; charset=utf-8", status_code=201)


def _add_reports(router: APIRouter, evaluations: Evaluations) -> None:
    """The files of a report."""
    runs = evaluations.runs

    @router.get("/runs/{name}/{run}/report.html")
    def report(name: str, run: str, against: str | None = None, download: bool = False) -> Response:
        """The page of a run, compared otherwise than it was at first where `against` says so."""
        try:
            found = runs.find(name, run)
            if download or against is None:
                return _file(found, "report.html", download)
            measured = run_report(found)
            text = page(measured, compared(runs, found, measured, against or None))
        except QaError as error:
            return _problem(error, "en")
        return HTMLResponse(text, headers={"Content-Security-Policy": REPORT_POLICY})

    @router.get("/runs/{name}/{run}/{file}")
    def other(name: str, run: str, file: str) -> Response:
        """Another file of a report, to be saved."""
        try:
            return _file(runs.find(name, run), file, download=True)
        except QaError as error:
            return _problem(error, "en")


def _file(run: KeptRun, file: str, download: bool) -> Response:
    path = run.folder / file
    if file not in _FILES or not path.is_file():
        raise UnknownRun(f"{_path(run)} has no {file}")
    saved = f"{Path(run.order.questions).stem}-{run.name}-{file}" if download else None
    headers = {"Content-Security-Policy": REPORT_POLICY}
    return FileResponse(path, media_type=_FILES[file], filename=saved, headers=headers)


def _path(run: KeptRun) -> str:
    return f"{quote(run.order.questions, safe='')}/{quote(run.name, safe='')}"


def _problem(error: QaError, language: str, name: str = "", folder: Path | None = None) -> Response:
    """An error as a part of the page.

    Args:
        name, folder: of the set, whose whole path would tell a reader nothing.
    """
    message = str(error)
    if isinstance(error, RunUnderWay):
        message = phrase(language, "evaluate.busy", set=error.questions)
    elif folder is not None:
        message = message.replace(str(folder / name), name)
    status = 404 if isinstance(error, UnknownRun) else 200
    return HTMLResponse(evaluate.problem(message, language), status)
