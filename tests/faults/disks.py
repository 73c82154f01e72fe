"""Small disks in memory that can be filled, or made read-only; only root can mount them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FILLER = "filler"
_PAGE = 4096


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a disk; containers often may not, even as root."""
    if os.geteuid() != 0:
        return False
    try:
        with small_disk(folder, 1):
            return True
    except subprocess.CalledProcessError:
        return False


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """An empty disk of that size, mounted at a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """While nothing can be written on a disk."""
    _run("mount", "-o", "remount,ro", str(disk))
    try:
        yield
    finally:
        _run("mount", "-o", "remount,rw", str(disk))


def filled(disk: Path, spare: int) -> None:
    """Leaves about so many bytes."""
    room = os.statvfs(disk)
    wanted = max(0, room.f_bavail * room.f_frsize - spare) // _PAGE * _PAGE
    with (disk / _FILLER).open("wb", buffering=0) as file:
        left = wanted
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))


def free(disk: Path) -> None:
    """Makes room again."""
    (disk / _FILLER).unlink()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
