"""What runs it for a newsroom (container, compose, systemd) names what there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from configparser import RawConfigParser
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from index_store.errors import IndexStoreError
from qa.http import create_app
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.logs import LogFormat
from qa.settings import Settings, read_settings
from tests.serving import served

ROOT = Path(__file__).parent.parent
CONTAINERFILE = ROOT / "Containerfile"
COMPOSE = ROOT / "compose.yaml"
UNIT = ROOT / "deploy" / "citedesk.service"
PAGE = ROOT / "docs" / "running.md"

VARIABLES = {setting.metadata["variable"] for setting in fields(Settings)}


@pytest.mark.parametrize("file", [CONTAINERFILE, COMPOSE, UNIT, PAGE], ids=lambda file: file.name)
def test_every_variable_that_it_sets_is_a_setting(file: Path) -> None:
    named = set(re.findall(r"CITEDESK_[A-Z_]+", file.read_text(encoding="utf-8")))
    assert named
    assert named <= VARIABLES


def instructions() -> list[tuple[str, str]]:
    """The container file's instructions, continued lines joined."""
    text = re.sub(r"^#.*\n", "", CONTAINERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]  # type: ignore[misc]


def last(name: str) -> str:
    return [text for instruction, text in instructions() if instruction == name][-1]


def test_the_image_is_made_of_what_there_is_and_of_all_that_is_packaged() -> None:
    copied = {
        source
        for instruction, text in instructions()
        if instruction == "COPY" and not text.startswith("--from")
        for source in text.split()[:-1]
    }
    assert all((ROOT / source).exists() for source in copied)
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = setup["tool"]["setuptools"]["packages"]
    modules = {f"{name}.py" for name in setup["tool"]["setuptools"]["py-modules"]}
    assert copied >= {*modules, *(name.partition(".")[0] for name in packages), "constraints.txt"}
    assert "--constraint constraints.txt" in CONTAINERFILE.read_text(encoding="utf-8")
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line.removeprefix("!") for line in sent if line.startswith("!")} == copied


def test_the_image_runs_the_server_as_nobody_in_particular() -> None:
    assert int(last("USER")) > 0
    command = [*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))]
    assert command == ["citedesk", "serve", "--host", "0.0.0.0"]
    parsed = [sys.executable, "-m", "qa.cli", *command[1:], "--help"]
    assert subprocess.run(parsed, cwd=ROOT, capture_output=True, timeout=60).returncode == 0
    assert f"CITEDESK_HOME={last('VOLUME')}" in last("ENV")


def test_the_image_is_healthy_where_the_server_is_ready(tmp_path: Path) -> None:
    answerer: Any = FakeAnswerer(ARTICLES)

    def gone(article_id: str) -> Any:
        raise IndexStoreError("the Chroma server does not answer")

    with served(lambda: create_app(answerer, feedback_log=tmp_path / "feedback.jsonl")) as address:
        assert is_healthy(address)
        answerer.index.article = gone
        assert not is_healthy(address)


def is_healthy(address: str) -> bool:
    """What the image's own check says of a server."""
    _, _, check = last("HEALTHCHECK").partition("CMD ")
    python, *words = json.loads(check.replace("http://127.0.0.1:7860", address))
    assert python == "python"
    ran = subprocess.run([sys.executable, *words], capture_output=True, timeout=60)
    return ran.returncode == 0


def test_compose_runs_the_web_server_on_a_chroma_server_of_the_pinned_version() -> None:
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    assert services.keys() == {"web", "chroma"}
    web = services["web"]
    settings = read_settings(
        {name: re.sub(r"\$\{\w+:-\}", "", value) for name, value in web["environment"].items()}
    )
    assert settings.chroma_url == "http://chroma:8000"
    assert (ROOT / web["build"]["dockerfile"]).exists()
    assert [volume.partition(":")[2] for volume in web["volumes"]] == [last("VOLUME")]
    assert all(port.startswith("127.0.0.1:") for port in web["ports"])
    assert "ports" not in services["chroma"]  # whoever reaches it can read and write everything
    pinned = re.search(
        r"^chromadb==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert pinned is not None
    assert services["chroma"]["image"] == f"chromadb/chroma:{pinned[1]}"


def unit() -> RawConfigParser:
    parser = RawConfigParser(strict=False)  # a name may be repeated
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    parser.read(UNIT, encoding="utf-8")
    return parser


def test_the_unit_may_write_where_it_keeps_things_and_nowhere_else() -> None:
    service = unit()["Service"]
    assert service["User"] == "citedesk"
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    environment = dict(re.findall(r"^Environment=(\w+)=(.*)$", UNIT.read_text(), re.MULTILINE))
    settings = read_settings(environment)
    assert service["ReadWritePaths"].split() == [str(settings.home), str(settings.cache)]
    assert settings.log_format is LogFormat.JSON


def test_the_command_of_the_unit_is_one() -> None:
    program, *words = unit()["Service"]["ExecStart"].split()
    assert Path(program).name == "citedesk"
    parsed = [sys.executable, "-m", "qa.cli", *words, "--help"]
    assert subprocess.run(parsed, cwd=ROOT, capture_output=True, timeout=60).returncode == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    # It looks whether the program is there, which a test does not install.
    there = UNIT.read_text(encoding="utf-8").replace("/opt/citedesk/bin/citedesk", sys.executable)
    (tmp_path / UNIT.name).write_text(there, encoding="utf-8")
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / UNIT.name)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_what_the_page_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", PAGE.read_text(encoding="utf-8"))
    # The page on backups is not made here.
    missing = {link for link in links if not (PAGE.parent / link).exists()}
    assert missing <= {"backup.md"}


def test_the_example_of_a_line_of_the_log_has_its_fields() -> None:
    (line,) = re.findall(r"```json\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert list(json.loads(line)) == [
        "time", "level", "logger", "message", "request_id",
        "method", "route", "status", "milliseconds", "caller",
    ]  # fmt: skip
