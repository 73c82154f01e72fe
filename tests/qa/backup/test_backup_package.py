"""What is packed comes out as it was, and nothing else comes out."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.backup.package import CONTENTS, is_safe, pack, unpack, verify
from qa.errors import BadBackup

FILES = {"chroma/3f2a/header.bin": b"vectors" * 100, "audit.sqlite3": b"answers", "empty": b""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    for name, content in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    return home


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    made = tmp_path / "backup.tar.gz"
    pack(folder, made, "2026-03-01T00:00:00+00:00", "0.1.0", {"articles": 3})
    return made


def test_what_is_packed_comes_out_as_it_was(file: Path, tmp_path: Path) -> None:
    contents = verify(file)
    assert (contents.counts, contents.size) == ({"articles": 3}, sum(map(len, FILES.values())))
    out = tmp_path / "out"
    out.mkdir()
    unpack(file, out)
    there = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    assert {name: path.read_bytes() for name, path in there.items()} == FILES
    assert {path.stat().st_mode & 0o777 for path in (*there.values(), file)} == {0o600}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_backup_with_one_byte_changed_is_refused_unless_it_packs_the_same(
    file: Path, data: st.DataObject
) -> None:
    """Such as one of gzip's header that says when it was packed, or the distance to one of many
    zeros before."""
    raw = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    changed = file.with_name("changed.tar.gz")
    changed.write_bytes(raw)
    if _unpacked(changed) != _unpacked(file):
        with pytest.raises(BadBackup, match="nothing was changed"):
            verify(changed)


def _unpacked(file: Path) -> bytes | None:
    try:
        return gzip.decompress(file.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_backup_that_is_cut_short_is_refused(file: Path, data: st.DataObject) -> None:
    raw = file.read_bytes()
    cut = file.with_name("cut.tar.gz")
    cut.write_bytes(raw[: data.draw(st.integers(0, len(raw) - 1))])
    with pytest.raises(BadBackup, match="nothing was changed"):
        verify(cut)


def forged(file: Path, *members: tuple[tarfile.TarInfo, bytes], **stated: Any) -> Path:
    """A backup by someone else, whose list is right of what it lists."""
    listed = [
        {"name": one.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for one, content in members
    ]
    contents = {"layout": 1, "made": "", "version": "9", "counts": {}, "files": listed}
    first = tarfile.TarInfo(CONTENTS)
    raw = json.dumps(contents | stated).encode()
    first.size = len(raw)
    with tarfile.open(file, "w:gz") as tar:
        tar.addfile(first, io.BytesIO(raw))
        for one, content in members:
            one.size = len(content) if one.isreg() else 0
            tar.addfile(one, io.BytesIO(content))
    return file


def named(name: str) -> tarfile.TarInfo:
    return tarfile.TarInfo(name)


def link(kind: bytes, to: str = "/etc/passwd") -> tarfile.TarInfo:
    member = tarfile.TarInfo("audit.sqlite3")
    member.type, member.linkname = kind, to
    return member


@pytest.mark.parametrize(
    "name",
    ["../out", "a/../../out", "/tmp/out", "C:\\out", "a\\..\\out", "a//b", "./a", ".", "c:out"],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    assert not is_safe(name)
    file = forged(tmp_path / "forged.tar.gz", (named(name), b"x"))
    with pytest.raises(BadBackup, match="would leave the folder"):
        verify(file)
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadBackup, match="would leave the folder"):
        unpack(file, tmp_path / "folder")
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE]
)
def test_what_is_no_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    file = forged(tmp_path / "forged.tar.gz", (link(kind), b""))
    with pytest.raises(BadBackup, match="is not what its list"):
        verify(file)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda file: forged(file, (named("a"), b"x"), files=[]), "is not what its list"),
        (lambda file: forged(file, (named("a"), b"x"), (named("a"), b"x")), "is not what its list"),
        (
            lambda file: forged(file, files=[{"name": "a", "size": 1, "sha256": ""}]),
            "a is missing",
        ),
        (
            lambda file: forged(
                file, (named("a"), b"x"), files=[{"name": "a", "size": 1, "sha256": "0"}]
            ),
            "another checksum",
        ),
        (
            lambda file: forged(
                file, (named("a"), b"x" * 99), files=[{"name": "a", "size": 1, "sha256": "0"}]
            ),
            "is not what its list",
        ),
        (lambda file: forged(file, layout=2), "in another layout"),
        (lambda file: forged(file, files=3), "cannot be read"),
        (lambda file: file.write_bytes(gzip.compress(b"no tar")), "no gzipped tar"),
        (lambda file: file.write_bytes(b"no gzip"), "Not a gzipped file"),
        (lambda file: None, "No such file"),
    ],
    ids=["unlisted", "twice", "missing", "checksum", "longer", "layout", "list", "tar", "gzip", ""],
)
def test_what_is_not_as_it_says_is_refused(
    tmp_path: Path, change: Callable[[Path], object], reason: str
) -> None:
    file = tmp_path / "forged.tar.gz"
    change(file)
    with pytest.raises(BadBackup, match=reason):
        verify(file)
