"""The README is true: its commands run, and print what it shows; its settings are the settings."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import anyio
import pytest
from mcp import Client, StdioServerParameters

from index_store.glossary import load_glossary
from qa.evaluation.metrics.table import METRICS
from qa.settings_reference import reference

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOW = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


class Shown(NamedTuple):
    """A command in the README with what it is said to print."""

    command: str
    output: str


def _commands(page: Path) -> Iterator[Shown]:
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Shown(command, output.strip())


@pytest.fixture
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout, with a home of its own."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    (folder / "home").mkdir()
    return folder


def _run(command: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    program, *words = shlex.split(command)
    if program == "make":
        # What it would run is tested by itself; that the target is there is tested here.
        line = ["make", "--dry-run", "--directory", str(ROOT), *words]
    else:
        assert program == "citedesk"
        line = [sys.executable, "-m", "qa.cli", *words]
    environment = {**os.environ, "HOME": str(checkout / "home"), "PYTHONPATH": str(ROOT)}
    typed = "a password of some words\n" if command.startswith("citedesk user add") else ""
    return subprocess.run(
        line,
        cwd=checkout,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
    )


def check_commands(page: Path, checkout: Path) -> None:
    for command, output in _commands(page):
        if command == "citedesk serve":  # serves until it is stopped; the browser tests serve
            continue
        ran = _run(command, checkout)
        assert ran.returncode == 0, (command, ran.stderr)
        if output:
            assert ran.stdout.strip() == output, command


def test_every_command_runs_and_prints_what_is_shown(checkout: Path) -> None:
    assert len(list(_commands(ROOT / "README.md"))) > 10
    check_commands(ROOT / "README.md", checkout)


def test_the_settings_that_it_names_are_as_the_reference_has_them() -> None:
    rows = re.findall(r"^\| `CITEDESK_\w+` \| .*$", README, re.MULTILINE)
    assert len(rows) >= 5
    assert set(rows) <= set(reference().splitlines())


def test_the_reference_of_settings_is_that_of_the_code() -> None:
    written = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert written == reference(), "run: make reference"


def test_its_python_runs(checkout: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", HOW, re.DOTALL)
    assert _run("citedesk index corpus/sample/articles", checkout).returncode == 0
    ran = subprocess.run(
        [sys.executable, "-c", f"{program}print(len(nodes), nodes[0].metadata['title'])\n"
         "print(*(one.node.metadata['verdict'] for one in response.source_nodes))"],
        cwd=checkout, capture_output=True, text=True, timeout=120,
        env={**os.environ, "HOME": str(checkout / "home"), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("5 ")
    assert "bibliothèque" in ran.stdout
    assert "verbatim" in ran.stdout


def test_its_glossary_is_one(tmp_path: Path) -> None:
    (text,) = re.findall(r"```csv\n(.*?)```", HOW, re.DOTALL)
    (tmp_path / "words.csv").write_text(text, encoding="utf-8")
    glossary = load_glossary(tmp_path / "words.csv")
    offered = glossary.translations(["port", "authority"], "en", ["fr"])["port authority"]
    assert offered == ("harbour board", "autorité portuaire", "HVB")


def test_its_configuration_of_a_client_starts_the_server(tmp_path: Path) -> None:
    (text,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    (server,) = json.loads(text)["mcpServers"].values()
    words: list[str] = server["args"]
    assert server["command"] == "citedesk"
    words[words.index("--home") + 1] = str(tmp_path)
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "qa.cli", *words], env={"PYTHONPATH": str(ROOT)}
    )

    async def tools() -> list[str]:
        async with Client(started) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert {f"`{name}`" for name in anyio.run(tools)} <= set(re.findall(r"`\w+`", README))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_it_links_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)|(?:src|srcset)=\"((?!http)[^\"]+)\"", text)
    for linked in links:
        assert (page.parent / "".join(linked)).exists(), linked


def test_the_readme_names_every_page() -> None:
    linked = set(re.findall(r"\]\(docs/([^)#]+)\)", README))
    assert {page.name for page in PAGES if page.parent.name == "docs"} <= linked


def test_every_metric_is_in_the_table_of_metrics() -> None:
    text = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    rows = dict(
        re.findall(
            r"^\| `([a-z0-9_]+)` \| (.*) \|$", text.partition("## What is measured")[2], re.M
        )
    )
    assert rows == {metric.name: metric.label for metric in METRICS}
