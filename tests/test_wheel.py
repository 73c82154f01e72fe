"""The wheel carries all that citedesk needs, and runs outside the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_SOURCES = ("corpus", "index_store", "qa", "ui.py", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel in it.

    Dependencies are shared with this environment; what is built is a copy of the sources, so that
    no leftover of an earlier build can slip in.
    """
    work = tmp_path_factory.mktemp("wheel")
    sources = work / "src"
    sources.mkdir()
    for name in _SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, sources / name)
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    _python(*build, "--outdir", work, sources)
    (wheel,) = work.glob("citedesk-*.whl")
    environment = work / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    _python(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    (site,) = environment.glob("lib/python*/site-packages")
    # Behind the wheel's own packages on the path, and without the checkout's editable install.
    (site / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin"


def _python(*command: str | Path, cwd: Path | None = None) -> str:
    ran = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=300, cwd=cwd,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_demonstration_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    printed = _python(installed / "citedesk", "demo", "--no-serve", cwd=tmp_path)
    assert "18 articles indexed" in printed
    assert "Judge Vince Chhabria" in printed
    assert "The archive does not say." in printed


def test_the_code_that_runs_is_the_wheel_s(installed: Path, tmp_path: Path) -> None:
    code = "import corpus, qa, index_store, ui; print(corpus.__file__, qa.__file__, ui.__file__)"
    for path in _python(installed / "python", "-c", code, cwd=tmp_path).split():
        assert Path(path).is_relative_to(installed.parent)


def test_data_files_are_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = """
from importlib.resources import files
for package, name in (("corpus.sample", "questions.jsonl"),
                      ("corpus.sample", "cross_language.jsonl"),
                      ("corpus.cleaning", "phrases.toml"), ("corpus.cleaning", "words.toml"),
                      ("index_store.glossary", "news.csv"), ("qa.web", "embed.js"),
                      ("qa.web", "widget/element.js"), ("qa.web", "widget/widget.css"),
                      ("qa.web", "demo/editor.html"), ("qa.web", "palette.css"),
                      ("qa.web", "chat.css"), ("qa.web", "chat.js"), ("qa.phrases", "it.toml"),
                      ("qa.understanding", "small_talk.toml"),
                      ("corpus", "py.typed")):
    print((files(package) / name).is_file())
"""
    assert set(_python(installed / "python", "-c", code, cwd=tmp_path).split()) == {"True"}
