"""What citedesk runs with: installed versions, and settings that fit each other and the home."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from index_store.checking.finding import Finding, ok, wrong
from index_store.errors import BadGlossary
from index_store.glossary import load_glossary
from index_store.home import holds_index
from index_store.hub import downloaded_file
from qa.access.admission import Mode
from qa.access.file import AccessFile
from qa.settings import Provider, Settings

VERSIONS, SETTINGS = "versions", "settings"

#: Whose files are kept in a home, or who make what is kept there.
_TOLD = ("citedesk", "chromadb", "tantivy", "sentence-transformers")


def check_versions() -> Finding:
    """Whether the libraries are installed in versions that citedesk is made for."""
    unfit = tuple(_unfit(map(Requirement, requires("citedesk") or ())))
    if unfit:
        found = f"not as citedesk needs them: {', '.join(unfit)}"
        return wrong(VERSIONS, found, "install it again: pip install --upgrade citedesk")
    return ok(VERSIONS, ", ".join(f"{name} {version(name)}" for name in _TOLD))


def _unfit(wanted: Iterator[Requirement]) -> Iterator[str]:
    for one in wanted:
        if one.marker is not None and not one.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = version(one.name)
        except PackageNotFoundError:
            yield f"{one.name} is missing"
            continue
        if not one.specifier.contains(installed, prereleases=True):
            yield f"{one.name} {installed} is not {one.specifier}"


def check_settings(settings: Settings) -> Finding:
    """Whether settings contradict each other, the home, or name what is not there."""
    contradictions = tuple(_contradictions(settings))
    if contradictions:
        found, fixes = zip(*contradictions, strict=True)
        return wrong(SETTINGS, "; ".join(found), "; ".join(fixes))
    return ok(SETTINGS, "none contradicts another")


def _contradictions(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.chroma_url and holds_index(settings.home):
        yield (
            f"CITEDESK_CHROMA_URL is set, and nobody searches the articles in {settings.home}",
            "unset it, or move the folder chroma away",
        )
    if settings.chroma_token and not settings.chroma_url:
        yield (
            "CITEDESK_CHROMA_TOKEN is set but CITEDESK_CHROMA_URL is not: no server is asked",
            "set CITEDESK_CHROMA_URL, or unset the token",
        )
    if settings.access is Mode.OFF and AccessFile(settings.access_folder).exists():
        yield (
            "CITEDESK_ACCESS=off, though there are keys or users: nobody is asked who they are",
            "unset CITEDESK_ACCESS",
        )
    if settings.llm_provider is Provider.OPENAI and settings.llm_model and not settings.llm_url:
        yield (
            "CITEDESK_LLM_MODEL is set but CITEDESK_LLM_URL is not: answers are quotations",
            "set CITEDESK_LLM_URL, or unset the model",
        )
    try:
        load_glossary(settings.glossary)
    except BadGlossary as error:
        yield str(error), "mend the glossary, or unset CITEDESK_GLOSSARY"
    for variable, name in (("RERANKER", settings.reranker), ("NLI", settings.nli)):
        if name and not (Path(name).is_dir() or downloaded_file(name, "config.json")):
            yield (
                f"CITEDESK_{variable}={name}: it is not on this machine",
                f"put it in a folder and name that, or unset CITEDESK_{variable}",
            )
