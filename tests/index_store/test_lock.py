from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from index_store.errors import HomeNotWritable, IndexBusy
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.lock import LOCK, WriteLock, is_being_indexed, settled
from tests.index_store.archive import found

HOLD = (
    "import sys; from pathlib import Path; from index_store.lock import WriteLock\n"
    "with WriteLock(Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.read()"
)


def test_a_second_process_is_told_who_is_writing(tmp_path: Path) -> None:
    open_index(tmp_path, embedder=HashingEmbedder()).sync([found("The library must pay.")])
    path = tmp_path / "index.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusy, match="another process is indexing") as caught:
            WriteLock(path, patience=0.1).__enter__()
        assert str(tmp_path) in str(caught.value)
        assert "\n" not in str(caught.value)
        # Reading waits for nobody.
        assert open_index(tmp_path, embedder=HashingEmbedder()).search("library").hits
        # What the system frees when a process dies cannot be left behind.
        other.kill()
        other.wait(timeout=10)
    with WriteLock(path, patience=0.1):
        pass


WAIT = (
    "import sys; from pathlib import Path; from index_store.lock import WriteLock\n"
    "with WriteLock(Path(sys.argv[1]), patience=60):\n"
    "    print('held', flush=True)"
)


def test_who_waits_says_so_in_one_line_and_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WAIT, str(tmp_path / "lock")]
    root = Path(__file__).parents[2]
    with WriteLock(tmp_path / "lock"):
        waiting = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root
        )
        assert waiting.stderr is not None
        said = waiting.stderr.readline()
    out, rest = waiting.communicate(timeout=30)
    assert said == (
        f"another process is indexing into {tmp_path}; waiting up to 60 s for it to finish\n"
    )
    assert (out, rest, waiting.returncode) == ("held\n", "", 0)
    at_once = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert at_once.stderr == "", "nothing is said where nobody has to wait"


def test_a_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "lock", patience=0.1)
    with pytest.raises(KeyError), lock:
        raise KeyError
    with lock.of_this_home_alone():
        pass


def test_a_lock_in_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeNotWritable, match="cannot be written"):
        WriteLock(tmp_path / "file" / "lock").__enter__()


def test_a_batch_waits_for_a_copy_to_end(tmp_path: Path) -> None:
    order: list[str] = []
    with settled(tmp_path):
        batch = Thread(target=lambda: _write(tmp_path, order))
        batch.start()
        batch.join(timeout=0.2)
        order.append("copied")
    batch.join()
    assert order == ["copied", "written"]


def _write(home: Path, order: list[str]) -> None:
    with settled(home):
        order.append("written")


def test_whether_a_run_is_under_way_is_seen_without_making_a_lock(tmp_path: Path) -> None:
    assert not is_being_indexed(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with WriteLock(tmp_path / LOCK):
        assert is_being_indexed(tmp_path)
    assert not is_being_indexed(tmp_path)
