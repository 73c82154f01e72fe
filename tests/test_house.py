"""The house stays as it was built: imports run one way, a heavy library has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("corpus", "index_store", "qa", "ui")

#: Heavy libraries, and the one module that knows them. Fakes and type hints count too.
DOORS = {
    "chromadb": {
        "index_store/chroma.py",
        "index_store/chroma_client.py",
        "index_store/chroma_marks.py",
    },
    "tantivy": {
        "index_store/lexical/fields.py",
        "index_store/lexical/index.py",
        "index_store/lexical/queries.py",
        "index_store/stemming.py",
    },
    "sentence_transformers": {"index_store/embedder.py", "index_store/cross_encoder.py"},
    "gradio": {"ui.py"},
    "trafilatura": {"corpus/readers/html.py"},
    "datasketch": {"corpus/wire.py"},
    "defusedxml": {"corpus/readers/xml.py"},
    "docx": {"corpus/readers/docx.py"},
    "pypdf": {"corpus/readers/pdf.py"},
    "lingua": {"corpus/language.py"},
    "nltk": {"corpus/sentences.py"},
    "tiktoken": {"qa/prose/budget.py"},
    "tenacity": {"qa/prose/backoff.py"},
    "uvicorn": {"qa/serving.py"},
    "ir_measures": {"qa/evaluation/metrics/retrieval.py"},
    "scipy": {"qa/evaluation/significance.py"},
    "typer": {
        "qa/backup_command.py",
        "qa/cli.py",
        "qa/commands.py",
        "qa/doctor_command.py",
        "qa/evaluation/cli.py",
        "qa/evaluation/run_command.py",
        "qa/key_command.py",
        "qa/log_command.py",
        "qa/user_command.py",
    },
    "mcp": {"qa/mcp/server.py"},
    "ray": {"index_store/ray_cluster.py", "index_store/ray_workers.py"},
    "opentelemetry": {"qa/spans.py", "qa/tracing.py"},
}


#: What makes objects of a file's bytes runs whatever the file says; none of it is in the house.
RUNS_FILES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
RUNS_CALLS = {
    "torch.load", "numpy.load", "np.load", "yaml.load", "yaml.unsafe_load", "yaml.full_load",
    "eval", "exec", "os.system", "subprocess.getoutput",
}  # fmt: skip
#: `yaml.load` with a loader that makes text of everything.
SAFE_YAML = {"corpus/readers/markdown.py", "corpus/sidecar.py"}


def _sources() -> list[Path]:
    return [ROOT / "ui.py", *(file for floor in FLOORS for file in (ROOT / floor).rglob("*.py"))]


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            yield (node.module or "").partition(".")[0]


def _floor(file: Path) -> int:
    return FLOORS.index(file.relative_to(ROOT).parts[0].removesuffix(".py"))


@pytest.mark.parametrize("file", _sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_module_imports_from_a_floor_above_its_own(file: Path) -> None:
    above = set(FLOORS[_floor(file) + 1 :])
    assert not above & set(_imported(file))


@pytest.mark.parametrize(("library", "doors"), DOORS.items(), ids=DOORS)
def test_a_heavy_library_is_imported_in_one_module_alone(library: str, doors: set[str]) -> None:
    found = {
        file.relative_to(ROOT).as_posix() for file in _sources() if library in set(_imported(file))
    }
    assert found == doors


@pytest.mark.parametrize("file", _sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_file_is_read_in_a_way_that_runs_what_it_says(file: Path) -> None:
    assert not RUNS_FILES & set(_imported(file))
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    allowed = {"yaml.load"} if file.relative_to(ROOT).as_posix() in SAFE_YAML else set()
    assert not (calls & RUNS_CALLS) - allowed


def test_yaml_is_read_as_text_alone() -> None:
    for name in SAFE_YAML:
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        (call,) = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "yaml.load"
        ]
        assert [ast.unparse(each.value) for each in call.keywords] == ["yaml.BaseLoader"]


def test_secrets_are_compared_in_constant_time() -> None:
    """What is compared with `==` can be told letter by letter, by how long it takes."""
    for file in (ROOT / "qa" / "access").glob("*.py"):
        compared = [
            ast.unparse(node)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Compare)
            and any(isinstance(how, ast.Eq | ast.NotEq) for how in node.ops)
        ]
        secrets = ("hash", "digest", "signature", "secret", "token", "password")
        assert not [each for each in compared if any(word in each.lower() for word in secrets)]
    for name in ("keys", "passwords", "tickets"):
        assert "hmac.compare_digest(" in (ROOT / "qa" / "access" / f"{name}.py").read_text()
